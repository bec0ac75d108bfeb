"""Each minute of promised time is accounted for: given, spent, left, lapsed or carried on."""

from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tam.ledger import Closed, Ledger, PeriodAccount, TopUp, reckon
from tam.periods import Period

FIRST = date(2026, 1, 1)
MONTHS = [date(2026, month, 1) for month in range(1, 8)]


def months(allowance: int, number: int = 3, **carry: object) -> list[Period]:
    return [Period("month", MONTHS[index], MONTHS[index + 1], allowance, **carry) for index in range(number)]  # type: ignore[arg-type]


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def told(period: PeriodAccount) -> tuple[int, int, int, int, int, int]:
    """Carried in, spent, over, left, lapsed, carried out."""
    return (period.carried_in, period.spent, period.over, period.left, period.lapsed, period.carried_out)


SPENT = {day("01-10"): 40, day("02-10"): 130, day("03-10"): 10}
END = day("03-20")


@pytest.mark.parametrize(
    ("carry", "expected"),
    [
        ({}, [(0, 40, 0, 0, 60, 0), (0, 130, 30, 0, 0, 0), (0, 10, 0, 90, 0, 0)]),
        ({"carry": "full"}, [(0, 40, 0, 0, 0, 60), (60, 130, 0, 0, 0, 30), (30, 10, 0, 120, 0, 0)]),
        ({"carry": "capped", "carry_cap": 20}, [(0, 40, 0, 0, 40, 20), (20, 130, 10, 0, 0, 0), (0, 10, 0, 90, 0, 0)]),
        ({"carry_deficit": True}, [(0, 40, 0, 0, 60, 0), (0, 130, 0, 0, 0, -30), (-30, 10, 0, 60, 0, 0)]),
    ],
)
def test_what_is_left_goes_on_as_was_agreed(carry: dict[str, object], expected: list[tuple[int, ...]]) -> None:
    found = reckon(months(100, **carry), [], SPENT, [], END)
    assert [told(each) for each in found.periods] == expected


def test_exactly_all_of_it_is_not_over() -> None:
    found = reckon(months(100, 1), [], {day("01-31"): 100}, [], day("01-31"))
    assert told(found.periods[0]) == (0, 100, 0, 0, 0, 0)


def test_what_expires_first_is_spent_first() -> None:
    early, late = TopUp(1, 30, day("01-01"), day("01-20")), TopUp(2, 50, day("01-15"), day("04-01"))
    found = reckon(
        months(100, 2), [late, early], {day("01-10"): 20, day("01-18"): 95, day("01-25"): 40}, [], day("02-05")
    )
    assert found.periods[0].from_top_ups == {1: 30, 2: 25}
    assert [(each.id, each.used, each.left, each.lapsed) for each in found.top_ups] == [(2, 25, 25, 0), (1, 30, 0, 0)]


def test_a_top_up_that_ends_with_the_period_waits_for_it_unless_the_rest_is_carried_on() -> None:
    same = TopUp(1, 60, day("01-01"), day("02-01"))
    kept = reckon(months(100, 1), [same], {day("01-10"): 60}, [], day("02-05"))
    assert (kept.periods[0].lapsed, kept.top_ups[0].used, kept.top_ups[0].lapsed) == (40, 0, 60)
    carried = reckon(months(100, 1, carry="full"), [same], {day("01-10"): 60}, [], day("02-05"))
    assert (carried.periods[0].carried_out, carried.top_ups[0].used) == (100, 60)


def test_a_top_up_does_not_pay_for_days_before_it_or_for_a_deficit() -> None:
    late = TopUp(1, 50, day("02-10"), day("03-01"))
    found = reckon(months(10, 2, carry_deficit=True), [late], {day("01-05"): 30, day("02-12"): 5}, [], day("02-15"))
    assert told(found.periods[1]) == (-20, 5, 10, 0, 0, 0)
    assert found.top_ups[0].left == 45


