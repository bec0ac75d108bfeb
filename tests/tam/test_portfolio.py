"""A TAM sees what was promised to each customer in the period that runs, and what was spent of it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import journal
from models.agreements import Contract, Term
from models.calls import ReviewCall
from models.connection import Desk
from models.customers import Customer
from models.hours import Allowance, TimeEntry
from models.reading import scalar
from tam.portfolio import TamLine, bounds, portfolio
from tests.tickets.cast import Cast, at, cast, sign

NOW = at("Wed 12:00")
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
PERIODS = ("week", "month", "quarter")


def contract_of(customer: int) -> int:
    found: int = scalar("SELECT id FROM contract WHERE customer_id = ? ORDER BY id DESC", (customer,))
    return found


def agree(customer: int, minutes: int, period: str = "month", **columns: object) -> None:
    with journal.transaction(None, NOW, "agree") as tx:
        values = {"period": period, "minutes": minutes, "starts_on": "2026-01-01"} | columns
        tx.insert(Allowance, contract=contract_of(customer), **values)
        tx.say("Time was agreed.")


def spend(who: Cast, customer: int, day: str, minutes: int, counts: int = 1) -> None:
    with journal.transaction(who.tom, NOW, "spend") as tx:
        what = {
            "customer": customer,
            "person": who.tom,
            "on": day,
            "booked_on": day,
            "minutes": minutes,
            "activity": "advice",
        }
        tx.insert(TimeEntry, **what, counts=counts)
        tx.say("Tom worked.")


def test_spent_and_promised_stand_beside_the_next_call(desk: Desk) -> None:
    who = cast()
    agree(who.acme, 1200)
    for day, minutes in (("2026-05-31", 500), ("2026-06-01", 30), ("2026-06-30", 60), ("2026-07-01", 500)):
        spend(who, who.acme, day, minutes)
    spend(who, who.acme, "2026-06-02", 45, counts=0)
    spend(who, who.plain, "2026-06-02", 45)
    with journal.transaction(who.tom, NOW, "calls") as tx:
        tx.update(Customer, who.acme, tam=who.tom)
        for call, state in (
            (NOW - 1, "planned"),
            (NOW + 60, "cancelled"),
            (NOW + 900, "planned"),
            (NOW + 90, "planned"),
        ):
            tx.insert(ReviewCall, customer=who.acme, at=call, minutes=30, state=state)
        tx.say("Tom planned calls.")
    assert portfolio(NOW) == [TamLine(who.acme, "Acme", "Tom", "Jun 2026", 90, 1200, NOW + 90)]


def test_no_budget_is_shown_of_a_contract_that_has_ended_or_has_not_begun(desk: Desk) -> None:
    who = cast()
    for customer in (who.acme, who.plain, who.globex):
        agree(customer, 600)
    with journal.transaction(None, NOW, "ends") as tx:
        tx.update(Contract, contract_of(who.acme), ends_at=NOW)
        tx.update(Contract, contract_of(who.plain), starts_at=NOW + 1)
        tx.say("Acme left, Plain will come.")
    assert [line.customer for line in portfolio(NOW)] == ["Globex"]
    assert [line.customer for line in portfolio(NOW - 1)] == ["Acme", "Globex"]


def test_the_allowance_of_the_day_counts_where_it_was_changed(desk: Desk) -> None:
    who = cast()
    agree(who.acme, 600, ends_on="2026-06-03")
    agree(who.acme, 900, starts_on="2026-06-03")
    assert [line.allowance for line in portfolio(at("Tue 23:59"))] == [600]
    assert [line.allowance for line in portfolio(at("Wed 00:00"))] == [900]


def test_the_day_is_that_of_the_customer(desk: Desk) -> None:
    who = cast()
    agree(who.acme, 600)
    with journal.transaction(None, NOW, "moves") as tx:
        tx.update(Customer, who.acme, zone="Pacific/Auckland")
        tx.say("Acme moved.")
    assert [line.period for line in portfolio(at("2026-06-30 15:00"))] == ["Jul 2026"]


def test_two_contracts_in_force_are_one_line_by_the_newer(desk: Desk) -> None:
    who = cast()
    agree(who.acme, 600)
    other = sign("Beta", "production")
    agree(other, 900)
    with journal.transaction(None, NOW, "joins") as tx:
        tx.update(Contract, contract_of(other), customer=who.acme, starts_at=NOW - 60)
        tx.say("Beta became Acme.")
    assert [(line.customer, line.allowance) for line in portfolio(NOW)] == [("Acme", 900)]


@pytest.mark.parametrize(
    ("period", "day", "expected"),
    [
        ("week", "2026-01-01", ("2025-12-29", "2026-01-05", "week 1")),
        ("month", "2024-02-29", ("2024-02-01", "2024-03-01", "Feb 2024")),
        ("month", "2026-12-31", ("2026-12-01", "2027-01-01", "Dec 2026")),
        ("quarter", "2026-06-30", ("2026-04-01", "2026-07-01", "Q2 2026")),
        ("quarter", "2026-10-01", ("2026-10-01", "2027-01-01", "Q4 2026")),
    ],
)
def test_periods_begin_and_end_as_in_the_calendar(period: str, day: str, expected: tuple[str, str, str]) -> None:
    assert bounds(period, date.fromisoformat(day), 0) == expected


@given(day=DAYS, period=st.sampled_from(PERIODS))
def test_today_lies_in_its_period_and_periods_tile(day: date, period: str) -> None:
    assert_tiles(period, day, 0)


def assert_tiles(period: str, day: date, contract: int) -> None:
    """Every day of a period says the same, and the days around it belong to its neighbours."""
    told = bounds(period, day, contract)
    first, after = date.fromisoformat(told[0]), date.fromisoformat(told[1])
    assert first <= day < after
    assert bounds(period, first, contract) == told
    if after < date.max:
        assert bounds(period, after - timedelta(days=1), contract) == told
        assert bounds(period, after, contract)[0] == told[1]
    if first > date.min:
        assert bounds(period, first - timedelta(days=1), contract)[1] == told[0]


TERMS = st.lists(st.tuples(DAYS, st.integers(1, 900), st.integers(0, 40)), max_size=4)


@given(terms=TERMS, day=DAYS)
def test_terms_tile_with_their_credit_days_their_gaps_and_their_overlaps(
    sqlite_desk: Desk, terms: list[tuple[date, int, int]], day: date
) -> None:
    sqlite_desk.execute("DELETE FROM term")
    customer = scalar("SELECT id FROM customer LIMIT 1") or sign("Acme", "production")
    contract = contract_of(customer)
    with journal.transaction(None, NOW, "terms") as tx:
        for start, length, extension in terms:
            ends = (start + timedelta(days=length)).isoformat()
            tx.insert(Term, contract=contract, starts_on=start.isoformat(), ends_on=ends, extension_days=extension)
        tx.say("Terms were signed.")
    assert_tiles("term", day, contract)


def test_an_extended_term_runs_until_its_last_day_of_credit_or_the_next_term(desk: Desk) -> None:
    who = cast()
    contract = contract_of(who.acme)
    with journal.transaction(None, NOW, "extend") as tx:
        tx.update(Term, 1, extension_days=5)
        tx.say("Five days were granted.")
    told = ("2026-01-01", "2027-01-06", "term to 2027-01-05")
    assert bounds("term", date(2027, 1, 5), contract) == told
    assert bounds("term", date(2027, 1, 6), contract) == ("2027-01-06", "9999-12-31", "no term")
    with journal.transaction(None, NOW, "renew") as tx:
        tx.insert(Term, contract=contract, starts_on="2027-01-03", ends_on="2027-12-31")
        tx.say("Acme stays.")
    assert bounds("term", date(2027, 1, 5), contract) == ("2027-01-03", "2028-01-01", "term to 2027-12-31")
    assert bounds("term", date(2027, 1, 2), contract) == ("2026-01-01", "2027-01-03", "term to 2027-01-02")
