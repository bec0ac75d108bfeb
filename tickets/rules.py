"""What every operation on a ticket asks first."""

from __future__ import annotations

from typing import NamedTuple

from contracts.held import terms_at
from models.clocks import RUNNING
from models.errors import NotFound
from models.journal import Transaction
from models.people import ENGINEER, LEAD, TAM
from models.reading import one, scalar
from models.tickets import OPEN, WAITING
from tickets.errors import RuleRefused
from tickets.words import clean_line

WORKERS = (ENGINEER, TAM, LEAD)
MOST_SUBJECT = 1000
"""Signs of a subject at most."""


class Done(NamedTuple):
    """What was done, in a sentence; no operation where nothing changed."""

    ticket_id: int
    sentence: str
    operation_id: int | None


class Held(NamedTuple):
    """The columns of a ticket that operations decide by."""

    id: int
    customer_id: int
    customer: str
    contract_id: int | None
    owner_id: int | None
    owner: str | None
    severity: int
    state: str
    channel: str
    received_at: int
    waiting_since: int | None
    version: int
    clock_state: str
    updated_at: int

    @property
    def is_open(self) -> bool:
        """Whether someone still has to do something about it."""
        return self.state in (OPEN, WAITING)


def held(ticket_id: int) -> Held:
    """Read a ticket; NotFound where there is none of this number."""
    found = one(
        "SELECT t.id, t.customer_id, c.name, t.contract_id, t.owner_id, p.name, t.severity, t.state, t.channel,"
        " t.received_at, t.waiting_since, t.version, t.clock_state, t.updated_at FROM ticket t"
        " LEFT JOIN customer c ON c.id = t.customer_id LEFT JOIN person p ON p.id = t.owner_id WHERE t.id = ?",
        (ticket_id,),
        Held,
    )
    if found is None:
        raise NotFound(f"There is no ticket #{ticket_id}; check the number.")
    return found


def touched(ticket: Held, at: int) -> int:
    """When a ticket was changed: later than the last time, so that undo notices a change within the same second."""
    return max(at, ticket.updated_at + 1)


def done(tx: Transaction, ticket_id: int) -> Done:
    """What a finished transaction did."""
    return Done(ticket_id, tx.sentence, tx.operation_id)


def check_text(text: str) -> None:
    """Refuse an empty message."""
    if not text.strip():
        raise RuleRefused("There is nothing to send; write something first.")


def check_subject(text: str) -> None:
    """Refuse what is no line to tell a ticket by: every list shows it."""
    line = clean_line(text)
    if not line:
        raise RuleRefused("A ticket needs a subject; say in a line what it is about.")
    if len(line) > MOST_SUBJECT:
        raise RuleRefused(
            f"A subject has at most {MOST_SUBJECT:,} signs and this one {len(line):,}; say the rest in the text."
        )


def check_severity(severity: int) -> None:
    """Refuse what is no severity."""
    if severity not in (1, 2, 3, 4):
        raise RuleRefused(f"Severities are 1 to 4; there is no severity {severity}.")


def refuse_while_running(ticket_id: int, state: str) -> None:
    """Refuse to end a ticket that still has a promise to keep: out of the open views, nobody would see it missed."""
    if scalar(f"SELECT 1 FROM clock WHERE ticket_id = ? AND state = '{RUNNING}' LIMIT 1", (ticket_id,)):
        raise RuleRefused(f"A clock of #{ticket_id} still runs: answer first, then it can be {state}.")


def check_channel(ticket: Held, channel: str) -> None:
    """Refuse a channel that the catalogue does not know; raises ContractError naming the nearest."""
    terms = terms_at(ticket.customer_id, ticket.received_at)
    if terms and channel != ticket.channel:
        terms.terms.channel(channel)
