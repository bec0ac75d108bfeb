from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from sla.calendar import calendar_of
from sla.datetimes import add_time, instant_of, time_between
from sla.hours import BUSINESS

ZURICH = ZoneInfo("Europe/Zurich")
CALENDAR = calendar_of(BUSINESS)


def test_aware_datetimes_of_any_zone_are_answered_in_that_of_the_hours() -> None:
    start = datetime(2024, 3, 28, 15, 30, 59, 999_999, tzinfo=UTC)
    due = add_time(CALENDAR, start, 7200)
    assert due.isoformat() == "2024-04-02T09:30:59+02:00"
    assert time_between(CALENDAR, start, due) == 7200
    assert time_between(CALENDAR, due, start.astimezone(timezone(timedelta(hours=-10)))) == -7200


def test_the_second_of_two_equal_wall_times_is_another_instant() -> None:
    first = datetime(2024, 10, 27, 2, 30, tzinfo=ZURICH)
    assert instant_of(first.replace(fold=1)) - instant_of(first) == 3600


def test_a_datetime_without_a_zone_is_refused() -> None:
    naive = datetime(2024, 3, 28)  # noqa: DTZ001 - the mistake this test is about
    for wrong in (lambda: add_time(CALENDAR, naive, 1), lambda: time_between(CALENDAR, naive, naive)):
        with pytest.raises(ValueError, match="zone"):
            wrong()
