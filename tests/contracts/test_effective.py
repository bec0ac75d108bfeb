"""A ticket asks its terms: which objective over this channel, which escalation, in which hours."""

import pytest

from contracts.agreement import Agreement, Order
from contracts.effective import EffectiveTerms
from contracts.errors import ContractError
from contracts.reader import Catalogue
from contracts.terms import resolve
from contracts.words import SEVERITIES
from sla.clock import Objective
from sla.hours import ALWAYS, BUSINESS

NONE = Objective("none")


def terms(catalogue: Catalogue, plan: str, revision: str = "2023-11-15", **order: object) -> EffectiveTerms:
    return resolve(catalogue, Agreement("Acme", plan, revision, order=Order.parse(order)))


def test_a_professional_channel_carries_the_promise(catalogue: Catalogue) -> None:
    production = terms(catalogue, "Production")
    for channel in ("ticket", "email", "chat", "phone"):
        assert production.initial_response(1, channel).value == Objective("duration", 2880)
        assert production.initial_response(3, channel).value == Objective("best_effort")


@pytest.mark.parametrize("severity", SEVERITIES)
def test_the_community_carries_no_promise_and_says_why(catalogue: Catalogue, severity: int) -> None:
    found = terms(catalogue, "Production").initial_response(severity, "community")
    assert found.value == NONE
    assert "community channels carry no promise" in found.note


@pytest.mark.parametrize("severity", SEVERITIES)
def test_a_plan_without_professional_support_carries_no_promise_and_says_why(
    catalogue: Catalogue, severity: int
) -> None:
    found = terms(catalogue, "Free").initial_response(severity, "email")
    assert found.value == NONE
    assert found.note == "Acme's Free plan has no professional support"


def test_a_channel_that_is_not_included_carries_no_promise_and_says_why(catalogue: Catalogue) -> None:
    found = terms(catalogue, "Extended SLA", "2023-10-06").initial_response(1, "phone")
    assert found.value == NONE
    assert found.note.startswith("Phone Support is no in Acme's Extended SLA plan")
    optional = terms(catalogue, "Custom", "2023-10-06").initial_response(2, "chat")
    assert optional.value == NONE
    assert "Chat Support is optional" in optional.note


def test_an_escalation_is_answered_within_a_business_day_or_two_business_hours(catalogue: Catalogue) -> None:
    production = terms(catalogue, "Production", support_hours={"all": "24x7"})
    calm, in_hours = production.escalation("non-urgent", 1)
    assert (calm.objective.value, in_hours.value) == (Objective("duration", business_days=1), BUSINESS)
    urgent, in_hours = production.escalation("urgent", 1)
    assert (urgent.objective.value, in_hours.value) == (Objective("duration", 120), BUSINESS)
    assert urgent.phone
    assert urgent.email


def test_escalations_run_in_the_contracts_hours_where_that_is_the_policy(catalogue: Catalogue) -> None:
    found = terms(catalogue, "Production", support_hours={"1": "24x7"}, policies={"escalation_hours": "contract"})
    assert found.escalation("urgent", 1)[1].value == ALWAYS
    assert found.escalation("urgent", 2)[1].value == BUSINESS


def test_without_professional_support_there_is_nothing_to_escalate(catalogue: Catalogue) -> None:
    found, _ = terms(catalogue, "Free").escalation("urgent", 1)
    assert found.objective.value == NONE
    assert "no professional support to escalate" in found.objective.note


def test_what_does_not_exist_is_told_with_the_nearest(catalogue: Catalogue) -> None:
    found = terms(catalogue, "Production")
    with pytest.raises(ContractError, match="did you mean 'email'"):
        found.channel("emial")
    with pytest.raises(ContractError, match="did you mean 'urgent'"):
        found.escalation("urgnt", 1)
    for number in (0, 5):
        with pytest.raises(ContractError, match="severities are 1 to 4"):
            found.severity(number)
