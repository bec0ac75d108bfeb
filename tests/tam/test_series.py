"""A TAM agrees on calls once; they are planned ahead, move along with a change, and no written word is lost."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import journal
from models.connection import Desk
from models.customers import Customer
from models.errors import NotAllowed, NotFound, StaleRow
from models.reading import scalar
from sla.wall import local_of
from tam import actions, calls, recurrence, series
from tam.call_rules import CallRefused
from tam.series_reading import all_series
from tam.series_reading import series as read
from tests.models.rows import empty
from tests.tam.call_desk import DAY, NOW, agree, call_desk, planned, sentence, table
from tests.tickets.cast import at


def starts(desk: Any) -> list[str]:
    """When Bank's planned calls are, by the wall clock of Zurich."""
    return [f"{local_of('Europe/Zurich', each.at):%m-%d %H:%M}" for each in planned(desk)]


def test_what_was_agreed_is_planned_ahead_and_told(desk: Desk) -> None:
    story = call_desk()
    held = read(agree(story, attendees=["Jo Roe <jo@bank.example>", "Ann"]))
    assert held.words == "every other week on Tuesday, 14:00 Europe/Zurich"
    assert (held.title, held.person, held.attendees) == ("Review call", "Tom", ("Jo Roe <jo@bank.example>", "Ann"))
    assert starts(story) == [f"{day} 14:00" for day in ("06-02", "06-16", "06-30", "07-14", "07-28", "08-11", "08-25")]
    assert {(each.minutes, each.person, each.attendees) for each in planned(story)} == {(45, "Tom", held.attendees)}
    assert sentence() == (
        "Tom agreed review calls with Bank: every other week on Tuesday, 14:00 Europe/Zurich, from Tue 2 Jun 2026 on."
    )
    journal.undo(story.tom, NOW + 1)
    assert (all_series(story.bank), planned(story)) == ([], [])


def test_the_first_call_is_the_first_date_that_the_cadence_names(desk: Desk) -> None:
    story = call_desk()
    agree(story, rule="every other week on thursday", starts_on="2026-06-03")
    assert starts(story)[:2] == ["06-04 14:00", "06-18 14:00"]


def test_calls_are_planned_further_ahead_as_time_goes_by_and_only_once(desk: Desk) -> None:
    story = call_desk()
    agree(story)
    assert series.ensure(NOW + 60) == 0
    assert series.ensure(NOW + 30 * DAY) == 2
    assert series.ensure(NOW + 30 * DAY) == 0
    assert sentence() == "2 calls were planned ahead."
    assert starts(story)[-2:] == ["09-08 14:00", "09-22 14:00"]


def test_a_call_that_the_clocks_do_not_allow_is_told_when_the_series_is_agreed(desk: Desk) -> None:
    story = call_desk()
    agree(story, rule="every week on sunday", local_time="02:30", starts_on="2026-10-11", at=at("2026-10-01 09:00"))
    assert "02:30 does not exist" not in sentence()
    agree(story, rule="every week", local_time="02:30", starts_on="2026-03-22", at=at("2026-03-20 09:00"))
    assert sentence().endswith("in Europe/Zurich, where the clocks go forward; it is 03:30 then.")
    assert at("2026-03-29 03:30") in [each.at for each in planned(story)]


def test_a_form_sees_the_next_dates_before_it_agrees(desk: Desk) -> None:
    call_desk()
    found = series.preview("every year", "02:30", "Europe/Zurich", "2026-03-29", count=2)
    assert [(each.on, bool(each.note)) for each in found] == [("2026-03-29", True), ("2027-03-29", False)]


@pytest.mark.parametrize(
    ("changed", "part"),
    [
        ({"zone": "Europe/Zurch"}, "nearest is 'Europe/Zurich'"),
        ({"local_time": "2 pm"}, "is not a time"),
        ({"minutes": 0}, "1 to 480 minutes"),
        ({"minutes": 481}, "1 to 480 minutes"),
        ({"starts_on": "2.6.2026"}, "is not a date such as"),
        ({"ends_on": "2026-06-01"}, "is before the first call on Tue 2 Jun 2026"),
        ({"kind": "party"}, "A call is a review or a service review"),
        ({"rule": "sometimes"}, "is no cadence"),
        ({"title": "x" * 301}, "too long for a line"),
        ({"person_id": 999}, "has to be on this desk"),
    ],
)
def test_what_cannot_be_agreed_is_refused_with_what_can(sqlite_desk: Desk, changed: dict[str, Any], part: str) -> None:
    story = call_desk()
    with pytest.raises(CallRefused, match=part):
        agree(story, **changed)
    assert all_series(story.bank) == []


