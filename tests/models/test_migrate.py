"""A desk is made, brought up to date after a backup, or refused where it is newer than the program."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from models import connection, migrate
from models.connection import SQLITE, Desk, open_desk
from models.errors import DatabaseUnavailable
from models.reading import scalar
from models.schema import TABLES
from tests.models.rows import cast

REVISIONS = sorted(path.stem for path in connection.MIGRATIONS.glob("0*.py"))
NEXT = '''"""A later revision."""


def up(migrator, db):
    db.execute_sql("ALTER TABLE queue ADD COLUMN colour TEXT")
'''


def described(database: Any) -> dict[str, Any]:
    """Columns and indexes of every table, as the database tells them."""
    told = {}
    for table in TABLES:
        name = table._meta.table_name
        columns = [(c.name, c.data_type, c.null, c.primary_key) for c in database.get_columns(name)]
        indexes = sorted((i.name, i.sql.replace(" IF NOT EXISTS", ""), i.unique) for i in database.get_indexes(name))
        references = sorted((k.column, k.dest_table, k.dest_column) for k in database.get_foreign_keys(name))
        told[name] = (columns, indexes, references)
    return told


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that brings one more migration."""
    folder = tmp_path / "migrations"
    folder.mkdir()
    for path in connection.MIGRATIONS.glob("0*"):
        (folder / path.name).write_text(path.read_text())
    (folder / "0006_queue_colour.py").write_text(NEXT)
    monkeypatch.setattr(connection, "MIGRATIONS", folder)
    monkeypatch.setattr(migrate, "MIGRATIONS", folder)
    return folder


def test_the_migrations_make_the_tables_that_the_program_declares(desk: Desk) -> None:
    migrated = described(desk.database)
    full_text = ("ticket_text", "message_text")
    extra = {name for _, indexes, _ in migrated.values() for name, *_ in indexes if name in full_text}
    assert extra == (set() if desk.kind == SQLITE else set(full_text))
    with desk.transaction():
        for table in reversed(TABLES):
            desk.execute(f'DROP TABLE "{table._meta.table_name}"')
        for table in TABLES:
            table.create_table(safe=False)
        declared = described(desk.database)
    for name, (columns, indexes, references) in migrated.items():
        own = [index for index in indexes if index[0] not in extra]
        assert (columns, own, references) == declared[name]


def test_an_older_desk_is_backed_up_and_brought_up_to_date_when_it_is_opened(
    sqlite_desk: Desk, sqlite_address: str, later: Path
) -> None:
    cast()
    with closing(open_desk(sqlite_address)):
        assert scalar("SELECT colour FROM queue LIMIT 1") is None
    backup = Path(f"{sqlite_address}.{REVISIONS[-1]}.bak")
    assert backup.stat().st_mode & 0o777 == 0o660
    with closing(sqlite3.connect(backup)) as copy:
        assert copy.execute("SELECT name FROM person ORDER BY id").fetchall() == [("Anna",), ("Ben",)]
        assert "colour" not in str(copy.execute("SELECT sql FROM sqlite_master WHERE name = 'queue'").fetchall())


def test_migrating_tells_what_it_applied_once(desk_address: str, later: Path) -> None:
    assert migrate.migrate(desk_address) == ["0006_queue_colour"]
    assert migrate.migrate(desk_address) == []


def test_a_migration_that_fails_leaves_the_desk_as_it_was(sqlite_address: str, later: Path) -> None:
    (later / "0006_queue_colour.py").write_text(NEXT + '    db.execute_sql("ALTER TABLE nowhere ADD COLUMN x TEXT")\n')
    with pytest.raises(Exception, match="nowhere"):
        migrate.migrate(sqlite_address)
    with closing(sqlite3.connect(sqlite_address)) as file:
        assert "colour" not in str(file.execute("SELECT sql FROM sqlite_master WHERE name = 'queue'").fetchall())
        assert file.execute("SELECT name FROM schema_migration").fetchall() == [(name,) for name in REVISIONS]


def test_a_newer_desk_is_refused_and_left_alone(desk_address: str) -> None:
    with closing(open_desk(desk_address)) as desk:
        desk.execute("INSERT INTO schema_migration (name, applied) VALUES ('0999_future', '2030-01-01 00:00:00')")
    with pytest.raises(DatabaseUnavailable, match=r"newer tamdesk \(0999_future\)"):
        open_desk(desk_address)


def test_many_who_open_a_new_desk_at_once_all_find_it_made(tmp_path: Path) -> None:
    def apply(_: int) -> list[str]:
        return migrate.migrate(str(tmp_path / "team" / "desk.db"))

    with ThreadPoolExecutor(8) as pool:
        applied = [names for names in pool.map(apply, range(8)) if names]
    assert applied == [REVISIONS]


def test_a_desk_describes_itself(desk: Desk, desk_address: str) -> None:
    cast()
    told = migrate.info(desk_address)
    assert (told["kind"], told["revision"], told["pending"]) == (desk.kind, REVISIONS[-1], [])
    assert (told["person"], told["customer"], told["ticket"], told["operation"]) == (2, 1, 0, 2)
    assert told["last_operation_at"] == 2
    assert told["bytes"] > 100_000
