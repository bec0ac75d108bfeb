import pytest

from models.connection import Desk
from models.reading import scalar
from tam.entries import log
from tam.entry_preview import Understood, understand
from tests.tam.time_desk import NOW, TODAY, time_desk
from tests.tickets.cast import Cast, receive


def told(who: Cast, line: str, **more: object) -> Understood:
    return understand(line, who.tom, NOW, **more)  # type: ignore[arg-type]


def test_a_line_says_what_it_would_take_from_the_agreed_hours(desk: Desk) -> None:
    who = time_desk()
    found = told(who, "1h30 acme review call, agreed on LDAP")
    assert found.ready
    assert (found.parsed.minutes, found.parsed.note, found.counts, found.left) == (90, "agreed on LDAP", True, 5910)
    assert found.why.startswith("counts against the agreed hours. ")
    assert scalar("SELECT COUNT(*) FROM time_entry") == 0


def test_what_goes_over_the_hours_shows_as_less_than_nothing(desk: Desk) -> None:
    who = time_desk()
    for day in range(1, 4):
        log(who.acme, 23 * 60, f"2026-06-0{day}", "advice", who.tom, NOW)
        log(who.acme, 10 * 60, f"2026-06-0{day}", "advice", who.ben, NOW, person_id=who.ben)
    assert told(who, "45m acme").left == 6000 - 3 * 33 * 60 - 45
    assert told(who, "45m acme on 2 jun").problems == ()
    assert "24 hours" in told(who, "2h acme").problems[0]


def test_defect_work_and_what_is_said_not_to_count_takes_nothing(desk: Desk) -> None:
    who = time_desk()
    found = told(who, "20m acme defect")
    assert (found.counts, found.left, found.why) == (False, None, "does not count: defect does not.")
    assert told(who, "20m acme nocount").why == "does not count, as you say."


def test_a_customer_without_hours_is_refused_with_what_is_possible(desk: Desk) -> None:
    who = time_desk()
    found = told(who, "1h plain advice")
    assert "Log the time as not counting (nocount), or offer Plain a quote." in found.problems[0]
    assert told(who, "1h plain nocount").ready


def test_what_overlaps_is_warned_of_before_it_is_kept(desk: Desk) -> None:
    who = time_desk()
    log(who.globex, 60, TODAY, "advice", who.tom, NOW, started_at=NOW - 3600, ended_at=NOW)
    found = told(who, "17:30-18:00 acme")
    assert found.ready
    assert found.warnings == ("It overlaps 17:00–18:00 for Globex; both are kept.",)


def test_links_are_looked_at_before_too(desk: Desk) -> None:
    who = time_desk()
    ticket = receive(who)
    assert told(who, f"20m #{ticket}").parsed.customer == "Acme"
    assert told(who, "20m acme #4711").problems == ("#4711 is not on this desk.",)
    assert told(who, "20m acme", call_id=4711).problems == ("Call 4711 is not on this desk.",)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("1h acme", "A timer measures how long it is: leave the length out."),
        ("yesterday acme", "A timer starts now: leave the day out."),
        ("acmee", "There is no customer 'acmee'; did you mean Acme?"),
    ],
)
def test_a_timer_needs_neither_length_nor_day(desk: Desk, line: str, problem: str) -> None:
    assert told(time_desk(), line, length=False).problems == (problem,)


def test_a_timer_may_start_where_nothing_is_agreed_and_says_so(desk: Desk) -> None:
    who = time_desk()
    found = told(who, "plain advice", length=False)
    assert (found.ready, found.counts, found.left) == (True, False, None)
    assert found.why.startswith("does not count. ")
    assert told(who, "acme", length=False).left == 6000
