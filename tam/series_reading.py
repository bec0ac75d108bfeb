"""Series of calls as people look at them."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from models.errors import NotFound
from models.reading import one, rows
from tam import recurrence
from tam.recurrence import Pattern


class SeriesRow(NamedTuple):
    """A series; `active` 0 once it ended, dates local to its zone."""

    id: int
    customer_id: int
    customer: str
    kind: str
    title: str
    starts_on: str
    ends_on: str | None
    local_time: str
    zone: str
    minutes: int
    rule: str
    person_id: int | None
    person: str | None
    attendees: tuple[str, ...]
    uid: str
    sequence: int
    active: int
    version: int

    @property
    def pattern(self) -> Pattern:
        """When its calls are."""
        return Pattern(self.rule, self.starts_on, self.ends_on, self.local_time, self.zone)

    @property
    def words(self) -> str:
        """When its calls are, as people say it: "every other week on Tuesday, 14:00 Europe/Zurich"."""
        return f"{recurrence.words_of(self.rule)}, {self.local_time} {self.zone}"


_COLUMNS = (
    "s.id, s.customer_id, c.name, s.kind, s.title, s.starts_on, s.ends_on, s.local_time, s.zone, s.minutes, s.rule,"
    " s.person_id, p.name, s.attendees, s.uid, s.sequence, s.active, s.version"
)
_FROM = "FROM call_series s JOIN customer c ON c.id = s.customer_id LEFT JOIN person p ON p.id = s.person_id"


def series(series_id: int) -> SeriesRow:
    """A series by id; raises NotFound."""
    found = one(f"SELECT {_COLUMNS} {_FROM} WHERE s.id = ?", (series_id,))
    if found is None:
        raise NotFound("This series of calls is not there any more; look at the list again.")
    return _row(found)


def all_series(customer_id: int) -> list[SeriesRow]:
    """A customer's series, those that go on first."""
    found = rows(f"SELECT {_COLUMNS} {_FROM} WHERE s.customer_id = ? ORDER BY s.active DESC, s.id", (customer_id,))
    return [_row(each) for each in found]


def running_series() -> list[SeriesRow]:
    """Every series that goes on."""
    return [_row(each) for each in rows(f"SELECT {_COLUMNS} {_FROM} WHERE s.active = 1 ORDER BY s.id")]


def _row(found: tuple[Any, ...]) -> SeriesRow:
    return SeriesRow._make(found)._replace(attendees=tuple(json.loads(found[13])))
