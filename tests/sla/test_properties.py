from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sla_reference import SlowReference, at

from sla.calendar import Calendar
from sla.explain import explain
from sla.hours import SupportHours

MINUTE, DAY = 60, 86400

CHANGES = {
    "America/Sao_Paulo": ["2018-11-04", "2019-02-17"],  # at midnight, forward and back
    "Asia/Beirut": ["2022-03-27", "2022-10-30"],
    "Africa/Cairo": ["2023-04-28", "2023-10-27"],
    "Australia/Lord_Howe": ["2024-04-07", "2024-10-06"],  # half an hour
    "Europe/Zurich": ["2024-03-31", "2024-10-27"],
    "America/New_York": ["2024-03-10", "2024-11-03"],
    "Asia/Kathmandu": ["1986-01-01", "2024-06-01"],  # 15 minutes, once
    "Pacific/Apia": ["2011-12-30", "2012-04-01"],  # a day that never was
}
"""Zones and dates around which they change."""


@st.composite
def days(draw: st.DrawFn, regular: bool = False) -> tuple[tuple[int, int], ...]:
    """The intervals of a day, some touching midnight, some closed."""
    step = 15 if regular else 1
    edges = draw(st.lists(st.integers(0, 1440 // step), max_size=6, unique=True).map(sorted))
    edges = [edge * step for edge in edges]
    return tuple(zip(edges[0::2], edges[1::2], strict=False))


@st.composite
def cases(draw: st.DrawFn) -> tuple[SupportHours, int]:
    """Hours that open at least once a week, and an instant near a change of the clocks."""
    zone = draw(st.sampled_from(sorted(CHANGES)))
    change = date.fromisoformat(draw(st.sampled_from(CHANGES[zone])))
    regular = draw(st.booleans())
    week = [draw(days(regular)) for _ in range(7)]
    sure = draw(st.integers(0, 6))
    week[sure] = week[sure] or ((480, 1020),)
    near = [(change + timedelta(days=shift)).isoformat() for shift in range(-3, 4)]
    closed = draw(st.lists(st.sampled_from(near), max_size=2, unique=True))
    opened = draw(st.lists(st.sampled_from([day for day in near if day not in closed]), max_size=1))
    extra = tuple((day, draw(days()) or ((0, 1440),)) for day in opened)
    hours = SupportHours(
        "", zone, tuple(week), holidays=tuple(closed[:1]), extra_closed=tuple(closed[1:]), extra_open=extra
    )
    start = at(f"{change}T00:00+00:00") + draw(st.integers(-3 * DAY, 3 * DAY))
    return hours, start


def calendar_for(hours: SupportHours, start: int) -> Calendar:
    """A calendar that searches for every other start, and one that answers from tables for the rest."""
    calendar = Calendar(hours)
    if start // MINUTE % 2:
        calendar.prepare(start, start, often=True)
    return calendar


def amounts(most: int) -> st.SearchStrategy[int]:
    return st.integers(0, most) | st.sampled_from([1, MINUTE, 3600, DAY])


@settings(max_examples=250, deadline=None)
@given(cases(), amounts(30 * DAY))
def test_what_was_added_is_what_lies_between(case: tuple[SupportHours, int], seconds: int) -> None:
    hours, start = case
    calendar = calendar_for(hours, start)
    assert calendar.between(start, calendar.add(start, seconds)) == seconds
    assert calendar.between(calendar.subtract(start, seconds), start) == seconds


@settings(max_examples=250, deadline=None)
@given(cases(), amounts(9 * DAY), st.integers(1, 9 * DAY))
def test_two_steps_equal_one(case: tuple[SupportHours, int], first: int, second: int) -> None:
    hours, start = case
    calendar = calendar_for(hours, start)
    assert calendar.add(calendar.add(start, first), second) == calendar.add(start, first + second)
    assert calendar.subtract(calendar.subtract(start, first), second) == calendar.subtract(start, first + second)


@settings(max_examples=250, deadline=None)
@given(cases(), st.integers(1, 20 * DAY))
def test_counting_back_undoes_counting_on(case: tuple[SupportHours, int], seconds: int) -> None:
    hours, start = case
    calendar = calendar_for(hours, start)
    opening = calendar.add(start, 0)
    assert calendar.subtract(calendar.add(start, seconds), seconds) == opening
    closing = calendar.subtract(start, 0)
    assert calendar.add(calendar.subtract(start, seconds), seconds) == closing


@settings(max_examples=250, deadline=None)
@given(cases(), st.integers(0, 5 * DAY), st.integers(0, 9 * DAY), st.integers(0, 9 * DAY))
def test_later_is_never_earlier(case: tuple[SupportHours, int], later: int, some: int, more: int) -> None:
    hours, start = case
    calendar = calendar_for(hours, start)
    assert calendar.add(start, some) <= calendar.add(start, some + more)
    assert calendar.add(start, some) <= calendar.add(start + later, some)
    assert calendar.subtract(start, some) >= calendar.subtract(start, some + more)
    assert 0 <= calendar.between(start, start + later) <= later
    assert calendar.between(start + later, start) == -calendar.between(start, start + later)


@settings(max_examples=150, deadline=None)
@given(cases(), st.integers(0, 1500))
def test_a_slow_count_by_the_minute_agrees(case: tuple[SupportHours, int], minutes: int) -> None:
    hours, start = case
    start -= start % MINUTE
    calendar, slow = calendar_for(hours, start), SlowReference(hours)
    assert calendar.is_open(start) == slow.is_open(start)
    assert calendar.add(start, minutes * MINUTE) == slow.add(start, minutes)
    assert calendar.subtract(start, minutes * MINUTE) == slow.subtract(start, minutes)
    end = start + minutes * 3 * MINUTE
    assert calendar.between(start, end) == slow.between(start, end)


@settings(max_examples=100, deadline=None)
@given(cases(), st.integers(0, 12 * DAY))
def test_an_explanation_adds_up_and_never_overlaps(case: tuple[SupportHours, int], length: int) -> None:
    hours, start = case
    calendar = calendar_for(hours, start)
    spans = explain(calendar, start, start + length)
    assert sum(span.seconds for span in spans) == calendar.between(start, start + length)
    assert all(span.seconds in (0, span.end - span.start) for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(start <= span.start < span.end <= start + length for span in spans)


@pytest.mark.parametrize("zone", sorted(CHANGES))
def test_every_minute_around_a_change_is_as_the_wall_says(zone: str) -> None:
    hours = SupportHours("", zone, (((0, 30), (90, 150), (1380, 1440)),) * 7)
    calendar, slow = Calendar(hours), SlowReference(hours)
    for change in CHANGES[zone]:
        noon = at(f"{change}T12:00+00:00")
        for minute in range(noon - 2 * DAY, noon + 2 * DAY, MINUTE):
            assert calendar.is_open(minute) == slow.is_open(minute), (zone, minute)
