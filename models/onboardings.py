"""Customers on their way to go-live."""

from __future__ import annotations

from models.base import Editable, ForeignKeyField, InstantField, TextField
from models.customers import Customer
from models.people import Person


class Onboarding(Editable):
    """An onboarding under way: phase (proof of value, onboarding term, continuous support) and its local dates."""

    customer = ForeignKeyField(Customer, backref="onboardings")
    phase = TextField()
    revision = TextField()
    starts_on = TextField()
    go_live_on = TextField()
    owner = ForeignKeyField(Person, null=True, index=False, backref="+")


class OnboardingItem(Editable):
    """A line of the checklist; `side` says who has to move, `blocked_since` how long nobody does."""

    onboarding = ForeignKeyField(Onboarding, backref="items")
    topic = TextField()
    title = TextField()
    state = TextField(default="to do")
    side = TextField()
    owner = TextField(default="")
    due_on = TextField(null=True)
    blocked_since = InstantField(null=True)
