"""A customer's call for a manager: its clock, its owner, and what ends it (annex 2023-11-15, "Escalation").

Non-urgent it is asked for in the ticket; urgent by calling and by e-mail. The annex does not say which of the two
starts the clock; here the first does, in the customer's favour.
"""

from __future__ import annotations

from typing import Any

from contracts.held import terms_at
from models.access import Actor, actor_by_id, require
from models.clocks import RUNNING, VOID, Clock, Escalation
from models.errors import NotFound
from models.journal import Transaction, transaction
from models.people import LEAD, TAM
from models.reading import rows, scalar
from models.tickets import CLOSED, MESSAGE, OPEN, SOLVED
from tickets import clock_rows
from tickets.clockwork import ESCALATIONS, PlannedClock, plan_escalation
from tickets.conversation import refuse_closed, settle_clock, stop_initial, write
from tickets.errors import RuleRefused
from tickets.escalation_reading import Escalated, escalations
from tickets.records import ClockRow
from tickets.rules import WORKERS, Done, Held, done, held, touched
from tickets.words import clean_line

URGENT_WORD = "urgent"
MANAGERS = (LEAD, TAM)


def escalate(
    ticket_id: int,
    kind: str,
    reason: str,
    actor: int,
    at: int,
    *,
    called_at: int | None = None,
    mailed_at: int | None = None,
) -> Done:
    """Record that the customer escalates, "non-urgent" or "urgent"; a manager's answer is due from its first sign.

    An urgent one has the instants of the call and of the e-mail, as far as they are known; without either it is taken
    as a call just now. It belongs to the lead, where there is one, until `assign_escalation` says otherwise.
    """
    with transaction(actor, at, "escalate", ticket_id) as tx:
        person = require(actor, *WORKERS)
        ticket = held(ticket_id)
        why = clean_line(reason)
        _check(ticket, kind, why, (called_at, mailed_at), at)
        if kind == URGENT_WORD and called_at is None and mailed_at is None:
            called_at = at
        begin(tx, ticket, kind, reason, at, called_at, mailed_at)
        tx.say(f"{person.name} recorded the {kind} escalation of #{ticket_id}: {why}")
    return done(tx, ticket_id)


def begin(
    tx: Transaction, ticket: Held, kind: str, reason: str, at: int, called_at: int | None, mailed_at: int | None
) -> None:
    """Do what `escalate` does, as a part of an operation under way that has asked the rules."""
    raised_at = min((each for each in (called_at, mailed_at) if each is not None), default=at)
    tx.insert(
        Escalation,
        ticket_id=ticket.id,
        clock_id=_start(tx, ticket, kind, raised_at),
        kind=kind,
        reason=reason,
        raised_at=raised_at,
        called_at=called_at,
        mailed_at=mailed_at,
        owner_id=_only_lead(),
    )
    clock_rows.restate(tx, ticket.id, escalated=1, updated_at=touched(ticket, at), **_opened(ticket, at))


def _check(ticket: Held, kind: str, why: str, signs: tuple[int | None, int | None], at: int) -> None:
    if kind not in ESCALATIONS:
        raise RuleRefused(f"An escalation is {' or '.join(ESCALATIONS)}, not {kind!r}.")
    standing = {each.kind for each in escalations(ticket.id) if each.is_open}
    if kind in standing or URGENT_WORD in standing:
        raise RuleRefused(f"#{ticket.id} is escalated already; a manager answers that first.")
    if not why:
        raise RuleRefused("An escalation needs a reason; say in a line what the customer wants.")
    if kind != URGENT_WORD and any(sign is not None for sign in signs):
        raise RuleRefused("A non-urgent escalation is asked for in the ticket; a call and an e-mail make it urgent.")
    _check_signs(ticket, signs, at)


