"""A TAM reads how many hours a customer has left, and where each number comes from."""

from datetime import date

import pytest

from models import journal
from models.agreements import Term
from models.calls import ReviewCall
from models.connection import Desk
from models.customers import Customer
from models.errors import NotFound
from tam.allowances import top_up
from tam.balance import accounts, balance, burn, top_ups
from tests.tam.hours_desk import promise, spend
from tests.tickets.cast import at, cast, sign

NOW = at("Wed 12:00")


def call(customer: int, when: str, minutes: int = 30, state: str = "planned") -> int:
    with journal.transaction(None, at("Mon 08:00"), "call") as tx:
        row = tx.insert(ReviewCall, customer=customer, at=at(when), minutes=minutes, state=state)
        tx.say("A call was planned.")
    return row


def test_spent_reserved_and_left_add_up_and_say_where_they_are_from(desk: Desk) -> None:
    who = cast()
    promise(who, who.globex, 600, start="2026-05-01", carry="capped", carry_cap=60, reason="order PO 9")
    top_up(who.globex, 120, "2026-06-01", "2026-07-01", "for the migration", who.tom, NOW)
    spend(who, who.globex, "2026-06-02", 90)
    spend(who, who.globex, "2026-06-02", 45, counts=0)
    held = call(who.globex, "2026-06-02 10:00")
    spend(who, who.globex, "2026-06-02", 30, call=held, activity="review call")
    for when, state in (
        ("2026-06-16 10:00", "planned"),
        ("2026-06-30 23:00", "planned"),
        ("2026-06-20 10:00", "skipped"),
    ):
        call(who.globex, when, state=state)
    call(who.globex, "2026-07-01 00:00")
    found = balance(who.globex, NOW)
    assert (found.promised, found.spent, found.left, found.reserved, found.free) == (780, 120, 660, 60, 600)
    assert (found.percent, found.over, found.period.label) == (15, 0, "Jun 2026")
    assert found.why == [
        "Hours were agreed with Globex: agreed from 2026-05-01 on, order PO 9.",
        "10 h per month: agreed from 2026-05-01 on, order PO 9.",
        "Allowance of Jun 2026: 10 h.",
        "Carried in from the period before: 1 h.",
        "Up to 1 h of what is left goes on to the next period.",
        "Top-up of 2 h, from 2026-06-01 to 2026-06-30: 2 h used in Jun 2026, 0 min left.",
        "Spent in Jun 2026: 2 h.",
        "Reserved for 2 planned calls: 1 h.",
        "Left: 11 h.",
    ]


def test_exactly_all_hours_are_not_over_and_a_minute_more_is(desk: Desk) -> None:
    who = cast()
    promise(who, who.globex, 600)
    spend(who, who.globex, "2026-06-03", 600)
    assert (balance(who.globex, NOW).percent, balance(who.globex, NOW).over) == (100, 0)
    spend(who, who.globex, "2026-06-03", 1)
    assert (balance(who.globex, NOW).over, balance(who.globex, NOW).left) == (1, 0)
    assert "1 min found nothing left: they are over." in balance(who.globex, NOW).why


def test_a_week_more_of_term_is_a_week_more_of_hours(desk: Desk) -> None:
    who = cast()
    promise(who, who.acme, 120, per="week")
    assert balance(who.acme, at("2027-01-05 12:00")).period.kind == "none"
    with journal.transaction(None, NOW, "grant") as tx:
        tx.update(Term, 1, extension_days=10)
        tx.say("Ten days of credit.")
    # The term ends on Sunday 10 January 2027 then.
    assert balance(who.acme, at("2027-01-05 12:00")).promised == 120
    assert balance(who.acme, at("2027-01-11 12:00")).promised == 0


def test_the_day_is_that_of_the_customer(desk: Desk) -> None:
    who = cast()
    promise(who, who.globex, 600)
    with journal.transaction(None, NOW, "moves") as tx:
        tx.update(Customer, who.globex, zone="Pacific/Auckland")
        tx.say("Globex moved.")
    assert balance(who.globex, at("2026-06-30 15:00")).period.label == "Jul 2026"


def test_a_new_contract_in_the_middle_of_a_month_keeps_the_periods_before(desk: Desk) -> None:
    who = cast()
    order = {"reference": "PO 7", "tam": {"minutes": 600, "per": "month"}}
    customer = sign("Beta", "production", order=order)
    later = sign("Gamma", "production", order=order | {"reference": "PO 8", "tam": {"minutes": 140, "per": "week"}})
    spend(who, customer, "2026-05-10", 700)
    with journal.transaction(None, NOW, "renew") as tx:
        from models.agreements import Contract
        from tests.tam.hours_desk import contract_of

        tx.update(Contract, contract_of(later), customer=customer, starts_at=at("2026-06-17 00:00"))
        tx.say("Beta renewed.")
    found = accounts(customer, at("2026-06-18 12:00"))
    assert [(each.kind, each.first.isoformat(), each.allowance, each.over) for each in found[:3]] == [
        ("week", "2026-06-17", 100, 0),
        ("month", "2026-06-01", 320, 0),
        ("month", "2026-05-01", 600, 100),
    ]


def test_a_customer_without_any_hours_is_told_so(desk: Desk) -> None:
    who = cast()
    found = balance(who.stray, NOW)
    assert (found.promised, found.left, found.percent, found.period.kind) == (0, 0, 0, "none")
    assert found.why[:2] == ["Stray has no contract in force on 2026-06-03.", "No hours are promised at this time."]
    assert accounts(who.stray, NOW) == []
    with pytest.raises(NotFound, match="not there any more"):
        balance(9999, NOW)


def test_the_days_of_a_chart_and_every_top_up(desk: Desk) -> None:
    who = cast()
    promise(who, who.globex, 60)
    old = top_up(who.globex, 30, "2026-02-01", "2026-03-01", "", who.tom, NOW)
    new = top_up(who.globex, 50, "2026-06-01", "2026-07-01", "", who.tom, NOW)
    spend(who, who.globex, "2026-02-10", 70)
    spend(who, who.globex, "2026-02-12", 15)
    spend(who, who.globex, "2026-02-12", 15, counts=0)
    assert burn(who.globex, date(2026, 2, 10), date(2026, 2, 13)) == [
        (date(2026, 2, 10), 70),
        (date(2026, 2, 11), 0),
        (date(2026, 2, 12), 15),
    ]
    assert [(each.id, each.used, each.left, each.lapsed) for each in top_ups(who.globex, NOW)] == [
        (new, 0, 50, 0),
        (old, 25, 0, 5),
    ]
    assert [each.id for each in balance(who.globex, NOW).top_ups] == [new]
