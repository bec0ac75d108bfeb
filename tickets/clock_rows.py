"""Clocks in the database: opened, recomputed and stopped, with the ticket's columns that repeat what they say."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import Any, NamedTuple

from contracts.held import terms_at
from contracts.words import COMMUNITY
from models.clocks import INITIAL, MET, MISSED, RUNNING, VOID, Clock
from models.journal import Transaction
from models.reading import one, scalar
from models.tickets import Ticket
from sla.clock import Policy
from sla.hours import SupportHours
from tickets.clock_reading import basis, clocks
from tickets.clockwork import NoClock, PlannedClock, order_at, plan_initial, settle
from tickets.records import ClockRow

__all__ = ("answered", "basis", "basis_id", "clocks", "open_clock", "replan_initial", "restate", "stop")


def basis_id(tx: Transaction, hours: SupportHours, policy: Policy) -> int:
    """The row that keeps these hours and this policy; made where it is not kept yet.

    It is a constant that many clocks share, so it is no part of the operation: undoing that must not take it away.
    """
    hours_json, policy_json, digest = _forms(hours, policy)
    kept = scalar("SELECT id FROM basis WHERE digest = ?", (digest,))
    if kept is None:
        sql = "INSERT INTO basis (digest, hours, policy) VALUES (?, ?, ?) RETURNING id"
        kept = tx.desk.execute(sql, (digest, hours_json, policy_json)).fetchall()[0][0]
    return int(kept)


@lru_cache(maxsize=256)
def _forms(hours: SupportHours, policy: Policy) -> tuple[str, str, str]:
    hours_json = json.dumps(hours.to_mapping(), sort_keys=True)
    policy_json = json.dumps(policy.to_mapping(), sort_keys=True)
    return hours_json, policy_json, hashlib.sha256(f"{hours_json}\n{policy_json}".encode()).hexdigest()


def open_clock(tx: Transaction, ticket_id: int, planned: PlannedClock) -> int:
    """Start a clock; answers its id."""
    return tx.insert(Clock, ticket_id=ticket_id, state=RUNNING, **_columns(tx, planned))


def _columns(tx: Transaction, planned: PlannedClock) -> dict[str, Any]:
    return {
        "kind": planned.kind,
        "severity": planned.severity,
        "objective_minutes": planned.objective_minutes,
        "basis_id": basis_id(tx, planned.hours, planned.policy),
        "plan": planned.plan,
        "revision": planned.revision,
        "section": planned.section,
        "received_at": planned.received_at,
        "started_at": planned.started_at,
        "due_at": planned.due_at,
    }


def replan_initial(tx: Transaction, ticket_id: int, planned: PlannedClock | NoClock) -> None:
    """Recompute a running initial-response clock from receipt; what is settled stays as it was."""
    initial = [clock for clock in clocks(ticket_id) if clock.kind == INITIAL and clock.state != VOID]
    if any(clock.state in (MET, MISSED) for clock in initial):
        return
    if initial and isinstance(planned, NoClock):
        tx.update(Clock, initial[0].id, state=VOID)
    elif initial and isinstance(planned, PlannedClock):
        tx.update(Clock, initial[0].id, **_columns(tx, planned))
    elif isinstance(planned, PlannedClock) and not answered(ticket_id):
        open_clock(tx, ticket_id, planned)


def answered(ticket_id: int) -> bool:
    """Whether a person of ours has written in public over a professional channel."""
    answer = (
        "SELECT 1 FROM message WHERE ticket_id = ? AND kind = 'message' AND side = 'vendor' AND automatic = 0"
        f" AND channel <> '{COMMUNITY}' LIMIT 1"
    )
    return scalar(answer, (ticket_id,)) is not None


def stop(tx: Transaction, clock: ClockRow, answered_at: int, message_id: int | None) -> ClockRow:
    """Settle a running clock at an answer."""
    held = basis(clock.basis_id)
    settled = settle(held.calendar, held.policy, clock.due_at, answered_at)
    tx.update(Clock, clock.id, message_id=message_id, **settled._asdict())
    return clock._replace(**settled._asdict())


class _Standing(NamedTuple):
    received_at: int
    waiting_since: int | None
    clock_state: str
    customer_id: int
    channel: str
    severity: int


def _without_clock(ticket: _Standing) -> str:
    """Why no clock runs on a ticket whose last one, of an escalation, has ended."""
    terms = terms_at(ticket.customer_id, ticket.received_at)
    planned = plan_initial(terms.terms if terms else None, ticket.channel, ticket.severity, ticket.received_at)
    return planned.state if isinstance(planned, NoClock) else "none"


def restate(tx: Transaction, ticket_id: int, *, without: str | None = None, **columns: Any) -> None:
    """Write ticket columns together with those that repeat what its clocks say now.

    `without` names why no clock runs (none, best_effort, bespoke) where that was found anew.
    """
    standing = one(f"SELECT {', '.join(_Standing._fields)} FROM ticket WHERE id = ?", (ticket_id,), _Standing)
    if standing is None:
        raise LookupError(f"ticket {ticket_id} is missing")
    waiting_since = columns.get("waiting_since", standing.waiting_since)
    held = [clock for clock in clocks(ticket_id) if clock.state != VOID]
    running = min((clock for clock in held if clock.state == RUNNING), key=lambda clock: clock.due_at, default=None)
    shown = running or next((clock for clock in held if clock.kind == INITIAL), None)
    known = without or (standing.clock_state if standing.clock_state not in (RUNNING, MET, MISSED) else None)
    tx.update(
        Ticket,
        ticket_id,
        **columns,
        order_at=order_at(running.due_at if running else None, waiting_since, standing.received_at),
        clock_state=shown.state if shown else known or _without_clock(standing),
        due_at=shown.due_at if shown else None,
        objective_minutes=shown.objective_minutes if shown else None,
        basis_id=shown.basis_id if shown else None,
    )
