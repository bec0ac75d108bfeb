"""A colleague names me in a note: the header says so until I have looked."""

import pytest

from models.access import add_person
from tests.screens.ticket_desk import HOSTILE, NOW, Made, app_on, press, settle, shown, typed
from tickets import mentions, operations, reading

SIZES = ((120, 36), (80, 24))


@pytest.mark.parametrize("size", SIZES)
async def test_who_was_named_sees_it_in_the_header_and_opens_the_ticket(made: Made, size: tuple[int, int]) -> None:
    async with app_on(made.address, size) as pilot:
        assert "@1" not in shown(pilot)
        await pilot.app.call(operations.note, made.ticket, f"@anna can you look? {HOSTILE}", made.ben, NOW - 60)
        await settle(pilot)
        assert "@1" in shown(pilot)
        await press(pilot, "at")
        screen = shown(pilot)
        assert "1 note names you" in screen
        assert "Ben Keller" in screen
        assert "@anna" in screen
        assert "\x1b" not in screen
        await press(pilot, "enter")
        assert "#1  Logins fail" in shown(pilot)
        assert await pilot.app.call(reading.unseen_mentions, made.anna) == 0
        await press(pilot, "escape")
        assert "Nobody waits for you" in shown(pilot)
        assert "@1" not in shown(pilot)
        await press(pilot, "enter")
        assert any("No note waits for you." in note.message for note in pilot.app._notifications)
        await press(pilot, "escape")
        assert "All open" in shown(pilot)


async def test_a_note_that_comes_while_the_ticket_is_open_is_seen(made: Made) -> None:
    async with app_on(made.address) as pilot:
        await press(pilot, "enter")
        await pilot.app.call(operations.note, made.ticket, "@anna look", made.ben, NOW)
        await settle(pilot)
        assert await pilot.app.call(reading.unseen_mentions, made.anna) == 0


async def test_what_names_somebody_else_is_theirs(made: Made) -> None:
    async with app_on(made.address) as pilot:
        carla = await pilot.app.call(add_person, "carla", "Carla", "tam", made.anna, NOW)
        await pilot.app.call(operations.note, made.ticket, "@carla look", made.ben, NOW)
        await settle(pilot)
        assert "@1" not in shown(pilot)
        await press(pilot, "enter")
        assert len(await pilot.app.call(mentions.unseen, carla)) == 1


@pytest.mark.parametrize("size", SIZES)
async def test_a_login_is_completed_while_it_is_typed(made: Made, size: tuple[int, int]) -> None:
    async with app_on(made.address, size) as pilot:
        await pilot.app.call(add_person, "bea", "Bea", "tam", made.anna, NOW)
        await press(pilot, "enter", "n", "at", "b")
        assert "tab names @bea, @ben" in shown(pilot)
        await press(pilot, "e", "n")
        assert "tab names" not in shown(pilot)
        await press(pilot, "backspace", "backspace", "tab")
        await typed(pilot, "look,")
        await press(pilot, "space", "at", "B", "e", "n", "ctrl+o")
        assert [line.text for line in await pilot.app.call(mentions.unseen, made.ben)] == ["@bea look, @Ben"]


async def test_nothing_is_completed_in_an_address_nor_in_a_reply(made: Made) -> None:
    async with app_on(made.address) as pilot:
        await press(pilot, "enter", "n")
        await typed(pilot, "jo")
        await press(pilot, "at", "b")
        assert "tab names" not in shown(pilot)
        await press(pilot, "escape", "r", "at", "b")
        assert "tab names" not in shown(pilot)