def test_a_closed_period_stands_and_the_others_go_on_from_it() -> None:
    closed = Closed("month", MONTHS[0], MONTHS[1], 500, 0, 450, {1: 20}, 70)
    found = reckon(months(100, 2)[1:], [TopUp(1, 50, FIRST, MONTHS[3])], {day("02-03"): 180}, [closed], day("02-10"))
    assert told(found.periods[1]) == (70, 180, 0, 0, 0, 0)
    assert found.periods[1].from_top_ups == {1: 10} and found.top_ups[0].used == 30


def test_minutes_outside_every_period_are_not_lost_in_silence() -> None:
    with pytest.raises(ValueError, match="2026-05-05 lies in no period"):
        reckon(months(100), [], {day("05-05"): 5}, [], END)


DAYS = st.integers(0, 180).map(lambda number: FIRST + timedelta(days=number))
PERIODS = st.lists(
    st.tuples(st.integers(0, 300), st.sampled_from(("none", "capped", "full")), st.integers(0, 200), st.booleans()),
    min_size=6,
    max_size=6,
)
TOP_UPS = st.lists(st.tuples(st.integers(1, 300), DAYS, st.integers(1, 90)), max_size=4)
ENTRIES = st.lists(st.tuples(DAYS, st.integers(1, 200)), max_size=25)


def account(
    agreed: list[tuple[int, str, int, bool]],
    topped: list[tuple[int, date, int]],
    entries: list[tuple[date, int]],
    today: date,
    closed: list[Closed],
) -> Ledger:
    made = [Period("month", MONTHS[n], MONTHS[n + 1], much, (), *carry) for n, (much, *carry) in enumerate(agreed)]
    added = [TopUp(n, much, first, first + timedelta(days=days)) for n, (much, first, days) in enumerate(topped)]
    spent: dict[date, int] = {}
    for on, minutes in entries:
        spent[on] = spent.get(on, 0) + minutes
    return reckon(made[len(closed) :], added, spent, closed, today)


def assert_balances(found: Ledger) -> None:
    for each in found.periods:
        given_ = each.allowance + each.carried_in + sum(each.from_top_ups.values()) + each.over
        assert given_ == each.spent + each.left + each.lapsed + each.carried_out
        assert min(each.over, each.left, each.lapsed, *each.from_top_ups.values(), 0) == 0
    for held in found.top_ups:
        assert held.minutes == held.used + held.left + held.lapsed
        assert min(held.used, held.left, held.lapsed) >= 0
        assert held.used == sum(each.from_top_ups.get(held.id, 0) for each in found.periods)
    for before, following in pairwise(found.periods):
        assert following.carried_in == before.carried_out


@given(agreed=PERIODS, topped=TOP_UPS, entries=ENTRIES, today=DAYS, order=st.randoms(use_true_random=False))
def test_it_always_balances_whatever_the_order(
    agreed: list[tuple[int, str, int, bool]],
    topped: list[tuple[int, date, int]],
    entries: list[tuple[date, int]],
    today: date,
    order: Random,
) -> None:
    found = account(agreed, topped, entries, today, [])
    assert_balances(found)
    assert sum(each.spent for each in found.periods) == sum(minutes for _, minutes in entries)
    order.shuffle(entries)
    assert account(agreed, topped, entries, today, []) == found


@given(agreed=PERIODS, topped=TOP_UPS, entries=ENTRIES, today=DAYS)
def test_closing_what_is_over_changes_no_number(
    agreed: list[tuple[int, str, int, bool]],
    topped: list[tuple[int, date, int]],
    entries: list[tuple[date, int]],
    today: date,
) -> None:
    live = account(agreed, topped, entries, today, [])
    closed: list[Closed] = []
    for each in live.periods:
        if each.after > today:
            break
        numbers = (each.allowance, each.carried_in, each.spent, each.from_top_ups, each.carried_out)
        closed.append(Closed(each.kind, each.first, each.after, *numbers))
        frozen = account(agreed, topped, entries, today, closed)
        assert_balances(frozen)
        assert [told(period) for period in frozen.periods] == [told(period) for period in live.periods]
        assert frozen.top_ups == live.top_ups
