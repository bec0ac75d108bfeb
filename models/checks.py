"""Whether a desk is whole: what the database says of itself, what the tables should be, and what they should say."""

from contextlib import closing
from typing import Any

from models.connection import SQLITE, Desk, applied_migration, connect, newest_migration, public_address, sqlite_path
from models.errors import DatabaseUnavailable
from models.migrate import pending
from models.schema import BY_NAME, TABLES

_SHOWN = 5
# Each query finds the rows that break a rule.
_RULES = (
    (
        "tickets whose state and openness disagree",
        "SELECT id FROM ticket WHERE (is_open = 1) <> (state IN ('open', 'waiting'))",
    ),
    (
        "tickets that show a running clock that is not running",
        "SELECT t.id FROM ticket t WHERE t.clock_state = 'running' AND NOT EXISTS (SELECT 1 FROM clock c "
        "WHERE c.ticket_id = t.id AND c.state = 'running' AND c.due_at = t.due_at)",
    ),
    (
        "tickets with more than one initial response clock",
        "SELECT ticket_id FROM clock WHERE kind = 'initial_response' AND state <> 'void' "
        "GROUP BY ticket_id HAVING count(*) > 1",
    ),
    (
        "clocks that stopped without an instant, or run with one",
        "SELECT id FROM clock WHERE (state = 'running' AND stopped_at IS NOT NULL) "
        "OR (state = 'met' AND stopped_at IS NULL)",
    ),
)


def check_desk(address: str) -> list[str]:
    """The problems of the desk at an address, a sentence each; none where it is whole. Changes nothing."""
    with closing(connect(address, create=False)) as desk:
        if applied_migration(desk) != newest_migration():
            waiting = ", ".join(pending(desk)) or "made by a newer tamdesk"
            return [f"The tables are not those of this program ({waiting}); run: tamdesk db migrate"]
        problems = _sqlite_problems(desk) if desk.kind == SQLITE else _postgresql_problems(desk)
        missing = _missing(desk)
        return problems + missing + ([] if missing else _broken_rules(desk))


def describe_desk(address: str) -> dict[str, Any]:
    """What the desk at an address is: its kind, revision and size (bytes), and how much it holds. Changes nothing."""
    with closing(connect(address, create=False)) as desk:
        revision = applied_migration(desk)
        told: dict[str, Any] = {
            "address": public_address(address),
            "kind": desk.kind,
            "revision": revision,
            "newest_revision": newest_migration(),
            "pending": pending(desk),
            "bytes": _size(desk),
        }
        if revision is not None:
            for name in ("person", "customer", "contract", "ticket", "message", "operation"):
                told[name] = _scalar(desk, f'SELECT count(*) FROM "{name}"')
            told["open_tickets"] = _scalar(desk, "SELECT count(*) FROM ticket WHERE is_open = 1")
            told["last_operation_at"] = _scalar(desk, "SELECT max(at) FROM operation")
        return told


def _scalar(desk: Desk, sql: str) -> Any:
    return desk.execute(sql).fetchone()[0]


def _size(desk: Desk) -> int:
    if desk.kind != SQLITE:
        return int(_scalar(desk, "SELECT pg_database_size(current_database())"))
    path = sqlite_path(desk.address)
    parts = (path, path.with_name(path.name + "-wal"))
    return sum(part.stat().st_size for part in parts if part.exists())


def _sqlite_problems(desk: Desk) -> list[str]:
    problems = [f"The file is damaged: {line}" for (line,) in desk.execute("PRAGMA integrity_check") if line != "ok"]
    for table, row_id, parent, _ in desk.execute("PRAGMA foreign_key_check").fetchmany(_SHOWN):
        problems.append(f"{table} {row_id} refers to a {parent} that is not there.")
    return problems + [problem for index in ("ticket_text", "message_text") if (problem := _text_problem(desk, index))]


def _text_problem(desk: Desk, index: str) -> str | None:
    """Have the full text compared with the rows that it indexes."""
    try:
        with desk.transaction():
            desk.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
    except DatabaseUnavailable as error:
        if "malformed" not in str(error.__cause__):
            raise
        return f"The full text {index} does not match its rows; searching misses some of them."
    return None


def _postgresql_problems(desk: Desk) -> list[str]:
    found = desk.execute(
        "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE NOT i.indisvalid"
    )
    problems = [f"The index {name} is not valid; run: REINDEX INDEX {name}" for (name,) in found.fetchall()]
    for table in BY_NAME:
        behind = (
            f"SELECT (SELECT coalesce(max(id), 0) FROM {_quote(table)}) > last_value FROM {_quote(table + '_id_seq')}"
        )
        if _scalar(desk, behind):
            problems.append(f"The numbers of {table} would be given twice; run: SELECT setval on {table}_id_seq")
    return problems


def _quote(name: str) -> str:
    return f'"{name}"'


def _missing(desk: Desk) -> list[str]:
    """Tables, columns and indexes that the program expects and the database does not have."""
    there = set(desk.database.get_tables())
    problems = []
    for model in TABLES:
        table = model._meta.table_name
        if table not in there:
            problems.append(f"The table {table} is missing.")
            continue
        columns = {column.name for column in desk.database.get_columns(table)}
        problems += [f"The column {name} of {table} is missing." for name in model._meta.columns if name not in columns]
        indexes = {index.name for index in desk.database.get_indexes(table)}
        problems += [
            f"The index {name} is missing; lists are slow." for name in index_names(model) if name not in indexes
        ]
    return problems


def index_names(model: Any) -> list[str]:
    """The names of the indexes that a table declares."""
    return [index._name for index in model._meta.fields_to_index()]


def _broken_rules(desk: Desk) -> list[str]:
    problems = []
    for rule, sql in _RULES:
        ids = [str(row[0]) for row in desk.execute(f"{sql} LIMIT {_SHOWN}").fetchall()]
        if ids:
            problems.append(f"There are {rule}: {', '.join(ids)}{' …' if len(ids) == _SHOWN else ''}")
    return problems
