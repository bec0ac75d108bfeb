"""A ticket goes to a colleague; a severity 1 only with a note that says where it stands."""

import pytest

from tests.screens.ticket_desk import Made, app_on, press, settle, shown, typed
from tickets import operations, reading, ticket_reading

SIZES = ((120, 36), (80, 24))


@pytest.mark.parametrize("size", SIZES)
async def test_a_ticket_goes_to_a_colleague_without_a_word(made: Made, size: tuple[int, int]) -> None:
    async with app_on(made.address, size) as pilot:
        await press(pilot, "a", "b")
        screen = shown(pilot)
        assert "Assign #1" in screen
        assert "ben, Ben Keller" in screen
        await press(pilot, "ctrl+o")
        assert (await pilot.app.call(reading.row, made.ticket)).owner == "ben"


@pytest.mark.parametrize("size", SIZES)
async def test_releasing_a_severity_1_asks_for_its_next_owner_and_a_note(made: Made, size: tuple[int, int]) -> None:
    async with app_on(made.address, size) as pilot:
        call, actor = pilot.app.call, made.anna
        await call(operations.change_severity, made.ticket, 1, "all are out", actor, pilot.app.now())
        await settle(pilot)
        await press(pilot, "C")
        screen = shown(pilot)
        assert "Hand over #1, anna's now" in screen
        assert "always has an owner" in screen
        await press(pilot, "ctrl+o")
        assert "A handover needs a note" in shown(pilot)
        await press(pilot, "tab")
        await typed(pilot, "DNS is next")
        await press(pilot, "escape", "C")
        assert "DNS is next" in shown(pilot)
        await press(pilot, "ctrl+o")
        assert (await call(reading.row, made.ticket)).owner == "ben"
        notes = [row.body for row in await call(ticket_reading.conversation, made.ticket) if row.kind == "note"]
        assert notes == ["@ben DNS is next"]
