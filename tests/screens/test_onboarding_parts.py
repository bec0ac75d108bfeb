"""The parts of an onboarding, by keyboard: timeline, scorecard, scope, sessions, go-live and the report."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from models.connection import open_desk
from onboarding import criteria, report, scope, sessions
from onboarding.scope import ANSWERED, QUOTED
from screens.dialogs.report import ReportDialog
from screens.go_live import GoLiveScreen
from screens.onboarding_timeline import TimelineScreen
from screens.scope_register import ScopeScreen
from screens.scorecard import ScorecardScreen
from screens.sessions import SessionsScreen
from tests.screens.onboarding_desk import BEGAN, NOW, Made, make
from tests.screens.ticket_desk import HOSTILE, app_on, press, shown, typed

SIZES = ((120, 36), (80, 24))
DAY = 86_400


@pytest.fixture
def made(sqlite_address: str) -> Made:
    return make(sqlite_address)


@asynccontextmanager
async def on(
    made: Made, screen: Screen[Any], login: str = "anna", size: tuple[int, int] = (120, 36)
) -> AsyncIterator[Pilot[None]]:
    """The app on a part."""
    async with app_on(made.address, size, login, NOW) as pilot:
        await pilot.app.push_screen(screen)
        await press(pilot, "j", "g")
        yield pilot


def told(pilot: Pilot[None]) -> str:
    """The screen as one line, without the frames of dialogs."""
    return " ".join(shown(pilot).replace("│", " ").split())


def said(pilot: Pilot[None]) -> str:
    return " ".join(note.message for note in pilot.app._notifications)


# timeline


@pytest.mark.parametrize("size", SIZES)
async def test_the_timeline_tells_how_far_it_is_and_unfolds(made: Made, size: tuple[int, int]) -> None:
    async with on(made, TimelineScreen(made.term), size=size) as pilot:
        assert "Globex, onboarding term: 0 of " in told(pilot)
        assert "days to go-live on" in told(pilot)
        await press(pilot, "enter")
        assert "△ go-live" in shown(pilot)
        await press(pilot, "z", "G")
        lines = shown(pilot).split("\n")
        assert all(len(line) <= size[0] for line in lines)
        assert "Dates" in told(pilot)
        assert "┃" in shown(pilot)


async def test_the_timeline_scrolls_and_zooms_and_says_where_it_ends(made: Made) -> None:
    async with on(made, TimelineScreen(made.term), size=(80, 24)) as pilot:
        await press(pilot, "right_square_bracket", "right_square_bracket", "l", "l")
        assert "‹" in shown(pilot)
        await press(pilot, "w")
        assert "┃" in shown(pilot)
        await press(pilot, *["right_square_bracket"] * 6)
        assert "Nearer than half a day a cell does not help." in said(pilot)
        await press(pilot, *["left_square_bracket"] * 8)
        assert "This is the farthest scale." in said(pilot)
        await press(pilot, "a", "h")
        assert "Globex" in shown(pilot)


async def test_a_key_goes_from_part_to_part_and_escape_back(made: Made) -> None:
    async with on(made, TimelineScreen(made.term)) as pilot:
        for key, screen in (("C", ScorecardScreen), ("S", ScopeScreen), ("K", SessionsScreen), ("L", GoLiveScreen)):
            await press(pilot, key)
            assert isinstance(pilot.app.screen, screen)
        await press(pilot, "L")
        assert "You are there." in said(pilot)
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, GoLiveScreen)
        assert len(pilot.app.screen_stack) == 1 or "Acme" in shown(pilot)


# scorecard


async def test_a_criterion_is_agreed_only_with_three_and_each_with_a_measure(made: Made) -> None:
    async with on(made, ScorecardScreen(made.proof)) as pilot:
        for what in ("Sign-ins", "Failover", "Audit log"):
            await press(pilot, "n")
            await typed(pilot, what)
            await press(pilot, "ctrl+o")
        await press(pilot, "A", "y")
        assert "has no way to be judged: it needs a measure and a target" in said(pilot)
        await press(pilot, "G", "x")
        assert "Audit log" not in shown(pilot)
        await press(pilot, "u")
        assert "Audit log" in shown(pilot)


async def test_what_is_typed_for_a_criterion_is_there_again(made: Made) -> None:
    async with on(made, ScorecardScreen(made.proof)) as pilot:
        await press(pilot, "n")
        await typed(pilot, "Sign-ins take")
        await press(pilot, "escape", "n")
        assert "Sign-ins take" in shown(pilot)


async def test_where_a_colleague_was_faster_the_text_stays_and_saves_over_it(made: Made) -> None:
    with closing(open_desk(made.address)):
        one = criteria.add(made.proof, "Sign-ins", made.who.anna, BEGAN)
    async with on(made, ScorecardScreen(made.proof)) as pilot:
        await press(pilot, "G", "enter", "end")
        await typed(pilot, " of all")
        await pilot.app.call(criteria.change, one, made.who.tom, NOW, measure="seconds")
        await press(pilot, "ctrl+o")
        assert "What you typed is kept; ^o saves it all the same." in told(pilot)
        await press(pilot, "ctrl+o")
        assert (await pilot.app.call(criteria.criterion, one)).what == "Sign-ins of all"


async def test_an_extension_says_when_it_ends_and_what_is_too_long(made: Made) -> None:
    async with on(made, ScorecardScreen(made.proof)) as pilot:
        await press(pilot, "D", "right")
        assert "It ends on 2026-06-28 instead of 2026-06-21, once" in told(pilot)
        await press(pilot, "tab", "end", "0")
        assert "is the last day possible" in told(pilot)
        await press(pilot, "backspace", "tab")
        await typed(pilot, "Their network was closed")
        await press(pilot, "enter")
        assert "extended once" in told(pilot)
        await press(pilot, "D", "right")
        assert "It was extended already, to 2026-06-28; continue or stop." in told(pilot)


async def test_who_may_only_look_is_told_so(made: Made) -> None:
    async with on(made, ScorecardScreen(made.proof), login="rita") as pilot:
        await press(pilot, "n", "D")
        assert "You may look, but not change anything" in said(pilot)
        assert "criteria met, not agreed yet" in told(pilot)


async def test_an_engineer_is_told_who_decides(made: Made) -> None:
    async with on(made, ScorecardScreen(made.proof), login="ben") as pilot:
        await press(pilot, "D")
        assert "Only a TAM or a lead does that." in said(pilot)


# scope


@pytest.mark.parametrize("size", SIZES)
async def test_a_request_finds_its_exclusion_while_it_is_typed(made: Made, size: tuple[int, int]) -> None:
    async with on(made, ScopeScreen(made.term), size=size) as pilot:
        await press(pilot, "n")
        await typed(pilot, "Load tests of the login page")
        assert "outside: Performance tests" in told(pilot)
        assert "Performance tests: this is outside the onboarding" in told(pilot)
        await press(pilot, "tab")
        await typed(pilot, "Vera")
        await press(pilot, "ctrl+o")
        assert "1 open, 0 answered" in told(pilot)
        await press(pilot, "enter", "ctrl+o")
        [row] = await pilot.app.call(scope.requests, made.term)
        assert (row.state, row.asked_by, row.exclusion) == (ANSWERED, "Vera", "Performance tests")
        assert pilot.app.clipboard == row.answer
        await press(pilot, "o", "ctrl+o")
        [row] = await pilot.app.call(scope.requests, made.term)
        assert row.state == QUOTED
        assert "we will send a quote" in row.answer
        await press(pilot, "c")
        assert "It is quoted already; record it anew if they ask again." in said(pilot)


async def test_the_ten_exclusions_are_at_hand(made: Made) -> None:
    async with on(made, ScopeScreen(made.term)) as pilot:
        assert "Nothing was asked for beyond the checklist. n records it" in told(pilot)
        await press(pilot, "tab")
        assert shown(pilot).count("✕ outside") == 10
        await press(pilot, "enter")
        assert "That is for a request: tab goes back." in said(pilot)


async def test_a_request_is_filed_elsewhere_and_taken_on_by_a_lead(made: Made) -> None:
    with closing(open_desk(made.address)):
        scope.record(made.term, HOSTILE, "Vera", made.who.tom, BEGAN, exclusion="")
    async with on(made, ScopeScreen(made.term)) as pilot:
        assert "\x1b" not in shown(pilot)
        await press(pilot, "f")
        await typed(pilot, "deploy")
        await press(pilot, "enter")
        assert "Deployment to production" in told(pilot)
        await press(pilot, "c", "tab", "tab", "tab")
        assert "say why it is done all the same" in told(pilot)
        await press(pilot, "ctrl+o")
        assert "Why it is taken on is missing" in told(pilot)
        await typed(pilot, "part of the deal")
        await press(pilot, "ctrl+o")
        assert "1 accepted" in told(pilot)
        await press(pilot, "u")
        assert "1 open" in told(pilot)


# sessions


async def test_a_session_before_its_time_is_moved_or_cancelled_not_held(made: Made) -> None:
    with closing(open_desk(made.address)):
        sessions.plan(made.term, sessions.KINDS[0], "Tokens", NOW + DAY, 60, made.who.tom, BEGAN)
    async with on(made, SessionsScreen(made.term)) as pilot:
        await press(pilot, "d", "M")
        assert "It has not begun; m moves it and x takes it out." in said(pilot)
        await press(pilot, "m")
        await press(pilot, "ctrl+u")
        await typed(pilot, "2026-06-13")
        await press(pilot, "ctrl+o")
        assert "2026-06-13 is no working day in Globex's region." in said(pilot)
        await press(pilot, "x")
        await typed(pilot, "nobody has time")
        await press(pilot, "enter")
        assert "0 planned, 0 held, 0 missed, 1 cancelled" in told(pilot)


async def test_a_missed_session_says_so_and_gets_another_time(made: Made) -> None:
    with closing(open_desk(made.address)):
        sessions.plan(made.term, sessions.KINDS[1], "Roles", NOW - DAY, 60, made.who.tom, BEGAN)
    async with on(made, SessionsScreen(made.term)) as pilot:
        assert "overdue" in shown(pilot)
        await press(pilot, "M")
        await press(pilot, "enter")
        assert "is missing" in told(pilot)
        await typed(pilot, "their team was ill")
        await press(pilot, "enter")
        assert "1 missed" in told(pilot)
        await press(pilot, "p")
        assert "Only a held session proposes: d holds it." in said(pilot)


async def test_a_tick_taken_off_leaves_the_item_open_and_p_asks_again(made: Made) -> None:
    covers = [made.items["architecture-check"], made.items["observability"]]
    with closing(open_desk(made.address)):
        when = NOW - DAY
        sessions.plan(made.term, sessions.KINDS[0], "Logs", when, 60, made.who.tom, BEGAN, covers=covers)
    async with on(made, SessionsScreen(made.term)) as pilot:
        await press(pilot, "d")
        await typed(pilot, "Vera")
        await press(pilot, "ctrl+o")
        assert shown(pilot).count("[x]") == 2
        await press(pilot, "j", "space", "enter")
        assert "1 item of Globex done after Logs" in said(pilot)
        assert "1 item proposed as done: p" in told(pilot)
        await press(pilot, "p")
        assert shown(pilot).count("[x]") == 1


# go-live


async def test_nobody_signs_before_the_check_is_complete(made: Made) -> None:
    async with on(made, GoLiveScreen(made.term), size=(80, 24)) as pilot:
        await press(pilot, "v", "c", "z")
        assert "6 of 6 checks are open; finish them, then sign." in said(pilot)
        assert "Nobody has signed yet." in said(pilot)
        assert "The vendor has not signed the go-live off." in told(pilot)


# the report


async def test_the_report_is_looked_at_written_copied_and_kept(made: Made, tmp_path: Path) -> None:
    ReportDialog.folder = str(tmp_path)
    async with on(made, TimelineScreen(made.term), size=(80, 24)) as pilot:
        await press(pilot, "P")
        assert "# Onboarding of Globex: status" in told(pilot)
        await press(pilot, "G", "g", "w", "w")
        names = sorted(path.name for path in tmp_path.glob("status-*"))
        assert names == [
            "status-globex-2026-06-10-2.html",
            "status-globex-2026-06-10-2.md",
            "status-globex-2026-06-10.html",
            "status-globex-2026-06-10.md",
        ]
        markdown = (tmp_path / names[-1]).read_text(encoding="utf-8")
        assert "<html" in (tmp_path / names[2]).read_text(encoding="utf-8")
        await press(pilot, "y")
        assert pilot.app.clipboard == markdown
        await press(pilot, "t")
        [kept] = await pilot.app.call(report.kept, made.term)
        assert kept.body == markdown
        await press(pilot, "P")
        assert "Status report for Globex, since 2026-06-10" in told(pilot)
        await press(pilot, "a")
        assert "Status report for Globex, since 2026-06-01" in told(pilot)


async def test_a_folder_that_is_none_is_refused_and_the_report_stays(made: Made, tmp_path: Path) -> None:
    ReportDialog.folder = str(tmp_path / "nowhere")
    async with on(made, TimelineScreen(made.term)) as pilot:
        await press(pilot, "P", "w")
        assert "is no folder of this machine; make it, or name another one." in told(pilot)
        assert isinstance(pilot.app.screen, ReportDialog)
