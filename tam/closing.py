"""Closing periods: a closed one stands as it was, and what comes late counts from the first open day on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from contracts.words import duration_text
from models.access import require
from models.errors import DomainError, NotFound
from models.journal import Transaction, transaction
from models.reading import one, rows, scalar
from models.words import LEAD
from tam.ledger import PeriodAccount
from tam.periods import NONE
from tam.standing import Standing, standing, standings


class ClosingRefused(DomainError):
    """The period cannot be closed or reopened; the message says why and what is possible."""


class Closable(NamedTuple):
    """A customer's periods that are over and still open, the oldest first."""

    customer_id: int
    customer: str
    tam: str | None
    periods: list[PeriodAccount]


class ClosedAll(NamedTuple):
    """How many periods of how many customers were closed at once, and the sentence that the journal keeps."""

    periods: int
    customers: int
    sentence: str
    operation_id: int | None


def open_since(customer_id: int) -> str:
    """The first open local date (ISO) after the closed periods; empty where none is closed."""
    return scalar("SELECT MAX(ends_on) FROM closed_period WHERE customer_id = ?", (customer_id,)) or ""


def closable(now: int, customer_ids: Sequence[int] | None = None) -> list[Closable]:
    """The customers with periods that are over and still open at an instant (UTC seconds), by name."""
    asked = _with_hours() if customer_ids is None else customer_ids
    found = standings(asked, now, everything=True)
    lines = [
        Closable(key, held.promise.customer, held.promise.tam, _ended(held))
        for key, held in sorted(found.items(), key=lambda item: (item[1].promise.customer, item[0]))
    ]
    return [line for line in lines if line.periods]


def close(customer_id: int, actor: int, at: int, starts_on: str | None = None) -> PeriodAccount:
    """Freeze the oldest open period of a customer that is over; leads only.

    Raises ClosingRefused where none is over, or where `starts_on` (ISO date) names another than the oldest one.
    """
    with transaction(actor, at, "hours.close") as tx:
        lead = require(actor, LEAD)
        held = standing(customer_id, at, everything=True)
        period = _oldest(held, starts_on)
        _freeze(tx, customer_id, period, actor, at)
        tx.say(f"{lead.name} closed {period.label} of {held.promise.customer}: {told(period)}.")
    return period._replace(closed=True)


def close_all(until: str, actor: int, at: int) -> ClosedAll:
    """Freeze every open period of every customer that ends on or before a local date (ISO) and is over; leads only."""
    with transaction(actor, at, "hours.close_all") as tx:
        lead = require(actor, LEAD)
        last = _date(until)
        found = [
            (line.customer_id, period) for line in closable(at) for period in line.periods if _ends_by(period, last)
        ]
        if not found:
            raise ClosingRefused(f"No open period is over by {until}; the running ones are closed once they are.")
        for customer_id, period in found:
            _freeze(tx, customer_id, period, actor, at)
        customers = len({customer_id for customer_id, _ in found})
        counted = f"{_count(len(found), 'period')} of {_count(customers, 'customer')}"
        tx.say(f"{lead.name} closed {counted} until {until}.")
    return ClosedAll(len(found), customers, tx.sentence, tx.operation_id)


def reopen(customer_id: int, starts_on: str, actor: int, at: int, reason: str) -> None:
    """Open the newest closed period of a customer again; leads only, with a reason.

    Raises ClosingRefused for an older one: what came after it was counted on from it.
    """
    with transaction(actor, at, "hours.reopen") as tx:
        lead = require(actor, LEAD)
        if not reason.strip():
            raise ClosingRefused("Opening a period again needs a reason; say it in a line.")
        row = one(
            "SELECT p.id, p.starts_on, p.ends_on, p.period, c.name FROM closed_period p JOIN customer c"
            " ON c.id = p.customer_id WHERE p.customer_id = ? ORDER BY p.starts_on DESC LIMIT 1",
            (customer_id,),
        )
        if row is None:
            raise ClosingRefused("No period of this customer is closed.")
        row_id, newest, _, _, name = row
        if newest != starts_on:
            raise ClosingRefused(f"Only the newest closed period of {name} can be opened again: that from {newest} on.")
        from models.hours import ClosedPeriod

        tx.delete(ClosedPeriod, row_id)
        tx.say(f"{lead.name} reopened the period of {name} from {starts_on} on: {' '.join(reason.split())}")


def told(period: PeriodAccount) -> str:
    """A period's account in words."""
    parts = [f"{duration_text(period.spent)} spent of {duration_text(max(period.capacity, 0))}"]
    added = sum(period.from_top_ups.values())
    for minutes, words in (
        (added, "from top-ups"),
        (period.over, "over"),
        (period.lapsed, "lapsed"),
        (period.carried_out, "carried on"),
        (-period.carried_out, "of deficit carried on"),
    ):
        if minutes > 0:
            parts.append(f"{duration_text(minutes)} {words}")
    return ", ".join(parts)


def _ended(held: Standing) -> list[PeriodAccount]:
    """The open periods that are over; where nothing was promised only those in which something happened."""
    today = held.promise.today
    return [
        each
        for each in held.ledger.periods
        if not each.closed and each.after <= today and (each.kind != NONE or each.spent or each.carried_in)
    ]


def _oldest(held: Standing, starts_on: str | None) -> PeriodAccount:
    ended, name = _ended(held), held.promise.customer
    if not ended:
        running = held.current
        raise ClosingRefused(
            f"No open period of {name} is over; {running.label} ends before {running.after.isoformat()}."
        )
    if starts_on is not None and ended[0].first != _date(starts_on):
        raise ClosingRefused(
            f"{name}'s oldest open period is {ended[0].label}, from {ended[0].first.isoformat()} on: close that first."
        )
    return ended[0]


def _freeze(tx: Transaction, customer_id: int, period: PeriodAccount, actor: int, at: int) -> None:
    from models.hours import ClosedPeriod

    tx.insert(
        ClosedPeriod,
        customer_id=customer_id,
        period=period.kind,
        starts_on=period.first.isoformat(),
        ends_on=period.after.isoformat(),
        allowance=period.allowance,
        carried_in=period.carried_in,
        spent=period.spent,
        top_ups=json.dumps({str(key): used for key, used in sorted(period.from_top_ups.items())}),
        carried_out=period.carried_out,
        at=at,
        person_id=actor,
    )


def _with_hours() -> list[int]:
    """The customers that hours may have been promised to or spent for."""
    found = rows(
        "SELECT k.customer_id FROM contract k WHERE k.order_json LIKE '%\"tam\"%'"
        " OR EXISTS (SELECT 1 FROM allowance a WHERE a.contract_id = k.id)"
        " OR EXISTS (SELECT 1 FROM top_up t WHERE t.contract_id = k.id)"
        " UNION SELECT customer_id FROM time_entry WHERE counts = 1"
    )
    return sorted(key for (key,) in found)


def _ends_by(period: PeriodAccount, last: date) -> bool:
    return period.after.toordinal() - 1 <= last.toordinal()


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise NotFound(f"{text!r} is not a date such as 2026-03-31.") from error


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
