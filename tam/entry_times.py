"""Lengths, days and times of day as people type them. Everything is exact: what is no whole minute is said."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sla.datetimes import instant_of
from sla.hours import zone_of
from sla.wall import local_of
from tam.entry_tokens import Match
from tam.entry_words import day_text

_FLAGS = re.ASCII | re.IGNORECASE
_END = r"(?!\S)"
_H, _M = r"\s*h(?:ours?|rs?)?", r"\s*m(?:in(?:ute)?s?)?"
_LENGTHS = tuple(
    (name, re.compile(pattern + _END, _FLAGS))
    for name, pattern in (
        ("negative", rf"[-\u2212](\d{{1,5}}\S*)(?:{_H}|{_M})?"),
        ("hours", rf"(\d{{1,4}}){_H}(?:(\d{{1,3}})|\s*(\d{{1,3}}){_M})?"),
        ("minutes", rf"(\d{{1,6}})(?:{_M})?"),
        ("clock", r"(\d{1,3}):(\d{2})"),
        ("decimal", rf"(\d{{0,4}})[.,](\d{{1,6}})({_H})?"),
        ("fraction", rf"(\d{{1,4}}/\d{{1,4}})(?:{_H})?"),
    )
)
_TIME = r"(\d{1,2})(?::(\d{2}))?\s?(am|pm)?"
_TIMES = re.compile(rf"{_TIME}\s*(?:[-\u2013\u2014]|\bto\b)\s*{_TIME}{_END}", _FLAGS)
_HALF_TIMES = re.compile(rf"\d{{1,2}}:\d{{2}}\s?(?:am|pm)?\s*[-\u2013\u2014]{_END}", _FLAGS)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
_WORD = re.compile(r"(last\s+)?([a-z]{3,9})(?!\S)", _FLAGS)
_ISO = re.compile(rf"(\d{{4}})-(\d{{1,2}})-(\d{{1,2}}){_END}", re.ASCII)
_DOTTED = re.compile(rf"(\d{{1,2}})\.(\d{{1,2}})\.(\d{{4}})?{_END}", re.ASCII)
_DAY_MONTH = re.compile(rf"(\d{{1,2}})\.?\s*([a-z]{{3,9}})\.?(?:\s+(\d{{4}}))?{_END}", _FLAGS)
_MONTH_DAY = re.compile(rf"([a-z]{{3,9}})\.?\s+(\d{{1,2}})(?:\s+(\d{{4}}))?{_END}", _FLAGS)
_FIRST_YEAR, _LAST_YEAR = 1970, 9000


def read_length(text: str, at: int) -> Match | None:
    """How long: `1h30`, `1h 30m`, `45m`, `90`, `1:30`, `1.5h`, `1,5h`; the value is whole minutes."""
    for name, pattern in _LENGTHS:
        if found := pattern.match(text, at):
            minutes, problem = _length(name, found)
            return Match("length", minutes, found.end(), problem)
    return None


def _length(name: str, found: re.Match[str]) -> tuple[int | None, str]:
    if name == "minutes":
        return int(found[1]), ""
    if name == "negative":
        return None, "Time cannot be negative; change or delete the entry that is too long."
    if name == "decimal":
        return _decimal(found)
    if name == "fraction":
        return None, f"{found[1]!r} is neither a time nor a day; type 20m, or 1 mar."
    rest = int((found[2] or found[3] or 0) if name == "hours" else found[2])
    if rest > 59:
        return None, f"{found[0].strip()!r} has {rest} minutes beside its hours; they go up to 59."
    return int(found[1]) * 60 + rest, ""


def _decimal(found: re.Match[str]) -> tuple[int | None, str]:
    hours, digits = int(found[1] or 0), found[2]
    if not found[3]:
        return None, f"{found[0]} of what? Type {found[0]}h for hours, or the minutes alone."
    minutes, left = divmod(int(digits) * 60, 10 ** len(digits))
    if left:
        near = hours * 60 + minutes
        return None, f"{found[0].strip()} is no whole number of minutes; type {near}m or {near + 1}m."
    return hours * 60 + minutes, ""


class Days(NamedTuple):
    """The local date that days are told from."""

    today: date

    def named(self, word: str, last: bool) -> date | None:
        """A day by its name: a weekday is the last one, today included unless `last` says otherwise."""
        plain = {"today": 0, "yesterday": -1, "tomorrow": 1}.get(word)
        if plain is not None:
            return None if last else self.today + timedelta(days=plain)
        for number, name in enumerate(_WEEKDAYS):
            if name.startswith(word):
                back = (self.today.weekday() - number) % 7
                return self.today - timedelta(days=7 if last and not back else back)
        return None

    def without_year(self, day: int, month: int) -> date | None:
        """The last such day, tomorrow included."""
        for year in range(self.today.year + 1, self.today.year - 9, -1):
            found = _date(year, month, day)
            if found is not None and found <= self.today + timedelta(days=1):
                return found
        return None


def read_days(text: str, at: int, days: Days) -> Match | None:
    """When: `yesterday`, `mon`, `last friday`, `12 mar`, `2026-03-12`, `12.3.`; the value is a date."""
    if (word := _WORD.match(text, at)) and (day := days.named(word[2].casefold(), bool(word[1]))):
        return Match("day", day, word.end())
    for pattern, order in ((_ISO, (3, 2, 1)), (_DOTTED, (1, 2, 3)), (_DAY_MONTH, (1, 2, 3)), (_MONTH_DAY, (2, 1, 3))):
        found = pattern.match(text, at)
        month = _month(found[order[1]]) if found else 0
        if found and month is not None:
            return _day_match(found, int(found[order[0]]), month, found[order[2]], days)
    return None


def _day_match(found: re.Match[str], day: int, month: int, year: str | None, days: Days) -> Match:
    told = _date(int(year), month, day) if year else days.without_year(day, month)
    if told is None:
        return Match("day", None, found.end(), f"There is no day {found[0]!r}.")
    if not _FIRST_YEAR <= told.year <= _LAST_YEAR:
        return Match("day", None, found.end(), f"{found[0]} is not in the calendar of this desk.")
    return Match("day", told, found.end())


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(text: str) -> int | None:
    """A month by number, or by the first letters of its name (three or more)."""
    if text.isdigit():
        return int(text)
    return next((number for number, name in enumerate(_MONTHS, 1) if name.startswith(text.casefold())), None)


class Times(NamedTuple):
    """Two times of day on a day: local ("2026-03-12T09:15") and as UTC seconds, and the whole minutes between."""

    day: date
    started: str | None
    ended: str | None
    started_at: int | None
    ended_at: int | None
    minutes: int | None
    problem: str = ""


class Clock(NamedTuple):
    """From one time of day to another, in minutes since midnight; an end that is not later is on the next day."""

    begin: int
    end: int

    def on(self, day: date | None, today: date, now: int, zone: str) -> Times:
        """The instants on a local date; where none was said, the day on which they are past."""
        start_day = day or today
        nights = self.end <= self.begin
        clock_now = local_of(zone, now)
        if nights and day is None and clock_now.hour * 60 + clock_now.minute < self.begin:
            start_day = today - timedelta(days=1)
        begin = _local(start_day, self.begin)
        end = _local(start_day + timedelta(days=1), self.end) if nights else _local(start_day, self.end)
        told = (begin.isoformat(timespec="minutes"), end.isoformat(timespec="minutes"))
        started_at, ended_at = _instant(begin, zone), _instant(end, zone)
        for local, instant in ((begin, started_at), (end, ended_at)):
            if instant is None:
                problem = (
                    f"{local:%H:%M} did not exist on {day_text(local.date().isoformat())}: the clocks went forward."
                )
                return Times(start_day, *told, None, None, None, problem)
        if started_at is None or ended_at is None:
            return Times(start_day, *told, None, None, None)
        if ended_at <= started_at:  # both in the hour that comes twice
            ended_at = _second(end, zone)
        return Times(start_day, *told, started_at, ended_at, (ended_at - started_at) // 60)


def read_times(text: str, at: int) -> Match | None:
    """From when to when: `9:15-10:45`, `9-10:30`, `9am-1pm`, `22:30-0:15`; the value is a Clock."""
    found = _TIMES.match(text, at)
    if found is None:
        half = _HALF_TIMES.match(text, at)
        return Match("times", None, half.end(), "Until when? Type 9:15-10:45.") if half else None
    first, last = found.groups()[:3], found.groups()[3:]
    begin, end = _minutes(*first), _minutes(*last)
    if not first[2] and last[2]:
        begin = _same_half(first, last[2], end)
    if begin is None or end is None or begin == 24 * 60:
        return Match("times", None, found.end(), f"{found[0].strip()!r} are no times; type them like 9:15-10:45.")
    if begin == end:
        return Match("times", None, found.end(), "It starts and ends at the same time; type how long it was.")
    return Match("times", Clock(begin, end), found.end())


def _same_half(first: tuple[str | None, ...], half: str, end: int | None) -> int | None:
    """The start of `9-10:30am`: in the half of the day that the end is in, unless only the other one is before it."""
    begin = _minutes(first[0], first[1], half)
    if begin is not None and end is not None and begin >= end:
        return _minutes(first[0], first[1], "am" if half.casefold() == "pm" else "pm")
    return begin


def _minutes(hour: str | None, minute: str | None, half: str | None) -> int | None:
    """Minutes since midnight, up to 24:00; None where there is no such time."""
    hours, minutes = int(hour or 0), int(minute or 0)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half.casefold() == "pm" else 0)
    return hours * 60 + minutes if minutes < 60 and hours * 60 + minutes <= 24 * 60 else None


def _local(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=minutes)


def _instant(local: datetime, zone: str) -> int | None:
    """UTC seconds of a local time, the first where it comes twice; None where the clocks jumped over it."""
    instant = instant_of(local.replace(tzinfo=zone_of(zone)))
    return instant if local_of(zone, instant).replace(tzinfo=None) == local else None


def _second(local: datetime, zone: str) -> int:
    return instant_of(local.replace(tzinfo=zone_of(zone), fold=1))
