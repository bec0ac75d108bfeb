"""Why a clock is due when it is: the calculation itself, told as a list that a customer would accept."""

from __future__ import annotations

from typing import NamedTuple

from contracts.held import terms_at
from models.errors import NotFound
from models.words import INITIAL, MET, MISSED, NON_URGENT, RUNNING, VOID
from sla.why import Row, moment_text, told_in
from sla.why import why as rows_of
from tickets import clock_reading
from tickets.cards import shown
from tickets.clockwork import NoClock, plan_initial
from tickets.records import ClockRow
from tickets.rules import Held, held
from tickets.words import amount, days, objective

NAMES = {INITIAL: "initial response", NON_URGENT: "non-urgent escalation"}


class Why(NamedTuple):
    """An explanation; `lines` add up to the objective, `late` to the lateness that credits are counted from."""

    title: str
    lines: list[Row]
    late: list[Row]
    objective: str
    source: str
    policy: str
    outcome: str


def why(ticket_id: int, now: int, clock_id: int | None = None, zone: str = "") -> Why:
    """Explain a clock of a ticket (the one it shows, where none is named), in the zone of its support hours.

    Hours that never close are told in `zone`, the person's.

    A ticket without a clock gets the reason in words. NotFound where the ticket or the clock does not exist.
    """
    ticket = held(ticket_id)
    clocks = clock_reading.clocks(ticket_id)
    if clock_id is None:
        clock = shown(clocks)
        return _without(ticket) if clock is None else _explain(ticket, clock, now, zone)
    named = next((clock for clock in clocks if clock.id == clock_id and clock.state != VOID), None)
    if named is None:
        raise NotFound(f"#{ticket_id} has no clock {clock_id}.")
    return _explain(ticket, named, now, zone)


def whys(ticket_id: int, now: int, zone: str = "") -> list[Why]:
    """The explanation of the clock that a ticket shows, then those of its other clocks, oldest first."""
    first = why(ticket_id, now, None, zone)
    standing = [clock.id for clock in clock_reading.clocks(ticket_id) if clock.state != VOID]
    return [first, *(told for told in (why(ticket_id, now, each, zone) for each in standing) if told != first)]


def _without(ticket: Held) -> Why:
    """Why a ticket carries no clock."""
    terms = terms_at(ticket.customer_id, ticket.received_at)
    planned = plan_initial(terms.terms if terms else None, ticket.channel, ticket.severity, ticket.received_at)
    reason = planned.reason if isinstance(planned, NoClock) else "it was answered before its severity promised a time"
    source = terms.terms.initial_response(ticket.severity, ticket.channel).source if terms else ""
    return Why(f"#{ticket.id} carries no clock", [], [], reason, source, "", "")


def _explain(ticket: Held, clock: ClockRow, now: int, zone: str) -> Why:
    held_basis = clock_reading.basis(clock.basis_id)
    calendar, policy = held_basis
    zone = told_in(calendar, zone)
    late: list[Row] = []
    until = clock.stopped_at if clock.stopped_at is not None else now
    if until > clock.due_at and policy.credit_clock == "support_hours":
        late = [row for row in rows_of(calendar, clock.due_at, until, zone)[1:] if row.counted or row.reason]
        late = [row._replace(reason="") if row.counted else row for row in late]
    words = objective(clock.objective_minutes, calendar.hours.name)
    name = NAMES.get(clock.kind, "urgent escalation")
    return Why(
        title=f"Why is #{ticket.id} due on {moment_text(zone, clock.due_at)}?",
        lines=rows_of(calendar, clock.received_at, clock.due_at, zone),
        late=late,
        objective=f"{words}, {name}, severity {clock.severity}, {clock.plan}",
        source=clock.section,
        policy=", ".join(f"{key} = {value}" for key, value in policy.to_mapping().items()),
        outcome=_outcome(clock, now, zone) + _had(ticket, clock),
    )


def _had(ticket: Held, clock: ClockRow) -> str:
    """That a severity 1 is somebody's: it always is, and may look as if it were answered."""
    waits = clock.kind == INITIAL and clock.state == RUNNING and ticket.severity == 1
    return "; it has an owner, and that is no answer" if waits and ticket.owner else ""


def _outcome(clock: ClockRow, now: int, zone: str) -> str:
    held_basis = clock_reading.basis(clock.basis_id)
    if clock.state == MET and clock.stopped_at is not None:
        spare = held_basis.calendar.between(clock.stopped_at, clock.due_at)
        return f"met {moment_text(zone, clock.stopped_at)}, with {amount(spare)} to spare"
    if clock.state == MISSED:
        told = f"missed by {amount(clock.late_seconds)}: {days(clock.credit_days)} of credit"
        return f"{told}, answered {moment_text(zone, clock.stopped_at)}" if clock.stopped_at else told
    if now > clock.due_at:
        from sla.clock import credit_days, lateness

        so_far = lateness(held_basis.calendar, clock.due_at, now, held_basis.policy)
        return f"missed by {amount(so_far)} so far: {days(credit_days(so_far, held_basis.policy))} of credit"
    return f"running, {amount(held_basis.calendar.between(now, clock.due_at))} left"
