"""From an agreement to its effective terms: the order's override, then the pinned revision."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from contracts.agreement import Agreement, Allowance
from contracts.effective import (
    ChannelTerms,
    CreditTerms,
    EffectiveTerms,
    EscalationTerms,
    SeverityTerms,
    Sourced,
)
from contracts.errors import InvalidOrder, UnknownPlan, UnknownRevision, nearest
from contracts.words import DEPLOYMENTS, FEATURES, POLICIES
from sla.clock import Objective, Policy
from sla.errors import InvalidHours
from sla.hours import SupportHours

if TYPE_CHECKING:
    from contracts.reader import Catalogue
    from contracts.schema import CreditRule, ObjectiveCell, Support, SupportAnnex

Value = TypeVar("Value")
SILENT = "the revision is silent: only what the order agrees"


@lru_cache(maxsize=4096)
def resolve(catalogue: Catalogue, agreement: Agreement) -> EffectiveTerms:
    """Resolve what holds; raises UnknownRevision, UnknownPlan or InvalidOrder."""
    return _Resolution(catalogue, agreement).terms()


class _Resolution:
    """One agreement beside the annex that it is pinned to."""

    def __init__(self, catalogue: Catalogue, agreement: Agreement) -> None:
        self.agreement = agreement
        self.order = agreement.order
        self.annex = support_annex(catalogue, agreement.revision)
        self.plan = _plan(catalogue, self.annex, agreement)
        self.option = _option(self.annex, agreement)
        self.features = self.option or self.plan
        self.clause = f"order {self.order.reference}".rstrip()
        self.entitlements = {feature: self._entitlement(feature) for feature in FEATURES}
        if self.order.objectives and self.entitlements["professional"].value == "no":
            raise InvalidOrder(
                f"{agreement.customer}: the order agrees objectives, but the {self.plan.name} plan has no professional "
                "support; agree entitlements.professional in the order, or choose another plan"
            )

    def terms(self) -> EffectiveTerms:
        """Gather all terms."""
        named = self.entitlements
        policies = self._policies()
        annex = self.annex
        return EffectiveTerms(
            agreement=self.agreement,
            plan=self._sourced(self.plan.name, self.plan.section),
            option=self._sourced(self.option.name, self.option.section) if self.option else None,
            severities=(self._severity(1), self._severity(2), self._severity(3), self._severity(4)),
            community=named["community"],
            professional=named["professional"],
            enterprise_features=named["enterprise_features"],
            tam=named["tam"],
            allowance=self._allowance(),
            channels=self._channels(),
            languages=self._languages(),
            escalations=(self._escalation(0), self._escalation(1)),
            business_hours=self._named_hours("business"),
            initial_credit=self._credit(annex.credits.initial_response),
            escalation_credit=self._credit(annex.credits.escalation),
            policy=Policy(**{name: sourced.value for name, sourced in policies}),  # type: ignore[arg-type]
            policies=policies,
            contacts=self.order.contacts,
        )

    def _sourced(self, value: Value, section: str, clause: str = "", note: str = "") -> Sourced[Value]:
        """Attach where a value of the pinned revision stands."""
        return Sourced(value, self.agreement.revision, section, clause, note)

    def _entitlement(self, feature: str) -> Sourced[str]:
        """Resolve a feature; an allowance in the order is itself an agreement on technical account management."""
        section, note = self.features.section, self.features.notes.get(feature, "")
        ordered = dict(self.order.entitlements).get(feature)
        if ordered is None and feature == "tam" and self.order.tam:
            ordered = "yes"
        if ordered is not None:
            return self._sourced(ordered, section, self.clause)
        said = getattr(self.features, feature)
        return (
            self._sourced("bespoke", section, note=SILENT) if said is None else self._sourced(said, section, note=note)
        )

    def _severity(self, number: int) -> SeverityTerms:
        """Resolve objective and hours of a severity."""
        meaning = self.annex.severities[number - 1]
        cell, section = self._cell(number)
        agreed = number in dict(self.order.support_hours) or self.features.hours.kind == "named"
        return SeverityTerms(
            number=number,
            name=meaning.name,
            objective=self._objective(number, cell, section),
            hours=self._hours(number),
            hours_agreed=agreed,
            floor_minutes=cell.floor_minutes,
        )

    def _cell(self, number: int) -> tuple[ObjectiveCell, str]:
        """Find what the revision states: severity 1 by the plan's table, 2 to 4 by the column that the plan maps to."""
        for column in self.annex.columns:
            if number > 1 and column.id == self.features.column:
                return column.objectives[number - 1], column.section
        return self.features.severity_1, self.features.section

    def _objective(self, number: int, cell: ObjectiveCell, section: str) -> Sourced[Objective]:
        """Resolve an objective: the order, then no promise without professional support, then the revision."""
        ordered = dict(self.order.objectives).get(number)
        if ordered is not None:
            below = cell.floor_minutes and ordered.minutes and ordered.minutes < cell.floor_minutes
            note = f"below the {cell.floor_minutes} minutes that the revision offers at the least" if below else ""
            return self._sourced(ordered, section, self.clause, note)
        professional = self.entitlements["professional"]
        if professional.value == "no":
            reason = f"{self.agreement.customer}'s {self.plan.name} plan has no professional support"
            return self._sourced(Objective(kind="none"), professional.section, professional.clause, reason)
        notes = [self.features.notes.get("severity_1", "")] if number == 1 else []
        if cell.kind == "bespoke":
            least = f", as low as {cell.floor_minutes} minutes" if cell.floor_minutes else ""
            notes.insert(0, f"not agreed yet{least}")
        return self._sourced(_objective(cell), section, note="; ".join(filter(None, notes)))

    def _hours(self, number: int) -> Sourced[SupportHours]:
        """Resolve the support hours of a severity.

        Bespoke hours that the order does not agree are counted as business hours, because the table of objectives
        counts in business hours (2023-11-15, "SLO - Initial response time").
        """
        stated = self.features.hours
        ordered = dict(self.order.support_hours).get(number)
        if isinstance(ordered, str):
            named = self._named_hours(ordered)
            return self._sourced(named.value, self.features.section, self.clause)
        if ordered is not None:
            return self._sourced(ordered, self.features.section, self.clause)
        if stated.kind == "named":
            named = self._named_hours(stated.name)
            return self._sourced(named.value, f"{self.features.section}; {named.section}", named.clause)
        note = f"bespoke up to {stated.name}, not agreed yet: business hours count until then"
        business = self._named_hours("business")
        return self._sourced(business.value, self.features.section, business.clause, note)

    def _named_hours(self, name: str) -> Sourced[SupportHours]:
        """Find hours of the revision, in the order's time zone and without the holidays of its region."""
        entries = {entry.name: entry for entry in self.annex.hours}
        if name not in entries:
            raise InvalidOrder(f"{self.agreement.customer}: no support hours {name!r}; {nearest(name, entries)}")
        entry = entries[name]
        form = entry.form()
        clause = ""
        if self.order.zone:
            form["zone"], clause = self.order.zone, self.clause
        if self.order.holiday_region and form["holidays"]:
            form["holidays"], clause = self.order.holiday_region, self.clause
        try:
            return self._sourced(SupportHours.parse(form), entry.section, clause)
        except InvalidHours as error:
            raise InvalidOrder(f"{self.agreement.customer}: support hours {name!r}: {error}") from error

    def _allowance(self) -> Sourced[Allowance | None]:
        """Resolve the agreed time; only an order states an amount."""
        tam = self.annex.tam
        if self.order.tam:
            return self._sourced(self.order.tam, tam.section, self.clause)
        note = f"the order states no time (the revision speaks of time a {tam.basis})"
        return self._sourced(None, tam.section, note=note)

    def _channels(self) -> tuple[ChannelTerms, ...]:
        """Resolve every channel of the revision."""
        known = [channel.id for channel in self.annex.channels]
        for name in self.order.channels or ():
            if name not in known:
                raise InvalidOrder(f"{self.agreement.customer}: no channel {name!r}; {nearest(name, known)}")
        return tuple(
            ChannelTerms(
                id=channel.id,
                name=channel.name,
                community=channel.kind == "community",
                contact=channel.contact,
                entitlement=self._channel(channel.id, channel.kind),
            )
            for channel in self.annex.channels
        )

    def _channel(self, channel: str, kind: str) -> Sourced[str]:
        """Resolve a channel: community as entitled; else the order's list, the plan's table, professional support."""
        if kind == "community":
            return self.entitlements["community"]
        if self.order.channels is not None:
            return self._sourced("yes" if channel in self.order.channels else "no", self.features.section, self.clause)
        professional = self.entitlements["professional"]
        if self.features.channels is None or professional.value == "no":
            return professional
        return self._sourced(self.features.channels.get(channel, "no"), self.features.section)

    def _languages(self) -> Sourced[tuple[str, ...]]:
        """Resolve the languages of support."""
        stated = self.annex.languages
        if self.order.languages is not None:
            return self._sourced(self.order.languages, stated.section, self.clause)
        return self._sourced(stated.entries, stated.section)

    def _escalation(self, index: int) -> EscalationTerms:
        """Resolve a path of escalation; requests without professional support cannot be escalated."""
        path = self.annex.escalations[index]
        professional = self.entitlements["professional"]
        objective = self._sourced(_objective(path.objective), path.section)
        if professional.value == "no":
            reason = f"{self.agreement.customer}'s {self.plan.name} plan has no professional support to escalate"
            objective = self._sourced(Objective(kind="none"), professional.section, professional.clause, reason)
        return EscalationTerms(path.kind, path.how, path.phone, path.email, objective)

    def _credit(self, rule: CreditRule) -> Sourced[CreditTerms]:
        """Attach where a credit rule stands."""
        return self._sourced(CreditTerms(rule.step_minutes, rule.days), rule.section)

    def _policies(self) -> tuple[tuple[str, Sourced[str | int | None]], ...]:
        """Resolve each policy: the order's, else the catalogue's."""
        ordered = dict(self.order.policies)
        stated = self.annex.policies
        return tuple(
            (
                name,
                self._sourced(
                    ordered.get(name, getattr(stated, name)), stated.section, self.clause if name in ordered else ""
                ),
            )
            for name in POLICIES
        )


