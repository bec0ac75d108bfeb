"""The timer runs on every place, survives a restart, and can always be stopped."""

import pytest

from tam import timer
from tam.entries import entries
from tests.screens.time_screen_desk import SIZES, at_work, make
from tests.tam.time_desk import NOW
from tui.settings import Settings


async def test_a_timer_is_started_for_the_ticket_and_stands_in_the_header_of_every_place(sqlite_address: str) -> None:
    who = make(sqlite_address)
    async with at_work(sqlite_address) as tom:
        await tom.press("enter", "t")
        assert "a timer from now on   Acme, advice, #1" in tom.screen
        await tom.type("review call, LDAP")
        await tom.press("enter")
        assert "A timer runs for Acme: review call." in tom.said
        assert "► 0:00 acme" in tom.header
        await tom.tick(42 * 60)
        for place in "12345":
            await tom.press(place)
            assert "► 0:42 acme" in tom.header
        held = await tom.do(timer.running, who.tom)
        assert (held.ticket_id, held.activity, held.note) == (1, "review call", "LDAP")


async def test_the_header_follows_what_another_program_does(sqlite_address: str) -> None:
    who = make(sqlite_address)
    async with at_work(sqlite_address) as tom:
        await tom.do(timer.start, who.globex, "advice", who.tom, NOW)
        assert "► 0:00 globex" in tom.header
        await tom.do(timer.pause, who.tom, NOW + 120)
        assert "‖ 0:02 globex" in tom.header
        await tom.do(timer.stop, who.tom, NOW + 240)
        assert "globex" not in tom.header


@pytest.mark.parametrize("size", SIZES)
async def test_it_survives_a_restart_and_is_stopped_with_a_note(sqlite_address: str, size: tuple[int, int]) -> None:
    make(sqlite_address, lambda who: timer.start(who.acme, "advice", who.tom, NOW - 5400))
    async with at_work(sqlite_address, size) as tom:
        assert "► 1:30 acme" in tom.header
        await tom.press("t")
        assert "1:30 h running: advice, since 16:30" in tom.screen
        await tom.press("enter")
        await tom.type("LDAP")
        await tom.press("enter")
        assert tom.said == ["Tom logged 1:30 h for Acme: advice."]
        assert "acme" not in tom.header
        assert [(each.minutes, each.note) for each in await tom.do(entries)] == [(90, "LDAP")]


async def test_a_forgotten_timer_is_stopped_with_the_time_that_is_right(sqlite_address: str) -> None:
    make(sqlite_address, lambda who: timer.start(who.acme, "advice", who.tom, NOW - 40 * 3600))
    async with at_work(sqlite_address) as tom:
        await tom.press("t", "s", "tab")
        await tom.type("25")
        await tom.press("enter")
        assert "25 is more than the 24 hours of a day" in tom.screen
        assert "► 40:00 acme" in tom.header
        await tom.press("backspace", "enter")
        assert "Tom logged 2:00 h for Acme: advice." in tom.said
        assert [each.minutes for each in await tom.do(entries)] == [120]


async def test_pause_and_go_on(sqlite_address: str) -> None:
    make(sqlite_address, lambda who: timer.start(who.acme, "advice", who.tom, NOW - 600))
    async with at_work(sqlite_address) as tom:
        await tom.press("t", "p")
        assert "The timer for Acme stands at 0:10 h." in tom.said
        await tom.tick(600)
        assert "‖ 0:10 acme" in tom.header
        await tom.press("t", "p")
        await tom.tick(60)
        assert "► 0:11 acme" in tom.header


async def test_a_switch_keeps_the_time_and_starts_another(sqlite_address: str) -> None:
    make(sqlite_address, lambda who: timer.start(who.acme, "advice", who.tom, NOW - 600))
    async with at_work(sqlite_address) as tom:
        await tom.press("t", "w")
        await tom.type("globex review")
        await tom.press("enter")
        assert tom.said == ["Tom logged 0:10 h for Acme: advice.", "A timer runs for Globex: review call."]
        assert "► 0:00 globex" in tom.header


