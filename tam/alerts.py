"""Telling, once each, that the hours of a period are used to 80 and to 100 percent.

An alert is no part of what somebody did: undoing a time entry leaves it as told, so that it is not told again, and
shows it to nobody while it is not so.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from models.access import require
from models.connection import current
from models.journal import Transaction
from models.reading import rows
from models.words import LEAD
from tam.standing import ALERT_PERCENT, standing, standings


class Alert(NamedTuple):
    """That a customer's period has reached `percent` at an instant (UTC seconds); `sentence` says it as it is now."""

    id: int
    customer_id: int
    customer: str
    percent: int
    at: int
    sentence: str


class _Told(NamedTuple):
    id: int
    customer_id: int
    customer: str
    starts_on: str
    percent: int
    at: int


def note(tx: Transaction, customer_id: int, at: int) -> None:
    """Keep that the running period reached a percentage, where it did; called in the transaction of a time entry."""
    held = standing(customer_id, at)
    for percent in ALERT_PERCENT:
        if held.alert >= percent:
            tx.desk.execute(
                "INSERT INTO budget_alert (customer_id, starts_on, percent, at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (customer_id, starts_on, percent) DO NOTHING",
                (customer_id, held.current.first.isoformat(), percent, at),
            )


def alerts(person_id: int, now: int) -> list[Alert]:
    """What a TAM has not seen yet of their customers (a lead: of all), the newest first, where it is still so.

    Of two percentages of one period only the higher one is told.
    """
    found = rows(
        "SELECT b.id, b.customer_id, c.name, b.starts_on, b.percent, b.at FROM budget_alert b"
        " JOIN customer c ON c.id = b.customer_id WHERE b.seen_at IS NULL"
        " AND (c.tam_id = ? OR EXISTS (SELECT 1 FROM person p WHERE p.id = ? AND p.role = ?))"
        " ORDER BY b.at DESC, b.percent DESC, b.id",
        (person_id, person_id, LEAD),
        _Told,
    )
    held = standings(sorted({each.customer_id for each in found}), now)
    told: dict[int, Alert] = {}
    for each in found:
        stands = held[each.customer_id]
        if each.starts_on == stands.current.first.isoformat() and each.percent <= stands.alert:
            sentence = f"{each.customer}: {stands.percent} % of the hours of {stands.current.label} are used."
            alert = Alert(each.id, each.customer_id, each.customer, each.percent, each.at, sentence)
            known = told.get(each.customer_id)
            told[each.customer_id] = alert if known is None or known.percent < alert.percent else known
    return list(told.values())


def see(alert_ids: Iterable[int], actor: int, at: int) -> None:
    """Remember that alerts were seen, and the lower ones of the same periods with them (`at` in UTC seconds)."""
    require(actor)
    for alert_id in alert_ids:
        with current().transaction():
            current().execute(
                "UPDATE budget_alert SET seen_at = ? WHERE seen_at IS NULL AND EXISTS (SELECT 1 FROM budget_alert s"
                " WHERE s.id = ? AND s.customer_id = budget_alert.customer_id"
                " AND s.starts_on = budget_alert.starts_on AND s.percent >= budget_alert.percent)",
                (at, alert_id),
            )
