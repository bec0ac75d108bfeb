"""Gates, dates, health, risks and the template, each behind a key of the checklist."""

from datetime import date
from pathlib import Path

import pytest

from models import journal
from models.connection import open_desk
from models.onboardings import Onboarding, OnboardingItem
from models.reading import rows, scalar
from onboarding import phases, risks, starting
from screens.widgets.marks import Marks
from tests.onboarding.board import prove, settle, sign_off
from tests.screens.onboarding_desk import NOW, Made, checklist, hint, make, portfolio, press, said, write
from tests.screens.queue_desk import toasts

SIZES = [(80, 24), (120, 36)]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return make(str(tmp_path / "desk.db"))


@pytest.mark.parametrize("size", SIZES)
async def test_a_gate_lists_what_is_missing_and_what_nobody_passes_over(made: Made, size: tuple[int, int]) -> None:
    async with checklist(made, size=size) as pilot:
        await press(pilot, "p")
        told = said(pilot)
        assert "Gate “go-live” of Globex" in told and "missing; behind it the customer is live" in told
        assert "✕ The customer has not signed the go-live off." in told and "nobody passes over these" in told
        await press(pilot, "ctrl+o")
        assert "stays closed for everyone" in hint(pilot)


async def test_a_tam_passes_a_gate_that_nothing_keeps_closed(made: Made) -> None:
    desk = open_desk(made.address)
    settle(made.term)
    sign_off(made.term)
    desk.close()
    async with checklist(made) as pilot:
        await press(pilot, "p")
        assert "● Nothing is missing: behind it the customer is live." in said(pilot)
        await press(pilot, "ctrl+o")
        assert "passed the gate 'go-live' for Globex" in toasts(pilot)[-1] and ", live" in said(pilot)
        await press(pilot, "p", "ctrl+o")
        assert "continuous support" in said(pilot)
        await press(pilot, "p", "enter")
        assert "– ended" in said(pilot)
        await press(pilot, "d")
        assert "This onboarding is ended" in toasts(pilot)[-1]


async def test_a_lead_passes_over_what_is_open_with_a_reason_and_a_tam_does_not(made: Made) -> None:
    desk = open_desk(made.address)
    settle(made.term, "go-live")
    sign_off(made.term)
    desk.close()
    async with checklist(made) as pilot:
        await press(pilot, "p")
        assert "Only a lead passes over it, with a reason." in said(pilot)
    async with checklist(made, "anna") as pilot:
        await press(pilot, "p", "ctrl+o")
        assert "Say in a line why the gate is passed all the same" in hint(pilot)
        await write(pilot, "they go live tonight")
        await press(pilot, "enter")
        assert "open: they go live tonight" in toasts(pilot)[-1]


async def test_behind_the_proof_of_value_the_term_begins_as_long_as_is_said(made: Made) -> None:
    desk = open_desk(made.address)
    [(onboarding,)] = rows("SELECT id FROM onboarding WHERE customer_id = ?", (made.who.globex,))
    with journal.transaction(None, NOW, "setup") as tx:
        tx.update(Onboarding, onboarding, state="stopped")
        tx.say("It was stopped.")
    again = starting.start(made.who.globex, made.who.tom, NOW, date(2026, 6, 8))
    settle(again)
    prove(again)
    phases.decide(again, "continue", made.who.tom, NOW, "all was met")
    desk.close()
    async with portfolio(made) as pilot:
        await press(pilot, "j", "enter", "p")
        assert "behind it the onboarding term begins" in said(pilot)
        await press(pilot, "tab")
        await write(pilot, "forever")
        assert "'forever' is no length" in said(pilot)
        await press(pilot, *["backspace"] * 7)
        await write(pilot, "10 weeks")
        await press(pilot, "ctrl+o")
        assert "onboarding term" in said(pilot)
    desk = open_desk(made.address)
    phase = rows("SELECT starts_on, ends_on FROM onboarding_phase WHERE onboarding_id = ? ORDER BY id DESC", (again,))
    desk.close()
    assert phase[0] == ("2026-06-11", "2026-08-19")


@pytest.mark.parametrize("size", SIZES)
async def test_a_shift_shows_what_moves_before_it_moves(made: Made, size: tuple[int, int]) -> None:
    async with checklist(made, size=size) as pilot:
        await press(pilot, "m")
        await write(pilot, "2026-08-24")
        assert "the go-live is 31 Aug 2026 now" in said(pilot)
        assert "items move along" in said(pilot) and "→" in said(pilot)
        await press(pilot, "enter")
        await write(pilot, "a week earlier")
        await press(pilot, "enter")
        assert "moved the go-live of Globex to 2026-08-24" in toasts(pilot)[-1]
        assert "go-live 24 Aug" in said(pilot)
        await press(pilot, "u")
        assert "go-live 31 Aug" in said(pilot)


