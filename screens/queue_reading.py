"""What the queue reads; these functions run on the database thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from models.reading import rows, scalar
from models.words import READ_ONLY
from tickets import clock_reading, reading
from tickets.records import Basis, Key, QueueRow

PAGE = 200
MARKED_AT_ONCE = 10_000
"""How many tickets are marked by one key at most: as many as can be worked on at once."""

COUNTED = 10_000
"""How far a query is counted."""


class Listed(NamedTuple):
    """What the list can hold: a view of the desk, or a query, saved (`saved` is its id) or just typed."""

    key: str
    title: str
    empty: str
    query: str = ""
    saved: int = 0
    shared: bool = False


BUILT_IN = tuple(Listed(*view) for view in reading.VIEWS)
UNMATCHED = Listed("unmatched", "Unmatched mail", "No mail waits.")
"""No list of tickets but a way to one of mails; it stands among the views so that nobody forgets it."""
NOTHING_FOUND = "No ticket is so. / changes the query, esc leaves it."
ASKED = "query"
"""The key of a query that was typed and not saved."""


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


def typed(query: str) -> Listed:
    """Return the list that a typed query stands for."""
    return Listed(ASKED, query, NOTHING_FOUND, query)


def _reader(listed: Listed, person_id: int, now: int) -> Callable[..., list[QueueRow]]:
    """Return what reads pages of it. Raises QueryError for a query that cannot be read (any more)."""
    if not listed.query:
        return partial(reading.page, listed.key, person_id, now)
    from tickets.query import language, pages

    return partial(pages.page, language.parse(listed.query), person_id, now)


def first_page(listed: Listed, person_id: int, now: int) -> Page:
    """Read the beginning of a list."""
    rows = _reader(listed, person_id, now)(limit=PAGE)
    return _page(rows, True, len(rows) < PAGE, now)


def last_page(listed: Listed, person_id: int, now: int) -> Page:
    """Read the end of a list."""
    rows = _reader(listed, person_id, now)(last=True, limit=PAGE)
    return _page(rows, len(rows) < PAGE, True, now)


def page_after(listed: Listed, person_id: int, now: int, key: Key) -> Page:
    """Read what follows a key."""
    rows = _reader(listed, person_id, now)(after=key, limit=PAGE)
    return _page(rows, False, len(rows) < PAGE, now)


def page_before(listed: Listed, person_id: int, now: int, key: Key) -> Page:
    """Read what stands before a key."""
    rows = _reader(listed, person_id, now)(before=key, limit=PAGE)
    return _page(rows, len(rows) < PAGE, False, now)


def around(listed: Listed, person_id: int, now: int, key: Key) -> Page:
    """Read what stands before a key and what stands at it and after."""
    read = _reader(listed, person_id, now)
    before, after = read(before=key, limit=PAGE), read(after=_just_before(key), limit=PAGE)
    return _page(before + after, len(before) < PAGE, len(after) < PAGE, now)


def _just_before(key: Key) -> Key:
    """Return a key that this one follows next; in a list with the newest first the order is the negative number."""
    order, ticket_id = key
    return order, ticket_id + 1 if order == -ticket_id else ticket_id - 1


def tickets_between(listed: Listed, person_id: int, now: int, first: Key, last: Key) -> list[int]:
    """Return the tickets from one key to another, both with them; MARKED_AT_ONCE at most."""
    rows = _reader(listed, person_id, now)(after=_just_before(first), limit=MARKED_AT_ONCE)
    return [row.id for row in rows if row.key <= last]


def tickets_of(listed: Listed, person_id: int, now: int) -> list[int]:
    """Return the first tickets of a list; MARKED_AT_ONCE at most."""
    return [row.id for row in _reader(listed, person_id, now)(limit=MARKED_AT_ONCE)]


def numbers(person_id: int, now: int) -> Numbers:
    """Count the views, and the mails that nobody could be found for."""
    next_due = reading.page("due_today", person_id, now, limit=1)
    mails = scalar("SELECT COUNT(*) FROM mail WHERE state = 'unmatched'") or 0
    counts = {**reading.counts(person_id, now), UNMATCHED.key: mails}
    return Numbers(counts, next_due[0].order_at + 1 if next_due else None)


def saved_views(person_id: int) -> list[Listed]:
    """Read the views that people saved; without any, nothing is imported for it."""
    if scalar("SELECT id FROM saved_view LIMIT 1") is None:
        return []
    from tickets import saved_views

    return [
        Listed(f"saved:{view.id}", view.title, NOTHING_FOUND, view.query, view.id, view.owner_id is None)
        for view in saved_views.views(person_id)
    ]


def count(listed: Listed, person_id: int, now: int) -> int | None:
    """Count what a query finds, as far as is counted; None where it names what is gone."""
    from tickets.query import language, pages

    try:
        return pages.count(language.parse(listed.query), person_id, now)
    except language.QueryError:
        return None


def people() -> list[tuple[str, str]]:
    """Return login and name of those who work on tickets."""
    found = rows("SELECT login, name, role FROM person WHERE active = 1 ORDER BY login")
    return [(login, name) for login, name, role in found if role != READ_ONLY]


class Tried(NamedTuple):
    """What a query that is being typed finds: its first page and how many in words; or what is wrong with it."""

    page: Page | None
    number: int = 0
    told: str = ""


def try_query(query: str, person_id: int, now: int) -> Tried:
    """Read what is typed so far; what is wrong with it is told, not raised."""
    from tickets.query import language, pages

    try:
        read = language.parse(query)
        found = first_page(typed(query), person_id, now)
        number = pages.count(read, person_id, now)
        left_out = pages.left_out(read, person_id, now)
    except language.QueryError as error:
        return Tried(None, 0, str(error))
    words = f"{pages.count_text(number)} ticket{'' if number == 1 else 's'}".replace(",", " ")
    return Tried(found, number, f"{words}. {left_out}".rstrip())


def _page(rows: list[QueueRow], at_start: bool, at_end: bool, now: int) -> Page:
    ids = {row.basis_id for row in rows if row.basis_id is not None}
    return Page(rows, at_start, at_end, clock_reading.bases(ids, now))
