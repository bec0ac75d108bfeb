"""A TAM sees whether a customer has technical account management on a day, and what says so."""

from datetime import date

import pytest

from models import journal
from models.agreements import Adoption, Contract
from models.connection import Desk
from models.errors import NotFound
from models.onboardings import Onboarding, OnboardingPhase
from models.reading import scalar
from tam.coverage import coverage
from tests.tam.hours_desk import contract_of, promise
from tests.tickets.cast import at, cast, sign

DAY = "2026-06-03"


def onboard(customer: int, phase: str, *, phases: bool, ended_on: str | None = "2026-06-10") -> None:
    with journal.transaction(None, at("Mon 08:00"), "onboard") as tx:
        row = tx.insert(
            Onboarding,
            customer=customer,
            phase=phase,
            revision="2023-11-15",
            starts_on="2026-05-01",
            go_live_on="2026-07-31",
        )
        if phases:
            tx.insert(
                OnboardingPhase,
                onboarding=row,
                phase="onboarding term",
                starts_on="2026-06-02",
                ends_on="2026-06-30",
                ended_on=ended_on,
            )
        tx.say("It began.")


def test_the_plan_or_the_order_says_so(desk: Desk) -> None:
    who = cast()
    beta = sign("Beta", "production", order={"reference": "PO 7", "tam": {"minutes": 600, "per": "month"}})
    found = coverage(beta, DAY)
    assert (found.covered, found.source, found.contract_id) == (True, "order", contract_of(beta))
    assert found.reason.startswith("Beta's Production plan has it: order PO 7 (instead of 2023-11-15")
    none = coverage(who.plain, date(2026, 6, 3))
    assert (none.covered, none.source) == (False, "none")
    assert "has no technical account management" in none.reason


def test_agreed_hours_are_an_agreement(desk: Desk) -> None:
    who = cast()
    assert "no hours are agreed yet" in coverage(who.globex, DAY).reason
    promise(who, who.globex, 600, start="2026-06-03", ends_on="2026-06-05")
    told = [coverage(who.globex, f"2026-06-0{day}") for day in (2, 3, 4, 5)]
    assert [each.covered for each in told] == [False, True, True, False]
    assert told[1].source == "order"


def test_an_onboarding_term_comes_with_access_whatever_the_plan_says(desk: Desk) -> None:
    who = cast()
    onboard(who.plain, "onboarding term", phases=True)
    days = ("2026-06-01", "2026-06-02", "2026-06-10", "2026-06-11")
    assert [coverage(who.plain, day).source for day in days] == ["none", "onboarding", "onboarding", "none"]
    onboard(who.acme, "onboarding term", phases=False)
    days = ("2026-04-30", "2026-05-01", "2026-07-31", "2026-08-01")
    assert [coverage(who.acme, day).covered for day in days] == [False, True, True, False]
    onboard(who.hobby, "proof of value", phases=False)
    assert not coverage(who.hobby, DAY).covered
    onboard(who.globex, "proof of value", phases=True, ended_on=None)
    assert not coverage(who.globex, DAY).covered


def test_without_a_contract_there_is_nothing(desk: Desk) -> None:
    who = cast()
    assert coverage(who.stray, DAY) == (None, False, "no contract", "Stray has no contract in force on 2026-06-03.")
    promise(who, who.globex, 600)
    with journal.transaction(None, at("Mon 08:00"), "end") as tx:
        tx.update(Contract, contract_of(who.globex), ends_at=at("Wed 12:00"))
        tx.say("Globex leaves.")
    assert [coverage(who.globex, f"2026-06-0{day}").covered for day in (2, 3, 4)] == [True, True, False]
    with pytest.raises(NotFound):
        coverage(9999, DAY)


def test_a_contract_whose_terms_cannot_be_told_covers_nothing_and_says_why(desk: Desk) -> None:
    who = cast()
    adoption = scalar("SELECT id FROM adoption WHERE contract_id = ?", (contract_of(who.globex),))
    with journal.transaction(None, at("Mon 08:00"), "lose") as tx:
        tx.delete(Adoption, adoption)
        tx.say("It follows nothing.")
    found = coverage(who.globex, DAY)
    assert (found.covered, found.reason) == (False, "Globex's contract follows no catalogue revision; adopt one first")