async def test_a_longer_term_needs_a_reason_and_a_shift_a_working_day(made: Made) -> None:
    async with checklist(made) as pilot:
        await press(pilot, "m")
        await write(pilot, "2026-08-23")
        assert "2026-08-23 is not a working day for Globex" in said(pilot)
        await press(pilot, *["backspace"] * 10)
        await write(pilot, "2026-09-30")
        await press(pilot, "shift+tab", "left")
        assert "the term runs to 2026-09-30; go-live stays where it is" in said(pilot)
        await press(pilot, "ctrl+o")
        assert "An extension has a reason" in hint(pilot)
        await press(pilot, "tab", "tab")
        await write(pilot, "as agreed")
        await press(pilot, "enter")
        assert "extended the onboarding term of Globex to 2026-09-30" in toasts(pilot)[-1]


@pytest.mark.parametrize("size", SIZES)
async def test_health_tells_why_and_lets_a_tam_say_otherwise(made: Made, size: tuple[int, int]) -> None:
    async with checklist(made, size=size) as pilot:
        await press(pilot, "w")
        assert "■ blocked" in said(pilot) and "waiting for the customer for 9 days" in said(pilot)
        await press(pilot, "o", "tab")
        await write(pilot, "they have a date for it")
        await press(pilot, "ctrl+o")
        assert "on track: they have a date for it" in said(pilot)
        await press(pilot, "w")
        assert "the desk itself finds it blocked" in said(pilot)
        await press(pilot, "n", "ctrl+o")
        assert "■ blocked" in said(pilot)


async def test_who_may_not_say_otherwise_sees_why_all_the_same(made: Made) -> None:
    async with checklist(made, "rita") as pilot:
        await press(pilot, "w")
        assert "waiting for the customer for 9 days" in said(pilot) and "You may look" in hint(pilot)
        await press(pilot, "escape", "r")
        assert "No risk is noted." in said(pilot)


async def test_a_risk_is_noted_changed_closed_and_opened_again(made: Made) -> None:
    async with checklist(made) as pilot:
        await press(pilot, "r")
        await write(pilot, "Their team is on leave")
        await press(pilot, "enter", "enter", "ctrl+o")
        assert "Who looks after the risk is missing" in hint(pilot)
        await press(pilot, "escape", "r")
        assert "Their team is on leave" in said(pilot)
        await press(pilot, "tab")
        await write(pilot, "Vera")
        await press(pilot, "ctrl+o")
        assert toasts(pilot)[-1] == "Noted the risk Their team is on leave."
        await press(pilot, "r", "down", "enter", "tab", "tab")
        await write(pilot, "name a deputy")
        await press(pilot, "tab", "tab", "c", "ctrl+o")
        assert "why the risk is closed" in hint(pilot)
        await press(pilot, "tab")
        await write(pilot, "they are back")
        await press(pilot, "enter")
    desk = open_desk(made.address)
    [row] = risks.risks(made.term, all_of_them=True)
    desk.close()
    assert (row.state, row.next_step) == ("closed", "name a deputy")
    async with checklist(made) as pilot:
        await press(pilot, "u", "r", "down", "enter")
        assert "Vera" in said(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_what_the_template_has_anew_is_taken_as_far_as_it_is_marked(made: Made, size: tuple[int, int]) -> None:
    desk = open_desk(made.address)
    with journal.transaction(None, NOW, "setup") as tx:
        tx.update(OnboardingItem, made.items["event-types"], title="Kinds of events")
        tx.update(OnboardingItem, made.items["schemas"], key="")
        tx.say("It is older.")
    desk.close()
    async with checklist(made, size=size) as pilot:
        await press(pilot, "A")
        assert "☑ Database schemas and" in said(pilot) and "☑ Kinds of events" in said(pilot)
        await press(pilot, "space", "enter")
        assert "took 1 item of" in toasts(pilot)[-1]
    desk = open_desk(made.address)
    assert scalar("SELECT title FROM onboarding_item WHERE id = ?", (made.items["event-types"],)) == "Types of events"
    desk.close()


async def test_a_checklist_that_has_all_says_so(made: Made) -> None:
    async with checklist(made) as pilot:
        await press(pilot, "A")
        assert "The checklist has all that the template" in toasts(pilot)[-1]


async def test_a_mark_is_set_by_a_click(made: Made) -> None:
    desk = open_desk(made.address)
    with journal.transaction(None, NOW, "setup") as tx:
        tx.update(OnboardingItem, made.items["schemas"], key="")
        tx.say("It is older.")
    desk.close()
    async with checklist(made) as pilot:
        await press(pilot, "A")
        await pilot.click(Marks, offset=(5, 0))
        assert "☐ Database schemas" in said(pilot)
        await press(pilot, "enter")
        assert hint(pilot) == "Nothing is marked; space marks an item."
