"""Clocks: an objective at work on a ticket, and the support hours and policy that it is counted by."""

from __future__ import annotations

from models.base import ForeignKeyField, InstantField, IntegerField, SmallIntegerField, Table, TextField, partial_index
from models.people import Person
from models.tickets import Ticket
from models.words import INITIAL, MET, MISSED, NON_URGENT, RUNNING, URGENT, VOID

__all__ = ("INITIAL", "MET", "MISSED", "NON_URGENT", "RUNNING", "URGENT", "VOID", "Basis", "Clock", "Escalation")


class Basis(Table):
    """Support hours and policy (JSON each), kept once and never changed: a settled clock stays as it was counted."""

    digest = TextField(unique=True)
    hours = TextField()
    policy = TextField()


class Clock(Table):
    """An objective at work: running until it is answered, then met or missed; void where it no longer applies."""

    ticket = ForeignKeyField(Ticket, backref="clocks")
    kind = TextField(default=INITIAL)
    state = TextField(default=RUNNING)
    severity = SmallIntegerField()
    objective_minutes = IntegerField()
    basis = ForeignKeyField(Basis, index=False, backref="+")
    plan = TextField()
    revision = TextField()
    section = TextField()
    received_at = InstantField()
    started_at = InstantField()
    due_at = InstantField()
    stopped_at = InstantField(null=True)
    message_id = IntegerField(null=True)
    late_seconds = IntegerField(default=0)
    credit_days = IntegerField(default=0)


class Escalation(Table):
    """A customer's call for a manager (annex 2023-11-15, "Escalation")."""

    ticket = ForeignKeyField(Ticket, backref="escalations")
    clock = ForeignKeyField(Clock, null=True, index=False, backref="+")
    kind = TextField()
    reason = TextField(default="")
    raised_at = InstantField()
    owner = ForeignKeyField(Person, null=True, index=False, backref="+")
    answered_at = InstantField(null=True)
    called_at = InstantField(null=True)
    mailed_at = InstantField(null=True)
    withdrawn_at = InstantField(null=True)


partial_index(Clock, "clock_one_initial", (Clock.ticket,), "kind = 'initial_response' AND state <> 'void'", unique=True)
partial_index(Clock, "clock_stopped", (Clock.stopped_at, Clock.state), "stopped_at IS NOT NULL")
partial_index(Clock, "clock_missed", (Clock.due_at,), "state = 'missed'")
partial_index(
    Escalation,
    "escalation_open",
    (Escalation.ticket, Escalation.kind),
    "answered_at IS NULL AND withdrawn_at IS NULL",
    unique=True,
)
