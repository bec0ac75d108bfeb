"""How onboardings stand: what health, lists and reports are told from, read for many of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from models.reading import rows
from onboarding.health import Block, Facts, Overdue, Override, Shown, judge, shown
from onboarding.words import BLOCKED, DONE, GATE_GO_LIVE, NOT_NEEDED, PROOF
from sla.wall import local_of

Found = TypeVar("Found")


class Head(NamedTuple):
    """An onboarding by itself; local dates, in the customer's zone."""

    id: int
    customer_id: int
    customer: str
    zone: str
    phase: str
    owner: str | None
    starts_on: str
    go_live_on: str
    state: str
    health: str
    health_reason: str
    health_until: str


class ItemState(NamedTuple):
    """An item that is needed; `waiting` is how many unfinished items need it first.

    Where it is blocked, `waits_on` is the side that holds it up, and `blocked_by` who that is by name, or empty.
    """

    onboarding_id: int
    id: int
    title: str
    state: str
    side: str
    due_on: str | None
    blocked_since: int | None
    waits_on: str
    blocked_by: str
    waiting: int


class Standing(NamedTuple):
    """How an onboarding stands at an instant; `items` are those needed."""

    items: tuple[ItemState, ...]
    done: int
    facts: Facts
    health: Shown

    @property
    def next_due(self) -> ItemState | None:
        """The unfinished item that is due first."""
        dated = [item for item in self.items if item.state != DONE and item.due_on]
        return min(dated, key=lambda item: (item.due_on or "", item.id), default=None)

    @property
    def longest_blocked(self) -> ItemState | None:
        """The item that has waited longest."""
        blocked = [item for item in self.items if item.state == BLOCKED and item.blocked_since is not None]
        return min(blocked, key=lambda item: (item.blocked_since or 0, item.id), default=None)


SELECT_HEAD = (
    "SELECT o.id, c.id, c.name, c.zone, o.phase, p.name, o.starts_on, o.go_live_on, o.state, o.health,"
    " o.health_reason, COALESCE(o.health_until, '') FROM onboarding o JOIN customer c ON c.id = o.customer_id"
    " LEFT JOIN person p ON p.id = o.owner_id"
)
WAITS_ON = (
    "CASE WHEN LOWER(i.blocked_by) IN ('vendor', 'customer') THEN LOWER(i.blocked_by)"
    " WHEN EXISTS (SELECT 1 FROM onboarding o JOIN customer c ON c.id = o.customer_id LEFT JOIN contact k"
    " ON k.customer_id = c.id WHERE o.id = i.onboarding_id AND i.blocked_by IN (c.name, k.name)) THEN 'customer'"
    " WHEN EXISTS (SELECT 1 FROM person p WHERE p.name = i.blocked_by) THEN 'vendor' ELSE i.side END"
)
"""The side that holds item `i` up: the one that is named, else that of who is named, else the item's own."""
WAITS_BY = "CASE WHEN LOWER(i.blocked_by) IN ('vendor', 'customer') THEN '' ELSE i.blocked_by END"
"""Who that is by name; empty where only the side is named."""
_UNFINISHED = f"state NOT IN ('{DONE}', '{NOT_NEEDED}')"


def standings(heads: Sequence[Head], now: int) -> dict[int, Standing]:
    """How each of these onboardings stands, by id; a handful of statements however many they are."""
    if not heads:
        return {}
    among = f"IN ({', '.join('?' * len(heads))})"
    ids = [head.id for head in heads]
    items = _grouped((item.onboarding_id, item) for item in _items(among, ids))
    missed_sql = (
        f"SELECT onboarding_id, title FROM session WHERE onboarding_id {among} AND state = 'missed' ORDER BY at"
    )
    missed = _grouped((each, str(title)) for each, title in rows(missed_sql, ids))
    unproven_sql = (
        f"SELECT onboarding_id, COUNT(*) FROM criterion WHERE onboarding_id {among}"
        " AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.criterion_id = criterion.id) GROUP BY onboarding_id"
    )
    unproven: dict[int, int] = dict(rows(unproven_sql, ids))
    phase_sql = "SELECT onboarding_id, starts_on, ends_on FROM onboarding_phase"
    proof_sql = f"{phase_sql} WHERE onboarding_id {among} AND phase = ?"
    proof = {each: (start, end) for each, start, end in rows(proof_sql, (*ids, PROOF))}
    live_sql = f"SELECT onboarding_id FROM gate_passing WHERE onboarding_id {among} AND gate = ?"
    live = {each for (each,) in rows(live_sql, (*ids, GATE_GO_LIVE))}
    return {
        head.id: _standing(
            head,
            now,
            items.get(head.id, ()),
            live=head.id in live,
            missed=missed.get(head.id, ()),
            unproven=unproven.get(head.id, 0),
            proof=proof.get(head.id, (head.starts_on, head.go_live_on)),
        )
        for head in heads
    }