def test_a_customer_without_technical_account_management_has_no_calls(desk: Desk) -> None:
    story = call_desk()
    with pytest.raises(CallRefused, match="Hobby has no review calls on Tue 2 Jun 2026"):
        agree(story, customer_id=story.who.hobby)
    with pytest.raises(CallRefused, match="Stray has no contract in force"):
        agree(story, customer_id=story.who.stray)
    with pytest.raises(NotFound):
        agree(story, customer_id=999)


@pytest.mark.parametrize("role", ["ben", "rita"])
def test_only_tams_and_leads_agree_on_calls(sqlite_desk: Desk, role: str) -> None:
    story = call_desk()
    with pytest.raises(NotAllowed):
        agree(story, actor=getattr(story.who, role))
    agree(story, actor=story.who.anna)
    assert [each.person for each in all_series(story.bank)] == [None]


def test_the_customers_tam_holds_the_calls_where_nobody_else_is_named(desk: Desk) -> None:
    story = call_desk()
    with journal.transaction(None, NOW, "tam") as tx:
        tx.update(Customer, story.bank, tam=story.tom)
        tx.say("Tom is Bank's TAM.")
    agree(story, actor=story.who.anna)
    assert [each.person for each in all_series(story.bank)] == ["Tom"]


def test_a_new_time_moves_what_follows_the_series_and_leaves_what_was_moved_by_hand(desk: Desk) -> None:
    story = call_desk()
    held = agree(story)
    first, second, third, *_ = planned(story)
    calls.move(second.id, at("2026-06-17 09:00"), story.tom, NOW, "Jo travels")
    calls.skip(third.id, "everyone is away", story.tom, NOW)
    told = series.change(held, story.tom, NOW, local_time="15:30", minutes=60, title="Review with Bank")
    assert told == (
        "Tom changed the calls “Review with Bank” with Bank: every other week on Tuesday, 15:30 Europe/Zurich,"
        " from Mon 1 Jun 2026 on."
    )
    assert starts(story)[:3] == ["06-02 15:30", "06-17 09:00", "07-14 15:30"]
    assert {(each.minutes, each.title) for each in planned(story)} == {(60, "Review with Bank")}
    kept = calls.call(second.id)
    assert (kept.slot_at, kept.reason, calls.call(third.id).state) == (at("2026-06-16 15:30"), "Jo travels", "skipped")
    assert (read(held).sequence, calls.call(first.id).sequence, kept.sequence) == (2, 1, 1)


def test_a_change_from_a_day_on_leaves_what_is_before_it(desk: Desk) -> None:
    story = call_desk()
    held = agree(story)
    series.change(held, story.tom, NOW, from_on="2026-06-20", rule="every week on friday", local_time="09:00")
    assert starts(story)[:4] == ["06-02 14:00", "06-16 14:00", "06-26 09:00", "07-03 09:00"]
    assert read(held).starts_on == "2026-06-26"


def test_a_rarer_cadence_takes_calls_off_and_keeps_those_that_something_was_written_for(desk: Desk) -> None:
    story = call_desk()
    held = agree(story, rule="every week")
    first, second, third, fourth, _, sixth, *_ = planned(story)
    calls.write(sixth.id, story.tom, NOW, sixth.version, notes="They are at a fair")
    calls.skip(sixth.id, "a fair", story.tom, NOW)
    actions.add(story.bank, "Send the guide", "ours", "Tom", None, story.tom, NOW, call_id=second.id)
    calls.move(fourth.id, at("2026-06-24 09:00"), story.tom, NOW)
    series.change(held, story.tom, NOW, rule="every other week on tuesday")
    assert [each.id for each in planned(story)][:3] == [first.id, third.id, fourth.id]
    assert (calls.call(second.id).state, calls.call(second.id).reason) == ("skipped", "The series was changed.")
    assert (calls.call(sixth.id).state, calls.call(sixth.id).notes) == ("skipped", "They are at a fair")
    alone = calls.call(fourth.id)
    assert (alone.series_id, alone.at, bool(alone.uid)) == (None, at("2026-06-24 09:00"), True)


def test_a_week_that_had_its_call_early_gets_no_second_one_by_a_change(desk: Desk) -> None:
    story = call_desk()
    held = agree(story)
    first, second, *_ = planned(story)
    for each, when in ((first, "Mon 11:00"), (second, "Mon 13:00")):
        calls.move(each.id, at(when), story.tom, NOW)
    calls.hold(first.id, story.tom, at("Mon 11:45"))
    series.change(held, story.tom, at("Mon 15:00"), local_time="16:00")
    assert starts(story)[:2] == ["06-01 13:00", "06-30 16:00"]
    kept = calls.call(first.id)
    assert (kept.state, kept.at, kept.slot_at) == ("held", at("Mon 11:00"), at("Tue 16:00"))
    assert series.ensure(at("Mon 15:00")) == 0


