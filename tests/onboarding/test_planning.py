"""Dates of a checklist are worked out on working days, forward or backward, and stay put while nothing changes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onboarding.errors import OnboardingRefused
from onboarding.planning import Plan, PlanItem, plan

MONDAY = date(2026, 6, 1)
HOLIDAY = date(2026, 6, 4)


def weekdays(day: date) -> bool:
    return day.weekday() < 5 and day != HOLIDAY


def item(number: int, **said: object) -> PlanItem:
    columns: dict[str, object] = {"title": f"Item {number}", "days": 1, "anchor": "start", "offset": 0}
    return PlanItem(number, **(columns | said))  # type: ignore[arg-type]


def forward(*items: PlanItem, go_live: date | None = None) -> Plan:
    return plan(items, MONDAY, go_live, "start", weekdays)


def dates(planned: Plan, number: int) -> tuple[str, str]:
    found = planned.items[number]
    return str(found.starts_on), str(found.due_on)


def dates_of(planned: Plan) -> dict[int, tuple[date | None, date | None]]:
    return {number: (found.starts_on, found.due_on) for number, found in planned.items.items()}


def test_an_offset_counts_working_days_and_leaves_the_holiday_out() -> None:
    planned = forward(item(1), item(2, offset=3, days=2), item(3, offset=5))
    assert dates(planned, 1) == ("2026-06-01", "2026-06-01")
    assert dates(planned, 2) == ("2026-06-03", "2026-06-05")
    assert dates(planned, 3) == ("2026-06-09", "2026-06-09")


def test_an_item_waits_for_what_it_needs() -> None:
    planned = forward(item(1, offset=2, days=3), item(2, offset=1, days=2, needs=(1,)))
    assert dates(planned, 1) == ("2026-06-01", "2026-06-03")
    assert dates(planned, 2) == ("2026-06-05", "2026-06-08")
    assert planned.problems == ()


def test_what_counts_from_go_live_stands_before_it() -> None:
    planned = forward(item(1, anchor="go-live", offset=2, days=2), go_live=date(2026, 6, 30))
    assert dates(planned, 1) == ("2026-06-25", "2026-06-26")


def test_backward_from_go_live_everything_is_as_late_as_its_dependents_allow() -> None:
    items = (
        item(1, offset=1),
        item(2, offset=4, needs=(1,)),
        item(3, anchor="go-live", offset=2, days=2, needs=(2,)),
    )
    planned = plan(items, MONDAY, date(2026, 6, 30), "go-live", weekdays)
    assert dates(planned, 3) == ("2026-06-25", "2026-06-26")
    assert dates(planned, 2) == ("2026-06-24", "2026-06-24")
    assert dates(planned, 1) == ("2026-06-19", "2026-06-19")


def test_too_little_time_before_go_live_is_said() -> None:
    items = (item(1, days=5), item(2, days=5, needs=(1,)))
    planned = plan(items, MONDAY, date(2026, 6, 9), "go-live", weekdays)
    assert dates(planned, 1)[0] == "2026-06-01"
    [problem] = planned.problems
    assert problem == (
        "Item 2 would end on 2026-06-15, after go-live on 2026-06-09; move go-live or take something out."
    )


def test_counting_back_needs_a_go_live() -> None:
    with pytest.raises(OnboardingRefused, match="only once go-live has a date"):
        plan((item(1),), MONDAY, None, "go-live", weekdays)


def test_a_circle_is_refused_and_named() -> None:
    circular = (item(1, needs=(3,)), item(2, needs=(1,)), item(3, needs=(2,)))
    with pytest.raises(OnboardingRefused, match="Item 1 → Item 3 → Item 2 → Item 1"):
        forward(*circular)


def test_a_pinned_date_stays_and_what_it_breaks_is_said() -> None:
    due = date(2026, 6, 2)
    planned = forward(item(1, offset=4), item(2, needs=(1,), pinned=True, due=due))
    assert dates(planned, 2) == ("2026-06-02", "2026-06-02")
    assert planned.problems == (
        "Item 2 begins on 2026-06-02, before Item 1 ends on 2026-06-08; move one of the two dates.",
    )


def test_a_date_pinned_to_a_closed_day_is_said() -> None:
    planned = forward(item(1, pinned=True, due=HOLIDAY))
    assert planned.problems == ("Item 1: 2026-06-04 is not a working day; choose 2026-06-03.",)


def test_what_is_done_keeps_its_dates_and_what_was_done_without_dates_holds_up_nothing() -> None:
    was = date(2026, 5, 28)
    planned = forward(item(1, done=True, starts=was, due=was, days=9), item(2, done=True), item(3, needs=(1, 2)))
    assert dates(planned, 1) == ("2026-05-28", "2026-05-28")
    assert planned.items[2].due_on is None
    assert dates(planned, 3) == ("2026-06-01", "2026-06-01")


def test_what_was_done_early_lets_the_next_item_begin() -> None:
    later = date(2026, 6, 12)
    planned = forward(item(1, done=True, starts=later, due=later), item(2, offset=1, needs=(1,)))
    assert dates(planned, 2) == ("2026-06-02", "2026-06-02")
    assert planned.problems == ()


def test_slack_is_how_far_an_item_may_slip_before_go_live_does() -> None:
    items = (item(1, days=2, offset=1), item(2, days=3, needs=(1,)), item(3))
    planned = forward(*items, go_live=date(2026, 6, 10))
    assert [planned.items[number].slack_days for number in (1, 2, 3)] == [2, 2, 6]
    assert [planned.items[number].critical for number in (1, 2, 3)] == [True, True, False]


def test_without_a_go_live_slack_counts_to_the_end_of_the_last_item() -> None:
    planned = forward(item(1), item(2, offset=9))
    assert (planned.items[1].slack_days, planned.items[2].slack_days) == (9, 0)


def test_support_that_never_opens_is_refused() -> None:
    with pytest.raises(OnboardingRefused, match="no working day for more than a year"):
        plan((item(1),), MONDAY, None, "start", lambda day: False)


@st.composite
def checklists(draw: st.DrawFn) -> list[PlanItem]:
    """Items that need only earlier ones, in any order."""
    found = []
    for number in range(draw(st.integers(1, 12))):
        needs = draw(st.sets(st.integers(0, number - 1), max_size=3)) if number else set()
        found.append(
            item(
                number,
                days=draw(st.integers(1, 6)),
                anchor=draw(st.sampled_from(["start", "go-live"])),
                offset=draw(st.integers(0, 30)),
                needs=tuple(sorted(needs)),
                begins=draw(st.sampled_from([None, None, MONDAY - timedelta(days=20)])),
            )
        )
    return draw(st.permutations(found))


closed_days = st.sets(st.integers(-40, 250).map(lambda number: MONDAY + timedelta(days=number)), max_size=60)
go_lives = st.integers(1, 150).map(lambda number: MONDAY + timedelta(days=number))
directions = st.sampled_from(["start", "go-live"])


@given(checklists(), closed_days, go_lives, directions)
def test_nothing_is_planned_on_a_closed_day_or_before_what_it_needs(
    items: list[PlanItem], closed: set[date], go_live: date, direction: str
) -> None:
    def is_open(day: date) -> bool:
        return day.weekday() < 5 and day not in closed

    planned = plan(items, MONDAY, go_live, direction, is_open)
    for each in items:
        starts, due = planned.items[each.id].starts_on, planned.items[each.id].due_on
        assert starts is not None and due is not None
        assert is_open(starts) and is_open(due)
        assert min(each.begins or MONDAY, MONDAY) <= starts <= due
        between = [starts + timedelta(days=number) for number in range((due - starts).days + 1)]
        assert sum(map(is_open, between)) == each.days
        for need in each.needs:
            ended = planned.items[need].due_on
            assert ended is not None and ended < starts
    late = [each for each in planned.items.values() if each.due_on and each.due_on > go_live]
    assert bool(late) <= bool(planned.problems)


@given(checklists(), go_lives, directions, st.data())
def test_planning_again_changes_nothing_and_what_is_done_puts_nothing_off(
    items: list[PlanItem], go_live: date, direction: str, data: st.DataObject
) -> None:
    first = plan(items, MONDAY, go_live, direction, weekdays)
    assert plan(items, MONDAY, go_live, direction, weekdays) == first
    turned = plan(list(reversed(items)), MONDAY, go_live, direction, weekdays)
    assert dates_of(turned) == dates_of(first)
    kept = data.draw(st.sets(st.sampled_from([each.id for each in items])))
    pinned = [
        each._replace(done=True, starts=first.items[each.id].starts_on, due=first.items[each.id].due_on)
        if each.id in kept
        else each
        for each in items
    ]
    again = plan(pinned, MONDAY, go_live, direction, weekdays)
    for number, (starts, due) in dates_of(again).items():
        was_starts, was_due = dates_of(first)[number]
        assert starts and due and was_starts and was_due
        assert (starts, due) == (was_starts, was_due) if number in kept else starts <= was_starts and due <= was_due


@given(checklists(), go_lives)
def test_slack_is_true(items: list[PlanItem], go_live: date) -> None:
    planned = plan(items, MONDAY, go_live, "start", weekdays)
    for each in items:
        slack = planned.items[each.id].slack_days
        if slack <= 0 or planned.problems:
            continue
        due = planned.items[each.id].due_on
        assert due is not None
        slipped = due
        for _ in range(slack):
            slipped += timedelta(days=1)
            while not weekdays(slipped):
                slipped += timedelta(days=1)
        later = [other._replace(pinned=True, due=slipped) if other.id == each.id else other for other in items]
        again = plan(later, MONDAY, go_live, "start", weekdays)
        assert again.problems == ()
