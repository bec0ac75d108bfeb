"""Desks of any size to measure on; made once and kept in `.bench/`."""

from __future__ import annotations

import json
import random
import shutil
import time
from pathlib import Path

from models.access import identify
from models.agreements import Adoption, Contract
from models.clocks import Basis
from models.connection import MIGRATIONS, open_desk
from models.customers import Customer
from models.journal import transaction
from models.tickets import Message, Ticket
from sla.clock import Policy
from sla.hours import ALWAYS

FOLDER = Path(".bench")
LOGIN = "bench"
CUSTOMERS = 200
COLUMNS = (
    "customer_id",
    "queue_id",
    "owner_id",
    "subject",
    "severity",
    "state",
    "is_open",
    "escalated",
    "received_at",
    "updated_at",
    "waiting_since",
    "order_at",
    "clock_state",
    "due_at",
    "objective_minutes",
    "basis_id",
)
WORDS = ("login", "token", "certificate", "domain", "session", "passkey", "SCIM", "LDAP", "SAML", "audit export")


def desk(name: str, tickets: int, *, open_share: float = 0.1, closed_now: bool = False) -> str:
    """The address of a desk with that many tickets; made anew where its clocks or its tables have grown old."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{name}.db"
    stamp, tables = path.with_suffix(".made"), _tables()
    if stamp.exists() and stamp.read_text() == tables and time.time() - stamp.stat().st_mtime < 3600:
        return str(path)
    for old in FOLDER.glob(f"{name}.db*"):
        old.unlink()
    _make(path, tickets, open_share, closed_now)
    stamp.write_text(tables)
    return str(path)


def _tables() -> str:
    """All that makes the tables and indexes: a desk of other ones measures nothing."""
    return "\n".join(part.read_text() for part in sorted(MIGRATIONS.glob("0*")))


def _make(path: Path, tickets: int, open_share: float, closed_now: bool) -> None:
    held, now = open_desk(str(path)), int(time.time())
    person = identify(LOGIN, now)
    hours = ALWAYS.to_mapping()
    if closed_now:
        day = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[(time.gmtime(now).tm_wday + 3) % 7]
        hours = {**hours, "week": {day: [["10:00", "12:00"]]}}
    with transaction(person.id, now, "bench") as tx:
        for number in range(CUSTOMERS):
            customer = tx.insert(Customer, key=f"c{number}", name=f"Customer {number}", badge="ent")
            contract = tx.insert(
                Contract, customer_id=customer, plan="enterprise-cloud", deployment="cloud", starts_at=0
            )
            tx.insert(Adoption, contract_id=contract, revision="2023-11-15", effective_at=0)
        basis = tx.insert(Basis, digest="bench", hours=json.dumps(hours), policy=json.dumps(Policy().to_mapping()))
        tx.insert_many(Ticket, COLUMNS, rows(tickets, open_share, now, basis, person.id, tickets > 1000))
        tx.insert(Message, ticket_id=1, side="customer", author="Jo", at=now, body="We see it on two nodes.")
        tx.say("A desk to measure on was made.")
    held.execute("ANALYZE")
    held.close()


def rows(tickets: int, open_share: float, now: int, basis: int, person: int, overdue: bool) -> list[tuple[object, ...]]:
    """Tickets without conversations; sixty are due every ten minutes, as in `peers/timers.py`, and some are overdue."""
    dice = random.Random(7)
    made: list[tuple[object, ...]] = []
    for number in range(tickets):
        is_open = int(number % max(1, round(1 / open_share)) == 0)
        received = now - dice.randrange(600, 90 * 86_400)
        due = now + 1800 + (number * 600 if number < 60 else dice.randrange(10 * 3600, 30 * 86_400))
        if overdue and number % 9990 == 0:
            due = now - dice.randrange(600, 86_400)
        subject = f"{dice.choice(WORDS)} {dice.choice(WORDS)} fails for some users, case {number}"
        owner = person if dice.random() < 0.1 else None
        severity = dice.choice((2, 3, 3, 3, 4, 4))
        state = "waiting" if is_open and number % 7 == 0 else "open" if is_open else "closed"
        clock = ("running" if is_open else "met", due, 24 * 60, basis)
        dates = (received, received, received, due)
        made.append((number % CUSTOMERS + 1, number // 10 % 2 + 1, owner, subject, severity, state, is_open,
                     int(number % 50 == 0), *dates, *clock))  # fmt: skip
    return made


def forget() -> None:
    """Remove all desks."""
    shutil.rmtree(FOLDER, ignore_errors=True)
