"""The tickets of a query, read a page at a time by key, in the shape of `tickets.reading`.

Open tickets stand in the order of their clocks; as soon as done ones may be among them, the newest stand first.
"""

from __future__ import annotations

from models.reading import rows, scalar
from tickets.query import matching
from tickets.query.compiling import LOOKED_AT, Source, compiled
from tickets.query.language import Query
from tickets.reading import COLUMNS, JOINS
from tickets.records import Key, QueueRow

MOST = 10_000
"""Counting stops here; a larger count is shown as `10,000+`."""


def page(
    query: Query,
    person_id: int,
    now: int,
    *,
    after: Key | None = None,
    before: Key | None = None,
    last: bool = False,
    limit: int = 200,
) -> list[QueueRow]:
    """At most `limit` rows of a query: the first, those after or before a key, or the last ones; always in order."""
    source = compiled(query, person_id, now)
    where, parameters = [source.where], [*source.parameters]
    backwards = last or before is not None
    key = after or before
    order, condition = _order(source, backwards)
    if key is not None:
        where.append(condition)
        parameters += [key[1]] if source.by_number else [*key]
    placed = "-t.id" if source.by_number else "t.order_at"
    sql = (
        f"SELECT t.id, {placed}, {COLUMNS} FROM {source.table} {JOINS} WHERE {' AND '.join(where)}"
        f" ORDER BY {order} LIMIT {int(limit)}"
    )
    found = rows(sql, tuple(parameters), QueueRow)
    if backwards:
        found.reverse()
    return found


def _order(source: Source, backwards: bool) -> tuple[str, str]:
    """The order of the rows, and the condition that a row stands behind a key in it."""
    if source.by_number:
        return ("t.id", "t.id > ?") if backwards else ("t.id DESC", "t.id < ?")
    if backwards:
        return "t.order_at DESC, t.id DESC", "(t.order_at, t.id) < (?, ?)"
    return "t.order_at, t.id", "(t.order_at, t.id) > (?, ?)"


def count(query: Query, person_id: int, now: int) -> int:
    """How many tickets a query finds; MOST + 1 where they are more than MOST (see `count_text`)."""
    source = compiled(query, person_id, now)
    return _counted(source, source.where, source.parameters)


def count_text(number: int) -> str:
    """A count as a screen shows it: `61`, or `10,000+`."""
    return f"{MOST:,}+" if number > MOST else str(number)


def position(query: Query, person_id: int, now: int, key: Key) -> int:
    """How many rows of a query stand before a key; MOST + 1 where they are more than MOST."""
    source = compiled(query, person_id, now)
    condition, values = ("t.id > ?", (key[1],)) if source.by_number else ("(t.order_at, t.id) < (?, ?)", key)
    return _counted(source, f"{source.where} AND {condition}", (*source.parameters, *values))


def _counted(source: Source, where: str, parameters: tuple[str | int, ...]) -> int:
    sql = f"SELECT COUNT(*) FROM (SELECT 1 FROM {source.table} WHERE {where} LIMIT {MOST + 1}) x"
    return scalar(sql, parameters) or 0


def ids(query: Query, person_id: int, now: int, limit: int) -> list[int]:
    """The numbers of the first tickets of a query, for work on all of them."""
    source = compiled(query, person_id, now)
    sql = f"SELECT t.id FROM {source.table} WHERE {source.where} ORDER BY {_order(source, False)[0]} LIMIT {int(limit)}"
    return [int(number) for (number,) in rows(sql, source.parameters)]


def left_out(query: Query, person_id: int, now: int) -> str:
    """What the list does not look at, in a sentence; empty where it holds all."""
    if compiled(query, person_id, now).limited:
        return f"Only the newest {LOOKED_AT:,} tickets were looked at; customer: or text: reaches older ones."
    if matching.is_limited(query.of("text")):
        return (
            f"Only the newest {matching.HITS:,} texts with these words were looked at; add a word to reach older ones."
        )
    return ""
