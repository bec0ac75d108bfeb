from concurrent.futures import ThreadPoolExecutor

import pytest
from sla_reference import at

from sla.calendar import Calendar, calendar_of
from sla.errors import OutOfRange
from sla.hours import ALWAYS, BUSINESS, EXTENDED, SupportHours

HOUR = 3600
CLOSED = ((),) * 7


@pytest.mark.parametrize(
    ("received", "minutes", "expected"),
    [
        ("2024-04-03T09:00", 120, "2024-04-03T11:00"),
        ("2024-03-28T16:30", 120, "2024-04-02T09:30"),  # over Good Friday, the weekend and Easter Monday
        ("2024-03-28T16:40:17", 120, "2024-04-02T09:40:17"),  # seconds are kept
        ("2024-03-28T16:30", 30, "2024-03-28T17:00"),  # used up exactly at closing
        ("2024-03-28T17:00", 0, "2024-04-02T08:00"),  # 17:00 is closed already
        ("2024-03-28T16:59:59", 0, "2024-03-28T16:59:59"),
        ("2024-03-28T17:00", 1, "2024-04-02T08:01"),
        ("2024-03-30T12:00", 60, "2024-04-02T09:00"),
        ("2024-04-03T07:59", 60, "2024-04-03T09:00"),
        ("2024-04-03T08:00", 540, "2024-04-03T17:00"),  # a whole day
        ("2024-07-31T16:00", 120, "2024-08-02T09:00"),  # Swiss National Day
        ("2023-12-22T16:00", 24 * 60, "2023-12-29T13:00"),  # Christmas and Saint Stephen
    ],
)
def test_a_customer_counts_business_hours_as_we_do(received: str, minutes: int, expected: str) -> None:
    assert calendar_of(BUSINESS).add(at(received), minutes * 60) == at(expected)


@pytest.mark.parametrize(
    ("end", "minutes", "expected"),
    [
        ("2024-04-02T09:30", 120, "2024-03-28T16:30"),
        ("2024-04-02T08:00", 0, "2024-03-28T17:00"),  # 08:00 has no open time before it
        ("2024-04-02T08:00:01", 0, "2024-04-02T08:00:01"),
        ("2024-04-02T09:00", 60, "2024-04-02T08:00"),  # used up exactly at opening
        ("2024-04-01T12:00", 30, "2024-03-28T16:30"),
    ],
)
def test_counting_back_mirrors_counting_on(end: str, minutes: int, expected: str) -> None:
    assert calendar_of(BUSINESS).subtract(at(end), minutes * 60) == at(expected)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2024-03-28T16:30", "2024-04-02T09:30", 120),
        ("2024-04-02T09:30", "2024-03-28T16:30", -120),
        ("2024-03-29T00:00", "2024-04-02T00:00", 0),
        ("2024-04-02T17:00", "2024-04-03T08:00", 0),
    ],
)
def test_the_open_time_between_two_instants_has_a_sign(start: str, end: str, minutes: int) -> None:
    assert calendar_of(BUSINESS).between(at(start), at(end)) == minutes * 60


def test_extended_hours_run_from_seven_to_seven() -> None:
    calendar = calendar_of(EXTENDED)
    assert not calendar.is_open(at("2024-04-03T06:59:59"))
    assert calendar.is_open(at("2024-04-03T07:00"))
    assert calendar.is_open(at("2024-04-03T18:59:59"))
    assert not calendar.is_open(at("2024-04-03T19:00"))


def test_a_header_says_when_support_opens_and_closes() -> None:
    calendar = calendar_of(BUSINESS)
    assert calendar.next_closing(at("2024-03-28T16:30")) == at("2024-03-28T17:00")
    assert calendar.next_closing(at("2024-03-28T17:00")) == at("2024-04-02T17:00")
    assert calendar.next_opening(at("2024-03-28T17:00")) == at("2024-04-02T08:00")
    assert calendar.next_opening(at("2024-03-28T16:30")) == at("2024-03-28T16:30")


