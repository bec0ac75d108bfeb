"""The accounts of customers as of now: what was promised, joined with what was spent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from models.errors import NotFound
from models.reading import rows
from sla.wall import local_of
from tam.ledger import Closed, Ledger, PeriodAccount, TopUpAccount, reckon
from tam.periods import FOREVER, NONE, NOTHING, Period, Stretch, cell, clipped, filled, periods
from tam.promises import Promise, iso_day, promises

ALERT_PERCENT = (80, 100)
AT_ONCE = 400
"""Customers that one statement asks for; databases take only so many values."""


class Standing(NamedTuple):
    """A customer's accounts; `current` is the period that runs, minutes `reserved` are those of `calls` to come in it.

    Calls are (instant, minutes), planned in the current period and without a time entry.
    """

    promise: Promise
    ledger: Ledger
    current: PeriodAccount
    calls: list[tuple[int, int]]

    @property
    def usable(self) -> list[TopUpAccount]:
        """The top-ups that may be spent today and are not used up."""
        return [held for held in self.ledger.top_ups if held.first <= self.promise.today < held.after and held.left]

    @property
    def promised(self) -> int:
        """All that may be spent in the current period: allowance, carry, top-ups used in it or usable today."""
        added = sum(self.current.from_top_ups.values()) + sum(held.left for held in self.usable)
        return max(self.current.capacity, 0) + added

    @property
    def left(self) -> int:
        """What is left of it."""
        return self.current.left + sum(held.left for held in self.usable)

    @property
    def reserved(self) -> int:
        """Minutes of the planned calls until the period's end."""
        return sum(minutes for _, minutes in self.calls)

    @property
    def over(self) -> int:
        """What found nothing left of it; where no amount is agreed, such as in an onboarding term, nothing is over."""
        return 0 if self.current.kind == NONE and not self.promised else self.current.over

    @property
    def percent(self) -> int:
        """How much of the promise is spent; of nothing any minute is all of it."""
        if self.promised:
            return self.current.spent * 100 // self.promised
        return 100 if self.current.spent else 0

    @property
    def alert(self) -> int:
        """The highest percentage that is reached of those that are told, else 0."""
        if self.current.kind == NONE and not self.promised:
            return 0
        return max((limit for limit in ALERT_PERCENT if self.percent >= limit), default=0)


def standings(customer_ids: Sequence[int], now: int, everything: bool = False) -> dict[int, Standing]:
    """The accounts of these customers at an instant (UTC seconds).

    Only as far back as what is current depends on, or all periods with `everything`.
    """
    found: dict[int, Standing] = {}
    for start in range(0, len(customer_ids), AT_ONCE):
        found |= _standings(customer_ids[start : start + AT_ONCE], now, everything)
    return found


def _standings(customer_ids: Sequence[int], now: int, everything: bool) -> dict[int, Standing]:
    held = promises(customer_ids, now)
    reaches = {key: _Reach(date.min) if everything else _settled(each) for key, each in held.items()}
    spent = _spent(reaches)
    ledgers = {key: _ledger(each, reaches[key], spent.get(key, {})) for key, each in held.items()}
    current = {key: _current(held[key], ledger) for key, ledger in ledgers.items()}
    calls = _calls(held, current)
    return {key: Standing(held[key], ledgers[key], current[key], calls.get(key, [])) for key in held}


def standing(customer_id: int, now: int, everything: bool = False) -> Standing:
    """The accounts of a customer; NotFound where there is no such customer."""
    found = standings((customer_id,), now, everything).get(customer_id)
    if found is None:
        raise NotFound("This customer is not there any more; look at the list again.")
    return found


def timeline(held: Promise, begin: date, until: date) -> list[Period]:
    """The open periods from `begin` to the one that `until` lies in, without a gap but for closed ones."""
    after = _end(held, until)
    stretches = [Stretch(max(first, begin), min(end, after)) for first, end in _open(held.closed)]
    stretches = [each for each in stretches if each.first < each.after]
    found = periods(clipped(held.segments, _open(held.closed)), until, begin)
    if found and stretches and found[-1].after > stretches[-1].after:
        stretches[-1] = stretches[-1]._replace(after=found[-1].after)
    return filled(found, stretches)


def _end(held: Promise, until: date) -> date:
    """Where time in which nothing is promised ends: with its month, or where something is promised again."""
    following = [each.first for each in held.segments if each.first > until]
    return min([cell(NONE, until).after, *following])


def _open(closed: Sequence[Closed]) -> list[Stretch]:
    """All time but the closed periods."""
    found, day = [], date.min
    for row in closed:
        found.append(Stretch(day, row.first))
        day = row.after
    return [each for each in [*found, Stretch(day, FOREVER)] if each.first < each.after]


