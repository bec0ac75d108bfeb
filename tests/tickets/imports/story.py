"""What the stories of an import share: a vendor, a customer with a contract, and an export."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from models import journal
from models.access import identify
from models.agreements import Adoption, Contract, Term
from models.customers import Customer
from models.reading import rows
from tickets.imports.report import Report
from tickets.imports.run import run_import

TABLES = ("customer", "contact", "person", "ticket", "message", "clock", "basis", "credit")


def instant(text: str) -> int:
    return int(datetime.fromisoformat(text).astimezone(UTC).timestamp())


NOW = instant("2024-06-03T12:00:00Z")
OPENED = instant("2024-01-01T00:00:00Z")


def lead() -> int:
    return identify("lee", OPENED).id


def contract(actor: int, name: str = "Acme") -> int:
    """A cloud customer with Extended support: 1, 2, 12 and 24 hours from 07:00 to 19:00 in Zurich."""
    with journal.transaction(actor, OPENED, "contract") as tx:
        customer = tx.insert(Customer, key=name.lower(), name=name)
        held = tx.insert(
            Contract,
            customer_id=customer,
            plan="production",
            support_option="extended",
            deployment="cloud",
            starts_at=0,
        )
        for year in (2023, 2024):
            tx.insert(Term, contract_id=held, starts_on=f"{year}-01-01", ends_on=f"{year}-12-31")
        tx.insert(Adoption, contract_id=held, revision="2023-11-15", effective_at=0)
        tx.say("A contract was signed.")
    return customer


ORGANIZATION = {"id": 9, "name": "Acme"}
JO = {"id": 20, "name": "Jo Field", "email": "jo@acme.example", "role": "end-user", "organization_id": 9}
AL = {"id": 30, "name": "Al Agent", "email": "al@vendor.example", "role": "agent"}


def ticket(number: Any = 1, **fields: Any) -> dict[str, Any]:
    """A ticket received on Tuesday 09:00 in Zurich at severity 2: due at 11:00."""
    return {
        "id": number,
        "subject": f"Logins fail {number}",
        "description": "Since this morning nobody can log in.",
        "created_at": "2024-05-14T07:00:00Z",
        "priority": "high",
        "status": "open",
        "organization_id": 9,
        "requester_id": 20,
        **fields,
    }


def comment(number: int, at: str, body: str = "We look into it.", author: int = 30, **fields: Any) -> dict[str, Any]:
    return {"id": number, "author_id": author, "body": body, "created_at": at, "public": True, **fields}


def export(folder: Path, name: str = "export.json", **parts: Any) -> Path:
    path = folder / name
    path.write_text(json.dumps(parts, indent=1))
    return path


def land(*files: Path, **options: Any) -> Report:
    return run_import(files, actor=lead(), at=NOW, **options)


def stored() -> dict[str, list[tuple[Any, ...]]]:
    """All rows that an import may touch."""
    return {table: rows(f"SELECT * FROM {table} ORDER BY id") for table in TABLES}
