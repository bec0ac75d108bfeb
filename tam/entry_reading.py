"""Time entries as they stand, a page at a time, the newest first."""

from __future__ import annotations

from typing import Any, NamedTuple

from models.errors import NotFound
from models.reading import one, rows

PAGE = 100


class EntryRow(NamedTuple):
    """A time entry with its names: local dates, minutes, instants in UTC seconds; see `models.hours.TimeEntry`."""

    id: int
    customer_id: int
    customer: str
    person_id: int
    person: str
    on: str
    minutes: int
    activity: str
    counts: int
    billable: int
    note: str
    booked_on: str
    late: int
    started_at: int | None
    ended_at: int | None
    ticket_id: int | None
    call_id: int | None
    item_id: int | None
    external_id: str | None
    version: int

    @property
    def key(self) -> tuple[str, int]:
        """What `entries(before=…)` takes to go on after this one."""
        return self.on, self.id

    @property
    def is_plain(self) -> bool:
        """Whether it says no more than how long: neither timed, linked nor imported."""
        links = (self.started_at, self.ticket_id, self.call_id, self.item_id, self.external_id)
        return all(each is None for each in links)


_COLUMNS = (
    "SELECT e.id, e.customer_id, c.name, e.person_id, p.name, e.worked_on, e.minutes, e.activity, e.counts, e.billable,"
    " e.note, e.booked_on, e.late, e.started_at, e.ended_at, e.ticket_id, e.call_id, e.item_id, e.external_id,"
    " e.version"
)
_NAMES = "JOIN customer c ON c.id = e.customer_id JOIN person p ON p.id = e.person_id"
SELECT = f"{_COLUMNS} FROM time_entry e {_NAMES}"
_NEWEST_FIRST = "ORDER BY e.worked_on DESC, e.id DESC"


def entry(entry_id: int) -> EntryRow:
    """One entry; raises NotFound where there is none of this number."""
    found = one(f"{SELECT} WHERE e.id = ?", (entry_id,), EntryRow)
    if found is None:
        raise NotFound(f"There is no time entry {entry_id} any more.")
    return found


def entries(
    customer_id: int | None = None,
    person_id: int | None = None,
    first: str | None = None,
    after: str | None = None,
    limit: int = PAGE,
    before: tuple[str, int] | None = None,
) -> list[EntryRow]:
    """Entries worked on from the local date `first` to before `after`, the newest first; `before` is the `key` of the
    last one of the page above."""
    asked: list[tuple[str, Any]] = []
    for condition, value in (
        ("e.customer_id = ?", customer_id),
        ("e.person_id = ?", person_id),
        ("e.worked_on >= ?", first),
        ("e.worked_on < ?", after),
    ):
        if value is not None:
            asked.append((condition, value))
    conditions, values = [condition for condition, _ in asked], [value for _, value in asked]
    if before is not None:
        conditions.append("e.worked_on <= ? AND (e.worked_on < ? OR e.id < ?)")
        values += [before[0], *before]
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    # The page is cut before the names are read: without a filter that is a quarter of the time.
    page = f"SELECT e.* FROM time_entry e{where} {_NEWEST_FIRST} LIMIT ?"
    return rows(f"{_COLUMNS} FROM ({page}) e {_NAMES} {_NEWEST_FIRST}", (*values, limit), EntryRow)
