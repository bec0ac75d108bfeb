"""A TAM sees in ten seconds which customer is on track, which is not, and why; and starts the next one."""

from pathlib import Path

import pytest

from models.connection import open_desk
from models.reading import rows
from onboarding import phases
from screens.onboarding import OnboardingScreen
from screens.onboarding_portfolio import OnboardingPortfolio
from screens.widgets.two_rows import TwoRows
from tests.screens.onboarding_desk import NOW, Made, hint, line_with, make, portfolio, press, said, write
from tests.screens.queue_desk import settled, shown, toasts, until

SIZES = [(80, 24), (120, 36)]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return make(str(tmp_path / "desk.db"))


@pytest.mark.parametrize("size", SIZES)
async def test_two_rows_a_customer_say_progress_above_time_health_and_why(made: Made, size: tuple[int, int]) -> None:
    async with portfolio(made, size=size) as pilot:
        assert "2 onboardings under way, 2 not on track" in said(pilot)
        lines = shown(pilot)
        first = next(index for index, line in enumerate(lines) if line.startswith(" Globex"))
        progress, time = lines[first], lines[first + 1]
        assert "■ blocked: Configuration of ide" in progress and "0/23" in progress and progress.endswith("in 82 d")
        assert "9 %" in time and "■ since 1 Jun on the customer" in time and time.endswith("31 Aug")
        assert progress.index("░") == time.index("▒")
        assert all(len(line) <= size[0] for line in lines)


async def test_below_the_list_every_reason_of_the_one_here_is_told(made: Made) -> None:
    async with portfolio(made) as pilot:
        await press(pilot, "j")
        told = said(pilot)
        assert "waiting for the customer for 9 days (and 1 more)" in told
        assert "· Check of prerequisites and architecture: due 2026-06-05" in told
        assert "looked after by Tom" in told


async def test_those_that_are_over_are_behind_a_key(made: Made) -> None:
    desk = open_desk(made.address)
    phases.close(made.proof, made.who.anna, NOW, "they went elsewhere")
    desk.close()
    async with portfolio(made) as pilot:
        assert not any(line.startswith(" Acme") for line in shown(pilot))
        await press(pilot, "e")
        assert "– ended" in line_with(pilot, " Acme") and "1 onboarding under way, 1 not on track, 1 over" in said(
            pilot
        )
        await press(pilot, "e")
        assert not any(line.startswith(" Acme") for line in shown(pilot))


@pytest.mark.parametrize("size", SIZES)
async def test_a_proof_of_value_is_started_and_opens(made: Made, size: tuple[int, int]) -> None:
    async with portfolio(made, size=size) as pilot:
        await press(pilot, "N")
        await write(pilot, "plain")
        await press(pilot, "enter")
        await write(pilot, "2026-06-13")
        assert "2026-06-13 is not a working day for Plain; start on 2026-06-15." in said(pilot)
        await press(pilot, "ctrl+o")
        assert "is not a working day" in hint(pilot)
        await press(pilot, *["backspace"] * 2)
        await write(pilot, "15")
        assert "Mon 15 Jun 2026 to Sun 5 Jul 2026, go-live Fri 3 Jul 2026" in said(pilot)
        await press(pilot, "ctrl+o")
        assert isinstance(pilot.app.screen, OnboardingScreen)
        assert "Plain: proof" in said(pilot) and "0/4 done" in said(pilot)
        await press(pilot, "u")
        assert isinstance(pilot.app.screen, OnboardingPortfolio) and "2 onboardings under way" in said(pilot)


async def test_what_cannot_be_started_says_what_is_possible_instead(made: Made) -> None:
    async with portfolio(made) as pilot:
        await press(pilot, "N")
        await write(pilot, "globex")
        assert "under way already" in said(pilot)
        await press(pilot, "enter")
        await write(pilot, "mon")
        assert "Globex has an onboarding under way (onboarding term); go on with it" in said(pilot)


async def test_a_term_for_who_has_no_enterprise_plan_is_refused_while_it_is_typed(made: Made) -> None:
    async with portfolio(made) as pilot:
        await press(pilot, "N")
        await write(pilot, "plain")
        await press(pilot, "enter")
        await write(pilot, "2026-06-15")
        await press(pilot, "shift+tab", "o")
        assert "begin with a proof of value" in said(pilot)
        assert "3 months, 10 weeks" in said(pilot)


@pytest.mark.parametrize(("login", "why"), [("rita", "You may look"), ("ben", "Only a TAM or a lead starts")])
async def test_who_may_not_start_one_is_told_why(made: Made, login: str, why: str) -> None:
    async with portfolio(made, login) as pilot:
        assert "N new" not in said(pilot)
        await press(pilot, "N")
        assert toasts(pilot)[-1].startswith(why)


async def test_what_a_colleague_does_shows_without_a_key(made: Made) -> None:
    async with portfolio(made) as pilot:
        desk = open_desk(made.address)
        phases.close(made.proof, made.who.anna, NOW, "they went elsewhere")
        [(state,)] = rows("SELECT state FROM onboarding WHERE id = ?", (made.proof,))
        desk.close()
        assert state == "ended"
        await until(pilot, lambda: "1 onboarding under way" in said(pilot))


async def test_a_click_selects_either_row_and_a_second_one_opens(made: Made) -> None:
    async with portfolio(made) as pilot:
        await pilot.click(TwoRows, offset=(5, 4))
        assert "── Globex" in said(pilot)
        await pilot.click(TwoRows, offset=(5, 3))
        await settled(pilot)
        assert isinstance(pilot.app.screen, OnboardingScreen)


async def test_letters_jump_to_a_customer(made: Made) -> None:
    async with portfolio(made) as pilot:
        targets = [target for target in pilot.app.screen.jump_targets() if target.y > 1]
        assert [target.y for target in targets] == [3, 5]
        targets[1].go()
        await press(pilot, "enter")
        assert "Globex: onboarding term" in said(pilot)
