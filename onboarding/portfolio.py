"""Every customer on the way to go-live in a line: progress beside time elapsed, and what holds it up, in words."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from models.reading import rows
from sla.wall import local_of

ON_TRACK, AT_RISK, BLOCKED = "on track", "at risk", "blocked"
DAY = 86_400
PATIENCE_DAYS = 2
"""Blocked on the customer for longer than this is said aloud."""
BEHIND_PERCENT = 15
"""Progress this far behind the time elapsed is at risk."""


class OnboardingLine(NamedTuple):
    """An onboarding; `progress` and `elapsed` are percent, dates local to the customer."""

    id: int
    customer: str
    phase: str
    owner: str | None
    done: int
    items: int
    progress: int
    elapsed: int
    health: str
    reason: str
    next_due: str | None
    go_live_on: str
    days_left: int


class _Held(NamedTuple):
    id: int
    customer: str
    zone: str
    phase: str
    owner: str | None
    starts_on: str
    go_live_on: str


class _Item(NamedTuple):
    title: str
    state: str
    side: str
    due_on: str | None
    blocked_since: int | None


def portfolio(now: int) -> list[OnboardingLine]:
    """The onboardings, the nearest go-live first, as things stand at an instant (UTC seconds)."""
    found = rows(
        "SELECT o.id, c.name, c.zone, o.phase, p.name, o.starts_on, o.go_live_on FROM onboarding o"
        " JOIN customer c ON c.id = o.customer_id LEFT JOIN person p ON p.id = o.owner_id ORDER BY o.go_live_on, o.id",
        (),
        _Held,
    )
    return [_line(held, now) for held in found]


def _line(held: _Held, now: int) -> OnboardingLine:
    today = local_of(held.zone, now).date()
    items = rows(
        "SELECT title, state, side, due_on, blocked_since FROM onboarding_item WHERE onboarding_id = ?"
        " ORDER BY due_on, id",
        (held.id,),
        _Item,
    )
    needed = [item for item in items if item.state != "not needed"]
    done = [item for item in needed if item.state == "done"]
    due = [item.due_on for item in needed if item.state != "done" and item.due_on]
    start, go_live = date.fromisoformat(held.starts_on), date.fromisoformat(held.go_live_on)
    elapsed = _percent((today - start).days, (go_live - start).days)
    progress = _percent(len(done), len(needed))
    health, reason = _health(needed, progress, elapsed, today, now)
    return OnboardingLine(
        held.id,
        held.customer,
        held.phase,
        held.owner,
        len(done),
        len(needed),
        progress,
        elapsed,
        health,
        reason,
        min(due, default=None),
        held.go_live_on,
        (go_live - today).days,
    )


def _health(items: list[_Item], progress: int, elapsed: int, today: date, now: int) -> tuple[str, str]:
    """The health in a word, and its reason in words."""
    blocked = [item for item in items if item.state == "blocked" and item.blocked_since is not None]
    if blocked:
        longest = min(blocked, key=lambda item: item.blocked_since or now)
        waited = now - (longest.blocked_since or now)
        if waited > PATIENCE_DAYS * DAY:
            return BLOCKED, f"{longest.title}: waiting for the {longest.side} for {_days_text(waited)}"
    late = [item for item in items if item.state != "done" and item.due_on and item.due_on < today.isoformat()]
    if elapsed - progress >= BEHIND_PERCENT:
        return AT_RISK, f"{progress} % done after {elapsed} % of the time"
    if late:
        return AT_RISK, f"{late[0].title}: due {late[0].due_on}"
    return ON_TRACK, f"{progress} % done after {elapsed} % of the time"


def _days_text(seconds: int) -> str:
    """Whole days, and the hours beside them while the days are few: "2 days 12 h", "4 days"."""
    days, hours = seconds // DAY, seconds % DAY // 3600
    return f"{days} days {hours} h" if days <= PATIENCE_DAYS and hours else f"{days} days"


def _percent(part: int, whole: int) -> int:
    return max(0, min(100, 100 * part // whole)) if whole > 0 else 0
