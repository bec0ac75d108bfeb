"""Promised and spent TAM time."""

from __future__ import annotations

from models.agreements import Contract
from models.base import (
    Editable,
    ForeignKeyField,
    InstantField,
    IntegerField,
    SmallIntegerField,
    TextField,
    partial_index,
)
from models.customers import Customer
from models.people import Person
from models.tickets import Ticket


class Allowance(Editable):
    """Agreed TAM time, in minutes per period (week, month, quarter or term), from a local date on."""

    contract = ForeignKeyField(Contract, backref="allowances")
    period = TextField()
    minutes = IntegerField()
    starts_on = TextField()
    ends_on = TextField(null=True)


class TimeEntry(Editable):
    """Time spent for a customer, in minutes, on a local date."""

    customer = ForeignKeyField(Customer, index=False, backref="time_entries")
    person = ForeignKeyField(Person, backref="time_entries")
    ticket = ForeignKeyField(Ticket, null=True, index=False, backref="+")
    on = TextField(column_name="worked_on")
    minutes = IntegerField()
    activity = TextField()
    counts = SmallIntegerField(default=1)
    note = TextField(default="")


class ReviewCall(Editable):
    """A review call with a customer, at an agreed instant."""

    customer = ForeignKeyField(Customer, backref="review_calls")
    at = InstantField()
    minutes = IntegerField()
    state = TextField(default="planned")


TimeEntry.add_index(TimeEntry.customer, TimeEntry.on, TimeEntry.minutes, TimeEntry.counts)
partial_index(TimeEntry, "time_entry_ticket", (TimeEntry.ticket,), "ticket_id IS NOT NULL")
