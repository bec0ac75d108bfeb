"""A lead closes a month in minutes: what is closed stands, and what comes late counts from the first open day on."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import access, journal
from models.connection import Desk
from models.errors import CannotUndo, DomainError, NotAllowed, NotFound
from models.hours import TimeEntry
from models.journal import undo
from models.reading import scalar
from tam.allowances import agree, top_up
from tam.balance import accounts, balance
from tam.closing import ClosingRefused, closable, close, close_all, open_since, reopen
from tam.ledger import PeriodAccount
from tam.standing import standing
from tests.tam.hours_desk import contract_of, promise, spend
from tests.tickets.cast import Cast, at, cast, sign

NOW = at("Wed 12:00")


def sentence() -> str:
    found: str = scalar("SELECT sentence FROM operation ORDER BY id DESC LIMIT 1")
    return found


def test_months_are_closed_the_oldest_first(desk: Desk) -> None:
    who = cast()
    promise(who, who.globex, 600, start="2026-04-01", carry="capped", carry_cap=120)
    spend(who, who.globex, "2026-04-10", 700)
    assert open_since(who.globex) == ""
    with pytest.raises(ClosingRefused, match="Globex's oldest open period is Apr 2026, from 2026-04-01 on"):
        close(who.globex, who.anna, NOW, "2026-05-01")
    closed = close(who.globex, who.anna, NOW, "2026-04-01")
    assert (closed.closed, closed.spent, closed.over) == (True, 700, 100)
    assert sentence() == "Anna closed Apr 2026 of Globex: 11 h 40 min spent of 10 h, 1 h 40 min over."
    close(who.globex, who.anna, NOW)
    assert sentence() == "Anna closed May 2026 of Globex: 0 min spent of 10 h, 8 h lapsed, 2 h carried on."
    assert open_since(who.globex) == "2026-06-01"
    with pytest.raises(ClosingRefused, match="No open period of Globex is over; Jun 2026 ends before 2026-07-01"):
        close(who.globex, who.anna, NOW)
    close(who.globex, who.anna, at("2026-07-01 00:00"))


def test_only_leads_close_and_reopen(desk: Desk) -> None:
    who = cast()
    promise(who, who.globex, 600, start="2026-04-01")
    for person in (who.tom, who.ben, who.rita):
        with pytest.raises(NotAllowed):
            close(who.globex, person, NOW)
        with pytest.raises(NotAllowed):
            close_all("2026-05-31", person, NOW)
        with pytest.raises(NotAllowed):
            reopen(who.globex, "2026-04-01", person, NOW, "a mistake")


def test_all_customers_are_closed_in_one_operation_with_one_undo(desk: Desk) -> None:
    who = cast()
    promise(who, who.globex, 600, start="2026-04-01")
    promise(who, who.acme, 60, per="week", start="2026-05-18")
    assert [(line.customer, len(line.periods)) for line in closable(NOW)] == [("Acme", 2), ("Globex", 2)]
    done = close_all("2026-05-30", who.anna, NOW)
    assert (done.periods, done.customers) == (2, 2)
    assert done.sentence == "Anna closed 2 periods of 2 customers until 2026-05-30."
    assert [(line.customer, len(line.periods)) for line in closable(NOW)] == [("Acme", 1), ("Globex", 1)]
    undo(who.anna, NOW)
    assert open_since(who.globex) == open_since(who.acme) == ""
    with pytest.raises(ClosingRefused, match="No open period is over by 2026-01-31"):
        close_all("2026-01-31", who.anna, NOW)
    with pytest.raises(NotFound, match="'May' is not a date"):
        close_all("May", who.anna, NOW)


def test_months_without_a_promise_are_closed_only_where_something_was_spent(desk: Desk) -> None:
    who = cast()
    spend(who, who.globex, "2026-02-03", 30)
    spend(who, who.globex, "2026-05-03", 30)
    assert [each.label for each in closable(NOW)[0].periods] == ["Feb 2026", "May 2026"]
    assert close(who.globex, who.anna, NOW).over == 30


def test_only_the_newest_closed_period_is_opened_again_and_with_a_reason(desk: Desk) -> None:
    who = cast()
    promise(who, who.globex, 600, start="2026-04-01")
    with pytest.raises(ClosingRefused, match="No period of this customer is closed"):
        reopen(who.globex, "2026-04-01", who.anna, NOW, "a mistake")
    close_all("2026-05-31", who.anna, NOW)
    with pytest.raises(ClosingRefused, match="from 2026-05-01 on"):
        reopen(who.globex, "2026-04-01", who.anna, NOW, "a mistake")
    with pytest.raises(ClosingRefused, match="needs a reason"):
        reopen(who.globex, "2026-05-01", who.anna, NOW, " ")
    reopen(who.globex, "2026-05-01", who.anna, NOW, "an entry was\nforgotten")
    assert sentence() == "Anna reopened the period of Globex from 2026-05-01 on: an entry was forgotten"
    assert open_since(who.globex) == "2026-05-01"
    undo(who.anna, NOW)
    assert open_since(who.globex) == "2026-06-01"


def test_a_closed_period_stands_whatever_happens_to_its_entries(desk: Desk) -> None:
    who = cast()
    promise(who, who.globex, 600, start="2026-05-01", carry="full")
    entry = spend(who, who.globex, "2026-05-04", 100)
    close(who.globex, who.anna, NOW)
    with journal.transaction(who.tom, NOW, "lose") as tx:
        tx.delete(TimeEntry, entry)
        tx.say("It was lost.")
    spend(who, who.globex, "2026-05-05", 20, booked_on="2026-06-01", late=1)
    assert [(each.label, each.spent, each.carried_in) for each in accounts(who.globex, NOW)] == [
        ("Jun 2026", 20, 500),
        ("May 2026", 100, 0),
    ]
    assert balance(who.globex, NOW).late == (1, 20)
    assert "20 min of that came late, for days of a closed period." in balance(who.globex, NOW).why


def test_an_undo_takes_nothing_out_of_a_closed_period(desk: Desk) -> None:
    who = cast()
    promise(who, who.globex, 600, start="2026-05-01")
    spend(who, who.globex, "2026-05-04", 100)
    close(who.globex, who.anna, NOW)
    with pytest.raises(CannotUndo, match="Globex's period from 2026-05-01 on is closed since; a lead reopens it"):
        undo(who.tom, NOW)
    reopen(who.globex, "2026-05-01", who.anna, NOW, "an entry was wrong")
    undo(who.tom, NOW)
    assert standing(who.globex, NOW).ledger.periods[0].spent == 0


def test_a_hole_between_closed_periods_is_an_open_period(desk: Desk) -> None:
    who = cast()
    promise(who, who.globex, 600, start="2026-03-01")
    close(who.globex, who.anna, NOW)
    access.change_person("tom", who.anna, NOW, role="lead")
    close(who.globex, who.tom, NOW)
    close(who.globex, who.anna, NOW)
    undo(who.tom, NOW)
    assert [(each.label, each.closed) for each in accounts(who.globex, NOW)] == [
        ("Jun 2026", False),
        ("May 2026", True),
        ("Apr 2026", False),
        ("Mar 2026", True),
    ]
    assert open_since(who.globex) == "2026-06-01"
    assert close(who.globex, who.anna, NOW).label == "Apr 2026"


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("spend"), st.integers(0, 150), st.integers(1, 400)),
        st.tuples(st.just("top up"), st.integers(0, 150), st.integers(1, 400)),
        st.tuples(st.just("agree"), st.integers(0, 150), st.integers(1, 400)),
        st.tuples(st.just("close"), st.just(0), st.just(0)),
        st.tuples(st.just("reopen"), st.just(0), st.just(0)),
        st.tuples(st.just("undo"), st.just(0), st.just(0)),
    ),
    max_size=14,
)


def day(number: int) -> str:
    return (date(2026, 1, 5) + timedelta(days=number)).isoformat()


def numbers(found: list[PeriodAccount]) -> list[Any]:
    return [each._replace(closed=False, promise=None) for each in found]


def act(kind: str, number: int, minutes: int, who: Any, customer: int, per: str, carry: dict[str, Any]) -> None:
    """Do a step; a rule may refuse it, which must leave everything as it was."""
    since = open_since(customer)
    if kind == "spend":
        spend(who, customer, day(number), minutes, booked_on=max(day(number), since))
    elif kind == "top up":
        top_up(customer, minutes, day(number), day(max(number, 148) + 40), "", who.anna, NOW)
    elif kind == "agree":
        agree(contract_of(customer), minutes, per, day(number), who.anna, NOW, replace=True, **carry)
    elif kind == "close" and closable(NOW, [customer]):
        close(customer, who.anna, NOW)
    elif kind == "reopen" and since:
        newest = scalar("SELECT MAX(starts_on) FROM closed_period WHERE customer_id = ?", (customer,))
        reopen(customer, newest, who.anna, NOW, "once more")
    elif kind == "undo":
        undo(who.anna, NOW)


@settings(max_examples=40)
@given(
    steps=STEPS,
    pers=st.tuples(*[st.sampled_from(("week", "month", "quarter", "term"))] * 2),
    carry=st.sampled_from(
        ({}, {"carry": "full"}, {"carry": "capped", "carry_cap": 50}, {"carry": "full", "carry_deficit": True})
    ),
)
def test_for_any_order_of_operations_all_minutes_balance_and_closing_changes_none(
    sqlite_desk: Desk, steps: list[tuple[str, int, int]], pers: tuple[str, str], carry: dict[str, Any]
) -> None:
    who = cast() if scalar("SELECT 1 FROM person") is None else None
    who = who or _known()
    customer = sign(f"C{scalar('SELECT COUNT(*) FROM customer')}", "enterprise-cloud")
    agree(contract_of(customer), 300, pers[0], "2026-01-01", who.anna, NOW, **carry)
    for kind, number, minutes in steps:
        with suppress(DomainError):
            act(kind, number, minutes, who, customer, pers[1], carry)
        found = standing(customer, NOW, everything=True)
        for each in found.ledger.periods:
            given_ = each.allowance + each.carried_in + sum(each.from_top_ups.values()) + each.over
            assert given_ == each.spent + each.left + each.lapsed + each.carried_out
        booked = scalar("SELECT COALESCE(SUM(minutes), 0) FROM time_entry WHERE customer_id = ?", (customer,))
        assert sum(each.spent for each in found.ledger.periods) == booked
        for held in found.ledger.top_ups:
            assert held.used == sum(each.from_top_ups.get(held.id, 0) for each in found.ledger.periods)
        near = standing(customer, NOW)
        assert near.current._replace(promise=None) == found.current._replace(promise=None)
        assert (near.left, near.promised) == (found.left, found.promised)
    before = standing(customer, NOW, everything=True).ledger
    while closable(NOW, [customer]):
        close(customer, who.anna, NOW)
        after = standing(customer, NOW, everything=True).ledger
        assert (numbers(after.periods), after.top_ups) == (numbers(before.periods), before.top_ups)


def _known() -> Cast:
    logins = ("anna", "ben", "cleo", "tom", "rita")
    return Cast(*(scalar("SELECT id FROM person WHERE login = ?", (login,)) for login in logins), 1, 2, 3, 4, 5, 1)
