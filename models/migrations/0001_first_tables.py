"""The first tables, their full text, and the two queues that every desk has."""

from pathlib import Path

from peewee import SqliteDatabase

WORDS = {
    "sqlite": {
        "id": "INTEGER NOT NULL PRIMARY KEY",
        "number": "INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT",
        "instant": "INTEGER",
        "small": "INTEGER",
    },
    "postgresql": {
        "id": "SERIAL NOT NULL PRIMARY KEY",
        "number": "SERIAL NOT NULL PRIMARY KEY",
        "instant": "BIGINT",
        "small": "SMALLINT",
    },
}
FULL_TEXT = {
    "sqlite": (
        "CREATE VIRTUAL TABLE ticket_text USING fts5("
        "subject, content='ticket', content_rowid='id', tokenize='unicode61 remove_diacritics 2')",
        "CREATE VIRTUAL TABLE message_text USING fts5("
        "body, content='message', content_rowid='id', tokenize='unicode61 remove_diacritics 2')",
    ),
    # A tsvector has an upper size; what stands after 100,000 signs of a message is not searched.
    "postgresql": (
        "CREATE INDEX ticket_text ON ticket USING gin (to_tsvector('simple', left(subject, 100000)))",
        "CREATE INDEX message_text ON message USING gin (to_tsvector('simple', left(body, 100000)))",
    ),
}
QUEUES = "INSERT INTO queue (key, name) VALUES ('support', 'Support'), ('onboarding', 'Onboarding')"


def up(migrator, db):
    kind = "sqlite" if isinstance(db, SqliteDatabase) else "postgresql"
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    tables = "\n".join(line for line in script.splitlines() if not line.startswith("--"))
    for statement in tables.format(**WORDS[kind]).split(";"):
        if statement.strip():
            db.execute_sql(statement)
    for statement in (*FULL_TEXT[kind], QUEUES):
        db.execute_sql(statement)
