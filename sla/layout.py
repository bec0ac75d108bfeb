"""The open intervals of a run of years, laid out as integers."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from sla.holiday_tables import table
from sla.hours import Intervals, SupportHours, zone_of

EPOCH_ORDINAL = 719163
"""The ordinal of 1970-01-01."""
DAY = 86400
FIRST_YEAR, LAST_YEAR = 1, 9999
FIRST = (date(FIRST_YEAR, 1, 2).toordinal() - EPOCH_ORDINAL) * DAY
"""The earliest instant answered: a day after the first that Python can tell in every zone."""
LAST = (date(LAST_YEAR, 12, 30).toordinal() - EPOCH_ORDINAL) * DAY
"""The end of what is answered, likewise."""


class Plan(NamedTuple):
    """What a local date is: its open intervals in minutes, and why it is as it is."""

    intervals: Intervals
    kind: str
    """`counted` (an ordinary open day), `extra_open`, `extra_closed`, `holiday`, `weekend` or `closed`."""
    name: str = ""
    """The holiday's name; empty for a listed one."""


class Layout(NamedTuple):
    """Open intervals between two instants, ascending and apart; `sums[i]` is the open time before interval `i`."""

    first: int
    last: int
    starts: list[int]
    ends: list[int]
    sums: list[int]


def plan_of(hours: SupportHours, ordinal: int) -> Plan:
    """How a date opens: an extra open day first, then closed days and holidays, then the week (design section 3).

    A holiday on a weekend that is closed anyway is told as the weekend.
    """
    day = date.fromordinal(ordinal)
    text = day.isoformat()
    for opened, intervals in hours.extra_open:
        if opened == text:
            return Plan(intervals, "extra_open")
    weekly = hours.week[day.weekday()]
    if not weekly and day.weekday() >= 5:
        return Plan((), "weekend")
    if text in hours.extra_closed:
        return Plan((), "extra_closed")
    names = table(hours.country, hours.subdivision, day.year) if hours.country else {}
    if text in names or text in hours.holidays:
        return Plan((), "holiday", names.get(text, ""))
    return Plan(weekly, "counted") if weekly else Plan((), "closed")


def lay_out(hours: SupportHours, first_year: int, last_year: int) -> Layout:
    """The open intervals of the years, both included.

    An instant is open when the clock on the wall of the zone then stands inside the hours of its local date: an hour
    that the wall skips is never open, and one that it shows twice is open twice.
    """
    first, last = year_start(first_year), year_start(last_year + 1)
    days = _open_days(hours, first_year, last_year)
    starts: list[int] = []
    ends: list[int] = []
    for begin, end, offset in _steady(hours.zone, first, last):
        for start, stop in _clipped(days, hours, begin, end, offset):
            if ends and ends[-1] == start:
                ends[-1] = stop
            else:
                starts.append(start)
                ends.append(stop)
    sums = [0]
    for start, stop in zip(starts, ends, strict=True):
        sums.append(sums[-1] + stop - start)
    return Layout(first, last, starts, ends, sums)


def year_start(year: int) -> int:
    """UTC second at which a year begins, kept inside what is answered."""
    if year <= FIRST_YEAR:
        return FIRST
    if year > LAST_YEAR:
        return LAST
    return (date(year, 1, 1).toordinal() - EPOCH_ORDINAL) * DAY


def year_of(instant: int) -> int:
    """The UTC year of an instant inside FIRST and LAST."""
    return date.fromordinal(instant // DAY + EPOCH_ORDINAL).year


@lru_cache(maxsize=4096)
def offset_at(zone: str, instant: int) -> int:
    """Seconds that the wall of the zone is ahead of UTC at an instant."""
    offset = datetime.fromtimestamp(instant, zone_of(zone)).utcoffset()
    assert offset is not None, "a zone always has an offset"
    return offset.days * DAY + offset.seconds


def _open_days(hours: SupportHours, first_year: int, last_year: int) -> dict[int, Intervals]:
    """The dates that differ from the week, by ordinal, in the years and a day around them."""
    odd: dict[int, Intervals] = {}
    listed = [*hours.holidays, *hours.extra_closed]
    if hours.country:
        for year in range(max(first_year - 1, FIRST_YEAR), min(last_year + 1, LAST_YEAR) + 1):
            listed += table(hours.country, hours.subdivision, year)
    for text in listed:
        odd[date.fromisoformat(text).toordinal()] = ()
    for text, intervals in hours.extra_open:
        odd[date.fromisoformat(text).toordinal()] = intervals
    return odd


def _clipped(
    odd: dict[int, Intervals], hours: SupportHours, begin: int, end: int, offset: int
) -> Iterator[tuple[int, int]]:
    """The open pieces of a stretch of constant offset, in UTC seconds."""
    week = [tuple((start * 60, stop * 60) for start, stop in intervals) for intervals in hours.week]
    first, last = (begin + offset) // DAY, (end + offset - 1) // DAY
    for day in range(first, last + 1):
        ordinal = day + EPOCH_ORDINAL
        intervals = odd.get(ordinal)
        seconds = week[(ordinal - 1) % 7] if intervals is None else [(a * 60, b * 60) for a, b in intervals]
        midnight = day * DAY - offset
        for start, stop in seconds:
            low, high = max(midnight + start, begin), min(midnight + stop, end)
            if low < high:
                yield low, high


def _steady(zone: str, first: int, last: int) -> Iterator[tuple[int, int, int]]:
    """The stretches of constant UTC offset between two instants: begin, end, offset in seconds."""
    begin = first
    year = year_of(first)
    while begin < last:
        for change in _changes(zone, year):
            if begin < change < last:
                yield begin, change, offset_at(zone, begin)
                begin = change
        year += 1
        if year > LAST_YEAR or year_start(year) >= last:
            yield begin, last, offset_at(zone, begin)
            return


@lru_cache(maxsize=4096)
def _changes(zone: str, year: int) -> tuple[int, ...]:
    """The instants of a UTC year from which on the offset is another than a second before."""
    tz = zone_of(zone)
    found = []
    low, end = year_start(year), year_start(year + 1)
    before = datetime.fromtimestamp(low - 1, tz).utcoffset() if low > FIRST else None
    for high in range(low, end + DAY - 1, DAY):
        instant = min(high, end - 1)
        after = datetime.fromtimestamp(instant, tz).utcoffset()
        if before is not None and after != before:
            found.append(_bisect_change(zone, max(low - 1, instant - DAY), instant))
        before = after
    return tuple(found)


def _bisect_change(zone: str, low: int, high: int) -> int:
    """The first instant after `low` whose offset is that of `high`."""
    target = offset_at(zone, high)
    while high - low > 1:
        middle = (low + high) // 2
        if offset_at(zone, middle) == target:
            high = middle
        else:
            low = middle
    return high
