"""The rows that a story about the desk begins with."""

from typing import Any, NamedTuple

from models import access, journal
from models.connection import SQLITE, Desk
from models.customers import Customer
from models.people import ENGINEER, Person
from models.schema import TABLES
from models.tickets import Ticket

QUEUE = 1


class Cast(NamedTuple):
    """Two people and a customer, by id."""

    anna: int
    ben: int
    acme: int


def cast() -> Cast:
    """Anna leads the desk, Ben is an engineer, Acme is their customer."""
    anna = access.identify("anna", at=1, name="Anna").id
    with journal.transaction(None, 2, "setup") as tx:
        ben = tx.insert(Person, login="ben", name="Ben", role=ENGINEER)
        acme = tx.insert(Customer, key="acme", name="Acme")
        tx.say("The desk was set up.")
    return Cast(anna, ben, acme)


def ticket_columns(customer: int, **changed: Any) -> dict[str, Any]:
    """A ticket's columns, ready for insertion."""
    columns = {"customer": customer, "queue": QUEUE, "subject": "Login loop after the upgrade", "severity": 2}
    return columns | {"received_at": 100, "updated_at": 100, "order_at": 500} | changed


def log_ticket(actor: int, customer: int, at: int = 100, **changed: Any) -> int:
    """Log a ticket as an operation of its own, and return its number."""
    with journal.transaction(actor, at, "ticket.create") as tx:
        number = tx.insert(Ticket, **ticket_columns(customer, **changed))
        tx.ticket_id = number
        tx.say(f"Anna logged #{number}.")
    return number


def set_severity(actor: int, number: int, severity: int, sentence: str, at: int = 200) -> None:
    """Change a ticket's severity as an operation of its own."""
    with journal.transaction(actor, at, "ticket.severity", number) as tx:
        tx.update(Ticket, number, severity=severity)
        tx.say(sentence)


def empty(desk: Desk) -> None:
    """Take everything off the desk but its queues, so that a property starts afresh."""
    with desk.transaction():
        for table in reversed(TABLES):
            if table._meta.table_name != "queue":
                desk.execute(f'DELETE FROM "{table._meta.table_name}"')
        if desk.kind == SQLITE:
            for index in ("ticket_text", "message_text"):
                desk.execute(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")
