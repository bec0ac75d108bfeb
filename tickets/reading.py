"""Lists of tickets, read a page at a time by key; each view is served by one index.

The conditions are literal SQL: with bound parameters SQLite would not use the partial indexes. Where several indexes
fit, SQLite guesses, and read the few waiting tickets out of all open ones; so it is told which index serves a view.
"""

from __future__ import annotations

from typing import NamedTuple

from contracts.current import business_hours
from models.connection import SQLITE, current
from models.reading import one, rows, scalar
from sla.calendar import calendar_of
from tickets.clock_reading import bases
from tickets.records import Key, QueueRow, View

__all__ = ["VIEWS", "bases", "count", "counts", "page", "position", "row", "severity_1_open", "support_open"]

VIEWS = (
    View("open", "All open", "No open tickets. N makes one."),
    View("mine", "Mine", "Nothing is yours. c claims the ticket under the cursor in Unassigned."),
    View("unassigned", "Unassigned", "Every ticket has an owner."),
    View("missed", "Missed", "No clock has run out."),
    View("due_today", "Due today", "Nothing else is due today."),
    View("escalated", "Escalated", "No customer has called for a manager."),
    View("waiting", "Waiting", "No ticket waits for its customer. S changes a ticket's state."),
    View("onboarding", "Onboarding", "No open tickets in the onboarding queue."),
    View("done", "Solved", "No ticket is solved yet."),
)


class _Source(NamedTuple):
    """How a view is read: condition, its parameters, and the column that orders it."""

    where: str
    parameters: tuple[int, ...]
    order: str = "t.order_at"
    table: str = "ticket t"


_CONDITIONS = {
    "open": "t.is_open = 1",
    "mine": "t.is_open = 1 AND t.owner_id = ?",
    "unassigned": "t.is_open = 1 AND t.owner_id IS NULL",
    "missed": "t.is_open = 1 AND t.order_at < ?",
    "due_today": "t.is_open = 1 AND t.order_at >= ? AND t.order_at < ?",
    "escalated": "t.is_open = 1 AND t.escalated = 1",
    "waiting": "t.is_open = 1 AND t.state = 'waiting'",
    "onboarding": "t.is_open = 1 AND t.queue_id = ?",
    "done": "t.is_open = 0",
}

COLUMNS = (
    "t.severity, t.state, t.subject, c.name, c.badge, p.login, t.received_at, t.waiting_since, t.version,"
    " t.clock_state, t.due_at, t.objective_minutes, t.basis_id, t.escalated, t.customer_severity"
)
_INDEXES = {
    "open": "ticket_open",
    "mine": "ticket_owner",
    "unassigned": "ticket_unassigned",
    "missed": "ticket_open",
    "due_today": "ticket_open",
    "escalated": "ticket_escalated",
    "waiting": "ticket_waiting",
    "onboarding": "ticket_queue",
    "done": "ticket_done",
}
JOINS = "LEFT JOIN customer c ON c.id = t.customer_id LEFT JOIN person p ON p.id = t.owner_id"


def _source(view: str, person_id: int, now: int) -> _Source:
    """Say how `view` is read for a person at an instant; KeyError for an unknown view."""
    source = _condition(view, person_id, now)
    if current().kind == SQLITE:
        return source._replace(table=f"ticket t INDEXED BY {_INDEXES[view]}")
    return source


def _condition(view: str, person_id: int, now: int) -> _Source:
    where = _CONDITIONS[view]
    if view == "mine":
        return _Source(where, (person_id,))
    if view == "missed":
        return _Source(where, (now,))
    if view == "due_today":
        return _Source(where, (now, _end_of_day(_zone(person_id), now)))
    if view == "onboarding":
        return _Source(where, (scalar("SELECT id FROM queue WHERE key = 'onboarding'") or 0,))
    if view == "done":
        return _Source(where, (), "-t.id")
    return _Source(where, ())


def page(
    view: str,
    person_id: int,
    now: int,
    *,
    after: Key | None = None,
    before: Key | None = None,
    last: bool = False,
    limit: int = 200,
) -> list[QueueRow]:
    """At most `limit` rows of a view: the first, those after or before a key, or the last ones; always in order."""
    source = _source(view, person_id, now)
    where, parameters = [source.where], [*source.parameters]
    backwards = last or before is not None
    key = after or before
    if source.order == "-t.id":
        order = "t.id" if backwards else "t.id DESC"
        if key is not None:
            where.append("t.id > ?" if backwards else "t.id < ?")
            parameters.append(key[1])
    else:
        order = "t.order_at DESC, t.id DESC" if backwards else "t.order_at, t.id"
        if key is not None:
            where.append(f"(t.order_at, t.id) {'<' if backwards else '>'} (?, ?)")
            parameters.extend(key)
    sql = (
        f"SELECT t.id, {source.order}, {COLUMNS} FROM {source.table} {JOINS} WHERE {' AND '.join(where)}"
        f" ORDER BY {order} LIMIT {int(limit)}"
    )
    found = rows(sql, tuple(parameters), QueueRow)
    if backwards:
        found.reverse()
    return found


def count(view: str, person_id: int, now: int) -> int:
    """How many tickets a view holds."""
    source = _source(view, person_id, now)
    return scalar(f"SELECT COUNT(*) FROM {source.table} WHERE {source.where}", source.parameters) or 0


def counts(person_id: int, now: int) -> dict[str, int]:
    """How many tickets each view of open ones holds; solved tickets are too many to count at every change."""
    return {view.key: count(view.key, person_id, now) for view in VIEWS if view.key != "done"}


def position(view: str, person_id: int, now: int, key: Key) -> int:
    """How many rows of a view stand before a key."""
    source = _source(view, person_id, now)
    if source.order == "-t.id":
        where, parameters = "t.id > ?", [key[1]]
    else:
        where, parameters = "(t.order_at, t.id) < (?, ?)", [*key]
    sql = f"SELECT COUNT(*) FROM {source.table} WHERE {source.where} AND {where}"
    return scalar(sql, (*source.parameters, *parameters)) or 0


def row(ticket_id: int) -> QueueRow | None:
    """The line of one ticket, in whichever view."""
    return one(f"SELECT t.id, t.order_at, {COLUMNS} FROM ticket t {JOINS} WHERE t.id = ?", (ticket_id,), QueueRow)


def severity_1_open() -> int:
    """How many tickets of severity 1 are open."""
    return scalar("SELECT COUNT(*) FROM ticket WHERE is_open = 1 AND severity = 1") or 0


def _zone(person_id: int) -> str:
    return scalar("SELECT zone FROM person WHERE id = ?", (person_id,)) or "UTC"


def _end_of_day(zone: str, now: int) -> int:
    """The next local midnight of a zone."""
    from datetime import UTC, datetime, timedelta
    from zoneinfo import ZoneInfo

    tomorrow = datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(zone)) + timedelta(days=1)
    return int(tomorrow.replace(hour=0, minute=0, second=0, microsecond=0).timestamp())


def support_open(now: int) -> tuple[bool, int]:
    """Whether business hours are open, and until when; where closed, until they open next."""
    calendar = calendar_of(business_hours())
    if calendar.is_open(now):
        return True, calendar.next_closing(now) or now
    return False, calendar.next_opening(now)
