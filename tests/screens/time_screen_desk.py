"""A desk with agreed hours under the hands of Tom, the TAM: Wednesday, 3 June 2026, 18:00 in Zurich."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from typing import Any

from textual.pilot import Pilot

from models.connection import open_desk
from tests.screens.queue_desk import Clock, opened, settled, shown, toasts
from tests.tam.time_desk import NOW, time_desk
from tests.tickets.cast import Cast, receive
from tui.settings import Settings

SIZES = ((120, 36), (80, 24))


def make(address: str, more: Callable[[Cast], Any] = lambda who: None) -> Cast:
    """Fill an empty desk: a ticket of Acme, and what a story begins with."""
    with closing(open_desk(address)):
        who = time_desk()
        receive(who)
        more(who)
        return who


class Hands:
    """A person at the desk, whose clock stands until the story moves it."""

    def __init__(self, pilot: Pilot[None], clock: Clock) -> None:
        self.pilot, self.clock = pilot, clock

    async def press(self, *keys: str) -> None:
        """Press keys, each when the one before is done."""
        for key in keys:
            await self.pilot.press(key)
            await settled(self.pilot)

    async def type(self, text: str) -> None:
        """Type a text."""
        names = {" ": "space", ",": "comma", ":": "colon", ".": "full_stop", "#": "number_sign", "+": "plus"}
        await self.pilot.press(*(names.get(sign, sign) for sign in text))
        await settled(self.pilot)

    async def do(self, function: Callable[..., Any], *args: Any, **more: Any) -> Any:
        """Have something done on the desk, as by another program."""
        found = await self.pilot.app.call(function, *args, **more)  # type: ignore[attr-defined]
        await settled(self.pilot)
        return found

    async def tick(self, seconds: int) -> None:
        """Let time go by."""
        self.clock.at += seconds
        self.pilot.app.ticker.wake()  # type: ignore[attr-defined]
        await settled(self.pilot)

    @property
    def screen(self) -> str:
        """The screen as one text."""
        return "\n".join(shown(self.pilot))

    @property
    def header(self) -> str:
        """The line at the top."""
        return shown(self.pilot)[0]

    @property
    def said(self) -> list[str]:
        """What toasts said, oldest first."""
        return toasts(self.pilot)


@asynccontextmanager
async def at_work(
    address: str, size: tuple[int, int] = SIZES[0], login: str = "tom", settings: Settings | None = None
) -> AsyncIterator[Hands]:
    """Open the app for someone."""
    clock = Clock(NOW)
    async with opened(address, clock, login=login, size=size, settings=settings) as pilot:
        yield Hands(pilot, clock)
