"""What a request is worth under its contract, said while it is filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from contracts.current import catalogue
from contracts.effective import EffectiveTerms
from contracts.entitlements import require as entitled
from contracts.errors import NotEntitled, nearest
from contracts.held import terms_at
from models.errors import NotFound
from models.reading import one, scalar
from tickets.clockwork import NoClock, PlannedClock, plan_initial
from tickets.errors import RuleRefused
from tickets.requests import SCENARIOS, Draft, Missing, Scenario, check, missing
from tickets.rules import check_severity
from tickets.words import moment, objective

if TYPE_CHECKING:
    from contracts.schema import Revision, SupportAnnex

OK, NOTE, WARNING, REFUSED = "ok", "note", "warning", "refused"
QUOTE, BACK = "quote", "back to the customer"


class Finding(NamedTuple):
    """A line about the request: `state` is ok, note, warning or refused; `source` where it is written."""

    key: str
    state: str
    text: str
    source: str = ""


class Assessment(NamedTuple):
    """What holds for a request at this instant.

    `due_at` (UTC seconds) is None where no clock would run. `offer` is "quote" or "back to the customer" where the
    request is excluded from support, else nothing. `refused` says why it cannot be taken in over this channel.
    """

    findings: tuple[Finding, ...]
    due_at: int | None
    hours: str
    offer: str
    refused: str
    missing: tuple[Missing, ...]

    @property
    def in_scope(self) -> bool:
        """Whether support covers it."""
        return not self.offer


def assess(draft: Draft, at: int, zone: str) -> Assessment:
    """Judge a request received at `at`, times told in `zone`; it may be as incomplete as it likes.

    Raises NotFound for an unknown customer, and RuleRefused or ContractError for words that no catalogue knows.
    """
    customer = scalar("SELECT name FROM customer WHERE id = ?", (draft.customer_id,))
    if customer is None:
        raise NotFound(f"There is no customer {draft.customer_id}; choose one from the list.")
    check(draft.scenario)
    check_severity(draft.counted_severity)
    held = terms_at(draft.customer_id, at)
    terms = held.terms if held else None
    planned = plan_initial(terms, draft.channel, draft.counted_severity, at)
    refusal = _refusal(terms, draft.channel)
    findings = (
        _contact(draft, terms, customer),
        refusal or _channel(terms, draft.channel),
        _promise(planned, at, zone),
        *_about(draft, terms, customer),
    )
    return Assessment(
        findings=findings,
        due_at=planned.due_at if isinstance(planned, PlannedClock) and not refusal else None,
        hours=terms.severity(draft.counted_severity).hours.value.name if terms else "",
        offer=offer_of(draft.scenario),
        refused=refusal.text if refusal else "",
        missing=tuple(missing(draft)),
    )


def areas(customer_id: int, at: int) -> tuple[str, ...]:
    """The subjects of the service description's table of responsibilities, for a form to offer."""
    held = terms_at(customer_id, at)
    revision = _service(held.terms if held else None)
    return tuple(entry.subject for entry in revision.service.responsibilities) if revision and revision.service else ()


def _contact(draft: Draft, terms: EffectiveTerms | None, customer: str) -> Finding:
    if draft.contact_id is None:
        return Finding("contact", NOTE, "nobody is named as the contact yet")
    row = one("SELECT name, email, named, customer_id FROM contact WHERE id = ?", (draft.contact_id,))
    if row is None or row[3] != draft.customer_id:
        raise NotFound(f"There is no contact {draft.contact_id} of {customer}; choose one from the list, or none.")
    name, email, named, _ = row
    order = terms.agreement.order.reference if terms else ""
    listed = {each.casefold() for contact in (terms.contacts if terms else ()) for each in (contact.email,) if each}
    if named or (email or "").casefold() in listed:
        return Finding("contact", OK, f"{name} is named in the order", f"order {order}".rstrip())
    return Finding("contact", WARNING, f"{name} is not named in {customer}'s order")


def _refusal(terms: EffectiveTerms | None, channel: str) -> Finding | None:
    """Why the request could not be taken in over this channel; the same rule as at receipt."""
    if terms is None or terms.channel(channel).community:
        return None
    try:
        entitled(terms, "professional")
    except NotEntitled as error:
        return Finding("channel", REFUSED, str(error), terms.professional.source)
    return None


def _channel(terms: EffectiveTerms | None, channel: str) -> Finding:
    if terms is None:
        return Finding("channel", WARNING, "no contract is in force")
    way = terms.channel(channel)
    said = way.entitlement
    state = OK if said.value == "yes" else WARNING
    holds = {"yes": "part of", "no": "not part of"}.get(said.value, f"{said.value} in")
    return Finding("channel", state, f"{way.name} is {holds} {terms.plan_text}", said.source)


