from collections import defaultdict
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import DomainError
from tam.rounding import ENTRY, NEAREST, PERSON_DAY, UP, rounded


class Spent(NamedTuple):
    id: int
    person_id: int
    on: str
    minutes: int


DAYS = ("2026-06-01", "2026-06-02")
ENTRIES = st.lists(st.tuples(st.integers(1, 3), st.sampled_from(DAYS), st.integers(1, 1440)), max_size=12).map(
    lambda found: [Spent(number, *each) for number, each in enumerate(found)]
)
STEPS = st.integers(1, 120)


def test_four_short_calls_of_a_day_are_one_quarter_each_or_one_hour_together() -> None:
    calls = [Spent(number, 1, DAYS[0], 14) for number in range(4)]
    assert rounded(calls, 15, PERSON_DAY).rounded == 60
    assert rounded(calls, 15, ENTRY).rounded == 60
    calls = [Spent(number, 1, DAYS[0], 16) for number in range(4)]
    assert rounded(calls, 15, PERSON_DAY).rounded == 75
    assert rounded(calls, 15, ENTRY).rounded == 120
    assert rounded(calls, 15, ENTRY, NEAREST).rounded == 60
    assert rounded(calls, 15, ENTRY).minutes == 64


def test_half_a_step_is_rounded_up_and_a_little_is_not_lost() -> None:
    told = [rounded([Spent(1, 1, DAYS[0], minutes)], 30, ENTRY, NEAREST).rounded for minutes in (1, 44, 45, 60)]
    assert told == [30, 30, 60, 60]


@given(entries=ENTRIES, step=STEPS)
def test_no_entry_is_lost_and_a_day_is_never_short(entries: list[Spent], step: int) -> None:
    days: dict[tuple[str, int], int] = defaultdict(int)
    for each in entries:
        days[each.on, each.person_id] += each.minutes
    view = rounded(entries, step)
    assert {(each.on, each.person_id): each.minutes for each in view.groups} == days
    assert all(each.minutes <= each.rounded < each.minutes + step for each in view.groups)
    assert view.minutes == sum(each.minutes for each in entries)
    single = rounded(entries, step, ENTRY)
    assert [each.entry_id for each in single.groups] == sorted(
        range(len(entries)), key=lambda at: (entries[at].on, entries[at].person_id, at)
    )
    assert view.rounded <= single.rounded
    assert single.minutes == view.minutes


@given(entries=ENTRIES, step=STEPS, per=st.sampled_from((ENTRY, PERSON_DAY)), mode=st.sampled_from((UP, NEAREST)))
def test_rounded_time_is_in_whole_steps_near_to_what_was_worked(
    entries: list[Spent], step: int, per: str, mode: str
) -> None:
    for each in rounded(entries, step, per, mode).groups:
        assert each.rounded % step == 0
        assert each.rounded >= step
        assert abs(each.rounded - each.minutes) < step


@given(entries=ENTRIES, per=st.sampled_from((ENTRY, PERSON_DAY)), mode=st.sampled_from((UP, NEAREST)))
def test_steps_of_a_minute_change_nothing(entries: list[Spent], per: str, mode: str) -> None:
    view = rounded(entries, 1, per, mode)
    assert view.rounded == view.minutes


@pytest.mark.parametrize(("step", "per", "mode"), [(0, ENTRY, UP), (1441, ENTRY, UP), (5, "week", UP), (5, ENTRY, "")])
def test_what_cannot_be_rounded_by_is_refused(step: int, per: str, mode: str) -> None:
    with pytest.raises(DomainError, match="Time is rounded"):
        rounded([], step, per, mode)
