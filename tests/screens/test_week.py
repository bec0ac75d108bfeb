"""My week is typed like a spreadsheet."""

import pytest

from tam.entries import entries, log
from tam.week import put
from tests.screens.time_screen_desk import SIZES, at_work, make
from tests.tam.time_desk import NOW, TODAY
from tests.tickets.cast import Cast


def worked(who: Cast) -> None:
    log(who.acme, 60, TODAY, "review call", who.tom, NOW)
    log(who.globex, 16, TODAY, "advice", who.tom, NOW, started_at=NOW - 960, ended_at=NOW)


def row(screen: str, name: str) -> list[str]:
    """The words of the line that begins so."""
    return next(line for line in screen.splitlines() if line.startswith(f" {name}")).split()


@pytest.mark.parametrize("size", SIZES)
async def test_seven_days_stand_across_with_totals_both_ways(sqlite_address: str, size: tuple[int, int]) -> None:
    make(sqlite_address, worked)
    async with at_work(sqlite_address, size) as tom:
        await tom.press("H")
        assert "Week 23   Mon 1 Jun 2026 to Sun 7 Jun 2026   1:16 h   as worked" in tom.screen
        assert row(tom.screen, "Acme") == ["Acme", "review", "call", "·", "·", "1:00", "·", "·", "·", "·", "1:00"]
        assert row(tom.screen, "Globex") == ["Globex", "advice", "·", "·", "0:16•", "·", "·", "·", "·", "0:16"]
        assert row(tom.screen, "Total") == ["Total", "–", "–", "1:16", "–", "–", "–", "–", "1:16"]
        assert "We▸3" in tom.screen.replace("Wed", "We")
        assert "Acme, review call, Wed 3 Jun 2026: 1:00 h" in tom.screen


async def test_digits_type_a_cell_and_what_leaves_it_keeps_it(sqlite_address: str) -> None:
    make(sqlite_address, worked)
    async with at_work(sqlite_address) as tom:
        await tom.press("H", "left")
        await tom.type("1:30")
        assert "1:30 is 1:30 h" in tom.screen
        await tom.press("left")
        await tom.type("1.5")
        await tom.press("tab")
        assert row(tom.screen, "Acme")[3:] == ["1:30", "1:30", "1:00", "·", "·", "·", "·", "4:00"]
        await tom.type("45m")
        await tom.press("enter")
        assert "Globex, advice, Tue 2 Jun 2026" in tom.screen
        await tom.press("u", "u")
        assert row(tom.screen, "Acme")[3:] == ["·", "1:30", "1:00", "·", "·", "·", "·", "2:30"]


async def test_escape_leaves_a_cell_as_it_was_and_delete_empties_it(sqlite_address: str) -> None:
    make(sqlite_address, worked)
    async with at_work(sqlite_address) as tom:
        await tom.press("H")
        await tom.type("8")
        await tom.press("escape")
        assert row(tom.screen, "Acme")[5] == "1:00"
        await tom.press("delete")
        assert row(tom.screen, "Acme")[3:] == ["·"] * 7 + ["–"]
        assert [each.customer for each in await tom.do(entries)] == ["Globex"]


async def test_what_is_typed_in_a_rush_is_not_lost(sqlite_address: str) -> None:
    make(sqlite_address, worked)
    async with at_work(sqlite_address) as tom:
        await tom.press("H")
        await tom.pilot.press("left", "2", "left", "3", "tab", "tab", "tab", "4", "m", "enter")
        await tom.press("up")
        assert row(tom.screen, "Acme")[3:] == ["3:00", "2:00", "1:00", "0:04", "·", "·", "·", "6:04"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("25", "25 is more than the 24 hours of a day; 25m are minutes."),
        ("0.33", "no whole number of minutes"),
        ("-1", "Time cannot be negative"),
        ("23:59", "more is over 24 hours for Tom on Wed 3 Jun 2026"),
    ],
)
async def test_what_cannot_be_is_refused_in_a_sentence_and_stays(
    sqlite_address: str, typed: str, sentence: str
) -> None:
    make(sqlite_address, worked)
    async with at_work(sqlite_address) as tom:
        await tom.press("H")
        await tom.type(typed)
        await tom.press("enter")
        assert sentence in " ".join(tom.screen.split())
        assert f"{typed}▏" in tom.screen
        await tom.press("escape")
        assert row(tom.screen, "Acme")[5] == "1:00"


