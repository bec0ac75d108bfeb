"""A TAM starts the day with a line a customer: promised, spent, reserved, left, and what is due."""

from datetime import date

import pytest

from models import journal
from models.agreements import Contract
from models.calls import Action, ReviewCall
from models.connection import Desk
from models.customers import Customer
from models.onboardings import Onboarding
from tam.allowances import top_up
from tam.balance import balance
from tam.forecast import forecast
from tam.portfolio import TamLine, counts, portfolio
from tests.tam.hours_desk import contract_of, promise, spend
from tests.tickets.cast import at, cast, sign

NOW = at("Wed 12:00")


def test_a_line_says_what_was_promised_spent_reserved_and_is_due(desk: Desk) -> None:
    who = cast()
    promise(who, who.acme, 1200)
    top_up(who.acme, 300, "2026-06-01", "2026-09-01", "", who.tom, NOW)
    for day, minutes in (("2026-05-31", 500), ("2026-06-01", 30), ("2026-06-30", 60), ("2026-07-01", 500)):
        spend(who, who.acme, day, minutes)
    spend(who, who.acme, "2026-06-02", 45, counts=0)
    spend(who, who.plain, "2026-06-02", 45)
    with journal.transaction(who.tom, NOW, "calls") as tx:
        tx.update(Customer, who.acme, tam=who.tom)
        for call, state in ((NOW - 1, "held"), (NOW + 60, "skipped"), (NOW + 900, "planned"), (NOW + 90, "planned")):
            tx.insert(ReviewCall, customer=who.acme, at=call, minutes=30, state=state)
        for due, state in (("2026-06-02", "open"), ("2026-06-03", "open"), ("2026-06-01", "done"), (None, "open")):
            tx.insert(Action, customer=who.acme, what="Answer", side="ours", due_on=due, state=state, at=NOW)
        tx.say("Tom planned calls.")
    numbers = (90, 60, 1410, 1500, 0, 6, 0)
    due = ("lasts, 13 h 10 min left", None, NOW + 90, 1)
    assert portfolio(NOW) == [TamLine(who.acme, "Acme", "Tom", "Jun 2026", *numbers, *due)]


def test_a_line_says_what_balance_and_forecast_say(desk: Desk) -> None:
    who = cast()
    promise(who, who.globex, 120, per="week", start="2026-03-01", carry="full", carry_deficit=True)
    promise(who, who.acme, 600, per="term")
    promise(who, who.plain, 300, per="quarter", start="2026-05-01")
    for day, minutes in (("2026-03-03", 500), ("2026-05-20", 700), ("2026-06-02", 90)):
        for customer in (who.globex, who.acme, who.plain):
            spend(who, customer, day, minutes)
    lines = portfolio(NOW)
    assert [line.customer for line in lines] == ["Acme", "Globex", "Plain"]
    for line in lines:
        held, seen = balance(line.customer_id, NOW), forecast(line.customer_id, NOW)
        assert (line.spent, line.left, line.allowance, line.over) == (held.spent, held.left, held.promised, held.over)
        assert (line.percent, line.period) == (held.percent, held.period.label)
        assert (line.forecast, line.runs_out_on) == (seen.text, seen.on)
    assert counts(NOW) == (3, 2)


def test_pages_go_on_by_key_and_one_tam_sees_their_own(desk: Desk) -> None:
    who = cast()
    names = [f"C{number}" for number in range(7)]
    for name in names:
        promise(who, sign(name, "enterprise-cloud"), 600)
    with journal.transaction(None, NOW, "tam") as tx:
        for number in (1, 4):
            tx.update(Customer, who.stray + 1 + number, tam=who.tom)
        tx.say("Tom has two.")
    told: list[str] = []
    page = portfolio(NOW, limit=3)
    while page:
        told += [line.customer for line in page]
        page = portfolio(NOW, after=page[-1].key, limit=3) if len(page) == 3 else []
    assert told == names
    assert [line.customer for line in portfolio(NOW, tam_id=who.tom)] == ["C1", "C4"]
    assert counts(NOW, who.tom) == (2, 0)


