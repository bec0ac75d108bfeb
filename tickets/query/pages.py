"""The tickets of a query, read a page at a time by key, in the shape of `tickets.reading`.

Open tickets stand in the order of their clocks; as soon as done ones may be among them, the newest stand first.
"""

from __future__ import annotations

from models.reading import rows, scalar
from tickets import paging
from tickets.query import matching
from tickets.query.compiling import LOOKED_AT, compiled
from tickets.query.language import Query
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
    listed = compiled(query, person_id, now).listed
    return paging.page(listed, after=after, before=before, last=last, limit=limit)


def count(query: Query, person_id: int, now: int) -> int:
    """How many tickets a query finds; MOST + 1 where they are more than MOST (see `count_text`)."""
    listed = compiled(query, person_id, now).listed
    sql = f"SELECT COUNT(*) FROM (SELECT 1 FROM {listed.table} WHERE {listed.where} LIMIT {MOST + 1}) x"
    return scalar(sql, listed.parameters) or 0


def count_text(number: int) -> str:
    """A count as a screen shows it: `61`, or `10,000+`."""
    return f"{MOST:,}+" if number > MOST else str(number)


def ids(query: Query, person_id: int, now: int, limit: int) -> list[int]:
    """The numbers of the first tickets of a query, for work on all of them."""
    listed = compiled(query, person_id, now).listed
    sql = f"SELECT t.id FROM {listed.table} WHERE {listed.where} ORDER BY {listed.order()} LIMIT {int(limit)}"
    return [int(number) for (number,) in rows(sql, listed.parameters)]


def left_out(query: Query, person_id: int, now: int) -> str:
    """What the list does not look at, in a sentence; empty where it holds all."""
    if compiled(query, person_id, now).limited:
        return f"Only the newest {LOOKED_AT:,} tickets were looked at; customer: or text: reaches older ones."
    if matching.is_limited(query.of("text")):
        return (
            f"Only the newest {matching.HITS:,} texts with these words were looked at; add a word to reach older ones."
        )
    return ""