def support_annex(catalogue: Catalogue, revision: str) -> SupportAnnex:
    """Answer the support annex of a revision; raises UnknownRevision where it has none."""
    found = catalogue.revision(revision)
    if found.support is None:
        others = ", ".join(catalogue.speaking_of("support"))
        raise UnknownRevision(f"revision {revision} ({found.title}) has no plans; pin one that has: {others}")
    return found.support


def _objective(cell: ObjectiveCell) -> Objective:
    """Turn a table's cell into the objective that clocks read."""
    return Objective(kind=cell.kind, minutes=cell.minutes, business_days=cell.business_days)


def _called(entries: tuple[Support, ...], name: str) -> Support | None:
    """Find a plan or an option by its id or its name, whatever the case."""
    wanted = name.casefold()
    return next((entry for entry in entries if wanted in (entry.id.casefold(), entry.name.casefold())), None)


def _plan(catalogue: Catalogue, annex: SupportAnnex, agreement: Agreement) -> Support:
    """Find the plan in the pinned revision, for the deployment agreed."""
    deployment = agreement.deployment
    if deployment not in DEPLOYMENTS:
        raise UnknownPlan(f"{agreement.customer}: no deployment {deployment!r}; {nearest(deployment, DEPLOYMENTS)}")
    plan = _called(annex.plans, agreement.plan)
    if plan is None:
        raise UnknownPlan(_no_plan(catalogue, annex, agreement))
    if deployment not in plan.deployments:
        fitting = ", ".join(other.name for other in annex.plans if deployment in other.deployments)
        raise UnknownPlan(
            f"{agreement.customer}: plan {plan.name!r} is for {', '.join(plan.deployments)}; "
            f"revision {agreement.revision} has for {deployment}: {fitting or 'none'}"
        )
    return plan


