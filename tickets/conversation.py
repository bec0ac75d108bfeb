"""What the vendor's people write: replies that the customer sees, and notes that stay inside."""

from __future__ import annotations

from contracts.words import COMMUNITY
from models.access import Actor, require
from models.agreements import Credit
from models.clocks import INITIAL, MISSED, RUNNING
from models.journal import Transaction, transaction
from models.reading import scalar
from models.tickets import CLOSED, MESSAGE, NOTE, OPEN, SOLVED, VENDOR, WAITING, Message, Ticket
from tickets import clock_rows
from tickets.errors import RuleRefused
from tickets.links import merged_into
from tickets.mentions import mention
from tickets.records import ClockRow
from tickets.rules import WORKERS, Done, Held, check_channel, check_text, done, held, refuse_while_running, touched
from tickets.words import amount, days


def reply(
    ticket_id: int,
    text: str,
    actor: int,
    at: int,
    *,
    then: str = WAITING,
    channel: str | None = None,
    version: int | None = None,
) -> Done:
    """Answer the customer in public: stops the initial-response clock, and claims a ticket that nobody owns.

    `then` is the state that follows. The world has seen it, so undo refuses.
    """
    with transaction(actor, at, "reply", ticket_id) as tx:
        person = require(actor, *WORKERS)
        ticket = held(ticket_id)
        check_text(text)
        refuse_closed(ticket)
        if then not in (OPEN, WAITING, SOLVED):
            raise RuleRefused(f"After a reply a ticket is open, waiting or solved, not {then!r}.")
        way = channel or ticket.channel
        check_channel(ticket, way)
        message_id = write(tx, ticket_id, MESSAGE, person, way, at, text)
        told = "" if way == COMMUNITY else stop_initial(tx, ticket, at, message_id)
        if then == SOLVED:
            refuse_while_running(ticket_id, then)
        clock_rows.restate(
            tx,
            ticket_id,
            expected_version=version,
            state=then,
            is_open=int(then != SOLVED),
            waiting_since=None,
            updated_at=touched(ticket, at),
            owner_id=ticket.owner_id or actor,
        )
        tx.say(f"{person.name} replied to #{ticket_id}{told}.", seen=True)
    return done(tx, ticket_id)


def refuse_closed(ticket: Held) -> None:
    """Refuse to write to a customer on a closed ticket; where it was merged, say into which."""
    if ticket.state != CLOSED:
        return
    into = merged_into(ticket.id)
    if into is not None:
        raise RuleRefused(f"#{ticket.id} was merged into #{into}; write there.")
    raise RuleRefused(f"#{ticket.id} is closed; open it again with S, then reply.")


def note(ticket_id: int, text: str, actor: int, at: int) -> Done:
    """Write an internal note; it stops no clock."""
    with transaction(actor, at, "note", ticket_id) as tx:
        person = require(actor, *WORKERS)
        ticket = held(ticket_id)
        check_text(text)
        named = write_note(tx, ticket_id, person, at, text)
        tx.update(Ticket, ticket_id, updated_at=touched(ticket, at))
        told = f" and named {', '.join(named)}" if named else ""
        tx.say(f"{person.name} noted on #{ticket_id}{told}.")
    return done(tx, ticket_id)


def write_note(tx: Transaction, ticket_id: int, person: Actor, at: int, text: str) -> list[str]:
    """Add an internal note to what is under way; answers the names of those whom it mentions."""
    note_id = write(tx, ticket_id, NOTE, person, "note", at, text)
    return mention(tx, ticket_id, note_id, text, person.id, at)


def write(tx: Transaction, ticket_id: int, kind: str, person: Actor, channel: str, at: int, body: str) -> int:
    """Add what a person of ours wrote; answers the id of the message."""
    return tx.insert(
        Message,
        ticket_id=ticket_id,
        kind=kind,
        side=VENDOR,
        person_id=person.id,
        author=person.name,
        channel=channel,
        at=at,
        body=body,
    )


def stop_initial(tx: Transaction, ticket: Held, at: int, message_id: int) -> str:
    """Stop the initial-response clock and say how it ended (annex 2023-11-15, "SLO - Initial response time")."""
    clocks = clock_rows.clocks(ticket.id)
    running = next((clock for clock in clocks if clock.kind == INITIAL and clock.state == RUNNING), None)
    return settle_clock(tx, ticket, running, at, message_id) if running else ""


def settle_clock(tx: Transaction, ticket: Held, clock: ClockRow, at: int, message_id: int | None) -> str:
    """Stop a clock; what it cost is owed from now on. Answers the end of a sentence."""
    settled = clock_rows.stop(tx, clock, at, message_id)
    if settled.state != MISSED:
        return ", in time"
    if settled.credit_days:
        tx.insert(
            Credit,
            customer_id=ticket.customer_id,
            term_id=_term_id(ticket.contract_id, at),
            clock_id=clock.id,
            entry="owed",
            days=settled.credit_days,
            at=at,
            reason=f"#{ticket.id} was answered {amount(settled.late_seconds)} late",
        )
    if not settled.late_seconds:
        return ", after closing time, too late"
    owed = f", {days(settled.credit_days)} of credit" if settled.credit_days else ""
    return f", {amount(settled.late_seconds)} late{owed}"


def _term_id(contract_id: int | None, at: int) -> int | None:
    """The contract's term that runs at an instant, else its newest."""
    from sla.wall import local_of

    today = local_of("UTC", at).date().isoformat()
    sql = "SELECT id FROM term WHERE contract_id = ? ORDER BY starts_on > ?, starts_on DESC LIMIT 1"
    return scalar(sql, (contract_id, today)) if contract_id else None
