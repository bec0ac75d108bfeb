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
from onboarding.open_days import previous_open, working_days
from onboarding.rules import MANAGERS, Done, Held, running, said
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
    """The phases that have begun or are planned, in their order."""
    return rows(f"{_SELECT} WHERE f.onboarding_id = ? ORDER BY f.starts_on, f.id", (onboarding_id,), PhaseRow)


def phase_of(held: Held) -> PhaseRow:
    """The phase that an onboarding is in; OnboardingRefused where it came without one."""
    found = one(f"{_SELECT} WHERE f.onboarding_id = ? AND f.phase = ?", (held.id, held.phase), PhaseRow)
    if found is None:
        raise OnboardingRefused(f"The onboarding of {held.customer} has no dates for its {held.phase}; start it anew.")
    return found


def decide(onboarding_id: int, outcome: str, actor: int, at: int, reason: str, days: int = 0) -> Done:
    """Record what a proof of value comes to, by a TAM or a lead with a reason: continue, extend or stop.

    It is extended once, by `days` of the calendar, and lasts a few weeks at most all the same; stopping ends the
    onboarding. Continuing opens the gate to the onboarding term, and does not pass it.
    """
    with transaction(actor, at, f"onboarding.{outcome}") as tx:
        person = require(actor, *MANAGERS)
        held = running(onboarding_id)
        if outcome not in OUTCOMES:
            raise OnboardingRefused(f"A proof of value continues, is extended or stops; {outcome!r} is none of these.")
        if held.phase != PROOF:
            raise OnboardingRefused(f"{held.customer} is in the {held.phase}; the proof of value is behind it.")
        row = phase_of(held)
        why = said(reason, "An outcome has a reason; say it in a line.")
        decided: dict[str, Any] = {"outcome": outcome, "reason": why, "person_id": actor, "at": at}
        if outcome == EXTEND:
            end = _extend_proof(tx, held, row, days, at)
            told = f"extended the proof of value of {held.customer} to {end}"
            decided |= {"ends_on": end.isoformat(), "extended_days": days}
        elif outcome == STOP:
            _end(tx, held, STOPPED, STOP, at)
            decided["ended_on"] = held.today(at).isoformat()
            told = f"stopped the onboarding of {held.customer} after the proof of value"
        else:
            told = f"decided that {held.customer} continues after the proof of value"
        tx.update(OnboardingPhase, row.id, **decided)
        tx.say(f"{person.name} {told}: {why}")
    return rules.done(tx, onboarding_id)


def extend_term(onboarding_id: int, ends_on: date, actor: int, at: int, reason: str) -> Done:
    """Let an onboarding term go on to a later date, as agreed; never past the contract. Go-live stays where it is."""
    with transaction(actor, at, "onboarding.extend_term") as tx:
        person = require(actor, *MANAGERS)
        held = running(onboarding_id)
        if held.phase != TERM:
            raise OnboardingRefused(f"{held.customer} is in the {held.phase}; only an onboarding term is extended so.")
        row = phase_of(held)
        why = said(reason, "An extension has a reason; say it in a line.")
        longer = (ends_on - date.fromisoformat(row.ends_on)).days
        if longer <= 0:
            raise OnboardingRefused(f"The onboarding term runs to {row.ends_on} already; choose a later day.")
        _refuse_past_contract(held, row, ends_on)
        tx.update(
            OnboardingPhase, row.id, ends_on=ends_on.isoformat(), extended_days=row.extended_days + longer, reason=why
        )
        tx.say(f"{person.name} extended the onboarding term of {held.customer} to {ends_on}: {why}")
    return rules.done(tx, onboarding_id)


def close(onboarding_id: int, actor: int, at: int, reason: str = "") -> Done:
    """End an onboarding: in continuous support a TAM or a lead does; before that only a lead, with a reason."""
    with transaction(actor, at, "onboarding.close") as tx:
        held = running(onboarding_id)
        over = held.phase == CONTINUOUS
        person = require(actor, *(MANAGERS if over else (LEAD,)))
        why = clean_line(reason) if over else said(reason, f"{held.customer} is not live yet; say why it ends.")
        _end(tx, held, ENDED, CONTINUE if over else STOP, at)
        today = held.today(at).isoformat()
        for row in phases(onboarding_id):
            if row.phase == held.phase:
                tx.update(OnboardingPhase, row.id, ended_on=today, reason=why or row.reason, person_id=actor, at=at)
        tx.say(f"{person.name} closed the onboarding of {held.customer}{': ' + why if why else '.'}")
    return rules.done(tx, onboarding_id)


def _extend_proof(tx: Transaction, held: Held, row: PhaseRow, days: int, at: int) -> date:
    """The new end of a proof of value, and the go-live with it where that was its last day."""
    if row.extended_days:
        raise OnboardingRefused(
            f"The proof of value of {held.customer} was extended already, by {row.extended_days} days to {row.ends_on};"
            " continue or stop."
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
    _refuse_past_contract(held, row, end)
    live = previous_open(end, working_days(held.customer_id, at))
    if date.fromisoformat(held.go_live_on) < live:
        tx.update(Onboarding, held.id, go_live_on=live.isoformat())
    return end


def _refuse_past_contract(held: Held, row: PhaseRow, end: date) -> None:
    start = date.fromisoformat(row.starts_on)
    refuse_past_contract(held.customer, end, contract_end(held.customer_id, held.zone, start))


def _end(tx: Transaction, held: Held, state: str, outcome: str, at: int) -> None:
    tx.update(Onboarding, held.id, state=state, outcome=outcome, ended_at=at)
