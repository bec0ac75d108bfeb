"""Calls that come again at an agreed local time: agreed, kept planned ahead, changed from a day on, and ended.

Support annex 2023-11-15, "Technical account manager": review calls every other week, at times that both sides agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from models.access import require
from models.calls import CallSeries, ReviewCall
from models.journal import Transaction, transaction
from models.reading import rows, scalar
from sla.wall import local_of
from tam import recurrence
from tam.call_reading import CallRow, of_series
from tam.call_rules import (
    HELD,
    KEEPERS,
    KINDS,
    PLANNED,
    SKIPPED,
    CallRefused,
    check_covered,
    check_kind,
    check_minutes,
    check_person,
    check_zone,
    day,
    day_text,
    line,
    names,
    party,
)
from tam.recurrence import Pattern, Slot
from tam.series_reading import SeriesRow, running_series, series
from tam.series_shift import pair

HORIZON_DAYS = 90
"""So far ahead calls are planned."""
_WRITTEN_FOR_CALLS = ("action", "feedback", "time_entry", "timer")


def agree(
    customer_id: int,
    title: str,
    rule: str,
    local_time: str,
    zone: str,
    minutes: int,
    starts_on: str,
    actor: int,
    at: int,
    kind: str = "review",
    attendees: Sequence[str] = (),
    person_id: int | None = None,
    ends_on: str | None = None,
) -> int:
    """Agree on calls that come again, plan the next of them, and return the series' id; TAMs and leads.

    `rule` is a cadence in words or an RFC 5545 rule; the first call is its first date from `starts_on` on. Raises
    CallRefused, also where the customer has no technical account management on that date.
    """
    with transaction(actor, at, "series.agree") as tx:
        who, customer = require(actor, *KEEPERS), party(customer_id)
        pattern = _pattern(rule, starts_on, ends_on, local_time, zone)
        check_covered(customer, date.fromisoformat(pattern.starts_on))
        values = {
            "kind": check_kind(kind),
            "title": line(title or KINDS[kind], "what the calls are for"),
            "minutes": check_minutes(minutes),
            "attendees": names(attendees),
            "person": check_person(person_id) or customer.tam_id or (who.id if who.role == KEEPERS[0] else None),
        }
        series_id = tx.insert(CallSeries, customer=customer_id, uid=new_uid(), **pattern._asdict(), **values)
        held = series(series_id)
        planned = _plan_ahead(tx, held, _ahead(held, at))
        first = day_text(date.fromisoformat(pattern.starts_on))
        notes = "".join(f" {slot.note}" for slot in planned if slot.note)
        tx.say(f"{who.name} agreed {_called(held)} with {customer.name}: {held.words}, from {first} on.{notes}")
    return series_id


def preview(
    rule: str, local_time: str, zone: str, starts_on: str, count: int = 6, ends_on: str | None = None
) -> list[Slot]:
    """The first slots that a cadence would have, for a form to show; raises CallRefused."""
    pattern = _pattern(rule, starts_on, ends_on, local_time, zone)
    first = date.fromisoformat(pattern.starts_on)
    after = first + timedelta(days=366 * recurrence.SEARCHED_YEARS)
    found = recurrence.dates(pattern, first, after)[:count]
    return [recurrence.slot(each, local_time, zone) for each in found]


def _pattern(rule: str, starts_on: str, ends_on: str | None, local_time: str, zone: str) -> Pattern:
    asked = day(starts_on)
    checked = recurrence.rule_of(rule, asked)
    first = recurrence.first_date(checked, asked)
    if ends_on is not None and day(ends_on) < first:
        raise CallRefused(f"The last day, {day_text(day(ends_on))}, is before the first call on {day_text(first)}.")
    recurrence.wall_time(local_time)
    return Pattern(checked, first.isoformat(), ends_on, local_time, check_zone(zone))


def ensure(now: int) -> int:
    """Plan the calls of every series up to the horizon, and return how many were added; again, it adds none."""
    found = running_series()
    if not any(_missing(each, _ahead(each, now)) for each in found):
        return 0
    with transaction(None, now, "series.ahead") as tx:
        added = sum(len(_plan_ahead(tx, each, _ahead(each, now))) for each in found)
        tx.say(f"{added} {'call was' if added == 1 else 'calls were'} planned ahead.")
    return added


def change(
    series_id: int,
    actor: int,
    at: int,
    version: int | None = None,
    *,
    from_on: str | None = None,
    rule: str | None = None,
    local_time: str | None = None,
    zone: str | None = None,
    minutes: int | None = None,
    title: str | None = None,
    attendees: Sequence[str] | None = None,
    person_id: int | None = None,
    ends_on: str | None = None,
) -> str:
    """Change a series from a local date on (today), and tell it; TAMs and leads.

    Planned calls from then on move along, those that were moved by hand stay where they are; what was before stays.
    Raises CallRefused, NotFound, and StaleRow where the series is not at `version` any more.
    """
    with transaction(actor, at, "series.change") as tx:
        who, held = require(actor, *KEEPERS), series(series_id)
        start = _start_of_change(held, from_on, at)
        values: dict[str, Any] = {
            "title": held.title if title is None else line(title, "what the calls are for"),
            "minutes": held.minutes if minutes is None else check_minutes(minutes),
            "attendees": names(held.attendees if attendees is None else attendees),
            "person": held.person_id if person_id is None else check_person(person_id),
        }
        pattern = _changed_pattern(held, start, rule, local_time, zone, ends_on)
        new = pattern._asdict() | values
        tx.update(CallSeries, series_id, version, **new, sequence=held.sequence + 1)
        changed = series(series_id)
        _move_along(tx, held, changed, start, at, values)
        now_so = f"{changed.words}, from {day_text(start)} on"
        tx.say(f"{who.name} changed {_called(changed)} with {held.customer}: {now_so}.")
        return tx.sentence


def end(series_id: int, actor: int, at: int, on: str | None = None, version: int | None = None) -> str:
    """End a series with a local date (today) as its last, and tell it; planned calls after it go. TAMs and leads."""
    with transaction(actor, at, "series.end") as tx:
        who, held = require(actor, *KEEPERS), series(series_id)
        today = local_of(held.zone, at).date()
        last = today if on is None else day(on)
        if last < today:
            raise CallRefused(f"A series ends today at the earliest; {day_text(last)} is over.")
        tx.update(
            CallSeries,
            series_id,
            version,
            ends_on=last.isoformat(),
            active=int(last > today),
            sequence=held.sequence + 1,
        )
        for each in of_series(series_id):
            if each.state == PLANNED and local_of(held.zone, each.at).date() > last:
                let_go(tx, each, f"The series ended on {day_text(last)}.")
        tx.say(f"{who.name} ended {_called(held)} with {held.customer} with {day_text(last)}.")
        return tx.sentence


def let_go(tx: Transaction, call: CallRow, reason: str) -> None:
    """Take a planned call off, or keep it as skipped where something was written for it."""
    used = scalar(
        " UNION ALL ".join(f"SELECT 1 FROM {table} WHERE call_id = ?" for table in _WRITTEN_FOR_CALLS) + " LIMIT 1",
        (call.id,) * len(_WRITTEN_FOR_CALLS),
    )
    if used or call.agenda.strip() or call.notes.strip():
        tx.update(ReviewCall, call.id, state=SKIPPED, reason=reason, sequence=call.sequence + 1)
    else:
        tx.delete(ReviewCall, call.id)


def new_uid() -> str:
    """A name that no other calendar entry has (RFC 7986, section 5.3)."""
    return f"{uuid4()}@tamdesk"


def _called(held: SeriesRow) -> str:
    """The calls of a series in a sentence: "review calls", "the calls “Roadmap”"."""
    return f"{held.title.lower()}s" if held.title in KINDS.values() else f"the calls “{held.title}”"


def _changed_pattern(
    held: SeriesRow, start: date, rule: str | None, local_time: str | None, zone: str | None, ends_on: str | None
) -> Pattern:
    """The pattern of a series from a date on; without a new rule its calls stay in their weeks."""
    before = (held.rule, held.local_time, held.zone, held.ends_on)
    after = (rule or held.rule, local_time or held.local_time, zone or held.zone, ends_on or held.ends_on)
    if after == before:
        return held.pattern
    anchor = start if rule else _next_date(held, start)
    pattern = _pattern(after[0], anchor.isoformat(), after[3], after[1], after[2])
    check_covered(party(held.customer_id), date.fromisoformat(pattern.starts_on))
    return pattern


def _next_date(held: SeriesRow, start: date) -> date:
    """The first date of a series from a date on, so that a change keeps its weeks."""
    found = recurrence.dates(held.pattern._replace(ends_on=None), start, start + timedelta(days=366 * 9))
    return found[0] if found else start


def _start_of_change(held: SeriesRow, from_on: str | None, at: int) -> date:
    today = local_of(held.zone, at).date()
    start = today if from_on is None else day(from_on)
    if start < today:
        raise CallRefused(f"A series is changed from today on; {day_text(start)} is over.")
    if not held.active:
        raise CallRefused("This series has ended; agree a new one.")
    return start


def _ahead(held: SeriesRow, now: int) -> list[Slot]:
    """The slots from now to the horizon, an instant once."""
    today = local_of(held.zone, now).date()
    found = recurrence.slots(held.pattern, today, today + timedelta(days=HORIZON_DAYS))
    return list({slot.at: slot for slot in found if slot.at >= now}.values())


def _missing(held: SeriesRow, slots: Sequence[Slot]) -> list[Slot]:
    """The slots that have no call yet."""
    if not slots:
        return []
    found = rows("SELECT slot_at FROM review_call WHERE series_id = ? AND slot_at >= ?", (held.id, slots[0].at))
    known = {slot_at for (slot_at,) in found}
    return [slot for slot in slots if slot.at not in known]


def _plan_ahead(tx: Transaction, held: SeriesRow, slots: Sequence[Slot]) -> list[Slot]:
    """Plan the calls of the slots that have none yet."""
    added = _missing(held, slots)
    for slot in added:
        tx.insert(ReviewCall, at=slot.at, slot_at=slot.at, **_columns(held))
    return added


def _columns(held: SeriesRow) -> dict[str, Any]:
    """What a call has from its series."""
    return {
        "customer": held.customer_id,
        "series": held.id,
        "kind": held.kind,
        "title": held.title,
        "minutes": held.minutes,
        "zone": held.zone,
        "person": held.person_id,
        "attendees": names(held.attendees),
    }


def _move_along(
    tx: Transaction, before: SeriesRow, after: SeriesRow, start: date, at: int, values: dict[str, Any]
) -> None:
    """Bring the calls from a date on to where the changed series has them."""
    calls = [(each, each.slot_at) for each in of_series(before.id) if each.slot_at is not None]
    dated = [(each, local_of(before.zone, slot_at).date()) for each, slot_at in calls if max(each.at, slot_at) >= at]
    todo = [(each, on) for each, on in dated if on >= start]
    slots = [slot for slot in _ahead(after, at) if slot.on >= start.isoformat()]
    placed, left = pair(todo, slots)
    for each in left:
        _displace(tx, each)
    for each, slot_at in placed:
        if slot_at != each.slot_at:  # two calls are never at one slot, not even on the way
            tx.update(ReviewCall, each.id, slot_at=None)
    for each, slot_at in placed:
        if each.state == HELD:  # ahead of its time: what happened stays as it was, and its week has had its call
            tx.update(ReviewCall, each.id, slot_at=slot_at)
            continue
        when = each.at if each.moved else slot_at
        shifted = {"sequence": each.sequence + 1} if when != each.at and each.state == PLANNED else {}
        tx.update(ReviewCall, each.id, at=when, slot_at=slot_at, zone=after.zone, **values, **shifted)
    _plan_ahead(tx, after, slots)


def _displace(tx: Transaction, call: CallRow) -> None:
    """Do what is right with a call that a changed series has no slot for: one that was moved by hand was promised."""
    if call.moved and call.state != SKIPPED:
        tx.update(ReviewCall, call.id, series=None, slot_at=None, uid=new_uid())
    elif call.state != HELD:
        let_go(tx, call, "The series was changed.")
