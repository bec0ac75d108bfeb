"""The places beside the queue tell what matters most, however narrow the screen."""

from pathlib import Path

import pytest

from cli.demo.command import make
from tests.screens.queue_desk import Clock, opened, settled, shown

AT = 1_773_147_720
"""Tue 10 Mar 2026 14:02 in Zurich."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The demo desk; these stories only look."""
    address = str(Path(tmp_path_factory.mktemp("places")) / "desk.db")
    make(address, 1, AT)
    return address


async def place(pilot, key: str) -> list[str]:
    await pilot.press(key)
    await settled(pilot)
    return shown(pilot)


@pytest.mark.parametrize("width", [80, 120])
async def test_an_onboarding_says_how_it_goes(demo, width):
    async with opened(demo, Clock(AT), size=(width, 24)) as pilot:
        lines = await place(pilot, "4")
        assert sum("■ blocked: " in line for line in lines) == 2  # in the list, and in full below it
        assert all(len(line) <= width for line in lines)
        assert sum("● on track: " in line for line in lines) == 2


@pytest.mark.parametrize("width", [80, 120])
async def test_a_missed_promise_says_whose_it_was_and_what_it_was_about(demo, width):
    async with opened(demo, Clock(AT), size=(width, 24)) as pilot:
        lines = await place(pilot, "5")
        assert any("not yet" in line and "accruing" in line and "Logins fail" in line for line in lines)
        assert "onboarding at risk" in " ".join(line.strip() for line in lines[1:3])


async def test_numbers_of_credit_stand_below_each_other(demo):
    async with opened(demo, Clock(AT)) as pilot:
        lines = await place(pilot, "2")
        assert len({line.rindex(" day") for line in lines[4:] if " day" in line}) == 1


@pytest.mark.parametrize("width", [80, 120])
async def test_behind_each_number_of_the_lead_is_a_list(demo, width):
    async with opened(demo, Clock(AT), size=(width, 24)) as pilot:
        await place(pilot, "5")
        lines = await place(pilot, "o")
        assert "owed 19 days of credit" in " ".join(lines)
        assert all(" day" in line for line in lines[4:-1] if line.strip())
        await place(pilot, "escape")
        lines = await place(pilot, "b")
        assert "1 over budget" in " ".join(lines)
        assert sum("over by" in line for line in lines) == 1
        await place(pilot, "escape")
        lines = await place(pilot, "r")
        assert not any("on track" in line for line in lines[3:])
        assert any("■ blocked: " in line for line in lines)
        await place(pilot, "escape")
        assert "objectives met this month" in " ".join(shown(pilot))


async def test_a_call_for_a_manager_says_what_it_is_before_what_it_is_about(demo):
    async with opened(demo, Clock(AT)) as pilot:
        lines = await place(pilot, "5")
        [urgent] = [line for line in lines if "Wave of bot registrations" in line]
        assert "not yet" in urgent
        assert "↑ urgent: Wave" in urgent
