"""Service credits: what late answers cost, and what leads decide about it.

Annex 2023-11-15, sections "SLO - Initial response time" and "Escalation"; design section 3. A credit accrues while its
clock is missed and unanswered, is owed once answered, and is then granted (the term's end moves) or refused. Lines of
the ledger are added, never changed; a decision is taken back by a further line.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from models.access import require
from models.agreements import GRANTED, OWED, REFUSED, REVERSED, Credit, Term
from models.clocks import RUNNING
from models.errors import DomainError, NotFound
from models.journal import Transaction, transaction
from models.people import LEAD
from models.reading import one, rows, scalar

ACCRUING = "accruing"
NAMES = {
    "initial_response": "initial response",
    "escalation_non_urgent": "non-urgent escalation",
    "escalation_urgent": "urgent escalation",
}


class CreditRefused(DomainError):
    """A rule of the credit ledger does not permit it; the message says which."""


class ClockCredit(NamedTuple):
    """What one missed clock costs: `state` is accruing, owed, granted or refused; instants in UTC seconds."""

    clock_id: int
    ticket_id: int
    subject: str
    kind: str
    state: str
    days: int
    late_seconds: int
    due_at: int
    stopped_at: int | None
    revision: str
    section: str


class Balance(NamedTuple):
    """A customer's credits in days, and the clocks they come from, the unanswered ones first."""

    accruing: int
    owed: int
    granted: int
    refused: int
    clocks: list[ClockCredit]


class LedgerLine(NamedTuple):
    """A line of the ledger; `at` in UTC seconds, `person` None where the desk itself wrote it."""

    id: int
    at: int
    entry: str
    days: int
    clock_id: int
    ticket_id: int
    kind: str
    person: str | None
    reason: str
    revision: str
    section: str
    term_id: int | None


class Decided(NamedTuple):
    """What a lead decided; `term_ends_on` (ISO date) is where the term ends now, None where it has not moved."""

    clock_id: int
    ticket_id: int
    entry: str
    days: int
    term_ends_on: str | None
    sentence: str
    operation_id: int | None


class _Line(NamedTuple):
    id: int
    customer_id: int
    customer: str
    term_id: int | None
    clock_id: int
    entry: str
    days: int
    ticket_id: int
    kind: str
    contract_id: int | None


def grant(clock_id: int, reason: str, actor: int, at: int) -> Decided:
    """Add the days that a clock owes to the current term; leads only, with a reason."""
    return _decide(GRANTED, clock_id, reason, actor, at)


def refuse(clock_id: int, reason: str, actor: int, at: int) -> Decided:
    """Decide that the days which a clock owes are not added; leads only, with a reason."""
    return _decide(REFUSED, clock_id, reason, actor, at)


def reverse(clock_id: int, reason: str, actor: int, at: int) -> Decided:
    """Counter the last decision on a clock with a further line: its days are owed again; leads only, with a reason."""
    with transaction(actor, at, "credit.reverse") as tx:
        line, who = _asked(tx, clock_id, reason, actor)
        if line.entry not in (GRANTED, REFUSED):
            raise CreditRefused(f"Nothing is decided on this clock of #{line.ticket_id}; there is nothing to reverse.")
        _add(tx, line, REVERSED, line.term_id, actor, at, reason)
        ends_on = _extend(tx, line.term_id, -line.days) if line.entry == GRANTED else None
        tx.say(f"{who} took back that {_what(line)} was {line.entry}{_until(ends_on)}: {_one_line(reason)}")
    return _decided(tx, line, REVERSED, ends_on)


