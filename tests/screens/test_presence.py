"""Two colleagues who have the same ticket open see each other, before both answer."""

from contextlib import closing

import pytest

from models.connection import open_desk
from tests.screens.ticket_desk import NOW, Made, app_on, press, settle, shown
from tickets import presence
from tickets.presence import TOUCH_SECONDS

SIZES = ((120, 36), (80, 24))


def who_is_there(made: Made, at: int = NOW) -> list[tuple[str, int, int]]:
    """Read it as another program does."""
    with closing(open_desk(made.address)):
        return [(each.login, each.writing, each.at) for each in presence.others(made.ticket, made.ben, at)]


@pytest.mark.parametrize("size", SIZES)
async def test_who_reads_and_who_writes_is_told_while_they_do(made: Made, size: tuple[int, int]) -> None:
    async with app_on(made.address, size) as pilot:
        await press(pilot, "enter")
        assert "ben is" not in shown(pilot)
        await pilot.app.call(presence.touch, made.ben, made.ticket, False, NOW)
        pilot.app.changes.post([])
        await settle(pilot)
        assert "ben is reading" in shown(pilot)
        await pilot.app.call(presence.touch, made.ben, made.ticket, True, NOW)
        pilot.app.changes.post([])
        await settle(pilot)
        assert "ben is writing" in shown(pilot)
        await pilot.app.call(presence.leave, made.ben, made.ticket)
        pilot.app.changes.post([])
        await settle(pilot)
        assert "ben is" not in shown(pilot)


async def test_i_am_told_of_while_the_ticket_is_open_and_while_i_write(made: Made) -> None:
    async with app_on(made.address) as pilot:

        async def seen() -> list[tuple[str, int]]:
            found = await pilot.app.call(presence.others, made.ticket, made.ben, NOW)
            return [(each.login, each.writing) for each in found]

        assert await seen() == []
        await press(pilot, "enter")
        assert await seen() == [("anna", 0)]
        await press(pilot, "n")
        assert await seen() == [("anna", 1)]
        await press(pilot, "escape")
        assert await seen() == [("anna", 0)]
        await press(pilot, "escape")
        assert await seen() == []


async def test_a_sign_of_life_is_given_again_in_time(made: Made) -> None:
    async with app_on(made.address) as pilot:
        await press(pilot, "enter")
        line = pilot.app.screen.presence
        assert line._tick(NOW + 1) == NOW + TOUCH_SECONDS
        assert line._tick(NOW + TOUCH_SECONDS) == NOW + 2 * TOUCH_SECONDS
        await settle(pilot)
        assert [each.at for each in await pilot.app.call(presence.others, made.ticket, made.ben, NOW)] == [
            NOW + TOUCH_SECONDS
        ]


async def test_who_ends_the_program_is_not_there_any_more(made: Made) -> None:
    async with app_on(made.address) as pilot:
        await press(pilot, "enter")
        assert len(await pilot.app.call(presence.others, made.ticket, made.ben, NOW)) == 1
    assert who_is_there(made) == []
