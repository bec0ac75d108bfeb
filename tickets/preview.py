"""What an action will do to the clock, told before it is done."""

from __future__ import annotations

from typing import NamedTuple

from contracts.current import catalogue
from contracts.held import terms_at
from models.reading import scalar
from models.words import INITIAL, RUNNING, VOID
from sla.clock import read
from tickets import clock_reading
from tickets.clockwork import NoClock, PlannedClock, plan_initial, settle
from tickets.records import ClockRow
from tickets.rules import held
from tickets.words import amount, days, moment, objective


class SeverityEffect(NamedTuple):
    """A severity, what it means, and what setting it would do; `refused` says why it cannot be set."""

    severity: int
    name: str
    definition: str
    due_at: int | None
    line: str
    refused: str | None


def _running(ticket_id: int) -> ClockRow | None:
    found = (c for c in clock_reading.clocks(ticket_id) if c.kind == INITIAL and c.state == RUNNING)
    return next(found, None)


def reply_effect(ticket_id: int, now: int) -> str:
    """What a public reply at this instant does to the initial-response clock."""
    clock = _running(ticket_id)
    if clock is None:
        settled = any(c.kind == INITIAL and c.stopped_at for c in clock_reading.clocks(ticket_id))
        return "the clock has stopped already" if settled else "no clock runs on this ticket"
    basis = clock_reading.basis(clock.basis_id)
    ended = settle(basis.calendar, basis.policy, clock.due_at, now)
    if ended.state == "met":
        return f"stops the clock: met with {amount(basis.calendar.between(now, clock.due_at))} to spare"
    return f"stops the clock: missed by {amount(ended.late_seconds)}, {days(ended.credit_days)} of credit"


def severity_effects(ticket_id: int, now: int, zone: str) -> list[SeverityEffect]:
    """What each severity would do to the due time, counted from receipt."""
    ticket = held(ticket_id)
    terms = terms_at(ticket.customer_id, ticket.received_at)
    stays = _stays(ticket_id)
    levels = _levels(terms.terms.agreement.revision if terms else None)
    effects = []
    for severity, (name, definition) in levels.items():
        planned = plan_initial(terms.terms if terms else None, ticket.channel, severity, ticket.received_at)
        due_at = planned.due_at if isinstance(planned, PlannedClock) and not stays else None
        line = stays or _line(planned, now, zone)
        refused = f"it is {severity} already" if severity == ticket.severity else None
        effects.append(SeverityEffect(severity, name, definition, due_at, line, refused))
    return effects


def _stays(ticket_id: int) -> str:
    """Why no severity moves a due time any more; nothing where it does."""
    from tickets.clock_rows import answered

    initial = [clock for clock in clock_reading.clocks(ticket_id) if clock.kind == INITIAL and clock.state != VOID]
    if any(clock.state != RUNNING for clock in initial):
        return "answered already: the settled clock stays as it is"
    return "answered already: no clock starts any more" if not initial and answered(ticket_id) else ""


def _levels(revision: str | None) -> dict[int, tuple[str, str]]:
    """Names and definitions of the severities in the revision that the customer follows, else in the newest."""
    held_catalogue = catalogue()
    pinned = revision or held_catalogue.speaking_of("support")[-1]
    support = held_catalogue.governing("support", pinned).support
    if support is None:
        return {}
    return {
        level.number: (level.name, " ".join((level.definition, "; ".join(level.criteria))).strip())
        for level in support.severities
    }


def _line(planned: PlannedClock | NoClock, now: int, zone: str) -> str:
    if isinstance(planned, NoClock):
        return f"no clock: {planned.reason}"
    from sla.calendar import calendar_of

    calendar = calendar_of(planned.hours)
    words = objective(planned.objective_minutes, planned.hours.name)
    reading = read(calendar, planned.objective_minutes * 60, planned.due_at, now, planned.policy)
    due = moment(zone, planned.due_at, now)
    if reading.sign == "missed":
        late = f"missed by {amount(reading.late_seconds)} already"
        return f"{words}: due {due}, {late}, {days(reading.credit_days)} of credit"
    return f"{words}: due {due}, {amount(reading.seconds_left)} left"


def due_line(customer_id: int, channel: str, severity: int, at: int, zone: str) -> str:
    """What a request received at this instant would be promised."""
    terms = terms_at(customer_id, at)
    if terms is None and scalar("SELECT 1 FROM customer WHERE id = ?", (customer_id,)) is None:
        return ""
    return _line(plan_initial(terms.terms if terms else None, channel, severity, at), at, zone)
