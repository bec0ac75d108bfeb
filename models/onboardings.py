"""Customers on their way to go-live."""

from __future__ import annotations

from models.base import Editable, ForeignKeyField, InstantField, IntegerField, SmallIntegerField, Table, TextField
from models.customers import Customer
from models.people import Person


class Onboarding(Editable):
    """A customer on the way from proof of value to continuous support; local dates.

    `plan` says from where the dates derive: start or go-live. `revision` is the catalogue's, whose checklist it keeps.
    `health` is an override by hand, with a reason, until a local date.
    """

    customer = ForeignKeyField(Customer, backref="onboardings")
    phase = TextField()
    revision = TextField()
    starts_on = TextField()
    go_live_on = TextField()
    owner = ForeignKeyField(Person, null=True, index=False, backref="+")
    state = TextField(default="running")
    plan = TextField(default="start")
    template = TextField(default="")
    health = TextField(default="")
    health_reason = TextField(default="")
    health_until = TextField(null=True)
    ended_at = InstantField(null=True)
    outcome = TextField(default="")


class OnboardingPhase(Editable):
    """A phase as planned and as it went: `outcome` is continue, extend or stop, decided by a person, with a reason."""

    onboarding = ForeignKeyField(Onboarding, index=False, backref="phases")
    phase = TextField()
    starts_on = TextField()
    ends_on = TextField()
    extended_days = IntegerField(default=0)
    ended_on = TextField(null=True)
    outcome = TextField(default="")
    reason = TextField(default="")
    person = ForeignKeyField(Person, null=True, index=False, backref="+")
    at = InstantField(null=True)


class OnboardingItem(Editable):
    """A line of a checklist; `side` says who has to move (vendor or customer), `blocked_since` how long nobody does.

    `part` is prerequisite, topic or go-live; `key` names it in the template, and is empty for an own item. It is due
    `offset` working days after the start (or before go-live, as `anchor` says) unless `pinned` to a date by hand, and
    takes `days` working days.
    """

    onboarding = ForeignKeyField(Onboarding, backref="items")
    topic = TextField()
    title = TextField()
    state = TextField(default="to do")
    side = TextField()
    owner = TextField(default="")
    due_on = TextField(null=True)
    blocked_since = InstantField(null=True)
    part = TextField(default="topic")
    key = TextField(default="")
    position = IntegerField(default=0)
    done_means = TextField(default="")
    anchor = TextField(default="start")
    offset = IntegerField(default=0, column_name="offset_days")
    days = IntegerField(default=1)
    pinned = SmallIntegerField(default=0)
    starts_on = TextField(null=True)
    person = ForeignKeyField(Person, null=True, index=False, backref="+")
    blocked_by = TextField(default="")
    reason = TextField(default="")
    ended_at = InstantField(null=True)


class ItemNeed(Table):
    """An item that has to be done before another."""

    item = ForeignKeyField(OnboardingItem, index=False, backref="needs")
    needed = ForeignKeyField(OnboardingItem, backref="+")


class Criterion(Editable):
    """What a proof of value has to show, agreed first: how it is measured, the target, and what was found."""

    onboarding = ForeignKeyField(Onboarding, backref="criteria")
    position = IntegerField()
    what = TextField()
    measure = TextField(default="")
    target = TextField(default="")
    found = TextField(default="")
    state = TextField(default="open")
    agreed_at = InstantField(null=True)


class Evidence(Table):
    """What shows that an item is done or a criterion met: a link, a note or a file (by its content's id)."""

    onboarding = ForeignKeyField(Onboarding, backref="evidence")
    item = ForeignKeyField(OnboardingItem, null=True, index=False, backref="evidence")
    criterion = ForeignKeyField(Criterion, null=True, index=False, backref="evidence")
    kind = TextField()
    text = TextField()
    content_id = IntegerField(null=True)
    internal = SmallIntegerField(default=0)
    person = ForeignKeyField(Person, null=True, index=False, backref="+")
    at = InstantField()


class Session(Editable):
    """A knowledge transfer or a training: planned, held, missed or cancelled; `items` covers as JSON item ids."""

    onboarding = ForeignKeyField(Onboarding, backref="sessions")
    kind = TextField()
    title = TextField()
    at = InstantField()
    minutes = IntegerField()
    audience = TextField(default="")
    attendance = TextField(default="")
    state = TextField(default="planned")
    covers = TextField(default="[]")
    note = TextField(default="")


class ScopeRequest(Editable):
    """Something asked for beyond the checklist: `exclusion` is the line of the annex that it falls under, or empty.

    `state` is open, answered, quoted or accepted.
    """

    onboarding = ForeignKeyField(Onboarding, backref="scope_requests")
    what = TextField()
    asked_by = TextField(default="")
    exclusion = TextField(default="")
    state = TextField(default="open")
    answer = TextField(default="")
    person = ForeignKeyField(Person, null=True, index=False, backref="+")
    at = InstantField()
    ended_at = InstantField(null=True)


class GatePassing(Table):
    """That a gate was passed: by whom, and with what still open (JSON list of sentences) for which reason."""

    onboarding = ForeignKeyField(Onboarding, backref="gates")
    gate = TextField()
    person = ForeignKeyField(Person, null=True, index=False, backref="+")
    at = InstantField()
    missing = TextField(default="[]")
    reason = TextField(default="")


class SignOff(Table):
    """That a side agreed to go live, by a named person."""

    onboarding = ForeignKeyField(Onboarding, index=False, backref="sign_offs")
    side = TextField()
    name = TextField()
    person = ForeignKeyField(Person, null=True, index=False, backref="+")
    at = InstantField()


class Risk(Editable):
    """What may go wrong, who looks after it, and the next step; open or closed."""

    onboarding = ForeignKeyField(Onboarding, backref="risks")
    what = TextField()
    owner = TextField()
    next_step = TextField(default="")
    due_on = TextField(null=True)
    state = TextField(default="open")
    at = InstantField()
    ended_at = InstantField(null=True)


class StatusReport(Table):
    """That the customer was told how things stand; the next report begins where this one ended."""

    onboarding = ForeignKeyField(Onboarding, backref="reports")
    person = ForeignKeyField(Person, null=True, index=False, backref="+")
    at = InstantField()
    body = TextField()


OnboardingPhase.add_index(OnboardingPhase.onboarding, OnboardingPhase.phase, unique=True)
ItemNeed.add_index(ItemNeed.item, ItemNeed.needed, unique=True)
SignOff.add_index(SignOff.onboarding, SignOff.side, unique=True)
