"""Customers and the people on their side."""

from __future__ import annotations

from models.base import Editable, ForeignKeyField, SmallIntegerField, TextField, partial_index
from models.people import Person


class Customer(Editable):
    """A company that the vendor has a contract with, or that only uses the community's channels."""

    key = TextField(unique=True)
    name = TextField()
    badge = TextField(default="")
    zone = TextField(default="Europe/Zurich")
    tam = ForeignKeyField(Person, null=True, index=False, backref="+")
    external_id = TextField(null=True)


class Contact(Editable):
    """A person on the customer's side; `named` where the order lists them."""

    customer = ForeignKeyField(Customer, backref="contacts")
    name = TextField()
    email = TextField(null=True, index=True)
    phone = TextField(null=True)
    named = SmallIntegerField(default=0)
    external_id = TextField(null=True)


partial_index(Customer, "customer_external", (Customer.external_id,), "external_id IS NOT NULL", unique=True)
partial_index(Contact, "contact_external", (Contact.external_id,), "external_id IS NOT NULL", unique=True)
