"""A SQLite desk does not pay for the drivers of other databases."""

import subprocess
import sys

import pytest

from models import drivers
from models.errors import DatabaseUnavailable


def fresh(code: str, *arguments: str) -> str:
    """What a new interpreter prints."""
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_no_other_driver_is_imported_with_the_tables() -> None:
    code = (
        "import sys, models.schema, models.journal\n"
        "print([n for n in ('psycopg2', 'psycopg', 'pymysql', 'arrow', 'holidays', 'asyncio') if n in sys.modules])"
    )
    assert fresh(code) == "[]"


def test_opening_a_sqlite_desk_that_is_current_imports_no_migration_tools(sqlite_address: str) -> None:
    code = (
        "import sys\nfrom models.connection import open_desk\nopen_desk(sys.argv[1])\n"
        "print([n for n in ('psycopg2', 'playhouse.migrations', 'models.migrate', 'arrow') if n in sys.modules])"
    )
    assert fresh(code, sqlite_address) == "[]"


def test_postgresql_is_there_when_it_is_asked_for(postgresql_address: str) -> None:
    code = (
        "import sys\nimport models.schema\nbefore = 'psycopg2' in sys.modules\n"
        "from models.connection import open_desk\nfrom models.reading import scalar\nopen_desk(sys.argv[1])\n"
        "print(before, scalar('SELECT count(*) FROM queue'))"
    )
    assert fresh(code, postgresql_address) == "False 2"


def test_a_missing_driver_is_told_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import peewee

    monkeypatch.setattr(peewee, "psycopg2", None)
    monkeypatch.setitem(sys.modules, "psycopg2", None)
    with pytest.raises(DatabaseUnavailable, match=r"pip install 'tamdesk\[postgresql\]'"):
        drivers.load_postgresql()