def _check_signs(ticket: Held, signs: tuple[int | None, int | None], at: int) -> None:
    for name, sign in zip(("call", "e-mail"), signs, strict=True):
        if sign is not None and sign > at:
            raise RuleRefused(f"The {name} cannot have come later than now; check its time.")
        if sign is not None and sign < ticket.received_at:
            raise RuleRefused(f"The {name} cannot have come before #{ticket.id} was received; check its time.")


def _start(tx: Transaction, ticket: Held, kind: str, raised_at: int) -> int | None:
    """Start the clock that the contract promises; None where it promises none."""
    terms = terms_at(ticket.customer_id, raised_at)
    planned = plan_escalation(terms.terms, kind, ticket.severity, raised_at) if terms else None
    return clock_rows.open_clock(tx, ticket.id, planned) if isinstance(planned, PlannedClock) else None


def _only_lead() -> int | None:
    """The lead, where nobody has to choose between several."""
    found = rows(f"SELECT id FROM person WHERE active = 1 AND role = '{LEAD}' ORDER BY id LIMIT 2")
    return int(found[0][0]) if len(found) == 1 else None


def _opened(ticket: Held, at: int) -> dict[str, Any]:
    """Open a ticket that was thought to be done: the customer says it is not, and its clock has to be seen."""
    if ticket.state not in (SOLVED, CLOSED):
        return {}
    return {"state": OPEN, "is_open": 1, "waiting_since": at}


def complete_escalation(
    ticket_id: int, actor: int, at: int, *, called_at: int | None = None, mailed_at: int | None = None
) -> Done:
    """Record the call or the e-mail of an urgent escalation that came in only later, or was noted only now.

    Where it came before the sign that started the clock, the clock starts with it.
    """
    with transaction(actor, at, "complete_escalation", ticket_id) as tx:
        person = require(actor, *WORKERS)
        ticket = held(ticket_id)
        urgent = next((each for each in _open_ones(ticket_id) if each.kind == URGENT_WORD), None)
        if urgent is None:
            raise NotFound(f"#{ticket_id} has no open urgent escalation.")
        given = {"called_at": called_at, "mailed_at": mailed_at}
        new = {name: instant for name, instant in given.items() if instant is not None}
        if not new or any(getattr(urgent, name) is not None for name in new):
            raise RuleRefused(f"Say when the call or the e-mail of #{ticket_id} came, whichever is not recorded yet.")
        _check_signs(ticket, (called_at, mailed_at), at)
        add_signs(tx, ticket, urgent, at, new)
        told = " and the ".join({"called_at": "call", "mailed_at": "e-mail"}[name] for name in new)
        tx.say(f"{person.name} recorded the {told} of the escalation of #{ticket_id}.")
    return done(tx, ticket_id)


def add_signs(tx: Transaction, ticket: Held, urgent: Escalated, at: int, new: dict[str, int]) -> None:
    """Add `called_at` or `mailed_at` to an urgent escalation, as a part of an operation under way."""
    earliest = min(urgent.raised_at, *new.values())
    clock_id = _started_earlier(tx, ticket, urgent, earliest)
    tx.update(Escalation, urgent.id, raised_at=earliest, clock_id=clock_id, **new)
    clock_rows.restate(tx, ticket.id, updated_at=touched(ticket, at))


def _started_earlier(tx: Transaction, ticket: Held, urgent: Escalated, raised_at: int) -> int | None:
    """Count a running clock from an earlier sign; answers the clock that counts from now on."""
    if raised_at == urgent.raised_at:
        return urgent.clock_id
    if urgent.clock_id is not None:
        tx.update(Clock, urgent.clock_id, state=VOID)
    return _start(tx, ticket, urgent.kind, raised_at)


def assign_escalation(ticket_id: int, to: int, actor: int, at: int) -> Done:
    """Say which manager answers the open escalations of a ticket."""
    with transaction(actor, at, "assign_escalation", ticket_id) as tx:
        person = require(actor, *WORKERS)
        ticket, manager = held(ticket_id), _manager(to)
        for each in _open_ones(ticket_id):
            tx.update(Escalation, each.id, owner_id=to)
        clock_rows.restate(tx, ticket_id, updated_at=touched(ticket, at))
        tx.say(f"{person.name} gave the escalation of #{ticket_id} to {manager.name}.")
    return done(tx, ticket_id)


