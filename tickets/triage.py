"""Who takes a ticket, how severe it is, and where it stands."""

from __future__ import annotations

from contracts.held import terms_at
from models.access import require
from models.journal import transaction
from models.people import LEAD
from models.tickets import CLOSED, OPEN, SOLVED, STATES, WAITING, Ticket
from tickets import clock_rows
from tickets.clockwork import NoClock, plan_initial
from tickets.errors import RuleRefused
from tickets.rules import WORKERS, Done, check_severity, done, held, refuse_while_running, touched
from tickets.words import clean_line


def claim(ticket_id: int, actor: int, at: int, take_over: bool = False) -> Done:
    """Make the ticket the actor's own; refused where someone else has it, unless taken over."""
    with transaction(actor, at, "claim", ticket_id) as tx:
        person = require(actor, *WORKERS)
        ticket = held(ticket_id)
        if ticket.owner_id == actor:
            raise RuleRefused(f"#{ticket_id} is yours already.")
        if ticket.owner_id is not None and not take_over:
            raise RuleRefused(f"#{ticket_id} is {ticket.owner}'s; take it over, or let {ticket.owner} release it.")
        tx.update(Ticket, ticket_id, owner_id=actor, updated_at=touched(ticket, at))
        if ticket.owner:
            tx.say(f"{person.name} took #{ticket_id} over from {ticket.owner}.")
        else:
            tx.say(f"{person.name} claimed #{ticket_id}.")
    return done(tx, ticket_id)


def release(ticket_id: int, actor: int, at: int) -> Done:
    """Let the ticket go; a lead may release anyone's."""
    with transaction(actor, at, "release", ticket_id) as tx:
        person = require(actor, *WORKERS)
        ticket = held(ticket_id)
        if ticket.owner_id is None:
            raise RuleRefused(f"Nobody owns #{ticket_id}; there is nothing to release.")
        if ticket.owner_id != actor and person.role != LEAD:
            raise RuleRefused(f"#{ticket_id} is {ticket.owner}'s; only {ticket.owner} or a lead releases it.")
        tx.update(Ticket, ticket_id, owner_id=None, updated_at=touched(ticket, at))
        tx.say(f"{person.name} released #{ticket_id}.")
    return done(tx, ticket_id)


def change_severity(
    ticket_id: int, severity: int, reason: str, actor: int, at: int, version: int | None = None
) -> Done:
    """Change the vendor's severity, with a reason; a running clock is counted again from receipt."""
    with transaction(actor, at, "change_severity", ticket_id) as tx:
        person = require(actor, *WORKERS)
        check_severity(severity)
        ticket = held(ticket_id)
        if severity == ticket.severity:
            raise RuleRefused(f"#{ticket_id} has severity {severity} already.")
        if not reason.strip():
            raise RuleRefused("A change of severity needs a reason; say in a line what changed.")
        terms = terms_at(ticket.customer_id, ticket.received_at)
        planned = plan_initial(terms.terms if terms else None, ticket.channel, severity, ticket.received_at)
        clock_rows.replan_initial(tx, ticket_id, planned)
        without = planned.state if isinstance(planned, NoClock) else "none"
        clock_rows.restate(
            tx, ticket_id, without=without, expected_version=version, severity=severity, updated_at=touched(ticket, at)
        )
        if ticket.state in (SOLVED, CLOSED):
            refuse_while_running(ticket_id, ticket.state)
        why = clean_line(reason)
        tx.say(f"{person.name} set severity {severity} on #{ticket_id} (was {ticket.severity}): {why}")
    return done(tx, ticket_id)


def change_state(ticket_id: int, state: str, actor: int, at: int, version: int | None = None) -> Done:
    """Change the state; no state stops a clock, so what was never answered is not solved or closed."""
    with transaction(actor, at, "change_state", ticket_id) as tx:
        person = require(actor, *WORKERS)
        if state not in STATES:
            raise RuleRefused(f"A ticket is {', '.join(STATES)}; not {state!r}.")
        ticket = held(ticket_id)
        if state == ticket.state:
            raise RuleRefused(f"#{ticket_id} is {state} already.")
        if state in (SOLVED, CLOSED):
            refuse_while_running(ticket_id, state)
        clock_rows.restate(
            tx,
            ticket_id,
            expected_version=version,
            state=state,
            is_open=int(state in (OPEN, WAITING)),
            waiting_since=ticket.waiting_since if state == OPEN else None,
            updated_at=touched(ticket, at),
        )
        tx.say(f"{person.name} set #{ticket_id} to {state} (was {ticket.state}).")
    return done(tx, ticket_id)
