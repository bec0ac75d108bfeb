"""A lead decides on service credits, and sees what that does to the term."""

from collections.abc import Iterator

import pytest

from contracts.credits import balance
from models.agreements import Term
from models.connection import open_desk
from models.journal import transaction
from models.reading import scalar
from tests.screens.ticket_desk import NOW, Made, app_on, make, press, shown, typed
from tickets import operations

SIZES = ((120, 36), (80, 24))


@pytest.fixture
def made(sqlite_address: str) -> Iterator[Made]:
    """The desk, Acme with a term, and one of its tickets answered 40 minutes late."""
    made = make(sqlite_address)
    desk = open_desk(sqlite_address)
    with transaction(None, NOW, "test") as tx:
        contract = scalar("SELECT id FROM contract WHERE customer_id = ?", (made.acme,))
        tx.insert(Term, contract_id=contract, starts_on="2026-01-01", ends_on="2026-12-31")
        tx.say("Acme signed for a year.")
    operations.reply(made.ticket, "We see it too.", made.anna, NOW + 4200 + 2400)
    desk.close()
    yield made


LATER = NOW + 2 * 3600


@pytest.mark.parametrize("size", SIZES)
async def test_a_lead_grants_what_is_owed_and_takes_it_back(made: Made, size: tuple[int, int]) -> None:
    async with app_on(made.address, size, now=LATER) as pilot:
        await press(pilot, "2", "d")
        screen = shown(pilot)
        assert "Acme: 0 days accruing, 2 owed, 0 granted, 0 refused" in screen
        assert "2026-01-01 to 2026-12-31" in " ".join(screen.split())
        assert "2 days   owed" in screen
        assert "owed 2 days, the desk" in screen or "owed 2 days, anna" in screen
        await press(pilot, "a")
        assert "The term ends on 2026-12-31 now, and on 2027-01-02 then." in shown(pilot)
        await press(pilot, "ctrl+o")
        assert "needs a reason" in shown(pilot)
        await typed(pilot, "as promised")
        await press(pilot, "enter")
        screen = shown(pilot)
        assert "2027-01-02, with 2 of credit" in " ".join(screen.split())
        assert "granted 2 days, anna: as promised" in screen
        await press(pilot, "z")
        assert "The term ends on 2027-01-02 now, and on 2026-12-31 then." in shown(pilot)
        await typed(pilot, "wrong customer")
        await press(pilot, "enter")
        assert "reversed 2 days, anna: wrong customer" in shown(pilot)
        held = await pilot.app.call(balance, made.acme, LATER)
        assert (held.owed, held.granted) == (2, 0)


async def test_a_refusal_moves_no_term_and_an_engineer_decides_nothing(made: Made) -> None:
    async with app_on(made.address, now=LATER) as pilot:
        await press(pilot, "5", "d", "R")
        assert "The term still ends on 2026-12-31." in shown(pilot)
        await typed(pilot, "they asked for it")
        await press(pilot, "enter")
        assert "refused 2 days, anna: they asked for it" in shown(pilot)
        await press(pilot, "a")
        assert any("It is refused already" in note.message for note in pilot.app._notifications)
    async with app_on(made.address, login="ben", now=LATER) as pilot:
        await press(pilot, "5", "d", "z")
        assert any("Only a lead decides" in note.message for note in pilot.app._notifications)


@pytest.mark.parametrize("size", SIZES)
async def test_what_accrues_is_told_but_not_decided(sqlite_address: str, size: tuple[int, int]) -> None:
    made = make(sqlite_address)
    async with app_on(made.address, size, now=NOW + 4200 + 1900) as pilot:
        await press(pilot, "5", "d")
        screen = shown(pilot)
        assert "Acme: 2 days accruing, 0 owed" in screen
        assert "Nothing yet: what it costs is owed once it is answered." in screen
        assert "no term" in screen
        await press(pilot, "a")
        assert any("#1 is not answered yet" in note.message for note in pilot.app._notifications)
        await press(pilot, "w")
        assert "Why is #1 due" in shown(pilot)
        await press(pilot, "escape", "enter")
        assert "#1  Logins fail" in shown(pilot)
        await press(pilot, "escape", "escape")
        assert "1 of" in shown(pilot) or "accruing" in shown(pilot)
