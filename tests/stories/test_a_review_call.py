"""A TAM agrees on calls, prepares and holds them and sends what came of it, by keyboard alone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from icalendar import Calendar

from models.connection import open_desk
from tests.screens.queue_desk import Clock, opened
from tests.stories.desk import SIZES, Hands
from tests.tam.call_desk import call_desk
from tests.tickets.cast import at


@asynccontextmanager
async def tom_at(address: str, clock: Clock, size: tuple[int, int]) -> AsyncIterator[Hands]:
    """Open the desk for Tom, and go from the TAM place to Bank's calls."""
    async with opened(address, clock, login="tom", size=size) as pilot:
        tom = Hands(pilot)
        await tom.press("3", "m", "enter", "c")
        yield tom


@pytest.mark.parametrize("size", SIZES)
async def test_from_an_agreed_series_to_minutes_and_a_calendar(
    sqlite_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setattr("screens.dialogs.call_file.CallFileDialog.folder", str(tmp_path))
    with closing(open_desk(sqlite_address)):
        call_desk()
    clock = Clock(at("2026-03-20 09:00"))
    async with tom_at(sqlite_address, clock, size) as tom:
        assert "No calls yet. N plans one, S agrees on a series." in tom.screen

        await tom.press("S", "tab")
        await tom.type("mon")
        await tom.press("tab")
        await tom.type("14:00")
        assert "Easter Monday in CH-SG" in tom.screen
        await tom.press("tab", "tab", "tab", "tab", "tab")
        await tom.type("Jo Roe <jo@bank.example>")
        await tom.press("ctrl+o")
        assert "Bank: 7 calls to come, 1 falls on a closed day" in tom.screen

        await tom.press("j", "enter", "enter")
        assert "7 Apr 14:00" in tom.screen
        assert "closed day" not in tom.screen

        clock.at = at("2026-03-23 14:05")
        await tom.press("g", "enter")
        assert "Agenda, drafted from what is true now" in tom.screen
        assert "Mar 2026: 0:00 h of 20:00 h spent" in tom.screen
        await tom.press("n")
        await tom.type("They roll out LDAP.\n// they look at others, too")
        await tom.press("escape", "a")
        await tom.type("Send the LDAP guide")
        await tom.press("tab", "tab", "t", "tab")
        await tom.type("in 3 weeks")
        await tom.press("ctrl+o", "f")
        await tom.type("Groups should follow LDAP")
        await tom.press("ctrl+o")
        assert "Send the LDAP guide" in tom.screen

        clock.at = at("2026-03-23 14:50")
        await tom.press("h", "ctrl+o")
        assert any("held the review call with Bank" in said and "logged the time" in said for said in tom.said)

        await tom.press("y")
        minutes = tom.pilot.app.clipboard
        assert "They roll out LDAP." in minutes
        assert "look at others" not in minutes
        assert "- [ ] Tom: Send the LDAP guide, due Mon 13 Apr 2026" in minutes
        assert "Next call: Tue 7 Apr 2026 14:00 Europe/Zurich" in minutes

        await tom.press("escape", "g", "enter")
        assert "7 Apr 14:00" in tom.lines[1]
        assert "Send the LDAP guide" in tom.screen
        assert "0:45 h of 20:00 h spent" in tom.screen
        await tom.press("x")
        assert "☑ ours   Tom" in tom.screen

        await tom.press("E", "right", "ctrl+o")
        assert any(said.startswith("Wrote ") for said in tom.said)
    series, moved = _events(tmp_path / "bank-review-call.ics")
    assert str(series["SUMMARY"]) == "Review call"
    assert series["RRULE"] == {"FREQ": ["WEEKLY"], "INTERVAL": [2], "BYDAY": ["MO"]}
    assert moved["RECURRENCE-ID"].dt.isoformat() == "2026-04-06T14:00:00+02:00"
    assert moved["DTSTART"].dt.isoformat() == "2026-04-07T14:00:00+02:00"


def _events(path: Path) -> list:
    """The entries of a calendar file."""
    return list(Calendar.from_ical(path.read_bytes()).walk("VEVENT"))
