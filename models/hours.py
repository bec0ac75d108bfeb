"""Promised and spent TAM time: allowances, top-ups, entries, the running timers, and the periods that are closed."""

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
from models.calls import ReviewCall
from models.customers import Customer
from models.onboardings import OnboardingItem
from models.people import Person
from models.tickets import Ticket


class Allowance(Editable):
    """Agreed TAM time, in minutes per period (week, month, quarter or term), from a local date to before another.

    `carry` is none, capped (to `carry_cap` minutes) or full; a deficit is carried where `carry_deficit` is set.
    """

    contract = ForeignKeyField(Contract, backref="allowances")
    period = TextField()
    minutes = IntegerField()
    starts_on = TextField()
    ends_on = TextField(null=True)
    carry = TextField(default="none")
    carry_cap = IntegerField(null=True)
    carry_deficit = SmallIntegerField(default=0)
    reason = TextField(default="")


class TopUp(Editable):
    """Added hours, in minutes, that may be spent from a local date to before another."""

    contract = ForeignKeyField(Contract, backref="top_ups")
    minutes = IntegerField()
    starts_on = TextField()
    ends_on = TextField()
    note = TextField(default="")


class TimeEntry(Editable):
    """Time spent for a customer, in minutes, on a local date.

    `booked_on` is the local date that it counts on: the day itself, or the first day of the open period where the day's
    period was closed before the entry came (`late`). `external_id` names it where it was imported from.
    """

    customer = ForeignKeyField(Customer, index=False, backref="time_entries")
    person = ForeignKeyField(Person, index=False, backref="time_entries")
    ticket = ForeignKeyField(Ticket, null=True, index=False, backref="+")
    on = TextField(column_name="worked_on")
    minutes = IntegerField()
    activity = TextField()
    counts = SmallIntegerField(default=1)
    note = TextField(default="")
    booked_on = TextField()
    billable = SmallIntegerField(default=0)
    late = SmallIntegerField(default=0)
    started_at = InstantField(null=True)
    ended_at = InstantField(null=True)
    call = ForeignKeyField(ReviewCall, null=True, index=False, backref="time_entries")
    item = ForeignKeyField(OnboardingItem, null=True, index=False, backref="time_entries")
    external_id = TextField(null=True)


class Timer(Table):
    """The clock that a person has running: `seconds` before the last pause, `running_since` while it goes."""

    person = ForeignKeyField(Person, unique=True, backref="+")
    customer = ForeignKeyField(Customer, index=False, backref="+")
    activity = TextField()
    ticket = ForeignKeyField(Ticket, null=True, index=False, backref="+")
    call = ForeignKeyField(ReviewCall, null=True, index=False, backref="+")
    item = ForeignKeyField(OnboardingItem, null=True, index=False, backref="+")
    counts = SmallIntegerField(null=True)
    billable = SmallIntegerField(default=0)
    note = TextField(default="")
    started_at = InstantField()
    running_since = InstantField(null=True)
    seconds = IntegerField(default=0)


class ClosedPeriod(Table):
    """A period as it was when a lead closed it: minutes allowed, carried in, spent, taken from top-ups (JSON by id) and
    carried out; local dates, `ends_on` the first day after it."""

    customer = ForeignKeyField(Customer, index=False, backref="closed_periods")
    period = TextField()
    starts_on = TextField()
    ends_on = TextField()
    allowance = IntegerField()
    carried_in = IntegerField()
    spent = IntegerField()
    top_ups = TextField(default="{}")
    carried_out = IntegerField()
    at = InstantField()
    person = ForeignKeyField(Person, null=True, index=False, backref="+")


class BudgetAlert(Table):
    """That the hours of a period reached so many percent; told once, until someone has seen it."""

    customer = ForeignKeyField(Customer, index=False, backref="budget_alerts")
    starts_on = TextField()
    percent = IntegerField()
    at = InstantField()
    seen_at = InstantField(null=True)


TimeEntry.add_index(TimeEntry.customer, TimeEntry.booked_on, TimeEntry.minutes, TimeEntry.counts)
TimeEntry.add_index(TimeEntry.person, TimeEntry.on)
TimeEntry.add_index(TimeEntry.customer, TimeEntry.on)
TimeEntry.add_index(TimeEntry.on, TimeEntry.id)
partial_index(TimeEntry, "time_entry_ticket", (TimeEntry.ticket,), "ticket_id IS NOT NULL")
partial_index(TimeEntry, "time_entry_call", (TimeEntry.call,), "call_id IS NOT NULL")
partial_index(TimeEntry, "time_entry_item", (TimeEntry.item,), "item_id IS NOT NULL")
partial_index(TimeEntry, "time_entry_external", (TimeEntry.external_id,), "external_id IS NOT NULL", unique=True)
ClosedPeriod.add_index(ClosedPeriod.customer, ClosedPeriod.starts_on, unique=True)
BudgetAlert.add_index(BudgetAlert.customer, BudgetAlert.starts_on, BudgetAlert.percent, unique=True)
