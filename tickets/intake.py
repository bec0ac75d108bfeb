"""How a request becomes a ticket, and how the customer goes on writing."""

from __future__ import annotations

from typing import NamedTuple, NotRequired, TypedDict, Unpack

from contracts.entitlements import require as entitled
from contracts.held import terms_at
from models.access import require
from models.clocks import RUNNING
from models.errors import NotFound
from models.journal import Transaction, transaction
from models.reading import one, scalar
from models.tickets import CUSTOMER, OPEN, Message, Ticket
from tickets import clock_rows
from tickets.clockwork import NoClock, PlannedClock, order_at, plan_initial
from tickets.links import merged_into
from tickets.mentions import call
from tickets.rules import WORKERS, Done, Held, check_severity, check_subject, check_text, done, held, touched
from tickets.severity_rules import owner_again, owner_of
from tickets.words import clean_line


class Taken(NamedTuple):
    """A request that was taken in: the ticket's number, and its first message."""

    ticket_id: int
    message_id: int


class Said(TypedDict):
    """What a request says."""

    customer_id: int
    subject: str
    body: str
    severity: int
    contact_id: NotRequired[int | None]
    channel: NotRequired[str]
    queue: NotRequired[str]
    impact: NotRequired[str]
    customer_severity: NotRequired[int | None]


def receive(*, actor: int | None, at: int, **request: Unpack[Said]) -> int:
    """Take a request in, received at `at`, and start the clock that the contract promises; answers its number.

    Severity 1 has an owner at once: the actor, else whom `severity_rules.owner_of` names.

    Raises NotEntitled where the plan has no professional support and the
    channel is a professional one.
    """
    with transaction(actor, at, "receive") as tx:
        if actor is not None:
            require(actor, *WORKERS)
        return take_in(tx, received_at=at, taken_by=actor, **request).ticket_id


def take_in(
    tx: Transaction,
    *,
    received_at: int,
    customer_id: int,
    subject: str,
    body: str,
    severity: int,
    contact_id: int | None = None,
    channel: str = "ticket",
    queue: str = "support",
    impact: str = "",
    customer_severity: int | None = None,
    taken_by: int | None = None,
) -> Taken:
    """Do what `receive` does, as a part of an operation under way; the clock counts from `received_at`."""
    theirs = severity if customer_severity is None else customer_severity
    customer = _checked(customer_id, subject, body, (severity, theirs))
    contact = _contact_name(contact_id, customer_id, customer)
    terms = terms_at(customer_id, received_at)
    if terms and not terms.terms.channel(channel).community:
        entitled(terms.terms, "professional")
    owner = owner_of(customer_id, taken_by) if severity == 1 else None
    tx.ticket_id = _open_ticket(
        tx,
        plan_initial(terms.terms if terms else None, channel, severity, received_at),
        customer_id=customer_id,
        contact_id=contact_id,
        contract_id=terms.contract_id if terms else None,
        queue_id=_queue_id(queue),
        owner_id=owner and owner.id,
        subject=clean_line(subject),
        channel=channel,
        severity=severity,
        customer_severity=customer_severity,
        impact=impact,
        received_at=received_at,
    )
    message_id = write_theirs(tx, tx.ticket_id, (contact_id, contact or customer), channel, received_at, body)
    told = f"#{tx.ticket_id} received from {customer}: {clean_line(subject)}"
    tx.say(f"{told.rstrip('.')}. {owner.told}" if owner else told)
    if owner and owner.why:
        call(tx, tx.ticket_id, message_id, owner.id, received_at)
    return Taken(tx.ticket_id, message_id)


def _checked(customer_id: int, subject: str, body: str, severities: tuple[int, ...]) -> str:
    """Refuse a request that is no ticket yet; answers the customer's name."""
    check_subject(subject)
    check_text(body)
    for level in severities:
        check_severity(level)
    customer: str | None = scalar("SELECT name FROM customer WHERE id = ?", (customer_id,))
    if customer is None:
        raise NotFound(f"There is no customer {customer_id}; choose one from the list.")
    return customer


