"""Escalations as leads look at them: what waits for a manager, how near it is, and what it costs so far."""

from __future__ import annotations

from typing import NamedTuple

from models.reading import rows
from models.words import RUNNING
from tickets.records import ClockRow
from tickets.words import amount, days, moment


class Escalated(NamedTuple):
    """An escalation of a ticket; instants in UTC seconds, `owner` a name."""

    id: int
    ticket_id: int
    kind: str
    reason: str
    raised_at: int
    called_at: int | None
    mailed_at: int | None
    owner_id: int | None
    owner: str | None
    clock_id: int | None
    answered_at: int | None
    withdrawn_at: int | None

    @property
    def is_open(self) -> bool:
        """Whether a manager still has to answer."""
        return self.answered_at is None and self.withdrawn_at is None


class OpenEscalation(NamedTuple):
    """An escalation that waits for a manager; `due_at` None where the plan promises no answer.

    `late_seconds` and `credit_days` are what it costs at the instant that was asked for.
    """

    escalation: Escalated
    customer: str
    subject: str
    due_at: int | None
    basis_id: int | None
    late_seconds: int
    credit_days: int


_COLUMNS = (
    "e.id, e.ticket_id, e.kind, e.reason, e.raised_at, e.called_at, e.mailed_at, e.owner_id, p.name, e.clock_id,"
    " e.answered_at, e.withdrawn_at"
)
_FIELDS = len(Escalated._fields)


def escalations(ticket_id: int) -> list[Escalated]:
    """Every escalation of a ticket, oldest first."""
    return rows(
        f"SELECT {_COLUMNS} FROM escalation e LEFT JOIN person p ON p.id = e.owner_id WHERE e.ticket_id = ?"
        " ORDER BY e.id",
        (ticket_id,),
        Escalated,
    )


def escalation_lines(ticket_id: int, clocks: list[ClockRow], now: int, zone: str) -> list[tuple[str, str]]:
    """A label and a line for each escalation of a ticket: its own promise, and what became of it; times in `zone`."""
    told = []
    for each in escalations(ticket_id):
        clock = next((clock for clock in clocks if clock.id == each.clock_id), None)
        if each.withdrawn_at is not None:
            line = f"withdrawn {moment(zone, each.withdrawn_at, now)}"
        elif each.answered_at is not None:
            line = f"answered {moment(zone, each.answered_at, now)}"
            if clock is not None and clock.late_seconds:
                line += f", missed by {amount(clock.late_seconds)}, {days(clock.credit_days)} of credit"
        elif clock is None:
            line = "no time was promised"
        else:
            line = f"an answer is due {moment(zone, clock.due_at, now)}"
        told.append((each.kind, f"{line}, {each.owner}'s" if each.owner and each.is_open else line))
    return told


def open_escalations(now: int) -> list[OpenEscalation]:
    """What waits for a manager at an instant (UTC seconds), the clock that runs out first on top."""
    found = rows(
        f"SELECT {_COLUMNS}, c.name, t.subject, k.due_at, k.basis_id FROM escalation e"
        " JOIN ticket t ON t.id = e.ticket_id JOIN customer c ON c.id = t.customer_id"
        f" LEFT JOIN clock k ON k.id = e.clock_id AND k.state = '{RUNNING}' LEFT JOIN person p ON p.id = e.owner_id"
        " WHERE e.answered_at IS NULL AND e.withdrawn_at IS NULL ORDER BY k.due_at IS NULL, k.due_at, e.raised_at, e.id"
    )
    told = []
    for row in found:
        customer, subject, due_at, basis_id = row[_FIELDS:]
        cost = _cost(basis_id, due_at, now)
        told.append(OpenEscalation(Escalated._make(row[:_FIELDS]), customer, subject, due_at, basis_id, *cost))
    return told


def _cost(basis_id: int | None, due_at: int | None, now: int) -> tuple[int, int]:
    """Lateness in seconds and days of credit of a running clock at an instant."""
    if basis_id is None or due_at is None or now <= due_at:
        return 0, 0
    from sla.clock import credit_days, lateness
    from tickets.clock_reading import basis

    calendar, policy = basis(basis_id)
    late = lateness(calendar, due_at, now, policy)
    return late, credit_days(late, policy)
