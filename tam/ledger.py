"""The account of promised time: what each period was given, what was spent of it, and what became of the rest.

Of every period holds, in minutes:

    allowance + carried_in + from_top_ups + over = spent + left + lapsed + carried_out

`left` only while the period runs, `lapsed` and `carried_out` only once it has ended; `carried_in` and `carried_out` are
negative for a deficit. Of every top-up holds: minutes = used + left + lapsed. Pure functions of local dates.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tam.periods import CAPPED, FULL, NOTHING, Period, label


class TopUp(NamedTuple):
    """Added minutes that may be spent from a day to before another."""

    id: int
    minutes: int
    first: date
    after: date


class Closed(NamedTuple):
    """A period as it was frozen; `top_ups` are the minutes taken from each."""

    kind: str
    first: date
    after: date
    allowance: int
    carried_in: int
    spent: int
    top_ups: dict[int, int]
    carried_out: int


class PeriodAccount(NamedTuple):
    """A period and what became of its minutes; `from_top_ups` by top-up, `promise` as it was agreed (None: closed)."""

    kind: str
    first: date
    after: date
    label: str
    allowance: int
    carried_in: int
    spent: int
    from_top_ups: dict[int, int]
    over: int
    left: int
    lapsed: int
    carried_out: int
    closed: bool
    promise: Period | None = None

    @property
    def capacity(self) -> int:
        """What the period itself may be spent of: allowance and what was carried in."""
        return self.allowance + self.carried_in


class TopUpAccount(NamedTuple):
    """A top-up and what became of its minutes; `lapsed` once its last day is over."""

    id: int
    minutes: int
    first: date
    after: date
    used: int
    left: int
    lapsed: int


class Ledger(NamedTuple):
    """All periods oldest first, and all top-ups."""

    periods: list[PeriodAccount]
    top_ups: list[TopUpAccount]


class Pool(NamedTuple):
    """Where minutes are taken from: the period (`top_up` None) or a top-up; `expiry` puts them in order."""

    top_up: int | None
    first: date
    after: date
    expiry: tuple[date, int, int]


def pools_of(period: Period, top_ups: Iterable[TopUp]) -> list[Pool]:
    """The pools of a period, the one that expires first at the front.

    Of those that expire together the period's own goes first, unless what is left of it goes on to the next period.
    """
    own = Pool(None, period.first, period.after, (period.after, 2 if period.carry != NOTHING else 0, 0))
    added = [
        Pool(held.id, held.first, held.after, (held.after, 1, held.id))
        for held in top_ups
        if held.first < period.after and held.after > period.first
    ]
    return sorted([own, *added], key=lambda pool: pool.expiry)


def draw(pools: Sequence[Pool], left: dict[int | None, int], day: date, minutes: int) -> int:
    """Take minutes of a day from the pools, which `left` says how much is in; returns what found nothing."""
    for pool in pools:
        if pool.first <= day < pool.after and (held := left[pool.top_up]) > 0:
            taken = min(held, minutes)
            left[pool.top_up] = held - taken
            minutes -= taken
            if not minutes:
                break
    return minutes


def reckon(
    periods: Sequence[Period],
    top_ups: Sequence[TopUp],
    spent: Mapping[date, int],
    closed: Sequence[Closed],
    today: date,
) -> Ledger:
    """Compute all accounts as of a day; closed periods stand as they are, and the others go on from them.

    The periods do not overlap each other or closed ones. Days within closed periods are left alone; a day with minutes
    outside every period is a ValueError.
    """
    rest: dict[int | None, int] = {held.id: held.minutes for held in top_ups}
    for row in closed:
        for top_up, used in row.top_ups.items():
            if top_up in rest:
                rest[top_up] -= used
    days = _by_period(periods, spent, closed)
    accounts: list[PeriodAccount] = []
    carried = 0
    every: list[Period | Closed] = [*periods, *closed]
    for held in sorted(every, key=lambda each: each.first):
        if isinstance(held, Closed):
            accounts.append(_frozen(held))
        else:
            accounts.append(_live(held, carried, days.get(held.first, []), top_ups, rest, today))
        carried = accounts[-1].carried_out
    return Ledger(accounts, [_top_up(held, rest[held.id], today) for held in top_ups])


def _by_period(
    periods: Sequence[Period], spent: Mapping[date, int], closed: Sequence[Closed]
) -> dict[date, list[tuple[date, int]]]:
    """The days with minutes of each period, oldest first, by the period's first day."""
    every: list[Period | Closed] = sorted([*periods, *closed], key=lambda each: each.first)
    starts = [each.first for each in every]
    found: dict[date, list[tuple[date, int]]] = {}
    for day in sorted(spent):
        index = bisect_right(starts, day) - 1
        if index < 0 or day >= every[index].after:
            raise ValueError(f"{day} lies in no period")
        found.setdefault(starts[index], []).append((day, spent[day]))
    return found


def _live(
    period: Period,
    carried_in: int,
    days: list[tuple[date, int]],
    top_ups: Sequence[TopUp],
    rest: dict[int | None, int],
    today: date,
) -> PeriodAccount:
    pools = pools_of(period, top_ups)
    before = {pool.top_up: rest[pool.top_up] for pool in pools if pool.top_up is not None}
    rest[None] = period.allowance + carried_in
    over = 0
    for day, minutes in days:
        over += draw(pools, rest, day, minutes)
    remaining = rest.pop(None) - over
    used = {top_up: had - rest[top_up] for top_up, had in before.items() if had != rest[top_up]}
    spent = sum(minutes for _, minutes in days)
    if today < period.after:
        return _account(period, carried_in, spent, used, left=max(remaining, 0), over=max(-remaining, 0))
    out = _carried_out(period, remaining)
    return _account(
        period, carried_in, spent, used, lapsed=max(remaining - out, 0), over=max(out - remaining, 0), out=out
    )


def _carried_out(period: Period, remaining: int) -> int:
    """What goes on to the next period: of what is left as much as was agreed, of a deficit all or nothing."""
    if remaining < 0:
        return remaining if period.carry_deficit else 0
    if period.carry == FULL:
        return remaining
    return min(remaining, period.carry_cap) if period.carry == CAPPED else 0


def _account(
    period: Period,
    carried_in: int,
    spent: int,
    used: dict[int, int],
    left: int = 0,
    lapsed: int = 0,
    over: int = 0,
    out: int = 0,
) -> PeriodAccount:
    return PeriodAccount(
        period.kind,
        period.first,
        period.after,
        period.label,
        period.allowance,
        carried_in,
        spent,
        used,
        over,
        left,
        lapsed,
        out,
        False,
        period,
    )


def _frozen(row: Closed) -> PeriodAccount:
    rest = row.allowance + row.carried_in + sum(row.top_ups.values()) - row.spent - row.carried_out
    return PeriodAccount(
        row.kind,
        row.first,
        row.after,
        label(row.kind, row.first, row.after),
        row.allowance,
        row.carried_in,
        row.spent,
        dict(row.top_ups),
        max(-rest, 0),
        0,
        max(rest, 0),
        row.carried_out,
        True,
    )


def _top_up(held: TopUp, rest: int, today: date) -> TopUpAccount:
    ended = held.after <= today
    used = held.minutes - rest
    return TopUpAccount(*held, used, 0 if ended else rest, rest if ended else 0)
