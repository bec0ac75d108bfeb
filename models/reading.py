"""Reading plain tuples by SQL that both databases understand."""

from collections.abc import Sequence
from typing import Any, TypeVar, overload

from models.connection import current

Record = TypeVar("Record")


@overload
def rows(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]: ...
@overload
def rows(sql: str, params: Sequence[Any], record_type: type[Record]) -> list[Record]: ...
def rows(sql: str, params: Sequence[Any] = (), record_type: type[Any] | None = None) -> list[Any]:
    """All rows of a query with `?` placeholders, as tuples or as `record_type` (a NamedTuple with a field a column)."""
    found = current().execute(sql, tuple(params)).fetchall()
    if record_type is None:
        return found
    make = getattr(record_type, "_make", None) or (lambda row: record_type(*row))
    return [make(row) for row in found]


@overload
def one(sql: str, params: Sequence[Any] = ()) -> tuple[Any, ...] | None: ...
@overload
def one(sql: str, params: Sequence[Any], record_type: type[Record]) -> Record | None: ...
def one(sql: str, params: Sequence[Any] = (), record_type: type[Any] | None = None) -> Any:
    """The first row, or None."""
    row = current().execute(sql, tuple(params)).fetchone()
    if row is None or record_type is None:
        return row
    return record_type(*row)


def scalar(sql: str, params: Sequence[Any] = ()) -> Any:
    """The first column of the first row, or None."""
    row = current().execute(sql, tuple(params)).fetchone()
    return row[0] if row else None
