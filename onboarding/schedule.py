"""The dates of an onboarding's checklist: worked out from what is stored, and written back."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from models.journal import Transaction
from models.reading import rows
from onboarding.open_days import working_days_of
from onboarding.planning import Plan, PlanItem, plan
from onboarding.rules import Held
from onboarding.words import DONE, NOT_NEEDED, PREREQUISITE, PROOF, TERM


class _Row(NamedTuple):
    id: int
    title: str
    part: str
    key: str
    state: str
    days: int
    anchor: str
    offset: int
    pinned: int
    starts_on: str | None
    due_on: str | None


def needs_of(onboarding_id: int) -> dict[int, tuple[int, ...]]:
    """What each item needs, by id; items without needs are left out."""
    found: dict[int, tuple[int, ...]] = {}
    for item_id, needed_id in rows(
        "SELECT n.item_id, n.needed_id FROM item_need n JOIN onboarding_item i ON i.id = n.item_id"
        " WHERE i.onboarding_id = ? ORDER BY n.id",
        (onboarding_id,),
    ):
        found[item_id] = (*found.get(item_id, ()), needed_id)
    return found


def calculate(held: Held, at: int, start: date | None = None, go_live: date | None = None) -> Plan:
    """The dates as they are to be, by the terms at an instant (UTC seconds); with another start or go-live if given.

    Raises OnboardingRefused for needs in a circle.
    """
    begins = phase_starts(held.id)
    counted_from = start or date.fromisoformat(begins.get(TERM) or held.starts_on)
    proof = date.fromisoformat(begins.get(PROOF) or held.starts_on)
    if start is not None and TERM not in begins:
        proof = start
    needs = needs_of(held.id)
    # An onboarding that came without a template keeps the dates that it came with, whatever they are: nothing else says
    # when.
    found = [
        _plan_item(row, needs.get(row.id, ()), proof if row.part == PREREQUISITE else None, not held.template)
        for row in _rows(held.id)
    ]
    end = go_live or date.fromisoformat(held.go_live_on)
    planned = plan(found, counted_from, end, held.plan, working_days_of(held, at))
    return planned if held.template else planned._replace(problems=())


def replan(tx: Transaction, held: Held, at: int) -> Plan:
    """Write the dates that the checklist is to have; nothing is written where they are so already."""
    from models.onboardings import OnboardingItem

    planned = calculate(held, at)
    for item_id, dates in planned.items.items():
        tx.update(OnboardingItem, item_id, starts_on=_iso(dates.starts_on), due_on=_iso(dates.due_on))
    return planned


def phase_starts(onboarding_id: int) -> dict[str, str]:
    """When each phase begins, as an ISO date, by the phase's name."""
    return dict(rows("SELECT phase, starts_on FROM onboarding_phase WHERE onboarding_id = ?", (onboarding_id,)))


def _rows(onboarding_id: int) -> list[_Row]:
    return rows(
        "SELECT id, title, part, key, state, days, anchor, offset_days, pinned, starts_on, due_on FROM onboarding_item"
        " WHERE onboarding_id = ? AND state <> ? ORDER BY position, id",
        (onboarding_id, NOT_NEEDED),
        _Row,
    )


def _plan_item(row: _Row, needs: tuple[int, ...], begins: date | None, keeps: bool) -> PlanItem:
    due = date.fromisoformat(row.due_on) if row.due_on else None
    starts = date.fromisoformat(row.starts_on) if row.starts_on else None
    pinned = bool(row.pinned) or (keeps and not row.key and due is not None)
    return PlanItem(
        row.id, row.title, row.days, row.anchor, row.offset, needs, pinned, row.state == DONE, starts, due, begins
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
