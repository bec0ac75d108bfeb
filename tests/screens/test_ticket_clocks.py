"""Two promises of one ticket run side by side: the first answer, and a manager's."""

from typing import Any

import pytest
from textual.geometry import Region

from models.thread import DatabaseThread
from screens.ticket import TicketScreen
from tests.screens.ticket_desk import NOW, Made, app_on, press, settle, shown
from tickets import operations

AT_TWO = NOW + 20 * 60
"""50 minutes before the first answer is due, and 100 before the manager's is."""


@pytest.fixture
def escalated(made: Made, other: DatabaseThread) -> Made:
    other.submit(operations.escalate, made.ticket, "urgent", "No progress", made.anna, NOW).result()
    return made


async def test_both_clocks_stand_there_in_large_signs_with_their_names(escalated: Made) -> None:
    async with app_on(escalated.address, (120, 36), now=AT_TWO) as pilot:
        await press(pilot, "enter")
        screen = shown(pilot)
        assert screen.index("initial response") < screen.index("urgent escalation")
        assert pilot.app.screen.clock.size.height == 8


async def test_only_the_clock_whose_text_changed_is_drawn(escalated: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    async with app_on(escalated.address, (120, 36), now=AT_TWO) as pilot:
        await press(pilot, "enter")
        screen = pilot.app.screen
        assert isinstance(screen, TicketScreen)
        drawn: list[Region] = []
        monkeypatch.setattr(screen.clock, "refresh", lambda *regions, **_: drawn.extend(regions))
        assert screen._tick(AT_TWO) == AT_TWO + 1
        assert drawn == []
        screen._tick(AT_TWO + 1)
        width = screen.clock.size.width
        assert drawn == [Region(0, 0, width, 4), Region(0, 4, width, 4)]  # 0:49:59, and 1:39 from 1:40 on
        drawn.clear()
        screen._tick(AT_TWO + 2)
        assert drawn == [Region(0, 0, width, 4)]


async def test_on_a_narrow_screen_both_are_told_in_the_line_above(escalated: Made) -> None:
    async with app_on(escalated.address, (80, 24), now=AT_TWO) as pilot:
        await press(pilot, "enter")
        assert "0:50:00 initial response   ● 1:40 urgent escalation" in shown(pilot)


async def test_the_first_answer_leaves_the_other_clock_alone_and_nameless(
    escalated: Made, other: DatabaseThread
) -> None:
    async with app_on(escalated.address, (120, 36), now=AT_TWO) as pilot:
        await press(pilot, "enter")
        await pilot.app.call(operations.reply, escalated.ticket, "We look.", escalated.anna, AT_TWO)
        await settle(pilot)
        clock: Any = pilot.app.screen.clock
        assert clock.size.height == 3
        assert [name for name, *_ in clock._shown] == [""]