def _open_ticket(tx: Transaction, planned: PlannedClock | NoClock, *, received_at: int, **columns: object) -> int:
    """Add the ticket and the clock that was planned for it."""
    ticket_id = tx.insert(
        Ticket,
        **columns,
        received_at=received_at,
        updated_at=received_at,
        waiting_since=received_at,
        order_at=order_at(None, received_at, received_at),
        clock_state=planned.state if isinstance(planned, NoClock) else RUNNING,
    )
    if isinstance(planned, PlannedClock):
        clock_rows.open_clock(tx, ticket_id, planned)
        clock_rows.restate(tx, ticket_id)
    return ticket_id


def customer_wrote(ticket_id: int, text: str, at: int, *, actor: int | None = None, channel: str = "ticket") -> Done:
    """Record a further public message of the customer; a solved ticket opens again, a clock never restarts.

    What they write on a ticket that was merged lands on the one that goes on; the answer names it.
    """
    ticket_id = merged_into(ticket_id) or ticket_id
    with transaction(actor, at, "customer_wrote", ticket_id) as tx:
        if actor is not None:
            require(actor, *WORKERS)
        ticket = held(ticket_id)
        check_text(text)
        contact = one(
            "SELECT k.id, k.name FROM ticket t JOIN contact k ON k.id = t.contact_id WHERE t.id = ?", (ticket_id,)
        )
        author = contact or (None, ticket.customer)
        message_id = write_theirs(tx, ticket_id, (author[0], author[1]), channel, at, text)
        told = open_again(tx, ticket, at, message_id, actor)
        tx.say(f"{author[1]} wrote on #{ticket_id}.{told}", seen=True)
    return done(tx, ticket_id)


def open_again(tx: Transaction, ticket: Held, at: int, message_id: int, worker: int | None = None) -> str:
    """Open a ticket whose customer wrote `message_id`; they wait since then, unless they waited already.

    A severity 1 that nobody has gets an owner, `worker` where it was a person's doing; answers who, as a sentence.
    """
    waiting = ticket.waiting_since if ticket.waiting_since is not None else at
    owner = owner_again(ticket, ticket.severity, worker)
    clock_rows.restate(
        tx,
        ticket.id,
        state=OPEN,
        is_open=1,
        waiting_since=waiting,
        updated_at=touched(ticket, at),
        owner_id=owner.id if owner else ticket.owner_id,
    )
    if owner is None:
        return ""
    if owner.why:
        call(tx, ticket.id, message_id, owner.id, at)
    return f" {owner.told}"


def write_theirs(
    tx: Transaction,
    ticket_id: int,
    author: tuple[int | None, str],
    channel: str,
    at: int,
    body: str,
    automatic: bool = False,
) -> int:
    """Add a public message of the customer's side, by a contact's id (or None) and a name; answers its id."""
    contact_id, name = author
    return tx.insert(
        Message,
        ticket_id=ticket_id,
        side=CUSTOMER,
        contact_id=contact_id,
        author=name,
        channel=channel,
        automatic=int(automatic),
        at=at,
        body=body,
    )


def _queue_id(key: str) -> int:
    found = scalar("SELECT id FROM queue WHERE key = ?", (key,))
    if found is None:
        raise NotFound(f"There is no queue {key!r}.")
    return int(found)


def _contact_name(contact_id: int | None, customer_id: int, customer: str) -> str | None:
    """The name of a contact; NotFound where the person is not this customer's."""
    if contact_id is None:
        return None
    found = one("SELECT name, customer_id FROM contact WHERE id = ?", (contact_id,))
    if found is None:
        raise NotFound(f"There is no contact {contact_id}; choose one from the list.")
    if found[1] != customer_id:
        raise NotFound(f"{found[0]} is not {customer}'s; choose one of their contacts, or none.")
    return str(found[0])
