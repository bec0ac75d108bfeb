"""Who else is on a ticket, in a line that is there while somebody is; and the sign of life that tells them of me."""

from __future__ import annotations

from typing import Any, cast

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from screens.app_protocol import DeskApp
from screens.widgets.palette import palette_of
from screens.widgets.text import clean, fit
from tickets.presence import TOUCH_SECONDS, Present, leave, others, touch


def told(present: list[Present]) -> str:
    """Say who writes and who reads."""
    return " · ".join(f"{clean(each.login)} is {'writing' if each.writing else 'reading'}" for each in present)


class PresenceLine(Widget):
    """Gives signs of life while it is there, and tells those of others."""

    DEFAULT_CSS = "PresenceLine { height: 1; display: none; }"

    def __init__(self, ticket_id: int) -> None:
        super().__init__()
        self.ticket_id, self.text = ticket_id, ""
        self._writing, self._touch_at = False, 0

    @property
    def _desk(self) -> DeskApp:
        return cast(DeskApp, self.app)

    def on_mount(self) -> None:
        """Listen for others and for the ticker."""
        self._endings = (
            self._desk.changes.subscribe(self._changed, presence=True),
            self._desk.ticker.subscribe(self._tick),
        )

    async def on_unmount(self) -> None:
        """Go away from the ticket."""
        for ending in self._endings:
            ending()
        await self._desk.attempt(leave, self._desk.actor.id, self.ticket_id)

    def tell(self, writing: bool) -> None:
        """Tell others whether I write."""
        if writing != self._writing:
            self._writing, self._touch_at = writing, 0
            self._desk.ticker.wake()

    def _tick(self, at: int) -> int:
        """Give a sign of life where one is due; answer when the next one is."""
        if at >= self._touch_at:
            self._touch_at = at + TOUCH_SECONDS
            self.run_worker(self._touch(at), group="reading")
        return self._touch_at

    async def _touch(self, at: int) -> None:
        await self._desk.attempt(touch, self._desk.actor.id, self.ticket_id, self._writing, at)
        await self._look()

    def _changed(self, notes: list[Any]) -> None:
        if not notes:
            self.run_worker(self._look(), group="reading")

    async def _look(self) -> None:
        desk = self._desk
        found = await desk.attempt(others, self.ticket_id, desk.actor.id, desk.now())
        text = self.text if found is None else told(found)
        if text != self.text:
            self.text = text
            self.display = bool(text)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        width, palette = self.size.width, palette_of(self.app)
        return Strip([Segment(fit(f" {self.text}", width), palette.accent)], width)
