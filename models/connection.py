"""Opening a desk: a SQLite file or a PostgreSQL database, bound to the tables, one connection per thread of use."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from models.errors import Busy, ConnectionLost, DatabaseUnavailable, NotText
from models.sqlite_link import SqliteLink, peewee_view

SQLITE, POSTGRESQL = "sqlite", "postgresql"
PATIENCE_SECONDS = 5
MIGRATIONS = Path(__file__).parent / "migrations"

_PRAGMAS = (
    ("foreign_keys", 1),
    ("synchronous", "FULL"),
    ("journal_size_limit", 64 * 1024 * 1024),
)
# PostgreSQL lets writers run side by side; the desk takes them one after another, as SQLite does, so that a rule that
# was checked still holds when its change is written, and so that the journal's numbers appear in order.
_BEGIN = {
    SQLITE: "BEGIN IMMEDIATE",
    POSTGRESQL: f"BEGIN; SET LOCAL lock_timeout = '{PATIENCE_SECONDS}s'; SELECT pg_advisory_xact_lock(8266)",
}
_BUSY_ERRORS = {"LockNotAvailable", "DeadlockDetected", "QueryCanceled", "SerializationFailure"}
_PLACEHOLDER = re.compile(r"'[^']*'|\?|%")


class Desk:
    """An open desk; `kind` is "sqlite" or "postgresql"."""

    def __init__(self, address: str, kind: str, bound: Any = None, link: SqliteLink | None = None) -> None:
        self.address = address
        self.kind = kind
        self._bound = bound
        self._link = link

    @property
    def database(self) -> Any:
        """Peewee's database, on the same connection; a SQLite desk makes it when it is asked for first."""
        if self._bound is None and self._link is not None:
            self._bound = peewee_view(self._link)
        return self._bound

    @property
    def driver_errors(self) -> tuple[type[Exception], ...]:
        """What may be raised by the database, or by Peewee on its behalf."""
        if self._bound is None:
            return (sqlite3.Error,)
        from peewee import DatabaseError, InterfaceError

        return (sqlite3.Error, DatabaseError, InterfaceError)

    def run(self, sql: str, params: tuple[Any, ...] | list[Any] = ()) -> Any:
        """Run one statement and return its cursor; raises what the driver raises. Most callers want `execute`."""
        if self._link is not None:
            return self._link.connection().execute(sql, params)
        return self._bound.execute_sql(for_postgresql(sql), params)

    def execute(self, sql: str, params: tuple[Any, ...] | list[Any] = ()) -> Any:
        """Run one statement with `?` placeholders and return its cursor; errors of the database become sentences."""
        try:
            return self.run(sql, params)
        except UnicodeEncodeError as error:
            raise NotText("A part of what was typed is no text in any alphabet; type it anew.") from error
        except self.driver_errors as error:
            raise explain(error, self) from error

    def cursor(self) -> Any:
        """A cursor of the driver, for what one statement cannot do; use it inside `translating`."""
        return self._bound.cursor() if self._link is None else self._link.connection().cursor()

    @contextmanager
    def translating(self) -> Iterator[None]:
        """Turn errors of the driver in this block into sentences, as `execute` does."""
        try:
            if self._link is not None:
                yield
                return
            from peewee import __exception_wrapper__  # type: ignore[attr-defined]

            with __exception_wrapper__:
                yield
        except self.driver_errors as error:
            raise explain(error, self) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write all or nothing; one writer at a time. Raise Busy where another program does not let go for 5 s."""
        try:
            self._begin()
            yield
            self.execute("COMMIT")
        except BaseException:
            self._roll_back()
            raise

    def _begin(self) -> None:
        if self._link is None:
            self.execute(_BEGIN[self.kind])
            return
        with self.translating():
            self._link.begin(_BEGIN[self.kind])

    def _roll_back(self) -> None:
        """End the transaction, if there is one; a connection that cannot even do that is closed."""
        try:
            if self._link is None or self._link.connection().in_transaction:
                self.run("ROLLBACK")
        except self.driver_errors:
            self.close()

    def close(self) -> None:
        """Close this thread's connection; using the desk again opens a new one."""
        if self._bound is not None:
            self._bound.close()
        if self._link is not None:
            self._link.close()

    def abandon(self) -> None:
        """Close a connection that is broken: closing it may fail, and it is gone either way."""
        with suppress(*self.driver_errors):
            self.close()


class _Current:
    desk: Desk | None = None
    bind: Callable[[Any], None] | None = None


def bind_tables(bind: Callable[[Any], None]) -> None:
    """Have Peewee's tables bound to the desk that is open, and to each that is opened later."""
    _Current.bind = bind
    if _Current.desk is not None:
        bind(_Current.desk.database)


