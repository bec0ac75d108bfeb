"""Calls with customers, what came of them, and what customers said."""

from __future__ import annotations

from models.base import Editable, ForeignKeyField, InstantField, IntegerField, SmallIntegerField, TextField
from models.customers import Customer
from models.people import Person
from models.tickets import Ticket


class CallSeries(Editable):
    """Calls that come again at an agreed local time: `rule` is an RFC 5545 recurrence from `starts_on` on.

    `sequence` grows with each change that the attendees' calendars have to know (RFC 5545, SEQUENCE).
    """

    customer = ForeignKeyField(Customer, backref="call_series")
    kind = TextField()
    title = TextField()
    starts_on = TextField()
    local_time = TextField()
    zone = TextField()
    minutes = IntegerField()
    rule = TextField()
    ends_on = TextField(null=True)
    person = ForeignKeyField(Person, null=True, index=False, backref="+")
    attendees = TextField(default="[]")
    uid = TextField(unique=True)
    sequence = IntegerField(default=0)
    active = SmallIntegerField(default=1)


class ReviewCall(Editable):
    """A call with a customer at an instant: planned, held or skipped.

    `slot_at` is where the series would have it (its recurrence id); a call outside any series has none.
    """

    customer = ForeignKeyField(Customer, backref="review_calls")
    at = InstantField()
    minutes = IntegerField()
    state = TextField(default="planned")
    series = ForeignKeyField(CallSeries, null=True, index=False, backref="calls")
    slot_at = InstantField(null=True)
    kind = TextField(default="review")
    title = TextField(default="")
    zone = TextField(default="")
    person = ForeignKeyField(Person, null=True, index=False, backref="+")
    attendees = TextField(default="[]")
    agenda = TextField(default="")
    notes = TextField(default="")
    reason = TextField(default="")
    uid = TextField(default="")
    sequence = IntegerField(default=0)


class Action(Editable):
    """Something that one side agreed to do: `side` is ours or theirs, `state` open, done or dropped."""

    customer = ForeignKeyField(Customer, index=False, backref="actions")
    call = ForeignKeyField(ReviewCall, null=True, index=False, backref="actions")
    what = TextField()
    side = TextField()
    owner = TextField(default="")
    person = ForeignKeyField(Person, null=True, index=False, backref="+")
    due_on = TextField(null=True)
    state = TextField(default="open")
    at = InstantField()
    ended_at = InstantField(null=True)


class Feedback(Editable):
    """What a customer said, and why it matters to them; a feature ticket may follow it, a date is never promised."""

    customer = ForeignKeyField(Customer, backref="feedback")
    call = ForeignKeyField(ReviewCall, null=True, index=False, backref="feedback")
    ticket = ForeignKeyField(Ticket, null=True, index=False, backref="+")
    person = ForeignKeyField(Person, null=True, index=False, backref="+")
    what = TextField()
    why = TextField(default="")
    at = InstantField()


ReviewCall.add_index(ReviewCall.state, ReviewCall.customer, ReviewCall.at)
ReviewCall.add_index(ReviewCall.series, ReviewCall.slot_at, unique=True)
Action.add_index(Action.customer, Action.state, Action.due_on)
