import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import journal
from models.connection import Desk
from models.errors import DomainError, NotAllowed, StaleRow
from models.reading import rows
from tam.entries import entries, log
from tam.week import put, week
from tests.tam.time_desk import NOW, TODAY, close_until, time_desk
from tests.tickets.cast import Cast, everything, receive

MONDAY = "2026-06-01"


def sheet(who: Cast) -> dict[tuple[str, str], tuple[int, ...]]:
    return {(row.customer, row.activity): row.minutes for row in week(who.tom, MONDAY, NOW).rows}


def test_a_week_is_days_across_and_customers_down(desk: Desk) -> None:
    who = time_desk()
    log(who.globex, 30, MONDAY, "advice", who.tom, NOW)
    log(who.acme, 60, TODAY, "review call", who.tom, NOW)
    log(who.acme, 15, TODAY, "review call", who.tom, NOW)
    log(who.acme, 500, TODAY, "advice", who.ben, NOW)
    told = week(who.tom, TODAY, NOW)
    assert (told.person, told.days[0], told.days[6], told.today) == ("Tom", MONDAY, "2026-06-07", TODAY)
    assert sheet(who) == {("Acme", "review call"): (0, 0, 75, 0, 0, 0, 0), ("Globex", "advice"): (30, 0, 0, 0, 0, 0, 0)}
    assert (told.totals, told.total, told.rows[0].total) == ((30, 0, 75, 0, 0, 0, 0), 105, 75)


def test_last_weeks_work_has_a_row_to_type_into(desk: Desk) -> None:
    who = time_desk()
    log(who.acme, 60, "2026-05-29", "advice", who.tom, NOW)
    log(who.globex, 60, "2026-05-24", "advice", who.tom, NOW)
    assert sheet(who) == {("Acme", "advice"): (0, 0, 0, 0, 0, 0, 0)}


def test_a_cell_is_typed_like_a_spreadsheets(desk: Desk) -> None:
    who = time_desk()
    first = put(who.tom, who.acme, "advice", TODAY, 90, who.tom, NOW)
    assert first.sentence == "Tom logged 1:30 h for Acme: advice."
    assert put(who.tom, who.acme, "advice", TODAY, 120, who.tom, NOW).id == first.id
    lowered = put(who.tom, who.acme, "advice", TODAY, 30, who.tom, NOW)
    assert lowered.sentence == "Tom set advice for Acme on Wed 3 Jun 2026 to 0:30 h."
    assert [(each.id, each.minutes) for each in entries()] == [(first.id, 30)]
    assert put(who.tom, who.acme, "advice", TODAY, 30, who.tom, NOW).sentence == ""
    assert put(who.tom, who.acme, "advice", TODAY, 0, who.tom, NOW).id == 0
    assert entries() == []
    journal.undo(who.tom, NOW)
    assert [each.minutes for each in entries()] == [30]


def test_a_cell_is_not_set_below_what_was_timed_or_linked(desk: Desk) -> None:
    who = time_desk()
    log(who.acme, 30, TODAY, "advice", who.tom, NOW, started_at=NOW - 1800, ended_at=NOW)
    log(who.acme, 15, TODAY, "advice", who.tom, NOW, ticket_id=receive(who))
    put(who.tom, who.acme, "advice", TODAY, 60, who.tom, NOW)
    assert week(who.tom, MONDAY, NOW).rows[0].fixed[2] == 45
    with pytest.raises(DomainError, match=r"0:45 h of advice for Acme on Wed 3 Jun 2026 are timed, linked"):
        put(who.tom, who.acme, "advice", TODAY, 44, who.tom, NOW)
    put(who.tom, who.acme, "advice", TODAY, 45, who.tom, NOW)
    assert sorted(each.minutes for each in entries()) == [15, 30]


