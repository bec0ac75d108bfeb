"""The working days of a region as a line of numbers, so that dates add and subtract like numbers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from onboarding.errors import OnboardingRefused
from onboarding.lengths import end_of
from onboarding.rules import Held

LONGEST_CLOSED = 400
"""Calendar days without a working day, after which there will be none."""
_STEP = timedelta(days=1)
IsOpen = Callable[[date], bool]


class OpenDays:
    """Working days by number: 0 is the first on or after a date; raises OnboardingRefused where there are none."""

    def __init__(self, is_open: IsOpen, first: date) -> None:
        self.is_open = is_open
        self._days = [next_open(first, is_open)]
        self._before = 0

    def day(self, number: int) -> date:
        """The working day of a number; numbers below zero are before the first."""
        while number + self._before < 0:
            self._grow_back()
        while number + self._before >= len(self._days):
            self._days.append(next_open(self._days[-1] + _STEP, self.is_open))
        return self._days[number + self._before]

    def on_or_after(self, day: date) -> int:
        """The number of a date, or of the first working day after it."""
        self._cover(day)
        return bisect_left(self._days, day) - self._before

    def on_or_before(self, day: date) -> int:
        """The number of a date, or of the last working day before it."""
        self._cover(day)
        return bisect_right(self._days, day) - 1 - self._before

    def _cover(self, day: date) -> None:
        while self._days[0] > day:
            self._grow_back()
        while self._days[-1] < day:
            self._days.append(next_open(self._days[-1] + _STEP, self.is_open))

    def _grow_back(self) -> None:
        self._days.insert(0, previous_open(self._days[0] - _STEP, self.is_open))
        self._before += 1


def next_open(day: date, is_open: IsOpen) -> date:
    """The date itself where it is a working day, else the next one."""
    return _nearest(day, is_open, _STEP)


def previous_open(day: date, is_open: IsOpen) -> date:
    """The date itself where it is a working day, else the one before."""
    return _nearest(day, is_open, -_STEP)


def _nearest(day: date, is_open: IsOpen, step: timedelta) -> date:
    for _ in range(LONGEST_CLOSED):
        if is_open(day):
            return day
        day += step
    raise OnboardingRefused("These support hours have no working day for more than a year; look at the order's hours.")


def working_days(customer_id: int, at: int) -> IsOpen:
    """Whether a date is a working day for a customer, by their terms at an instant (UTC seconds).

    That is a date on which the business hours open, without the holidays of the region that the order names; without
    terms the vendor's own business hours say it.
    """
    from contracts.current import business_hours
    from contracts.held import terms_at
    from sla.layout import plan_of

    held = terms_at(customer_id, at)
    hours = held.terms.business_hours.value if held else business_hours()

    @cache
    def is_open(day: date) -> bool:
        return bool(plan_of(hours, day.toordinal()).intervals)

    return is_open


def working_days_of(held: Held, at: int) -> IsOpen:
    """Whether a date is a working day in an onboarding: by the terms at an instant, or at its start if that is later.

    A contract may be signed before it is in force.
    """
    return working_days(held.customer_id, max(at, end_of(held.zone, date.fromisoformat(held.starts_on))))