def _decide(entry: str, clock_id: int, reason: str, actor: int, at: int) -> Decided:
    with transaction(actor, at, "credit.grant" if entry == GRANTED else "credit.refuse") as tx:
        line, who = _asked(tx, clock_id, reason, actor)
        if line.entry in (GRANTED, REFUSED):
            raise CreditRefused(f"{_what(line).capitalize()} was {line.entry} already; reverse that first.")
        term_id = line.term_id or current_term(line.contract_id, at)
        if entry == GRANTED and term_id is None:
            raise CreditRefused(f"{line.customer} has no term that could be extended; record the term first.")
        _add(tx, line, entry, term_id, actor, at, reason)
        ends_on = _extend(tx, term_id, line.days) if entry == GRANTED and term_id else None
        tx.say(f"{who} {entry} {_what(line)}{_until(ends_on)}: {_one_line(reason)}")
    return _decided(tx, line, entry, ends_on)


def _asked(tx: Transaction, clock_id: int, reason: str, actor: int) -> tuple[_Line, str]:
    """The line of the ledger that stands for a clock, and the name of the lead who asks."""
    lead = require(actor, LEAD)
    if not reason.strip():
        raise CreditRefused("A decision on a credit needs a reason; say it in a line.")
    line = one(
        "SELECT c.id, c.customer_id, u.name, c.term_id, c.clock_id, c.entry, c.days, k.ticket_id, k.kind, t.contract_id"
        " FROM credit c JOIN clock k ON k.id = c.clock_id JOIN ticket t ON t.id = k.ticket_id"
        " JOIN customer u ON u.id = c.customer_id"
        " WHERE c.clock_id = ? AND NOT EXISTS (SELECT 1 FROM credit a WHERE a.answers_id = c.id)",
        (clock_id,),
        _Line,
    )
    if line is None:
        raise _nothing_owed(clock_id)
    tx.ticket_id = line.ticket_id
    return line, lead.name


def _nothing_owed(clock_id: int) -> DomainError:
    found = one("SELECT ticket_id, state FROM clock WHERE id = ?", (clock_id,))
    if found is None:
        return NotFound(f"There is no clock {clock_id}; `tamdesk contract credits` lists them.")
    if found[1] == RUNNING:
        return CreditRefused(f"A clock of #{found[0]} still runs: what it costs is decided once it is answered.")
    return CreditRefused(f"This clock of #{found[0]} owes nothing.")


def _add(tx: Transaction, line: _Line, entry: str, term_id: int | None, actor: int, at: int, reason: str) -> None:
    tx.insert(
        Credit,
        customer_id=line.customer_id,
        term_id=term_id,
        clock_id=line.clock_id,
        entry=entry,
        days=line.days,
        at=at,
        person_id=actor,
        reason=reason,
        answers_id=line.id,
    )


def _extend(tx: Transaction, term_id: int | None, days: int) -> str | None:
    """Move the end of a term by days; answers the day that it ends on then."""
    found = one("SELECT ends_on, extension_days FROM term WHERE id = ?", (term_id,))
    if found is None or term_id is None:
        return None
    tx.update(Term, term_id, extension_days=found[1] + days)
    return term_end(found[0], found[1] + days)


def term_end(ends_on: str, extension_days: int) -> str:
    """The day on which an extended term ends (ISO dates)."""
    from datetime import date, timedelta

    return (date.fromisoformat(ends_on) + timedelta(days=extension_days)).isoformat()


def current_term(contract_id: int | None, at: int) -> int | None:
    """The contract's term that runs at an instant, else its newest."""
    from sla.wall import local_of

    today = local_of("UTC", at).date().isoformat()
    sql = "SELECT id FROM term WHERE contract_id = ? ORDER BY starts_on > ?, starts_on DESC LIMIT 1"
    return scalar(sql, (contract_id, today)) if contract_id else None


def _decided(tx: Transaction, line: _Line, entry: str, ends_on: str | None) -> Decided:
    return Decided(line.clock_id, line.ticket_id, entry, line.days, ends_on, tx.sentence, tx.operation_id)


def _what(line: _Line) -> str:
    days = f"{line.days} day{'' if line.days == 1 else 's'}"
    return f"{line.customer}'s credit of {days} for #{line.ticket_id} ({NAMES[line.kind]})"


