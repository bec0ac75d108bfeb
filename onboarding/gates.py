"""The gates between the phases: what is still missing, and who may pass all the same."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import NamedTuple

from contracts.errors import NotEntitled
from models.access import Actor, require
from models.journal import Transaction, transaction
from models.onboardings import GatePassing, Onboarding, OnboardingPhase
from models.reading import rows, scalar
from models.words import LEAD
from onboarding import rules, sign_off
from onboarding.criteria import FEWEST, MOST, criteria
from onboarding.entitlement import offer, refuse_without_enterprise
from onboarding.errors import OnboardingRefused
from onboarding.lengths import contract_end, end_of, refuse_past_contract, term_last_day
from onboarding.open_days import next_open, working_days_of
from onboarding.phases import kept_phase, phase_of
from onboarding.rules import MANAGERS, Done, Held, held, running, said
from onboarding.schedule import replan
from onboarding.starting import Dates, checked, open_phase
from onboarding.words import (
    CONTINUE,
    CONTINUOUS,
    FROM_GO_LIVE,
    FROM_START,
    GATE_GO_LIVE,
    GATE_PROOF,
    GATE_TERM,
    GATES,
    GO_LIVE_PART,
    MET,
    NOT_MET,
    PREREQUISITE,
    PROOF,
    TERM,
    TOPIC,
)
from tickets.words import clean_line

_PHASE = {GATE_PROOF: PROOF, GATE_GO_LIVE: TERM, GATE_TERM: TERM}
"""The phase in which each gate stands."""


class Missing(NamedTuple):
    """What a gate still waits for, in a sentence; nobody may pass over it where it is `firm`."""

    sentence: str
    firm: bool


class GateRow(NamedTuple):
    """A gate that was passed: by whom, when (UTC seconds), over what and why."""

    gate: str
    person: str | None
    at: int
    missing: tuple[str, ...]
    reason: str


def passed(onboarding_id: int) -> list[GateRow]:
    """The gates behind an onboarding, the first one first."""
    found = rows(
        "SELECT g.gate, p.name, g.at, g.missing, g.reason FROM gate_passing g LEFT JOIN person p ON p.id = g.person_id"
        " WHERE g.onboarding_id = ? ORDER BY g.id",
        (onboarding_id,),
    )
    return [
        GateRow(gate, person, at, tuple(json.loads(missing)), reason) for gate, person, at, missing, reason in found
    ]


def missing(onboarding_id: int, gate: str, now: int) -> tuple[str, ...]:
    """What a gate still waits for at an instant (UTC seconds), in sentences; empty where it is open or passed."""
    return tuple(each.sentence for each in waiting_for(onboarding_id, gate, now))


def waiting_for(onboarding_id: int, gate: str, now: int) -> list[Missing]:
    """What a gate still waits for, and what of it nobody may pass over."""
    if gate not in GATES:
        raise OnboardingRefused(f"There is no gate {gate!r}; the gates are {', '.join(GATES)}.")
    if _is_passed(onboarding_id, gate):
        return []
    found = held(onboarding_id)
    if found.phase != _PHASE[gate]:
        return [Missing(f"{found.customer} is in the {found.phase}, not in the {_PHASE[gate]}.", True)]
    if gate == GATE_PROOF:
        return [*_entitled(found, now), *_open_items(found.id, PREREQUISITE), *_proof(found.id), *_outcome(found)]
    if gate == GATE_GO_LIVE:
        return [*_check_list(found.id), *_unsigned(found.id), *_open_items(found.id, TOPIC)]
    live = _is_passed(onboarding_id, GATE_GO_LIVE)
    not_live = [] if live else [Missing(f"{found.customer} has not gone live.", False)]
    return [*not_live, *_open_items(found.id, TOPIC)]


def pass_gate(
    onboarding_id: int,
    gate: str,
    actor: int,
    at: int,
    reason: str = "",
    *,
    starts_on: date | None = None,
    months: int | None = None,
    weeks: int | None = None,
    go_live_on: date | None = None,
) -> Done:
    """Pass a gate: a TAM or a lead where nothing is missing, else only a lead, with a reason.

    There is no go-live without its check-up and the word of both sides, whoever asks, and no onboarding term without an
    Enterprise subscription. Behind the proof of value the term begins, on the next working day unless told otherwise,
    for as long as told or as is typical.
    """
    with transaction(actor, at, "onboarding.gate") as tx:
        person = require(actor, *MANAGERS)
        found = running(onboarding_id)
        if _is_passed(onboarding_id, gate):
            raise OnboardingRefused(f"{found.customer} has passed the gate {gate!r} already; nothing changed.")
        open_points = waiting_for(onboarding_id, gate, at)
        why = _allowed(person, gate, open_points, reason)
        told = json.dumps([each.sentence for each in open_points], ensure_ascii=False)
        tx.insert(GatePassing, onboarding=found.id, gate=gate, person_id=actor, at=at, missing=told, reason=why)
        if gate == GATE_PROOF:
            _leave(tx, found, actor, at, why)
            _enter_term(tx, found, at, starts_on, (months, weeks), go_live_on)
        elif gate == GATE_TERM:
            _leave(tx, found, actor, at, why)
            _enter_continuous(tx, found, at)
        over = f" with {len(open_points)} open: {why}" if open_points else "."
        tx.say(f"{person.name} passed the gate {gate!r} for {found.customer}{over}")
    return rules.done(tx, onboarding_id)


def _allowed(person: Actor, gate: str, open_points: list[Missing], reason: str) -> str:
    """The reason for passing, where the person may; the first things that are missing where not."""
    firm = [each.sentence for each in open_points if each.firm]
    if firm:
        raise OnboardingRefused(f"The gate {gate!r} stays closed for everyone: {_shortly(firm)}")
    told = _shortly([each.sentence for each in open_points])
    if open_points and person.role != LEAD:
        raise OnboardingRefused(f"Something is missing, and only a lead passes over it, with a reason: {told}")
    if open_points:
        return said(reason, f"Say in a line why the gate is passed all the same: {told}")
    return clean_line(reason)


def _shortly(sentences: list[str], shown: int = 3) -> str:
    more = f" And {len(sentences) - shown} more." if len(sentences) > shown else ""
    return " ".join(sentences[:shown]) + more


def _leave(tx: Transaction, found: Held, actor: int, at: int, reason: str) -> None:
    """End the phase at hand today."""
    row = kept_phase(tx, found)
    today = found.today(at).isoformat()
    why = reason or row.reason
    tx.update(OnboardingPhase, row.id, ended_on=today, outcome=CONTINUE, reason=why, person_id=actor, at=at)


def _enter_term(
    tx: Transaction,
    found: Held,
    at: int,
    starts_on: date | None,
    length: tuple[int | None, int | None],
    go_live_on: date | None,
) -> None:
    """Begin the onboarding term, with its checklist and dates; a go-live that was agreed before still counts."""
    is_open = working_days_of(found, at)
    start = starts_on or next_open(found.today(at) + timedelta(days=1), is_open)
    months, weeks = length
    typical = offer(found.customer_id, found.customer, end_of(found.zone, start)).annex.term.typical_months
    end = term_last_day(start, months if months is not None else typical, weeks)
    asked = go_live_on or (date.fromisoformat(found.go_live_on) if found.plan == FROM_GO_LIVE else None)
    dates = checked(found.customer, TERM, Dates(start, end, asked or end), is_open, asked)
    refuse_past_contract(found.customer, end, contract_end(found.customer_id, found.zone, start))
    plan = FROM_GO_LIVE if asked else FROM_START
    tx.update(Onboarding, found.id, phase=TERM, go_live_on=dates.go_live_on.isoformat(), plan=plan)
    open_phase(tx, found.id, TERM, dates, is_open)
    replan(tx, held(found.id), at)


def _enter_continuous(tx: Transaction, found: Held, at: int) -> None:
    """Go over to continuous support, as long as the contract runs."""
    today = found.today(at)
    end = contract_end(found.customer_id, found.zone, today) or today
    tx.update(Onboarding, found.id, phase=CONTINUOUS)
    open_phase(tx, found.id, CONTINUOUS, Dates(today, max(end, today), today), working_days_of(found, at))


def _is_passed(onboarding_id: int, gate: str) -> bool:
    found = scalar("SELECT 1 FROM gate_passing WHERE onboarding_id = ? AND gate = ?", (onboarding_id, gate))
    return found is not None


def _entitled(found: Held, now: int) -> list[Missing]:
    """The term comes with an Enterprise subscription (2023-11-15, "Onboarding term")."""
    try:
        refuse_without_enterprise(offer(found.customer_id, found.customer, now))
    except NotEntitled as refused:
        return [Missing(str(refused), True)]
    return []


def _items(onboarding_id: int, part: str) -> list[tuple[str, str]]:
    return rows(
        "SELECT title, state FROM onboarding_item WHERE onboarding_id = ? AND part = ?"
        " AND state NOT IN ('done', 'not needed') ORDER BY position, id",
        (onboarding_id, part),
    )


def _open_items(onboarding_id: int, part: str, firm: bool = False) -> list[Missing]:
    return [Missing(f"{title} is open ({state}).", firm) for title, state in _items(onboarding_id, part)]


def _proof(onboarding_id: int) -> list[Missing]:
    """Three to five criteria, agreed, each with evidence and an outcome."""
    agreed = [each for each in criteria(onboarding_id) if each.agreed_at is not None]
    if not FEWEST <= len(agreed) <= MOST:
        return [Missing(f"{FEWEST} to {MOST} criteria have to be agreed first; {len(agreed)} are.", False)]
    found = [Missing(f"{each.what} has no evidence.", False) for each in agreed if not each.evidence]
    return found + [
        Missing(f"{each.what} has no outcome.", False) for each in agreed if each.state not in (MET, NOT_MET)
    ]


def _outcome(found: Held) -> list[Missing]:
    if phase_of(found).outcome == CONTINUE:
        return []
    return [Missing("Nobody has decided yet that the customer continues.", False)]


def _check_list(onboarding_id: int) -> list[Missing]:
    """The list before go-live; without one there was no check-up."""
    if scalar("SELECT 1 FROM onboarding_item WHERE onboarding_id = ? AND part = ?", (onboarding_id, GO_LIVE_PART)):
        return _open_items(onboarding_id, GO_LIVE_PART, firm=True)
    return [Missing("There is no list for the go-live check-up; take it from the template first.", True)]


def _unsigned(onboarding_id: int) -> list[Missing]:
    return [Missing(f"The {side} has not signed the go-live off.", True) for side in sign_off.missing(onboarding_id)]
