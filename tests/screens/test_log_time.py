"""Time is logged from wherever a person is: a line that says what it will do, or the same as a form."""

import pytest

from tam.entries import entries, log
from tests.screens.time_screen_desk import SIZES, at_work, make
from tests.tam.time_desk import NOW, TODAY


@pytest.mark.parametrize("size", SIZES)
async def test_a_line_is_understood_while_it_is_typed_and_logged_by_enter(
    sqlite_address: str, size: tuple[int, int]
) -> None:
    make(sqlite_address)
    async with at_work(sqlite_address, size) as tom:
        await tom.press("plus")
        assert "How long, whose, what on" in tom.screen
        await tom.type("1h30 acme")
        assert "1:30 h   Wed 3 Jun 2026   Acme, advice" in tom.screen
        await tom.type(" review call, agreed on LDAP")
        assert "“agreed on LDAP”" in tom.screen
        assert "Counts against the agreed hours." in tom.screen
        assert "98:30 h left of the running period after it" in tom.screen
        await tom.press("enter")
        assert "Tom logged 1:30 h for Acme: review call." in tom.said
        held = (await tom.do(entries))[0]
        assert (held.minutes, held.activity, held.note, held.on) == (90, "review call", "agreed on LDAP", TODAY)
        await tom.press("u")
        assert await tom.do(entries) == []


async def test_a_ticket_that_is_open_stands_in_the_line(sqlite_address: str) -> None:
    make(sqlite_address)
    async with at_work(sqlite_address) as tom:
        await tom.press("enter", "plus")
        assert "Acme, advice, #1" in tom.screen
        assert "? How long? Type 1h30" in tom.screen
        await tom.type("20m defect, wrong hint")
        assert "Does not count: defect does not." in tom.screen
        await tom.press("enter")
        held = (await tom.do(entries))[0]
        assert (held.ticket_id, held.minutes, held.counts, held.note) == (1, 20, 0, "wrong hint")


async def test_what_is_refused_stays_as_it_was_typed(sqlite_address: str) -> None:
    make(sqlite_address)
    async with at_work(sqlite_address) as tom:
        await tom.press("plus")
        await tom.type("1h plain")
        assert "offer Plain a quote" in " ".join(tom.screen.split())
        await tom.press("enter")
        assert "1h plain" in tom.screen
        assert await tom.do(entries) == []
        await tom.press("escape", "plus")
        assert "1h plain" in tom.screen
        await tom.type(" nocount")
        await tom.press("enter", "plus")
        assert (await tom.do(entries))[0].counts == 0
        assert "How long, whose, what on" in tom.screen


async def test_a_misspelt_customer_is_answered_with_the_nearest(sqlite_address: str) -> None:
    make(sqlite_address)
    async with at_work(sqlite_address) as tom:
        await tom.press("plus")
        await tom.type("1h glopex")
        assert "✕ There is no customer 'glopex'; did you mean Globex?" in tom.screen
        await tom.press("enter")
        assert "did you mean Globex?" in tom.screen
        assert await tom.do(entries) == []


async def test_tab_completes_and_goes_on_to_the_next_choice(sqlite_address: str) -> None:
    make(sqlite_address)
    async with at_work(sqlite_address) as tom:
        await tom.press("plus")
        await tom.type("1h a")
        await tom.press("tab")
        assert "1h acme" in tom.screen
        await tom.press("tab")
        assert "1h advice" in tom.screen
        await tom.press("tab")
        await tom.type("rev")
        await tom.press("tab", "enter")
        held = (await tom.do(entries))[0]
        assert (held.customer, held.activity) == ("Acme", "review call")


@pytest.mark.parametrize("size", SIZES)
async def test_the_line_is_a_form_too_and_back(sqlite_address: str, size: tuple[int, int]) -> None:
    make(sqlite_address)
    async with at_work(sqlite_address, size) as tom:
        await tom.press("plus")
        await tom.type("9:15-10:45 yesterday globex nocount, hello")
        await tom.press("ctrl+t")
        for told in ("Globex", "09:15-10:45", "2026-06-02", "‹ advice ›", "‹ does not count ›", "hello"):
            assert told in tom.screen
        await tom.press("tab", "tab", "tab", "right")
        assert "review call" in tom.screen
        await tom.press("ctrl+t")
        assert '09:15-10:45 2026-06-02 "Globex" review call nocount, hello' in tom.screen
        await tom.press("ctrl+t", "enter")
        held = (await tom.do(entries))[0]
        assert (held.on, held.minutes, held.activity, held.counts) == ("2026-06-02", 90, "review call", 0)
        assert held.started_at is not None


async def test_what_one_should_know_is_said_after_it_is_kept(sqlite_address: str) -> None:
    make(
        sqlite_address,
        lambda who: log(who.globex, 60, TODAY, "advice", who.tom, NOW, started_at=NOW - 3600, ended_at=NOW),
    )
    async with at_work(sqlite_address) as tom:
        await tom.press("plus")
        await tom.type("17:30-18:00 acme")
        assert "! It overlaps 17:00–18:00 for Globex; both are kept." in tom.screen
        await tom.press("enter")
        assert "It overlaps 17:00–18:00 for Globex; both are kept." in tom.said
        assert len(await tom.do(entries)) == 2


async def test_hours_that_are_used_up_are_told(sqlite_address: str) -> None:
    def used_up(who) -> None:
        for day in range(1, 4):
            for person in (who.ben, who.cleo):
                log(who.acme, 1000, f"2026-06-0{day}", "advice", person, NOW)

    make(sqlite_address, used_up)
    async with at_work(sqlite_address) as tom:
        await tom.press("plus")
        await tom.type("30m acme")
        assert "! 0:30 h over the hours of the running period after it" in tom.screen
        await tom.press("enter")
        assert "Acme is 0:30 h over the hours of the running period now." in tom.said


async def test_who_may_only_look_is_told_so(sqlite_address: str) -> None:
    make(sqlite_address)
    async with at_work(sqlite_address, login="rita") as rita:
        await rita.press("plus", "t")
        assert rita.said[-1].startswith("You may look, but not change anything")
        assert "Log time" not in rita.screen


async def test_what_another_person_wrote_stays_text(sqlite_address: str) -> None:
    make(sqlite_address)
    async with at_work(sqlite_address) as tom:
        await tom.press("plus")
        await tom.type("1h acme, [bold]x[/]")
        assert "“[bold]x[/]”" in tom.screen
