"""A contract comes to follow another annex revision, from a date on."""

import pytest

from contracts.adoption import AdoptionRefused, adopt, preview
from contracts.errors import InvalidOrder, UnknownPlan, UnknownRevision
from contracts.held import terms_at
from contracts.portfolio import portfolio
from models import journal
from models.agreements import Adoption, Contract
from models.connection import Desk
from models.errors import NotAllowed, NotFound
from models.reading import scalar
from tests.tickets.cast import Cast, at, cast, receive
from tickets.clock_reading import clocks
from tickets.why import why

OLD, NEW = "2023-10-06", "2023-11-15"
TUE = "Tue 00:00"


def agreed(customer: int, when: str) -> tuple[str, str | None, str]:
    held = terms_at(customer, at(when))
    assert held is not None
    return held.terms.plan.value, held.terms.option.value if held.terms.option else None, held.terms.agreement.revision


def adopt_old(who: Cast, customer: int, when: str = TUE) -> None:
    adopt(customer, OLD, at(when), who.anna, at("Mon 10:00"), plan="Extended SLA")


def test_a_lead_has_a_customer_adopt_a_revision_with_the_plan_that_it_calls_by_another_name(desk: Desk) -> None:
    who = cast()
    made = adopt(who.acme, OLD, at(TUE), who.anna, at("Mon 10:00"), plan="extended sla")
    assert made.sentence == (
        "Anna had Acme adopt 2023-10-06: Acme's Extended SLA plan follows 2023-10-06 from 2026-06-02 on."
    )
    assert agreed(who.acme, "Mon 23:59") == ("Production", "Extended support", NEW)
    assert agreed(who.acme, TUE) == ("Extended SLA", None, OLD)


def test_what_changes_is_told_line_by_line_and_nothing_is_written(desk: Desk) -> None:
    who = cast()
    before = journal.newest()
    told = {line.label: (line.before, line.after) for line in preview(who.acme, OLD, at(TUE), "extended-sla").changes}
    assert told["Plan"] == ("Production", "Extended SLA")
    assert told["Support option"] == ("Extended support", None)
    assert told["Revision"] == (NEW, OLD)
    assert "Severity 2 initial response" not in told
    assert journal.newest() == before
    assert scalar("SELECT count(*) FROM adoption WHERE plan IS NOT NULL") == 0


def test_the_plan_holds_until_another_adoption_names_one(desk: Desk) -> None:
    who = cast()
    adopt_old(who, who.acme)
    adopt(
        who.acme, NEW, at("Wed 00:00"), who.anna, at("Mon 11:00"), plan="production", support_option="Extended support"
    )
    adopt(who.acme, NEW, at("Thu 00:00"), who.anna, at("Mon 12:00"), plan="production")
    assert agreed(who.acme, "Tue 12:00") == ("Extended SLA", None, OLD)
    assert agreed(who.acme, "Wed 12:00") == ("Production", "Extended support", NEW)
    assert agreed(who.acme, "Thu 12:00") == ("Production", None, NEW)
    [acme] = [line for line in portfolio(at("Thu 12:00")) if line.id == who.acme]
    assert (acme.plan, acme.support_option, acme.revision) == ("Production", None, NEW)


def test_a_revision_without_the_plan_is_refused_with_the_plans_that_it_has(desk: Desk) -> None:
    who = cast()
    with pytest.raises(UnknownPlan, match=r"has no plan 'free'.*Default, Extended SLA, Custom, Self-hosting"):
        adopt(who.hobby, OLD, at(TUE), who.anna, at("Mon 10:00"))
    with pytest.raises(UnknownPlan, match="Name another plan"):
        adopt(who.hobby, OLD, at(TUE), who.anna, at("Mon 10:00"), plan="Gold")
    assert agreed(who.hobby, TUE) == ("Free", None, NEW)


def test_a_later_adoption_that_would_lose_its_plan_is_not_forgotten(desk: Desk) -> None:
    who = cast()
    contract = scalar("SELECT id FROM contract WHERE customer_id = ?", (who.plain,))
    with journal.transaction(who.anna, at("Mon 09:00"), "adopt") as tx:
        tx.insert(Adoption, contract=contract, revision=NEW, effective_at=at("Wed 00:00"))
        tx.say("Plain will follow the same.")
    with pytest.raises(UnknownPlan, match=r"2023-11-15 has no plan 'default'.*Free, Production"):
        adopt(who.plain, OLD, at(TUE), who.anna, at("Mon 10:00"), plan="default")


