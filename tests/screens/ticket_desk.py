"""A small desk for the stories of the ticket screens: three customers, two people, and the app on it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from textual.pilot import Pilot

from models import access
from models.agreements import Adoption, Contract
from models.connection import open_desk
from models.customers import Contact, Customer
from models.journal import transaction
from models.thread import DatabaseThread
from tickets import operations
from tui.app import TamdeskApp
from tui.opening import read_opening

NOW = int(datetime(2026, 6, 2, 13, 40, tzinfo=ZoneInfo("Europe/Zurich")).timestamp())
YEAR = 365 * 86400
HOSTILE = "[bold]x[/] [[ ]] \x1b]52;c;ZXZpbA==\x07 \x1b[2J \u202eabc 日本語 e\u0301"


class Made(NamedTuple):
    """Who and what stands on the desk."""

    address: str
    anna: int
    ben: int
    acme: int
    jo: int
    ticket: int
    """Of Acme, severity 2, received 12:50, due 14:50."""


def make(address: str) -> Made:
    """Fill an empty desk: Acme (Enterprise Cloud), Globex (Production), Soylent (Free)."""
    with closing(open_desk(address)):
        anna = access.identify("anna", NOW - YEAR)
        ben = access.add_person("ben", "Ben Keller", "engineer", anna.id, NOW - YEAR)
        ids = {}
        with transaction(None, NOW - YEAR, "test") as tx:
            plans = {"Acme": "enterprise-cloud", "Globex": "production", "Soylent": "free"}
            for name, plan in plans.items():
                customer = ids[name] = tx.insert(Customer, key=name.lower(), name=name, badge=plan[:4])
                ids[f"Jo of {name}"] = tx.insert(Contact, customer_id=customer, name=f"Jo of {name}", named=1)
                tx.insert(Contact, customer_id=customer, name="Mia")
                contract = tx.insert(
                    Contract, customer_id=customer, plan=plan, deployment="cloud", starts_at=NOW - YEAR
                )
                tx.insert(Adoption, contract_id=contract, revision="2023-11-15", effective_at=NOW - YEAR)
            tx.say("The desk was made.")
        ticket = operations.receive(
            customer_id=ids["Acme"],
            contact_id=ids["Jo of Acme"],
            subject="Logins fail for every user",
            body="Since 12:40 nobody can log in.",
            severity=2,
            actor=anna.id,
            at=NOW - 3000,
            customer_severity=1,
        )
        return Made(address, anna.id, ben, ids["Acme"], ids["Jo of Acme"], ticket)


@asynccontextmanager
async def app_on(
    address: str, size: tuple[int, int] = (120, 36), login: str = "anna", now: int = NOW
) -> AsyncIterator[Pilot[None]]:
    """Run the app; its clock stands at `now`."""
    database = DatabaseThread(address)
    database.start()
    try:
        opening = database.submit(read_opening, login, now).result()
        app = TamdeskApp(database, opening, now=lambda: now)
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            yield pilot
    finally:
        database.close()


async def settle(pilot: Pilot[None]) -> None:
    """Wait until the database has answered everything and the screen shows it."""
    for _ in range(4):
        await pilot.app.call(int)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one after the other, each when the one before is done."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def typed(pilot: Pilot[None], text: str) -> None:
    """Type a text."""
    await pilot.press(*("space" if sign == " " else sign for sign in text))
    await settle(pilot)


def shown(pilot: Pilot[None]) -> str:
    """Return the screen as text."""
    screen = pilot.app.screen
    strips = screen._compositor.render_strips(screen.size)
    return "\n".join(strip.text.rstrip() for strip in strips)
