"""Calls with customers: planned, moved, skipped, held, and what is written for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from models.access import require
from models.calls import CallSeries, ReviewCall
from models.journal import Transaction, together, transaction
from models.reading import rows, scalar
from sla.wall import local_of
from tam.call_reading import CallRow, call, calls, unwritten, upcoming
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
    line,
    long_text,
    moment_text,
    names,
    party,
)
from tam.open_days import closed_because
from tam.series import new_uid

__all__ = (
    "CallRow",
    "Planned",
    "attendees",
    "call",
    "calls",
    "hold",
    "move",
    "plan",
    "skip",
    "unwritten",
    "upcoming",
    "write",
)

EARLY = 30 * 60
"""A call may be held so many seconds before its time, where both sides are there."""


class Planned(NamedTuple):
    """A call that was planned, moved or held: what was done, and what is odd about it and was kept."""

    call_id: int
    sentence: str
    warnings: tuple[str, ...]


def plan(
    customer_id: int,
    at_instant: int,
    minutes: int,
    kind: str,
    title: str,
    actor: int,
    at: int,
    *,
    zone: str = "",
    attendees: Sequence[str] = (),
    person_id: int | None = None,
) -> Planned:
    """Plan a single call at an instant (UTC seconds), told in a zone (the customer's); TAMs and leads.

    Raises CallRefused for an instant that is over, and for a day without technical account management.
    """
    with transaction(actor, at, "call.plan") as tx:
        who, customer = require(actor, *KEEPERS), party(customer_id)
        zone = check_zone(zone or customer.zone)
        _refuse_past(zone, at_instant, at)
        check_covered(customer, local_of(zone, at_instant).date())
        call_id = tx.insert(
            ReviewCall,
            customer=customer_id,
            at=at_instant,
            minutes=check_minutes(minutes),
            kind=check_kind(kind),
            title=line(title or KINDS[kind], "what the call is for"),
            zone=zone,
            person=check_person(person_id) or customer.tam_id,
            attendees=names(attendees),
            uid=new_uid(),
        )
        planned = call(call_id)
        tx.say(f"{who.name} planned {_named(planned)} for {moment_text(zone, at_instant)}.")
        return Planned(call_id, tx.sentence, _odd(planned))


def move(call_id: int, to: int, actor: int, at: int, reason: str = "", version: int | None = None) -> Planned:
    """Move a planned call, or one that was skipped, to another instant (UTC seconds); TAMs and leads.

    Raises CallRefused, and StaleRow where the call is not at `version` any more.
    """
    with transaction(actor, at, "call.move") as tx:
        who, held = require(actor, *KEEPERS), call(call_id)
        if held.state == HELD:
            raise CallRefused("This call was held; plan another one instead.")
        _refuse_past(held.zone, to, at)
        check_covered(party(held.customer_id), local_of(held.zone, to).date())
        why = line(reason, "why it moves") if reason.strip() else ""
        tx.update(ReviewCall, call_id, version, at=to, state=PLANNED, reason=why, sequence=held.sequence + 1)
        if held.state == SKIPPED:
            _tell_series(tx, held)
        tx.say(
            f"{who.name} moved {_named(held)} from {moment_text(held.zone, held.at)} to {moment_text(held.zone, to)}"
            f"{_because(why)}."
        )
        return Planned(call_id, tx.sentence, _odd(call(call_id)))


def skip(call_id: int, reason: str, actor: int, at: int, version: int | None = None) -> str:
    """Leave out a planned call, with a reason, and tell it; TAMs and leads. Moving it brings it back."""
    with transaction(actor, at, "call.skip") as tx:
        who, held = require(actor, *KEEPERS), call(call_id)
        if held.state != PLANNED:
            raise CallRefused(f"This call was {held.state}; only a planned one can be skipped.")
        why = line(reason, "why it is skipped")
        tx.update(ReviewCall, call_id, version, state=SKIPPED, reason=why, sequence=held.sequence + 1)
        _tell_series(tx, held)
        tx.say(f"{who.name} skipped {_named(held)} on {moment_text(held.zone, held.at)}{_because(why)}.")
        return tx.sentence


def hold(
    call_id: int,
    actor: int,
    at: int,
    minutes: int | None = None,
    attendees: Sequence[str] | None = None,
    log_time: bool = False,
    version: int | None = None,
) -> Planned:
    """Say that a call was held: how long it took, who was there; `log_time` logs the minutes as a review call.

    Engineers may stand in. An agenda that nobody wrote is kept as drafted now. Raises CallRefused for a call that has
    not begun; the time entry's own rules hold, too.
    """
    from tam.agenda import draft

    with together(actor, at, "call.hold") as whole:
        who, held = require(actor), call(call_id)
        took = check_minutes(held.minutes if minutes is None else minutes)
        there = names(held.attendees if attendees is None else attendees)
        if held.state != PLANNED:
            raise CallRefused(f"This call was {held.state}; only a planned one can be held.")
        if held.at > at + EARLY:
            raise CallRefused(f"This call is on {moment_text(held.zone, held.at)}; move it here first if it is now.")
        with whole.attempt() as part:
            agenda = held.agenda or draft(call_id, at).text
            part.update(ReviewCall, call_id, version, state=HELD, minutes=took, attendees=there, agenda=agenda)
            part.say("The call was held.")
        warnings: tuple[str, ...] = ()
        if log_time:
            with whole.attempt():
                warnings = _log(held, took, actor, at)
        logged = ", and logged the time" if log_time else ""
        whole.tx.say(f"{who.name} held {_named(held)} of {moment_text(held.zone, held.at)}, {took} min{logged}.")
    return Planned(call_id, whole.tx.sentence, warnings)


def _log(held: CallRow, minutes: int, actor: int, at: int) -> tuple[str, ...]:
    """Log a call's minutes on its local date, and answer what its person should know."""
    from tam.entries import log

    on = local_of(held.zone, held.at).date().isoformat()
    return log(held.customer_id, minutes, on, "review call", actor, at, note=held.title, call_id=held.id).warnings


def write(
    call_id: int, actor: int, at: int, version: int, notes: str | None = None, agenda: str | None = None
) -> CallRow:
    """Save what was typed as notes or agenda, and return the call as it is then; whoever works on tickets may.

    Raises StaleRow, with what has changed, where the call is not at `version` any more: the caller keeps the text.
    """
    with transaction(actor, at, "call.write") as tx:
        who, held = require(actor), call(call_id)
        written = {name: long_text(text) for name, text in (("notes", notes), ("agenda", agenda)) if text is not None}
        tx.update(ReviewCall, call_id, version, **written)
        tx.say(
            f"{who.name} wrote the {' and the '.join(written)} of {_named(held)} of {moment_text(held.zone, held.at)}."
        )
    return call(call_id)


def attendees(call_id: int, who_attends: Sequence[str], actor: int, at: int, version: int | None = None) -> str:
    """Say who attends a call ("Jo Roe <jo@acme.example>", or a name), and tell it; TAMs and leads."""
    with transaction(actor, at, "call.attendees") as tx:
        who, held = require(actor, *KEEPERS), call(call_id)
        tx.update(ReviewCall, call_id, version, attendees=names(who_attends), sequence=held.sequence + 1)
        tx.say(f"{who.name} said who attends {_named(held)} of {moment_text(held.zone, held.at)}.")
        return tx.sentence


def _named(held: CallRow) -> str:
    title = f"the {held.title.lower()}" if held.title in KINDS.values() else f"“{held.title}”"
    return f"{title} with {held.customer}"


def _because(reason: str) -> str:
    return f": {reason.rstrip('.')}" if reason else ""


def _refuse_past(zone: str, to: int, at: int) -> None:
    if to < at:
        raise CallRefused(f"{moment_text(zone, to)} is over; say a time to come.")


def _tell_series(tx: Transaction, held: CallRow) -> None:
    """The dates that a series leaves out are part of it for the attendees' calendars."""
    if held.series_id is not None:
        sequence = scalar("SELECT sequence FROM call_series WHERE id = ?", (held.series_id,))
        tx.update(CallSeries, held.series_id, sequence=sequence + 1)


def _odd(planned: CallRow) -> tuple[str, ...]:
    """What a person should know about when a call is: a closed day, another call at the same time."""
    reasons = closed_because(planned.customer_id, local_of(planned.zone, planned.at).date(), planned.at)
    found = [f"{moment_text(planned.zone, planned.at)} is {reason}." for reason in reasons]
    others = rows(
        "SELECT c.name, r.at FROM review_call r JOIN customer c ON c.id = r.customer_id WHERE r.state = 'planned'"
        " AND r.id <> ? AND r.at < ? AND r.at + r.minutes * 60 > ? AND (r.customer_id = ? OR r.person_id = ?)"
        " ORDER BY r.at, r.id LIMIT 3",
        (planned.id, planned.ends_at, planned.at, planned.customer_id, planned.person_id),
    )
    found += [f"There is a call with {name} at {moment_text(planned.zone, when)}." for name, when in others]
    return tuple(found)
