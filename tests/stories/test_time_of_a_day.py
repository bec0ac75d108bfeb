"""A day of a TAM by keyboard alone: a timer over a ticket, a line, a week that is put right, and one undo."""

from tam.entries import entries
from tests.screens.time_screen_desk import at_work, make
from tests.tam.time_desk import TODAY


async def test_a_day_is_timed_logged_and_put_right_and_the_program_may_end_in_between(sqlite_address: str) -> None:
    make(sqlite_address)
    async with at_work(sqlite_address) as tom:
        await tom.press("enter", "t")
        await tom.type("advice, login loop")
        await tom.press("enter")
        await tom.tick(25 * 60)
        assert "► 0:25 acme" in tom.header
    async with at_work(sqlite_address) as tom:
        await tom.tick(40 * 60)
        assert "► 0:40 acme" in tom.header
        await tom.press("j", "escape", "t", "enter", "enter")
        assert "Tom logged 0:40 h for Acme: advice." in tom.said
        await tom.press("plus")
        await tom.type("1h30 glob")
        await tom.press("tab")
        await tom.type("review, agreed on LDAP")
        await tom.press("enter")
        await tom.press("3", "H")
        assert "2:10 h" in tom.screen
        await tom.press("down", "left")
        await tom.type("2")
        await tom.press("enter")
        held = await tom.do(entries)
        assert [(each.customer, each.activity, each.on, each.minutes, each.ticket_id, each.note) for each in held] == [
            ("Globex", "review call", TODAY, 90, None, "agreed on LDAP"),
            ("Acme", "advice", TODAY, 40, 1, "login loop"),
            ("Globex", "review call", "2026-06-02", 120, None, ""),
        ]
        await tom.press("u", "escape", "1")
        assert len(await tom.do(entries)) == 2
