"""What the annex says of severities beyond their clocks (annex 2023-11-15, "Severity Level").

Severity 1 is lowered to the appropriate level once core services are available again, 2 goes to 3 once they are no
longer severely degraded. A level that was wrong from the start is another matter: it is assessed anew, to any level.

An open ticket of severity 1 always has an owner: the desk's own rule, the annex asks for none. To have it is not to
have answered, so the clock goes on until the customer hears from a person.
"""

from __future__ import annotations

from typing import NamedTuple

from models.people import ENGINEER, LEAD, TAM
from models.reading import one, rows
from models.tickets import CLOSED, SOLVED
from tickets.errors import RuleRefused
from tickets.rules import WORKERS, Held

ASSESSED, RESTORED = "assessed", "restored"
REASONS = (ASSESSED, RESTORED)

_RESTORED = {
    1: ("core services are available again", (2, 3, 4)),
    2: ("core services are no longer severely degraded", (3,)),
}


class Lowering(NamedTuple):
    """Why a severity is lowered when service is back, and to which levels."""

    when: str
    to: tuple[int, ...]


class Owner(NamedTuple):
    """Who has a severity 1 from now on; `why` tells why a machine chose them, empty where it was their own doing."""

    id: int
    name: str
    why: str = ""

    @property
    def told(self) -> str:
        """A sentence for the journal."""
        return f"Severity 1: {self.name} has it{self.why and f', as {self.why}'}."


class Unowned(NamedTuple):
    """An open ticket of severity 1 that nobody owns; `received_at` in UTC seconds."""

    ticket_id: int
    customer: str
    subject: str
    received_at: int


def lowering(severity: int) -> Lowering | None:
    """What becomes of a severity once service is back; None where it says nothing of service."""
    return Lowering(*_RESTORED[severity]) if severity in _RESTORED else None


def check_change(ticket: Held, severity: int, because: str) -> None:
    """Refuse a change that the annex does not provide for."""
    if because not in REASONS:
        raise RuleRefused(f"A severity changes because it was {' or '.join(REASONS)}, not {because!r}.")
    if because == ASSESSED:
        return
    rule = lowering(ticket.severity)
    if rule is None:
        raise RuleRefused(f"Severity {ticket.severity} says nothing of service; assess #{ticket.id} anew instead.")
    if severity not in rule.to:
        levels = ", ".join(map(str, rule.to))
        raise RuleRefused(f"Once {rule.when}, severity {ticket.severity} goes to {levels}, not to {severity}.")


_ROLES = ", ".join(f"'{role}'" for role in WORKERS)
_WORKS = f"active = 1 AND role IN ({_ROLES})"


def owner_of(customer_id: int, worker: int | None) -> Owner | None:
    """Who gets a severity 1 that nobody has; None where nobody on the desk works tickets.

    It is the person whose doing it is (`worker`); where a machine took it in, the customer's TAM, else the first lead,
    else the first engineer.
    """
    if worker is not None and (found := one(f"SELECT id, name FROM person WHERE id = ? AND {_WORKS}", (worker,))):
        return Owner(*found)
    tam = one(
        f"SELECT id, name FROM person WHERE id = (SELECT tam_id FROM customer WHERE id = ?) AND {_WORKS}",
        (customer_id,),
    )
    if tam:
        return Owner(tam[0], tam[1], "the customer's TAM")
    for role in (LEAD, ENGINEER, TAM):
        found = one("SELECT id, name FROM person WHERE active = 1 AND role = ? ORDER BY id LIMIT 1", (role,))
        if found:
            return Owner(found[0], found[1], f"the desk's first {role}")
    return None


def owner_again(ticket: Held, severity: int, worker: int | None) -> Owner | None:
    """Who takes a ticket that is open from now on at this severity; None where it needs nobody, or someone has it."""
    if severity != 1:
        return None
    if ticket.owner_id is not None and one(f"SELECT 1 FROM person WHERE id = ? AND {_WORKS}", (ticket.owner_id,)):
        return None
    return owner_of(ticket.customer_id, worker)


def refuse_leaving(ticket: Held) -> None:
    """Refuse to leave an open ticket of severity 1 without an owner."""
    if ticket.severity == 1 and ticket.is_open:
        raise RuleRefused(f"#{ticket.id} is severity 1 and always has an owner: hand it over, with a note, instead.")


def check_end(ticket: Held, state: str, note: str) -> None:
    """Refuse to end a severity 1 that nobody owns, or without a word on how service came back."""
    if ticket.severity != 1 or state not in (SOLVED, CLOSED) or not ticket.is_open:
        return
    if ticket.owner_id is None:
        raise RuleRefused(f"#{ticket.id} is severity 1 and has no owner: claim it, then it can be {state}.")
    if not note.strip():
        raise RuleRefused(f"#{ticket.id} is severity 1: say in a note how core services came back to make it {state}.")


def unowned_severity_1(limit: int = 100) -> list[Unowned]:
    """Open tickets of severity 1 without an owner, the oldest first: someone has to take them now."""
    return rows(
        "SELECT t.id, c.name, t.subject, t.received_at FROM ticket t JOIN customer c ON c.id = t.customer_id"
        " WHERE t.is_open = 1 AND t.severity = 1 AND t.owner_id IS NULL"
        f" ORDER BY t.received_at, t.id LIMIT {int(limit)}",
        (),
        Unowned,
    )