def _promise(planned: PlannedClock | NoClock, at: int, zone: str) -> Finding:
    if isinstance(planned, NoClock):
        return Finding("promise", NOTE, f"no clock: {planned.reason}")
    words = objective(planned.objective_minutes, planned.hours.name)
    text = f"severity {planned.severity}, {words}: due {moment(zone, planned.due_at, at)}"
    return Finding("promise", OK, text, planned.section)


def _about(draft: Draft, terms: EffectiveTerms | None, customer: str) -> list[Finding]:
    """What the catalogue says of the scenario, the area and the feature."""
    found = []
    scenario = SCENARIOS.get(draft.scenario)
    if scenario:
        found += _scope(draft.scenario, scenario, terms)
    if draft.area:
        found.append(_responsibility(draft.area, terms, customer))
    if terms and (draft.feature or draft.enterprise is not None):
        found.append(_feature(draft, terms))
    return found


def _scope(key: str, scenario: Scenario, terms: EffectiveTerms | None) -> list[Finding]:
    """In scope or excluded (annex "Support request")."""
    revision, annex = _support(terms)
    if annex is None:
        return []
    entry, section = _entry(annex, scenario)
    source = f"{revision}, {section}"
    offer = offer_of(key)
    if offer:
        way = "offer a quote" if offer == QUOTE else "send it back to the customer"
        return [Finding("scope", WARNING, f"excluded from support: {entry}; {way}", source)]
    found = [Finding("scope", OK, f"in scope: {entry}", source)]
    if key == "feature-request" and annex.severities[3].effort:
        found.append(Finding("scope", NOTE, annex.severities[3].effort, source))
    if key == "security":
        points = (point for point in annex.contact_points if "security" in point.purpose.casefold())
        found += [Finding("scope", NOTE, f"also to be sent to {p.address}", f"{revision}, {p.section}") for p in points]
    return found


def _entry(annex: SupportAnnex, scenario: Scenario) -> tuple[str, str]:
    """The words of the catalogue for a scenario; its title where a vendor's own catalogue says less."""
    if scenario.listing == "criteria":
        section, entries = annex.severities[3].section, annex.severities[3].criteria
    else:
        listing = getattr(annex, scenario.listing)
        section, entries = listing.section, listing.entries
    return entries[scenario.position] if scenario.position < len(entries) else scenario.title, section


def offer_of(key: str) -> str:
    """What is offered to a request of this scenario: QUOTE or BACK where support excludes it, else nothing."""
    scenario = SCENARIOS.get(key)
    if scenario is None or scenario.listing != "exclusions":
        return ""
    return QUOTE if scenario.position == 0 else BACK


def _responsibility(area: str, terms: EffectiveTerms | None, customer: str) -> Finding:
    """Whose it is in this deployment (service description 2024-04-05, "Responsibilities")."""
    revision = _service(terms)
    if terms is None or revision is None or revision.service is None:
        return Finding("responsibility", NOTE, f"{area}: no service description says whose it is")
    known = {entry.subject.casefold(): entry for entry in revision.service.responsibilities}
    entry = known.get(area.casefold())
    if entry is None:
        names = [each.subject for each in known.values()]
        raise RuleRefused(f"The service description does not speak of {area!r}; {nearest(area, names)}")
    deployment = terms.agreement.deployment
    vendors = getattr(entry, deployment.replace("-", "_")) == "vendor"
    who = revision.vendor.name if vendors else customer
    trial = ""
    if deployment == "cloud" and entry.cloud_trial == "vendor":
        trial = f" ({revision.vendor.name}'s on trial)"
    text = f"{entry.subject}: {who}'s responsibility, {deployment}{trial}"
    return Finding("responsibility", OK if vendors else WARNING, text, f"{revision.revision}, {entry.section}")


def _feature(draft: Draft, terms: EffectiveTerms) -> Finding:
    """Whether the plan supports the feature (annex "Enterprise supported features")."""
    said, feature = terms.enterprise_features, draft.feature or "the feature"
    covered = "included in" if said.value == "yes" else f"{said.value} in"
    if draft.enterprise is None:
        text = f"{feature}: enterprise supported features are {covered} {terms.plan_text}; look whether it is one"
        return Finding("feature", NOTE, text, said.source)
    if not draft.enterprise:
        return Finding("feature", OK, f"{feature} is no enterprise supported feature; every plan has it")
    text = f"{feature} is an enterprise supported feature: {covered} {terms.plan_text}"
    return Finding("feature", OK if said.value == "yes" else WARNING, text, said.source)


def _support(terms: EffectiveTerms | None) -> tuple[str, SupportAnnex | None]:
    """The support annex that the customer follows, else the newest."""
    held = catalogue()
    found = held.governing("support", terms.agreement.revision if terms else held.speaking_of("support")[-1])
    return found.revision, found.support


def _service(terms: EffectiveTerms | None) -> Revision | None:
    """The service description that governs the contract; None without a contract."""
    return catalogue().governing("service", terms.agreement.revision) if terms else None