def progress(states: Iterable[str]) -> int:
    """How much of what is needed is done, in percent; it never falls when an item gets done."""
    needed = [state for state in states if state != NOT_NEEDED]
    return percent(needed.count(DONE), len(needed))


def percent(part: int, whole: int) -> int:
    """A share in whole percent, 0 to 100; 0 of nothing."""
    return max(0, min(100, 100 * part // whole)) if whole > 0 else 0


def elapsed(starts_on: str, ends_on: str, today: date) -> int:
    """How much of the time between two local dates is gone, in percent."""
    start, end = date.fromisoformat(starts_on), date.fromisoformat(ends_on)
    return percent((today - start).days, (end - start).days)


def _items(among: str, ids: Sequence[int]) -> list[ItemState]:
    return rows(
        "SELECT i.onboarding_id, i.id, i.title, i.state, i.side, i.due_on, i.blocked_since,"
        f" {WAITS_ON}, {WAITS_BY}, COALESCE(w.waiting, 0) FROM onboarding_item i"
        " LEFT JOIN (SELECT n.needed_id, COUNT(*) AS waiting"
        f" FROM item_need n JOIN onboarding_item d ON d.id = n.item_id WHERE d.onboarding_id {among}"
        f" AND d.{_UNFINISHED} GROUP BY n.needed_id) w ON w.needed_id = i.id"
        f" WHERE i.onboarding_id {among} AND i.state <> '{NOT_NEEDED}' ORDER BY i.position, i.id",
        (*ids, *ids),
        ItemState,
    )


def _grouped(found: Iterable[tuple[int, Found]]) -> dict[int, tuple[Found, ...]]:
    groups: dict[int, tuple[Found, ...]] = {}
    for onboarding_id, each in found:
        groups[onboarding_id] = (*groups.get(onboarding_id, ()), each)
    return groups


def _standing(
    head: Head,
    now: int,
    items: tuple[ItemState, ...],
    *,
    live: bool,
    missed: tuple[str, ...],
    unproven: int,
    proof: tuple[str, str],
) -> Standing:
    today = local_of(head.zone, now).date()
    facts = Facts(
        progress=progress(item.state for item in items),
        elapsed=elapsed(head.starts_on, head.go_live_on, today),
        days_to_go_live=(date.fromisoformat(head.go_live_on) - today).days,
        live=live,
        blocked=tuple(
            Block(item.title, item.waits_on, item.blocked_by, now - item.blocked_since)
            for item in items
            if item.state == BLOCKED and item.blocked_since is not None
        ),
        missed_sessions=missed,
        overdue=tuple(
            Overdue(item.title, item.due_on, item.waiting)
            for item in items
            if item.state != DONE and item.due_on and item.due_on < today.isoformat()
        ),
        unproven=unproven,
        proof_elapsed=elapsed(*proof, today) if head.phase == PROOF else None,
        days_to_proof_end=(date.fromisoformat(proof[1]) - today).days if head.phase == PROOF else None,
        too_late=tuple(
            item.title for item in items if item.state != DONE and item.due_on and item.due_on > head.go_live_on
        ),
    )
    override = Override(head.health, head.health_reason, head.health_until) if head.health else None
    health = shown(judge(facts), override, today)
    done = sum(item.state == DONE for item in items)
    return Standing(items, done, facts, health)