async def test_a_timer_is_discarded_only_after_a_question_and_comes_back(sqlite_address: str) -> None:
    make(sqlite_address, lambda who: timer.start(who.acme, "advice", who.tom, NOW - 600))
    async with at_work(sqlite_address) as tom:
        await tom.press("t", "d")
        assert "0:10 h for Acme, advice, would be kept nowhere" in tom.screen
        await tom.press("n")
        assert "► 0:10 acme" in tom.header
        await tom.press("d", "y")
        assert "acme" not in tom.header
        assert await tom.do(entries) == []
        await tom.press("u")
        assert "► 0:10 acme" in tom.header


async def test_a_note_is_kept_while_it_runs(sqlite_address: str) -> None:
    who = make(sqlite_address, lambda who: timer.start(who.acme, "advice", who.tom, NOW - 600))
    async with at_work(sqlite_address) as tom:
        await tom.press("t", "n")
        await tom.type("SCIM")
        await tom.press("enter")
        assert (await tom.do(timer.running, who.tom)).note == "SCIM"


async def test_it_can_be_stopped_where_nothing_is_agreed(sqlite_address: str) -> None:
    make(sqlite_address)
    async with at_work(sqlite_address) as tom:
        await tom.press("t")
        await tom.type("plain advice")
        assert "Does not count." in tom.screen
        await tom.press("enter")
        await tom.tick(1200)
        await tom.press("t", "s", "enter")
        assert [(each.minutes, each.counts) for each in await tom.do(entries)] == [(20, 0)]
        assert any("The time is kept and does not count." in said for said in tom.said)


async def test_a_line_that_is_not_started_is_kept_for_that_place(sqlite_address: str) -> None:
    make(sqlite_address)
    async with at_work(sqlite_address) as tom:
        await tom.press("t")
        await tom.type("globex 1h")
        await tom.press("enter")
        assert "A timer measures how long it is: leave the length out." in tom.screen
        await tom.press("escape", "enter", "t")
        assert "globex" not in tom.screen.replace("Globex", "")
        await tom.press("escape", "escape", "t")
        assert "globex 1h" in tom.screen


async def test_who_was_away_is_asked_once_and_takes_it_off(sqlite_address: str) -> None:
    make(sqlite_address, lambda who: timer.start(who.acme, "advice", who.tom, NOW - 600))
    async with at_work(sqlite_address) as tom:
        await tom.press("j")
        await tom.tick(40 * 60)
        await tom.press("j")
        assert "You were away for 40 min; the timer for Acme ran on" in tom.screen
        await tom.press("down", "enter")
        assert "The timer for Acme stands at 0:10 h." in tom.said
        assert "► 0:10 acme" in tom.header
        await tom.press("j")
        assert "You were away" not in tom.screen


async def test_who_was_at_work_keeps_the_time(sqlite_address: str) -> None:
    make(sqlite_address, lambda who: timer.start(who.acme, "advice", who.tom, NOW - 600))
    async with at_work(sqlite_address) as tom:
        await tom.tick(15 * 60)
        await tom.press("j")
        assert "You were away for 15 min" in tom.screen
        await tom.press("enter")
        assert "► 0:25 acme" in tom.header


@pytest.mark.parametrize("minutes", [0, 60])
async def test_the_question_comes_when_the_settings_say(sqlite_address: str, minutes: int) -> None:
    make(sqlite_address, lambda who: timer.start(who.acme, "advice", who.tom, NOW - 600))
    async with at_work(sqlite_address, settings=Settings(idle_minutes=minutes)) as tom:
        await tom.tick(59 * 60)
        await tom.press("j")
        assert "You were away" not in tom.screen


async def test_nobody_is_asked_while_nothing_runs(sqlite_address: str) -> None:
    make(sqlite_address)
    async with at_work(sqlite_address) as tom:
        await tom.tick(3600)
        await tom.press("j")
        assert "You were away" not in tom.screen
