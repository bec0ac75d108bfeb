"""A customer's service credits as a lead decides on them: the balance, the term they move, and who decided what."""

from __future__ import annotations

from typing import NamedTuple

from contracts.credits import Balance, LedgerLine, balance, current_term, ledger, term_end
from models.errors import NotFound
from models.reading import one, scalar


class TermNow(NamedTuple):
    """A term with what credits added to it; days of the calendar in ISO form."""

    starts_on: str
    ends_on: str
    extension_days: int

    @property
    def ends_now(self) -> str:
        """The day on which it ends with its credits."""
        return term_end(self.ends_on, self.extension_days)

    def ends_with(self, days: int) -> str:
        """The day on which it would end with so many days more, or fewer."""
        return term_end(self.ends_on, self.extension_days + days)


class Account(NamedTuple):
    """What a customer's missed clocks cost, the term that they extend (None: no term), and every line of the ledger."""

    customer_id: int
    customer: str
    term: TermNow | None
    balance: Balance
    lines: list[LedgerLine]


def account(customer_id: int, now: int) -> Account:
    """A customer's credits at an instant (UTC seconds); NotFound where there is no such customer."""
    name = scalar("SELECT name FROM customer WHERE id = ?", (customer_id,))
    if name is None:
        raise NotFound("This customer is not there any more; look at the list again.")
    contract = scalar(
        "SELECT id FROM contract WHERE customer_id = ? ORDER BY starts_at > ?, starts_at DESC, id DESC LIMIT 1",
        (customer_id, now),
    )
    term = _term(current_term(contract, now))
    return Account(customer_id, name, term, balance(customer_id, now), ledger(customer_id))


def account_of_ticket(ticket_id: int, now: int) -> Account:
    """The credits of the customer that a ticket belongs to; NotFound where there is no such ticket."""
    customer_id = scalar("SELECT customer_id FROM ticket WHERE id = ?", (ticket_id,))
    if customer_id is None:
        raise NotFound(f"There is no ticket #{ticket_id}; check the number.")
    return account(customer_id, now)


def term_of(clock_id: int, at: int) -> TermNow | None:
    """The term that a decision on a clock moves, at an instant (UTC seconds); None where there is none."""
    found = one(
        "SELECT c.term_id, t.contract_id FROM credit c JOIN clock k ON k.id = c.clock_id"
        " JOIN ticket t ON t.id = k.ticket_id WHERE c.clock_id = ? ORDER BY c.id DESC LIMIT 1",
        (clock_id,),
    )
    return _term(found[0] or current_term(found[1], at)) if found else None


def _term(term_id: int | None) -> TermNow | None:
    return one("SELECT starts_on, ends_on, extension_days FROM term WHERE id = ?", (term_id,), TermNow)
