"""Lists of tickets, read a page at a time by key; each view is served by one index.

The conditions are literal SQL: with bound parameters SQLite would not use the partial indexes. Where several indexes
fit, SQLite guesses, and read the few waiting tickets out of all open ones; so it is told which index serves a view.
"""

from __future__ import annotations

from contracts.current import business_hours
from models.connection import SQLITE, current
from models.reading import one, scalar
from sla.calendar import calendar_of
from tickets import paging
from tickets.clock_reading import bases
from tickets.paging import COLUMNS, JOINS, Listed
from tickets.records import Key, QueueRow, View

__all__ = ["VIEWS", "bases", "count", "counts", "page", "row", "severity_1_open", "support_open", "unseen_mentions"]

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


def _listed(view: str, person_id: int, now: int) -> Listed:
    """Say how `view` is read for a person at an instant; KeyError for an unknown view."""
    index = f" INDEXED BY {_INDEXES[view]}" if current().kind == SQLITE else ""
    return Listed(f"ticket t{index}", _CONDITIONS[view], _parameters(view, person_id, now), by_number=view == "done")


def _parameters(view: str, person_id: int, now: int) -> tuple[int, ...]:
    if view == "mine":
        return (person_id,)
    if view == "missed":
        return (now,)
    if view == "due_today":
        return now, _end_of_day(_zone(person_id), now)
    if view == "onboarding":
        return (scalar("SELECT id FROM queue WHERE key = 'onboarding'") or 0,)
    return ()


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
    return paging.page(_listed(view, person_id, now), after=after, before=before, last=last, limit=limit)


def count(view: str, person_id: int, now: int) -> int:
    """How many tickets a view holds."""
    listed = _listed(view, person_id, now)
    return scalar(f"SELECT COUNT(*) FROM {listed.table} WHERE {listed.where}", listed.parameters) or 0


def counts(person_id: int, now: int) -> dict[str, int]:
    """How many tickets each view of open ones holds; solved tickets are too many to count at every change."""
    return {view.key: count(view.key, person_id, now) for view in VIEWS if view.key != "done"}


def row(ticket_id: int) -> QueueRow | None:
    """The line of one ticket, in whichever view."""
    return one(f"SELECT t.id, t.order_at, {COLUMNS} FROM ticket t {JOINS} WHERE t.id = ?", (ticket_id,), QueueRow)


def unseen_mentions(person_id: int) -> int:
    """How many notes name a person and were not seen by them."""
    return scalar("SELECT COUNT(*) FROM mention WHERE person_id = ? AND seen_at IS NULL", (person_id,)) or 0


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
