"""What an action will do to the clock is told before it is done, and is what it then does."""

import pytest

from models.connection import Desk
from models.reading import one
from tests.tickets.cast import ZONE, Cast, at, cast, receive
from tickets import operations
from tickets.preview import due_line, reply_effect, severity_effects


def answer(who: Cast, ticket: int, when: str) -> None:
    operations.reply(ticket, "Please upgrade.", who.ben, at(when))


@pytest.mark.parametrize(
    ("when", "told", "state"),
    [
        ("Mon 10:15", "stops the clock: met with 45 min to spare", "met"),
        ("Mon 11:00", "stops the clock: met with under a minute to spare", "met"),
        ("Mon 11:32", "stops the clock: missed by 32 min, 2 days of credit", "missed"),
    ],
)
def test_a_reply_does_what_was_told(desk: Desk, when: str, told: str, state: str) -> None:
    who = cast()
    number = receive(who)
    assert reply_effect(number, at(when)) == told
    answer(who, number, when)
    assert one("SELECT state FROM clock WHERE ticket_id = ?", (number,)) == (state,)
    assert reply_effect(number, at(when)) == "the clock has stopped already"


def test_where_no_clock_runs_a_reply_stops_none(desk: Desk) -> None:
    who = cast()
    number = receive(who, customer_id=who.hobby, channel="community")
    assert reply_effect(number, at("Mon 10:00")) == "no clock runs on this ticket"


def test_each_severity_says_its_due_time_and_setting_it_gives_that(desk: Desk) -> None:
    who = cast()
    number = receive(who)
    effects = severity_effects(number, at("Mon 10:30"), ZONE)
    assert [(each.severity, each.due_at) for each in effects] == [
        (1, at("Mon 10:00")),
        (2, at("Mon 11:00")),
        (3, at("Tue 09:00")),
        (4, at("Wed 09:00")),
    ]
    assert effects[0].line == "1 extended hour: due 10:00, missed by 30 min already, 2 days of credit"
    assert effects[2].line == "12 extended hours: due Tue 2 Jun 09:00, 10 h 30 min left"
    assert [each.refused for each in effects] == [None, "it is 2 already", None, None]
    for each in (effects[2], effects[0]):
        operations.change_severity(number, each.severity, "As told.", who.ben, at("Mon 10:30"))
        assert one("SELECT due_at FROM ticket WHERE id = ?", (number,)) == (each.due_at,)


def test_a_severity_without_a_promise_says_so(desk: Desk) -> None:
    who = cast()
    effects = severity_effects(receive(who, customer_id=who.plain, severity=1), at("Mon 10:00"), ZONE)
    assert effects[0].due_at is not None
    assert effects[2].due_at is None
    assert effects[2].line.startswith("no clock: best effort")


def test_a_settled_clock_is_not_moved_by_any_severity(desk: Desk) -> None:
    who = cast()
    number = receive(who)
    answer(who, number, "Mon 10:00")
    effects = severity_effects(number, at("Mon 10:30"), ZONE)
    assert {(each.due_at, each.line) for each in effects} == {
        (None, "answered already: the settled clock stays as it is")
    }


def test_an_answered_ticket_that_will_get_no_clock_is_promised_no_due_time(desk: Desk) -> None:
    who = cast()
    number = receive(who, customer_id=who.plain, severity=3)
    answer(who, number, "Mon 10:00")
    effects = severity_effects(number, at("Mon 10:30"), ZONE)
    assert {(each.due_at, each.line) for each in effects} == {(None, "answered already: no clock starts any more")}
    operations.change_severity(number, 1, "All users.", who.ben, at("Mon 11:00"))
    assert one("SELECT due_at FROM ticket WHERE id = ?", (number,)) == (None,)


def test_severities_are_defined_without_a_contract_too(desk: Desk) -> None:
    who = cast()
    effects = severity_effects(receive(who, customer_id=who.stray), at("Mon 10:00"), ZONE)
    assert [each.severity for each in effects] == [1, 2, 3, 4]
    assert all(each.name and each.definition for each in effects)
    assert {each.line for each in effects} == {"no clock: no contract was in force at receipt"}


def test_a_new_request_is_told_what_it_would_be_promised(desk: Desk) -> None:
    who = cast()
    assert due_line(who.acme, "ticket", 2, at("Mon 09:00"), ZONE) == "2 extended hours: due 11:00, 2 h left"
    assert due_line(who.acme, "community", 2, at("Mon 09:00"), ZONE).startswith("no clock: community channels")
    assert due_line(who.stray, "ticket", 2, at("Mon 09:00"), ZONE) == "no clock: no contract was in force at receipt"
    assert due_line(999, "ticket", 2, at("Mon 09:00"), ZONE) == ""
