"""Calls as calendar files (RFC 5545): a series, a single call, or all calls of a customer.

They are published, not sent as requests: RFC 5546 (section 3.2.1) wants no ATTENDEE then, so who attends stands in the
description, and no calendar writes mails by itself. Agenda and notes never leave with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from models.reading import one, scalar
from sla.wall import local_of
from tam import recurrence
from tam.calendar_zones import timezone
from tam.call_reading import CallRow, call, calls, of_series
from tam.call_rules import SKIPPED, name_of, party, plain
from tam.series_reading import SeriesRow, all_series, series

if TYPE_CHECKING:
    from icalendar import Event, Timezone

PRODUCT = "-//tamdesk//calls//EN"
FAR_YEARS = 20
"""So far past the last call the rules of the time zone are told in the file."""
MOST_CALLS = 5000


class _Entry(NamedTuple):
    """What any entry of a calendar says."""

    uid: str
    sequence: int
    title: str
    at: int
    minutes: int
    zone: str
    attendees: tuple[str, ...]
    person_id: int | None


def ics(
    stamp: int, *, series_id: int | None = None, call_id: int | None = None, customer_id: int | None = None
) -> bytes:
    """The calendar file of a series, of a call, or of a customer's calls, made at an instant (UTC seconds).

    The same entries have the same UID in every file, and a higher SEQUENCE once they have changed. Raises NotFound.
    """
    if series_id is not None:
        events = list(_series_events(series(series_id), stamp))
    elif call_id is not None:
        events = [_call_event(call(call_id), stamp)]
    elif customer_id is not None:
        events = list(_customer_events(customer_id, stamp))
    else:
        raise ValueError("ics() wants a series, a call or a customer")
    return _calendar(events)


def file_name(*, series_id: int | None = None, call_id: int | None = None, customer_id: int | None = None) -> str:
    """A name for the file that every file system takes: "acme-review-call.ics"."""
    if series_id is not None:
        named = series(series_id)
        return f"{_safe(party(named.customer_id).key)}-{_safe(named.title)}.ics"
    if call_id is not None:
        held = call(call_id)
        return f"{_safe(party(held.customer_id).key)}-{local_of(held.zone, held.at):%Y-%m-%d}.ics"
    return f"{_safe(party(customer_id or 0).key)}-calls.ics"


def _safe(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60] or "call"


def _customer_events(customer_id: int, stamp: int) -> Iterable[Event]:
    party(customer_id)
    for each in all_series(customer_id):
        yield from _series_events(each, stamp)
    for held in calls(customer_id, MOST_CALLS):
        if held.series_id is None:
            yield _call_event(held, stamp)


def _series_events(held: SeriesRow, stamp: int) -> Iterable[Event]:
    """The series with the dates that it leaves out, an entry for each call that differs, and calls from before it was
    changed, which its rule does not name any more."""
    found = [each for each in of_series(held.id) if each.slot_at is not None]
    named = [each for each in found if _on(each) >= held.starts_on]
    first, last = date.fromisoformat(held.starts_on), date.fromisoformat(held.ends_on or "9999-01-01")
    first_slot = recurrence.slot(first, held.local_time, held.zone).at
    entry = _Entry(
        held.uid, held.sequence, held.title, first_slot, held.minutes, held.zone, held.attendees, held.person_id
    )
    master = _event(entry, stamp)
    if last < first:
        master.add("status", "CANCELLED")
    else:
        master.add("status", "CONFIRMED")
        master.add("rrule", _rule(held))
        for each in named:
            if each.state == SKIPPED:
                master.add("exdate", _instant(held.zone, each.slot_at or each.at))
    yield master
    for each in named if last >= first else ():
        if each.state != SKIPPED and _differs(each, held):
            yield _override(each, held, stamp)
    for each in found:
        if _on(each) < held.starts_on and each.state != SKIPPED:
            yield _call_event(each, stamp)


def _call_event(held: CallRow, stamp: int) -> Event:
    """A call alone; one of a series names the date of the series that it stands for."""
    if held.series_id is not None and held.slot_at is not None:
        within = series(held.series_id)
        if _on(held) >= within.starts_on:
            return _override(held, within, stamp)
    event = _event(_entry(held, _old_uid(held) if held.series_id else _own_uid(held)), stamp)
    event.add("status", "CANCELLED" if held.state == SKIPPED else "CONFIRMED")
    return event


def _override(held: CallRow, within: SeriesRow, stamp: int) -> Event:
    event = _event(_entry(held, within.uid, within.sequence), stamp)
    event.add("recurrence-id", _instant(within.zone, held.slot_at or held.at))
    event.add("status", "CANCELLED" if held.state == SKIPPED else "CONFIRMED")
    return event


def _entry(held: CallRow, uid: str, before: int = 0) -> _Entry:
    sequence = before + held.sequence
    return _Entry(uid, sequence, held.title, held.at, held.minutes, held.zone, held.attendees, held.person_id)


def _differs(held: CallRow, within: SeriesRow) -> bool:
    """Whether a call is not just what its series says."""
    said = (held.at, held.minutes, held.title, held.attendees)
    return said != (held.slot_at, within.minutes, within.title, within.attendees)


def _event(entry: _Entry, stamp: int) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", datetime.fromtimestamp(stamp, UTC))
    event.add("summary", _one_line(entry.title))
    event.add("dtstart", _instant(entry.zone, entry.at))
    event.add("duration", timedelta(minutes=entry.minutes))
    if entry.attendees:
        event.add("description", "With " + ", ".join(_one_line(name_of(each)) for each in entry.attendees))
    _organizer(event, entry.person_id)
    return event


def _organizer(event: Event, person_id: int | None) -> None:
    """Who holds the call for us, where the desk knows an address that calendars can take."""
    found = one("SELECT name, email FROM person WHERE id = ?", (person_id,))
    if found is None or not re.fullmatch(r"[^\s@:;,<>\"]+@[^\s@:;,<>\"]+", found[1] or "", re.ASCII):
        return
    from icalendar import vCalAddress, vText

    organizer = vCalAddress(f"mailto:{found[1]}")
    organizer.params["CN"] = vText(_one_line(found[0]).replace('"', "'"))
    event.add("organizer", organizer)


def _rule(held: SeriesRow) -> Any:
    """The rule with its end: the last instant of the last local date, in UTC as RFC 5545 (section 3.3.10) wants it."""
    from icalendar import vRecur

    rule = vRecur.from_ical(held.rule)
    if held.ends_on is not None:
        after = date.fromisoformat(held.ends_on) + timedelta(days=1)
        last = recurrence.slot(after, "00:00", held.zone).at - 1
        rule["UNTIL"] = [datetime.fromtimestamp(last, UTC)]
    return rule


def _calendar(events: list[Event]) -> bytes:
    from icalendar import Calendar

    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    for zone in _zones(events):
        found.add_component(zone)
    for event in events:
        found.add_component(event)
    content: bytes = found.to_ical()
    return content


def _zones(events: list[Any]) -> list[Timezone]:
    """The time zones that the entries are told in, so that a calendar need not know their names."""
    told: list[Any] = [each[name].dt for each in events for name in ("dtstart", "recurrence-id") if name in each]
    names: set[str] = {moment.tzinfo.key for moment in told if moment.tzinfo is not UTC}
    if not names:
        return []
    first = min(told).date() - timedelta(days=366)
    last = max(told).date() + timedelta(days=366 * FAR_YEARS)
    return [timezone(name, first, last) for name in sorted(names - {"UTC"})]


def _instant(zone: str, at: int) -> datetime:
    """An instant in its zone; in UTC where the wall shows it a second time, since local time means the first."""
    local = local_of(zone, at)
    return datetime.fromtimestamp(at, UTC) if local.fold else local


def _on(held: CallRow) -> str:
    """The local date of a call's slot."""
    return local_of(held.zone, held.slot_at or held.at).date().isoformat()


def _own_uid(held: CallRow) -> str:
    """The call's name; one that came without any gets one from the desk's first operation and its own number."""
    if held.uid:
        return held.uid
    began = scalar("SELECT at FROM operation ORDER BY id LIMIT 1") or 0
    return f"{uuid5(NAMESPACE_URL, f'tamdesk:{began}:{party(held.customer_id).key}:{held.id}')}@tamdesk"


def _old_uid(held: CallRow) -> str:
    """The name of a call from before its series was changed: one of its own, that no later change takes back."""
    return f"{held.slot_at}-{series(held.series_id or 0).uid}"


def _one_line(text: str) -> str:
    return " ".join(plain(text).split())
