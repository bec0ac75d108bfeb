"""When a ticket last changed joins the index that queries are answered from."""

from pathlib import Path


def up(migrator, db):
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    statements = "\n".join(line for line in script.splitlines() if not line.startswith("--"))
    for statement in statements.split(";"):
        if statement.strip():
            db.execute_sql(statement)
