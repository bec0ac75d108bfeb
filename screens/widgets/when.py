"""Instants as a person reads them, in that person's zone."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY = 86400
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@lru_cache(16)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def local(at: int, zone: str) -> datetime:
    """Return the instant as local time of a zone."""
    return datetime.fromtimestamp(at, UTC).astimezone(_zone(zone))


def time_of_day(at: int, zone: str) -> str:
    """Return `14:02`."""
    moment = local(at, zone)
    return f"{moment.hour:02}:{moment.minute:02}"


def when(at: int, now: int, zone: str) -> str:
    """Return `14:02` today, `Mon 08:00` within six days, else `2 Apr 08:00`, with the year where it is another."""
    moment, today = local(at, zone), local(now, zone)
    time = f"{moment.hour:02}:{moment.minute:02}"
    if moment.date() == today.date():
        return time
    if abs(at - now) < 6 * DAY:
        return f"{_DAYS[moment.weekday()]} {time}"
    year = "" if moment.year == today.year else f" {moment.year}"
    return f"{moment.day} {_MONTHS[moment.month - 1]}{year} {time}"


def elapsed(seconds: int) -> str:
    """Return how long something lasts: `0:41`, `6:05`, or `3d` from two days on."""
    if seconds >= 2 * DAY:
        return f"{seconds // DAY}d"
    return f"{seconds // 3600}:{seconds % 3600 // 60:02}"
