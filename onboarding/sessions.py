"""Sessions with a customer: knowledge is handed over and staff is trained, and what was covered is proposed as done.

The annexes name the knowledge transfer of the onboarding term and the training of staff (2023-10-05, "Onboarding term"
and "Continuous support").
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from models.access import require
from models.errors import NotFound
from models.journal import transaction
from models.onboardings import Session
from models.reading import one, rows
from onboarding.errors import OnboardingRefused
from onboarding.open_days import working_days
from onboarding.rules import WORKERS, Held, running
from onboarding.typed import own_item, said
from sla.wall import local_of
from tickets.words import clean_line, moment

KNOWLEDGE_TRANSFER = "knowledge transfer"
ADMINISTRATOR_TRAINING = "administrator training"
DEVOPS_TRAINING = "DevOps training"
KINDS = (KNOWLEDGE_TRANSFER, ADMINISTRATOR_TRAINING, DEVOPS_TRAINING)
PLANNED, HELD, MISSED, CANCELLED = "planned", "held", "missed", "cancelled"
LONGEST = 12 * 60
"""Minutes; whatever is longer is several sessions."""


class SessionRow(NamedTuple):
    """A session; `starts_at` in UTC seconds, `covers` the ids of the items that it is about."""

    id: int
    onboarding_id: int
    kind: str
    title: str
    starts_at: int
    minutes: int
    audience: str
    attendance: str
    state: str
    covers: tuple[int, ...]
    note: str
    version: int


class Planned(NamedTuple):
    """A session that stands in the plan, and what is odd about its time."""

    session_id: int
    warnings: tuple[str, ...]


_SELECT = (
    "SELECT id, onboarding_id, kind, title, at, minutes, audience, attendance, state, covers, note, version"
    ' FROM "session"'
)


def sessions(onboarding_id: int) -> list[SessionRow]:
    """The sessions of an onboarding in the order of their time."""
    found = rows(f"{_SELECT} WHERE onboarding_id = ? ORDER BY at, id", (onboarding_id,), SessionRow)
    return [_with_covers(row) for row in found]


def session(session_id: int) -> SessionRow:
    """One session; NotFound where there is none."""
    found = one(f"{_SELECT} WHERE id = ?", (session_id,), SessionRow)
    if found is None:
        raise NotFound(f"There is no session {session_id}.")
    return _with_covers(found)


def _with_covers(row: SessionRow) -> SessionRow:
    return row._replace(covers=tuple(json.loads(str(row.covers))))


def plan(
    onboarding_id: int,
    kind: str,
    title: str,
    starts_at: int,
    minutes: int,
    actor: int,
    at: int,
    *,
    audience: str = "",
    covers: Sequence[int] = (),
    note: str = "",
) -> Planned:
    """Plan a session; an odd time is warned of and kept."""
    with transaction(actor, at, "plan_session") as tx:
        person = require(actor, *WORKERS)
        held = running(onboarding_id)
        _check_kind(kind)
        name = said(title, "The title of the session")
        _check_minutes(minutes)
        session_id = tx.insert(
            Session,
            onboarding=onboarding_id,
            kind=kind,
            title=name,
            at=starts_at,
            minutes=minutes,
            audience=clean_line(audience),
            covers=_covers(onboarding_id, covers),
            note=note.strip(),
        )
        tx.say(f"{person.name} planned {name} ({kind}) with {held.customer}: {moment(held.zone, starts_at, at)}.")
    return Planned(session_id, _warnings(held, session_id, starts_at, minutes, at))


def move(
    session_id: int, starts_at: int, actor: int, at: int, *, minutes: int | None = None, version: int | None = None
) -> Planned:
    """Give a planned or missed session another time; one that was missed is planned again."""
    with transaction(actor, at, "move_session") as tx:
        person = require(actor, *WORKERS)
        row = _of_state(session_id, (PLANNED, MISSED), "moved")
        held = running(row.onboarding_id)
        length = row.minutes if minutes is None else minutes
        _check_minutes(length)
        tx.update(Session, session_id, version, at=starts_at, minutes=length, state=PLANNED)
        tx.say(f"{person.name} moved {row.title} with {held.customer} to {moment(held.zone, starts_at, at)}.")
    return Planned(session_id, _warnings(held, session_id, starts_at, length, at))


def change(
    session_id: int,
    actor: int,
    at: int,
    *,
    title: str | None = None,
    kind: str | None = None,
    audience: str | None = None,
    covers: Sequence[int] | None = None,
    note: str | None = None,
    version: int | None = None,
) -> None:
    """Change what a session is about; None leaves it as it is."""
    with transaction(actor, at, "change_session") as tx:
        person = require(actor, *WORKERS)
        row = session(session_id)
        held = running(row.onboarding_id)
        _check_kind(row.kind if kind is None else kind)
        changed = {
            "title": None if title is None else said(title, "The title of the session"),
            "kind": kind,
            "audience": None if audience is None else clean_line(audience),
            "covers": None if covers is None else _covers(row.onboarding_id, covers),
            "note": None if note is None else note.strip(),
        }
        new = {name: value for name, value in changed.items() if value is not None}
        tx.update(Session, session_id, version, **new)
        tx.say(f"{person.name} changed the session {new.get('title', row.title)} of {held.customer}.")


def hold(
    session_id: int, attendance: str, actor: int, at: int, *, note: str | None = None, version: int | None = None
) -> list[int]:
    """Note that a session was held and who came; answers the items that it covered and that can be called done now.

    They stay as they are until a person says so: a session proposes, it does not decide.
    """
    with transaction(actor, at, "hold_session") as tx:
        person = require(actor, *WORKERS)
        row = _of_state(session_id, (PLANNED, MISSED), "held")
        held = running(row.onboarding_id)
        _refuse_before_start(row, held, at)
        came = said(attendance, "Who attended")
        tx.update(
            Session, session_id, version, state=HELD, attendance=came, note=row.note if note is None else note.strip()
        )
        tx.say(f"{person.name} held {row.title} with {held.customer}; {came} attended.")
    return proposals(session_id)


def miss(session_id: int, reason: str, actor: int, at: int, *, version: int | None = None) -> None:
    """Note that nobody came, or nobody could; it weighs on the onboarding's health until it has a new time."""
    _end(session_id, MISSED, reason, actor, at, version)


