"""How time is said: hours and minutes, days, and what a person noted."""

from __future__ import annotations

import unicodedata
from datetime import date

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def clock_text(minutes: int) -> str:
    """Minutes as on a time sheet: 90 is "1:30"."""
    return f"{minutes // 60}:{minutes % 60:02}"


def hours_text(minutes: int) -> str:
    """Minutes in a sentence: 90 is "1:30 h"."""
    return f"{clock_text(minutes)} h"


def day_text(on: str) -> str:
    """A local date in a sentence: "Thu 12 Mar 2026"."""
    day = date.fromisoformat(on)
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def clean_note(text: str) -> str:
    """A note without control characters; its line ends stay, and nothing else is lost."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(sign for sign in lines if sign == "\n" or unicodedata.category(sign) != "Cc").strip()


def whole_minutes(seconds: int) -> int:
    """Seconds as minutes, half a minute up, and never less than one."""
    return max(1, (seconds + 30) // 60)
