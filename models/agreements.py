"""What was agreed, as dated data: contracts, the revision they follow, their terms and service credits."""

from __future__ import annotations

from models.base import Editable, ForeignKeyField, InstantField, IntegerField, Table, TextField, partial_index
from models.customers import Customer
from models.people import Person

OWED, GRANTED, REFUSED, REVERSED = "owed", "granted", "refused", "reversed"


class Contract(Editable):
    """A customer's subscription: plan and options by their catalogue key, and what the order overrides (JSON)."""

    customer = ForeignKeyField(Customer, backref="contracts")
    plan = TextField()
    support_option = TextField(null=True)
    deployment = TextField()
    data_location = TextField(null=True)
    order = TextField(default="{}", column_name="order_json")
    starts_at = InstantField()
    ends_at = InstantField(null=True)


class Adoption(Table):
    """From this instant the contract follows this catalogue revision; nothing else changes what it follows.

    An adoption that names a plan says plan and support option from then on, until another one does; one that names none
    leaves both as they were.
    """

    contract = ForeignKeyField(Contract, backref="adoptions")
    revision = TextField()
    effective_at = InstantField()
    person = ForeignKeyField(Person, null=True, index=False, backref="+")
    plan = TextField(null=True)
    support_option = TextField(null=True)


class Term(Editable):
    """A paid period of a contract, in local dates; granted service credits are `extension_days`."""

    contract = ForeignKeyField(Contract, backref="terms")
    starts_on = TextField()
    ends_on = TextField()
    extension_days = IntegerField(default=0)


class Credit(Table):
    """A line of the service-credit ledger, in whole days; lines are added, never changed.

    `entry` is owed, granted, refused or reversed. Each line `answers` the one before it of the same clock, and a line
    is answered once: a clock is owed once, what is owed is decided once, and a decision is reversed once.
    """

    customer = ForeignKeyField(Customer, backref="credits")
    term = ForeignKeyField(Term, null=True, index=False, backref="credits")
    clock_id = IntegerField(index=True)
    entry = TextField()
    days = IntegerField()
    at = InstantField()
    person = ForeignKeyField(Person, null=True, index=False, backref="+")
    reason = TextField(default="")
    answers = ForeignKeyField("self", null=True, unique=True, backref="+")


partial_index(Credit, "credit_owed_once", (Credit.clock_id,), "entry = 'owed'", unique=True)
