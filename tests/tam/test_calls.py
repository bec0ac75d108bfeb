"""A call is planned, moved, skipped and held, and what is typed for it is kept."""

from typing import Any

import pytest

from models import journal
from models.connection import Desk
from models.errors import NotAllowed, NotFound, StaleRow
from models.reading import rows
from tam import calls
from tam.call_rules import CallRefused
from tam.series_reading import series as read
from tests.tam.call_desk import DAY, HOURS, NOW, agree, call_desk, plan, planned, sentence, table
from tests.tickets.cast import at, sign


def test_a_single_call_is_planned_in_the_customers_time(desk: Desk) -> None:
    story = call_desk()
    done = calls.plan(story.bank, at("Wed 10:00"), 30, "review", "Roadmap", story.tom, NOW, attendees=["Jo", "Jo"])
    held = calls.call(done.call_id)
    assert done.sentence == "Tom planned “Roadmap” with Bank for Wed 3 Jun 2026 10:00."
    assert (held.zone, held.attendees, held.state, held.series_id) == ("Europe/Zurich", ("Jo",), "planned", None)
    assert done.warnings == ()
    journal.undo(story.tom, NOW)
    assert calls.calls(story.bank) == []


def test_a_call_on_a_closed_day_or_over_another_one_is_kept_and_said(desk: Desk) -> None:
    story = call_desk({"holiday_region": "US-NY"})
    other = sign("Other", "production", "extended", order=HOURS)
    plan(story, "2026-07-03 14:00", customer_id=other, person_id=story.tom)
    done = calls.plan(story.bank, at("2026-07-03 14:10"), 30, "review", "", story.tom, NOW, person_id=story.tom)
    assert done.warnings == (
        "Fri 3 Jul 2026 14:10 is Independence Day (observed) in US-NY.",
        "There is a call with Other at Fri 3 Jul 2026 14:00.",
    )
    weekend = calls.plan(story.bank, at("Sat 10:00"), 30, "review", "", story.tom, NOW)
    assert weekend.warnings == ("Sat 6 Jun 2026 10:00 is a Saturday.",)


@pytest.mark.parametrize(
    ("changed", "part"),
    [
        ({"when": "Mon 08:59"}, "Mon 1 Jun 2026 08:59 is over"),
        ({"minutes": 0}, "1 to 480 minutes"),
        ({"kind": "party"}, "A call is a review"),
        ({"zone": "Mars/Base"}, "Unknown time zone"),
        ({"when": "2025-06-02 10:00", "at": at("2025-06-01 10:00")}, "Bank has no contract in force"),
        ({"attendees": [" "]}, "Say who attends in a line"),
    ],
)
def test_what_cannot_be_planned_is_refused(sqlite_desk: Desk, changed: dict[str, Any], part: str) -> None:
    story = call_desk()
    with pytest.raises(CallRefused, match=part):
        plan(story, **changed)
    assert calls.calls(story.bank) == []


def test_a_moved_call_keeps_its_slot_and_tells_from_when_to_when(desk: Desk) -> None:
    story = call_desk()
    agree(story)
    first = planned(story)[0]
    done = calls.move(first.id, at("Thu 09:00"), story.tom, NOW, "Jo travels", first.version)
    moved = calls.call(first.id)
    assert done.sentence == (
        "Tom moved the review call with Bank from Tue 2 Jun 2026 14:00 to Thu 4 Jun 2026 09:00: Jo travels."
    )
    assert (moved.moved, moved.slot_at, moved.sequence) == (True, first.slot_at, 1)
    with pytest.raises(StaleRow):
        calls.move(first.id, at("Fri 09:00"), story.tom, NOW, version=first.version)
    with pytest.raises(CallRefused, match="is over; say a time to come"):
        calls.move(first.id, NOW - 1, story.tom, NOW)


def test_a_skipped_call_tells_its_series_and_moving_it_brings_it_back(desk: Desk) -> None:
    story = call_desk()
    held = agree(story)
    first = planned(story)[0]
    assert calls.skip(first.id, "everyone is away.", story.tom, NOW) == (
        "Tom skipped the review call with Bank on Tue 2 Jun 2026 14:00: everyone is away."
    )
    assert (calls.call(first.id).state, read(held).sequence) == ("skipped", 1)
    with pytest.raises(CallRefused, match="was skipped; only a planned one"):
        calls.skip(first.id, "again", story.tom, NOW)
    with pytest.raises(CallRefused, match="Say why it is skipped"):
        calls.skip(planned(story)[0].id, "  ", story.tom, NOW)
    calls.move(first.id, at("Wed 09:00"), story.tom, NOW)
    assert (calls.call(first.id).state, read(held).sequence) == ("planned", 2)


