"""Any clock can be asked why it is due when it is, and a ticket without one why it has none."""

import pytest

from models.connection import Desk
from models.errors import NotFound
from models.reading import scalar
from tests.tickets.cast import Cast, at, cast, receive
from tickets import operations
from tickets.why import Why, why


def clock_of(ticket: int, kind: str = "initial_response") -> int:
    found: int = scalar("SELECT id FROM clock WHERE ticket_id = ? AND kind = ?", (ticket, kind))
    return found


def answer(who: Cast, ticket: int, when: str) -> None:
    operations.reply(ticket, "Please upgrade.", who.ben, at(when))


def minutes(told: Why) -> int:
    """What the lines of the explanation add up to."""
    return sum(int(row.counted.split()[0]) for row in told.lines if row.counted)


def test_a_running_clock_is_counted_over_the_night_and_the_weekend(desk: Desk) -> None:
    who = cast()
    number = receive(who, "Fri 18:40")
    told = why(number, at("2026-06-08 07:30"))
    assert told.title == f"Why is #{number} due on Mon 8 Jun 2026 08:40 Europe/Zurich?"
    assert [(row.day, row.time, row.counted) for row in told.lines] == [
        ("Fri 5 Jun", "18:40", ""),
        ("", "18:40–19:00", "20 min counted"),
        ("Sat–Sun", "closed", ""),
        ("Mon 8 Jun", "07:00–08:40", "100 min counted"),
    ]
    assert minutes(told) == 120
    assert told.objective == "2 extended hours, initial response, severity 2, Extended support"
    assert told.source.startswith("2023-11-15, ")
    assert "due_at_close = closing" in told.policy
    assert (told.outcome, told.late) == ("running, 1 h 10 min left", [])


def test_a_clock_that_was_met_says_what_there_was_to_spare(desk: Desk) -> None:
    who = cast()
    number = receive(who)
    answer(who, number, "Mon 10:30")
    told = why(number, at("Fri 12:00"))
    assert told.outcome == "met Mon 1 Jun 2026 10:30 Europe/Zurich, with 30 min to spare"
    assert told.late == []


def test_a_clock_that_was_missed_says_by_how_much_and_what_it_costs(desk: Desk) -> None:
    who = cast()
    number = receive(who)
    answer(who, number, "Mon 11:40")
    told = why(number, at("Fri 12:00"))
    assert told.outcome == "missed by 40 min: 2 days of credit, answered Mon 1 Jun 2026 11:40 Europe/Zurich"
    assert [row.counted for row in told.late if row.counted] == ["40 min counted"]


def test_a_missed_clock_that_nobody_has_answered_costs_more_by_the_hour(desk: Desk) -> None:
    who = cast()
    number = receive(who)
    assert why(number, at("Mon 11:00")).outcome == "running, under a minute left"
    assert why(number, at("Mon 11:16")).outcome == "missed by 16 min so far: 1 day of credit"
    assert why(number, at("Mon 12:00")).outcome == "missed by 1 h so far: 4 days of credit"


def test_a_settled_ticket_shows_its_initial_response_whatever_was_escalated(desk: Desk) -> None:
    who = cast()
    number = receive(who)
    answer(who, number, "Mon 10:00")
    operations.escalate(number, "urgent", "The board asks.", who.ben, at("Mon 12:00"))
    assert "urgent escalation" in why(number, at("Mon 12:30")).objective
    operations.answer_escalation(number, who.anna, at("Mon 13:00"))
    assert "initial response" in why(number, at("Mon 14:00")).objective
    asked = why(number, at("Mon 14:00"), clock_of(number, "escalation_urgent"))
    assert "urgent escalation" in asked.objective


def test_where_the_initial_clock_is_void_an_answered_escalation_does_not_stand_for_it(desk: Desk) -> None:
    who = cast()
    number = receive(who, customer_id=who.plain, severity=1)
    void = clock_of(number)
    operations.change_severity(number, 3, "One user only.", who.ben, at("Mon 09:30"))
    operations.escalate(number, "non-urgent", "No news.", who.ben, at("Mon 10:00"))
    assert "non-urgent escalation" in why(number, at("Mon 10:30")).objective
    operations.answer_escalation(number, who.anna, at("Mon 11:00"))
    told = why(number, at("Mon 12:00"))
    assert (told.title, told.lines) == (f"#{number} carries no clock", [])
    assert "best effort" in told.objective
    with pytest.raises(NotFound, match=f"#{number} has no clock {void}"):
        why(number, at("Mon 12:00"), void)


def test_a_ticket_without_a_clock_says_why(desk: Desk) -> None:
    who = cast()
    for columns, reason in (
        ({"customer_id": who.plain, "severity": 3}, "best effort"),
        ({"customer_id": who.globex, "severity": 1}, "not agreed yet"),
        ({"customer_id": who.hobby, "channel": "community"}, "Hobby's Free plan has no professional support"),
        ({"channel": "community"}, "community channels carry no promise"),
        ({"customer_id": who.stray}, "no contract was in force at receipt"),
    ):
        number = receive(who, **columns)
        told = why(number, at("Mon 10:00"))
        assert told.title == f"#{number} carries no clock"
        assert reason in told.objective
        assert (told.lines, told.late, told.outcome) == ([], [], "")
        assert bool(told.source) == (columns.get("customer_id") != who.stray)


def test_a_ticket_answered_before_its_severity_promised_anything_says_so(desk: Desk) -> None:
    who = cast()
    number = receive(who, customer_id=who.plain, severity=3)
    answer(who, number, "Mon 10:00")
    operations.change_severity(number, 1, "All users.", who.ben, at("Mon 11:00"))
    assert why(number, at("Mon 12:00")).objective == "it was answered before its severity promised a time"


def test_a_ticket_or_a_clock_that_is_not_there_is_a_sentence(desk: Desk) -> None:
    who = cast()
    number, other = receive(who), receive(who)
    with pytest.raises(NotFound, match="no ticket #99"):
        why(99, at("Mon 10:00"))
    with pytest.raises(NotFound, match="has no clock"):
        why(number, at("Mon 10:00"), clock_of(other))


def test_hours_that_never_close_are_told_in_the_persons_zone_and_others_in_their_own(desk: Desk) -> None:
    who = cast()
    number = receive(who, "Mon 09:00", customer_id=who.globex, severity=2)
    told = why(number, at("Mon 09:30"), None, "Asia/Tokyo")
    assert told.title.endswith("18:00 Asia/Tokyo?")
    assert minutes(told) == 120
    business = receive(who, "Mon 09:00")
    assert why(business, at("Mon 09:30"), None, "Asia/Tokyo").title.endswith("Europe/Zurich?")
