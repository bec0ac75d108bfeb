"""The checklist as a screen shows it: by topic, with who has to move, what waits, and how much room there is."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from models.reading import rows
from onboarding.open_days import OpenDays, working_days_of
from onboarding.planning import Planned
from onboarding.rules import Held, held
from onboarding.schedule import calculate, needs_of
from onboarding.standing import WAITS_ON
from onboarding.words import BLOCKED, CONTINUOUS, CUSTOMER, DOING, DONE, NOT_NEEDED, SETTLED, TO_DO

ALL, MINE, CUSTOMERS, OVERDUE = "all", "mine", "customer", "overdue"
FILTERS = (ALL, MINE, CUSTOMERS, OVERDUE)
SIGNS = {TO_DO: "○", DOING: "◐", BLOCKED: "■", DONE: "●", NOT_NEEDED: "–"}
_MOST_INITIALS = 3


class ItemLine(NamedTuple):
    """An item as a line; dates are ISO, instants UTC seconds.

    `first` are the titles that come before it and are open; `slack_days` are the working days that it may slip before
    go-live does, from its due date or, once overdue, from today (None: no date, or settled); `minutes` are the hours
    logged on it;
    `waits_on` is the side that has to move: its own, or the one that holds it up.
    """

    id: int
    key: str
    part: str
    topic: str
    title: str
    state: str
    side: str
    owner: str
    person_id: int | None
    starts_on: str | None
    due_on: str | None
    pinned: int
    blocked_by: str
    blocked_since: int | None
    reason: str
    ended_at: int | None
    done_means: str
    evidence: int
    minutes: int
    version: int
    waits_on: str
    first: tuple[str, ...] = ()
    overdue: bool = False
    slack_days: int | None = None
    critical: bool = False

    @property
    def sign(self) -> str:
        """The state as a sign."""
        return SIGNS.get(self.state, "?")

    @property
    def initials(self) -> str:
        """Who has it, in a few letters; empty where nobody does."""
        if self.owner.isupper() and len(self.owner) <= _MOST_INITIALS:
            return self.owner
        return "".join(word[0] for word in self.owner.split()).upper()[:_MOST_INITIALS]


_SELECT = (
    "SELECT i.id, i.key, i.part, i.topic, i.title, i.state, i.side, i.owner, i.person_id, i.starts_on, i.due_on,"
    " i.pinned, i.blocked_by, i.blocked_since, i.reason, i.ended_at, i.done_means,"
    " (SELECT COUNT(*) FROM evidence e WHERE e.item_id = i.id),"
    f" (SELECT COALESCE(SUM(t.minutes), 0) FROM time_entry t WHERE t.item_id = i.id), i.version, {WAITS_ON}"
    " FROM onboarding_item i WHERE i.onboarding_id = ? ORDER BY i.position, i.id"
)


class Group(NamedTuple):
    """A topic with its items; `done` of `total` count what is needed, whatever the filter shows."""

    topic: str
    done: int
    total: int
    items: tuple[ItemLine, ...]


class Checklist(NamedTuple):
    """An onboarding's checklist; `problems` say in sentences what the plan cannot keep."""

    onboarding_id: int
    customer: str
    phase: str
    state: str
    starts_on: str
    go_live_on: str
    done: int
    total: int
    groups: tuple[Group, ...]
    problems: tuple[str, ...]


def checklist(onboarding_id: int, now: int, *, show: str = ALL, person_id: int | None = None) -> Checklist:
    """The checklist at an instant (UTC seconds); `show` is all, mine (of `person_id`), customer or overdue.

    NotFound where there is no such onboarding. A filter leaves settled items out, and the topics that it empties.
    """
    found = held(onboarding_id)
    lines, problems = _lines(found, now)
    groups: dict[str, list[ItemLine]] = {}
    for line in lines:
        groups.setdefault(line.topic, []).append(line)
    shown = [_group(topic, its, show, person_id) for topic, its in groups.items()]
    done, total = _counts(lines)
    return Checklist(
        found.id,
        found.customer,
        found.phase,
        found.state,
        found.starts_on,
        found.go_live_on,
        done,
        total,
        tuple(group for group in shown if group.items or show == ALL),
        problems,
    )


def _group(topic: str, lines: list[ItemLine], show: str, person_id: int | None) -> Group:
    done, total = _counts(lines)
    return Group(topic, done, total, tuple(line for line in lines if _is_shown(line, show, person_id)))


def _counts(lines: list[ItemLine]) -> tuple[int, int]:
    needed = [line for line in lines if line.state != NOT_NEEDED]
    return sum(line.state == DONE for line in needed), len(needed)


def _is_shown(line: ItemLine, show: str, person_id: int | None) -> bool:
    if show == ALL:
        return True
    if line.state in SETTLED:
        return False
    if show == MINE:
        return person_id is not None and line.person_id == person_id
    return CUSTOMER in (line.side, line.waits_on) if show == CUSTOMERS else line.overdue


def _lines(found: Held, now: int) -> tuple[list[ItemLine], tuple[str, ...]]:
    """Every item, with what the plan says of it."""
    stored = [ItemLine(*columns) for columns in rows(_SELECT, (found.id,))]
    needs = needs_of(found.id)
    open_titles = {line.id: line.title for line in stored if line.state not in SETTLED}
    planned = calculate(found, now)
    today = found.today(now)
    days = OpenDays(working_days_of(found, now), today)
    problems = planned.problems if found.phase != CONTINUOUS else ()
    return [
        _with_plan(line, needs.get(line.id, ()), open_titles, planned.items.get(line.id), today, days)
        for line in stored
    ], problems


def _with_plan(
    line: ItemLine,
    needs: tuple[int, ...],
    open_titles: dict[int, str],
    planned: Planned | None,
    today: date,
    days: OpenDays,
) -> ItemLine:
    if line.state in SETTLED:
        return line
    return line._replace(
        first=tuple(open_titles[need] for need in needs if need in open_titles),
        overdue=line.due_on is not None and line.due_on < today.isoformat(),
        slack_days=_left_of(planned, today, days) if planned else None,
        critical=bool(planned and planned.critical),
    )


def _left_of(planned: Planned, today: date, days: OpenDays) -> int | None:
    """The slack that is left on a day: what an item is overdue by has used some of it up."""
    if planned.due_on is None:
        return None
    used = days.on_or_before(today) - days.on_or_before(planned.due_on) if planned.due_on < today else 0
    return planned.slack_days - used
