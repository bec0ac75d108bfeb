"""The customers of the desk and the people on their side, as leads and TAMs keep them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import normalize

from models.access import require
from models.customers import Contact, Customer
from models.errors import DomainError, NotFound
from models.journal import Transaction, transaction
from models.people import LEAD, TAM
from models.reading import one, rows, scalar
from sla.errors import InvalidHours
from sla.hours import zone_of

MOST_SIGNS = 200


class ContactLine(NamedTuple):
    """A person on the customer's side; `named` where the order lists them."""

    id: int
    name: str
    email: str | None
    phone: str | None
    named: int


def contacts(customer_id: int) -> list[ContactLine]:
    """The contacts of a customer, those named in the order first."""
    return rows(
        "SELECT id, name, email, phone, named FROM contact WHERE customer_id = ? ORDER BY named DESC, name, id",
        (customer_id,),
        ContactLine,
    )


def add_customer(
    name: str, actor: int, at: int, *, key: str = "", zone: str = "Europe/Zurich", badge: str = "", tam: str = ""
) -> int:
    """Add a customer and return its id; leads and TAMs only.

    The key is made of the name where none is given; `badge` is what lists show beside the name, `tam` a login. Raises
    DomainError for an unknown zone or person, or a key or name that is taken.
    """
    with transaction(actor, at, "customer.add") as tx:
        person = require(actor, LEAD, TAM)
        name, key = _text(name, "A customer needs a name"), key.strip().lower() or _key(name)
        _refuse_twice(key, name)
        customer = tx.insert(Customer, key=key, name=name, badge=badge.strip(), zone=_zone(zone), tam_id=_tam(tam))
        tx.say(f"{person.name} added the customer {name} ({key}).")
    return customer


def change_customer(customer_id: int, actor: int, at: int, **said: str) -> str:
    """Change a customer's name, zone, badge or TAM (a login; empty for none) and tell it; leads and TAMs only.

    A zone is changed for what comes: clocks that were set keep theirs.
    """
    with transaction(actor, at, "customer.change") as tx:
        person = require(actor, LEAD, TAM)
        held = one("SELECT key, name FROM customer WHERE id = ?", (customer_id,))
        if held is None:
            raise NotFound(f"There is no customer {customer_id}.")
        columns: dict[str, object] = {}
        if "name" in said:
            columns["name"] = _text(said["name"], "A customer needs a name")
            if columns["name"] != held[1]:
                _refuse_twice("", str(columns["name"]))
        if "zone" in said:
            columns["zone"] = _zone(said["zone"])
        if "badge" in said:
            columns["badge"] = said["badge"].strip()
        if "tam" in said:
            columns["tam_id"] = _tam(said["tam"])
        if not columns:
            raise DomainError(f"Say what to change of {held[1]}: name, zone, badge or TAM.")
        tx.update(Customer, customer_id, None, **columns)
        told = ", ".join(f"{word} {value or 'none'}" for word, value in said.items())
        tx.say(f"{person.name} changed {held[1]}: {told}.")
    return tx.sentence


def add_contact(
    customer_id: int, name: str, actor: int, at: int, *, email: str = "", phone: str = "", named: bool = False
) -> int:
    """Add a person on the customer's side and return their id; whoever works on the desk may.

    Only a lead or a TAM may say that the order names them. Raises DomainError where the address is another contact's.
    """
    with transaction(actor, at, "contact.add") as tx:
        person = require(actor, LEAD, TAM) if named else require(actor)
        customer = scalar("SELECT name FROM customer WHERE id = ?", (customer_id,))
        if customer is None:
            raise NotFound(f"There is no customer {customer_id}.")
        name, address = _text(name, "A contact needs a name"), _address(email)
        _refuse_address(address)
        contact = tx.insert(
            Contact, customer_id=customer_id, name=name, email=address, phone=phone.strip() or None, named=int(named)
        )
        tx.say(f"{person.name} added {name} of {customer}.")
    return contact


def name_contacts(tx: Transaction, customer_id: int, people: Sequence[tuple[str, str, str]]) -> None:
    """Mark the people whom an order names (name, address, phone), adding whom the desk does not know yet.

    Called inside the transaction that signs the order.
    """
    for name, email, phone in people:
        address = _address(email)
        known = scalar(
            "SELECT id FROM contact WHERE customer_id = ? AND (email = ? OR (? IS NULL AND name = ?)) ORDER BY id",
            (customer_id, address, address, name),
        )
        if known is not None:
            tx.update(Contact, known, None, named=1)
        else:
            _refuse_address(address)
            columns = {"email": address, "phone": phone.strip() or None, "named": 1}
            tx.insert(Contact, customer_id=customer_id, name=name, **columns)


def _text(text: str, sentence: str) -> str:
    found = " ".join(text.split())
    if not found or len(found) > MOST_SIGNS or not found.isprintable():
        raise DomainError(f"{sentence} of at most {MOST_SIGNS} printable signs.")
    return found


def _key(name: str) -> str:
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "customer"


def _zone(zone: str) -> str:
    try:
        zone_of(zone)
    except InvalidHours as error:
        raise DomainError(f"{error}.") from error
    return zone


def _tam(login: str) -> int | None:
    if not login:
        return None
    found = one("SELECT id, role FROM person WHERE login = ? AND active = 1", (login,))
    if found is None:
        raise DomainError(f"{login} is not on this desk; a lead adds people: tamdesk person add {login}")
    if found[1] not in (TAM, LEAD):
        raise DomainError(f"{login} is no TAM; a lead changes that: tamdesk person change {login} --role tam")
    return int(found[0])


def _address(email: str) -> str | None:
    address = email.strip().lower()
    if address and ("@" not in address[1:-1] or not address.isprintable() or " " in address):
        raise DomainError(f"{email!r} is no e-mail address, such as jo@acme.example.")
    return address or None


def _refuse_twice(key: str, name: str) -> None:
    if key and not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", key):
        raise DomainError(f"{key!r} cannot be a key: small letters, digits, hyphens and dots, such as acme.")
    taken = one("SELECT key, name FROM customer WHERE key = ? OR name = ?", (key, name))
    if taken is not None:
        raise DomainError(f"{taken[1]} ({taken[0]}) is a customer already; choose another name or key.")


def _refuse_address(address: str | None) -> None:
    held = one(
        "SELECT t.name, c.name FROM contact t JOIN customer c ON c.id = t.customer_id WHERE t.email = ?", (address,)
    )
    if address and held is not None:
        raise DomainError(f"{address} is {held[0]}'s of {held[1]} already, and mails are told apart by it.")