class _Reach(NamedTuple):
    """How far back what is current depends on: from a day on, or on one `period` alone."""

    first: date
    period: Period | None = None


def _settled(held: Promise) -> _Reach:
    """From the beginning, from what is closed or from a top-up on; else the running period alone."""
    resume = held.closed[-1].after if held.closed else date.min
    carries = any(each.carry != NOTHING or each.carry_deficit for each in held.segments if each.after > resume)
    if carries or (held.closed and held.closed[-1].carried_out):
        return _Reach(resume)
    running = _period_at(held, held.today)
    if running is None:
        return _Reach(resume)
    if not held.top_ups:
        return _Reach(running.first, running)
    start, moved = running.first, True
    while moved:
        earlier = [each.first for each in held.top_ups if each.first < start < each.after]
        moved = bool(earlier)
        if earlier:
            before = _period_at(held, min(earlier))
            start = before.first if before else min(earlier)
    return _Reach(max(start, resume))


def _period_at(held: Promise, day: date) -> Period | None:
    """The open period that a day lies in; None where that is closed."""
    around = timeline(held, cell(NONE, day).first, day)
    return next((each for each in around if each.first <= day < each.after), None)


def _ledger(held: Promise, reach: _Reach, spent: Mapping[date, int]) -> Ledger:
    if reach.period is not None:
        return reckon([reach.period], [], spent, [], held.today)
    open_days = spent
    if held.closed:
        open_days = {day: minutes for day, minutes in spent.items() if not _is_closed(held.closed, day)}
    until = max([held.today, *open_days])
    known = [each.first for each in held.segments] + [each.first for each in held.closed]
    begins = [day for day in known if day <= until]
    begin = reach.first if reach.first > date.min else cell(NONE, min([held.today, *begins, *open_days])).first
    return reckon(timeline(held, begin, until), held.top_ups, open_days, held.closed, held.today)


def _is_closed(closed: Iterable[Closed], day: date) -> bool:
    return any(row.first <= day < row.after for row in closed)


def _current(held: Promise, ledger: Ledger) -> PeriodAccount:
    return next(each for each in ledger.periods if each.first <= held.today < each.after)


def alike(select: str, asked: Mapping[int, tuple[str, ...]]) -> list[tuple[Any, ...]]:
    """Rows of one statement that asks a query for each group of customers with the same values.

    The query has `{}` where the customers stand and `?` for the values, in this order. Databases find their index for
    this form, however many customers there are.
    """
    groups: dict[tuple[str, ...], list[int]] = {}
    for customer_id, values in asked.items():
        groups.setdefault(values, []).append(customer_id)
    parts = [select.format(", ".join("?" * len(ids))) for ids in groups.values()]
    given = [value for values, ids in groups.items() for value in (*ids, *values)]
    return rows(" UNION ALL ".join(parts), given) if parts else []


def _spent(reaches: Mapping[int, _Reach]) -> dict[int, dict[date, int]]:
    """The counting minutes of each customer by booked day; of a period alone, their sum on its first day."""
    by_day = alike(
        "SELECT customer_id, booked_on, SUM(minutes) FROM time_entry WHERE customer_id IN ({}) AND booked_on >= ?"
        " AND counts = 1 GROUP BY customer_id, booked_on",
        {key: (reach.first.isoformat(),) for key, reach in reaches.items() if reach.period is None},
    )
    summed = alike(
        "SELECT customer_id, SUM(minutes) FROM time_entry WHERE customer_id IN ({}) AND booked_on >= ?"
        " AND booked_on < ? AND counts = 1 GROUP BY customer_id",
        {
            key: (reach.first.isoformat(), reach.period.after.isoformat())
            for key, reach in reaches.items()
            if reach.period is not None
        },
    )
    spent: dict[int, dict[date, int]] = {key: {reaches[key].first: int(minutes)} for key, minutes in summed}
    for customer_id, day, minutes in by_day:
        spent.setdefault(customer_id, {})[iso_day(day)] = int(minutes)
    return spent


def _calls(held: Mapping[int, Promise], current: Mapping[int, PeriodAccount]) -> dict[int, list[tuple[int, int]]]:
    """The planned calls of the current periods that no time was entered for yet."""
    if not held:
        return {}
    found = rows(
        "SELECT r.customer_id, r.at, r.minutes FROM review_call r WHERE r.state = 'planned'"
        f" AND r.customer_id IN ({', '.join('?' * len(held))})"
        " AND NOT EXISTS (SELECT 1 FROM time_entry e WHERE e.call_id = r.id) ORDER BY r.at",
        tuple(held),
    )
    calls: dict[int, list[tuple[int, int]]] = {}
    for customer_id, at, minutes in found:
        period = current[customer_id]
        if period.first <= local_of(held[customer_id].zone, at).date() < period.after:
            calls.setdefault(customer_id, []).append((at, minutes))
    return calls
