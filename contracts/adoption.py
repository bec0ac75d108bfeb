"""Adopting an annex revision: the one way in which a contract comes to follow another one, from a date on.

A ticket is judged by the terms at its receipt (design section 4), so an adoption holds for what is received from its
date on, and is refused where a ticket was received since: what was promised there stays promised.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from contracts.current import catalogue
from contracts.describe import describe
from contracts.effective import EffectiveTerms
from contracts.errors import ContractError, UnknownPlan
from contracts.held import Adopted, Holdings
from contracts.terms import support_annex
from models.access import require
from models.agreements import Adoption
from models.errors import DomainError, NotFound
from models.journal import transaction
from models.people import LEAD
from models.reading import one, scalar
from sla.wall import day_bounds, local_of


class AdoptionRefused(DomainError):
    """The contract cannot follow that from then on; the message says why and what is possible."""


class Change(NamedTuple):
    """A line of the terms that an adoption changes; None where there is no such line before, or after."""

    label: str
    before: str | None
    after: str | None


class Adopting(NamedTuple):
    """An adoption as it would be, or as it was made: from `effective_at` (UTC seconds), and what differs then."""

    customer_id: int
    customer: str
    zone: str
    adopted: Adopted
    terms: EffectiveTerms
    changes: list[Change]
    sentence: str
    operation_id: int | None


def preview(
    customer_id: int, revision: str, effective_at: int, plan: str | None = None, support_option: str | None = None
) -> Adopting:
    """What adopting a revision would change; raises what `adopt` raises, and writes nothing.

    Naming a plan without an option means without an option; naming neither leaves both as they are.
    """
    customer = one("SELECT name, zone FROM customer WHERE id = ?", (customer_id,))
    if customer is None:
        raise NotFound(f"There is no customer {customer_id}.")
    name, zone = customer
    day = _day(zone, effective_at)
    holdings = Holdings(customer_id)
    contract_id = holdings.contract_at(effective_at)
    if contract_id is None:
        raise AdoptionRefused(
            f"{name} has no contract in force on {day}; adopt the revision from a day on which it has."
        )
    _refuse_what_was_promised(customer_id, name, zone, effective_at)
    if support_option is not None and plan is None:
        raise AdoptionRefused(f"Name the plan as well: {name} gets the option {support_option!r} together with a plan.")
    named = _named(name, revision, plan, support_option)
    adopted = Adopted(contract_id, revision, effective_at, *named)
    before, after = _before(holdings, effective_at), _after(holdings, adopted)
    changes = compare(before, after)
    if not changes:
        raise AdoptionRefused(f"{name} follows {revision} on {day} already; nothing would change.")
    sentence = f"{after.plan_text} follows {revision} from {day} on."
    return Adopting(customer_id, name, zone, adopted, after, changes, sentence, None)


def start_of(customer_id: int, day: date) -> int:
    """The first instant of a date where the customer is."""
    zone = scalar("SELECT zone FROM customer WHERE id = ?", (customer_id,))
    if zone is None:
        raise NotFound(f"There is no customer {customer_id}.")
    return day_bounds(zone, day.toordinal())[0]


def adopt(
    customer_id: int,
    revision: str,
    effective_at: int,
    actor: int,
    at: int,
    plan: str | None = None,
    support_option: str | None = None,
) -> Adopting:
    """Have the contract in force at `effective_at` follow a revision from then on; leads only.

    Raises UnknownRevision, UnknownPlan (naming the plans that there are) or InvalidOrder where the terms would not
    hold, AdoptionRefused where a ticket was received since or nothing would change, NotAllowed for others than leads.
    """
    with transaction(actor, at, "contract.adopt") as tx:
        lead = require(actor, LEAD)
        planned = preview(customer_id, revision, effective_at, plan, support_option)
        tx.insert(Adoption, **planned.adopted._asdict(), person_id=actor)
        tx.say(f"{lead.name} had {planned.customer} adopt {revision}: {planned.sentence}")
    return planned._replace(sentence=tx.sentence, operation_id=tx.operation_id)


def compare(before: EffectiveTerms | None, after: EffectiveTerms) -> list[Change]:
    """The lines of the terms that differ, in the order in which terms are told."""
    old = {line.label: line.value for line in describe(before)} if before else {}
    new = {line.label: line.value for line in describe(after)}
    labels = [*new, *(label for label in old if label not in new)]
    return [Change(label, old.get(label), new.get(label)) for label in labels if old.get(label) != new.get(label)]


def _refuse_what_was_promised(customer_id: int, name: str, zone: str, effective_at: int) -> None:
    newest = one(
        "SELECT id, received_at FROM ticket WHERE customer_id = ? AND received_at >= ?"
        " ORDER BY received_at DESC LIMIT 1",
        (customer_id, effective_at),
    )
    if newest is not None:
        raise AdoptionRefused(
            f"#{newest[0]} of {name} was received on {_day(zone, newest[1])} and is judged by the terms of then; "
            "adopt the revision from a later day."
        )


def _named(name: str, revision: str, plan: str | None, option: str | None) -> tuple[str | None, str | None]:
    """Plan and option as the catalogue keys them."""
    if plan is None:
        return None, None
    annex = support_annex(catalogue(), revision)
    keys = {word.casefold(): each.id for each in (*annex.plans, *annex.options) for word in (each.id, each.name)}
    return keys.get(plan.casefold(), plan), keys.get(option.casefold(), option) if option else None


def _before(holdings: Holdings, instant: int) -> EffectiveTerms | None:
    """The terms without the adoption; None where they do not hold, which an adoption can mend."""
    try:
        held = holdings.at(instant)
    except (ContractError, NotFound):
        return None
    return held.terms if held else None


def _after(holdings: Holdings, adopted: Adopted) -> EffectiveTerms:
    """The terms with the adoption; those of every later adoption have to hold as well."""
    following = holdings.following(adopted)
    held = _checked(following, adopted.effective_at, adopted.revision)
    for later in following.later(adopted.contract_id, adopted.effective_at):
        _checked(following, later.effective_at, later.revision)
    return held


def _checked(holdings: Holdings, instant: int, revision: str) -> EffectiveTerms:
    try:
        held = holdings.at(instant)
    except UnknownPlan as error:
        annex = support_annex(catalogue(), revision)
        plans, options = (", ".join(each.name for each in there) for there in (annex.plans, annex.options))
        offered = f"plans of {revision}: {plans}; options: {options or 'none'}"
        raise UnknownPlan(f"{error}. Name another plan to adopt it with ({offered}).") from error
    if held is None:
        raise LookupError(f"no contract is in force at {instant}")
    return held.terms


def _day(zone: str, instant: int) -> str:
    return local_of(zone, instant).date().isoformat()
