"""The demo desk under a person's hands: press, type, look; each step ends when nothing is being read any more."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

from textual.pilot import Pilot

from tests.screens.queue_desk import Clock, opened, settled, shown, toasts
from tickets.records import QueueRow
from tui.settings import Settings

NOW = int(datetime(2026, 3, 10, 14, 2, tzinfo=ZoneInfo("Europe/Zurich")).timestamp())
"""Tuesday 10 March 2026, 14:02 in Zurich: an ordinary afternoon."""
WIDE, SMALL = (120, 36), (80, 24)
SIZES = (WIDE, SMALL)


class Hands:
    """A person at the desk."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys, each when the one before is done."""
        for key in keys:
            await self.pilot.press(key)
            await settled(self.pilot)

    async def type(self, text: str) -> None:
        """Type a text."""
        names = {" ": "space", "\n": "enter"}
        await self.pilot.press(*(names.get(sign, sign) for sign in text))
        await settled(self.pilot)

    async def settle(self) -> None:
        """Wait until the screen shows what the database says."""
        await settled(self.pilot)

    @property
    def lines(self) -> list[str]:
        """The lines of the screen."""
        return shown(self.pilot)

    @property
    def screen(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines)

    @property
    def said(self) -> list[str]:
        """What toasts said, oldest first."""
        return toasts(self.pilot)

    @property
    def selected(self) -> QueueRow:
        """The ticket under the cursor in the queue."""
        row: QueueRow = self.pilot.app.screen.window.selected
        return row

    async def select(self, wanted: Callable[[QueueRow], bool]) -> QueueRow:
        """Go down the queue to the first ticket of that kind."""
        await self.press("g")
        rows = self.pilot.app.screen.window.rows
        await self.pilot.press(*["j"] * next(index for index, row in enumerate(rows) if wanted(row)))
        await self.settle()
        return self.selected


@asynccontextmanager
async def at_the_desk(
    address: str,
    size: tuple[int, int] = WIDE,
    login: str = "anna",
    now: int = NOW,
    settings: Settings | None = None,
) -> AsyncIterator[Hands]:
    """Open the app for someone; its clock stands."""
    async with opened(address, Clock(now), login=login, size=size, settings=settings) as pilot:
        yield Hands(pilot)
