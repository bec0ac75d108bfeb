"""The start of an onboarding: with a proof of value, or with the onboarding term."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from models.access import actor_by_id, require
from models.errors import NotFound
from models.journal import Transaction, transaction
from models.onboardings import Onboarding, OnboardingPhase
from models.reading import one, scalar
from onboarding.entitlement import Offer, offer, refuse_without_enterprise
from onboarding.errors import OnboardingRefused
from onboarding.filling import ONE_TO_ONE, fill, stretch
from onboarding.lengths import PROOF_WEEKS, contract_end, end_of, proof_end, refuse_past_contract, term_last_day
from onboarding.open_days import IsOpen, next_open, previous_open, working_days, working_days_of
from onboarding.rules import MANAGERS, WORKERS, held
from onboarding.schedule import replan
from onboarding.template import template
from onboarding.words import FROM_GO_LIVE, FROM_START, GO_LIVE_PART, PREREQUISITE, PROOF, TERM, TOPIC


class _Customer(NamedTuple):
    id: int
    name: str
    zone: str
    tam_id: int | None


class Dates(NamedTuple):
    """The days of a phase, and the go-live; all working days but `ends_on`, which is a day of the calendar."""

    starts_on: date
    ends_on: date
    go_live_on: date


def start(
    customer_id: int,
    actor: int,
    at: int,
    starts_on: date,
    *,
    phase: str = PROOF,
    weeks: int | None = None,
    months: int | None = None,
    go_live_on: date | None = None,
    owner: int | None = None,
) -> int:
    """Begin to bring a customer on board and answer the onboarding's id; a TAM or a lead does, at `at` (UTC seconds).

    With a go-live the dates are counted back from it, else forward from the start. Raises OnboardingRefused for a start
    or a go-live on a closed day, a go-live before the start, a phase that is too long or outlasts the contract, a
    second onboarding under way; NotEntitled where the customer's subscription has none.
    """
    with transaction(actor, at, "onboarding.start") as tx:
        person = require(actor, *MANAGERS)
        customer = _customer(customer_id)
        _refuse_second(customer)
        offered = offer(customer.id, customer.name, end_of(customer.zone, starts_on))
        dates = _dates(customer, phase, _phase_end(phase, offered, starts_on, weeks, months), starts_on, go_live_on)
        plan = FROM_GO_LIVE if go_live_on else FROM_START
        onboarding_id = _keep(tx, customer, phase, offered.revision, dates, plan, _owner(owner, customer, actor))
        began = held(onboarding_id)
        open_phase(tx, onboarding_id, phase, dates, working_days_of(began, at))
        replan(tx, began, at)
        tx.say(
            f"{person.name} started the {phase} of {customer.name}: {starts_on} to {dates.ends_on},"
            f" go-live on {dates.go_live_on}."
        )
    return onboarding_id


def _keep(tx: Transaction, customer: _Customer, phase: str, revision: str, dates: Dates, plan: str, owner: int) -> int:
    return tx.insert(
        Onboarding,
        customer=customer.id,
        phase=phase,
        revision=revision,
        starts_on=dates.starts_on.isoformat(),
        go_live_on=dates.go_live_on.isoformat(),
        owner=owner,
        plan=plan,
        template=template(revision).name,
    )


def preview(
    customer_id: int,
    starts_on: date,
    *,
    phase: str = PROOF,
    weeks: int | None = None,
    months: int | None = None,
    go_live_on: date | None = None,
) -> Dates:
    """The dates that `start` would give, or what it would refuse; nothing is written."""
    customer = _customer(customer_id)
    _refuse_second(customer)
    offered = offer(customer.id, customer.name, end_of(customer.zone, starts_on))
    return _dates(customer, phase, _phase_end(phase, offered, starts_on, weeks, months), starts_on, go_live_on)


def _dates(customer: _Customer, phase: str, ends_on: date, starts_on: date, go_live_on: date | None) -> Dates:
    """The dates of the first phase, where they and the contract agree."""
    is_open = working_days(customer.id, end_of(customer.zone, starts_on))
    dates = checked(customer.name, phase, Dates(starts_on, ends_on, go_live_on or ends_on), is_open, go_live_on)
    refuse_past_contract(customer.name, max(dates[1:]), contract_end(customer.id, customer.zone, starts_on))
    return dates


def open_phase(tx: Transaction, onboarding_id: int, phase: str, dates: Dates, is_open: IsOpen) -> None:
    """Add a phase and its part of the checklist: the prerequisites of a proof of value, or the topics and go-live."""
    tx.insert(
        OnboardingPhase,
        onboarding=onboarding_id,
        phase=phase,
        starts_on=dates.starts_on.isoformat(),
        ends_on=dates.ends_on.isoformat(),
    )
    checklist = template(held(onboarding_id).revision)
    if phase == PROOF:
        fill(tx, onboarding_id, checklist.of_parts(PREREQUISITE), ONE_TO_ONE)
    elif phase == TERM:
        by = stretch(checklist.span_days, dates.starts_on, dates.go_live_on, is_open)
        fill(tx, onboarding_id, checklist.of_parts(TOPIC, GO_LIVE_PART), by)


def checked(customer: str, phase: str, dates: Dates, is_open: IsOpen, asked: date | None) -> Dates:
    """The dates of a phase, where they can be: `asked` is the go-live that a person chose.

    Without one it is the last working day of the phase. A term's go-live lies in the term, a proof of value's after it.
    """
    start, end = dates.starts_on, dates.ends_on
    if not is_open(start):
        raise OnboardingRefused(f"{start} is not a working day for {customer}; start on {next_open(start, is_open)}.")
    if asked is None:
        return dates._replace(go_live_on=previous_open(end, is_open))
    if asked < start:
        raise OnboardingRefused(f"Go-live on {asked} is before the start on {start}; choose a later day.")
    if not is_open(asked):
        raise OnboardingRefused(
            f"{asked} is not a working day for {customer}; go live on {previous_open(asked, is_open)} or"
            f" {next_open(asked, is_open)}."
        )
    if phase == TERM and asked > end:
        raise OnboardingRefused(f"Go-live on {asked} is after the term ends on {end}; agree a longer term.")
    if phase == PROOF and asked < previous_open(end, is_open):
        raise OnboardingRefused(f"Go-live on {asked} is before the proof of value ends on {end}; choose a later day.")
    return dates._replace(go_live_on=asked)


def _phase_end(phase: str, offered: Offer, start: date, weeks: int | None, months: int | None) -> date:
    """The last day of the first phase; typical lengths are the annex's."""
    if phase == PROOF:
        if months is not None:
            raise OnboardingRefused("A proof of value is counted in weeks; say how many, or leave it at three.")
        return proof_end(
            start, weeks if weeks is not None else offered.annex.proof_of_value.typical_weeks or PROOF_WEEKS
        )
    if phase == TERM:
        refuse_without_enterprise(offered)
        return term_last_day(start, months if months is not None else offered.annex.term.typical_months, weeks)
    raise OnboardingRefused(f"An onboarding starts with a {PROOF} or with the {TERM}, not with {phase!r}.")


def _customer(customer_id: int) -> _Customer:
    found = one("SELECT id, name, zone, tam_id FROM customer WHERE id = ?", (customer_id,), _Customer)
    if found is None:
        raise NotFound(f"There is no customer {customer_id}.")
    return found


def _refuse_second(customer: _Customer) -> None:
    found = scalar("SELECT phase FROM onboarding WHERE customer_id = ? AND state = 'running'", (customer.id,))
    if found:
        raise OnboardingRefused(
            f"{customer.name} has an onboarding under way ({found}); go on with it, or close it before the next."
        )


def _owner(owner: int | None, customer: _Customer, actor: int) -> int:
    """Who looks after it: whom the caller names, else the customer's TAM, else who starts it."""
    found = owner or customer.tam_id or actor
    person = actor_by_id(found)
    if person.role not in WORKERS:
        raise OnboardingRefused(f"{person.name} may look but not change anything; name someone else.")
    return found
