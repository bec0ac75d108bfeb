"""A SQLite file, a connection a thread; Peewee is imported only where someone asks for its view of the same connection.

Importing Peewee costs a sixth of what a program has until its first frame, and reading a list needs none of it.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from peewee import SqliteDatabase

LOOK_SECONDS = 0.001
"""How often a writer looks whether it is its turn. SQLite would wait longer and longer: who writes a lot would keep
all others waiting, since they sleep while nobody writes."""


class SqliteLink:
    """Opens a thread's connection when it is used first, and again when it is used after `close`."""

    def __init__(self, path: Path, pragmas: tuple[tuple[str, object], ...], patience_seconds: int) -> None:
        self.path = path
        self.pragmas = pragmas
        self.patience_seconds = patience_seconds
        self._local = threading.local()

    def connection(self) -> sqlite3.Connection:
        """Return this thread's connection; raise sqlite3.Error where the file cannot be opened."""
        held: sqlite3.Connection | None = getattr(self._local, "connection", None)
        return held if held is not None else self._open()

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(str(self.path), timeout=self.patience_seconds, isolation_level=None)
        try:
            for name, value in self.pragmas:
                connection.execute(f"PRAGMA {name} = {value}")
        except sqlite3.Error:
            connection.close()
            raise
        self._local.connection = connection
        return connection

    def begin(self, statement: str) -> None:
        """Begin to write, as soon as no other program does; raise sqlite3.OperationalError where patience ends."""
        connection = self.connection()
        connection.execute("PRAGMA busy_timeout = 0")
        try:
            for _ in range(int(self.patience_seconds / LOOK_SECONDS)):
                if _begun(connection, statement):
                    return
                time.sleep(LOOK_SECONDS)
            connection.execute(statement)
        finally:
            connection.execute(f"PRAGMA busy_timeout = {self.patience_seconds * 1000}")

    def close(self) -> None:
        """Close this thread's connection, if there is one."""
        held: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if held is not None:
            self._local.connection = None
            held.close()


def _begun(connection: sqlite3.Connection, statement: str) -> bool:
    """Begin, unless another program is writing."""
    try:
        connection.execute(statement)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def peewee_view(link: SqliteLink) -> SqliteDatabase:
    """Return a Peewee database that works on the link's connections."""
    from models import drivers  # noqa: F401 - hides the drivers that Peewee would import

    # isort: split
    from peewee import SqliteDatabase

    class _View(SqliteDatabase):
        def _connect(self) -> sqlite3.Connection:
            return link.connection()

        def _close(self, conn: sqlite3.Connection) -> None:
            link.close()

    return _View(str(link.path), timeout=link.patience_seconds)
