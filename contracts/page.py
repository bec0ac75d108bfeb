"""What a customer's page shows: who they are, the term that runs, and every line of what they agreed."""

from __future__ import annotations

from typing import NamedTuple

from contracts.account import TermNow
from contracts.credits import current_term
from contracts.describe import Line, describe
from contracts.directory import ContactLine, contacts
from contracts.effective import EffectiveTerms
from contracts.errors import ContractError
from contracts.held import Holdings
from models.errors import NotFound
from models.reading import one


class CustomerPage(NamedTuple):
    """A customer at an instant; `problem` is why there are no lines."""

    id: int
    key: str
    name: str
    zone: str
    tam: str | None
    plan: str
    term: TermNow | None
    lines: tuple[Line, ...]
    contacts: tuple[ContactLine, ...]
    problem: str


def page(customer_id: int, now: int) -> CustomerPage:
    """Read the page at an instant (UTC seconds); NotFound where there is no such customer."""
    found = one(
        "SELECT c.key, c.name, c.zone, p.name FROM customer c LEFT JOIN person p ON p.id = c.tam_id WHERE c.id = ?",
        (customer_id,),
    )
    if found is None:
        raise NotFound("This customer is not there any more; look at the list again.")
    key, name, zone, tam = found
    holdings = Holdings(customer_id)
    contract_id = holdings.contract_at(now)
    terms, problem = _terms(holdings, name, now)
    lines = tuple(describe(terms)) if terms else ()
    term_id = current_term(contract_id, now) if contract_id is not None else None
    term = one("SELECT starts_on, ends_on, extension_days FROM term WHERE id = ?", (term_id,), TermNow)
    plan = terms.plan_text if terms else ""
    return CustomerPage(customer_id, key, name, zone, tam, plan, term, lines, tuple(contacts(customer_id)), problem)


def _terms(holdings: Holdings, name: str, now: int) -> tuple[EffectiveTerms | None, str]:
    """The terms that hold, or why none can be told."""
    try:
        held = holdings.at(now)
    except (ContractError, NotFound) as error:
        return None, str(error)
    if held is None:
        return None, f"{name} has no contract in force; clocks, hours and checklists need one."
    return held.terms, ""
