"""Pictures of calls: the list, a call, and their dialogs; look before you accept a new one."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing

import pytest
from textual.pilot import Pilot

from models.connection import open_desk
from models.thread import DatabaseThread
from screens.calls import CallsScreen
from tam import actions, calls, feedback
from tests.screens.queue_desk import settled
from tests.snapshots.test_pictures import DARK, LIGHT, press
from tests.stories.desk import SMALL, WIDE
from tests.tam.call_desk import HOURS, agree, call_desk, plan
from tests.tickets.cast import at, sign
from tickets import operations
from tui.app import TamdeskApp
from tui.opening import read_opening
from tui.settings import Settings

NOW = at("2026-03-24 14:10")
PICTURES: dict[str, tuple[tuple[int, int], str, tuple[str, ...]]] = {}
for word, size in (("wide", WIDE), ("small", SMALL)):
    PICTURES |= {
        f"list-{word}": (size, DARK, ()),
        f"proposal-{word}": (size, DARK, ("j", "j", "enter")),
        f"series-{word}": (size, DARK, ("S", "enter", "tab", *"mon", "tab", *"14:00")),
        f"plan-{word}": (size, DARK, ("N", *"sat", "tab", *"10")),
        f"call-{word}": (size, DARK, ("enter",)),
        f"notes-{word}": (size, LIGHT, ("enter", "n")),
        f"action-{word}": (size, DARK, ("enter", "a", *"Name testers", "tab", "t", "tab", *"Jo", "tab", *"fri")),
        f"feedback-{word}": (size, DARK, ("enter", "f", *"SCIM in Q3", "ctrl+o")),
        f"hold-{word}": (size, DARK, ("enter", "h")),
    }
PICTURES["list-light"] = (WIDE, LIGHT, ())
PICTURES["call-light"] = (WIDE, LIGHT, ("enter",))


def build(address: str) -> int:
    """Bank's calls over Easter, one that runs now, and what came of it; the customer's id."""
    with closing(open_desk(address)):
        story, before = call_desk(), at("2026-03-20 09:00")
        overseas = sign("Overseas", "production", "extended", order=HOURS)
        agree(story, starts_on="2026-03-23", at=before)
        calls.hold(calls.upcoming(None, before)[0].id, story.tom, at("2026-03-23 14:45"), 40, ["Jo Roe", "Mia"], True)
        now = plan(story, "2026-03-24 14:00", at=before, attendees=["Jo Roe <jo@bank.example>"])
        plan(story, "2026-03-26 17:00", at=before, zone="America/New_York", title="Roadmap", customer_id=overseas)
        skipped = plan(story, "2026-03-27 09:00", at=before)
        calls.skip(skipped, "They are away", story.tom, before)
        ticket = operations.receive(
            customer_id=story.bank,
            contact_id=None,
            subject="Groups from LDAP",
            body="Please",
            severity=4,
            actor=None,
            at=before,
        )
        actions.add(story.bank, "Send the LDAP guide", "ours", "", "2026-03-23", story.tom, before, None, story.tom)
        actions.add(story.bank, "Name five people who test", "theirs", "Jo Roe", "2026-04-02", story.tom, before, now)
        feedback.log(story.bank, "Groups should follow LDAP", "They add 40 people a week", story.tom, NOW, now, ticket)
        calls.write(now, story.tom, NOW, calls.call(now).version, notes="They roll out LDAP.\n// they look at others")
        return story.bank


@pytest.fixture(autouse=True)
def same_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of this machine shows: no colour setting, no zone."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TZ", "UTC")


@pytest.fixture
def database(sqlite_address: str) -> Iterator[tuple[DatabaseThread, int]]:
    """The database thread of a desk with calls, and whose they are."""
    bank = build(sqlite_address)
    thread = DatabaseThread(sqlite_address)
    thread.start()
    yield thread, bank
    thread.close()


def on_the_calls(bank: int, keys: tuple[str, ...]) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Open the calls of the customer, and press keys."""

    async def run(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await pilot.app.push_screen(CallsScreen(bank))
        await press(keys)(pilot)

    return run


@pytest.mark.parametrize("name", PICTURES)
def test_picture(name: str, database: tuple[DatabaseThread, int], snap_compare: Callable[..., bool]) -> None:
    size, theme, keys = PICTURES[name]
    thread, bank = database
    opening = thread.submit(read_opening, "tom", NOW).result()
    app = TamdeskApp(thread, opening, now=lambda: NOW, settings=Settings(theme=theme))
    assert snap_compare(app, terminal_size=size, run_before=on_the_calls(bank, keys))
