"""Clocks as they stand in the database, and what they are counted by; reading them needs no table of the desk."""

from __future__ import annotations

import json
from functools import lru_cache

from models.reading import one, rows
from sla.calendar import calendar_of
from sla.clock import Policy
from sla.hours import SupportHours
from tickets.records import Basis, ClockRow

YEAR = 366 * 86_400
CLOCK_COLUMNS = (
    "id, kind, state, severity, objective_minutes, basis_id, plan, revision, section,"
    " received_at, started_at, due_at, stopped_at, late_seconds, credit_days"
)


@lru_cache(maxsize=256)
def basis_of(hours_json: str, policy_json: str) -> Basis:
    """Lay out kept hours and policy."""
    return Basis(calendar_of(SupportHours.parse(json.loads(hours_json))), Policy.parse(json.loads(policy_json)))


def basis(row_id: int) -> Basis:
    """The hours and policy of a clock."""
    found = one("SELECT hours, policy FROM basis WHERE id = ?", (row_id,))
    if found is None:
        raise LookupError(f"clock basis {row_id} is missing; run tamdesk db check")
    return basis_of(*found)


def bases(ids: set[int] | frozenset[int], now: int) -> dict[int, Basis]:
    """Hours and policies by id, laid out a year around now so that a screen never has to read a holiday table."""
    found = {row_id: basis(row_id) for row_id in ids}
    for held in found.values():
        held.calendar.prepare(now - YEAR, now + YEAR)
    return found


def clocks(ticket_id: int) -> list[ClockRow]:
    """All clocks of a ticket, oldest first."""
    return rows(f"SELECT {CLOCK_COLUMNS} FROM clock WHERE ticket_id = ? ORDER BY id", (ticket_id,), ClockRow)
