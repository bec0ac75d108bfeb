"""Whether a customer has technical account management on a day, and what says so."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from contracts.errors import ContractError
from models.errors import NotFound
from models.reading import scalar
from sla.wall import day_bounds
from tam.promises import HeldContract, Promise, promise

if TYPE_CHECKING:
    from contracts.effective import EffectiveTerms, Sourced

PLAN, ORDER, ONBOARDING, NONE, NO_CONTRACT = "plan", "order", "onboarding", "none", "no contract"


class Coverage(NamedTuple):
    """Whether time counts on a day: `source` is plan, order, onboarding, none or no contract, `reason` a sentence."""

    contract_id: int | None
    covered: bool
    source: str
    reason: str


def coverage(customer_id: int, day: date | str) -> Coverage:
    """What holds on a local day (ISO text or a date); NotFound where there is no such customer.

    An allowance kept for the contract is an agreement; so is an onboarding term, during which there is direct access
    by technical account management whatever the plan says (2023-11-15, "Onboarding term").
    """
    on = date.fromisoformat(day) if isinstance(day, str) else day
    held = promise(customer_id, day_bounds(_zone(customer_id), on.toordinal())[0])
    contract = held.contract_on(on)
    if contract is None:
        return Coverage(None, False, NO_CONTRACT, f"{held.customer} has no contract in force on {on.isoformat()}.")
    try:
        terms = _terms(held, contract, on)
    except (ContractError, NotFound) as error:
        return Coverage(contract.id, False, NONE, str(error))
    if terms.tam.value == "yes":
        source = ORDER if terms.tam.clause else PLAN
        return Coverage(contract.id, True, source, f"{terms.plan_text} has it: {terms.tam.source}.")
    return _beyond_the_plan(held, contract, on, terms)


def _beyond_the_plan(held: Promise, contract: HeldContract, on: date, terms: EffectiveTerms) -> Coverage:
    agreed = held.segment_on(on)
    if held.granted_on(on):
        reason = f"{held.customer} is in its onboarding term, which comes with technical account management."
        return Coverage(contract.id, True, ONBOARDING, reason)
    if agreed is not None:
        return Coverage(contract.id, True, ORDER, f"Hours were agreed with {held.customer}: {agreed.source}.")
    return Coverage(contract.id, False, NONE, _missing(terms.plan_text, terms.tam))


def _missing(plan: str, tam: Sourced[str]) -> str:
    if tam.value == "no":
        return f"{plan} has no technical account management ({tam.source}); offer a quote."
    return f"{plan} may have technical account management ({tam.source}), and no hours are agreed yet."


def _terms(held: Promise, contract: HeldContract, on: date) -> EffectiveTerms:
    """The terms on a day on which the contract is in force for some time at least."""
    from contracts.held import Holdings

    holdings = Holdings(held.customer_id)
    first, after = day_bounds(held.zone, on.toordinal())
    start = scalar("SELECT starts_at FROM contract WHERE id = ?", (contract.id,))
    found = holdings.at(max(first, min(start, after - 1)))
    if found is None:
        raise NotFound(f"{held.customer} has no contract in force on {on.isoformat()}.")
    return found.terms


def _zone(customer_id: int) -> str:
    zone: str | None = scalar("SELECT zone FROM customer WHERE id = ?", (customer_id,))
    if zone is None:
        raise NotFound("This customer is not there any more; look at the list again.")
    return zone
