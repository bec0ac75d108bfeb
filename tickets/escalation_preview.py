"""What an escalation will start, told before it is recorded; and who may answer one."""

from __future__ import annotations

from typing import NamedTuple

from contracts.held import terms_at
from models.people import LEAD, TAM
from models.reading import rows
from tickets.clockwork import ESCALATIONS, NoClock, plan_escalation
from tickets.rules import held
from tickets.words import moment, objective


class EscalationEffect(NamedTuple):
    """A kind of escalation, and when its answer would be due or why it has no clock."""

    kind: str
    line: str


class Manager(NamedTuple):
    """Someone who may answer an escalation."""

    id: int
    login: str
    name: str


def escalation_effects(ticket_id: int, raised_at: int, now: int, zone: str) -> list[EscalationEffect]:
    """What each kind would promise if it was raised at an instant (UTC seconds), times told in `zone`."""
    ticket = held(ticket_id)
    terms = terms_at(ticket.customer_id, raised_at)
    effects = []
    for kind in ESCALATIONS:
        if terms is None:
            effects.append(EscalationEffect(kind, "no clock: no contract is in force"))
            continue
        planned = plan_escalation(terms.terms, kind, ticket.severity, raised_at)
        if isinstance(planned, NoClock):
            effects.append(EscalationEffect(kind, f"no clock: {planned.reason}"))
        else:
            words = objective(planned.objective_minutes, planned.hours.name)
            effects.append(EscalationEffect(kind, f"{words}: an answer is due {moment(zone, planned.due_at, now)}"))
    return effects


def managers() -> list[Manager]:
    """Who may answer an escalation, leads first."""
    return rows(
        f"SELECT id, login, name FROM person WHERE active = 1 AND role IN ('{LEAD}', '{TAM}')"
        f" ORDER BY CASE role WHEN '{LEAD}' THEN 0 ELSE 1 END, name, id",
        (),
        Manager,
    )
