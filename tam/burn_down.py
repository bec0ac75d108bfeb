"""How the hours of a customer went down: what was left on each day, and the even line that would use them up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from models.reading import rows
from tam.balance import burn
from tam.forecast import FURTHEST, Forecast, forecasts
from tam.ledger import PeriodAccount
from tam.promises import iso_day
from tam.standing import Standing, standing

LONGEST = 2 * 366
"""Days that are told at the most; a longer stretch begins that long before today."""


class Point(NamedTuple):
    """Minutes on a day: `left` when it ended (below zero: over; None: it is to come), `even` if spent day by day."""

    day: date
    left: int | None
    even: int | None


class BurnDown(NamedTuple):
    """The days of a period or a term in order; the hours are foreseen to fall to `end_left` minutes on `end_on`.

    `most` are the most minutes that any of its periods began with.
    """

    title: str
    today: date
    most: int
    points: list[Point]
    end_on: date
    end_left: int
    told: str


def burn_down(customer_id: int, now: int, whole_term: bool = False) -> BurnDown:
    """The running period of a customer, or with `whole_term` the term; NotFound where there is no such customer.

    In a term of several periods each begins with its own hours, and an even pace is not told.
    """
    held = standing(customer_id, now, everything=whole_term)
    first, after, title = _stretch(held, whole_term)
    periods = [each for each in held.ledger.periods if each.first < after and each.after > first]
    points = list(_points(held, periods, first, after, dict(burn(customer_id, first, after))))
    most = max((_at_hand(held, each) for each in periods), default=0)
    seen = forecasts({customer_id: held})[customer_id]
    end_on, end_left = _end(held, seen, points)
    return BurnDown(title, held.promise.today, most, points, end_on, end_left, seen.text)


def _stretch(held: Standing, whole_term: bool) -> tuple[date, date, str]:
    """From which day to before which, and what that is called."""
    today, current = held.promise.today, held.current
    first, after, title = current.first, current.after, current.label
    term = _term(held) if whole_term else None
    if term is not None:
        first, after = term
        title = f"term {first.isoformat()} to {(after - timedelta(days=1)).isoformat()}"
    first = max(first, today - timedelta(days=LONGEST))
    return first, min(after, max(today, first) + timedelta(days=FURTHEST)), title


def _term(held: Standing) -> tuple[date, date] | None:
    """The term that today lies in, with its days of credit."""
    today = held.promise.today
    contract = held.promise.contract_on(today)
    found = rows(
        "SELECT starts_on, ends_on, extension_days FROM term WHERE contract_id = ? ORDER BY starts_on",
        (contract.id if contract else 0,),
    )
    for starts_on, ends_on, credit in found:
        first, after = iso_day(starts_on), iso_day(ends_on) + timedelta(days=1 + credit)
        if first <= today < after:
            return first, after
    return None


def _points(
    held: Standing, periods: Sequence[PeriodAccount], first: date, after: date, spent: dict[date, int]
) -> Iterator[Point]:
    today, day = held.promise.today, first
    even_told = len(periods) == 1
    for period in periods:
        at_hand = _at_hand(held, period)
        left = at_hand
        days = max((period.after - period.first).days, 1)
        day = max(period.first, first)
        end = min(period.after, after)
        if period.first < first:  # what went before the stretch began
            left -= period.spent - sum(spent.get(each, 0) for each in _days(day, end))
        while day < end:
            left -= spent.get(day, 0)
            gone = (day - period.first).days + 1
            even = at_hand - at_hand * gone // days if even_told and at_hand > 0 else None
            yield Point(day, left if day <= today else None, even)
            day += timedelta(days=1)
    for following in _days(day, after):
        yield Point(following, None, None)


def _at_hand(held: Standing, period: PeriodAccount) -> int:
    """All that could be spent in a period; in the running one with the top-ups that can be used today."""
    if period.first == held.current.first:
        return held.promised + min(period.capacity, 0)
    return period.capacity + sum(period.from_top_ups.values())


def _end(held: Standing, seen: Forecast, points: list[Point]) -> tuple[date, int]:
    """Where the foreseen line ends: on the day the hours run out, else with the period."""
    last = points[-1].day if points else held.promise.today
    if seen.on is not None:
        return max(min(seen.on, last), held.promise.today), 0
    return min(held.current.after - timedelta(days=1), last), seen.left


def _days(first: date, after: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range(max((after - first).days, 0)))
