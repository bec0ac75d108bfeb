"""A lead brings a customer to the desk by keyboard: their name, what they signed, and who they are."""

from collections.abc import Iterator

import pytest
from textual.pilot import Pilot

from contracts.held import customer_id, terms_at
from models.connection import open_desk
from models.journal import transaction
from models.people import TAM, Person
from tests.screens.ticket_desk import NOW, Made, app_on, make, press, shown, typed

SIZES = ((120, 36), (80, 24))


def toasts(pilot: Pilot[None]) -> list[str]:
    return [note.message for note in pilot.app._notifications]


@pytest.fixture
def made(sqlite_address: str) -> Iterator[Made]:
    """The desk, with a TAM."""
    made = make(sqlite_address)
    desk = open_desk(sqlite_address)
    with transaction(None, NOW, "test") as tx:
        tx.insert(Person, login="tom", name="Tom", role=TAM, zone="Europe/Zurich")
        tx.say("Tom came.")
    desk.close()
    yield made


@pytest.mark.parametrize("size", SIZES)
async def test_a_customer_comes_to_the_desk_with_a_contract_and_a_contact(made: Made, size: tuple[int, int]) -> None:
    async with app_on(made.address, size, now=NOW) as pilot:
        await press(pilot, "2", "N")
        await typed(pilot, "Newco")
        await press(pilot, "tab", "tab", "tab", "tab", "right")
        await press(pilot, "ctrl+o")
        assert "Newco has no contract in force" in shown(pilot)
        assert "TAM Tom" in shown(pilot)
        await press(pilot, "S", "tab", "right", "tab", "right")
        assert "Severity 1 initial response: 1 h" in shown(pilot)
        await press(pilot, "ctrl+o")
        screen = " ".join(shown(pilot).split())
        assert "Newco's Production plan with Extended support (newco)" in screen
        assert "Severity 2 initial response 2 h" in screen
        await press(pilot, "n")
        await typed(pilot, "Nina Ode")
        await press(pilot, "tab")
        await typed(pilot, "nina@newco.example")
        await press(pilot, "ctrl+o")
        assert "Nina Ode" in shown(pilot)
        assert "nina@newco.example" in shown(pilot)

        def entitled() -> str:
            held = terms_at(customer_id("newco"), NOW + 86_400)
            return held.terms.plan_text if held else ""

        assert await pilot.app.call(entitled) == "Newco's Production plan with Extended support"
        await press(pilot, "R")
        assert "It follows the last term." in shown(pilot)
        await press(pilot, "ctrl+o")
        assert any("renewed Newco's contract" in text for text in toasts(pilot))


async def test_what_cannot_be_signed_says_so_and_keeps_what_was_typed(made: Made) -> None:
    async with app_on(made.address, (80, 24), now=NOW) as pilot:
        await press(pilot, "2", "S")
        assert "a contract in force" in shown(pilot)
        await press(pilot, "shift+tab")
        await typed(pilot, "tan = 1")
        assert "did you mean 'tam'" in " ".join(shown(pilot).split())
        await press(pilot, "escape")
        await press(pilot, "S")
        assert "tan = 1" in shown(pilot)


async def test_a_page_shows_its_terms_its_credits_and_its_hours(made: Made) -> None:
    async with app_on(made.address, (120, 36), now=NOW) as pilot:
        await press(pilot, "2", "enter")
        assert "Where it is written" in shown(pilot)
        await press(pilot, "j", "y")
        assert toasts(pilot) == ["Copied Revision."]
        await press(pilot, "d")
        assert "days accruing" in shown(pilot)
        await press(pilot, "escape", "h")
        assert "Entries" in shown(pilot)


async def test_others_are_told_who_signs(made: Made) -> None:
    async with app_on(made.address, (120, 36), login="ben", now=NOW) as pilot:
        await press(pilot, "2", "S")
        await press(pilot, "N")
        assert toasts(pilot) == ["Only a lead signs contracts.", "Leads and TAMs add customers."]
