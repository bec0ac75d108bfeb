"""The people, the customers and the calendar that stories about tickets begin with."""

import json
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from models import access, journal
from models.agreements import Adoption, Contract, Term
from models.customers import Contact, Customer
from models.people import ENGINEER, READ_ONLY, TAM, Person
from models.reading import rows
from tickets import operations

ZONE = "Europe/Zurich"
REVISION = "2023-11-15"


def at(text: str) -> int:
    """An instant as the clock on the wall of the desk shows it: `at("Mon 09:00")` is in the first week of June 2026."""
    day, time = text.rsplit(" ", 1)
    if day in WEEK:
        day = f"2026-06-{1 + WEEK.index(day):02}"
    return int(datetime.fromisoformat(f"{day} {time}").replace(tzinfo=ZoneInfo(ZONE)).timestamp())


WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
START = "2026-01-01 00:00"


class Cast(NamedTuple):
    """Anna leads, Ben and Cleo are engineers, Tom is TAM, Rita may only look; a customer a plan. All by id."""

    anna: int
    ben: int
    cleo: int
    tom: int
    rita: int
    acme: int
    """Production with Extended support: 1 h, 2 h, 12 h and 24 h in extended hours (07:00 to 19:00)."""
    plain: int
    """Production alone: 48 h in business hours at severity 1, best effort else."""
    hobby: int
    """Free: no professional support."""
    globex: int
    """Enterprise Cloud, 24x7: severity 1 is not agreed yet, the others are 2 h, 12 h and 24 h."""
    stray: int
    """No contract at all."""
    carla: int
    """Acme's contact."""


def cast() -> Cast:
    """Set the desk up."""
    start = at(START)
    anna = access.identify("anna", at=start, name="Anna").id
    with journal.transaction(None, start, "setup") as tx:
        people = [
            tx.insert(Person, login=name.lower(), name=name, role=role, zone=ZONE)
            for name, role in (("Ben", ENGINEER), ("Cleo", ENGINEER), ("Tom", TAM), ("Rita", READ_ONLY))
        ]
        tx.say("The people came.")
    acme = sign("Acme", "production", "extended")
    customers = [
        acme,
        sign("Plain", "production"),
        sign("Hobby", "free"),
        sign("Globex", "enterprise-cloud", order={"support_hours": {"all": "24x7"}}),
        add_customer("Stray"),
    ]
    with journal.transaction(None, start, "setup") as tx:
        carla = tx.insert(Contact, customer=acme, name="Carla", email="carla@acme.example", named=1)
        tx.say("Carla was named.")
    return Cast(anna, *people, *customers, carla)


def add_customer(name: str) -> int:
    """Add a customer without a contract."""
    with journal.transaction(None, at(START), "setup") as tx:
        customer = tx.insert(Customer, key=name.lower(), name=name, zone=ZONE)
        tx.say(f"{name} was added.")
    return customer


def sign(name: str, plan: str, option: str | None = None, order: dict[str, Any] | None = None) -> int:
    """Add a customer with a contract and a term of a year."""
    customer = add_customer(name)
    start = at(START)
    with journal.transaction(None, start, "setup") as tx:
        contract = tx.insert(
            Contract,
            customer=customer,
            plan=plan,
            support_option=option,
            deployment="cloud",
            order=json.dumps(order or {}),
            starts_at=start,
        )
        tx.insert(Adoption, contract=contract, revision=REVISION, effective_at=start)
        tx.insert(Term, contract=contract, starts_on="2026-01-01", ends_on="2026-12-31")
        tx.say(f"{name} signed.")
    return customer


def receive(who: Cast, when: str | int = "Mon 09:00", **changed: Any) -> int:
    """Take in a ticket of Acme's at severity 2 by Anna, unless told otherwise; due Mon 11:00."""
    columns: dict[str, Any] = {
        "customer_id": who.acme,
        "subject": "Login loop after the upgrade",
        "body": "Nobody gets in since this morning.",
        "severity": 2,
        "actor": who.anna,
        "at": at(when) if isinstance(when, str) else when,
    }
    return operations.receive(**(columns | changed))


TABLES = ("ticket", "message", "clock", "credit", "escalation")
GROWING = {"version"}


def everything(*tables: str) -> dict[str, list[dict[str, Any]]]:
    """Every row of the tables by column, without versions, which only ever grow."""
    found = {}
    for table in tables or TABLES:
        columns = _columns(table)
        read = rows(f"SELECT {', '.join(columns)} FROM {table} ORDER BY id")
        found[table] = [dict(zip(columns, row, strict=True)) for row in read]
    return found


def _columns(table: str) -> list[str]:
    from models.schema import BY_NAME

    return [f.column_name for f in BY_NAME[table]._meta.sorted_fields if f.column_name not in GROWING]