def current() -> Desk:
    """The desk that is open; raise DatabaseUnavailable where none is."""
    if _Current.desk is None:
        raise DatabaseUnavailable("No desk is open.")
    return _Current.desk


def open_desk(address: str, *, create: bool = True) -> Desk:
    """Open the desk at a path, `sqlite:///path` or `postgresql://…`, and bind the tables to it.

    A new desk gets its tables and an older one is backed up and migrated; a newer one is refused. Raises
    DatabaseUnavailable, with what to do, where the data cannot be reached.
    """
    desk = connect(address, create=create)
    try:
        if applied_migration(desk) != newest_migration():
            from models.migrate import bring_up_to_date

            bring_up_to_date(desk)
        use_wal(desk)
    except BaseException:
        desk.close()
        raise
    _Current.desk = desk
    if _Current.bind is not None:
        _Current.bind(desk.database)
    return desk


def connect(address: str, *, create: bool = True) -> Desk:
    """Connect without looking at the tables; most callers want `open_desk`."""
    return _connect_postgresql(address) if on_server(address) else _connect_sqlite(address, create)


def on_server(address: str) -> bool:
    """Whether an address names a PostgreSQL database; any other names a SQLite file."""
    return address.startswith(("postgresql://", "postgres://"))


def sqlite_path(address: str) -> Path:
    """The file that an address names."""
    return Path(address.removeprefix("sqlite:///")).expanduser().absolute()


def _connect_sqlite(address: str, create: bool) -> Desk:
    from models.files import prepare_file

    path = sqlite_path(address)
    prepare_file(path, create)
    return Desk(address, SQLITE, link=SqliteLink(path, _PRAGMAS, PATIENCE_SECONDS))


def use_wal(desk: Desk) -> None:
    """Let SQLite's readers and writers not wait for each other; the file remembers it, a restored backup does not."""
    if desk.kind == SQLITE and desk.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        desk.execute("PRAGMA journal_mode = WAL").fetchone()


def _connect_postgresql(address: str) -> Desk:
    from models import drivers

    drivers.load_postgresql()
    from peewee import DatabaseError, InterfaceError, PostgresqlDatabase, ProgrammingError

    bound = PostgresqlDatabase(
        re.sub(r"^postgres://", "postgresql://", address),
        connect_timeout=PATIENCE_SECONDS,
        application_name="tamdesk",
        client_encoding="UTF8",
    )
    desk = Desk(address, POSTGRESQL, bound)
    try:
        bound.connect()
    except (DatabaseError, InterfaceError, ProgrammingError) as error:
        raise explain(error, desk) from error
    return desk


def newest_migration() -> str:
    """The name of the newest migration that this program brings."""
    return max(path.stem for path in MIGRATIONS.glob("[0-9]*.py"))


def applied_migration(desk: Desk) -> str | None:
    """The name of the newest migration that the desk has seen; None for a new desk."""
    try:
        row = desk.run("SELECT name FROM schema_migration ORDER BY name DESC LIMIT 1").fetchone()
    except desk.driver_errors as error:
        if "no such table" in str(error) or "does not exist" in str(error):
            return None
        raise explain(error, desk) from error
    return row[0] if row else None


@cache
def for_postgresql(sql: str) -> str:
    """Turn `?` placeholders into psycopg2's `%s`, outside of quoted text, and double every `%`."""
    return _PLACEHOLDER.sub(lambda found: "%s" if found[0] == "?" else found[0].replace("%", "%%"), sql)


def public_address(address: str) -> str:
    """The address without its password, for people's eyes."""
    return re.sub(r"(://[^:/@]+):[^@/]*@", r"\1:***@", address)


def explain(error: Exception, desk: Desk) -> Exception:
    """A sentence for an error that a person can act on; the error itself where it is a mistake of the program."""
    if desk.kind == SQLITE:
        if isinstance(error, sqlite3.IntegrityError):
            from models.base import IntegrityError

            return IntegrityError(error, *error.args)
        from models.files import explain_sqlite

        return explain_sqlite(error, sqlite_path(desk.address))
    from peewee import InterfaceError, OperationalError

    if not isinstance(error, OperationalError | InterfaceError):
        return error
    cause = getattr(error, "orig", error)
    where = public_address(desk.address)
    if type(cause).__name__ in _BUSY_ERRORS:
        return Busy(f"{where} was busy for more than {PATIENCE_SECONDS} seconds; nothing was saved, try again.")
    reason = " ".join(str(cause).split())
    return ConnectionLost(f"{where} cannot be reached ({reason}); check the server and the address.")
