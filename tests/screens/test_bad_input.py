"""What is too long, too much or not there, at the screen: it works or is told, and nothing that was typed is lost."""

import time
from collections.abc import Iterator

import pytest

from models.connection import open_desk
from models.journal import transaction
from models.tickets import Message
from tests.screens.ticket_desk import NOW, Made, app_on, make, press, shown, typed

MANY = 100_000


@pytest.fixture
def made(sqlite_address: str) -> Iterator[Made]:
    yield make(sqlite_address)


def talk(made: Made, count: int, words: str) -> None:
    """Messages of both sides on the ticket, a second apart."""
    desk = open_desk(made.address)
    said = (
        (made.ticket, ("customer", "vendor")[number % 2], "Jo", NOW - 2 * count + number, f"{words} {number}")
        for number in range(count)
    )
    with transaction(made.anna, NOW, "test") as tx:
        tx.insert_many(Message, ("ticket_id", "side", "author", "at", "body"), said)
        tx.say("People talked.")
    desk.close()


async def test_a_ticket_of_a_hundred_thousand_messages_opens_and_moves_at_once(made: Made) -> None:
    talk(made, MANY, "We see it on node")
    async with app_on(made.address) as pilot:
        begun = time.perf_counter()
        await press(pilot, "enter")
        assert "Since 12:40 nobody can log in." in shown(pilot)
        await press(pilot, "g")
        assert "We see it on node 0" in shown(pilot)
        await press(pilot, "G", "k", "ctrl+u", "ctrl+u")
        assert "We see it on node 99" in shown(pilot)
        assert len(pilot.app.screen.talk.messages) <= 400
        assert time.perf_counter() - begun < 5  # reading all of it would take that long


async def test_a_page_of_huge_messages_is_read_by_its_beginnings(made: Made) -> None:
    talk(made, 60, "word " * 200_000)
    async with app_on(made.address) as pilot:
        await press(pilot, "enter")
        kept = pilot.app.screen.talk.messages
        assert max(len(message.body) for message in kept) == 20_000
        assert "m shows more" in shown(pilot)
        await press(pilot, "m", "G")
        assert "… 880 0" in shown(pilot)


async def test_a_ticket_that_is_not_there_is_told(made: Made) -> None:
    async with app_on(made.address) as pilot:
        await press(pilot, "enter", "L")
        await typed(pilot, "999")
        await press(pilot, "enter")
        assert "There is no ticket #999; check the number." in shown(pilot)
