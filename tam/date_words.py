"""Days to come and times as people type them: `tomorrow`, `fri`, `in 2 weeks`, `12 mar`, `2026-03-12`; `9:30`."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tam.call_rules import CallRefused
from tam.entry_times import Days, read_days

_AHEAD = re.compile(r"(?:in |\+)?(\d{1,3}) ?(d|days?|w|weeks?)", re.ASCII)
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?", re.ASCII)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class _Coming(Days):
    """Days told ahead: a weekday is the next one, today left out; a day without a year the next such day."""

    def named(self, word: str, last: bool) -> date | None:
        if word in ("today", "tomorrow", "yesterday"):
            return None if last else super().named(word, last)
        for number, name in enumerate(_WEEKDAYS):
            if len(word) > 1 and name.startswith(word) and not last:
                return self.today + timedelta(days=(number - self.today.weekday() - 1) % 7 + 1)
        return None

    def without_year(self, day: int, month: int) -> date | None:
        for year in range(self.today.year, self.today.year + 9):
            try:
                found = date(year, month, day)
            except ValueError:
                continue
            if found >= self.today:
                return found
        return None


def coming_day(text: str, today: date) -> date:
    """The local date that is meant, seen from another one; raises CallRefused."""
    words = " ".join(text.lower().split()).removeprefix("on ").removeprefix("by ")
    if words == "next week":
        return today + timedelta(days=7)
    if found := _AHEAD.fullmatch(words):
        return today + timedelta(days=int(found[1]) * (7 if found[2].startswith("w") else 1))
    match = read_days(words.removeprefix("next "), 0, _Coming(today))
    if match is None or match.end != len(words.removeprefix("next ")) or not isinstance(match.value, date):
        raise CallRefused(f"{text.strip()!r} is no day; say one like tomorrow, fri, in 2 weeks, 12 mar or 2026-03-12.")
    return match.value


def time_of_day(text: str) -> str:
    """A time of day as rules of calls have it: `9`, `9:30` and `9.30` are "09:00" and "09:30"; raises CallRefused."""
    found = _TIME.fullmatch(text.strip())
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise CallRefused(f"{text.strip()!r} is not a time such as 09:30.")
    return f"{int(found[1]):02}:{int(found[2] or 0):02}"
