"""A list of tickets of any length: read by key around the cursor, drawn with its clocks, and moved by ticket."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from textual import on

from screens import queue_reading
from screens.base import DeskScreen
from screens.commands import OPEN
from screens.queue_reading import BUILT_IN, Listed, Numbers, Page
from screens.widgets.clock_column import ClockColumn
from screens.widgets.header import FooterLine
from screens.widgets.preview import Preview
from screens.widgets.ticket_list import TicketList
from screens.widgets.window import Window

if TYPE_CHECKING:
    from models.journal import ChangeNote

ENDINGS = ("reply", "change_state")
"""Operations after which their author wants the next ticket, not this one again."""
REST_SECONDS = 0.12
"""How long the cursor rests before the preview follows it."""


def _ended(note: ChangeNote) -> bool:
    # The steps of a macro are one operation; it has answered only where it wrote.
    return note.kind in ENDINGS or (note.kind == "bulk" and "message" in note.tables)


class ListScreen(DeskScreen):
    """Tickets in an order, their clocks, and a preview of the selected one; `view` says which tickets."""

    def __init__(self, opening: Page | None = None) -> None:
        super().__init__()
        self.window = Window()
        self.view: Listed = BUILT_IN[0]
        self.clocks = ClockColumn(self.window, self._now)
        self.list = TicketList(self.window, self._now)
        self.preview = Preview()
        self.footer_line = FooterLine()
        self._numbers = Numbers({}, None)
        self._reading_more: set[str] = set()
        self._generation = 0
        self._rest: asyncio.TimerHandle | None = None
        if opening is not None:
            self.window.first(opening.rows, opening.at_end)
            self.clocks.bases.update(opening.bases)

    def on_unmount(self) -> None:
        """Forget what was to come."""
        if self._rest is not None:
            self._rest.cancel()

    def on_screen_resume(self) -> None:
        """Catch up with the time that passed behind another screen."""
        self.desk.ticker.wake()

    def _now(self) -> int:
        return self.desk.now()

    def _read(self, work: Coroutine[Any, Any, None]) -> None:
        """Read in the background; the screen stays alive meanwhile."""
        self.run_worker(work, group="reading")

    async def _count(self) -> None:
        """Count what is shown beside the list."""

    # moving

    def action_down(self) -> None:
        """Go to the next ticket."""
        self._move(1)

    def action_up(self) -> None:
        """Go to the ticket before."""
        self._move(-1)

    def action_page_down(self) -> None:
        """Go down by half a page."""
        self._move(max(1, self.window.height // 2))

    def action_page_up(self) -> None:
        """Go up by half a page."""
        self._move(-max(1, self.window.height // 2))

    def action_first(self) -> None:
        """Go to the first ticket of the list."""
        if self.window.at_start:
            self._move(-len(self.window.rows))
        else:
            self._read(self._show_first())

    def action_last(self) -> None:
        """Go to the last ticket of the list."""
        if self.window.at_end:
            self._move(len(self.window.rows))
        else:
            self._read(self._show_last())

    @on(TicketList.Scrolled)
    def _wheel(self, message: TicketList.Scrolled) -> None:
        self._move(message.by)

    @on(TicketList.Chosen)
    async def _chosen(self, message: TicketList.Chosen) -> None:
        self._redraw()
        if message.again:
            await self.run_command(OPEN)

    def _move(self, by: int) -> None:
        """Move the cursor and read on where the window's end is near."""
        top = self.window.top
        self.window.move(by)
        self.list.redraw(self._now())
        if self.window.top != top:
            # With the list, in one update: the screen would send a second one only a sixtieth of a second later.
            self.clocks.redraw(self._now())
            self.desk.ticker.wake()
        self._read_on()
        self._rest_soon()

    def _redraw(self) -> None:
        """Draw what changed: rows, clocks, and soon the preview."""
        self.list.redraw(self._now())
        self.clocks.redraw(self._now())
        self.desk.ticker.wake()
        self._rest_soon()

    def _rest_soon(self) -> None:
        """Let preview and footer follow once the cursor rests."""
        if self._rest is not None:
            self._rest.cancel()
        self._rest = asyncio.get_running_loop().call_later(REST_SECONDS, self._settle)

    def _settle(self) -> None:
        """Show the selected ticket in the preview, and the keys that work on it."""
        self.footer_line.tell(self.footer_keys())
        if self.preview.display:
            self._read(self._show_card())

    async def _show_card(self) -> None:
        from tickets.cards import card

        row, now, zone = self.window.selected, self._now(), self.desk.actor.zone
        found = None if row is None else await self.desk.attempt(card, row.id, now, zone)
        if row == self.window.selected:
            self.preview.tell(found, now, zone)

    # reading

    def show_page(self, listed: Listed, page: Page) -> None:
        """Show another list, whose beginning was read."""
        self.view = listed
        self._generation += 1
        self.window.first(page.rows, page.at_end)
        self._take(page)

    async def _show_first(self) -> None:
        generation = self._generation
        page = await self._ask(queue_reading.first_page)
        if page is not None and generation == self._generation:
            self.window.first(page.rows, page.at_end)
            self._take(page)

    async def _show_last(self) -> None:
        generation = self._generation
        page = await self._ask(queue_reading.last_page)
        if page is not None and generation == self._generation:
            self.window.last(page.rows, page.at_start)
            self._take(page)

    def _changed(self, notes: list[ChangeNote]) -> None:
        """Read again; what I answered or ended myself is let go, so that the cursor stands on what is next."""
        row, me = self.window.selected, self.desk.actor.id
        mine = [note for note in notes if row is not None and note.ticket_id == row.id and note.person_id == me]
        self._read(self._read_again(let_go=any(_ended(note) for note in mine)))

    async def _read_again(self, let_go: bool = False) -> None:
        """Take over what changed, and keep cursor and scroll."""
        generation, anchor = self._generation, self.window.selected
        if anchor is None:
            page = await self._ask(queue_reading.first_page)
        else:
            page = await self._ask(queue_reading.around, anchor.key)
        if page is not None and generation == self._generation:
            self.window.replace(page.rows, page.at_start, page.at_end, let_go=let_go)
            self._take(page)
        await self._count()

    def _read_on(self) -> None:
        """Read the next page in either direction before the cursor gets there."""
        after, before = self.window.wanted()
        if after is not None and "after" not in self._reading_more:
            self._reading_more.add("after")
            self._read(self._read_after(after))
        if before is not None and "before" not in self._reading_more:
            self._reading_more.add("before")
            self._read(self._read_before(before))

    async def _read_after(self, key: tuple[int, int]) -> None:
        generation = self._generation
        try:
            page = await self._ask(queue_reading.page_after, key)
        finally:
            self._reading_more.discard("after")
        if page is not None and generation == self._generation:
            self.clocks.bases.update(page.bases)
            self.window.append(key, page.rows, not page.at_end)

    async def _read_before(self, key: tuple[int, int]) -> None:
        generation = self._generation
        try:
            page = await self._ask(queue_reading.page_before, key)
        finally:
            self._reading_more.discard("before")
        if page is not None and generation == self._generation:
            self.clocks.bases.update(page.bases)
            self.window.prepend(key, page.rows, not page.at_start)

    async def _ask(self, function: Any, *arguments: Any) -> Page | None:
        return await self.desk.attempt(function, self.view, self.desk.actor.id, self._now(), *arguments)

    def _take(self, page: Page) -> None:
        """Show a page that the window has taken."""
        self.clocks.bases.update(page.bases)
        self.list.empty = (self.view.empty,)
        self._redraw()
        self._read_on()

    def _tick(self, at: int) -> int | None:
        """Draw the texts that changed; answer when one changes next."""
        if not self.is_active:
            return None
        clocks, still = self.clocks.redraw(at)
        self.list.redraw(at)
        due = self._numbers.next_at
        if due is not None and at >= due:
            self._numbers = Numbers(self._numbers.counts, None)
            self._read(self._read_again())
            due = None
        ages = None if still else self.list.next_change(at)
        return min((instant for instant in (clocks, due, ages) if instant is not None), default=None)
