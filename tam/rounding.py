"""Rounded time as a view, for those who look at it in steps: what is stored never changes.

Two rules are usual: each entry by itself, or what a person did on a day together. Neither loses an entry: what was
worked at all shows as a step at least.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from tickets.errors import RuleRefused

ENTRY, PERSON_DAY = "entry", "person-day"
UP, NEAREST = "up", "nearest"


class Worked(Protocol):
    """What an entry has to say to be rounded."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def person_id(self) -> int:
        """Whose time it is."""

    @property
    def on(self) -> str:
        """Its local date."""

    @property
    def minutes(self) -> int:
        """How long it is."""


class RoundedGroup(NamedTuple):
    """An entry, or a person's day (`entry_id` is None): minutes as worked and as rounded."""

    entry_id: int | None
    person_id: int
    on: str
    minutes: int
    rounded: int


class RoundedTotals(NamedTuple):
    """All groups by day and person, and their sums in minutes."""

    minutes: int
    rounded: int
    groups: tuple[RoundedGroup, ...]


def rounded(entries: Iterable[Worked], step_minutes: int, per: str = PERSON_DAY, mode: str = UP) -> RoundedTotals:
    """Entries in whole steps (1 to 1440 minutes) `per` "entry" or "person-day", "up" or "nearest" (half a step up).

    Raises RuleRefused for another step, rule or mode.
    """
    if not 1 <= step_minutes <= 24 * 60:
        raise RuleRefused(f"Time is rounded to steps of 1 to 1440 minutes, not {step_minutes}.")
    if per not in (ENTRY, PERSON_DAY):
        raise RuleRefused(f"Time is rounded per {ENTRY} or per {PERSON_DAY}, not {per!r}.")
    if mode not in (UP, NEAREST):
        raise RuleRefused(f"Time is rounded {UP} or {NEAREST}, not {mode!r}.")
    sums: dict[tuple[str, int, int | None], int] = {}
    for each in entries:
        key = (each.on, each.person_id, each.id if per == ENTRY else None)
        sums[key] = sums.get(key, 0) + each.minutes
    groups = [
        RoundedGroup(entry_id, person_id, on, minutes, _steps(minutes, step_minutes, mode))
        for (on, person_id, entry_id), minutes in sorted(sums.items(), key=lambda item: (item[0][:2], item[0][2] or 0))
    ]
    return RoundedTotals(sum(each.minutes for each in groups), sum(each.rounded for each in groups), tuple(groups))


def _steps(minutes: int, step: int, mode: str) -> int:
    added = step - 1 if mode == UP else step // 2
    return max(1, (minutes + added) // step) * step
