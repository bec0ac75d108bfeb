"""Tickets read a page at a time by key, so that a page costs the same wherever it stands."""

from __future__ import annotations

from typing import NamedTuple

from models.reading import rows
from tickets.records import Key, QueueRow

COLUMNS = (
    "t.severity, t.state, t.subject, c.name, c.badge, p.login, t.received_at, t.waiting_since, t.version,"
    " t.clock_state, t.due_at, t.objective_minutes, t.basis_id, t.escalated, t.customer_severity"
)
JOINS = "LEFT JOIN customer c ON c.id = t.customer_id LEFT JOIN person p ON p.id = t.owner_id"


class Listed(NamedTuple):
    """Which tickets are read: the table (with the index that serves them), a condition, its parameters, the order."""

    table: str
    where: str
    parameters: tuple[str | int, ...] = ()
    by_number: bool = False
    """The newest first, instead of the one whose clock runs out first."""

    def order(self, backwards: bool = False) -> str:
        """The order of the rows, or the opposite one."""
        if self.by_number:
            return "t.id" if backwards else "t.id DESC"
        return "t.order_at DESC, t.id DESC" if backwards else "t.order_at, t.id"


def page(
    listed: Listed, *, after: Key | None = None, before: Key | None = None, last: bool = False, limit: int = 200
) -> list[QueueRow]:
    """At most `limit` rows: the first, those after or before a key, or the last ones; always in order."""
    backwards = last or before is not None
    where, parameters = listed.where, listed.parameters
    key = after or before
    if key is not None:
        where += f" AND {_beyond(listed, backwards)}"
        parameters += (key[1],) if listed.by_number else key
    placed = "-t.id" if listed.by_number else "t.order_at"
    sql = (
        f"SELECT t.id, {placed}, {COLUMNS} FROM {listed.table} {JOINS} WHERE {where}"
        f" ORDER BY {listed.order(backwards)} LIMIT {int(limit)}"
    )
    found = rows(sql, parameters, QueueRow)
    if backwards:
        found.reverse()
    return found


def _beyond(listed: Listed, backwards: bool) -> str:
    """The condition that a row stands on the far side of a key."""
    if listed.by_number:
        return "t.id > ?" if backwards else "t.id < ?"
    return f"(t.order_at, t.id) {'<' if backwards else '>'} (?, ?)"
