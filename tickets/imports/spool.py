"""Comments that stand apart from their tickets, kept on disk until the tickets come: they may come first, or never."""

import sqlite3
from collections.abc import Iterable, Iterator

from tickets.imports.found import Place
from tickets.imports.records import CommentRecord

_AT_ONCE = 500
_SCHEMA = """CREATE TABLE comment (
    ticket TEXT, id TEXT, author TEXT, body TEXT, at INTEGER, public INTEGER, channel TEXT, automatic INTEGER,
    file TEXT, line INTEGER, record INTEGER
)"""
_COLUMNS = "id, ticket, author, body, at, public, channel, automatic, file, line, record"


class Spool:
    """A private scratch database that is gone when it is closed."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.execute(_SCHEMA)
        self._database.execute("CREATE INDEX comment_ticket ON comment (ticket)")
        self._database.execute("BEGIN")
        self.count = 0

    def add(self, comment: CommentRecord) -> None:
        """Keep a comment."""
        row = (*comment[:-1], *comment.place)
        self._database.execute(f"INSERT INTO comment ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        self.count += 1

    def take(self, tickets: Iterable[str]) -> dict[str, list[CommentRecord]]:
        """Hand out the comments of these tickets, once, by ticket."""
        found: dict[str, list[CommentRecord]] = {}
        if not self.count:
            return found
        wanted = list(tickets)
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            where = f"WHERE ticket IN ({', '.join('?' * len(some))})"
            for row in self._database.execute(f"SELECT {_COLUMNS} FROM comment {where}", some):
                comment = _comment(row)
                found.setdefault(comment.ticket, []).append(comment)
            self.count -= self._database.execute(f"DELETE FROM comment {where}", some).rowcount
        return found

    def rest(self) -> Iterator[dict[str, list[CommentRecord]]]:
        """Hand out what nobody took, some tickets at a time."""
        query = "SELECT DISTINCT ticket FROM comment LIMIT ?"
        while tickets := [row[0] for row in self._database.execute(query, (_AT_ONCE,))]:
            yield self.take(tickets)

    def close(self) -> None:
        """Forget everything."""
        self._database.close()


def _comment(row: tuple[str, str, str, str, int, int, str, int, str, int, int]) -> CommentRecord:
    number, ticket, author, body, at, public, channel, automatic, file, line, record = row
    place = Place(file, line, record)
    return CommentRecord(number, ticket, author, body, at, bool(public), channel, bool(automatic), place)