def test_a_page_is_full_although_customers_between_have_nothing_today(desk: Desk) -> None:
    who = cast()
    for number in range(6):
        started = "2026-06-01" if number % 3 == 2 else "2026-07-01"
        promise(who, sign(f"C{number}", "enterprise-cloud"), 600, start=started)
    assert [line.customer for line in portfolio(NOW, limit=1)] == ["C2"]
    assert [line.customer for line in portfolio(NOW, limit=2)] == ["C2", "C5"]
    assert portfolio(NOW, after=("C5", 99), limit=2) == []


@pytest.mark.parametrize(
    ("day", "told"), [("Tue", ["Acme", "Globex"]), ("Wed", ["Acme", "Globex"]), ("Thu", ["Globex"])]
)
def test_no_budget_is_shown_of_a_contract_that_has_ended(desk: Desk, day: str, told: list[str]) -> None:
    who = cast()
    for customer in (who.acme, who.plain, who.globex):
        promise(who, customer, 600)
    with journal.transaction(None, NOW, "ends") as tx:
        tx.update(Contract, contract_of(who.acme), ends_at=NOW)
        tx.update(Contract, contract_of(who.plain), starts_at=at("Sun 08:00"))
        tx.say("Acme left, Plain will come.")
    assert [line.customer for line in portfolio(at(f"{day} 12:00"))] == told


def test_the_day_is_that_of_the_customer(desk: Desk) -> None:
    who = cast()
    promise(who, who.acme, 600)
    with journal.transaction(None, NOW, "moves") as tx:
        tx.update(Customer, who.acme, zone="Pacific/Auckland")
        tx.say("Acme moved.")
    assert [line.period for line in portfolio(at("2026-06-30 15:00"))] == ["Jul 2026"]


def test_two_contracts_in_force_are_one_line_by_the_newer(desk: Desk) -> None:
    who = cast()
    promise(who, who.acme, 600)
    other = sign("Beta", "production")
    promise(who, other, 900)
    with journal.transaction(None, NOW, "joins") as tx:
        tx.update(Contract, contract_of(other), customer=who.acme, starts_at=at("2026-06-01 00:00"))
        tx.say("Beta became Acme.")
    assert [(line.customer, line.allowance) for line in portfolio(NOW)] == [("Acme", 900)]


def test_an_onboarding_and_an_entitlement_without_an_amount_are_shown(desk: Desk) -> None:
    who = cast()
    sign("Beta", "production", order={"entitlements": {"tam": "yes"}})
    with journal.transaction(None, NOW, "onboard") as tx:
        dates = {"starts_on": "2026-05-01", "go_live_on": "2026-07-31", "revision": "2023-11-15"}
        tx.insert(Onboarding, customer=who.plain, phase="onboarding term", **dates)
        tx.say("It began.")
    found = [(line.customer, line.period, line.allowance, line.forecast) for line in portfolio(NOW)]
    assert found == [("Beta", "nothing agreed", 0, "nothing agreed"), ("Plain", "nothing agreed", 0, "nothing agreed")]
    spend(who, who.plain, "2026-06-02", 50)
    assert [(line.spent, line.over) for line in portfolio(NOW)] == [(0, 0), (50, 0)]
    assert counts(NOW).over == balance(who.plain, NOW).over == 0


def test_hours_that_run_out_are_told_with_their_day(desk: Desk) -> None:
    who = cast()
    promise(who, who.globex, 600)
    spend(who, who.globex, "2026-06-02", 500)
    line = portfolio(NOW)[0]
    assert (line.alert, line.percent, line.runs_out_on, line.forecast) == (80, 83, date(2026, 6, 9), "runs out 9 Jun")
