"""Every customer on the way to go-live in a line: progress beside time elapsed, and what holds it up, in words."""

from __future__ import annotations

from typing import NamedTuple

from models.reading import one, rows
from onboarding.health import AT_RISK, BLOCKED, LATE, ON_TRACK
from onboarding.standing import SELECT_HEAD, Head, Standing, standings
from onboarding.words import RUNNING

__all__ = ("AT_RISK", "BLOCKED", "LATE", "ON_TRACK", "OnboardingLine", "not_on_track", "portfolio")

PAGE = 200


class OnboardingLine(NamedTuple):
    """An onboarding; `progress` and `elapsed` are percent, dates local to the customer, `blocked_since` UTC seconds.

    `reason` is the most important of `reasons`. Where a person overrode the health, `computed` is what the desk found;
    else it is empty. `blocked_on` is who the item waits for that waits longest.
    """

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
    reasons: tuple[str, ...] = ()
    computed: str = ""
    next_title: str = ""
    blocked_since: int | None = None
    blocked_on: str = ""
    live: bool = False
    state: str = RUNNING
    customer_id: int = 0


def portfolio(
    now: int, after: int | None = None, limit: int = PAGE, state: str | None = RUNNING
) -> list[OnboardingLine]:
    """The onboardings of a state (None for all), the nearest go-live first, as things stand at `now` (UTC seconds).

    `after` is the id of the last line of the page above.
    """
    wanted, params = _wanted(after, state)
    heads = rows(f"{SELECT_HEAD}{wanted} ORDER BY o.go_live_on, o.id LIMIT ?", (*params, limit), Head)
    found = standings(heads, now)
    return [_line(head, found[head.id]) for head in heads]


def not_on_track(now: int) -> int:
    """How many of all onboardings under way are not on track."""
    count, last = 0, None
    while page := portfolio(now, last):
        count += sum(line.health != ON_TRACK for line in page)
        last = page[-1].id
    return count


def line_of(onboarding_id: int, now: int) -> OnboardingLine | None:
    """The line of one onboarding, whatever its state; None where there is none."""
    head = one(f"{SELECT_HEAD} WHERE o.id = ?", (onboarding_id,), Head)
    return _line(head, standings([head], now)[head.id]) if head else None


def _wanted(after: int | None, state: str | None) -> tuple[str, list[object]]:
    conditions: list[str] = []
    params: list[object] = []
    if state is not None:
        conditions.append("o.state = ?")
        params.append(state)
    if after is not None:
        at = one("SELECT go_live_on, id FROM onboarding WHERE id = ?", (after,))
        conditions.append("(o.go_live_on, o.id) > (?, ?)")
        params += at or ("", 0)
    return (f" WHERE {' AND '.join(conditions)}" if conditions else ""), params


def _line(head: Head, standing: Standing) -> OnboardingLine:
    health, due, blocked = standing.health, standing.next_due, standing.longest_blocked
    return OnboardingLine(
        head.id,
        head.customer,
        head.phase,
        head.owner,
        standing.done,
        len(standing.items),
        standing.facts.progress,
        standing.facts.elapsed,
        health.word,
        health.reasons[0],
        due.due_on if due else None,
        head.go_live_on,
        standing.facts.days_to_go_live,
        health.reasons,
        health.computed.word if health.override else "",
        due.title if due else "",
        blocked.blocked_since if blocked else None,
        (blocked.blocked_by or f"the {blocked.waits_on}") if blocked else "",
        standing.facts.live,
        head.state,
        head.customer_id,
    )
