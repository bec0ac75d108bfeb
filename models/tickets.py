"""Tickets, their conversation, and drafts that are not sent yet."""

from __future__ import annotations

from models.agreements import Contract
from models.base import (
    Editable,
    ForeignKeyField,
    InstantField,
    IntegerField,
    SmallIntegerField,
    Table,
    TextField,
    partial_index,
)
from models.customers import Contact, Customer
from models.people import Person

OPEN, WAITING, SOLVED, CLOSED = "open", "waiting", "solved", "closed"
STATES = (OPEN, WAITING, SOLVED, CLOSED)
MESSAGE, NOTE = "message", "note"
CUSTOMER, VENDOR = "customer", "vendor"


class Queue(Table):
    """Where tickets wait for someone."""

    key = TextField(unique=True)
    name = TextField()


class Ticket(Editable):
    """A discrete issue (annex 2023-11-15, "Ticket"); its id is the number people say.

    The columns from `order_at` on repeat what the clocks say, so that a list needs one index and no join to them:
    `order_at` sorts by the clock that runs out first, then tickets without a clock by how long the customer waits.
    """

    customer = ForeignKeyField(Customer, index=False, backref="tickets")
    contact = ForeignKeyField(Contact, null=True, index=False, backref="+")
    contract = ForeignKeyField(Contract, null=True, index=False, backref="+")
    queue = ForeignKeyField(Queue, index=False, backref="tickets")
    owner = ForeignKeyField(Person, null=True, index=False, backref="+")
    subject = TextField()
    channel = TextField(default="ticket")
    severity = SmallIntegerField()
    customer_severity = SmallIntegerField(null=True)
    impact = TextField(default="")
    tags = TextField(default="")
    state = TextField(default=OPEN)
    is_open = SmallIntegerField(default=1)
    escalated = SmallIntegerField(default=0)
    received_at = InstantField()
    updated_at = InstantField()
    waiting_since = InstantField(null=True)
    source = TextField(null=True)
    external_id = TextField(null=True)
    order_at = InstantField()
    clock_state = TextField(default="none")
    due_at = InstantField(null=True)
    objective_minutes = IntegerField(null=True)
    basis_id = IntegerField(null=True)


class Message(Table):
    """A public message or an internal note; `side` says whose hand wrote it."""

    ticket = ForeignKeyField(Ticket, index=False, backref="messages")
    kind = TextField(default=MESSAGE)
    side = TextField()
    person = ForeignKeyField(Person, null=True, index=False, backref="+")
    contact = ForeignKeyField(Contact, null=True, index=False, backref="+")
    author = TextField()
    channel = TextField(default="ticket")
    automatic = SmallIntegerField(default=0)
    at = InstantField()
    body = TextField()
    external_id = TextField(null=True)


class Draft(Table):
    """What a person typed and has not sent; `ticket_id` 0 is the new-ticket form."""

    person = ForeignKeyField(Person, index=False, backref="+")
    ticket_id = IntegerField()
    kind = TextField()
    body = TextField()
    updated_at = InstantField()


# Each index ends with the columns of its own condition: SQLite reads them again, and would go to the table for them.
_BY_CLOCK = (Ticket.order_at, Ticket.id, Ticket.is_open)
partial_index(Ticket, "ticket_open", _BY_CLOCK, "is_open = 1")
partial_index(Ticket, "ticket_owner", (Ticket.owner, *_BY_CLOCK), "is_open = 1")
partial_index(Ticket, "ticket_unassigned", (*_BY_CLOCK, Ticket.owner), "is_open = 1 AND owner_id IS NULL")
partial_index(Ticket, "ticket_queue", (Ticket.queue, *_BY_CLOCK), "is_open = 1")
partial_index(Ticket, "ticket_escalated", (*_BY_CLOCK, Ticket.escalated), "is_open = 1 AND escalated = 1")
partial_index(Ticket, "ticket_waiting", (*_BY_CLOCK, Ticket.state), "is_open = 1 AND state = 'waiting'")
partial_index(Ticket, "ticket_severity_1", (*_BY_CLOCK, Ticket.severity), "is_open = 1 AND severity = 1")
# What a query asks of open tickets, so that it is answered without going to the table for each of them.
_ASKED = (
    *_BY_CLOCK,
    *(Ticket.severity, Ticket.state, Ticket.owner, Ticket.queue, Ticket.channel, Ticket.contract, Ticket.customer),
    *(Ticket.received_at, Ticket.waiting_since, Ticket.clock_state, Ticket.tags, Ticket.updated_at),
)
partial_index(Ticket, "ticket_asked", _ASKED, "is_open = 1")
partial_index(Ticket, "ticket_customer_open", (Ticket.customer, Ticket.is_open), "is_open = 1")
partial_index(Ticket, "ticket_done", (Ticket.id, Ticket.is_open), "is_open = 0")
partial_index(Ticket, "ticket_external", (Ticket.source, Ticket.external_id), "external_id IS NOT NULL", unique=True)
Ticket.add_index(Ticket.customer, Ticket.id)
Message.add_index(Message.ticket, Message.at, Message.id)
Draft.add_index(Draft.person, Draft.ticket_id, Draft.kind, unique=True)
