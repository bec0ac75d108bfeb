"""A time zone as calendar files tell it (RFC 5545, section 3.6.5): when its offset changes, and what it is then."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from sla.wall import day_bounds, local_of

if TYPE_CHECKING:
    from icalendar import Timezone


class _Change(NamedTuple):
    """From a wall time on (told before the clocks change), the offset is `after` instead of `before`."""

    onset: datetime
    before: timedelta
    after: timedelta
    name: str
    summer: bool


def timezone(zone: str, first: date, last: date) -> Timezone:
    """The VTIMEZONE of a zone, right between two local dates."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    found = Timezone()
    found.add("tzid", zone)
    kinds: dict[tuple[timedelta, timedelta, str, bool], list[datetime]] = {}
    for change in _changes(zone, first, last):
        kinds.setdefault((change.before, change.after, change.name, change.summer), []).append(change.onset)
    for (before, after, name, summer), onsets in kinds.items():
        observance = TimezoneDaylight() if summer else TimezoneStandard()
        observance.add("dtstart", onsets[0])
        if onsets[1:]:
            observance.add("rdate", onsets[1:])
        observance.add("tzoffsetfrom", before)
        observance.add("tzoffsetto", after)
        observance.add("tzname", name)
        found.add_component(observance)
    return found


def _changes(zone: str, first: date, last: date) -> Iterable[_Change]:
    """What holds on the first date, then each change of the offset in order."""
    begin, end = day_bounds(zone, first.toordinal())[0], day_bounds(zone, last.toordinal())[1]
    yield _change(zone, begin, _offset(zone, begin))
    for start in range(begin, end, 86_400):
        if _offset(zone, start) == _offset(zone, start + 86_400):
            continue
        low, high = start, start + 86_400
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if _offset(zone, middle) == _offset(zone, start) else (low, middle)
        yield _change(zone, high, _offset(zone, low))


def _change(zone: str, at: int, before: timedelta) -> _Change:
    local = local_of(zone, at)
    onset = (datetime.fromtimestamp(at, UTC) + before).replace(tzinfo=None)
    return _Change(onset, before, _offset(zone, at), local.tzname() or zone, bool(local.dst()))


def _offset(zone: str, at: int) -> timedelta:
    return local_of(zone, at).utcoffset() or timedelta()
