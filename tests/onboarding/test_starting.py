"""An onboarding starts with a plan that can hold, or with a sentence that says what could."""

from datetime import date
from typing import Any

import pytest

from contracts.errors import NotEntitled
from models import journal
from models.connection import Desk
from models.errors import NotAllowed, NotFound
from models.reading import rows
from onboarding import starting
from onboarding.errors import OnboardingRefused
from onboarding.reading import checklist
from onboarding.words import PROOF, TERM
from tests.onboarding.board import MONDAY, NOW, TABLES, adopt, columns, item, proof, term
from tests.tickets.cast import at, cast, everything, sign


def test_a_proof_of_value_lasts_three_weeks_and_begins_with_four_prerequisites(desk: Desk) -> None:
    who = cast()
    number = proof(who)
    said = columns("onboarding", number, "phase", "revision", "starts_on", "go_live_on", "plan", "template", "owner_id")
    assert said == (PROOF, "2023-11-15", "2026-06-01", "2026-06-19", "start", "2023-11-15 version 1", who.tom)
    assert rows("SELECT phase, starts_on, ends_on FROM onboarding_phase") == [(PROOF, "2026-06-01", "2026-06-21")]
    assert rows("SELECT key, part, side, due_on FROM onboarding_item ORDER BY position") == [
        ("commitment", "prerequisite", "customer", "2026-06-01"),
        ("critical-use-cases", "prerequisite", "customer", "2026-06-02"),
        ("named-resources", "prerequisite", "customer", "2026-06-02"),
        ("integration-architecture", "prerequisite", "customer", "2026-06-03"),
    ]
    assert [each.sentence for each in journal.since(0)][-1] == (
        "Tom started the proof of value of Globex: 2026-06-01 to 2026-06-21, go-live on 2026-06-19."
    )


def test_a_term_lasts_three_months_and_its_checklist_has_dates_on_working_days(desk: Desk) -> None:
    who = cast()
    number = term(who)
    assert columns("onboarding", number, "phase", "go_live_on") == (TERM, "2026-08-31")
    assert rows("SELECT starts_on, ends_on FROM onboarding_phase") == [("2026-06-01", "2026-08-31")]
    dates = rows("SELECT starts_on, due_on FROM onboarding_item")
    assert len(dates) == 23
    assert all(date.fromisoformat(day).weekday() < 5 for each in dates for day in each)
    check = columns("onboarding_item", item(number, "go-live-check"), "part", "due_on")
    assert check == ("go-live", "2026-08-27")
    assert rows("SELECT count(*) FROM item_need")[0][0] > 20


def test_a_shorter_term_has_its_checklist_closer_together(desk: Desk) -> None:
    who = cast()
    number = term(who, months=2)
    assert columns("onboarding_item", item(number, "observability"), "offset_days", "due_on") == (17, "2026-06-24")


def test_with_a_go_live_the_dates_are_counted_back_from_it(desk: Desk) -> None:
    who = cast()
    number = term(who, go_live_on=date(2026, 8, 28))
    assert columns("onboarding", number, "plan", "go_live_on") == ("go-live", "2026-08-28")
    last = max(due for (due,) in rows("SELECT due_on FROM onboarding_item"))
    assert last == "2026-08-26"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"starts_on": date(2026, 5, 25)}, "2026-05-25 is not a working day for Globex; start on 2026-05-26."),
        ({"starts_on": date(2026, 6, 6)}, "start on 2026-06-08."),
        ({"weeks": 7}, "7 weeks are too long, take 6 or fewer"),
        ({"weeks": 0}, "lasts a week or more"),
        ({"months": 1}, "counted in weeks"),
        ({"go_live_on": date(2026, 5, 1)}, "Go-live on 2026-05-01 is before the start on 2026-06-01"),
        ({"go_live_on": date(2026, 6, 10)}, "is before the proof of value ends on 2026-06-21"),
        ({"phase": TERM, "go_live_on": date(2026, 8, 1)}, "go live on 2026-07-31 or 2026-08-03."),
        ({"phase": TERM, "go_live_on": date(2026, 9, 4)}, "after the term ends on 2026-08-31; agree a longer term"),
        ({"phase": TERM, "months": 9}, "runs to 2026-12-31, and this would go on to 2027-02-28"),
        ({"phase": TERM, "weeks": 500}, "of 500 weeks is not what anyone agrees"),
        ({"phase": "go-live"}, "starts with a proof of value or with the onboarding term, not with 'go-live'"),
    ],
)
def test_what_cannot_hold_is_refused_with_what_can(sqlite_desk: Desk, said: dict[str, Any], sentence: str) -> None:
    who = cast()
    before = everything(*TABLES)
    with pytest.raises(OnboardingRefused) as refused:
        proof(who, **said)
    assert sentence in str(refused.value)
    assert everything(*TABLES) == before


