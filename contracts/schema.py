"""The form of a catalogue file: every table of an annex revision, read strictly.

Importing this module costs the import of msgspec; `contracts.reader` does so only when a file is really read.
"""

from typing import Annotated, Literal

import msgspec

from contracts.words import DEPLOYMENTS, FEATURES, SEVERITIES
from sla.hours import SupportHours

Entitlement = Literal["no", "yes", "bespoke", "optional"]
Deployment = Literal["cloud", "self-hosted"]
Positive = Annotated[int, msgspec.Meta(ge=1)]
Words = Annotated[str, msgspec.Meta(min_length=1)]


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every table of a catalogue file has in common: unknown keys are errors, nothing changes."""


class Listing(Table, frozen=True, kw_only=True):
    """A list that an annex prints under one heading."""

    section: Words
    entries: Annotated[tuple[Words, ...], msgspec.Meta(min_length=1)]


class Vendor(Table, frozen=True, kw_only=True):
    """Who gives the service."""

    name: Words
    company: str = ""
    section: Words


class ContactPoint(Table, frozen=True, kw_only=True):
    """Where a purpose is addressed (billing, security, status)."""

    purpose: Words
    address: Words
    section: Words


class ObjectiveCell(Table, frozen=True, kw_only=True):
    """An objective as a table states it: minutes in support hours, business days, or none that can be missed.

    `floor_minutes` is the least that a bespoke objective is offered for ("as low as").
    """

    kind: Literal["none", "best_effort", "bespoke", "duration"]
    minutes: Positive | None = None
    business_days: Positive | None = None
    floor_minutes: Positive | None = None

    def __post_init__(self) -> None:
        amounts = (self.minutes is not None) + (self.business_days is not None)
        if amounts != (1 if self.kind == "duration" else 0):
            raise ValueError("an objective of kind 'duration' has minutes or business_days; no other kind has them")
        if self.floor_minutes is not None and self.kind != "bespoke":
            raise ValueError("only an objective of kind 'bespoke' has floor_minutes")


class HoursCell(Table, frozen=True, kw_only=True):
    """Support hours as a plan states them: named, or bespoke up to the named ones."""

    kind: Literal["named", "bespoke"]
    name: Words


class Hours(Table, frozen=True, kw_only=True):
    """Named support hours in the form that `sla.hours.SupportHours.parse` reads, and where they are defined."""

    name: Words
    section: Words
    zone: Words
    week: dict[str, list[tuple[str, str]]]
    holidays: str | tuple[str, ...] = ()
    by_agreement: bool = False

    def __post_init__(self) -> None:
        # A region is left to the first use: to check it, the whole library of holidays would be imported.
        listed = [] if isinstance(self.holidays, str) else list(self.holidays)
        SupportHours.parse(self.form() | {"holidays": listed})

    def form(self) -> dict[str, object]:
        """Hand on what describes the hours themselves."""
        week = {day: [list(interval) for interval in intervals] for day, intervals in self.week.items()}
        holidays = self.holidays if isinstance(self.holidays, str) else list(self.holidays)
        return {"name": self.name, "zone": self.zone, "week": week, "holidays": holidays}


class Severity(Table, frozen=True, kw_only=True):
    """What a severity means, what is done about it and when it is lowered."""

    number: Annotated[int, msgspec.Meta(ge=1, le=4)]
    name: Words
    definition: Words
    effort: str = ""
    lowered: str = ""
    criteria: tuple[Words, ...] = ()
    section: Words


class ObjectiveColumn(Table, frozen=True, kw_only=True):
    """A column of the table of initial response times: an objective for each severity, in order."""

    id: Words
    name: Words
    objectives: tuple[ObjectiveCell, ObjectiveCell, ObjectiveCell, ObjectiveCell]
    section: Words


class Support(Table, frozen=True, kw_only=True):
    """The support features of a plan or of an option that replaces them.

    An entitlement that is left out is one on which the revision is silent.
    """

    id: Words
    name: Words
    deployments: Annotated[tuple[Deployment, ...], msgspec.Meta(min_length=1)]
    hours: HoursCell
    severity_1: ObjectiveCell
    column: str = ""
    community: Entitlement | None = None
    professional: Entitlement | None = None
    enterprise_features: Entitlement | None = None
    tam: Entitlement | None = None
    channels: dict[str, Entitlement] | None = None
    notes: dict[str, str] = {}
    section: Words


class Channel(Table, frozen=True, kw_only=True):
    """A way to reach the vendor; only professional ones start a clock."""

    id: Words
    name: Words
    kind: Literal["professional", "community"]
    contact: Words
    section: Words


class Escalation(Table, frozen=True, kw_only=True):
    """A path of escalation and how soon a manager answers it."""

    kind: Literal["non-urgent", "urgent"]
    how: Words
    phone: str = ""
    email: str = ""
    objective: ObjectiveCell
    section: Words


class CreditRule(Table, frozen=True, kw_only=True):
    """Days added to the term for each full step past what was promised."""

    step_minutes: Positive
    days: Positive
    section: Words


class Credits(Table, frozen=True, kw_only=True):
    """The credit rule of each promise that can be missed."""

    initial_response: CreditRule
    escalation: CreditRule


class Policies(Table, frozen=True, kw_only=True):
    """What holds where the annex is silent (design section 3)."""

    credit_clock: Literal["support_hours", "elapsed"]
    credit_rounding: Literal["completed", "started"]
    business_day: Literal["open_hours", "same_time"]
    escalation_hours: Literal["business", "contract"]
    due_at_close: Literal["closing", "opening"]
    credit_cap_days: Annotated[int, msgspec.Meta(ge=0)] | None = None
    section: Words


class Tam(Table, frozen=True, kw_only=True):
    """Technical account management: tasks, and the period that the agreed time is for."""

    basis: Literal["week", "term"]
    top_up: Words
    review_call_every_days: Positive
    tasks: tuple[Words, ...]
    offered: Words
    section: Words


class ProofOfValue(Table, frozen=True, kw_only=True):
    """The trial before the term."""

    purpose: Words
    typical_weeks: Positive | None = None
    length: Words
    vendor_may: tuple[Words, ...]
    customer_does: tuple[Words, ...]
    section: Words


class OnboardingTerm(Table, frozen=True, kw_only=True):
    """The onboarding term; its length may vary with what is needed."""

    purpose: Words
    typical_months: Positive
    with_subscription: Words
    section: Words


class Onboarding(Table, frozen=True, kw_only=True):
    """All that a revision says about bringing a customer on board."""

    offered_to: Words
    open_source_only: Words
    section: Words
    proof_of_value: ProofOfValue
    term: OnboardingTerm
    topics: Listing
    in_scope: Listing
    out_of_scope: Listing
    continuous_support: Listing | None = None


class Responsibility(Table, frozen=True, kw_only=True):
    """Who answers for a subject in each deployment; `cloud_trial` where a trial differs."""

    subject: Words
    cloud: Literal["customer", "vendor"]
    self_hosted: Literal["customer", "vendor"]
    cloud_trial: Literal["customer", "vendor"] | None = None
    section: Words


class Backup(Table, frozen=True, kw_only=True):
    """What is promised about backups; durations in minutes."""

    full: Words
    differential: Words
    disaster_rpo_minutes: Positive
    disaster_rto: Words
    normal_rpo_below_minutes: Positive
    normal_rto_below_minutes: Positive
    other_needs: Words
    section: Words


class DataLocation(Table, frozen=True, kw_only=True):
    """What a data location is, and what is not guaranteed about it."""

    definition: Words
    chosen_when: Words
    guaranteed_in_transit: bool
    section: Words


class Service(Table, frozen=True, kw_only=True):
    """A service description: what is offered, who does what, where the data is and how it is kept."""

    cloud: Listing
    self_hosted: Listing
    benefits_over_open_source: Listing
    benefits_over_cloud: Listing
    obligations: Listing
    responsibilities: Annotated[tuple[Responsibility, ...], msgspec.Meta(min_length=1)]
    data_location: DataLocation
    backup: Backup


class SupportAnnex(Table, frozen=True, kw_only=True):
    """All that a revision says about support."""

    hours: tuple[Hours, ...]
    plans: Annotated[tuple[Support, ...], msgspec.Meta(min_length=1)]
    options: tuple[Support, ...] = ()
    columns: tuple[ObjectiveColumn, ...]
    severities: Annotated[tuple[Severity, ...], msgspec.Meta(min_length=4, max_length=4)]
    channels: tuple[Channel, ...]
    languages: Listing
    default_contact: Words
    contact_points: tuple[ContactPoint, ...] = ()
    self_hosting_options: Listing | None = None
    scenarios: Listing
    features: Listing
    exclusions: Listing
    ticket: Words
    ticket_section: Words
    request_contents: Listing
    resolution: Words
    escalations: Annotated[tuple[Escalation, ...], msgspec.Meta(min_length=2, max_length=2)]
    credits: Credits
    policies: Policies
    tam: Tam

    def __post_init__(self) -> None:
        _distinct("plans", [plan.id for plan in self.plans] + [option.id for option in self.options])
        _distinct("hours", [hours.name for hours in self.hours])
        _distinct("channels", [channel.id for channel in self.channels])
        _distinct("escalations", [path.kind for path in self.escalations])
        if [severity.number for severity in self.severities] != list(SEVERITIES):
            raise ValueError("severities must be numbered 1 to 4, in order")
        hours = {entry.name for entry in self.hours}
        columns = {column.id for column in self.columns} | {""}
        channels = {channel.id for channel in self.channels}
        _known("hours", {"business"}, hours)
        for plan in (*self.plans, *self.options):
            _known(f"hours of {plan.id!r}", {plan.hours.name}, hours)
            _known(f"column of {plan.id!r}", {plan.column}, columns)
            _known(f"channels of {plan.id!r}", set(plan.channels or ()), channels)
            _known(f"notes of {plan.id!r}", set(plan.notes), {*FEATURES, "severity_1"})
            _known(f"deployments of {plan.id!r}", set(plan.deployments), set(DEPLOYMENTS))


class Revision(Table, frozen=True, kw_only=True):
    """An annex revision: its printed date, its title and the subjects that it speaks of."""

    revision: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}(-[a-z0-9]+)*$")]
    title: Words
    vendor: Vendor
    support: SupportAnnex | None = None
    onboarding: Onboarding | None = None
    service: Service | None = None


def _distinct(what: str, names: list[str]) -> None:
    """Refuse a name that is given twice."""
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"{what}: {name!r} is there twice")


def _known(what: str, names: set[str], known: set[str]) -> None:
    """Refuse a name that the same file does not define."""
    for name in sorted(names - known):
        raise ValueError(f"{what}: {name!r} is not defined in this file")
