"""What all dialogs share: a title, what they ask, and a last line that says what to press or why not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input

from models.errors import DatabaseUnavailable, DomainError
from screens.base import DeskDialog
from screens.commands import Command, bindings, shown_key
from screens.ticket_commands import CONFIRM, DIALOG_COMMANDS
from screens.ticket_reply import Rule, Told
from screens.widgets.text import clean

LONGEST_LINE = 500
"""How many characters a line holds."""


class Line(Input):
    """A line that a person types; what is pasted becomes one harmless line."""

    DEFAULT_CSS = """
    Line, Line:focus { border: none; height: 1; padding: 0 1; background: $surface; }
    Line:focus { background: $panel; }
    """

    def __init__(self, placeholder: str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(placeholder=placeholder, id=id, max_length=LONGEST_LINE)
        self.cursor_blink = False

    def _on_paste(self, event: events.Paste) -> None:
        room = max(0, LONGEST_LINE - len(self.value))
        event.text = clean(event.text[: room * 4])[:room]
        super()._on_paste(event)
        event.prevent_default()


class Dialog(DeskDialog):
    """A box over the screen; escape closes it and changes nothing."""

    OFFERS: ClassVar[tuple[Command, ...]] = DIALOG_COMMANDS
    BINDINGS = bindings(DIALOG_COMMANDS)
    AUTO_FOCUS = "*"
    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 50%; }
    Dialog > #box {
        width: 78; max-width: 100%; height: auto; max-height: 100%; background: $background; border: round $primary;
        padding: 0 1;
    }
    Dialog #hint { margin-top: 1; }
    """
    HINT = "{do} does it   {close} closes, nothing is changed"

    def __init__(self, title: str) -> None:
        super().__init__()
        self.head, self.hint = Rule(title), Told(id="hint")
        self._doing = self._done = False

    def body(self) -> Iterable[Widget]:
        """Return what the dialog asks."""
        return ()

    def compose(self) -> ComposeResult:
        """Place title, questions and hint."""
        with Vertical(id="box"):
            yield self.head
            yield from self.body()
            yield self.hint

    def on_mount(self) -> None:
        """Say what to press."""
        self.tell_hint()

    def tell_hint(self) -> None:
        """Say what to press, with the keys that the user's key map gives."""
        do, close = (shown_key(self.desk.keys_of(command).split(",")[0]) for command in DIALOG_COMMANDS)
        self.hint.tell(self.HINT.format(do=do, close=close))

    def refuse(self, sentence: str) -> None:
        """Say why not; the dialog stays as it is."""
        self.hint.tell(clean(sentence), loud=True)

    async def keep(self) -> None:
        """Keep what was typed."""

    async def on_unmount(self) -> None:
        """Keep what was typed when the program ends, whatever ended it."""
        if not self._done:
            await self.keep()

    async def perform(self) -> object:
        """Do it on the database; return what the dialog answers. Raises DomainError."""
        return None

    async def action_close(self) -> None:
        """Change nothing; what was typed is kept."""
        await self.keep()
        self._done = True
        self.dismiss(None)

    async def action_confirm(self) -> None:
        """Do it, or say why not and keep what was typed."""
        if self._doing:
            return
        self._doing = True
        try:
            answer = await self.perform()
        except (DomainError, DatabaseUnavailable) as refusal:
            self.refuse(str(refusal))
        else:
            self._done = True
            self.dismiss(answer)
        finally:
            self._doing = False

    async def do(self) -> None:
        """Do it as if the key for it was pressed."""
        await self.run_command(CONFIRM)
