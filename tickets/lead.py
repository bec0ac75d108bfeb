"""What a lead answers for: promises kept and missed this month, and what they cost."""

from __future__ import annotations

from typing import NamedTuple

from models.reading import rows, scalar
from models.words import MET, MISSED, RUNNING


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
    ended = dict(rows(ENDED, (since,)))
    owed = scalar(
        "SELECT COALESCE(SUM(CASE WHEN entry IN ('owed', 'reversed') THEN days ELSE -days END), 0) FROM credit"
    )
    return Promises(ended.get(MET, 0), ended.get(MISSED, 0), int(owed))


ENDED = "SELECT state, COUNT(*) FROM clock WHERE stopped_at >= ? GROUP BY state"


def missed(now: int, limit: int = 200) -> list[MissedClock]:
    """Clocks that were missed, those that nobody has answered yet first, then the newest."""
    unanswered = rows(UNANSWERED, (now, now, limit), MissedClock)
    left = limit - len(unanswered)
    return [*unanswered, *rows(ANSWERED_LATE, (left, left), MissedClock)]


_TOLD = (
    "SELECT t.id, c.name, t.subject, k.kind, k.due_at, k.stopped_at, k.late_seconds, k.credit_days, p.login FROM {}"
    " JOIN customer c ON c.id = t.customer_id LEFT JOIN person p ON p.id = t.owner_id {}"
    " ORDER BY k.due_at DESC, k.id LIMIT ?"
)
# A ticket whose clock is missed and unanswered is open, and stands in the lists by the due time that was missed.
UNANSWERED = _TOLD.format(
    "ticket t JOIN clock k ON k.ticket_id = t.id",
    f"WHERE t.is_open = 1 AND t.order_at < ? AND k.state = '{RUNNING}' AND k.due_at < ?",
)
# The newest are taken from the index first, so that the rest is read for these alone.
_NEWEST = f"(SELECT * FROM clock WHERE state = '{MISSED}' ORDER BY due_at DESC LIMIT ?)"
ANSWERED_LATE = _TOLD.format(f"{_NEWEST} k JOIN ticket t ON t.id = k.ticket_id", "")