def test_an_adoption_mends_a_contract_whose_terms_do_not_hold(desk: Desk) -> None:
    who = cast()
    contract = scalar("SELECT id FROM contract WHERE customer_id = ?", (who.hobby,))
    with journal.transaction(who.anna, at("Mon 09:00"), "adopt") as tx:
        tx.insert(Adoption, contract=contract, revision=OLD, effective_at=at(TUE))
        tx.say("Hobby adopted.")
    adopt(who.hobby, OLD, at(TUE), who.anna, at("Mon 10:00"), plan="Default")
    assert agreed(who.hobby, TUE) == ("Default", None, OLD)


def test_a_ticket_is_judged_by_the_terms_at_its_receipt(desk: Desk) -> None:
    who = cast()
    before = receive(who, "Mon 16:30")
    adopt_old(who, who.acme)
    after = receive(who, "Tue 06:30")
    assert [(clock.revision, clock.due_at) for clock in clocks(before)] == [(NEW, at("Mon 18:30"))]
    assert [(clock.revision, clock.due_at) for clock in clocks(after)] == [(OLD, at("Tue 10:00"))]
    assert "2023-10-06" in why(after, at("Tue 07:00")).source


def test_what_was_received_since_keeps_its_promise_so_a_date_before_it_is_refused(desk: Desk) -> None:
    who = cast()
    number = receive(who, "Tue 09:00")
    with pytest.raises(AdoptionRefused, match=f"#{number} of Acme was received on 2026-06-02.*from a later day"):
        adopt_old(who, who.acme)
    adopt_old(who, who.acme, "Wed 00:00")
    adopt_old(who, who.plain)


def test_only_a_lead_has_a_contract_follow_another_revision(desk: Desk) -> None:
    who = cast()
    for person in (who.ben, who.tom, who.rita):
        with pytest.raises(NotAllowed):
            adopt(who.acme, OLD, at(TUE), person, at("Mon 10:00"), plan="default")
    assert agreed(who.acme, TUE)[2] == NEW


def test_what_cannot_be_adopted_is_refused_with_a_sentence(desk: Desk) -> None:
    who = cast()
    contract = scalar("SELECT id FROM contract WHERE customer_id = ?", (who.globex,))
    with journal.transaction(who.anna, at("Mon 09:00"), "end") as tx:
        tx.update(Contract, contract, ends_at=at("Wed 00:00"), order='{"channels": ["pigeon"]}')
        tx.say("Globex ends.")
    for customer, revision, when, named, error, said in (
        (who.acme, "2023-11-16", TUE, {}, UnknownRevision, "did you mean '2023-11-15'"),
        (who.acme, "2024-04-05", TUE, {}, UnknownRevision, "has no plans"),
        (who.acme, NEW, TUE, {}, AdoptionRefused, "nothing would change"),
        (who.acme, NEW, TUE, {"support_option": "extended"}, AdoptionRefused, "Name the plan as well"),
        (who.stray, NEW, TUE, {}, AdoptionRefused, "Stray has no contract in force on 2026-06-02"),
        (who.globex, NEW, "Wed 00:00", {}, AdoptionRefused, "no contract in force"),
        (who.globex, OLD, TUE, {"plan": "custom"}, InvalidOrder, "no channel 'pigeon'"),
        (999, NEW, TUE, {}, NotFound, "no customer 999"),
    ):
        with pytest.raises(error, match=said):
            adopt(customer, revision, at(when), who.anna, at("Mon 10:00"), **named)


def test_an_adoption_is_undone_and_redone(desk: Desk) -> None:
    who = cast()
    adopt_old(who, who.acme)
    journal.undo(who.anna, at("Mon 11:00"))
    assert agreed(who.acme, TUE) == ("Production", "Extended support", NEW)
    journal.redo(who.anna, at("Mon 12:00"))
    assert agreed(who.acme, TUE) == ("Extended SLA", None, OLD)
