"""How hours went down, day by day, adds up to what the balance says."""

from datetime import date

from models import journal
from models.agreements import Contract, Term
from models.connection import Desk
from models.reading import scalar
from tam.allowances import top_up
from tam.balance import balance
from tam.burn_down import burn_down
from tests.tam.hours_desk import contract_of, promise, spend
from tests.tickets.cast import at, cast

NOW = at("Wed 12:00")
"""3 Jun 2026."""


def test_each_day_holds_what_was_left_when_it_ended(desk: Desk) -> None:
    who = cast()
    promise(who, who.acme, 600)
    spend(who, who.acme, "2026-06-01", 90)
    spend(who, who.acme, "2026-06-03", 60)
    seen = burn_down(who.acme, NOW)
    assert (seen.title, seen.most, len(seen.points)) == ("Jun 2026", 600, 30)
    assert [point.left for point in seen.points[:4]] == [510, 510, 450, None]
    assert (seen.points[0].even, seen.points[14].even, seen.points[-1].even) == (580, 300, 0)
    assert seen.points[2].left == balance(who.acme, NOW).left


def test_top_ups_that_can_be_used_today_are_at_hand(desk: Desk) -> None:
    who = cast()
    promise(who, who.acme, 600)
    top_up(who.acme, 120, "2026-06-01", "2026-08-01", "", who.tom, NOW)
    spend(who, who.acme, "2026-06-02", 30)
    seen = burn_down(who.acme, NOW)
    assert (seen.most, seen.points[2].left) == (720, balance(who.acme, NOW).left) == (720, 690)


def test_what_is_over_goes_below_zero(desk: Desk) -> None:
    who = cast()
    promise(who, who.acme, 60)
    spend(who, who.acme, "2026-06-02", 90)
    seen = burn_down(who.acme, NOW)
    assert seen.points[1].left == -30
    assert seen.told == "over by 30 min"


def test_a_term_of_months_begins_each_with_its_own_hours(desk: Desk) -> None:
    who = cast()
    promise(who, who.acme, 600)
    with journal.transaction(who.tom, NOW, "term") as tx:
        term = scalar("SELECT id FROM term WHERE contract_id = ?", (contract_of(who.acme),))
        tx.update(Term, term, starts_on="2026-04-16", ends_on="2027-04-14", extension_days=1)
        tx.say("The term began later.")
    spend(who, who.acme, "2026-04-02", 60)
    spend(who, who.acme, "2026-04-30", 120)
    spend(who, who.acme, "2026-05-31", 30)
    seen = burn_down(who.acme, NOW, whole_term=True)
    left = {point.day: point.left for point in seen.points}
    assert seen.title == "term 2026-04-16 to 2027-04-15"
    assert (seen.points[0].day, seen.points[-1].day) == (date(2026, 4, 16), date(2027, 4, 15))
    assert left[date(2026, 4, 16)] == 300
    assert left[date(2026, 4, 30)] == 180
    assert (left[date(2026, 5, 1)], left[date(2026, 5, 31)]) == (600, 570)
    assert (left[date(2026, 6, 3)], left[date(2026, 6, 4)]) == (600, None)
    assert all(point.even is None for point in seen.points)


def test_a_customer_without_hours_has_nothing_to_go_down(desk: Desk) -> None:
    who = cast()
    seen = burn_down(who.plain, NOW)
    assert (seen.most, seen.told) == (0, "nothing agreed")
    assert {point.even for point in seen.points} == {None}


def test_of_a_long_term_the_last_two_years_are_told_with_all_that_was_spent_before(desk: Desk) -> None:
    who = cast()
    with journal.transaction(who.tom, NOW, "term") as tx:
        contract = contract_of(who.acme)
        tx.update(Contract, contract, starts_at=at("2022-01-01 00:00"))
        term = scalar("SELECT id FROM term WHERE contract_id = ?", (contract,))
        tx.update(Term, term, starts_on="2022-01-01", ends_on="2026-12-31")
        tx.say("A long term.")
    promise(who, who.acme, 6000, per="term", start="2022-01-01")
    spend(who, who.acme, "2022-03-01", 1000)
    spend(who, who.acme, "2026-06-02", 200)
    seen = burn_down(who.acme, NOW)
    assert (seen.points[0].day, seen.points[0].left) == (date(2024, 6, 1), 5000)
    left = {point.day: point.left for point in seen.points}
    assert left[date(2026, 6, 3)] == balance(who.acme, NOW).left == 4800
