"""How the phases of an onboarding go: the outcome of a proof of value, a longer term, and the end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from models.access import require
from models.journal import Transaction, transaction
from models.onboardings import Onboarding, OnboardingPhase
from models.reading import one, rows
from models.words import LEAD
from onboarding import rules
from onboarding.errors import OnboardingRefused
from onboarding.lengths import LONGEST_PROOF_WEEKS, contract_end, refuse_past_contract
from onboarding.open_days import previous_open, working_days_of
from onboarding.rules import MANAGERS, Done, Held, held, running, said
from onboarding.words import CONTINUE, CONTINUOUS, ENDED, EXTEND, OUTCOMES, PROOF, STOP, STOPPED, TERM
from tickets.words import clean_line


class PhaseRow(NamedTuple):
    """A phase as planned and as it went; dates are ISO, `ended_on` None while it goes on, `at` UTC seconds."""

    id: int
    phase: str
    starts_on: str
    ends_on: str
    extended_days: int
    ended_on: str | None
    outcome: str
    reason: str
    person: str | None
    at: int | None


_SELECT = (
    "SELECT f.id, f.phase, f.starts_on, f.ends_on, f.extended_days, f.ended_on, f.outcome, f.reason, p.name, f.at"
    " FROM onboarding_phase f LEFT JOIN person p ON p.id = f.person_id"
)


def phases(onboarding_id: int) -> list[PhaseRow]:
    """The phases that have begun, in their order."""
    found = rows(f"{_SELECT} WHERE f.onboarding_id = ? ORDER BY f.starts_on, f.id", (onboarding_id,), PhaseRow)
    return found or [phase_of(held(onboarding_id))]


def phase_of(found: Held) -> PhaseRow:
    """The phase that an onboarding is in; where it came without one (`id` 0), its dates are the onboarding's own."""
    row = one(f"{_SELECT} WHERE f.onboarding_id = ? AND f.phase = ?", (found.id, found.phase), PhaseRow)
    return row or PhaseRow(0, found.phase, found.starts_on, found.go_live_on, 0, None, "", "", None, None)


def kept_phase(tx: Transaction, found: Held) -> PhaseRow:
    """The phase that an onboarding is in, as a row that can be changed."""
    row = phase_of(found)
    if row.id:
        return row
    dates = {"starts_on": row.starts_on, "ends_on": row.ends_on}
    return row._replace(id=tx.insert(OnboardingPhase, onboarding=found.id, phase=row.phase, **dates))


def decide(onboarding_id: int, outcome: str, actor: int, at: int, reason: str, days: int = 0) -> Done:
    """Record what a proof of value comes to, by a TAM or a lead with a reason: continue, extend or stop.

    It is extended once, by `days` of the calendar, and lasts a few weeks at most all the same; stopping ends the
    onboarding. Continuing opens the gate to the onboarding term, and does not pass it.
    """
    with transaction(actor, at, f"onboarding.{outcome}") as tx:
        person = require(actor, *MANAGERS)
        found = running(onboarding_id)
        if outcome not in OUTCOMES:
            raise OnboardingRefused(f"A proof of value continues, is extended or stops; {outcome!r} is none of these.")
        if found.phase != PROOF:
            raise OnboardingRefused(f"{found.customer} is in the {found.phase}; the proof of value is behind it.")
        row = kept_phase(tx, found)
        why = said(reason, "An outcome has a reason; say it in a line.")
        decided: dict[str, Any] = {"outcome": outcome, "reason": why, "person_id": actor, "at": at}
        if outcome == EXTEND:
            end = _extend_proof(tx, found, row, days, at)
            told = f"extended the proof of value of {found.customer} to {end}"
            decided |= {"ends_on": end.isoformat(), "extended_days": days}
        elif outcome == STOP:
            _end(tx, found, STOPPED, STOP, at)
            decided["ended_on"] = found.today(at).isoformat()
            told = f"stopped the onboarding of {found.customer} after the proof of value"
        else:
            told = f"decided that {found.customer} continues after the proof of value"
        tx.update(OnboardingPhase, row.id, **decided)
        tx.say(f"{person.name} {told}: {why}")
    return rules.done(tx, onboarding_id)