def test_a_change_is_undone_as_a_whole(desk: Desk) -> None:
    story = call_desk()
    held = agree(story, rule="every week")
    calls.skip(planned(story)[1].id, "away", story.tom, NOW)
    before = table("review_call"), table("call_series")
    series.change(held, story.tom, NOW, rule="every other week on thursday", local_time="08:00")
    assert table("review_call") != before[0]
    journal.undo(story.tom, NOW + 1)
    assert (table("review_call"), table("call_series")) == before


def test_a_series_ends_with_a_day_and_its_later_calls_go(desk: Desk) -> None:
    story = call_desk()
    held = agree(story)
    first, second, third, *_ = planned(story)
    written = calls.write(third.id, story.tom, NOW, third.version, notes="Ask for the roadmap")
    told = series.end(held, story.tom, NOW, on="2026-06-16")
    assert told == "Tom ended review calls with Bank with Tue 16 Jun 2026."
    assert [each.id for each in planned(story)] == [first.id, second.id]
    assert (calls.call(written.id).state, calls.call(written.id).notes) == ("skipped", "Ask for the roadmap")
    assert series.ensure(NOW + 10 * DAY) == 0
    series.end(held, story.tom, NOW + DAY)
    with pytest.raises(CallRefused, match="has ended; agree a new one"):
        series.change(held, story.tom, NOW + DAY, minutes=30)


def test_the_past_is_not_changed(desk: Desk) -> None:
    story = call_desk()
    held = agree(story)
    with pytest.raises(CallRefused, match="from today on; Sun 31 May 2026 is over"):
        series.change(held, story.tom, NOW, from_on="2026-05-31", minutes=30)
    with pytest.raises(CallRefused, match="ends today at the earliest"):
        series.end(held, story.tom, NOW, on="2026-05-31")
    with pytest.raises(NotFound):
        series.end(999, story.tom, NOW)


def test_someone_elses_change_is_not_overwritten(desk: Desk) -> None:
    story = call_desk()
    held = agree(story)
    version = read(held).version
    series.change(held, story.who.anna, NOW, minutes=30)
    with pytest.raises(StaleRow, match="Anna changed review calls"):
        series.change(held, story.tom, NOW, version, minutes=60)
    assert {each.minutes for each in planned(story)} == {30}


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("move"), st.integers(0, 9), st.integers(-3, 3)),
        st.tuples(st.just("skip"), st.integers(0, 9), st.just(0)),
        st.tuples(st.just("time"), st.integers(8, 17), st.just(0)),
        st.tuples(st.just("day"), st.sampled_from([0, 1, 2, 3, 4]), st.integers(0, 20)),
        st.tuples(st.just("ensure"), st.just(0), st.just(0)),
        st.tuples(st.just("undo"), st.just(0), st.just(0)),
    ),
    max_size=7,
)


@settings(max_examples=40)
@given(steps=STEPS)
def test_whatever_is_done_each_slot_has_one_call(sqlite_desk: Desk, steps: list[tuple[str, int, int]]) -> None:
    empty(sqlite_desk)
    story = call_desk()
    held = agree(story, starts_on="2026-06-09")
    now = NOW
    for name, which, by in steps:
        now += 60
        _step(story, held, (name, which, by), now)
        found = [each for each in calls.calls(story.bank) if each.series_id == held]
        pattern = read(held).pattern
        wanted = recurrence.slots(pattern, date(2026, 6, 1), date(2026, 8, 30))
        assert sorted(each.slot_at or 0 for each in found) == [each.at for each in wanted]
        assert all(each.state in ("planned", "skipped") for each in found)


_NEWEST = (
    "SELECT kind FROM operation WHERE undone_by_id IS NULL AND kind <> 'undo' AND person_id = ?"
    " ORDER BY id DESC LIMIT 1"
)


def _step(story: Any, held: int, step: tuple[str, int, int], now: int) -> None:
    name, which, by = step
    due = planned(story)
    if not due:
        return
    try:
        if name == "move":
            calls.move(due[which % len(due)].id, due[which % len(due)].at + by * DAY, story.tom, now)
        elif name == "skip":
            calls.skip(due[which % len(due)].id, "away", story.tom, now)
        elif name == "time":
            series.change(held, story.tom, now, local_time=f"{which:02}:00")
        elif name == "day":
            day = ("mon", "tue", "wed", "thu", "fri")[which]
            series.change(held, story.tom, now, rule=f"every other week on {day}", from_on="2026-06-08")
        elif name == "ensure":
            assert series.ensure(now) == 0
        elif scalar(_NEWEST, (story.tom,)) != "series.agree":
            journal.undo(story.tom, now)
    except CallRefused as error:
        assert "is over" in str(error)
