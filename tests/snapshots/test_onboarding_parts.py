"""Pictures of the parts of an onboarding and of their dialogs; look before you accept a new one."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing

import pytest
from textual.pilot import Pilot

from models.connection import open_desk
from models.thread import DatabaseThread
from onboarding import criteria, evidence, items, scope, sessions, sign_off
from onboarding.evidence import About
from screens.base import DeskScreen
from screens.go_live import GoLiveScreen
from screens.onboarding_timeline import TimelineScreen
from screens.scope_register import ScopeScreen
from screens.scorecard import ScorecardScreen
from screens.sessions import SessionsScreen
from tests.onboarding.board import settle
from tests.screens.onboarding_desk import BEGAN, NOW, Made, make
from tests.screens.queue_desk import settled
from tests.snapshots.test_pictures import DARK, LIGHT, press
from tests.stories.desk import SMALL, WIDE
from tui.app import TamdeskApp
from tui.opening import read_opening
from tui.settings import Settings

DAY = 86_400
PICTURES: dict[str, tuple[type[DeskScreen], tuple[int, int], str, tuple[str, ...]]] = {}
for word, size in (("wide", WIDE), ("small", SMALL)):
    PICTURES |= {
        f"timeline-{word}": (TimelineScreen, size, DARK, ("enter", "j", "j", "j", "j")),
        f"timeline-near-{word}": (TimelineScreen, size, DARK, ("right_square_bracket", "j", "j", "enter", "j")),
        f"scorecard-{word}": (ScorecardScreen, size, DARK, ("G", "k", "k")),
        f"judge-{word}": (ScorecardScreen, size, DARK, ("G", "k", "m", *"2 lost")),
        f"decide-{word}": (ScorecardScreen, size, DARK, ("D", "right")),
        f"scope-{word}": (ScopeScreen, size, DARK, ()),
        f"exclusions-{word}": (ScopeScreen, size, DARK, ("tab",)),
        f"record-{word}": (ScopeScreen, size, DARK, ("n", *"Ingress and DNS of their cluster")),
        f"answer-{word}": (ScopeScreen, size, DARK, ("enter",)),
        f"sessions-{word}": (SessionsScreen, size, DARK, ()),
        f"session-{word}": (SessionsScreen, size, DARK, ("n", *"Upgrades", "tab", "tab", *"mon", "tab", *"9")),
        f"proposed-{word}": (SessionsScreen, size, DARK, ("p",)),
        f"go-live-{word}": (GoLiveScreen, size, DARK, ()),
        f"report-{word}": (GoLiveScreen, size, DARK, ("P",)),
    }
PICTURES["timeline-light"] = (TimelineScreen, WIDE, LIGHT, ("z",))
PICTURES["scorecard-light"] = (ScorecardScreen, WIDE, LIGHT, ("G", "k", "k"))


def build(address: str) -> Made:
    """Something in every part: criteria judged and not, requests, sessions, one side that has signed."""
    made = make(address)
    with closing(open_desk(address)):
        tom, items_of = made.who.tom, made.items
        _criteria(made.proof, made.who.anna)
        for what, by in (("Load tests of the login page", "Vera"), ("A login page in their own React app", "Ned")):
            asked = scope.record(made.term, what, by, tom, BEGAN)
        scope.answer(asked, tom, BEGAN + DAY)
        covers = [items_of["architecture-check"], items_of["observability"]]
        held = sessions.plan(
            made.term,
            sessions.KINDS[0],
            "Architecture and logs",
            NOW - DAY,
            90,
            tom,
            BEGAN,
            audience="Operators",
            covers=covers,
        )
        sessions.hold(held.session_id, "Vera and two operators", tom, NOW)
        missed = sessions.plan(made.term, sessions.KINDS[1], "Roles and grants", NOW - 2 * DAY, 60, tom, BEGAN)
        sessions.miss(missed.session_id, "Their team was ill", tom, NOW)
        sessions.plan(made.term, sessions.KINDS[2], "Upgrades without downtime", NOW + 9 * DAY, 120, tom, BEGAN)
        settle(made.term, "go-live")
        sign_off.sign_vendor(made.term, tom, NOW)
        items.reopen(items_of["go-live-check"], tom, NOW)
    return made


def _criteria(proof: int, actor: int) -> None:
    wanted = (
        ("LDAP users sign in", "p95 of 200 sign-ins", "under 2 seconds"),
        ("Tokens survive a failover", "lost sessions in three drills", "none"),
        ("Audit log reaches the SIEM", "delay", "under a minute"),
    )
    ids = [criteria.add(proof, what, actor, BEGAN, measure=how, target=much) for what, how, much in wanted]
    for each in ids[:2]:
        evidence.add_link(proof, "https://example.com/run/7", actor, BEGAN, about=About(criterion_id=each))
    criteria.agree_all(proof, actor, BEGAN)
    criteria.judge(ids[0], "1.4 seconds", True, actor, NOW)


@pytest.fixture(autouse=True)
def same_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of this machine shows: no colour setting, no zone."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TZ", "UTC")


@pytest.fixture
def database(sqlite_address: str) -> Iterator[tuple[DatabaseThread, Made]]:
    """The database thread of a desk with onboardings."""
    made = build(sqlite_address)
    thread = DatabaseThread(sqlite_address)
    thread.start()
    yield thread, made
    thread.close()


def on_the_part(screen: DeskScreen, keys: tuple[str, ...]) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Open a part, and press keys."""

    async def run(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await pilot.app.push_screen(screen)
        await settled(pilot)
        await press(keys)(pilot)

    return run


@pytest.mark.parametrize("name", PICTURES)
def test_picture(name: str, database: tuple[DatabaseThread, Made], snap_compare: Callable[..., bool]) -> None:
    part, size, theme, keys = PICTURES[name]
    thread, made = database
    screen: DeskScreen = part(made.proof if part is ScorecardScreen else made.term)  # type: ignore[call-arg]
    opening = thread.submit(read_opening, "anna", NOW).result()
    app = TamdeskApp(thread, opening, now=lambda: NOW, settings=Settings(theme=theme))
    assert snap_compare(app, terminal_size=size, run_before=on_the_part(screen, keys))
