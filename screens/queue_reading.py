"""What the queue reads; these functions run on the database thread."""

from __future__ import annotations

from typing import NamedTuple

from tickets import clock_reading, reading
from tickets.records import Basis, Key, QueueRow

PAGE = 200


class Page(NamedTuple):
    """Consecutive rows, whether more stand before and after them, and what their clocks are counted by."""

    rows: list[QueueRow]
    at_start: bool
    at_end: bool
    bases: dict[int, Basis]


class Numbers(NamedTuple):
    """How many tickets each view holds, and when (UTC seconds) the next clock runs out."""

    counts: dict[str, int]
    next_at: int | None


def first_page(view: str, person_id: int, now: int) -> Page:
    """Read the beginning of a view."""
    rows = reading.page(view, person_id, now, limit=PAGE)
    return _page(rows, True, len(rows) < PAGE, now)


def last_page(view: str, person_id: int, now: int) -> Page:
    """Read the end of a view."""
    rows = reading.page(view, person_id, now, last=True, limit=PAGE)
    return _page(rows, len(rows) < PAGE, True, now)


def page_after(view: str, person_id: int, now: int, key: Key) -> Page:
    """Read what follows a key."""
    rows = reading.page(view, person_id, now, after=key, limit=PAGE)
    return _page(rows, False, len(rows) < PAGE, now)


def page_before(view: str, person_id: int, now: int, key: Key) -> Page:
    """Read what stands before a key."""
    rows = reading.page(view, person_id, now, before=key, limit=PAGE)
    return _page(rows, len(rows) < PAGE, False, now)


def around(view: str, person_id: int, now: int, key: Key) -> Page:
    """Read what stands before a key and what stands at it and after."""
    order, ticket_id = key
    just_before = order, ticket_id + 1 if view == "done" else ticket_id - 1
    before = reading.page(view, person_id, now, before=key, limit=PAGE)
    after = reading.page(view, person_id, now, after=just_before, limit=PAGE)
    return _page(before + after, len(before) < PAGE, len(after) < PAGE, now)


def numbers(person_id: int, now: int) -> Numbers:
    """Count the views."""
    next_due = reading.page("due_today", person_id, now, limit=1)
    return Numbers(reading.counts(person_id, now), next_due[0].order_at + 1 if next_due else None)


def _page(rows: list[QueueRow], at_start: bool, at_end: bool, now: int) -> Page:
    ids = {row.basis_id for row in rows if row.basis_id is not None}
    return Page(rows, at_start, at_end, clock_reading.bases(ids, now))
