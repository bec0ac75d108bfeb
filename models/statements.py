"""The SQL that writes one row of a table, built once a table and kept: the journal's hands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from models.connection import SQLITE, Desk

if TYPE_CHECKING:
    from models.base import Table

_UNKEPT, _SHOWN = re.compile("[\x00\ud800-\udfff]"), "\ufffd"
Row = dict[str, Any]

# SQLite's full text reads these columns from their tables; what it indexed is kept up to date by hand, here.
_FULL_TEXT = {"ticket": ("ticket_text", "subject"), "message": ("message_text", "body")}


def cleaned(value: Any) -> int | str | None:
    """A value as both databases store it: whole numbers and text.

    PostgreSQL cannot hold a NUL, and neither can hold half a character: a sign stands in its place.
    """
    if value is None or type(value) is int:
        return value
    if isinstance(value, str):
        return _UNKEPT.sub(_SHOWN, str(value))
    if isinstance(value, int):
        return int(value)
    raise TypeError(f"a column takes whole numbers and text, not {type(value).__name__}")


class Statements:
    """What the journal must know about a table: its columns, their defaults, and its statements."""

    def __init__(self, model: type[Table]) -> None:
        fields = model._meta.sorted_fields
        self.table: str = model._meta.table_name
        self.columns: tuple[str, ...] = tuple(field.column_name for field in fields)
        self.versioned = "version" in self.columns
        self._column_of = {
            name: field.column_name
            for field in fields
            for name in (field.name, field.column_name, getattr(field, "object_id_name", None) or field.name)
        }
        self.defaults: Row = {
            field.column_name: field.default for field in fields if field.default is not None or field.null
        }
        self._required = [c for c in self.columns if c != "id" and c not in self.defaults]
        self.full_text = _FULL_TEXT.get(self.table)
        self._updates: dict[tuple[str, ...], str] = {}
        self._selects: dict[tuple[str, ...], str] = {}
        listed = ", ".join(quoted(self.columns))
        self.select_all = f'SELECT {listed} FROM "{self.table}" WHERE "id" = ?'
        self.delete_one = f'DELETE FROM "{self.table}" WHERE "id" = ?'
        named = quoted(self.columns[1:])
        self.insert_one = f'INSERT INTO "{self.table}" ({", ".join(named)}) VALUES ({marks(len(named))})'
        self.insert_with_id = f'INSERT INTO "{self.table}" ({listed}) VALUES ({marks(len(self.columns))})'

    def named(self, values: Row) -> Row:
        """The values by column name; raise TypeError for a name that the table does not have."""
        try:
            return {self._column_of[name]: cleaned(value) for name, value in values.items()}
        except KeyError as error:
            raise TypeError(f"{self.table} has no column {error.args[0]!r}") from None

    def complete(self, values: Row) -> Row:
        """A whole row for insertion, defaults filled in; raise TypeError where a value is missing."""
        given = self.named(values)
        missing = [column for column in self._required if column not in given]
        if missing:
            raise TypeError(f"{self.table} needs {', '.join(missing)}")
        return {column: given.get(column, self.defaults.get(column)) for column in self.columns}

    def select(self, columns: tuple[str, ...]) -> str:
        """The statement that reads these columns of one row."""
        if columns not in self._selects:
            listed = ", ".join(quoted(columns))
            self._selects[columns] = f'SELECT {listed} FROM "{self.table}" WHERE "id" = ?'
        return self._selects[columns]

    def update(self, columns: tuple[str, ...]) -> str:
        """The statement that sets these columns of one row."""
        if columns not in self._updates:
            settings = ", ".join(f"{column} = ?" for column in quoted(columns))
            self._updates[columns] = f'UPDATE "{self.table}" SET {settings} WHERE "id" = ?'
        return self._updates[columns]


_KEPT: dict[type[Table], Statements] = {}


def statements_of(model: type[Table]) -> Statements:
    """The statements of a table, built at first use."""
    if model not in _KEPT:
        _KEPT[model] = Statements(model)
    return _KEPT[model]


def quoted(columns: Iterable[str]) -> list[str]:
    """Column names in quotes."""
    return [f'"{column}"' for column in columns]


def marks(count: int) -> str:
    """`count` placeholders."""
    return ", ".join("?" * count)


def index_text(desk: Desk, statements: Statements, row_id: int, old: str | None, new: str | None) -> None:
    """Tell SQLite's full text that a row's text went from `old` to `new`; PostgreSQL's index follows by itself."""
    if statements.full_text is None or desk.kind != SQLITE or old == new:
        return
    index, column = statements.full_text
    if old is not None:
        desk.execute(f"INSERT INTO {index} ({index}, rowid, {column}) VALUES ('delete', ?, ?)", (row_id, old))
    if new is not None:
        desk.execute(f"INSERT INTO {index} (rowid, {column}) VALUES (?, ?)", (row_id, new))


def index_texts(desk: Desk, statements: Statements, first: int, last: int, *, remove: bool = False) -> None:
    """The same for all rows from `first` to `last`, which must still be there when they are removed."""
    if statements.full_text is None or desk.kind != SQLITE:
        return
    index, column = statements.full_text
    command, columns = ("'delete', ", f"{index}, ") if remove else ("", "")
    desk.execute(
        f"INSERT INTO {index} ({columns}rowid, {column}) "
        f'SELECT {command}"id", "{column}" FROM "{statements.table}" WHERE "id" BETWEEN ? AND ?',
        (first, last),
    )