def test_what_the_sheet_wrote_is_lowered_before_what_says_why(desk: Desk) -> None:
    who = time_desk()
    noted = log(who.acme, 30, TODAY, "advice", who.tom, NOW, note="LDAP")
    plain = log(who.acme, 30, TODAY, "advice", who.tom, NOW)
    put(who.tom, who.acme, "advice", TODAY, 40, who.tom, NOW)
    assert {each.id: each.minutes for each in entries()} == {noted.id: 30, plain.id: 10}
    put(who.tom, who.acme, "advice", TODAY, 20, who.tom, NOW)
    assert {each.id: each.minutes for each in entries()} == {noted.id: 20}


def test_closed_days_only_grow_and_what_is_added_is_late(desk: Desk) -> None:
    who = time_desk()
    log(who.acme, 30, "2026-05-29", "advice", who.tom, NOW)
    close_until(who.acme, "2026-05-01", MONDAY)
    with pytest.raises(DomainError, match="closed"):
        put(who.tom, who.acme, "advice", "2026-05-29", 0, who.tom, NOW)
    assert put(who.tom, who.acme, "advice", "2026-05-29", 45, who.tom, NOW).warnings
    assert [(each.minutes, each.late) for each in entries()] == [(15, 1), (30, 0)]


def test_a_cell_follows_the_rules_of_every_entry(desk: Desk) -> None:
    who = time_desk()
    with pytest.raises(DomainError, match="no contract"):
        put(who.tom, who.stray, "advice", TODAY, 30, who.tom, NOW)
    with pytest.raises(DomainError, match="0 minutes to 24 hours"):
        put(who.tom, who.acme, "advice", TODAY, 1441, who.tom, NOW)
    with pytest.raises(NotAllowed):
        put(who.tom, who.acme, "advice", TODAY, 30, who.ben, NOW)
    put(who.tom, who.acme, "advice", TODAY, 1000, who.anna, NOW)
    with pytest.raises(DomainError, match="over 24 hours"):
        put(who.tom, who.globex, "advice", TODAY, 441, who.tom, NOW)
    with pytest.raises(DomainError, match="over 24 hours"):
        put(who.tom, who.acme, "advice", TODAY, 30, who.tom, NOW)
        put(who.tom, who.globex, "advice", TODAY, 1400, who.tom, NOW)
        put(who.tom, who.acme, "advice", TODAY, 60, who.tom, NOW)


@settings(max_examples=50)
@given(typed=st.lists(st.tuples(st.sampled_from(["log", "put"]), st.integers(0, 200)), max_size=12))
def test_a_cell_holds_what_was_typed_whatever_stood_there(sqlite_desk: Desk, typed: list[tuple[str, int]]) -> None:
    if not rows("SELECT 1 FROM customer"):
        time_desk()
    sqlite_desk.execute("DELETE FROM time_entry")
    acme, tom = (rows(sql)[0][0] for sql in ("SELECT id FROM customer", "SELECT id FROM person WHERE login = 'tom'"))
    expected = 0
    for kind, minutes in typed:
        if kind == "put":
            put(tom, acme, "advice", TODAY, minutes, tom, NOW)
            expected = minutes
        elif minutes and expected + minutes <= 1440:
            log(acme, minutes, TODAY, "advice", tom, NOW, note="n" * (minutes % 2))
            expected += minutes
    assert sum(each.minutes for each in entries()) == expected
    assert all(row["minutes"] > 0 for row in everything("time_entry")["time_entry"])


def test_a_cell_that_was_changed_meanwhile_is_not_overwritten(desk: Desk) -> None:
    who = time_desk()
    put(who.tom, who.acme, "advice", TODAY, 60, who.tom, NOW, was=0)
    put(who.tom, who.acme, "advice", TODAY, 90, who.anna, NOW, was=60)
    with pytest.raises(StaleRow, match=r"advice for Acme on Wed 3 Jun 2026 has 1:30 h now, not 1:00 h"):
        put(who.tom, who.acme, "advice", TODAY, 30, who.tom, NOW, was=60)
    assert [each.minutes for each in entries()] == [90]
