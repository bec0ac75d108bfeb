"""What a contract makes of a ticket: the clock that its terms start, how that settles, and where the ticket stands.

Pure functions of terms and instants; `tickets.clock_rows` writes what they say.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from contracts.effective import CreditTerms, EffectiveTerms
from models.clocks import INITIAL, MET, MISSED, NON_URGENT, URGENT
from sla.calendar import Calendar, calendar_of
from sla.clock import Objective, Policy, credit_days, due, lateness, started
from sla.hours import SupportHours

WITHOUT_CLOCK = 1 << 40
"""Tickets without a running clock sort after every due time, by how long the customer waits."""
WITHOUT_WAIT = 1 << 41
"""Tickets whose customer does not wait for us sort last."""

ESCALATIONS = {"non-urgent": NON_URGENT, "urgent": URGENT}


class PlannedClock(NamedTuple):
    """A clock as the terms want it; instants in UTC seconds."""

    kind: str
    severity: int
    objective: Objective
    objective_minutes: int
    hours: SupportHours
    policy: Policy
    plan: str
    revision: str
    section: str
    received_at: int
    started_at: int
    due_at: int


class NoClock(NamedTuple):
    """Why no clock runs: `state` is none, best_effort or bespoke."""

    state: str
    reason: str


class Settled(NamedTuple):
    """How a clock ended."""

    state: str
    stopped_at: int
    late_seconds: int
    credit_days: int


def plan_initial(terms: EffectiveTerms | None, channel: str, severity: int, received_at: int) -> PlannedClock | NoClock:
    """The initial-response clock of a request, from its receipt (annex 2023-11-15, "SLO - Initial response time")."""
    if terms is None:
        return NoClock("none", "no contract was in force at receipt")
    promised = terms.initial_response(severity, channel)
    objective = promised.value
    if objective.kind != "duration":
        return NoClock(objective.kind, promised.note or _WORDS[objective.kind])
    hours = terms.severity(severity).hours.value
    policy = _with_rule(terms.policy, terms.initial_credit.value)
    return _plan(INITIAL, severity, objective, hours, policy, terms, promised.source, received_at)


def plan_escalation(terms: EffectiveTerms, kind: str, severity: int, raised_at: int) -> PlannedClock | NoClock:
    """The clock of an escalation, "non-urgent" or "urgent" (annex 2023-11-15, "Escalation")."""
    escalation, hours = terms.escalation(kind, severity)
    objective = escalation.objective.value
    if objective.kind != "duration":
        return NoClock(objective.kind, escalation.objective.note or _WORDS[objective.kind])
    policy, source = _with_rule(terms.policy, terms.escalation_credit.value), escalation.objective.source
    return _plan(ESCALATIONS[kind], severity, objective, hours.value, policy, terms, source, raised_at)


@lru_cache(maxsize=64)
def _with_rule(policy: Policy, rule: CreditTerms) -> Policy:
    """The policy that counts credits as the annex in force states them for this kind of promise."""
    return replace(policy, credit_step_minutes=rule.step_minutes, credit_step_days=rule.days)


_WORDS = {
    "none": "the plan promises no response time",
    "best_effort": "best effort: the plan promises no response time at this severity",
    "bespoke": "the order has not agreed a response time at this severity yet",
}


def _plan(
    kind: str,
    severity: int,
    objective: Objective,
    hours: SupportHours,
    policy: Policy,
    terms: EffectiveTerms,
    section: str,
    received_at: int,
) -> PlannedClock:
    calendar = calendar_of(hours)
    seconds, due_at = objective.seconds(calendar), due(calendar, received_at, objective, policy)
    if seconds is None or due_at is None:
        raise ValueError(f"an objective of kind {objective.kind} runs no clock")
    return PlannedClock(
        kind=kind,
        severity=severity,
        objective=objective,
        objective_minutes=seconds // 60,
        hours=hours,
        policy=policy,
        plan=terms.option.value if terms.option else terms.plan.value,
        revision=terms.agreement.revision,
        section=section,
        received_at=received_at,
        started_at=started(calendar, received_at),
        due_at=due_at,
    )


def settle(calendar: Calendar, policy: Policy, due_at: int, answered_at: int) -> Settled:
    """End a clock at an answer; an answer at the due instant is in time."""
    late = lateness(calendar, due_at, answered_at, policy)
    if not late and answered_at <= due_at:
        return Settled(MET, answered_at, 0, 0)
    return Settled(MISSED, answered_at, late, credit_days(late, policy))


def order_at(running_due: int | None, waiting_since: int | None, received_at: int) -> int:
    """Where a ticket stands in its lists: by the clock that runs out first, else by how long the customer waits."""
    if running_due is not None:
        return running_due
    if waiting_since is not None:
        return WITHOUT_CLOCK + waiting_since
    return WITHOUT_WAIT + received_at
