"""Bank with a TAM and hours, and the app open on its calls."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

from textual.pilot import Pilot

from models.connection import open_desk
from screens.calls import CallsScreen
from tests.screens.ticket_desk import app_on, settle
from tests.tam.call_desk import NOW, CallDesk, call_desk

SIZES = ((120, 36), (80, 24))


def bank(address: str) -> CallDesk:
    """Fill an empty desk."""
    with closing(open_desk(address)):
        return call_desk()


@asynccontextmanager
async def calls_of(
    address: str,
    customer_id: int | None,
    size: tuple[int, int] = SIZES[0],
    login: str = "tom",
    now: int = NOW,
) -> AsyncIterator[Pilot[None]]:
    """The calls of a customer, as someone sees them."""
    async with app_on(address, size, login, now) as pilot:
        await pilot.app.push_screen(CallsScreen(customer_id))
        await settle(pilot)
        yield pilot


def said(pilot: Pilot[None]) -> list[str]:
    """What toasts say."""
    return [note.message for note in pilot.app._notifications]
