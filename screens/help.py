"""What the keys do here: every command, grouped, with the reason where one cannot run now."""

from __future__ import annotations

from rich.segment import Segment
from textual import events
from textual.strip import Strip

from screens.base import Commanded, DeskDialog
from screens.commands import Command, bindings, shown_key
from screens.widgets.palette import palette_of
from screens.widgets.text import fit

CLOSE = Command("help.close", "escape,q,question_mark", "Close", "Close the help.", "Help", "close")
DOWN = Command("help.down", "j,down,space", "Down", "Read on.", "Help", "down")
UP = Command("help.up", "k,up", "Up", "Read back.", "Help", "up")
MARGIN = 3


class HelpScreen(DeskDialog):
    """Lists the commands of a screen and of the desk."""

    AUTO_FOCUS = None
    OFFERS = (CLOSE, DOWN, UP)
    BINDINGS = bindings(OFFERS)

    def __init__(self, owners: tuple[Commanded, ...]) -> None:
        super().__init__()
        self._owners = owners
        self._lines: list[tuple[str, str]] = []
        self._top = 0

    def on_mount(self) -> None:
        """Ask once what works and what does not."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for owner in self._owners:
            for command in owner.OFFERS:
                groups.setdefault(command.group, []).append(self._line(owner, command))
        for title, lines in groups.items():
            self._lines += [("accent", title), *lines, ("plain", "")]

    def _line(self, owner: Commanded, command: Command) -> tuple[str, str]:
        """Return style and text of a command; a command that cannot run is quiet and says why."""
        keys = "  ".join(shown_key(key) for key in self.desk.keys_of(command).split(",") if key)
        reason = owner.why_not(command)
        text = f"  {fit(keys, 14)} {fit(command.title, 15)} {reason or command.help}"
        return ("plain" if reason is None else "quiet"), text

    def render_line(self, y: int) -> Strip:
        """Draw a line of the page."""
        width, palette = self.app.size.width, palette_of(self.app)
        index = y - 1 + self._top
        if y == 0:
            return Strip([Segment(fit("   Keys that work here. esc closes, j and k read on.", width), palette.quiet)])
        name, text = self._lines[index] if index < len(self._lines) else ("plain", "")
        return Strip([Segment(fit(" " * MARGIN + text, width), getattr(palette, name))], width)

    def action_close(self) -> None:
        """Close."""
        self.dismiss()

    def action_down(self) -> None:
        """Read on."""
        self._scroll(1)

    def action_up(self) -> None:
        """Read back."""
        self._scroll(-1)

    def _scroll(self, by: int) -> None:
        most = max(0, len(self._lines) - self.app.size.height + 2)
        self._top = max(0, min(self._top + by, most))
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Draw for the new size."""
        self._scroll(0)
