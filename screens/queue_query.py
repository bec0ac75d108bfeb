"""Asking for tickets: what is typed above the list is tried while it is typed, the newest text only."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from screens import queue_reading
from screens.queue_reading import ASKED, Tried
from screens.widgets.query_box import QueryBox
from tickets.query.completion import complete

if TYPE_CHECKING:
    from screens.queue import QueueScreen

TRY_AFTER = 0.12
"""Seconds without a key after which what is typed is tried."""


class Asking:
    """The query line while it is open, between the box and the queue."""

    def __init__(self, screen: QueueScreen) -> None:
        self._screen = screen
        self._desk = screen.desk
        self.box: QueryBox | None = None
        self._later: asyncio.TimerHandle | None = None
        self._trying = False
        self._tried: tuple[str, Tried] | None = None

    async def begin(self, text: str) -> None:
        """Open the line with this text in it."""
        self.box = QueryBox(self, text)
        await self._screen.mount(self.box)
        self._screen.footer_line.tell(self.box.footer_keys())

    def footer_keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys that work in the line."""
        return self.box.footer_keys() if self.box is not None else ()

    def typed(self) -> None:
        """Try it soon; what was to be tried before is not."""
        if self._later is not None:
            self._later.cancel()
        self._later = asyncio.get_running_loop().call_later(TRY_AFTER, self._try_soon)

    def _try_soon(self) -> None:
        if not self._trying:
            self._screen.run_worker(self._try(), group="asking")

    async def _try(self) -> None:
        """Try what is typed, and again where something else was typed meanwhile; never two at once."""
        self._trying = True
        try:
            await self.offer()
            while self.box is not None and (self._tried is None or self._tried[0] != self.box.so_far):
                await self._try_once(self.box, self.box.so_far)
                await self.offer()
        finally:
            self._trying = False

    async def _try_once(self, box: QueryBox, text: str) -> None:
        if not text:
            self._tried = text, Tried(None)
            await self._screen.leave_query()
            box.tell_answer("", good=True)
            return
        found = await self._desk.attempt(queue_reading.try_query, text, self._desk.actor.id, self._desk.now())
        self._tried = text, found or Tried(None)
        if found is None or box is not self.box:
            return
        box.tell_answer(found.told, good=found.page is not None)
        if found.page is not None:
            self._screen.show_page(queue_reading.typed(text), found.page)
            self._screen.tell_count(ASKED, found.number)

    async def offer(self) -> None:
        """Offer what may stand at the cursor, unless a choice was just put there."""
        box = self.box
        if box is None or box.completing:
            return
        value, cursor = box.line.value, box.line.cursor_position
        offer = await self._desk.attempt(complete, value, cursor)
        if offer is not None and box is self.box and value == box.line.value and not box.completing:
            box.tell_offer(offer)

    async def show(self) -> None:
        """Keep the query as the list; one that cannot be read stays in the line with what is wrong."""
        if self.box is None:
            return
        text = self.box.text
        if self._tried is None or self._tried[0] != text:
            await self._try_once(self.box, text)
        if not text or (self._tried is not None and self._tried[1].page is not None):
            self.end()

    async def leave(self) -> None:
        """Close the line and go back to where it was opened."""
        self.end()
        await self._screen.leave_query()

    def end(self) -> None:
        """Close the line; the list stays as it is."""
        if self._later is not None:
            self._later.cancel()
        box, self.box = self.box, None
        self._screen.asking = None
        if box is not None:
            self._screen.set_focus(None)
            box.remove()
        self._screen.footer_line.tell(self._screen.footer_keys())
