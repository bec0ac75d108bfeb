"""Calls as people look at them: those to come, those of a customer, and one with its agenda and notes."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from models.errors import NotFound
from models.reading import one, rows
from tam.call_rules import HELD, KINDS, PLANNED

_COLUMNS = (
    "r.id, r.customer_id, c.name, COALESCE(NULLIF(r.zone, ''), c.zone), r.kind, r.title, r.at, r.minutes, r.state,"
    " r.series_id, r.slot_at, r.person_id, p.name, r.attendees, r.agenda, r.notes, r.reason, r.uid, r.sequence,"
    " r.version"
)
_FROM = "FROM review_call r JOIN customer c ON c.id = r.customer_id LEFT JOIN person p ON p.id = r.person_id"


class CallRow(NamedTuple):
    """A call; instants in UTC seconds, `slot_at` where its series would have it, `person` who holds it for us."""

    id: int
    customer_id: int
    customer: str
    zone: str
    kind: str
    title: str
    at: int
    minutes: int
    state: str
    series_id: int | None
    slot_at: int | None
    person_id: int | None
    person: str | None
    attendees: tuple[str, ...]
    agenda: str
    notes: str
    reason: str
    uid: str
    sequence: int
    version: int

    @property
    def ends_at(self) -> int:
        """When it ends as planned."""
        return self.at + self.minutes * 60

    @property
    def moved(self) -> bool:
        """Whether someone moved it away from where its series would have it."""
        return self.slot_at is not None and self.at != self.slot_at


def call(call_id: int) -> CallRow:
    """A call by id; raises NotFound."""
    found = one(f"SELECT {_COLUMNS} {_FROM} WHERE r.id = ?", (call_id,))
    if found is None:
        raise NotFound("This call is not there any more; look at the list again.")
    return _row(found)


def calls(customer_id: int, limit: int = 200, before: int | None = None) -> list[CallRow]:
    """A customer's calls, the latest first; `before` an instant for the next page."""
    found = rows(
        f"SELECT {_COLUMNS} {_FROM} WHERE r.customer_id = ? AND (? OR r.at < ?) ORDER BY r.at DESC, r.id DESC LIMIT ?",
        (customer_id, before is None, before or 0, limit),
    )
    return [_row(each) for each in found]


def upcoming(person_id: int | None, now: int, limit: int = 50) -> list[CallRow]:
    """The planned calls that are not over, the next one first: those that a person holds, or everyone's."""
    condition, params = _whose(person_id)
    found = rows(
        f"SELECT {_COLUMNS} {_FROM} WHERE r.state = '{PLANNED}' AND r.at + r.minutes * 60 >= ?{condition}"
        " ORDER BY r.at, r.id LIMIT ?",
        (now, *params, limit),
    )
    return [_row(each) for each in found]


def unwritten(person_id: int | None, now: int, limit: int = 50) -> list[CallRow]:
    """The calls that are over and still planned, the oldest first: they were held, or should be skipped or moved."""
    condition, params = _whose(person_id)
    found = rows(
        f"SELECT {_COLUMNS} {_FROM} WHERE r.state = '{PLANNED}' AND r.at + r.minutes * 60 < ?{condition}"
        " ORDER BY r.at, r.id LIMIT ?",
        (now, *params, limit),
    )
    return [_row(each) for each in found]


def planned(customer_id: int | None, first: int, after: int) -> list[CallRow]:
    """The planned calls between two instants, in order: of a customer, or of all."""
    condition, params = ("", ()) if customer_id is None else (" AND r.customer_id = ?", (customer_id,))
    found = rows(
        f"SELECT {_COLUMNS} {_FROM} WHERE r.state = '{PLANNED}' AND r.at >= ? AND r.at < ?{condition}"
        " ORDER BY r.at, r.id",
        (first, after, *params),
    )
    return [_row(each) for each in found]


def call_rows(condition: str, params: tuple[Any, ...]) -> list[CallRow]:
    """The calls for which a condition on `r` holds, in the order that it ends with."""
    return [_row(each) for each in rows(f"SELECT {_COLUMNS} {_FROM} WHERE {condition}", params)]


def of_series(series_id: int) -> list[CallRow]:
    """Every call of a series by its slot."""
    found = rows(f"SELECT {_COLUMNS} {_FROM} WHERE r.series_id = ? ORDER BY r.slot_at, r.id", (series_id,))
    return [_row(each) for each in found]


def last_held(customer_id: int, before: int) -> CallRow | None:
    """The call that a customer had last before an instant; None where there was none."""
    found = one(
        f"SELECT {_COLUMNS} {_FROM} WHERE r.customer_id = ? AND r.state = '{HELD}' AND r.at < ?"
        " ORDER BY r.at DESC, r.id DESC LIMIT 1",
        (customer_id, before),
    )
    return None if found is None else _row(found)


def _whose(person_id: int | None) -> tuple[str, tuple[int, ...]]:
    """The condition for a person's calls: those they hold, and those nobody is named for at their own customers."""
    return ("", ()) if person_id is None else (" AND COALESCE(r.person_id, c.tam_id) = ?", (person_id,))


def _row(found: tuple[Any, ...]) -> CallRow:
    read = CallRow._make(found)
    return read._replace(title=read.title or KINDS.get(read.kind, read.kind), attendees=tuple(json.loads(found[13])))
