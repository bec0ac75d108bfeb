"""An onboarding on a line of time: what lies where, with sessions, gates, go-live and the days that are closed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from onboarding import gates
from onboarding.open_days import IsOpen, working_days_of
from onboarding.phases import phases
from onboarding.reading import Group, ItemLine, checklist
from onboarding.rules import held
from onboarding.sessions import CANCELLED, SessionRow, sessions
from onboarding.words import CONTINUOUS, GATE_GO_LIVE, GATE_PROOF, GATE_TERM, GATES, NOT_NEEDED, PROOF, TERM
from sla.wall import local_of

BEYOND = 16
"""Weeks before the first and after the last day of which it is known whether they are closed."""
_GATE_OF = {PROOF: GATE_PROOF, TERM: GATE_TERM}


class GateMark(NamedTuple):
    """A gate: the day on which it was passed, else the one on which it is planned."""

    gate: str
    on: date
    passed: bool


class SessionMark(NamedTuple):
    """A session on its local day."""

    session: SessionRow
    on: date


class Bar(NamedTuple):
    """Where an item lies; both days are inclusive, None where it has no date or is not needed."""

    item: ItemLine
    first: date | None
    last: date | None


class TopicBar(NamedTuple):
    """A topic from its first day to its last, with its items."""

    topic: str
    done: int
    total: int
    first: date | None
    last: date | None
    late: bool
    bars: tuple[Bar, ...]


class Timeline(NamedTuple):
    """An onboarding from `first` to `last` (local days, inclusive); `closed` are days without work."""

    onboarding_id: int
    customer: str
    customer_id: int
    phase: str
    zone: str
    today: date
    first: date
    last: date
    go_live_on: date
    live: bool
    done: int
    total: int
    topics: tuple[TopicBar, ...]
    sessions: tuple[SessionMark, ...]
    gates: tuple[GateMark, ...]
    closed: frozenset[date]
    problems: tuple[str, ...]


def timeline(onboarding_id: int, now: int) -> Timeline:
    """The onboarding as it lies in time at an instant (UTC seconds); NotFound where there is none."""
    found = held(onboarding_id)
    listed = checklist(onboarding_id, now)
    today = found.today(now)
    marks = tuple(
        SessionMark(each, local_of(found.zone, each.starts_at).date())
        for each in sessions(onboarding_id)
        if each.state != CANCELLED
    )
    passed = _gates(onboarding_id, found.zone, date.fromisoformat(found.go_live_on))
    topics = tuple(_topic(group, found.zone) for group in listed.groups)
    starts, go_live = date.fromisoformat(found.starts_on), date.fromisoformat(found.go_live_on)
    days = [starts, go_live, *(mark.on for mark in marks), *(gate.on for gate in passed)]
    days += [day for topic in topics for day in (topic.first, topic.last) if day is not None]
    if found.phase != CONTINUOUS:
        days.append(today)
    return Timeline(
        onboarding_id=found.id,
        customer=found.customer,
        customer_id=found.customer_id,
        phase=found.phase,
        zone=found.zone,
        today=today,
        first=min(days),
        last=max(days),
        go_live_on=go_live,
        live=any(each.gate == GATE_GO_LIVE and each.passed for each in passed),
        done=listed.done,
        total=listed.total,
        topics=topics,
        sessions=marks,
        gates=passed,
        closed=_closed(min(days), max(days), working_days_of(found, now)),
        problems=listed.problems,
    )


def _topic(group: Group, zone: str) -> TopicBar:
    bars = tuple(_bar(item, zone) for item in group.items)
    first = min((bar.first for bar in bars if bar.first), default=None)
    last = max((bar.last for bar in bars if bar.last), default=None)
    late = any(item.overdue for item in group.items)
    return TopicBar(group.topic, group.done, group.total, first, last, late, bars)


def _bar(item: ItemLine, zone: str) -> Bar:
    """From its start to the day it is due; what is done ends when it was."""
    if item.state == NOT_NEEDED:
        return Bar(item, None, None)
    ended = local_of(zone, item.ended_at).date() if item.ended_at is not None else None
    due = date.fromisoformat(item.due_on) if item.due_on else None
    last = ended or due
    if last is None:
        return Bar(item, None, None)
    first = date.fromisoformat(item.starts_on) if item.starts_on else due or last
    return Bar(item, min(first, last), last)


def _gates(onboarding_id: int, zone: str, go_live: date) -> tuple[GateMark, ...]:
    """The gates that were passed and those to come, in the order of their days."""
    behind = {row.gate: local_of(zone, row.at).date() for row in gates.passed(onboarding_id)}
    marks = {gate: GateMark(gate, on, True) for gate, on in behind.items()}
    for row in phases(onboarding_id):
        gate = _GATE_OF.get(row.phase)
        if gate is not None and gate not in marks and row.ended_on is None:
            marks[gate] = GateMark(gate, date.fromisoformat(row.ends_on), False)
        if row.phase == TERM and GATE_GO_LIVE not in marks and row.ended_on is None:
            marks[GATE_GO_LIVE] = GateMark(GATE_GO_LIVE, go_live, False)
    return tuple(sorted(marks.values(), key=lambda mark: (mark.on, GATES.index(mark.gate))))


def _closed(first: date, last: date, is_open: IsOpen) -> frozenset[date]:
    """The days without work, with some weeks beyond both ends that a screen may show as well."""
    begin, end = first - timedelta(weeks=BEYOND), last + timedelta(weeks=BEYOND)
    days = (begin + timedelta(days=number) for number in range((end - begin).days + 1))
    return frozenset(day for day in days if not is_open(day))
