"""Effective terms: what holds for a customer, each value with where it comes from."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from contracts.agreement import Agreement, Allowance, NamedContact
from contracts.errors import ContractError, nearest
from contracts.words import COMMUNITY, SEVERITIES
from sla.clock import Objective, Policy
from sla.hours import SupportHours

Value_co = TypeVar("Value_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Sourced(Generic[Value_co]):
    """A value, the revision and section that state it, and the clause of the order where that overrides them.

    `note` says in words what a person has to know beside the value (a floor, a reason).
    """

    value: Value_co
    revision: str
    section: str
    clause: str = ""
    note: str = ""

    @property
    def source(self) -> str:
        """Where the value comes from, in a line."""
        annex = f"{self.revision}, {self.section}"
        return f"{self.clause} (instead of {annex})" if self.clause else annex


@dataclass(frozen=True, slots=True)
class SeverityTerms:
    """The promise for a severity; while `hours_agreed` is false the hours are bespoke and business hours count."""

    number: int
    name: str
    objective: Sourced[Objective]
    hours: Sourced[SupportHours]
    hours_agreed: bool
    floor_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class ChannelTerms:
    """A channel and whether the customer may use it."""

    id: str
    name: str
    community: bool
    contact: str
    entitlement: Sourced[str]


@dataclass(frozen=True, slots=True)
class EscalationTerms:
    """How an escalation is raised and how soon it is answered."""

    kind: str
    how: str
    phone: str
    email: str
    objective: Sourced[Objective]


@dataclass(frozen=True, slots=True)
class CreditTerms:
    """`days` are added to the term for each `step_minutes` past the objective."""

    step_minutes: int
    days: int


@dataclass(frozen=True, slots=True)
class EffectiveTerms:
    """All that holds for an agreement."""

    agreement: Agreement
    plan: Sourced[str]
    option: Sourced[str] | None
    severities: tuple[SeverityTerms, SeverityTerms, SeverityTerms, SeverityTerms]
    community: Sourced[str]
    professional: Sourced[str]
    enterprise_features: Sourced[str]
    tam: Sourced[str]
    allowance: Sourced[Allowance | None]
    channels: tuple[ChannelTerms, ...]
    languages: Sourced[tuple[str, ...]]
    escalations: tuple[EscalationTerms, EscalationTerms]
    business_hours: Sourced[SupportHours]
    initial_credit: Sourced[CreditTerms]
    escalation_credit: Sourced[CreditTerms]
    policy: Policy
    policies: tuple[tuple[str, Sourced[str | int | None]], ...]
    contacts: tuple[NamedContact, ...]

    @property
    def plan_text(self) -> str:
        """The plan as people call it: "Acme's Production plan with Extended support"."""
        option = f" with {self.option.value}" if self.option else ""
        return f"{self.agreement.customer}'s {self.plan.value} plan{option}"

    def severity(self, number: int) -> SeverityTerms:
        """The terms of a severity, 1 to 4."""
        if number not in SEVERITIES:
            raise ContractError(f"there is no severity {number}; severities are 1 to 4")
        return self.severities[number - 1]

    def channel(self, channel: str) -> ChannelTerms:
        """The terms of a channel by its id."""
        for terms in self.channels:
            if terms.id == channel:
                return terms
        raise ContractError(f"there is no channel {channel!r}; {nearest(channel, [c.id for c in self.channels])}")

    def initial_response(self, severity: int, channel: str) -> Sourced[Objective]:
        """The objective of a ticket that came over a channel; kind "none" with the reason where no clock runs.

        Response times are promised over professional channels alone (2023-11-15, "Community support").
        """
        promised = self.severity(severity).objective
        if promised.value.kind == "none":
            return promised
        way = self.channel(channel)
        said = way.entitlement
        if way.community or channel == COMMUNITY:
            reason = "community channels carry no promise of a response time"
        elif said.value != "yes":
            reason = f"{way.name} is {said.value} in {self.plan_text}, so no response time is promised over it"
        else:
            return promised
        return Sourced(Objective(kind="none"), said.revision, said.section, said.clause, reason)

    def escalation(self, kind: str, severity: int) -> tuple[EscalationTerms, Sourced[SupportHours]]:
        """The terms of an escalation ("non-urgent", "urgent") and the hours that its clock runs in."""
        for terms in self.escalations:
            if terms.kind == kind:
                in_contract = self.policy.escalation_hours == "contract"
                return terms, self.severity(severity).hours if in_contract else self.business_hours
        raise ContractError(f"there is no escalation {kind!r}; {nearest(kind, [e.kind for e in self.escalations])}")
