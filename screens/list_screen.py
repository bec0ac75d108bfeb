"""What every place that is a list has in common: a sentence above it, a cursor, and reading again on change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.widget import Widget

from screens.base import DeskScreen
from screens.commands import LIST_COMMANDS, Command, bindings
from screens.widgets.header import FooterLine, HeaderLine
from screens.widgets.plain_list import PlainList, Shape
from screens.widgets.summary import SummaryLine


class ListScreen(DeskScreen):
    """A list with a header, a sentence and a footer; `take` reads it, and is called again on change and on return."""

    OFFERS: ClassVar[tuple[Command, ...]] = LIST_COMMANDS
    BINDINGS = bindings(LIST_COMMANDS)
    CHOOSES: ClassVar[Command | None] = None
    """What a second click on a line runs."""

    def __init__(self, place: str, shape: Shape) -> None:
        super().__init__()
        self.header_line, self.footer_line = HeaderLine(place), FooterLine()
        self.summary, self.list = SummaryLine(), PlainList(shape)

    def compose(self) -> ComposeResult:
        """Place the parts."""
        yield from (self.header_line, self.summary, self.list, *self.below(), self.footer_line)

    def below(self) -> Iterable[Widget]:
        """Return what stands between the list and the footer."""
        return ()

    async def take(self) -> None:
        """Read and show; called on the UI thread, reads through `desk.attempt`."""
        raise NotImplementedError

    def moved(self) -> None:
        """Follow the cursor, which stands elsewhere now."""

    def on_mount(self) -> None:
        """Read, and read again when something changes."""
        self.footer_line.tell(self.footer_keys())
        self.until_removed(self.desk.changes.subscribe(lambda notes: self.read()))
        self.read()

    def on_screen_resume(self) -> None:
        """Catch up with what happened elsewhere."""
        self.read()

    def read(self) -> None:
        """Read again, unless something stands over the screen: then on return."""
        if self.is_active:
            self.run_worker(self._taken(), group="reading")

    async def _taken(self) -> None:
        await self.take()
        if self.is_attached:
            self.footer_line.tell(self.footer_keys())

    @on(PlainList.Chosen)
    async def _chosen(self) -> None:
        if self.CHOOSES is not None:
            await self.run_command(self.CHOOSES)

    def action_back(self) -> None:
        """Go back."""
        self.app.pop_screen()

    def move(self, by: int) -> None:
        """Move the cursor by that many lines."""
        self.list.move(by)
        self.moved()

    def on_click(self, event: events.Click) -> None:
        """Follow the mouse."""
        self.moved()

    def action_down(self) -> None:
        """Go to the next line."""
        self.move(1)

    def action_up(self) -> None:
        """Go to the line before."""
        self.move(-1)

    def action_page_down(self) -> None:
        """Go down by half a page."""
        self.move(max(1, self.list.height // 2))

    def action_page_up(self) -> None:
        """Go up by half a page."""
        self.move(-max(1, self.list.height // 2))

    def action_first(self) -> None:
        """Go to the first line."""
        self.move(-len(self.list.lines))

    def action_last(self) -> None:
        """Go to the last line."""
        self.move(len(self.list.lines))
