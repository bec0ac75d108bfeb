"""The list of customers says what they signed, what is open and what they are owed."""

from contracts.credits import balance, grant, refuse, reverse
from contracts.portfolio import CustomerLine, portfolio
from models import journal
from models.agreements import Contract, Term
from models.connection import Desk
from models.customers import Customer
from models.reading import scalar
from tests.tickets.cast import Cast, add_customer, at, cast, receive
from tickets import operations

NOW = at("Fri 12:00")


def line(customer: int, now: int = NOW) -> CustomerLine:
    [found] = [each for each in portfolio(now) if each.id == customer]
    return found


def late_answer(who: Cast) -> int:
    """A ticket answered half an hour late, which costs two days; the number of its clock."""
    number = receive(who)
    operations.reply(number, "Please upgrade.", who.ben, at("Mon 11:30"))
    clock: int = scalar("SELECT id FROM clock WHERE ticket_id = ?", (number,))
    return clock


def test_each_customer_is_a_line_by_name_as_their_annex_calls_what_they_signed(desk: Desk) -> None:
    who = cast()
    with journal.transaction(None, NOW, "tam") as tx:
        tx.update(Customer, who.acme, tam=who.tom, badge="ext")
        tx.say("Tom looks after Acme.")
    assert [each.name for each in portfolio(NOW)] == ["Acme", "Globex", "Hobby", "Plain", "Stray"]
    assert line(who.acme) == CustomerLine(
        id=who.acme,
        key="acme",
        name="Acme",
        badge="ext",
        plan="Production",
        support_option="Extended support",
        deployment="cloud",
        revision="2023-11-15",
        ends_on="2026-12-31",
        extension_days=0,
        tam="Tom",
        open_tickets=0,
        owed_days=0,
    )


def test_without_a_contract_in_force_nothing_is_signed(desk: Desk) -> None:
    who = cast()
    contract = scalar("SELECT id FROM contract WHERE customer_id = ?", (who.acme,))
    with journal.transaction(None, NOW, "end") as tx:
        tx.update(Contract, contract, ends_at=NOW)
        tx.say("Acme left.")
    assert (line(who.stray).plan, line(who.acme).plan, line(who.acme).revision) == (None, None, None)
    assert line(who.acme, NOW - 1).plan == "Production"


def test_open_tickets_are_counted_and_done_ones_are_not(desk: Desk) -> None:
    who = cast()
    numbers = [receive(who), receive(who), receive(who), receive(who, customer_id=who.plain)]
    operations.reply(numbers[0], "Please upgrade.", who.ben, at("Mon 09:30"))
    operations.change_state(numbers[0], "closed", who.ben, at("Mon 10:00"))
    operations.reply(numbers[1], "Please upgrade.", who.ben, at("Mon 09:30"))
    assert [line(customer).open_tickets for customer in (who.acme, who.plain, who.globex)] == [2, 1, 0]


def test_days_are_owed_until_they_are_decided_and_again_once_that_is_reversed(desk: Desk) -> None:
    who = cast()
    clock, other = late_answer(who), late_answer(who)
    owed = [line(who.acme).owed_days]
    for step in (grant, reverse, refuse, reverse, grant):
        step(clock, "As agreed.", who.anna, NOW)
        owed.append(line(who.acme).owed_days)
    journal.undo(who.anna, NOW)
    owed.append(line(who.acme).owed_days)
    refuse(other, "Their own network.", who.anna, NOW)
    owed.append(line(who.acme).owed_days)
    assert owed == [4, 2, 4, 2, 4, 2, 4, 2]
    assert owed[-1] == balance(who.acme, NOW).owed
    assert line(who.plain).owed_days == 0


def test_the_newest_term_and_its_days_of_credit_are_told(desk: Desk) -> None:
    who = cast()
    clock = late_answer(who)
    grant(clock, "As agreed.", who.anna, NOW)
    contract = scalar("SELECT id FROM contract WHERE customer_id = ?", (who.plain,))
    with journal.transaction(None, NOW, "term") as tx:
        tx.insert(Term, contract=contract, starts_on="2027-01-01", ends_on="2027-12-31")
        tx.say("Plain stays.")
    assert (line(who.acme).ends_on, line(who.acme).extension_days) == ("2026-12-31", 2)
    assert (line(who.plain).ends_on, line(who.plain).extension_days) == ("2027-12-31", 0)


def test_two_customers_of_one_name_are_two_lines(desk: Desk) -> None:
    who = cast()
    with journal.transaction(None, NOW, "twin") as tx:
        twin = tx.insert(Customer, key="acme-2", name="Acme")
        tx.say("Another Acme came.")
    receive(who)
    assert [each.id for each in portfolio(NOW)][:2] == [who.acme, twin]
    assert [line(who.acme).open_tickets, line(twin).open_tickets] == [1, 0]
    assert add_customer("Zeta") == portfolio(NOW)[-1].id