def extend_term(onboarding_id: int, ends_on: date, actor: int, at: int, reason: str) -> Done:
    """Let an onboarding term go on to a later date, as agreed; never past the contract. Go-live stays where it is."""
    with transaction(actor, at, "onboarding.extend_term") as tx:
        person = require(actor, *MANAGERS)
        found = running(onboarding_id)
        if found.phase != TERM:
            raise OnboardingRefused(f"{found.customer} is in the {found.phase}; only a term is extended so.")
        row = kept_phase(tx, found)
        why = said(reason, "An extension has a reason; say it in a line.")
        longer = (ends_on - date.fromisoformat(row.ends_on)).days
        if longer <= 0:
            raise OnboardingRefused(f"The onboarding term runs to {row.ends_on} already; choose a later day.")
        _refuse_past_contract(found, row, ends_on)
        tx.update(
            OnboardingPhase, row.id, ends_on=ends_on.isoformat(), extended_days=row.extended_days + longer, reason=why
        )
        tx.say(f"{person.name} extended the onboarding term of {found.customer} to {ends_on}: {why}")
    return rules.done(tx, onboarding_id)


def close(onboarding_id: int, actor: int, at: int, reason: str = "") -> Done:
    """End an onboarding: in continuous support a TAM or a lead does; before that only a lead, with a reason."""
    with transaction(actor, at, "onboarding.close") as tx:
        found = running(onboarding_id)
        over = found.phase == CONTINUOUS
        person = require(actor, *(MANAGERS if over else (LEAD,)))
        why = clean_line(reason) if over else said(reason, f"{found.customer} is not live yet; say why it ends.")
        _end(tx, found, ENDED, CONTINUE if over else STOP, at)
        today = found.today(at).isoformat()
        row = kept_phase(tx, found)
        tx.update(OnboardingPhase, row.id, ended_on=today, reason=why or row.reason, person_id=actor, at=at)
        tx.say(f"{person.name} closed the onboarding of {found.customer}{': ' + why if why else '.'}")
    return rules.done(tx, onboarding_id)


def _extend_proof(tx: Transaction, found: Held, row: PhaseRow, days: int, at: int) -> date:
    """The new end of a proof of value, and the go-live with it where that was its last day."""
    if row.extended_days:
        raise OnboardingRefused(
            f"The proof of value of {found.customer} was extended already, by {row.extended_days} days to"
            f" {row.ends_on}; continue or stop."
        )
    if days < 1:
        raise OnboardingRefused("Say by how many days the proof of value is extended: one or more.")
    last = date.fromisoformat(row.starts_on) + timedelta(weeks=LONGEST_PROOF_WEEKS, days=-1)
    end = date.fromisoformat(row.ends_on) + timedelta(days=days)
    if end > last:
        raise OnboardingRefused(
            f"A proof of value lasts {LONGEST_PROOF_WEEKS} weeks at most: this one can be extended to {last}, not to"
            f" {end}; decide by then whether to continue or to stop."
        )
    _refuse_past_contract(found, row, end)
    live = previous_open(end, working_days_of(found, at))
    if date.fromisoformat(found.go_live_on) < live:
        tx.update(Onboarding, found.id, go_live_on=live.isoformat())
    return end


def _refuse_past_contract(found: Held, row: PhaseRow, end: date) -> None:
    start = date.fromisoformat(row.starts_on)
    refuse_past_contract(found.customer, end, contract_end(found.customer_id, found.zone, start))


def _end(tx: Transaction, found: Held, state: str, outcome: str, at: int) -> None:
    tx.update(Onboarding, found.id, state=state, outcome=outcome, ended_at=at)