def cancel(session_id: int, reason: str, actor: int, at: int, *, version: int | None = None) -> None:
    """Take a session out of the plan."""
    _end(session_id, CANCELLED, reason, actor, at, version)


def proposals(session_id: int) -> list[int]:
    """The items that a held session covered and that are neither done nor set aside yet, in the order covered."""
    row = session(session_id)
    if row.state != HELD:
        return []
    ended = "SELECT id FROM onboarding_item WHERE onboarding_id = ? AND state NOT IN ('done', 'not needed')"
    still = {item_id for (item_id,) in rows(ended, (row.onboarding_id,))}
    return [item_id for item_id in row.covers if item_id in still]


def _end(session_id: int, state: str, reason: str, actor: int, at: int, version: int | None) -> None:
    with transaction(actor, at, f"{state}_session") as tx:
        person = require(actor, *WORKERS)
        row = _of_state(session_id, (PLANNED, MISSED) if state == CANCELLED else (PLANNED,), state)
        held = running(row.onboarding_id)
        if state == MISSED:
            _refuse_before_start(row, held, at)
        why = said(reason, "The reason")
        tx.update(Session, session_id, version, state=state, note="\n".join(filter(None, (row.note, why))))
        tx.say(f"{person.name} noted that {row.title} with {held.customer} was {state}: {why}")


def _of_state(session_id: int, states: tuple[str, ...], wanted: str) -> SessionRow:
    row = session(session_id)
    if row.state not in states:
        raise OnboardingRefused(f"{row.title} is {row.state} and cannot be {wanted} any more; plan another session.")
    return row


def _refuse_before_start(row: SessionRow, held: Held, at: int) -> None:
    if at < row.starts_at:
        when = moment(held.zone, row.starts_at, at)
        raise OnboardingRefused(f"{row.title} begins {when}; until then it can be moved or cancelled.")


def _check_kind(kind: str) -> None:
    if kind not in KINDS:
        raise OnboardingRefused(f"{kind!r} is no kind of session; use {', '.join(KINDS[:-1])} or {KINDS[-1]}.")


def _check_minutes(minutes: int) -> None:
    if not 0 < minutes <= LONGEST:
        raise OnboardingRefused(f"A session takes 1 to {LONGEST} minutes; plan several for more.")


def _covers(onboarding_id: int, item_ids: Sequence[int]) -> str:
    for item_id in item_ids:
        own_item(onboarding_id, item_id)
    return json.dumps(list(dict.fromkeys(item_ids)))


def _warnings(held: Held, session_id: int, starts_at: int, minutes: int, now: int) -> tuple[str, ...]:
    found = []
    if starts_at < now:
        found.append(f"{moment(held.zone, starts_at, now)} has gone by already.")
    if _is_closed(held, starts_at):
        found.append(f"{local_of(held.zone, starts_at).date()} is no working day in {held.customer}'s region.")
    if local_of(held.zone, starts_at).date().isoformat() > held.go_live_on:
        found.append(f"The go-live is on {held.go_live_on}, before this session.")
    end = starts_at + minutes * 60
    for other in sessions(held.id):
        together = other.starts_at < end and starts_at < other.starts_at + other.minutes * 60
        if other.id != session_id and other.state == PLANNED and together:
            found.append(f"{other.title} is at the same time.")
    return tuple(found)


def _is_closed(held: Held, instant: int) -> bool:
    return not working_days(held.customer_id, instant)(local_of(held.zone, instant).date())