def _until(ends_on: str | None) -> str:
    return f", the term ends {ends_on} now" if ends_on else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def balance(customer_id: int, now: int) -> Balance:
    """What a customer's missed clocks cost at an instant (UTC seconds), by how far that has come."""
    found = _accruing(customer_id, now) + _in_the_ledger("c.customer_id", customer_id)
    sums = dict.fromkeys((ACCRUING, OWED, GRANTED, REFUSED), 0)
    for each in found:
        sums[each.state] += each.days
    return Balance(sums[ACCRUING], sums[OWED], sums[GRANTED], sums[REFUSED], found)


_CLOCK = "k.id, k.ticket_id, t.subject, k.kind"
_TOLD = "k.late_seconds, k.due_at, k.stopped_at, k.revision, k.section"


def _accruing(customer_id: int, now: int) -> list[ClockCredit]:
    """Clocks that are missed and not answered, as far as they cost something now.

    A ticket with such a clock is open and stands in the lists by the due time that was missed.
    """
    found = rows(
        f"SELECT {_CLOCK}, k.due_at, k.revision, k.section, b.hours, b.policy FROM ticket t"
        " JOIN clock k ON k.ticket_id = t.id JOIN basis b ON b.id = k.basis_id"
        f" WHERE t.is_open = 1 AND t.order_at < ? AND t.customer_id = ? AND k.state = '{RUNNING}' AND k.due_at < ?"
        " ORDER BY k.due_at, k.id",
        (now, customer_id, now),
    )
    return [_as_it_stands(row, now) for row in found]


def _as_it_stands(row: tuple[object, ...], now: int) -> ClockCredit:
    """A running clock as it would be settled now."""
    from sla.calendar import calendar_of
    from sla.clock import Policy, credit_days, lateness
    from sla.hours import SupportHours

    *clock, due_at, revision, section, hours, policy_form = row
    calendar = calendar_of(SupportHours.parse(json.loads(str(hours))))
    policy = Policy.parse(json.loads(str(policy_form)))
    late = lateness(calendar, int(str(due_at)), now, policy)
    return ClockCredit._make((*clock, ACCRUING, credit_days(late, policy), late, due_at, None, revision, section))


def _in_the_ledger(column: str, row_id: int) -> list[ClockCredit]:
    """Every clock of the ledger as its last line says: a decision that was reversed is owed again."""
    found = rows(
        f"SELECT {_CLOCK}, CASE c.entry WHEN '{REVERSED}' THEN '{OWED}' ELSE c.entry END, c.days, {_TOLD}"
        " FROM credit c JOIN clock k ON k.id = c.clock_id JOIN ticket t ON t.id = k.ticket_id"
        f" WHERE {column} = ? AND NOT EXISTS (SELECT 1 FROM credit a WHERE a.answers_id = c.id)"
        " ORDER BY k.due_at, k.id",
        (row_id,),
    )
    return [ClockCredit._make(row) for row in found]


_LEDGER = (
    "SELECT c.id, c.at, c.entry, c.days, c.clock_id, k.ticket_id, k.kind, p.name, c.reason, k.revision, k.section,"
    " c.term_id FROM credit c JOIN clock k ON k.id = c.clock_id LEFT JOIN person p ON p.id = c.person_id"
)


def ledger(customer_id: int) -> list[LedgerLine]:
    """Every line of a customer's ledger, oldest first."""
    return rows(f"{_LEDGER} WHERE c.customer_id = ? ORDER BY c.id", (customer_id,), LedgerLine)


def account(ticket_id: int) -> list[LedgerLine]:
    """The lines of the ledger that a ticket's clocks wrote, oldest first."""
    return rows(f"{_LEDGER} WHERE k.ticket_id = ? ORDER BY c.id", (ticket_id,), LedgerLine)


def of_ticket(ticket_id: int) -> list[ClockCredit]:
    """What the ledger says of a ticket's clocks; NotFound where there is no such ticket."""
    if scalar("SELECT 1 FROM ticket WHERE id = ?", (ticket_id,)) is None:
        raise NotFound(f"There is no ticket #{ticket_id}; check the number.")
    return _in_the_ledger("k.ticket_id", ticket_id)
