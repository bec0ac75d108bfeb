"""A customer's hours as they stand: the running period, top-ups, what is reserved, and where each number is from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from contracts.words import duration_text
from models.reading import one, rows
from tam.coverage import Coverage, coverage
from tam.ledger import PeriodAccount, TopUpAccount
from tam.periods import CAPPED, NONE, Part
from tam.standing import Standing, standing


class Late(NamedTuple):
    """Entries of the running period that came after their own period was closed: how many, and their minutes."""

    entries: int
    minutes: int


class Balance(NamedTuple):
    """A customer's hours at an instant; minutes, local dates.

    `promised` is all that may be spent in `period` (allowance, carry, top-ups used in it or usable today), `left` what
    is left of that, `free` what planned calls leave of it (below zero where they need more).
    """

    customer_id: int
    customer: str
    tam: str | None
    today: date
    coverage: Coverage
    period: PeriodAccount
    top_ups: list[TopUpAccount]
    promised: int
    spent: int
    over: int
    left: int
    reserved: int
    free: int
    percent: int
    late: Late
    why: list[str]


def balance(customer_id: int, now: int) -> Balance:
    """The hours of a customer at an instant (UTC seconds); NotFound where there is no such customer."""
    held = standing(customer_id, now)
    today, period = held.promise.today, held.current
    covered = coverage(customer_id, today)
    late = _late(customer_id, period)
    return Balance(
        customer_id,
        held.promise.customer,
        held.promise.tam,
        today,
        covered,
        period,
        [each for each in held.ledger.top_ups if each.after > period.first],
        held.promised,
        period.spent,
        held.over,
        held.left,
        held.reserved,
        held.left - held.reserved,
        held.percent,
        late,
        list(_why(held, covered, late)),
    )


def accounts(customer_id: int, now: int) -> list[PeriodAccount]:
    """Every period of a customer up to the running one, newest first; months without anything are left out."""
    found = standing(customer_id, now, everything=True).ledger.periods
    return [each for each in reversed(found) if each.kind != NONE or each.spent or each.carried_in]


def top_ups(customer_id: int, now: int) -> list[TopUpAccount]:
    """Every top-up of a customer and what became of it, the newest first."""
    return standing(customer_id, now, everything=True).ledger.top_ups[::-1]


def burn(customer_id: int, first: date, after: date) -> list[tuple[date, int]]:
    """The counting minutes booked on each day from `first` to before `after`, days without any included."""
    found = rows(
        "SELECT booked_on, SUM(minutes) FROM time_entry WHERE customer_id = ? AND booked_on >= ? AND booked_on < ?"
        " AND counts = 1 GROUP BY booked_on",
        (customer_id, first.isoformat(), after.isoformat()),
    )
    spent = {date.fromisoformat(day): int(minutes) for day, minutes in found}
    days = (first + timedelta(days=number) for number in range((after - first).days))
    return [(day, spent.get(day, 0)) for day in days]


def _late(customer_id: int, period: PeriodAccount) -> Late:
    found = one(
        "SELECT COUNT(*), COALESCE(SUM(minutes), 0) FROM time_entry WHERE customer_id = ? AND booked_on >= ?"
        " AND booked_on < ? AND counts = 1 AND late = 1",
        (customer_id, period.first.isoformat(), period.after.isoformat()),
    )
    return Late(*(int(number) for number in found or (0, 0)))


def _why(held: Standing, covered: Coverage, late: Late) -> Iterator[str]:
    """Where each number comes from, a line each, in the order in which they are added up."""
    period = held.current
    yield covered.reason
    promised = period.promise
    if promised is None or period.kind == NONE:
        yield "No hours are promised at this time."
    else:
        for part in promised.parts:
            yield _given(part, period.kind)
        yield f"Allowance of {period.label}: {duration_text(period.allowance)}."
    yield from _carried(held)
    for each in held.ledger.top_ups:
        if each.first < period.after and each.after > period.first:
            yield _added(each, period)
    yield f"Spent in {period.label}: {duration_text(period.spent)}."
    if late.entries:
        yield f"{duration_text(late.minutes)} of that came late, for days of a closed period."
    if held.over:
        yield f"{duration_text(held.over)} found nothing left: they are over."
    if held.calls:
        count = len(held.calls)
        yield f"Reserved for {count} planned call{'' if count == 1 else 's'}: {duration_text(held.reserved)}."
    yield f"Left: {duration_text(held.left)}."


def _given(part: Part, kind: str) -> str:
    said = f"{duration_text(part.minutes)} per {kind}: {part.source}."
    return said if part.days == part.whole else f"{said} In force on {part.days} of {part.whole} days."


def _carried(held: Standing) -> Iterator[str]:
    period = held.current
    if period.carried_in > 0:
        yield f"Carried in from the period before: {duration_text(period.carried_in)}."
    if period.carried_in < 0:
        yield f"Deficit carried in from the period before: {duration_text(-period.carried_in)}."
    if period.promise is not None and period.promise.carry == CAPPED:
        cap = duration_text(period.promise.carry_cap)
        yield f"Up to {cap} of what is left goes on to the next period."


def _added(held: TopUpAccount, period: PeriodAccount) -> str:
    used = period.from_top_ups.get(held.id, 0)
    last = (held.after - timedelta(days=1)).isoformat()
    return (
        f"Top-up of {duration_text(held.minutes)}, from {held.first.isoformat()} to {last}: "
        f"{duration_text(used)} used in {period.label}, {duration_text(held.left)} left."
    )
