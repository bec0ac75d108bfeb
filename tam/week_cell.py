"""What is typed into a cell of the week, and the days that are closed: a time sheet counts in hours."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from tam.entry_rules import DAY_MINUTES
from tam.entry_times import read_length
from tickets.errors import RuleRefused

_BARE = re.compile(r"\d{1,6}([.,]\d{0,6})?|[.,]\d{1,6}", re.ASCII)


def cell_minutes(text: str) -> int:
    """Minutes (0 to 1440) of what was typed: `8` and `1.5` are hours, `1:30`, `90m` and `1h30` what they say.

    Raises RuleRefused with what could be meant.
    """
    typed = text.strip()
    if not typed:
        return 0
    bare = _BARE.fullmatch(typed)
    found = read_length(f"{typed.rstrip('.,')}h" if bare else typed, 0)
    if found is None or found.end < len(typed):
        raise RuleRefused(f"{typed!r} is no time; type 1:30, 1.5, 90m or 8.")
    if not isinstance(found.value, int):
        raise RuleRefused(found.problem)
    if found.value > DAY_MINUTES:
        meant = f"; {typed}m are minutes" if typed.isdigit() else ""
        raise RuleRefused(f"{typed} is more than the 24 hours of a day{meant}.")
    return found.value


def closed_days(days: Iterable[str]) -> tuple[bool, ...]:
    """Which local dates are weekend or holiday by the vendor's business hours."""
    from contracts.current import business_hours
    from sla.layout import plan_of

    hours = business_hours()
    return tuple(not plan_of(hours, date.fromisoformat(day).toordinal()).intervals for day in days)
