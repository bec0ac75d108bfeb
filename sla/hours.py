"""Support hours: the week, the zone and the closed days that a contract agrees on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sla.errors import InvalidHours, nearest

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_MINUTES = 1440

Interval = tuple[int, int]
Intervals = tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class SupportHours:
    """When support is open; intervals are minutes of the local day, 0 to 1440, start inclusive, end exclusive.

    An opened date (`extra_open`) wins over a holiday and a weekend. Raises InvalidHours.
    """

    name: str
    zone: str
    week: tuple[Intervals, ...]
    country: str = ""
    subdivision: str = ""
    holidays: tuple[str, ...] = ()
    extra_closed: tuple[str, ...] = ()
    extra_open: tuple[tuple[str, Intervals], ...] = ()

    def __post_init__(self) -> None:
        zone_of(self.zone)
        if len(self.week) != 7:
            raise InvalidHours(f"A week has seven days, monday first; {len(self.week)} were given")
        for day, intervals in zip(DAYS, self.week, strict=True):
            _check_intervals(day, intervals)
        for day, intervals in self.extra_open:
            _check_date(day)
            _check_intervals(day, intervals)
            if not intervals:
                raise InvalidHours(f"{day} is listed as extra open without an interval; list it as extra closed")
            if day in self.extra_closed:
                raise InvalidHours(f"{day} is listed as extra open and as extra closed; keep one of them")
        for day in (*self.holidays, *self.extra_closed):
            _check_date(day)
        if not any(self.week) and not self.extra_open:
            raise InvalidHours("These hours are never open; give at least one interval, such as mon 08:00-17:00")
        if self.subdivision and not self.country:
            raise InvalidHours(f"The subdivision {self.subdivision!r} needs its country")

    @classmethod
    def parse(cls, mapping: Mapping[str, Any]) -> "SupportHours":
        """Read the JSON or TOML form strictly. Raises InvalidHours."""
        from sla.hours_form import parse

        return parse(mapping)

    def to_mapping(self) -> dict[str, Any]:
        """The JSON and TOML form, which `parse` reads back to an equal value."""
        from sla.hours_form import to_mapping

        return to_mapping(self)


@lru_cache(maxsize=256)
def zone_of(name: str) -> ZoneInfo:
    """The zone of an IANA name. Raises InvalidHours, naming the nearest known zone."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError, TypeError) as error:
        from zoneinfo import available_timezones

        raise InvalidHours(f"Unknown time zone {name!r}{nearest(name, available_timezones())}") from error


def named(name: str) -> SupportHours:
    """The built-in hours `business`, `extended` or `24x7`. Raises InvalidHours."""
    found = _BUILT_IN.get(name)
    if found is None:
        raise InvalidHours(f"Unknown support hours {name!r}{nearest(name, _BUILT_IN)}")
    return found


def always(zone: str) -> SupportHours:
    """Support around the clock, told in a zone."""
    return SupportHours("24x7", zone, (((0, DAY_MINUTES),),) * 7)


def _check_intervals(day: str, intervals: Intervals) -> None:
    last = 0
    for start, end in intervals:
        if not 0 <= start <= DAY_MINUTES or not 0 <= end <= DAY_MINUTES:
            raise InvalidHours(f"{day}: minutes of a day are 0 to 1440, not {start} to {end}")
        if start == end:
            raise InvalidHours(f"{day}: {clock_text(start)}-{clock_text(end)} is empty; a whole day is 00:00-24:00")
        if end < start:
            raise InvalidHours(
                f"{day}: {clock_text(start)}-{clock_text(end)} ends before it starts; split it at 24:00 over two days"
            )
        if start < last:
            raise InvalidHours(f"{day}: {clock_text(start)}-{clock_text(end)} overlaps the interval before it")
        last = end


def _check_date(text: str) -> None:
    try:
        good = date.fromisoformat(text).isoformat() == text
    except (ValueError, TypeError):
        good = False
    if not good:
        raise InvalidHours(f"{text!r} is not a date such as 2024-04-01")


def clock_text(minute: int) -> str:
    """A minute of the day as HH:MM; 1440 is 24:00."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _weekdays(start: int, end: int) -> tuple[Intervals, ...]:
    return (((start, end),),) * 5 + ((), ())


# Support annex 2023-11-15, "Support hours": business and extended hours, Switzerland / Canton St. Gallen.
BUSINESS = SupportHours("business", "Europe/Zurich", _weekdays(480, 1020), "CH", "SG")
EXTENDED = SupportHours("extended", "Europe/Zurich", _weekdays(420, 1140), "CH", "SG")
ALWAYS = always("UTC")
_BUILT_IN = {hours.name: hours for hours in (BUSINESS, EXTENDED, ALWAYS)}