def _manager(person_id: int) -> Actor:
    manager = actor_by_id(person_id)
    if manager.role not in MANAGERS:
        raise RuleRefused(f"{manager.name} is no manager: an escalation is answered by a {' or a '.join(MANAGERS)}.")
    return manager


def answer_escalation(ticket_id: int, actor: int, at: int, text: str = "") -> Done:
    """Record a manager's answer to the open escalations of a ticket; it stops their clocks.

    A `text` is sent to the customer in the ticket, and so is a response to the request too; without one the answer was
    given elsewhere, on the phone for instance.
    """
    with transaction(actor, at, "answer_escalation", ticket_id) as tx:
        person = require(actor, *MANAGERS)
        ticket = held(ticket_id)
        standing = _open_ones(ticket_id)
        message_id, changed = _send(tx, ticket, person, at, text)
        told = ""
        for each in standing:
            clock = _clock(each)
            if clock is not None and clock.state == RUNNING:
                told = settle_clock(tx, ticket, clock, at, message_id)
            tx.update(Escalation, each.id, answered_at=at, owner_id=actor)
        clock_rows.restate(tx, ticket_id, escalated=0, updated_at=touched(ticket, at), **changed)
        tx.say(f"{person.name} answered the escalation of #{ticket_id}{told}.", seen=True)
    return done(tx, ticket_id)


def _send(tx: Transaction, ticket: Held, person: Actor, at: int, text: str) -> tuple[int | None, dict[str, Any]]:
    """Send a manager's words, if any: the message's id, and what that changes of the ticket."""
    if not text.strip():
        return None, {}
    refuse_closed(ticket)
    message_id = write(tx, ticket.id, MESSAGE, person, "ticket", at, text)
    stop_initial(tx, ticket, at, message_id)
    return message_id, {"waiting_since": None}


def withdraw_escalation(ticket_id: int, reason: str, actor: int, at: int) -> Done:
    """Record that the customer takes the open escalations of a ticket back, and why.

    A clock that was still in time is void; one that was missed already owes what it cost until then.
    """
    with transaction(actor, at, "withdraw_escalation", ticket_id) as tx:
        person = require(actor, *WORKERS)
        ticket = held(ticket_id)
        standing = _open_ones(ticket_id)
        why = clean_line(reason)
        if not why:
            raise RuleRefused("To withdraw an escalation needs a reason; say in a line what the customer said.")
        told = "".join(_withdraw(tx, ticket, each, at) for each in standing)
        clock_rows.restate(tx, ticket_id, escalated=0, updated_at=touched(ticket, at))
        tx.say(f"{person.name} recorded that the escalation of #{ticket_id} was withdrawn{told}: {why}")
    return done(tx, ticket_id)


def _withdraw(tx: Transaction, ticket: Held, each: Escalated, at: int) -> str:
    tx.update(Escalation, each.id, withdrawn_at=at)
    clock = _clock(each)
    if clock is None or clock.state != RUNNING:
        return ""
    if at > clock.due_at:
        return settle_clock(tx, ticket, clock, at, None)
    tx.update(Clock, clock.id, state=VOID)
    return ""


def _open_ones(ticket_id: int) -> list[Escalated]:
    """The escalations of a ticket that wait for a manager; NotFound where there is none."""
    standing = [each for each in escalations(ticket_id) if each.is_open]
    if not standing:
        raise NotFound(f"#{ticket_id} has no open escalation.")
    return standing


def _clock(each: Escalated) -> ClockRow | None:
    return next((clock for clock in clock_rows.clocks(each.ticket_id) if clock.id == each.clock_id), None)


def open_count() -> int:
    """How many escalations wait for a manager."""
    return scalar("SELECT COUNT(*) FROM escalation WHERE answered_at IS NULL AND withdrawn_at IS NULL") or 0
