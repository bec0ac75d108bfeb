"""What a form offers: customers and contacts, found as their names are typed."""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

from models.reading import rows


class CustomerChoice(NamedTuple):
    """A customer to choose."""

    id: int
    key: str
    name: str
    badge: str


class ContactChoice(NamedTuple):
    """A person on the customer's side to choose; `named` where the order lists them."""

    id: int
    name: str
    email: str | None
    named: int


def customers(text: str = "", limit: int = 20) -> list[CustomerChoice]:
    """Customers whose name or key contains the text, whatever the case.

    Compared here: SQLite's LOWER and LIKE know the case of ASCII letters alone.
    """
    wanted = text.casefold()
    known = rows("SELECT id, key, name, badge FROM customer ORDER BY name", (), CustomerChoice)
    found = (choice for choice in known if wanted in choice.name.casefold() or wanted in choice.key.casefold())
    return list(islice(found, limit))


def contacts(customer_id: int) -> list[ContactChoice]:
    """The people of a customer, those that the order names first."""
    return rows(
        "SELECT id, name, email, named FROM contact WHERE customer_id = ? ORDER BY named DESC, name LIMIT 200",
        (customer_id,),
        ContactChoice,
    )
