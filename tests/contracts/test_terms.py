"""What holds for a customer: every plan, option and severity, and what the order overrides."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.agreement import Agreement, Order
from contracts.effective import EffectiveTerms
from contracts.errors import InvalidOrder, UnknownPlan, UnknownRevision
from contracts.reader import BUILT_IN as BUILT_IN_FILES
from contracts.reader import Catalogue, load
from contracts.terms import resolve
from contracts.words import SEVERITIES
from models.errors import DomainError
from sla.clock import Objective, Policy
from sla.hours import ALWAYS, BUSINESS, EXTENDED, SupportHours

OCTOBER, NOVEMBER = "2023-10-06", "2023-11-15"
NONE, EFFORT, BESPOKE = Objective("none"), Objective("best_effort"), Objective("bespoke")


def hours(amount: int) -> Objective:
    return Objective("duration", amount * 60)


CUSTOM = (BESPOKE, hours(2), hours(12), hours(24))
EXTENDED_SLA = (hours(1), hours(2), hours(12), hours(24))
PROMISES = [
    (NOVEMBER, "Free", None, BUSINESS, (NONE, NONE, NONE, NONE)),
    (NOVEMBER, "Free", "extended", EXTENDED, EXTENDED_SLA),
    (NOVEMBER, "Production", None, BUSINESS, (hours(48), EFFORT, EFFORT, EFFORT)),
    (NOVEMBER, "Production", "extended", EXTENDED, EXTENDED_SLA),
    (NOVEMBER, "Enterprise Cloud", None, BUSINESS, CUSTOM),
    (NOVEMBER, "Enterprise Cloud", "extended", EXTENDED, EXTENDED_SLA),
    (NOVEMBER, "Enterprise self-hosted", None, BUSINESS, CUSTOM),
    (OCTOBER, "Default", None, BUSINESS, (EFFORT, EFFORT, EFFORT, EFFORT)),
    (OCTOBER, "Extended SLA", None, BUSINESS, EXTENDED_SLA),
    (OCTOBER, "Custom", None, BUSINESS, CUSTOM),
    (OCTOBER, "Self-hosting", None, BUSINESS, CUSTOM),
]
FEATURES = [
    (NOVEMBER, "Free", None, ("yes", "no", "no", "no")),
    (NOVEMBER, "Free", "extended", ("yes", "yes", "no", "no")),
    (NOVEMBER, "Production", None, ("yes", "yes", "no", "no")),
    (NOVEMBER, "Production", "extended", ("yes", "yes", "no", "no")),
    (NOVEMBER, "Enterprise Cloud", None, ("yes", "yes", "yes", "bespoke")),
    (NOVEMBER, "Enterprise Cloud", "extended", ("yes", "yes", "no", "no")),
    (NOVEMBER, "Enterprise self-hosted", None, ("yes", "yes", "yes", "bespoke")),
    (OCTOBER, "Default", None, ("yes", "yes", "bespoke", "optional")),
    (OCTOBER, "Self-hosting", None, ("yes", "yes", "bespoke", "optional")),
]


def agreement(plan: str, revision: str = NOVEMBER, option: str | None = None, **order: Any) -> Agreement:
    deployment = "self-hosted" if "self" in plan.casefold() else "cloud"
    return Agreement("Acme", plan, revision, option, deployment, order=Order.parse(order))


def terms(catalogue: Catalogue, plan: str, revision: str = NOVEMBER, **order: Any) -> EffectiveTerms:
    return resolve(catalogue, agreement(plan, revision, **order))


def objectives(found: EffectiveTerms) -> tuple[Objective, ...]:
    return tuple(severity.objective.value for severity in found.severities)


@pytest.mark.parametrize(("revision", "plan", "option", "open_hours", "promised"), PROMISES)
@pytest.mark.parametrize("severity", SEVERITIES)
def test_each_plan_promises_its_objective_in_its_hours(
    catalogue: Catalogue,
    revision: str,
    plan: str,
    option: str | None,
    open_hours: SupportHours,
    promised: tuple[Objective, ...],
    severity: int,
) -> None:
    found = resolve(catalogue, agreement(plan, revision, option)).severity(severity)
    assert found.objective.value == promised[severity - 1]
    assert found.hours.value == open_hours
    assert found.objective.revision == revision
    assert found.objective.section
    assert found.hours.section


@pytest.mark.parametrize(("revision", "plan", "option", "features"), FEATURES)
def test_each_plan_includes_its_features(
    catalogue: Catalogue, revision: str, plan: str, option: str | None, features: tuple[str, ...]
) -> None:
    found = resolve(catalogue, agreement(plan, revision, option))
    named = (found.community, found.professional, found.enterprise_features, found.tam)
    assert tuple(feature.value for feature in named) == features


def test_a_value_says_revision_and_section(catalogue: Catalogue) -> None:
    first, second, _, _ = terms(catalogue, "Production").severities
    assert first.objective.source == "2023-11-15, Support in subscription plans"
    assert second.objective.source == "2023-11-15, SLO - Initial response time"
    assert first.hours.source == "2023-11-15, Support in subscription plans; Business hours"


def test_a_plan_is_found_by_key_or_name_in_any_case(catalogue: Catalogue) -> None:
    for name in ("enterprise-cloud", "Enterprise Cloud", "ENTERPRISE CLOUD"):
        assert terms(catalogue, name).plan.value == "Enterprise Cloud"


def test_bespoke_hours_that_are_not_agreed_say_so_and_business_hours_count(catalogue: Catalogue) -> None:
    for severity in terms(catalogue, "Enterprise Cloud").severities:
        assert not severity.hours_agreed
        assert "not agreed yet: business hours count" in severity.hours.note
    assert all(severity.hours_agreed for severity in terms(catalogue, "Production").severities)


def test_a_bespoke_objective_says_how_low_it_may_be(catalogue: Catalogue) -> None:
    first = terms(catalogue, "Enterprise Cloud").severity(1)
    assert first.floor_minutes == 30
    assert first.objective.note == "not agreed yet, as low as 30 minutes"
    october = terms(catalogue, "Custom", OCTOBER).severity(1).objective
    assert october.note.startswith("not agreed yet, as low as 30 minutes; this table says bespoke")


def test_hours_of_a_region_that_does_not_exist_are_refused_at_the_first_use(tmp_path: Path) -> None:
    text = (BUILT_IN_FILES / "2023-11-15.toml").read_text(encoding="utf-8").replace("CH-SG", "CH-XY")
    (tmp_path / "2023-11-15.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidOrder, match=r"Acme: support hours 'business': .*'XY'"):
        resolve(load(tmp_path), agreement("Production"))


def test_an_order_agrees_hours_and_objectives_severity_by_severity(catalogue: Catalogue) -> None:
    found = terms(
        catalogue,
        "Enterprise Cloud",
        reference="PO 7",
        support_hours={"1": "24x7", "all": "extended"},
        objectives={"1": 30, "4": "best_effort"},
    )
    assert objectives(found) == (Objective("duration", 30), hours(2), hours(12), EFFORT)
    assert [severity.hours.value for severity in found.severities] == [ALWAYS, EXTENDED, EXTENDED, EXTENDED]
    assert found.severity(1).objective.source == "order PO 7 (instead of 2023-11-15, Support in subscription plans)"
    assert found.severity(2).objective.clause == ""
    assert all(severity.hours_agreed for severity in found.severities)


def test_an_order_may_bring_hours_of_its_own(catalogue: Catalogue) -> None:
    own = {"name": "night", "zone": "Asia/Tokyo", "week": {"sat": [["20:00", "24:00"]]}}
    found = terms(catalogue, "Production", support_hours={"2": own})
    assert found.severity(2).hours.value == SupportHours.parse(own)
    assert found.severity(1).hours.value == BUSINESS


def test_an_objective_below_the_floor_holds_and_is_pointed_out(catalogue: Catalogue) -> None:
    first = terms(catalogue, "Enterprise Cloud", objectives={"1": 15}).severity(1).objective
    assert first.value.minutes == 15
    assert "below the 30 minutes" in first.note
    assert terms(catalogue, "Enterprise Cloud", objectives={"1": 30}).severity(1).objective.note == ""


def test_another_zone_and_region_move_the_named_hours_but_close_nothing_around_the_clock(catalogue: Catalogue) -> None:
    found = terms(catalogue, "Production", zone="America/New_York", holiday_region="US-NY", support_hours={"1": "24x7"})
    always, business = found.severity(1).hours.value, found.severity(2).hours.value
    assert (business.zone, business.country, business.subdivision) == ("America/New_York", "US", "NY")
    assert (always.zone, always.country) == ("America/New_York", "")
    assert found.business_hours.value == business
    assert found.business_hours.clause == "order"


def test_an_order_lists_its_channels_and_languages(catalogue: Catalogue) -> None:
    found = terms(catalogue, "Custom", OCTOBER, channels=["email", "phone"], languages=["English"])
    said = {channel.id: channel.entitlement.value for channel in found.channels}
    assert said == {"ticket": "no", "email": "yes", "chat": "no", "phone": "yes", "community": "yes"}
    assert found.languages.value == ("English",)
    assert terms(catalogue, "Custom", OCTOBER).languages.value == ("Swiss-German", "German", "English")


def test_an_agreed_allowance_is_an_agreed_manager(catalogue: Catalogue) -> None:
    found = terms(catalogue, "Enterprise Cloud", tam={"minutes": 480, "per": "month"})
    assert found.allowance.value is not None
    assert (found.allowance.value.minutes, found.allowance.value.per, found.tam.value) == (480, "month", "yes")
    without = terms(catalogue, "Default", OCTOBER).allowance
    assert without.value is None
    assert "time a week" in without.note


def test_an_order_changes_policies_and_the_rest_stays(catalogue: Catalogue) -> None:
    found = terms(catalogue, "Production", policies={"credit_clock": "elapsed", "credit_cap_days": 10})
    assert found.policy == Policy(credit_clock="elapsed", credit_cap_days=10)
    clauses = {name: sourced.clause for name, sourced in found.policies}
    assert [name for name, clause in clauses.items() if clause] == ["credit_clock", "credit_cap_days"]
    assert terms(catalogue, "Production").policy == Policy()


def test_credits_are_a_day_for_each_quarter_of_an_hour(catalogue: Catalogue) -> None:
    found = terms(catalogue, "Production")
    assert (found.initial_credit.value.step_minutes, found.initial_credit.value.days) == (15, 1)
    assert found.escalation_credit.section == "Escalation"


def test_an_order_may_grant_professional_support_to_a_free_plan(catalogue: Catalogue) -> None:
    found = terms(catalogue, "Free", entitlements={"professional": "yes"}, objectives={"1": 60})
    assert objectives(found) == (hours(1), NONE, NONE, NONE)
    assert found.channel("email").entitlement.value == "yes"


@pytest.mark.parametrize(
    ("asked", "error", "told"),
    [
        (Agreement("Acme", "Producton", NOVEMBER), UnknownPlan, "did you mean 'Production'?"),
        (Agreement("Acme", "Production", OCTOBER), UnknownPlan, "revision 2023-11-15 has it"),
        (Agreement("Acme", "Extended SLA", NOVEMBER), UnknownPlan, "revision 2023-10-06 has it"),
        (Agreement("Acme", "Free", "2024-04-05"), UnknownRevision, "has no plans; pin one that has: 2023-10-06"),
        (Agreement("Acme", "Free", "2024-04-06"), UnknownRevision, "did you mean '2024-04-05'?"),
        (Agreement("Acme", "Free", NOVEMBER, deployment="cluod"), UnknownPlan, "did you mean 'cloud'?"),
        (Agreement("Acme", "Free", NOVEMBER, None, "self-hosted"), UnknownPlan, "self-hosted: Enterprise self-hosted"),
        (Agreement("Acme", "Free", NOVEMBER, "extendet"), UnknownPlan, "did you mean 'Extended support'?"),
        (Agreement("Acme", "Default", OCTOBER, "extended"), UnknownPlan, "has no option 'extended'; none is known"),
        (agreement("Enterprise self-hosted", option="extended"), UnknownPlan, "for cloud only"),
        (agreement("Free", objectives={"1": 60}), InvalidOrder, "agree entitlements.professional in the order"),
        (agreement("Production", support_hours={"1": "exended"}), InvalidOrder, "did you mean 'extended'?"),
        (agreement("Production", channels=["fone"]), InvalidOrder, "did you mean 'phone'?"),
    ],
)
def test_what_cannot_hold_is_refused_with_a_way_out(
    catalogue: Catalogue, asked: Agreement, error: type[DomainError], told: str
) -> None:
    with pytest.raises(error) as caught:
        resolve(catalogue, asked)
    assert told in str(caught.value)


def test_equal_agreements_are_resolved_once(catalogue: Catalogue) -> None:
    first, second = agreement("Free", reference="one"), agreement("Free", reference="one")
    assert first is not second
    assert resolve(catalogue, first) is resolve(catalogue, second)


ORDERS = st.fixed_dictionaries(
    {},
    optional={
        "objectives": st.dictionaries(
            st.sampled_from(["1", "2", "3", "4", "all"]),
            st.integers(1, 9999) | st.sampled_from(["best_effort", "bespoke"]),
        ),
        "support_hours": st.dictionaries(
            st.sampled_from(["1", "2", "3", "4", "all"]), st.sampled_from(["business", "extended", "24x7"])
        ),
        "channels": st.lists(st.sampled_from(["ticket", "email", "chat", "phone"]), unique=True),
    },
)
BUILT_IN = load()


@given(order=ORDERS, plan=st.sampled_from(["Production", "Enterprise Cloud"]))
def test_the_order_wins_where_it_speaks_and_the_revision_where_it_does_not(order: dict[str, Any], plan: str) -> None:
    ordered, plain = terms(BUILT_IN, plan, **order), terms(BUILT_IN, plan)
    parsed = Order.parse(order)
    for severity in SEVERITIES:
        found, without = ordered.severity(severity), plain.severity(severity)
        assert found.objective.value == dict(parsed.objectives).get(severity, without.objective.value)
        assert bool(found.objective.clause) == (severity in dict(parsed.objectives))
        assert found.hours.value.name == dict(parsed.support_hours).get(severity, without.hours.value.name)
