"""What a lead answers for: promises kept and missed this month, and what they cost."""

from __future__ import annotations

from typing import NamedTuple

from models.reading import one, rows, scalar


class Promises(NamedTuple):
    """Clocks that ended since an instant, and days of credit that are owed and not yet decided."""

    met: int
    missed: int
    owed_days: int


class MissedClock(NamedTuple):
    """A clock that was missed; lateness in seconds, instants in UTC seconds."""

    ticket_id: int
    customer: str
    subject: str
    kind: str
    due_at: int
    stopped_at: int | None
    late_seconds: int
    credit_days: int
    owner: str | None


def promises(since: int) -> Promises:
    """How many clocks were met and missed since an instant (UTC seconds), and the days owed."""
    found = one(
        "SELECT COALESCE(SUM(CASE state WHEN 'met' THEN 1 ELSE 0 END), 0),"
        " COALESCE(SUM(CASE state WHEN 'missed' THEN 1 ELSE 0 END), 0) FROM clock WHERE stopped_at >= ?",
        (since,),
    )
    owed = scalar(
        "SELECT COALESCE(SUM(CASE WHEN entry IN ('owed', 'reversed') THEN days ELSE -days END), 0) FROM credit"
    )
    met, missed = found or (0, 0)
    return Promises(int(met), int(missed), int(owed))


def missed(now: int, limit: int = 200) -> list[MissedClock]:
    """Clocks that were missed, those that nobody has answered yet first, then the newest."""
    return rows(
        "SELECT t.id, c.name, t.subject, k.kind, k.due_at, k.stopped_at, k.late_seconds, k.credit_days, p.login"
        " FROM clock k JOIN ticket t ON t.id = k.ticket_id JOIN customer c ON c.id = t.customer_id"
        " LEFT JOIN person p ON p.id = t.owner_id WHERE k.state = 'missed' OR (k.state = 'running' AND k.due_at < ?)"
        f" ORDER BY k.stopped_at IS NOT NULL, k.due_at DESC LIMIT {int(limit)}",
        (now,),
        MissedClock,
    )