def _no_plan(catalogue: Catalogue, annex: SupportAnnex, agreement: Agreement) -> str:
    """Say which plans the revision has, and which revisions have the plan."""
    elsewhere = [
        name
        for name in catalogue.speaking_of("support")
        if _called(support_annex(catalogue, name).plans, agreement.plan) is not None
    ]
    known = [plan.name for plan in annex.plans]
    hint = f"revision {', '.join(elsewhere)} has it" if elsewhere else nearest(agreement.plan, known)
    return f"{agreement.customer}: revision {agreement.revision} has no plan {agreement.plan!r}; {hint}"


def _option(annex: SupportAnnex, agreement: Agreement) -> Support | None:
    """Find the support option, whose features replace those of the plan."""
    if not agreement.support_option:
        return None
    option = _called(annex.options, agreement.support_option)
    if option is None:
        hint = nearest(agreement.support_option, [other.name for other in annex.options])
        raise UnknownPlan(
            f"{agreement.customer}: revision {agreement.revision} has no option {agreement.support_option!r}; {hint}"
        )
    if agreement.deployment not in option.deployments:
        raise UnknownPlan(
            f"{agreement.customer}: {option.name} is for {', '.join(option.deployments)} only, "
            f"and this contract is {agreement.deployment}; agree the hours and objectives in the order"
        )
    return option