async def test_what_was_timed_is_marked_and_not_overwritten(sqlite_address: str) -> None:
    make(sqlite_address, worked)
    async with at_work(sqlite_address) as tom:
        await tom.press("H", "down")
        assert "0:16 h, • 0:16 h of it timed, linked, imported or closed" in tom.screen
        await tom.type("5m")
        await tom.press("enter")
        assert "open those entries to change them, or type 0:16 h or more" in " ".join(tom.screen.split())
        await tom.press("escape")
        await tom.type("1")
        await tom.press("enter")
        assert row(tom.screen, "Globex")[4] == "1:00•"


async def test_a_row_is_added_and_typed_into(sqlite_address: str) -> None:
    make(sqlite_address)
    async with at_work(sqlite_address) as tom:
        await tom.press("H")
        assert "Nothing in this week, nor in the one before. a adds a row to type into." in tom.screen
        await tom.press("a", "enter")
        assert "Which customer?" in tom.screen
        await tom.type("glob")
        await tom.press("tab")
        await tom.type("review")
        assert "Globex, review call. It counts against the agreed hours." in tom.screen
        await tom.press("enter")
        await tom.type("2")
        await tom.press("enter")
        assert row(tom.screen, "Globex")[3:] == ["·", "·", "2:00", "·", "·", "·", "·", "2:00"]


async def test_the_weeks_before_and_after_are_a_key_away(sqlite_address: str) -> None:
    make(sqlite_address, worked)
    async with at_work(sqlite_address) as tom:
        await tom.press("H", "left_square_bracket")
        assert "Week 22   Mon 25 May 2026 to Sun 31 May 2026   0:00 h" in tom.screen
        await tom.press("w", "right_square_bracket")
        assert "Week 24" in tom.screen
        assert row(tom.screen, "Acme")[3:] == ["·"] * 7 + ["–"]
        await tom.press("l", "l")
        await tom.type("1")
        await tom.press("enter")
        assert "is still to come; log time up to tomorrow" in " ".join(tom.screen.split())


async def test_rounding_is_only_looked_at(sqlite_address: str) -> None:
    make(sqlite_address, worked)
    async with at_work(sqlite_address) as tom:
        await tom.press("H", "R")
        assert "each entry in whole steps of 15 min" in tom.screen
        assert row(tom.screen, "Globex")[4] == "0:30•"
        await tom.press("R")
        assert "each day in whole steps of 15 min" in tom.screen
        assert row(tom.screen, "Total")[3] == "1:30"
        await tom.type("3")
        assert "Rounded time is a view" in tom.screen
        await tom.press("delete", "R", "R", "R")
        assert row(tom.screen, "Globex")[4] == "0:16•"
        assert sorted(each.minutes for each in await tom.do(entries)) == [16, 60]


async def test_a_cell_that_somebody_changed_meanwhile_says_so(sqlite_address: str) -> None:
    who = make(sqlite_address, worked)
    async with at_work(sqlite_address) as tom:
        await tom.press("H")
        await tom.type("2")
        await tom.do(put, who.tom, who.acme, "review call", TODAY, 180, who.anna, NOW)
        assert row(tom.screen, "Acme")[-1] == "3:00"
        await tom.press("enter")
        told = " ".join(tom.screen.split())
        assert "has 3:00 h now, not 1:00 h: it was changed meanwhile. Type it again" in told
        assert "2▏" in tom.screen
        await tom.press("enter")
        assert row(tom.screen, "Acme")[5] == "2:00"


async def test_what_others_log_appears_and_the_cursor_stays_on_its_row(sqlite_address: str) -> None:
    who = make(sqlite_address, worked)
    async with at_work(sqlite_address) as tom:
        await tom.press("H", "down")
        await tom.do(log, who.acme, 30, TODAY, "advice", who.tom, NOW)
        assert "Globex, advice, Wed 3 Jun 2026" in tom.screen
        assert row(tom.screen, "Total")[3] == "1:46"


async def test_time_is_logged_for_the_row_of_the_cursor(sqlite_address: str) -> None:
    make(sqlite_address, worked)
    async with at_work(sqlite_address) as tom:
        await tom.press("H", "down", "plus")
        assert "globex advice" in tom.screen
        await tom.type("1h")
        await tom.press("enter")
        assert row(tom.screen, "Globex")[4] == "1:16•"


async def test_who_may_only_look_types_nothing(sqlite_address: str) -> None:
    make(sqlite_address)
    async with at_work(sqlite_address, login="rita") as rita:
        await rita.press("H", "a")
        assert rita.said[-1].startswith("You may look, but not change anything")
