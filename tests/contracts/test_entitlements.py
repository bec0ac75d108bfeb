"""What a customer may not ask for is refused with the reason and a way out."""

import pytest

from contracts.agreement import Agreement, Order
from contracts.effective import EffectiveTerms
from contracts.entitlements import require
from contracts.errors import NotEntitled
from contracts.reader import Catalogue
from contracts.terms import resolve


def terms(catalogue: Catalogue, plan: str, revision: str = "2023-11-15", **order: object) -> EffectiveTerms:
    return resolve(catalogue, Agreement("Acme", plan, revision, order=Order.parse(order)))


def test_a_free_plan_is_pointed_to_the_community(catalogue: Catalogue) -> None:
    with pytest.raises(NotEntitled) as caught:
        require(terms(catalogue, "Free"), "professional")
    assert str(caught.value) == (
        "Acme's Free plan has no professional support (2023-11-15, Support in subscription plans); log it as community"
    )
    require(terms(catalogue, "Free"), "community")


def test_bespoke_and_optional_are_not_included_until_the_order_agrees_them(catalogue: Catalogue) -> None:
    with pytest.raises(NotEntitled, match="technical account management is bespoke in Acme's Enterprise Cloud plan"):
        require(terms(catalogue, "Enterprise Cloud"), "tam")
    require(terms(catalogue, "Enterprise Cloud", tam={"minutes": 60, "per": "week"}), "tam")
    assert terms(catalogue, "Custom", "2023-10-06").channel("phone").entitlement.value == "optional"
    assert terms(catalogue, "Custom", "2023-10-06", channels=["phone"]).channel("phone").entitlement.value == "yes"


def test_what_is_included_passes(catalogue: Catalogue) -> None:
    enterprise = terms(catalogue, "Enterprise Cloud")
    for feature in ("community", "professional", "enterprise_features"):
        require(enterprise, feature)
    for channel in ("ticket", "email", "chat", "phone", "community"):
        assert enterprise.channel(channel).entitlement.value == "yes"


def test_the_extended_option_replaces_the_features_of_an_enterprise_plan(catalogue: Catalogue) -> None:
    found = resolve(catalogue, Agreement("Acme", "Enterprise Cloud", "2023-11-15", "extended"))
    with pytest.raises(NotEntitled, match=r"Enterprise Cloud plan with Extended support has no enterprise supported"):
        require(found, "enterprise_features")
