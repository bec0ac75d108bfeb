"""The clock on the wall: UTC seconds to local dates and back."""

from datetime import date, datetime

from sla.calendar import Calendar
from sla.datetimes import instant_of
from sla.hours import zone_of
from sla.layout import DAY, EPOCH_ORDINAL, FIRST, LAST


def local_of(zone: str, instant: int) -> datetime:
    """The aware local time of an instant."""
    return datetime.fromtimestamp(instant, zone_of(zone))


def day_bounds(zone: str, ordinal: int) -> tuple[int, int]:
    """The first instant of a local date and the first after it; equal where the zone skipped the date."""
    return _midnight(zone, ordinal), _midnight(zone, ordinal + 1)


def same_time_on_open_day(calendar: Calendar, start: int, days: int) -> int:
    """The same time of day on the `days`-th open day after that of `start`.

    Where that day is closed at that time, it is the closing before, or else the day's first opening.
    """
    zone = calendar.hours.zone
    ordinal = local_of(zone, start).toordinal()
    intervals: list[tuple[int, int]] = []
    for _ in range(days):
        opening = calendar.add(max(day_bounds(zone, ordinal)[1], start), 0)
        ordinal = local_of(zone, opening).toordinal()
        intervals = calendar.open_intervals(*day_bounds(zone, ordinal))
    day = date.fromordinal(ordinal)
    target = instant_of(datetime.combine(day, local_of(zone, start).time(), tzinfo=zone_of(zone)))
    before = [min(target, end) for begin, end in intervals if begin <= target]
    return before[-1] if before else intervals[0][0]


def _midnight(zone: str, ordinal: int) -> int:
    """The first instant whose local date is the given one, or a later one where the zone skipped it."""
    wall = (ordinal - EPOCH_ORDINAL) * DAY
    low, high = max(wall - 2 * DAY, FIRST), min(wall + 2 * DAY, LAST - 1)
    while low < high:
        middle = (low + high) // 2
        if local_of(zone, middle).toordinal() >= ordinal:
            high = middle
        else:
            low = middle + 1
    return low
