"""What a customer may ask for: refused with the reason and what is possible instead."""

from contracts.effective import EffectiveTerms, Sourced
from contracts.errors import NotEntitled

NAMES = {
    "community": "community support",
    "professional": "professional support",
    "enterprise_features": "enterprise supported features",
    "tam": "technical account management",
}
"""Features by their catalogue key, as people call them."""


def require(terms: EffectiveTerms, feature: str) -> None:
    """Refuse a feature that is not included; raises NotEntitled.

    "bespoke" and "optional" are not included until the order agrees them.
    """
    said: Sourced[str] = getattr(terms, feature)
    if said.value != "yes":
        raise NotEntitled(_refusal(terms, NAMES[feature], said, "; log it as community" if _community(terms) else ""))


def _community(terms: EffectiveTerms) -> bool:
    """Say whether nothing but the community is left to ask."""
    return terms.professional.value == "no" and terms.community.value == "yes"


def _refusal(terms: EffectiveTerms, what: str, said: Sourced[str], instead: str) -> str:
    """Word the refusal: who, what, why, where it is stated, what else."""
    if said.value == "no":
        return f"{terms.plan_text} has no {what} ({said.source}){instead}"
    return f"{what} is {said.value} in {terms.plan_text} and the order does not agree it ({said.source}){instead}"