def test_around_the_clock_is_real_time_also_when_the_clocks_change() -> None:
    calendar = calendar_of(ALWAYS)
    assert calendar.add(at("2024-03-31T01:30"), HOUR) == at("2024-03-31T03:30")
    assert calendar.subtract(at("2024-10-27T04:00"), 2 * HOUR) == at("2024-10-27T02:00+01:00")
    assert calendar.between(at("2024-03-31T00:00"), at("2024-04-01T00:00")) == 23 * HOUR
    assert calendar.is_open(0)
    assert calendar.next_closing(0) is None
    assert calendar.business_day() == 86400


def test_a_full_week_with_one_closed_day_closes_once() -> None:
    hours = SupportHours("", "Europe/Zurich", (((0, 1440),),) * 7, extra_closed=("2024-05-01",))
    calendar = Calendar(hours)
    assert calendar.next_closing(at("2023-01-01T12:00")) == at("2024-05-01T00:00")
    assert calendar.next_opening(at("2024-05-01T12:00")) == at("2024-05-02T00:00")
    assert calendar.next_closing(at("2024-06-01T12:00")) is None
    assert calendar.between(at("2024-04-30T00:00"), at("2024-05-03T00:00")) == 48 * HOUR


def test_neighbouring_intervals_are_one() -> None:
    hours = SupportHours("", "UTC", (((480, 720), (720, 1440)), ((0, 60),), *CLOSED[2:]))
    assert Calendar(hours).next_closing(at("2024-04-01T09:00+00:00")) == at("2024-04-02T01:00+00:00")


def test_an_opened_day_wins_over_holiday_and_weekend() -> None:
    hours = SupportHours(
        "",
        "Europe/Zurich",
        BUSINESS.week,
        "CH",
        "SG",
        extra_open=(("2024-04-01", ((540, 600),)), ("2024-03-30", ((0, 60),))),
    )
    calendar = Calendar(hours)
    assert calendar.add(at("2024-03-28T17:00"), HOUR) == at("2024-03-30T01:00")
    assert calendar.add(at("2024-03-30T01:00"), 30 * 60) == at("2024-04-01T09:30")


def test_ten_thousand_open_hours_are_answered() -> None:
    start = at("2024-04-03T08:00")
    calendar = Calendar(BUSINESS)
    due = calendar.add(start, 10_000 * HOUR)
    assert calendar.between(start, due) == 10_000 * HOUR
    assert due > start + 4 * 365 * 86400
    assert calendar.subtract(due, 10_000 * HOUR) == start


def test_a_calendar_open_an_hour_a_week_does_not_give_up() -> None:
    calendar = Calendar(SupportHours("", "Europe/Zurich", (((480, 540),), *CLOSED[1:])))
    start = at("2024-04-01T08:00")
    assert calendar.add(start, 1000 * HOUR) == at("2043-05-25T09:00")
    assert calendar.subtract(start, 1000 * HOUR) == at("2005-01-31T08:00")


def test_hours_that_open_on_listed_days_only_end_with_the_last() -> None:
    calendar = Calendar(
        SupportHours("", "UTC", CLOSED, extra_open=(("2024-05-01", ((0, 60),)), ("2030-05-01", ((0, 60),))))
    )
    assert calendar.add(at("2024-05-01T00:00+00:00"), 2 * HOUR) == at("2030-05-01T01:00+00:00")
    for refused in (
        lambda: calendar.add(at("2024-05-01T00:00+00:00"), 2 * HOUR + 1),
        lambda: calendar.add(at("2031-05-01T00:00+00:00"), 0),
        lambda: calendar.subtract(at("2024-05-01T00:00+00:00"), 1),
    ):
        with pytest.raises(OutOfRange, match=r"no more open time|out of the years"):
            refused()


@pytest.mark.parametrize("hours", [BUSINESS, ALWAYS])
def test_what_no_year_holds_is_refused_at_once(hours: SupportHours) -> None:
    calendar = Calendar(hours)
    for refused in (
        lambda: calendar.add(0, 10**15),
        lambda: calendar.subtract(0, 10**15),
        lambda: calendar.add(10**15, 60),
        lambda: calendar.add(-(10**15), 60),
    ):
        with pytest.raises(OutOfRange):
            refused()
    for negative in (lambda: calendar.add(0, -1), lambda: calendar.subtract(0, -1)):
        with pytest.raises(ValueError, match="below zero"):
            negative()


