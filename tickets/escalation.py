"""A customer's call for a manager: its clock, and the answer that stops it (annex 2023-11-15, "Escalation")."""

from __future__ import annotations

from typing import Any

from contracts.held import terms_at
from models.access import require
from models.clocks import RUNNING, Escalation
from models.errors import NotFound
from models.journal import transaction
from models.people import LEAD, TAM
from models.reading import one, scalar
from models.tickets import CLOSED, OPEN, SOLVED
from tickets import clock_rows
from tickets.clockwork import ESCALATIONS, PlannedClock, plan_escalation
from tickets.conversation import settle_clock
from tickets.errors import RuleRefused
from tickets.rules import WORKERS, Done, Held, done, held, touched
from tickets.words import clean_line


def escalate(ticket_id: int, kind: str, reason: str, actor: int, at: int) -> Done:
    """Record that the customer escalates, "non-urgent" or "urgent"; a manager's answer is due from `at`."""
    with transaction(actor, at, "escalate", ticket_id) as tx:
        person = require(actor, *WORKERS)
        ticket = held(ticket_id)
        if kind not in ESCALATIONS:
            raise RuleRefused(f"An escalation is {' or '.join(ESCALATIONS)}, not {kind!r}.")
        if scalar("SELECT 1 FROM escalation WHERE ticket_id = ? AND answered_at IS NULL", (ticket_id,)):
            raise RuleRefused(f"#{ticket_id} is escalated already; a manager answers that first.")
        why = clean_line(reason)
        if not why:
            raise RuleRefused("An escalation needs a reason; say in a line what the customer wants.")
        terms = terms_at(ticket.customer_id, at)
        planned = plan_escalation(terms.terms, kind, ticket.severity, at) if terms else None
        clock_id = clock_rows.open_clock(tx, ticket_id, planned) if isinstance(planned, PlannedClock) else None
        tx.insert(Escalation, ticket_id=ticket_id, clock_id=clock_id, kind=kind, reason=reason, raised_at=at)
        clock_rows.restate(tx, ticket_id, escalated=1, updated_at=touched(ticket, at), **_opened(ticket, at))
        tx.say(f"{person.name} recorded the {kind} escalation of #{ticket_id}: {why}")
    return done(tx, ticket_id)


def _opened(ticket: Held, at: int) -> dict[str, Any]:
    """Open a ticket that was thought to be done: the customer says it is not, and its clock has to be seen."""
    if ticket.state not in (SOLVED, CLOSED):
        return {}
    return {"state": OPEN, "is_open": 1, "waiting_since": at}


def answer_escalation(ticket_id: int, actor: int, at: int) -> Done:
    """Record a manager's answer to the open escalation; it stops that clock."""
    with transaction(actor, at, "answer_escalation", ticket_id) as tx:
        person = require(actor, LEAD, TAM)
        ticket = held(ticket_id)
        found = one("SELECT id, clock_id FROM escalation WHERE ticket_id = ? AND answered_at IS NULL", (ticket_id,))
        if found is None:
            raise NotFound(f"#{ticket_id} has no open escalation.")
        clock = next((clock for clock in clock_rows.clocks(ticket_id) if clock.id == found[1]), None)
        running = clock is not None and clock.state == RUNNING
        told = settle_clock(tx, ticket, clock, at, None) if running and clock else ""
        tx.update(Escalation, found[0], answered_at=at, owner_id=actor)
        clock_rows.restate(tx, ticket_id, escalated=0, updated_at=touched(ticket, at))
        tx.say(f"{person.name} answered the escalation of #{ticket_id}{told}.", seen=True)
    return done(tx, ticket_id)
