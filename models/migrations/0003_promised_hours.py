"""How an hour is promised and spent: carry, top-ups, timers, closed periods, alerts, calls, actions, feedback."""

from pathlib import Path

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


def up(migrator, db):
    kind = "sqlite" if isinstance(db, SqliteDatabase) else "postgresql"
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    tables = "\n".join(line for line in script.splitlines() if not line.startswith("--"))
    for statement in tables.format(**WORDS[kind]).split(";"):
        if statement.strip():
            db.execute_sql(statement)
