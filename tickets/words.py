"""How the desk says durations and instants, and keeps a line a line."""

from __future__ import annotations

from contracts.words import duration_text
from sla.wall import local_of


def clean_line(text: str) -> str:
    """One line: runs of white space, line ends among them, become a space."""
    return " ".join(text.split())


def amount(seconds: int) -> str:
    """A duration in words, in whole minutes: "47 min", "2 h 5 min", or "under a minute"."""
    return duration_text(seconds // 60) if seconds >= 60 else "under a minute"


def days(count: int) -> str:
    """Days in words: "1 day", "3 days"."""
    return f"{count} day{'' if count == 1 else 's'}"


def objective(minutes: int, hours_name: str) -> str:
    """An objective in the field's words: "2 business hours", "30 min, 24x7"."""
    count, rest = divmod(minutes, 60)
    if rest or hours_name not in ("business", "extended"):
        return f"{duration_text(minutes)}, {hours_name}"
    return f"{count} {hours_name} hour{'' if count == 1 else 's'}"


def moment(zone: str, instant: int, now: int) -> str:
    """An instant as short as it can be told: the time today, else day and time."""
    local, today = local_of(zone, instant), local_of(zone, now)
    if local.date() == today.date():
        return f"{local:%H:%M}"
    day = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[local.weekday()]
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    year = "" if local.year == today.year else f" {local.year}"
    return f"{day} {local.day} {months[local.month - 1]}{year} {local:%H:%M}"
