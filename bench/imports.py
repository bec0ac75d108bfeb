"""Import beside its peers: the storage layer alone, and the whole command from file to found by its words."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.table import show, verdict
from models.access import identify
from models.agreements import Adoption, Contract
from models.base import database
from models.connection import Desk, open_desk
from models.customers import Customer
from models.journal import transaction
from models.tickets import Ticket

TICKETS, FEW = 100_000, 10_000
LOGIN, CUSTOMERS, RECEIVED, STEP = "bench", 20, 1_700_000_000, 311
STATES, PRIORITIES = ("open", "pending", "open", "solved"), ("urgent", "high", "normal", "low", None)
WORDS = ("login", "token", "certificate", "domain", "session", "passkey", "SCIM", "LDAP", "SAML", "audit export")
COLUMNS = (
    "customer_id",
    "queue_id",
    "subject",
    "severity",
    "state",
    "is_open",
    "received_at",
    "updated_at",
    "source",
    "external_id",
    "order_at",
)
Rows = list[tuple[Any, ...]]
STORAGE_PROMISE, COMMAND_PROMISE = 100_000, 15_000


def subject(number: int) -> str:
    """A subject of five words and a number."""
    words = " ".join(WORDS[(number // 7**place) % len(WORDS)] for place in range(5))
    return f"{words} {number}"


def row(number: int) -> tuple[Any, ...]:
    """A bare ticket, a tenth of them open, in the order of COLUMNS."""
    at, still = RECEIVED + number, number % 10 == 0
    state = "open" if still else "solved"
    return (
        number % CUSTOMERS + 1,
        1,
        subject(number),
        number % 4 + 1,
        state,
        int(still),
        at,
        at,
        "peer",
        str(number),
        at,
    )


@contextmanager
def fresh_desk() -> Iterator[Desk]:
    """An empty desk on a file, with customers whose contracts run clocks."""
    with tempfile.TemporaryDirectory() as folder:
        desk = open_desk(str(Path(folder) / "desk.db"))
        actor = identify(LOGIN, RECEIVED).id
        with transaction(actor, RECEIVED, "bench") as tx:
            bought = {"plan": "production", "support_option": "extended", "deployment": "cloud", "starts_at": 0}
            for number in range(CUSTOMERS):
                customer = tx.insert(
                    Customer, key=f"c{number}", name=f"Customer {number}", external_id=f"zendesk:{number}"
                )
                contract = tx.insert(Contract, customer_id=customer, **bought)
                tx.insert(Adoption, contract_id=contract, revision="2023-11-15", effective_at=0)
            tx.say("The bench has customers.")
        try:
            yield desk
        finally:
            desk.close()


def _ours(rows: Rows) -> None:
    with transaction(1, RECEIVED, "bench") as tx:
        tx.insert_many(Ticket, COLUMNS, rows)
        tx.say("The bench has tickets.")


def _insert_many(rows: Rows) -> None:
    with database.atomic():
        for start in range(0, len(rows), 1_000):
            Ticket.insert_many(rows[start : start + 1_000], fields=list(COLUMNS)).execute()
        database.execute_sql("INSERT INTO ticket_text (rowid, subject) SELECT id, subject FROM ticket")


def _create(rows: Rows) -> None:
    with database.atomic():
        for values in rows:
            Ticket.create(**dict(zip(COLUMNS, values, strict=True)))
        database.execute_sql("INSERT INTO ticket_text (rowid, subject) SELECT id, subject FROM ticket")


def storage_rate(load: Callable[[Rows], None], count: int) -> float:
    """Rows a second into a fresh desk, the best of three."""
    best, rows = float("inf"), [row(number) for number in range(count)]
    for _ in range(3):
        with fresh_desk():
            begin = time.perf_counter()
            load(rows)
            best = min(best, time.perf_counter() - begin)
    return count / best


def record(number: int, talk: bool) -> dict[str, Any]:
    """A ticket of an export; with `talk` it has a description and an answer."""
    at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(RECEIVED + number * STEP)) + " +00:00"
    ticket: dict[str, Any] = {
        "_id": f"ticket-{number:08}",
        "created_at": at,
        "type": "incident",
        "subject": subject(number),
        "priority": PRIORITIES[number % 5],
        "status": STATES[number % 4],
        "organization_id": number % CUSTOMERS,
        "tags": ["Ohio", "American Samoa"],
        "via": "web",
    }
    if talk:
        said = {"id": number, "author_id": "bench", "body": f"{subject(number)}: try again.", "public": True}
        answered = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(RECEIVED + number * STEP + 9_000))
        ticket |= {"description": subject(number) * 3, "comments": [said | {"created_at": answered}]}
    return ticket


def command_rate(export: Path, count: int) -> float:
    """Tickets a second of `tamdesk import`, from the start of the process to its end, the best of three."""
    best = float("inf")
    for _ in range(3):
        with fresh_desk() as desk:
            words = ["--database", desk.address, "--as", LOGIN, "import", str(export)]
            begin = time.perf_counter()
            subprocess.run([sys.executable, "-m", "cli.main", *words], check=True, capture_output=True)
            best = min(best, time.perf_counter() - begin)
            landed = desk.execute("SELECT count(*) FROM ticket").fetchone()[0]
            if landed != count:
                raise RuntimeError(f"{landed} of {count} tickets landed")
    return count / best


def script_rate(export: Path, count: int, bulk: bool) -> float:
    """Tickets a second of a script that decodes lines and stores them with Peewee, without people, clocks or undo."""
    names = ("customer_id", "queue_id", "subject", "severity", "received_at", "updated_at", "external_id", "order_at")

    def values(line: str) -> tuple[Any, ...]:
        found = json.loads(line)
        at = int(time.mktime(time.strptime(found["created_at"][:19], "%Y-%m-%dT%H:%M:%S")))
        return found["organization_id"] + 1, 1, found["subject"], 3, at, at, found["_id"], at

    with fresh_desk(), export.open() as lines:
        begin = time.perf_counter()
        with database.atomic():
            held: list[tuple[Any, ...]] = []
            for line in lines:
                if not bulk:
                    Ticket.create(**dict(zip(names, values(line), strict=True)))
                    continue
                held.append(values(line))
                if len(held) == 1_000:
                    Ticket.insert_many(held, fields=list(names)).execute()
                    held = []
            database.execute_sql("INSERT INTO ticket_text (rowid, subject) SELECT id, subject FROM ticket")
        return count / (time.perf_counter() - begin)


def _export(folder: Path, name: str, count: int, talk: bool = False) -> Path:
    path = folder / name
    with path.open("w") as file:
        file.writelines(json.dumps(record(number, talk)) + "\n" for number in range(count))
    return path


def _table(title: str, rates: list[tuple[str, int, float]]) -> None:
    best = max(rate for name, _, rate in rates if name.startswith("Peewee"))
    rows = [(name, f"{count:,}", f"{rate:,.0f}", f"{rate / best:.1f}") for name, count, rate in rates]
    show(title, ("", "tickets", "a second", "times the best peer"), rows)


def main() -> None:
    """Print both tables and whether the promises held."""
    stored = storage_rate(_ours, TICKETS)
    _table(
        "Storage layer: bare tickets with all indexes and full text",
        [
            ("tamdesk: journal, insert_many", TICKETS, stored),
            ("Peewee: insert_many", TICKETS, storage_rate(_insert_many, TICKETS)),
            ("Peewee: Model.create", FEW, storage_rate(_create, FEW)),
        ],
    )
    verdict(f"at least {STORAGE_PROMISE:,} bare tickets a second in the storage layer", stored >= STORAGE_PROMISE)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare, few = _export(folder, "bare.jsonl", TICKETS), _export(folder, "few.jsonl", FEW)
        talk = _export(folder, "talk.jsonl", FEW * 3, talk=True)
        whole = command_rate(bare, TICKETS)
        _table(
            "The whole import: decoding, people, clocks, indexes, full text, journal",
            [
                ("tamdesk import, bare tickets", TICKETS, whole),
                ("tamdesk import, with description and answer", FEW * 3, command_rate(talk, FEW * 3)),
                ("Peewee: json and insert_many, no clocks", TICKETS, script_rate(bare, TICKETS, bulk=True)),
                ("Peewee: json and Model.create, no clocks", FEW, script_rate(few, FEW, bulk=False)),
            ],
        )
    verdict(f"at least {COMMAND_PROMISE:,} tickets a second with `tamdesk import`", whole >= COMMAND_PROMISE)