def test_an_hour_that_the_wall_skips_is_never_open_and_one_shown_twice_is_open_twice() -> None:
    calendar = Calendar(SupportHours("", "Europe/Zurich", (((120, 180),),) * 7))
    assert calendar.between(at("2024-03-31T00:00"), at("2024-04-01T00:00")) == 0
    assert calendar.between(at("2024-10-27T00:00"), at("2024-10-28T00:00")) == 2 * HOUR


def test_a_batch_answers_as_one_by_one_does() -> None:
    calendar = Calendar(BUSINESS)
    starts = [at("2024-03-28T16:30") + 977 * step for step in range(500)]
    amounts = [60 * step for step in range(500)]
    ends = [start + 7919 * step for step, start in enumerate(starts)]
    for often in (False, True):
        calendar.prepare(starts[0], starts[-1], often=often)
        assert calendar.add_many(starts, amounts) == [calendar.add(*case) for case in zip(starts, amounts, strict=True)]
        assert calendar.add_many(starts, 60) == [calendar.add(start, 60) for start in starts]
        assert calendar.between_many(starts, ends) == [
            calendar.between(*case) for case in zip(starts, ends, strict=True)
        ]
    far = [*starts, at("2044-03-28T16:30")]
    assert calendar.add_many(far, 60)[-1] == calendar.add(far[-1], 60)
    assert calendar.between_many(far, far) == [0] * len(far)
    assert calendar.add_many([], 60) == calendar.between_many([], []) == []


@pytest.mark.parametrize("often", [False, True])
@pytest.mark.parametrize("odd_minutes", [0, 7])
def test_table_and_search_agree_with_the_plain_way(odd_minutes: int, often: bool) -> None:
    week = (((480 + odd_minutes, 720), (780, 1020)),) * 5 + ((), ())
    calendar = Calendar(SupportHours("", "Europe/Zurich", week, "CH", "SG"))
    first = at("2000-01-01T00:00") if odd_minutes else at("2024-01-01T00:00")
    calendar.prepare(first, at("2026-12-31T00:00"), often=often)
    for step in range(2000):
        start = at("2024-03-28T16:30") + 3571 * step
        seconds = 101 * step
        assert calendar.add(start, seconds) == calendar._add(start, seconds)
        assert calendar.between(start, start + seconds) == calendar._between(start, start + seconds)


def test_threads_may_ask_while_the_range_grows() -> None:
    calendar = Calendar(BUSINESS)
    starts = [at(f"{year}-04-03T09:00+02:00") for year in (2024, 2040, 1990, 2070, 2025, 1970, 2024, 2090)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda start: calendar.add(start, HOUR), starts))
    assert answers == [Calendar(BUSINESS).add(start, HOUR) for start in starts]


def test_a_far_century_is_answered_beside_ours() -> None:
    calendar = Calendar(SupportHours("", "UTC", BUSINESS.week))
    for start in ("2024-04-03T16:00", "0005-04-05T16:00", "9990-04-04T16:00", "2024-04-03T16:00"):
        due = calendar.add(at(f"{start}+00:00"), 2 * HOUR)
        assert calendar.between(at(f"{start}+00:00"), due) == 2 * HOUR
        assert calendar.subtract(due, 2 * HOUR) == at(f"{start}+00:00")
        assert due == at(f"{start}+00:00") + 17 * HOUR
    assert calendar.between(at("1700-01-01T00:00+00:00"), at("2100-01-01T00:00+00:00")) == 104355 * 9 * HOUR


def test_an_ordinary_day_is_the_most_common_length() -> None:
    assert calendar_of(BUSINESS).business_day() == 9 * HOUR
    assert calendar_of(EXTENDED).business_day() == 12 * HOUR
    short_friday = (((480, 1020),),) * 4 + (((480, 720),), (), ())
    assert Calendar(SupportHours("", "UTC", short_friday)).business_day() == 9 * HOUR
