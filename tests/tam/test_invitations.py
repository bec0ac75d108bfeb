"""A calendar that reads the file of a series shows our calls, at our times, and knows what has changed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from models import journal
from models.calls import ReviewCall
from models.connection import Desk
from models.customers import Customer
from models.errors import NotFound
from tam import calls, invitations, series
from tam.series_reading import series as read
from tests.models.rows import empty
from tests.tam.call_desk import DAY, NOW, CallDesk, agree, call_desk, plan, planned
from tests.tickets.cast import at

FIRST, LAST = "2026-06-01 00:00", "2026-08-30 00:00"


def parsed(**what: int) -> list[Any]:
    """The entries of a file, as a calendar reads it."""
    return list(icalendar.Calendar.from_ical(invitations.ics(NOW, **what)).walk("VEVENT"))


def shown(first: str = FIRST, last: str = LAST, **what: int) -> list[tuple[int, int, str]]:
    """What a calendar shows between two local times: instant, minutes and title, in order."""
    calendar = icalendar.Calendar.from_ical(invitations.ics(NOW, **what))
    found = recurring_ical_events.of(calendar).between(
        *(datetime.fromtimestamp(at(each), UTC) for each in (first, last))
    )
    return sorted(_told(event) for event in found if event.get("status") != "CANCELLED")


def _told(event: Any) -> tuple[int, int, str]:
    start, end = event["DTSTART"].dt, event["DTEND"].dt
    return int(start.timestamp()), int((end - start).total_seconds()) // 60, str(event["SUMMARY"])


def ours(story: CallDesk) -> list[tuple[int, int, str]]:
    """What the desk has: every call that was not skipped."""
    found = [each for each in calls.calls(story.bank) if each.state != "skipped"]
    return sorted((each.at, each.minutes, each.title) for each in found)


def test_a_series_is_one_entry_with_a_rule_in_its_own_zone(desk: Desk) -> None:
    story = call_desk()
    held = agree(story, attendees=["Jo Roe <jo@bank.example>"], person_id=story.tom)
    text = invitations.ics(NOW, series_id=held).decode()
    for line in (
        "PRODID:-//tamdesk//calls//EN",
        "METHOD:PUBLISH",
        "BEGIN:VTIMEZONE",
        "DTSTAMP:20260601T070000Z",
        "DTSTART;TZID=Europe/Zurich:20260602T140000",
        "DURATION:PT45M",
        "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
        f"UID:{read(held).uid}",
        "SEQUENCE:0",
        "SUMMARY:Review call",
        "DESCRIPTION:With Jo Roe",
        "ORGANIZER;CN=Tom:mailto:tom@vendor.example",
    ):
        assert line in text.splitlines()
    assert "jo@bank.example" not in text
    assert shown(series_id=held) == ours(story)


def test_local_time_stays_across_the_change_of_the_clocks(desk: Desk) -> None:
    story = call_desk()
    held = agree(story, starts_on="2026-09-22", rule="every week", at=at("2026-09-01 09:00"))
    found = shown("2026-10-19 00:00", "2026-11-08 00:00", series_id=held)
    assert [start for start, _, _ in found] == [at(f"2026-{day} 14:00") for day in ("10-20", "10-27", "11-03")]


def test_what_was_moved_skipped_and_held_otherwise_is_shown_so(desk: Desk) -> None:
    story = call_desk()
    held = agree(story)
    first, second, third, *_ = planned(story)
    calls.move(second.id, at("2026-06-17 09:00"), story.tom, NOW)
    calls.skip(third.id, "nobody else knows why", story.tom, NOW)
    calls.hold(first.id, story.tom, first.at + 3600, 60)
    assert shown(series_id=held) == ours(story)
    master, *others = parsed(series_id=held)
    assert (int(master["SEQUENCE"]), [int(each["SEQUENCE"]) for each in others]) == (1, [1, 2])
    assert {str(each["UID"]) for each in others} == {str(master["UID"])}
    assert b"nobody else knows" not in invitations.ics(NOW, series_id=held)


def test_a_single_call_of_a_series_names_the_date_that_it_stands_for(desk: Desk) -> None:
    story = call_desk()
    held = agree(story)
    first = planned(story)[0]
    calls.move(first.id, at("Thu 09:00"), story.tom, NOW)
    (event,) = parsed(call_id=first.id)
    assert (str(event["UID"]), event["RECURRENCE-ID"].dt.isoformat()) == (
        read(held).uid,
        "2026-06-02T14:00:00+02:00",
    )
    assert (event["DTSTART"].dt.isoformat(), str(event["STATUS"])) == ("2026-06-04T09:00:00+02:00", "CONFIRMED")


def test_a_call_alone_keeps_its_name_and_counts_its_changes(desk: Desk) -> None:
    story = call_desk()
    call = plan(story)
    (before,) = parsed(call_id=call)
    calls.move(call, at("Thu 09:00"), story.tom, NOW)
    (moved,) = parsed(call_id=call)
    calls.skip(call, "no", story.tom, NOW)
    (skipped,) = parsed(call_id=call)
    assert before["UID"] == moved["UID"] == skipped["UID"]
    assert [int(each["SEQUENCE"]) for each in (before, moved, skipped)] == [0, 1, 2]
    assert [str(each["STATUS"]) for each in (before, moved, skipped)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


def test_a_call_without_a_name_gets_the_same_one_in_every_file(desk: Desk) -> None:
    story = call_desk()
    with journal.transaction(None, NOW, "import") as tx:
        call = tx.insert(ReviewCall, customer=story.bank, at=at("Wed 10:00"), minutes=30)
        tx.say("A call came without a name.")
    (alone,), (among,) = parsed(call_id=call), parsed(customer_id=story.bank)
    assert alone["UID"] == among["UID"]
    assert str(alone["UID"]).endswith("@tamdesk")


def test_a_series_that_ended_shows_its_calls_until_then(desk: Desk) -> None:
    story = call_desk()
    held = agree(story)
    series.end(held, story.tom, NOW, on="2026-06-16")
    assert [start for start, _, _ in shown(series_id=held)] == [at("2026-06-02 14:00"), at("2026-06-16 14:00")]
    assert b"UNTIL=20260616T215959Z" in invitations.ics(NOW, series_id=held)


def test_a_series_that_ended_before_it_began_is_cancelled(desk: Desk) -> None:
    story = call_desk()
    held = agree(story)
    series.end(held, story.tom, NOW)
    (event,) = parsed(series_id=held)
    assert (str(event["STATUS"]), int(event["SEQUENCE"]), "RRULE" in event) == ("CANCELLED", 1, False)
    assert shown(series_id=held) == []


def test_calls_from_before_a_change_stay_in_the_calendar(desk: Desk) -> None:
    story = call_desk()
    held = agree(story)
    first = planned(story)[0]
    calls.hold(first.id, story.tom, first.at + 3600)
    series.change(held, story.tom, at("Wed 09:00"), rule="every week on friday", local_time="09:00")
    found = shown(last="2026-06-20 00:00", series_id=held)
    assert [start for start, _, _ in found] == [
        at(when) for when in ("2026-06-02 14:00", "2026-06-05 09:00", "2026-06-12 09:00", "2026-06-19 09:00")
    ]
    (alone,) = parsed(call_id=first.id)
    assert (str(alone["UID"]), "RECURRENCE-ID" in alone) == (f"{first.slot_at}-{read(held).uid}", False)


def test_a_time_that_the_wall_shows_twice_is_told_as_it_is(desk: Desk) -> None:
    story = call_desk()
    second = at("2026-10-25 02:30") + 3600
    call = plan(story, "Wed 10:00", at_instant=second, at=NOW)
    (event,) = parsed(call_id=call)
    assert event["DTSTART"].dt.timestamp() == second


def test_text_is_harmless_in_the_file(desk: Desk) -> None:
    story = call_desk()
    call = plan(story, title="Plan; A, B\\C\x1b[31m", attendees=['Jo "X"\nATTENDEE:mailto:evil@x.example'])
    (event,) = parsed(call_id=call)
    assert str(event["SUMMARY"]) == "Plan; A, B\\C[31m"
    assert str(event["DESCRIPTION"]) == 'With Jo "X" ATTENDEE:mailto:evil@x.example'
    assert "ATTENDEE" not in event


def test_a_zone_without_changes_and_utc_itself_are_told(desk: Desk) -> None:
    story = call_desk()
    plan(story, zone="Asia/Kolkata")
    plan(story, "Thu 10:00", zone="UTC")
    assert [start for start, _, _ in shown(customer_id=story.bank)] == [at("Wed 10:00"), at("Thu 10:00")]
    text = invitations.ics(NOW, customer_id=story.bank).decode()
    assert (text.count("BEGIN:VTIMEZONE"), "DTSTART:20260604T080000Z" in text) == (1, True)


def test_file_names_are_safe(desk: Desk) -> None:
    story = call_desk()
    held, call = agree(story, title="../../etc/Review & Co"), plan(story)
    with journal.transaction(None, NOW, "rename") as tx:
        tx.update(Customer, story.bank, key="../ß")
        tx.say("Bank has an odd key.")
    assert invitations.file_name(series_id=held) == "call-etc-review-co.ics"
    assert invitations.file_name(call_id=call) == "call-2026-06-03.ics"
    assert invitations.file_name(customer_id=story.who.acme) == "acme-calls.ics"


def test_what_is_not_there_is_not_exported(desk: Desk) -> None:
    call_desk()
    for what in ("series_id", "call_id", "customer_id"):
        with pytest.raises(NotFound):
            invitations.ics(NOW, **{what: 999})


CADENCES = st.sampled_from(
    ["every week", "every other week on thursday", "every month", "every month on the last friday", "every 3 weeks"]
)
MOVES = st.lists(
    st.tuples(st.sampled_from(["move", "skip", "change"]), st.integers(0, 9), st.integers(1, 60)), max_size=5
)


@settings(max_examples=40)
@given(cadence=CADENCES, zone=st.sampled_from(["Europe/Zurich", "America/New_York", "Asia/Tokyo"]), moves=MOVES)
def test_a_calendar_shows_just_our_calls_whatever_was_done(
    sqlite_desk: Desk, cadence: str, zone: str, moves: list[tuple[str, int, int]]
) -> None:
    empty(sqlite_desk)
    story = call_desk()
    begin = at("2026-09-01 09:00")
    held = agree(story, rule=cadence, zone=zone, starts_on="2026-09-03", at=begin)
    for name, which, hours in moves:
        due = planned(story)
        if name == "change":
            series.change(held, story.tom, begin, local_time=f"{8 + which:02}:15", minutes=hours)
        elif due and name == "skip":
            calls.skip(due[which % len(due)].id, "away", story.tom, begin)
        elif due:
            chosen = due[which % len(due)]
            calls.move(chosen.id, chosen.at + hours * 1800, story.tom, begin)
    wanted = [each for each in ours(story) if each[0] < begin + 85 * DAY]
    last = begin + 85 * DAY - 1
    calendar = icalendar.Calendar.from_ical(invitations.ics(NOW, series_id=held))
    until = datetime.fromtimestamp(last, UTC)
    found = recurring_ical_events.of(calendar).between(until - timedelta(days=90), until)
    assert sorted(_told(event) for event in found) == wanted
