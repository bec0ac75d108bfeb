"""Who takes a ticket, how severe it is, and where it stands."""

from __future__ import annotations

from contracts.held import terms_at
from models.access import Actor, actor_by_id, require
from models.errors import NotFound
from models.journal import Transaction, transaction
from models.people import LEAD
from models.reading import one
from models.tickets import CLOSED, OPEN, SOLVED, STATES, WAITING, Ticket
from tickets import clock_rows
from tickets.clockwork import NoClock, plan_initial
from tickets.conversation import write_note
from tickets.errors import RuleRefused
from tickets.links import merged_into
from tickets.rules import WORKERS, Done, Held, check_severity, done, held, refuse_while_running, touched
from tickets.severity_rules import ASSESSED, check_change, check_end, owner_again, refuse_leaving
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
    """Let the ticket go; a lead may release anyone's. A severity 1 is handed over instead."""
    with transaction(actor, at, "release", ticket_id) as tx:
        person = require(actor, *WORKERS)
        ticket = held(ticket_id)
        if ticket.owner_id is None:
            raise RuleRefused(f"Nobody owns #{ticket_id}; there is nothing to release.")
        if ticket.owner_id != actor and person.role != LEAD:
            raise RuleRefused(f"#{ticket_id} is {ticket.owner}'s; only {ticket.owner} or a lead releases it.")
        refuse_leaving(ticket)
        tx.update(Ticket, ticket_id, owner_id=None, updated_at=touched(ticket, at))
        tx.say(f"{person.name} released #{ticket_id}.")
    return done(tx, ticket_id)


def assign(ticket_id: int, to: int, actor: int, at: int, note: str = "") -> Done:
    """Give a ticket to a colleague; a severity 1 that someone has is handed over, with a note."""
    with transaction(actor, at, "assign", ticket_id) as tx:
        person = require(actor, *WORKERS)
        ticket, colleague = held(ticket_id), _colleague(to)
        if ticket.severity == 1 and ticket.is_open and ticket.owner_id is not None and not note.strip():
            raise RuleRefused(f"#{ticket_id} is severity 1: say in a note where it stands, for {colleague.name}.")
        _give(tx, ticket, colleague, person, at, note)
        tx.say(f"{person.name} gave #{ticket_id} to {colleague.name}{_from(ticket, person)}.")
    return done(tx, ticket_id)


def handover(ticket_id: int, to: int, note: str, actor: int, at: int) -> Done:
    """Hand a ticket to a colleague with a note that says where it stands; by its owner, or a lead."""
    with transaction(actor, at, "handover", ticket_id) as tx:
        person = require(actor, *WORKERS)
        ticket, colleague = held(ticket_id), _colleague(to)
        if ticket.owner_id not in (None, actor) and person.role != LEAD:
            raise RuleRefused(f"#{ticket_id} is {ticket.owner}'s; only {ticket.owner} or a lead hands it over.")
        if not note.strip():
            raise RuleRefused(f"A handover needs a note: say where #{ticket_id} stands and what comes next.")
        _give(tx, ticket, colleague, person, at, note)
        tx.say(f"{person.name} handed #{ticket_id} over to {colleague.name}{_from(ticket, person)}.")
    return done(tx, ticket_id)


def _give(tx: Transaction, ticket: Held, colleague: Actor, person: Actor, at: int, note: str) -> None:
    """Change the owner; the note mentions the new one, so that it reaches them."""
    if ticket.owner_id == colleague.id:
        raise RuleRefused(f"#{ticket.id} is {colleague.name}'s already.")
    if note.strip():
        call = "" if colleague.id == person.id else f"@{colleague.login} "
        write_note(tx, ticket.id, person, at, f"{call}{note.strip()}")
    tx.update(Ticket, ticket.id, owner_id=colleague.id, updated_at=touched(ticket, at))


def _colleague(person_id: int) -> Actor:
    """Someone who works tickets; NotFound or NotAllowed where it is nobody of that kind."""
    if one("SELECT 1 FROM person WHERE id = ? AND active = 1", (person_id,)) is None:
        raise NotFound(f"There is nobody active with number {person_id}; choose a colleague from the list.")
    colleague = actor_by_id(person_id)
    if colleague.role not in WORKERS:
        raise RuleRefused(f"{colleague.name} may only look; give the ticket to someone who works tickets.")
    return colleague


def _from(ticket: Held, person: Actor) -> str:
    return f" (was {ticket.owner}'s)" if ticket.owner_id not in (None, person.id) else ""