def test_a_held_call_logs_its_time_in_the_same_operation(desk: Desk) -> None:
    story = call_desk()
    agree(story, attendees=["Jo"])
    first = planned(story)[0]
    before = table("review_call")
    done = calls.hold(first.id, story.tom, first.at + 3600, 50, ["Jo", "Ann"], log_time=True)
    assert done.sentence == ("Tom held the review call with Bank of Tue 2 Jun 2026 14:00, 50 min, and logged the time.")
    held = calls.call(first.id)
    assert (held.state, held.minutes, held.attendees) == ("held", 50, ("Jo", "Ann"))
    entry = rows("SELECT customer_id, person_id, worked_on, minutes, activity, call_id FROM time_entry")
    assert entry == [(story.bank, story.tom, "2026-06-02", 50, "review call", first.id)]
    assert rows("SELECT COUNT(*) FROM operation WHERE kind LIKE 'call.hold' OR kind LIKE 'hours%'") == [(1,)]
    journal.undo(story.tom, first.at + 3601)
    assert (table("review_call"), table("time_entry")) == (before, [])


def test_a_call_that_cannot_be_held_changes_nothing(desk: Desk) -> None:
    story = call_desk()
    call = plan(story)
    journal_of = rows("SELECT COUNT(*) FROM operation")
    with pytest.raises(CallRefused, match="1 to 480 minutes"):
        calls.hold(call, story.tom, at("Wed 10:30"), 0, log_time=True)
    with pytest.raises(NotAllowed):
        calls.hold(call, story.who.rita, at("Wed 10:30"))
    assert (calls.call(call).state, rows("SELECT COUNT(*) FROM operation")) == ("planned", journal_of)


def test_a_call_that_has_not_begun_is_not_held_and_one_that_was_is_not_held_again(desk: Desk) -> None:
    story = call_desk()
    call = plan(story)
    with pytest.raises(CallRefused, match="This call is on Wed 3 Jun 2026 10:00; move it here first"):
        calls.hold(call, story.tom, at("Wed 09:29"))
    calls.hold(call, story.who.ben, at("Wed 09:30"))
    for again in (
        lambda: calls.hold(call, story.tom, at("Wed 11:00")),
        lambda: calls.move(call, at("Fri 10:00"), story.tom, NOW),
        lambda: calls.skip(call, "no", story.tom, NOW),
    ):
        with pytest.raises(CallRefused, match="was held"):
            again()


def test_notes_are_saved_and_never_over_someone_elses(desk: Desk) -> None:
    story = call_desk()
    call = plan(story)
    seen = calls.call(call)
    kept = calls.write(call, story.who.ben, NOW, seen.version, notes="LDAP:\r\n\x1b[31mwaits\x07")
    assert (kept.notes, kept.agenda, kept.version) == ("LDAP:\n[31mwaits", "", seen.version + 1)
    assert sentence() == "Ben wrote the notes of the review call with Bank of Wed 3 Jun 2026 10:00."
    with pytest.raises(StaleRow, match="Ben wrote the notes"):
        calls.write(call, story.tom, NOW, seen.version, notes="Mine")
    with pytest.raises(CallRefused, match="too long"):
        calls.write(call, story.tom, NOW, kept.version, notes="x" * 100_001)
    with pytest.raises(NotAllowed):
        calls.write(call, story.who.rita, NOW, kept.version, notes="Mine")
    assert calls.call(call).notes == kept.notes


def test_who_attends_is_told(desk: Desk) -> None:
    story = call_desk()
    call = plan(story)
    calls.attendees(call, ["Jo Roe <jo@bank.example>", "Ann"], story.tom, NOW)
    assert calls.call(call).attendees == ("Jo Roe <jo@bank.example>", "Ann")
    assert sentence() == "Tom said who attends the review call with Bank of Wed 3 Jun 2026 10:00."


def test_each_person_sees_the_calls_that_are_theirs(desk: Desk) -> None:
    story = call_desk()
    early, late = plan(story, "Wed 10:00", person_id=story.tom), plan(story, "Thu 10:00", person_id=story.who.ben)
    assert [each.id for each in calls.upcoming(None, NOW)] == [early, late]
    assert [each.id for each in calls.upcoming(story.tom, NOW)] == [early]
    assert [each.id for each in calls.upcoming(story.tom, at("Wed 10:30"))] == [early]
    assert calls.upcoming(story.tom, at("Wed 10:31")) == []
    assert [each.id for each in calls.unwritten(story.tom, at("Wed 10:31"))] == [early]
    assert [each.id for each in calls.calls(story.bank, limit=1)] == [late]
    assert [each.id for each in calls.calls(story.bank, before=at("Thu 10:00"))] == [early]
    with pytest.raises(NotFound):
        calls.call(999)


def test_no_call_moves_past_the_end_of_the_contract(desk: Desk) -> None:
    story = call_desk()
    call = plan(story)
    with journal.transaction(None, NOW, "end") as tx:
        from models.agreements import Contract

        contract = rows("SELECT id FROM contract WHERE customer_id = ?", (story.bank,))[0][0]
        tx.update(Contract, contract, ends_at=NOW + 30 * DAY)
        tx.say("Bank leaves.")
    with pytest.raises(CallRefused, match="Bank has no contract in force"):
        calls.move(call, NOW + 90 * DAY, story.tom, NOW)
