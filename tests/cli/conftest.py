"""A connection that nobody closed is a warning in newer Pythons, and a warning is an error here."""

import sqlite3
from collections.abc import Iterator

import pytest

from models.sqlite_link import SqliteLink


@pytest.fixture(autouse=True)
def connections(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[sqlite3.Connection]]:
    """The SQLite connections that a test opened, its own readings after the command among them; closed behind it."""
    opened: list[sqlite3.Connection] = []

    class Remembered(SqliteLink):
        def _open(self) -> sqlite3.Connection:
            opened.append(super()._open())
            return opened[-1]

    monkeypatch.setattr("models.connection.SqliteLink", Remembered)
    yield opened
    for connection in opened:
        connection.close()
