"""A desk with tickets whose clocks are known, and the app on it with a clock that the test moves."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from models import journal
from models.clocks import Basis
from models.connection import open_desk
from models.customers import Customer
from models.people import Person
from models.reading import scalar
from models.thread import DatabaseThread
from models.tickets import Ticket
from sla.clock import Policy
from sla.hours import ALWAYS, BUSINESS
from tui.app import TamdeskApp
from tui.opening import read_opening
from tui.settings import Settings

TUESDAY_10 = 1_711_530_000 + 6 * 86_400 - 3600
"""Tue 2 Apr 2024 10:00 in Zurich."""
FIRST_ID = 1
PATIENCE = 20
"""Seconds that another program may take to be noticed."""


def json_of(mapping: dict) -> str:
    import json

    return json.dumps(mapping)


def columns(number: int, *, due_in: int | None, **more: object) -> dict:
    """The columns of a ticket whose clock is due that many seconds after Tuesday ten o'clock; None: no clock."""
    due = None if due_in is None else TUESDAY_10 + due_in
    return {
        "customer_id": 1,
        "queue_id": 1,
        "subject": f"Question {number}",
        "severity": 3,
        "received_at": TUESDAY_10 - 1800,
        "updated_at": TUESDAY_10 - 1800,
        "waiting_since": TUESDAY_10 - 1800,
        "order_at": due if due is not None else 10**10 + number,
        "clock_state": "none" if due is None else "running",
        "due_at": due,
        "objective_minutes": None if due is None else 240,
        "basis_id": None if due is None else 1,
        **more,
    }


def make_desk(address: str, tickets: list[dict], hours: object = BUSINESS) -> None:
    """Fill an empty desk with Anna (lead), Ben (engineer), Rita (read-only), Acme and these tickets."""
    desk = open_desk(address)
    with journal.transaction(None, TUESDAY_10 - 3600, "test") as tx:
        tx.insert(Person, login="anna", name="Anna", role="lead")
        tx.insert(Person, login="ben", name="Ben", role="engineer")
        tx.insert(Person, login="rita", name="Rita", role="read-only")
        tx.insert(Customer, key="acme", name="Acme Bank", badge="ent", zone="Europe/Zurich")
        for basis in (hours, ALWAYS):
            form = json_of(basis.to_mapping())
            tx.insert(Basis, digest=form, hours=form, policy=json_of(Policy().to_mapping()))
        for ticket in tickets:
            tx.insert(Ticket, **ticket)
        tx.say("Made a desk.")
    assert scalar("SELECT COUNT(*) FROM ticket") == len(tickets)
    desk.close()


class Clock:
    """A clock that stands still until the test moves it."""

    def __init__(self, at: int = TUESDAY_10) -> None:
        self.at = at

    def __call__(self) -> int:
        return self.at


async def settled(pilot: Pilot) -> None:
    """Wait until nothing is read any more and the screen shows what was read."""
    app = pilot.app
    for _ in range(3):
        await pilot.pause()
        await app.workers.wait_for_complete()
        await app.call(lambda: None)
    await pilot.pause()


@asynccontextmanager
async def opened(
    address: str,
    clock: Callable[[], int],
    *,
    login: str = "anna",
    size: tuple[int, int] = (120, 36),
    settings: Settings | None = None,
) -> AsyncIterator[Pilot]:
    """The app on a desk, with the queue on its screen."""
    database = DatabaseThread(address, poll_seconds=0.02)
    database.start()
    try:
        opening = database.submit(read_opening, login, clock()).result()
        app = TamdeskApp(database, opening, now=clock, settings=settings)
        async with app.run_test(size=size, notifications=True) as pilot:
            await settled(pilot)
            yield pilot
    finally:
        database.close()


async def until(pilot: Pilot, holds: Callable[[], bool]) -> None:
    """Wait until something holds that another program brings about; TimeoutError where it never does."""
    async with asyncio.timeout(PATIENCE):
        while not holds():
            await pilot.pause()


def shown(pilot: Pilot) -> list[str]:
    """The lines of the screen as text."""
    strips = pilot.app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


def toasts(pilot: Pilot) -> list[str]:
    """What was said, oldest first."""
    return [notification.message for notification in pilot.app._notifications]