def change_severity(
    ticket_id: int,
    severity: int,
    reason: str,
    actor: int,
    at: int,
    version: int | None = None,
    because: str = ASSESSED,
) -> Done:
    """Change the vendor's severity, with a reason; a running clock is counted again from receipt.

    `because` is "assessed" (the level was another from the start) or "restored" (service came back). A ticket that
    becomes severity 1 always has an owner: the actor, where nobody has it yet.
    """
    with transaction(actor, at, "change_severity", ticket_id) as tx:
        person = require(actor, *WORKERS)
        check_severity(severity)
        ticket = held(ticket_id)
        if severity == ticket.severity:
            raise RuleRefused(f"#{ticket_id} has severity {severity} already.")
        if not reason.strip():
            raise RuleRefused("A change of severity needs a reason; say in a line what changed.")
        check_change(ticket, severity, because)
        without = _replan(tx, ticket, severity)
        owner = owner_again(ticket, severity, actor) if ticket.is_open else None
        clock_rows.restate(
            tx,
            ticket_id,
            without=without,
            expected_version=version,
            severity=severity,
            owner_id=owner.id if owner else ticket.owner_id,
            updated_at=touched(ticket, at),
        )
        if ticket.state in (SOLVED, CLOSED):
            refuse_while_running(ticket_id, ticket.state)
        told = f"{person.name} set severity {severity} on #{ticket_id} (was {ticket.severity}): {clean_line(reason)}"
        tx.say(f"{told.rstrip('.')}. {owner.told}" if owner else told)
    return done(tx, ticket_id)


def _replan(tx: Transaction, ticket: Held, severity: int) -> str:
    """Count a running clock again by another severity; answers the state of a ticket that is left without one."""
    terms = terms_at(ticket.customer_id, ticket.received_at)
    planned = plan_initial(terms.terms if terms else None, ticket.channel, severity, ticket.received_at)
    clock_rows.replan_initial(tx, ticket.id, planned)
    return planned.state if isinstance(planned, NoClock) else "none"


def record_customer_severity(ticket_id: int, severity: int, actor: int, at: int) -> Done:
    """Record which severity the customer sees; what is promised follows the vendor's, which stands beside it."""
    with transaction(actor, at, "customer_severity", ticket_id) as tx:
        person = require(actor, *WORKERS)
        check_severity(severity)
        ticket = held(ticket_id)
        known = one("SELECT customer_severity FROM ticket WHERE id = ?", (ticket_id,))
        if known == (severity,):
            raise RuleRefused(f"The customer of #{ticket_id} sees severity {severity} already.")
        tx.update(Ticket, ticket_id, customer_severity=severity, updated_at=touched(ticket, at))
        tx.say(f"{person.name} recorded that the customer sees #{ticket_id} as severity {severity}.")
    return done(tx, ticket_id)


def change_state(ticket_id: int, state: str, actor: int, at: int, version: int | None = None, note: str = "") -> Done:
    """Change the state; no state stops a clock, so what was never answered is not solved or closed.

    A `note` is kept inside; a severity 1 is ended only with one, and by its owner's side: someone must have it. Who
    opens one again that nobody has, has it.
    """
    with transaction(actor, at, "change_state", ticket_id) as tx:
        person = require(actor, *WORKERS)
        if state not in STATES:
            raise RuleRefused(f"A ticket is {', '.join(STATES)}; not {state!r}.")
        ticket = held(ticket_id)
        if state == ticket.state:
            raise RuleRefused(f"#{ticket_id} is {state} already.")
        if ticket.state == CLOSED and (into := merged_into(ticket_id)) is not None:
            raise RuleRefused(f"#{ticket_id} was merged into #{into}; go on there, or undo the merge.")
        if state in (SOLVED, CLOSED):
            refuse_while_running(ticket_id, state)
        check_end(ticket, state, note)
        if note.strip():
            write_note(tx, ticket_id, person, at, note.strip())
        opens = state in (OPEN, WAITING)
        owner = owner_again(ticket, ticket.severity, actor) if opens else None
        clock_rows.restate(
            tx,
            ticket_id,
            expected_version=version,
            state=state,
            owner_id=owner.id if owner else ticket.owner_id,
            is_open=int(opens),
            waiting_since=ticket.waiting_since if state == OPEN else None,
            updated_at=touched(ticket, at),
        )
        told = f"{person.name} set #{ticket_id} to {state} (was {ticket.state})."
        tx.say(f"{told} {owner.told}" if owner else told)
    return done(tx, ticket_id)