def test_a_second_onboarding_of_a_customer_is_refused(desk: Desk) -> None:
    who = cast()
    proof(who)
    with pytest.raises(OnboardingRefused, match=r"Globex has an onboarding under way \(proof of value\)"):
        term(who)


def test_a_term_needs_an_enterprise_subscription(sqlite_desk: Desk) -> None:
    who = cast()
    with pytest.raises(NotEntitled, match="Acme's Production plan with Extended support has no onboarding term"):
        starting.start(who.acme, who.tom, NOW, MONDAY, phase=TERM)
    with pytest.raises(NotEntitled, match=r"Hobby's Free plan has no onboarding term.*community chat and on GitHub"):
        starting.start(who.hobby, who.tom, NOW, MONDAY, phase=TERM)
    assert starting.start(who.hobby, who.tom, NOW, MONDAY)


def test_who_has_no_contract_is_pointed_to_the_community(sqlite_desk: Desk) -> None:
    who = cast()
    with pytest.raises(NotEntitled, match=r"Stray has no contract.*community chat and on GitHub\. \(2023-11-15"):
        starting.start(who.stray, who.tom, NOW, MONDAY)


@pytest.mark.parametrize(("plan", "may"), [("default", False), ("extended-sla", False), ("custom", True)])
def test_on_the_annex_that_names_no_enterprise_only_plans_agreed_one_by_one_have_a_term(
    sqlite_desk: Desk, plan: str, may: bool
) -> None:
    who = cast()
    adopt(who.globex, "2023-10-06", plan)
    if not may:
        with pytest.raises(NotEntitled, match=r"\(2023-10-05, Onboarding term\)"):
            term(who)
        return
    assert columns("onboarding", term(who), "revision", "template") == ("2023-10-05", "2023-10-05 version 1")


def test_the_region_of_the_order_says_which_days_are_closed(sqlite_desk: Desk) -> None:
    who = cast()
    order = {"holiday_region": "US-CA", "zone": "America/Los_Angeles"}
    customer = sign("Initech", "enterprise-cloud", order=order)
    with pytest.raises(OnboardingRefused, match="2026-07-03 is not a working day for Initech; start on 2026-07-06"):
        starting.start(customer, who.tom, NOW, date(2026, 7, 3))
    assert starting.start(customer, who.tom, NOW, date(2026, 5, 26))


def test_a_contract_that_is_signed_and_not_in_force_yet_says_which_days_are_closed(sqlite_desk: Desk) -> None:
    who = cast()
    order = {"holiday_region": "US-CA", "zone": "America/Los_Angeles"}
    customer = sign("Initech", "enterprise-cloud", order=order)
    before = at("2025-12-15 09:00")
    number = starting.start(customer, who.tom, before, date(2026, 6, 17), phase=TERM)
    told = checklist(number, before)
    first = next(each for group in told.groups for each in group.items if each.key == "architecture-check")
    assert (first.starts_on, first.due_on) == ("2026-06-22", "2026-06-24")


def test_only_a_tam_or_a_lead_starts_one_and_an_owner_has_to_be_able_to_act(sqlite_desk: Desk) -> None:
    who = cast()
    with pytest.raises(NotAllowed, match="it takes a tam or a lead"):
        starting.start(who.globex, who.ben, NOW, MONDAY)
    with pytest.raises(OnboardingRefused, match="Rita may look but not change anything"):
        proof(who, owner=who.rita)
    with pytest.raises(NotFound, match="no customer 99"):
        starting.start(99, who.tom, NOW, MONDAY)
    assert columns("onboarding", proof(who, owner=who.ben), "owner_id") == (who.ben,)


def test_a_start_can_be_undone(desk: Desk) -> None:
    who = cast()
    before = everything(*TABLES)
    term(who)
    journal.undo(who.tom, NOW + 1)
    assert everything(*TABLES) == before


def test_what_a_start_would_come_to_is_told_before_it_is_done(desk: Desk) -> None:
    who = cast()
    told = starting.preview(who.globex, MONDAY)
    assert (told.starts_on, told.ends_on, told.go_live_on) == (MONDAY, date(2026, 6, 21), date(2026, 6, 19))
    assert everything("onboarding") == {"onboarding": []}
    with pytest.raises(OnboardingRefused, match="is not a working day for Globex; start on 2026-06-08"):
        starting.preview(who.globex, date(2026, 6, 6))
    proof(who)
    with pytest.raises(OnboardingRefused, match="has an onboarding under way"):
        starting.preview(who.globex, MONDAY)
