"""What a status report is told from: rows as they are stored, without anything that is internal."""

from __future__ import annotations

from typing import NamedTuple

from models.reading import rows, scalar
from onboarding.standing import WAITS_BY, WAITS_ON
from onboarding.words import DONE

_WHO = "COALESCE(p.name, NULLIF(i.owner, ''), '')"
NEXT = 10
"""How many open items a report names as next."""


class Finished(NamedTuple):
    """An item that got done; `at` in UTC seconds, None where nobody noted when."""

    id: int
    title: str
    topic: str
    at: int | None


class Ahead(NamedTuple):
    """An open item, who has it and when it is due."""

    title: str
    side: str
    owner: str
    state: str
    due_on: str | None


class Waiting(NamedTuple):
    """An item that is blocked: on whom, and since when (UTC seconds)."""

    title: str
    side: str
    by: str
    since: int


class PhaseDates(NamedTuple):
    """A phase as planned."""

    phase: str
    starts_on: str
    ends_on: str
    ended_on: str | None


def last_report(onboarding_id: int) -> int | None:
    """When the last report was kept (UTC seconds); None where there is none."""
    found: int | None = scalar("SELECT MAX(at) FROM status_report WHERE onboarding_id = ?", (onboarding_id,))
    return found


def finished(onboarding_id: int, since: int | None, until: int) -> list[Finished]:
    """What got done after `since`, up to and with `until`, in that order; with None also what nobody noted when."""
    after = "(ended_at IS NULL OR ended_at <= ?)" if since is None else "ended_at > ? AND ended_at <= ?"
    return rows(
        f"SELECT id, title, topic, ended_at FROM onboarding_item WHERE onboarding_id = ? AND state = '{DONE}'"
        f" AND {after} ORDER BY COALESCE(ended_at, 0), id",
        (onboarding_id, until) if since is None else (onboarding_id, since, until),
        Finished,
    )


def ahead(onboarding_id: int) -> list[Ahead]:
    """The open items that nothing blocks: those begun first, then those due first."""
    return rows(
        f"SELECT i.title, i.side, {_WHO}, i.state, i.due_on FROM onboarding_item i"
        " LEFT JOIN person p ON p.id = i.person_id WHERE i.onboarding_id = ? AND i.state IN ('to do', 'doing')"
        " ORDER BY CASE i.state WHEN 'doing' THEN 0 ELSE 1 END, COALESCE(i.due_on, '9999-12-31'), i.position, i.id"
        " LIMIT ?",
        (onboarding_id, NEXT),
        Ahead,
    )


def waiting(onboarding_id: int) -> list[Waiting]:
    """What is blocked, the longest first."""
    return rows(
        f"SELECT i.title, {WAITS_ON}, {WAITS_BY}, i.blocked_since FROM onboarding_item i WHERE i.onboarding_id = ?"
        " AND i.state = 'blocked' AND i.blocked_since IS NOT NULL ORDER BY i.blocked_since, i.id",
        (onboarding_id,),
        Waiting,
    )


def phases(onboarding_id: int) -> list[PhaseDates]:
    """The phases in the order of their time."""
    return rows(
        "SELECT phase, starts_on, ends_on, ended_on FROM onboarding_phase WHERE onboarding_id = ?"
        " ORDER BY starts_on, id",
        (onboarding_id,),
        PhaseDates,
    )
