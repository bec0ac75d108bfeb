"""Moving the start or the go-live of an onboarding: what would move is shown first, then done."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from models.access import require
from models.journal import Transaction, transaction
from models.onboardings import Onboarding, OnboardingPhase
from models.reading import rows
from onboarding import rules
from onboarding.errors import OnboardingRefused
from onboarding.lengths import contract_end, refuse_past_contract
from onboarding.open_days import IsOpen, next_open, working_days_of
from onboarding.phases import PhaseRow, kept_phase, phase_of, phases
from onboarding.planning import Plan
from onboarding.rules import MANAGERS, Done, Held, running
from onboarding.schedule import calculate, replan
from onboarding.starting import Dates, checked
from onboarding.words import CONTINUOUS, FROM_START, PROOF
from tickets.words import clean_line


class Moved(NamedTuple):
    """An item whose due date would move; None where it has no date."""

    item_id: int
    title: str
    was: date | None
    becomes: date | None


class Shift(NamedTuple):
    """What moving the start or the go-live would do: the new dates, the items that move, and what would not fit."""

    onboarding_id: int
    starts_on: date
    ends_on: date
    go_live_on: date
    moved: tuple[Moved, ...]
    problems: tuple[str, ...]


def shift(onboarding_id: int, at: int, *, start: date | None = None, go_live: date | None = None) -> Shift:
    """What a new start (of the phase that it is in) or a new go-live would move; nothing is written.

    Where dates count from the start, the end of the phase and go-live move along with it; else they stay. Raises
    OnboardingRefused for a closed day, a go-live before the start or after the term, an end past the contract.
    """
    held = running(onboarding_id)
    if (start is None) == (go_live is None):
        raise OnboardingRefused("Say which one moves: the start or the go-live.")
    dates = _new_dates(held, at, start, go_live)
    planned = calculate(held, at, dates.starts_on if start else None, dates.go_live_on)
    return Shift(onboarding_id, *dates, _moved(onboarding_id, planned), planned.problems)


def apply(
    onboarding_id: int, actor: int, at: int, *, start: date | None = None, go_live: date | None = None, reason: str = ""
) -> Done:
    """Move the start or the go-live, and every date that hangs on it; a TAM or a lead does. See `shift`."""
    with transaction(actor, at, "onboarding.shift") as tx:
        person = require(actor, *MANAGERS)
        planned = shift(onboarding_id, at, start=start, go_live=go_live)
        held = running(onboarding_id)
        _write(tx, held, planned, start is not None)
        replan(tx, running(onboarding_id), at)
        what = f"start of {held.customer} to {start}" if start else f"go-live of {held.customer} to {go_live}"
        why = clean_line(reason)
        count = len(planned.moved)
        told = f"{count} item{'' if count == 1 else 's'} moved along"
        tx.say(f"{person.name} moved the {what}, {told}{': ' + why if why else '.'}")
    return rules.done(tx, onboarding_id)


def _new_dates(held: Held, at: int, start: date | None, go_live: date | None) -> Dates:
    """The dates of the phase once moved, where they can be."""
    if held.phase == CONTINUOUS:
        raise OnboardingRefused(f"{held.customer} is in {CONTINUOUS}; there is no plan left to move.")
    row = phase_of(held)
    is_open = working_days_of(held, at)
    begins, ends = date.fromisoformat(row.starts_on), date.fromisoformat(row.ends_on)
    live = date.fromisoformat(held.go_live_on)
    if start is not None:
        _refuse_overlap(held, row, start)
        if held.plan == FROM_START or held.phase == PROOF:
            ends = start + (ends - begins)
        if held.plan == FROM_START:
            live = _along(live, (start - begins).days, is_open)
    dates = checked(held.customer, held.phase, Dates(start or begins, ends, live), is_open, go_live or live)
    refuse_past_contract(held.customer, max(dates[1:]), contract_end(held.customer_id, held.zone, dates.starts_on))
    return dates


def _along(day: date, days: int, is_open: IsOpen) -> date:
    return next_open(date.fromordinal(day.toordinal() + days), is_open)


def _refuse_overlap(held: Held, row: PhaseRow, start: date) -> None:
    """A phase begins after the one before it ended."""
    for before in phases(held.id):
        if before.id != row.id and before.ended_on and start.isoformat() < before.ended_on:
            raise OnboardingRefused(
                f"The {before.phase} went on to {before.ended_on}; the {row.phase} cannot start on {start} already."
            )


def _moved(onboarding_id: int, planned: Plan) -> tuple[Moved, ...]:
    found = []
    for item_id, title, due in rows(
        "SELECT id, title, due_on FROM onboarding_item WHERE onboarding_id = ? ORDER BY position, id", (onboarding_id,)
    ):
        was = date.fromisoformat(due) if due else None
        if item_id in planned.items and planned.items[item_id].due_on != was:
            found.append(Moved(item_id, title, was, planned.items[item_id].due_on))
    return tuple(found)


def _write(tx: Transaction, held: Held, planned: Shift, started: bool) -> None:
    """Keep the new dates of the onboarding and of the phase that it is in."""
    row = kept_phase(tx, held)
    first = len(phases(held.id)) == 1
    begins = {"starts_on": planned.starts_on.isoformat()} if started else {}
    tx.update(Onboarding, held.id, None, go_live_on=planned.go_live_on.isoformat(), **(begins if first else {}))
    tx.update(OnboardingPhase, row.id, None, ends_on=planned.ends_on.isoformat(), **begins)
