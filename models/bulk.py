"""Loading many rows of one table at once, for imports: 100,000 tickets a second and more."""

from collections.abc import Iterable, Iterator
from itertools import count, islice
from typing import Any

from models.connection import SQLITE, Desk
from models.statements import Statements, marks, quoted

_CHUNK = 5_000
# The marks that PostgreSQL's COPY gives a meaning.
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def load(
    desk: Desk, statements: Statements, columns: tuple[str, ...], values: Iterable[tuple[Any, ...]]
) -> tuple[int, int]:
    """Add the rows inside the transaction under way, with consecutive ids; return the first and last id.

    Each row holds whole numbers, text without NUL, or None, in the order of `columns`; the other columns take their
    defaults. `last` is before `first` where there were no rows.
    """
    names = statements.named(dict.fromkeys(columns))
    defaults = {
        name: value for name, value in statements.defaults.items() if value is not None and name not in {*names, "id"}
    }
    if desk.kind == SQLITE:
        return _load_sqlite(desk, statements.table, [*names], defaults, values)
    return _load_postgresql(desk, statements.table, [*names], defaults, values)


def _load_sqlite(
    desk: Desk, table: str, names: list[str], defaults: dict[str, Any], values: Iterable[tuple[Any, ...]]
) -> tuple[int, int]:
    first = _next_sqlite_id(desk, table)
    listed = ", ".join(quoted(["id", *names, *defaults]))
    literals = "".join(f", {_literal(value)}" for value in defaults.values())
    sql = f'INSERT INTO "{table}" ({listed}) VALUES ({marks(1 + len(names))}{literals})'
    cursor = desk.cursor()
    with desk.translating():
        cursor.executemany(sql, ((row_id, *row) for row_id, row in zip(count(first), values, strict=False)))
    return first, first + max(cursor.rowcount, 0) - 1


def _next_sqlite_id(desk: Desk, table: str) -> int:
    """The id after the highest that was ever given, where the table keeps account of that."""
    highest = desk.execute(f'SELECT max("id") FROM "{table}"').fetchone()[0] or 0
    given = desk.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    return max(highest, given[0] if given else 0) + 1


def _load_postgresql(
    desk: Desk, table: str, names: list[str], defaults: dict[str, Any], values: Iterable[tuple[Any, ...]]
) -> tuple[int, int]:
    sequence = f"{table}_id_seq"
    first = next_id = int(desk.execute("SELECT nextval(?)", (sequence,)).fetchone()[0])
    fixed = tuple(defaults.values())
    command = f'COPY "{table}" ({", ".join(quoted(["id", *names, *defaults]))}) FROM STDIN'
    rows = iter(values)
    while chunk := list(islice(rows, _CHUNK)):
        with desk.translating():
            desk.cursor().copy_expert(command, _Lines(_copy_lines(chunk, next_id, fixed)))
        next_id += len(chunk)
    # Only one writer at a time: nobody has drawn from the sequence since. Without rows the first number is given back.
    desk.execute("SELECT setval(?, ?, ?)", (sequence, max(next_id - 1, first), next_id > first))
    return first, next_id - 1


def _copy_lines(chunk: list[tuple[Any, ...]], next_id: int, fixed: tuple[Any, ...]) -> Iterator[str]:
    for row_id, row in zip(count(next_id), chunk, strict=False):
        yield "\t".join(_copied(value) for value in (row_id, *row, *fixed)) + "\n"


def _copied(value: Any) -> str:
    if value is None:
        return "\\N"
    return value.translate(_ESCAPES) if isinstance(value, str) else str(value)


class _Lines:
    """Lines as the file that COPY reads."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines

    def read(self, size: int) -> str:
        """The next lines, about `size` signs of them; empty at the end."""
        taken: list[str] = []
        length = 0
        for line in self._lines:
            taken.append(line)
            length += len(line)
            if length >= size // 4:
                break
        return "".join(taken)


def _literal(value: int | str) -> str:
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"
