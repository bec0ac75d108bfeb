"""A customer signed yesterday: a TAM brings them from the proof of value to continuous support, by keyboard alone."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from typing import NamedTuple

import pytest
from textual.pilot import Pilot

from contracts import signing
from models import access
from models.connection import open_desk
from models.customers import Contact, Customer
from models.journal import transaction
from models.people import Person
from models.reading import scalar
from screens.dialogs.frame import Dialog
from tests.screens.ticket_desk import app_on, press, shown, typed
from tests.tickets.cast import ZONE, at

SIZES = ((120, 36), (80, 24))
YESTERDAY, TODAY = at("2026-06-01 16:00"), at("2026-06-02 09:00")
PROVED, TAUGHT, READY = at("2026-06-22 10:00"), at("2026-07-08 15:00"), at("2026-09-14 10:00")
OPEN = "SELECT COUNT(*) FROM onboarding_item WHERE part = ? AND state NOT IN ('done', 'not needed')"
LONG_AGO = YESTERDAY - 30 * 86_400
CRITERIA = (
    ("LDAP users sign in", "p95 of 200", "under 2 s", "1.4 s"),
    ("Tokens survive a failover", "lost sessions", "none", "none"),
    ("Audit log reaches the SIEM", "delay", "under 60 s", "20 s"),
)


class Made(NamedTuple):
    """Where the desk is, and the customer."""

    address: str
    globex: int


@pytest.fixture
def made(sqlite_address: str) -> Iterator[Made]:
    """A desk with a lead and a TAM, on which Globex signed an Enterprise subscription yesterday."""
    with closing(open_desk(sqlite_address)):
        anna = access.identify("anna", at=LONG_AGO, name="Anna").id
        with transaction(None, LONG_AGO, "setup") as tx:
            tx.insert(Person, login="tom", name="Tom", role="tam", zone=ZONE)
            globex = tx.insert(Customer, key="globex", name="Globex", zone=ZONE)
            tx.insert(Contact, customer=globex, name="Jo of Globex", named=1)
            tx.say("The desk was made.")
        signing.sign(globex, "enterprise-cloud", date(2026, 6, 1), date(2027, 5, 31), anna, YESTERDAY)
    yield Made(sqlite_address, globex)


def told(pilot: Pilot[None]) -> str:
    """What stands on the screen as one line, so that it does not matter where a small one breaks it."""
    return " ".join(shown(pilot).split())


def said(pilot: Pilot[None]) -> str:
    """What toasts say."""
    return " ".join(note.message for note in pilot.app._notifications)


async def fill(pilot: Pilot[None], *texts: str) -> None:
    """Type into one line after the other, then save."""
    for place, text in enumerate(texts):
        if place:
            await press(pilot, "tab")
        await typed(pilot, text)
    await press(pilot, "ctrl+o")


async def start(pilot: Pilot[None]) -> None:
    """Start the proof of value, today."""
    await press(pilot, "4", "N")
    await typed(pilot, "glob")
    await press(pilot, "enter")
    await fill(pilot, "today")
    assert "proof of value" in told(pilot)


async def prepare(pilot: Pilot[None]) -> None:
    """Have what is needed first done, and the criteria agreed."""
    await press(pilot, "C", "d", "j", "d", "j", "d", "j", "d")
    await press(pilot, "A")
    assert "3 to 5 criteria are agreed, and there are 0." in said(pilot)
    for what, measure, target, _ in CRITERIA:
        await press(pilot, "n")
        await fill(pilot, what, measure, target)
    await press(pilot, "A", "y")
    assert "0 of 3 criteria met, agreed" in told(pilot)


async def prove(pilot: Pilot[None]) -> None:
    """Show and judge each criterion, decide, and pass the gate; what was typed too early is still there."""
    await press(pilot, "4", "enter", "C", "G", "m")
    await fill(pilot, "20 s")
    assert "has no evidence" in told(pilot)
    await press(pilot, "escape", "k", "k")
    for *_, found in CRITERIA:
        await press(pilot, "e", "tab", "tab")
        await fill(pilot, "https://example.com/run/7")
        await press(pilot, "m")
        await fill(pilot, "" if f"Found {found}" in told(pilot) else found)
        await press(pilot, "j")
    assert "3 of 3 criteria met, agreed" in told(pilot)
    await press(pilot, "D", "tab")
    await fill(pilot, "all three are met")
    assert "it continues: p passes the gate" in told(pilot)
    await press(pilot, "p", "ctrl+o")
    assert "continued on 2026-06-22, 3 of 3 met" in told(pilot)


async def plan(pilot: Pilot[None]) -> None:
    """Plan a session that covers the first three items of the checklist."""
    await press(pilot, "K", "n")
    await typed(pilot, "Architecture")
    await press(pilot, "tab", "tab")
    await typed(pilot, "2026-07-08")
    await press(pilot, "tab")
    await typed(pilot, "14:00")
    await press(pilot, "tab", "tab", "tab", "space")
    assert "What does it cover?" in told(pilot)
    ticked = 0
    for _ in range(30):
        if "] " in cursor(pilot) and "●" not in cursor(pilot):
            await press(pilot, "space")
            ticked += 1
        if ticked == 3:
            break
        await press(pilot, "j")
    await press(pilot, "enter")
    assert "3 items of the checklist" in told(pilot)
    await press(pilot, "ctrl+o")
    assert "1 planned" in told(pilot)


def cursor(pilot: Pilot[None]) -> str:
    """The line of the dialog with the cursor."""
    return next((line for line in shown(pilot).split("\n") if "▸ [" in line), "")


async def teach(pilot: Pilot[None]) -> None:
    """Hold the session; what it covered is done with one enter."""
    await press(pilot, "4", "enter", "K", "d")
    await fill(pilot, "Jo and two operators")
    assert "Done after Architecture?" in told(pilot)
    await press(pilot, "enter")
    assert "3 items of Globex done after Architecture" in said(pilot)
    assert "1 held" in told(pilot)


async def finish(pilot: Pilot[None]) -> None:
    """Go through the checklist until all topics are done; what comes after something waits for a next round."""
    await press(pilot, "4", "enter")
    for _ in range(4):
        await press(pilot, "g")
        for _ in range(40):
            if not await left(pilot, "topic"):
                return
            await press(pilot, "d")
            if isinstance(pilot.app.screen, Dialog):
                await press(pilot, "escape")
            await press(pilot, "j")


async def go_live(pilot: Pilot[None]) -> None:
    """Complete the check, have both sides sign, and pass the last two gates."""
    await press(pilot, "L", "v")
    assert "6 of 6 checks are open; finish them, then sign." in said(pilot)
    for _ in range(12):
        await press(pilot, "d")
        if isinstance(pilot.app.screen, Dialog):
            await press(pilot, "escape")
        await press(pilot, "j")
        if not await left(pilot, "go-live"):
            break
    await press(pilot, "v", "y", "c", "enter")
    assert "2 of 2 sides signed" in told(pilot)
    assert "nothing is missing; p passes it" in told(pilot)
    await press(pilot, "p", "ctrl+o")
    assert "Globex is live" in told(pilot)
    await press(pilot, "escape", "p", "ctrl+o")


async def left(pilot: Pilot[None], part: str) -> int:
    """How many items of a part of the checklist are still open."""
    return int(await pilot.app.call(scalar, OPEN, (part,)))


@pytest.mark.parametrize("size", SIZES)
async def test_from_signed_yesterday_to_continuous_support(made: Made, size: tuple[int, int]) -> None:
    async with app_on(made.address, size, "tom", TODAY) as pilot:
        await start(pilot)
        await prepare(pilot)
    async with app_on(made.address, size, "tom", PROVED) as pilot:
        await prove(pilot)
        await plan(pilot)
    async with app_on(made.address, size, "tom", TAUGHT) as pilot:
        await teach(pilot)
    async with app_on(made.address, size, "tom", READY) as pilot:
        await finish(pilot)
        await go_live(pilot)
        assert "continuous support" in told(pilot)
        await press(pilot, "T")
        assert "27 of 27 done, live since" in told(pilot)
        await press(pilot, "P")
        assert "# Onboarding of Globex: status" in told(pilot)
        await press(pilot, "t")
        assert "Kept what Globex was told" in said(pilot)
