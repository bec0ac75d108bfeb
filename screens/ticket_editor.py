"""The text a person writes: shown harmlessly, kept as a draft while it is typed, and never so long that it freezes."""

from __future__ import annotations

from rich.text import Text
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import TextArea

from screens.ticket_names import begun, fitting
from screens.widgets.text import clean

LONGEST = 100_000
"""How many characters a text may have."""


class Editor(TextArea):
    """A plain text area; tab completes a colleague's name or leaves it, escape is the dialog's."""

    DEFAULT_CSS = """
    Editor, Editor:focus { border: none; padding: 0 1; background: $surface; }
    """

    def __init__(self, *, id: str | None = None, placeholder: str = "") -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id, soft_wrap=True, show_line_numbers=False, compact=True, placeholder=placeholder)
        self.cursor_blink = False
        self.highlight_cursor_line = False
        self.logins: tuple[str, ...] = ()
        """Whom a text can name; empty where it names nobody."""

    @property
    def _before(self) -> str:
        row, column = self.cursor_location
        return self.document.get_line(row)[:column]

    def offered(self) -> list[str]:
        """Return the logins that complete what stands before the cursor; tab takes the first."""
        return fitting(self._before, self.logins) if self.logins else []

    async def _on_key(self, event: events.Key) -> None:
        """Complete a login; any other key is Textual's."""
        if event.key != "tab" or not (logins := self.offered()):
            return
        event.prevent_default()
        event.stop()
        row, column = self.cursor_location
        self.replace(f"{logins[0]} ", (row, column - len(begun(self._before) or "")), (row, column))

    def get_line(self, line_index: int) -> Text:
        """Return the line with control characters made visible, sign for sign."""
        line = self.document.get_line(line_index)
        if not (line.isascii() and line.isprintable()):
            line = "".join(sign if sign == "\t" else (clean(sign) or "�") for sign in line)
        return Text(line, end="", no_wrap=True)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw nothing once it was removed: its styles are gone before the screen is laid out anew."""
        if not self.is_attached:
            return [Strip.blank(crop.width)] * crop.height
        return super().render_lines(crop)

    async def _on_paste(self, event: events.Paste) -> None:
        """Refuse what is too long to be a message; anything else is pasted as it is."""
        if len(event.text) + len(self.text) <= LONGEST:
            return
        event.prevent_default()
        event.stop()
        said = f"{len(event.text):,} characters are too many: a text holds {LONGEST:,}. Nothing was pasted."
        self.notify(said.replace(",", " "), severity="error", markup=False)
