"""Running a migration that is written in SQL, in the words of the database at hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from peewee import SqliteDatabase

WORDS = {
    "sqlite": {
        "id": "INTEGER NOT NULL PRIMARY KEY",
        "instant": "INTEGER",
        "small": "INTEGER",
        "blob": "BLOB",
    },
    "postgresql": {
        "id": "SERIAL NOT NULL PRIMARY KEY",
        "instant": "BIGINT",
        "small": "SMALLINT",
        "blob": "BYTEA",
    },
}


def run_beside(migration: str, database: Any) -> None:
    """Run the SQL file beside a migration; `{id}`, `{instant}`, `{small}` and `{blob}` are the words in it."""
    kind = "sqlite" if isinstance(database, SqliteDatabase) else "postgresql"
    script = Path(migration).with_suffix(".sql").read_text(encoding="utf-8")
    told = "\n".join(line for line in script.splitlines() if not line.startswith("--"))
    for statement in told.format(**WORDS[kind]).split(";"):
        if statement.strip():
            database.execute_sql(statement)
