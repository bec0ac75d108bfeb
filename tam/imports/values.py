"""Durations, days and times of day as time trackers write them. Everything is exact."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time

from tam.imports.records import BadFile, BadRow

DAY_FIRST, MONTH_FIRST = "dmy", "mdy"

_CLOCK = re.compile(r"(\d{1,5}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?", re.ASCII)
_DECIMAL = re.compile(r"(\d{1,7})(?:[.,](\d{1,9}))?", re.ASCII)
_WORDED = re.compile(r"(?:(\d{1,5})\s*h)?\s*(?:(\d{1,5})\s*m(?:in)?)?\s*(?:(\d{1,7})\s*s)?", re.ASCII | re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})", re.ASCII)
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([ap])?\.?(?:m\.?)?", re.ASCII | re.IGNORECASE)


def seconds_of(text: str, whole_seconds: bool = False) -> int:
    """A duration in seconds: `1:30:00`, `1:30` (hours and minutes), `1.5` and `1,5` (hours), `1h 30m`.

    A number without a fraction is in seconds where `whole_seconds` says so (Kimai), else in hours. Parts of a second
    are rounded. Raises BadRow for anything else.
    """
    plain = text.strip()
    if found := _CLOCK.fullmatch(plain):
        hours, minutes, seconds = int(found[1]), int(found[2]), int(found[3] or 0)
        if minutes < 60 and seconds < 60:
            return hours * 3600 + minutes * 60 + seconds
    elif found := _DECIMAL.fullmatch(plain):
        if whole_seconds and not found[2]:
            return int(found[1])
        digits = found[2] or "0"
        scale = 10 ** len(digits)
        return ((int(found[1]) * scale + int(digits)) * 3600 * 2 + scale) // (scale * 2)
    elif plain and (found := _WORDED.fullmatch(plain)):
        return int(found[1] or 0) * 3600 + int(found[2] or 0) * 60 + int(found[3] or 0)
    raise BadRow(f"{text!r:.40} is no duration")


def date_order(texts: Iterable[str], asked: str | None) -> str:
    """Whether the dates of a file name the day or the month first, as far as they need it; `asked` decides.

    Raises BadFile where it takes a guess, or where two dates contradict each other.
    """
    if asked is not None:
        if asked not in (DAY_FIRST, MONTH_FIRST):
            raise BadFile(f"Dates are read {DAY_FIRST} or {MONTH_FIRST}, not {asked!r}.")
        return asked
    open_one, proof = "", {}
    for text in texts:
        if found := _SLASHED.match(text.strip()):
            first, second = int(found[1]), int(found[3])
            if first > 12 or second > 12:
                proof[DAY_FIRST if first > 12 else MONTH_FIRST] = text
            elif first != second:
                open_one = open_one or text
    if len(proof) > 1:
        told = " and ".join(repr(text) for text in proof.values())
        raise BadFile(
            f"The dates {told} are not written the same way; export the file again with dates like 2026-03-12."
        )
    if open_one and not proof:
        raise BadFile(f"{open_one!r} could name the day or the month first; say which, {DAY_FIRST} or {MONTH_FIRST}.")
    return next(iter(proof), DAY_FIRST)


def day_of(text: str, order: str) -> str:
    """A local date (ISO) from `2026-03-12`, `12.3.2026`, or `3/12/2026` in the order given; raises BadRow."""
    plain = text.strip()
    if found := _YEAR_FIRST.match(plain):
        year, month, day = found[1], found[2], found[3]
    elif found := _DOTTED.match(plain):
        day, month, year = found[1], found[2], found[3]
    elif found := _SLASHED.match(plain):
        day, month = (found[1], found[3]) if order == DAY_FIRST else (found[3], found[1])
        year = found[4]
    else:
        raise BadRow(f"{text!r:.40} is no date" if plain else "it has no date")
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day)).isoformat()
    except ValueError:
        raise BadRow(f"there is no day {text!r:.40}") from None


def time_of(text: str) -> str:
    """A time of day ("09:15:00") from `9:15`, `09:15:30` or `1:00 PM`; raises BadRow."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise BadRow(f"{text!r:.40} is no time of day")
    hour, half = int(found[1]), (found[4] or "").lower()
    if half and not 1 <= hour <= 12:
        raise BadRow(f"{text!r:.40} is no time of day")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return time(hour, int(found[2]), int(found[3] or 0)).isoformat()
    except ValueError:
        raise BadRow(f"{text!r:.40} is no time of day") from None


def yes_or_no(text: str) -> bool | None:
    """Whether a cell says yes or no; None where it says neither."""
    plain = text.strip().casefold()
    if plain in ("yes", "true", "1", "y", "billable"):
        return True
    return False if plain in ("no", "false", "0", "n", "non-billable") else None
