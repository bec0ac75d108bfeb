"""What a customer's subscription lets them have of an onboarding (annexes 2023-10-05 and 2023-11-15)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from contracts.current import catalogue
from contracts.errors import NotEntitled
from contracts.held import terms_at
from onboarding.template import annex_of

if TYPE_CHECKING:
    from contracts.effective import EffectiveTerms
    from contracts.schema import Onboarding

ENTERPRISE = "enterprise_features"


class Offer(NamedTuple):
    """The revision that speaks of a customer's onboarding, what it says, and their terms."""

    revision: str
    annex: Onboarding
    terms: EffectiveTerms


def offer(customer_id: int, customer: str, instant: int) -> Offer:
    """What a customer is offered at an instant (UTC seconds).

    Raises NotEntitled for one without a contract: who uses the open source version alone is at home in the community.
    """
    held = terms_at(customer_id, instant)
    if held is None:
        newest = catalogue().speaking_of("onboarding")[-1]
        raise NotEntitled(
            f"{customer} has no contract in force then, and onboarding comes with one. "
            f"{annex_of(newest).open_source_only} ({newest}, {annex_of(newest).section})"
        )
    revision = catalogue().governing("onboarding", held.terms.agreement.revision).revision
    return Offer(revision, annex_of(revision), held.terms)


def refuse_without_enterprise(offered: Offer) -> None:
    """Refuse an onboarding term without an Enterprise subscription; raises NotEntitled."""
    if _is_enterprise(offered.terms):
        return
    annex = offered.annex
    community = f" {annex.open_source_only}" if offered.terms.professional.value == "no" else ""
    raise NotEntitled(
        f"{offered.terms.plan_text} has no onboarding term: it is for an Enterprise subscription"
        f" ({offered.revision}, {annex.term.section}). Adopt an Enterprise plan first, or begin with a proof of value."
        f"{community}"
    )


def _is_enterprise(terms: EffectiveTerms) -> bool:
    """Whether the plan has the enterprise features.

    The annex of 2023-10-06 does not name them: there a plan whose hours are agreed one by one is taken for one.
    """
    if terms.enterprise_features.value == "yes":
        return True
    from contracts.terms import support_annex

    annex = support_annex(catalogue(), terms.agreement.revision)
    plans = {plan.id: plan for plan in annex.plans}
    plan = plans[terms.agreement.plan]
    silent = plan.enterprise_features is None and not terms.enterprise_features.clause
    return silent and plan.hours.kind == "bespoke"
