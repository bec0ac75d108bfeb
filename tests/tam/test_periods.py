"""Promised hours are counted in the weeks, months, quarters and terms that were agreed, to the minute."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tam.periods import (
    FOREVER,
    NONE,
    Segment,
    Stretch,
    Term,
    cell,
    clipped,
    filled,
    label,
    layered,
    periods,
    terms_of,
)

JANUARY, JULY = date(2026, 1, 1), date(2026, 7, 1)
YEAR = Term(JANUARY, date(2027, 1, 1), date(2027, 1, 1))


def segment(per: str, minutes: int, first: date = JANUARY, after: date = FOREVER, **more: object) -> Segment:
    return Segment(per, minutes, first, after, **({"terms": (YEAR,)} | more))  # type: ignore[arg-type]


def told(*segments: Segment, until: date = date(2026, 12, 31)) -> list[tuple[str, str, int]]:
    return [(each.first.isoformat(), each.after.isoformat(), each.allowance) for each in periods(segments, until)]


@pytest.mark.parametrize(
    ("per", "first", "after", "expected"),
    [
        ("month", date(2026, 6, 1), date(2026, 7, 1), [("2026-06-01", "2026-07-01", 600)]),
        # 15 of 30 days; 10 of 31 days are 193.5 minutes, half a minute goes up.
        ("month", date(2026, 6, 16), date(2026, 7, 1), [("2026-06-16", "2026-07-01", 300)]),
        ("month", date(2026, 7, 22), date(2026, 8, 1), [("2026-07-22", "2026-08-01", 194)]),
        ("week", date(2026, 6, 3), date(2026, 6, 10), [("2026-06-03", "2026-06-08", 429),
            ("2026-06-08", "2026-06-10", 171)]),
        ("quarter", date(2026, 5, 1), date(2026, 7, 1), [("2026-05-01", "2026-07-01", 402)]),
        # Two hundred days of a term of 365.
        ("term", date(2026, 6, 15), FOREVER, [("2026-06-15", "2027-01-01", 329)]),
    ],
)  # fmt: skip
def test_a_partial_period_is_prorated_by_its_days(
    per: str, first: date, after: date, expected: list[tuple[str, str, int]]
) -> None:
    assert told(segment(per, 600, first, after)) == expected


def test_days_of_credit_give_weeks_more_and_a_term_nothing_more() -> None:
    extended = (Term(JANUARY, date(2026, 2, 2), date(2026, 2, 12)),)
    weeks = told(segment("week", 70, terms=extended))
    assert weeks[-3:] == [
        ("2026-01-26", "2026-02-02", 70),
        ("2026-02-02", "2026-02-09", 70),
        ("2026-02-09", "2026-02-12", 30),
    ]
    assert told(segment("term", 600, terms=extended)) == [("2026-01-01", "2026-02-12", 600)]
    late = told(segment("term", 600, date(2026, 2, 5), terms=extended))
    assert late == [("2026-02-05", "2026-02-12", 0)]


def test_a_term_without_dates_is_all_of_the_contract() -> None:
    assert told(segment("term", 600, terms=())) == [("2026-01-01", FOREVER.isoformat(), 600)]


def test_hours_are_promised_in_terms_only() -> None:
    gap = (Term(JANUARY, date(2026, 1, 16), date(2026, 1, 16)), Term(date(2026, 3, 1), JULY, JULY))
    assert told(segment("month", 310, terms=gap), until=date(2026, 3, 31)) == [
        ("2026-01-01", "2026-01-16", 150),
        ("2026-03-01", "2026-04-01", 310),
    ]


def test_more_hours_of_the_same_kind_from_the_middle_of_a_month_are_one_period() -> None:
    middle = date(2026, 6, 16)
    found = periods(
        [segment("month", 600, after=middle, source="old"), segment("month", 900, middle, source="new")], middle
    )
    assert [(each.label, each.allowance) for each in found[-2:]] == [("May 2026", 600), ("Jun 2026", 750)]
    assert [(part.source, part.minutes, part.days, part.whole) for part in found[-1].parts] == [
        ("old", 600, 15, 30),
        ("new", 900, 15, 30),
    ]
    # It is the same on the day before the change: what was agreed for later in the month is promised in the month.
    agreed = [segment("month", 600, after=middle), segment("month", 900, middle)]
    assert periods(agreed, date(2026, 6, 2))[-1].allowance == 750


def test_another_kind_begins_another_period_and_keeps_the_ones_before() -> None:
    middle = date(2026, 6, 17)
    found = told(segment("month", 600, after=middle), segment("week", 140, middle), until=date(2026, 6, 25))
    assert found[-4:] == [
        ("2026-05-01", "2026-06-01", 600),
        ("2026-06-01", "2026-06-17", 320),
        ("2026-06-17", "2026-06-22", 100),
        ("2026-06-22", "2026-06-29", 140),
    ]


def test_a_later_agreement_stands_above_an_earlier_one() -> None:
    found = layered(
        [segment("month", 1), segment("week", 2, date(2026, 3, 1), date(2026, 4, 1)), segment("month", 3, JULY)]
    )
    assert [(each.minutes, each.first) for each in found] == [
        (1, JANUARY),
        (2, date(2026, 3, 1)),
        (1, date(2026, 4, 1)),
        (3, JULY),
    ]


def test_a_term_ends_where_the_next_one_starts_whatever_was_granted() -> None:
    found = terms_of([(JULY, date(2026, 12, 31), 5), (JANUARY, date(2026, 6, 30), 9)])
    assert found == (Term(JANUARY, JULY, JULY), Term(JULY, date(2027, 1, 1), date(2027, 1, 6)))


def test_time_without_a_promise_is_told_in_months_and_takes_nothing_over() -> None:
    spring = segment("month", 60, date(2026, 2, 1), date(2026, 3, 10), carry="full")
    found = filled(periods([spring], date(2026, 4, 5)), [Stretch(date(2026, 1, 20), date(2026, 5, 1))])
    assert [(each.kind, each.first, each.carries) for each in found] == [
        ("none", date(2026, 1, 20), False),
        ("month", date(2026, 2, 1), True),
        ("month", date(2026, 3, 1), False),
        ("none", date(2026, 3, 10), False),
        ("none", date(2026, 4, 1), False),
    ]


@pytest.mark.parametrize(
    ("kind", "day", "expected", "name"),
    [
        ("week", date(2026, 1, 1), Stretch(date(2025, 12, 29), date(2026, 1, 5)), "week 1"),
        ("month", date(2024, 2, 29), Stretch(date(2024, 2, 1), date(2024, 3, 1)), "Feb 2024"),
        ("month", date(2026, 12, 31), Stretch(date(2026, 12, 1), date(2027, 1, 1)), "Dec 2026"),
        ("quarter", date(2026, 6, 30), Stretch(date(2026, 4, 1), date(2026, 7, 1)), "Q2 2026"),
        ("quarter", date(2026, 10, 1), Stretch(date(2026, 10, 1), date(2027, 1, 1)), "Q4 2026"),
        ("month", date(9999, 12, 5), Stretch(date(9999, 12, 1), FOREVER), "Dec 9999"),
    ],
)
def test_periods_begin_and_end_as_in_the_calendar(kind: str, day: date, expected: Stretch, name: str) -> None:
    assert cell(kind, day) == expected
    assert label(kind, *expected) == name


def test_a_term_is_called_by_its_last_day() -> None:
    assert label("term", JANUARY, JULY) == "term to 2026-06-30"
    assert label("term", JANUARY, FOREVER) == "term without end"


DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
KINDS = st.sampled_from(("week", "month", "quarter", "term"))
AGREED = st.lists(st.tuples(KINDS, st.integers(1, 900), DAYS, st.integers(1, 500)), max_size=5)


def stacked(agreed: list[tuple[str, int, date, int]]) -> list[Segment]:
    terms = (
        Term(date(2025, 1, 1), date(2026, 1, 1), date(2026, 1, 9)),
        Term(date(2026, 3, 5), date(2028, 1, 1), FOREVER),
    )
    return layered(
        [Segment(per, much, day, day + timedelta(days=days), terms=terms) for per, much, day, days in agreed]
    )


@given(agreed=AGREED, first=DAYS, length=st.integers(1, 700))
def test_with_its_months_of_nothing_every_day_lies_in_one_period(
    agreed: list[tuple[str, int, date, int]], first: date, length: int
) -> None:
    stretch = Stretch(first, first + timedelta(days=length))
    inside = clipped(stacked(agreed), [stretch])
    found = filled(periods(inside, stretch.after), [stretch])
    assert found[0].first == stretch.first and found[-1].after == stretch.after
    assert all(held.after == following.first for held, following in pairwise(found))
    assert all(held.kind != NONE or held.allowance == 0 for held in found)


@given(agreed=AGREED, since=DAYS, until=DAYS)
def test_looking_at_some_periods_shows_them_as_looking_at_all(
    agreed: list[tuple[str, int, date, int]], since: date, until: date
) -> None:
    segments = stacked(agreed)
    every = periods(segments, date(2030, 1, 1))
    assert periods(segments, until, since) == [each for each in every if each.first <= until and each.after > since]


@given(minutes=st.integers(1, 5000), day=DAYS, kind=st.sampled_from(("week", "month", "quarter")))
def test_the_same_hours_agreed_twice_in_a_row_are_as_if_agreed_once(minutes: int, day: date, kind: str) -> None:
    begin, end = date(2025, 1, 1), date(2028, 1, 1)
    once = [Segment(kind, minutes, begin, end)]
    twice = [Segment(kind, minutes, begin, day), Segment(kind, minutes, day, end)]
    assert periods([each for each in twice if each.first < each.after], end) == periods(once, end)
