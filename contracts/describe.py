"""Effective terms as lines that a person reads: label, value, and where the value comes from."""

from collections.abc import Iterator
from typing import NamedTuple

from contracts.effective import CreditTerms, EffectiveTerms, Sourced
from contracts.words import duration_text
from sla.clock import Objective
from sla.hours import DAYS, SupportHours, clock_text

__all__ = ("Line", "describe", "duration_text", "hours_text", "objective_text")

ALWAYS_OPEN = (((0, 1440),),) * 7


class Line(NamedTuple):
    """A line of a contract's terms."""

    label: str
    value: str
    source: str


def describe(terms: EffectiveTerms) -> list[Line]:
    """Tell all terms, each with its source."""
    return [*_agreed(terms), *_promises(terms), *_included(terms), *_escalations(terms), *_rules(terms)]


def objective_text(objective: Objective) -> str:
    """An objective in words; what runs no clock is a word, never a number."""
    if objective.kind != "duration":
        return objective.kind.replace("_", " ")
    if objective.business_days is not None:
        return _count(objective.business_days, "business day")
    return duration_text(objective.minutes or 0)


def hours_text(hours: SupportHours) -> str:
    """Support hours in a line: name, week, zone, closed days."""
    name = f"{hours.name}: " if hours.name else ""
    region = "-".join(part for part in (hours.country, hours.subdivision) if part)
    closed = [f"holidays {region}"] if region else []
    if hours.holidays or hours.extra_closed:
        closed.append(_count(len(hours.holidays) + len(hours.extra_closed), "listed day"))
    opened = f", with {_count(len(hours.extra_open), 'extra day')}" if hours.extra_open else ""
    return f"{name}{_week_text(hours)} {hours.zone}{', without ' + ' and '.join(closed) if closed else ''}{opened}"


def _count(number: int, thing: str) -> str:
    """A number and what it counts."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _week_text(hours: SupportHours) -> str:
    """The week, days with the same intervals together."""
    if hours.week == ALWAYS_OPEN:
        return "all day, every day"
    parts: list[tuple[int, int, str]] = []
    for day, intervals in enumerate(hours.week):
        text = " ".join(f"{clock_text(start)}-{clock_text(end)}" for start, end in intervals)
        if text and parts and parts[-1][1:] == (day - 1, text):
            parts[-1] = (parts[-1][0], day, text)
        elif text:
            parts.append((day, day, text))
    return ", ".join(f"{_days_text(first, last)} {text}" for first, last, text in parts)


def _days_text(first: int, last: int) -> str:
    """One day, or a run of days."""
    name = DAYS[first].capitalize()
    return name if first == last else f"{name}-{DAYS[last].capitalize()}"


def _line(label: str, text: str, sourced: Sourced[object]) -> Line:
    """Put the note, where there is one, behind the value."""
    return Line(label, f"{text} ({sourced.note})" if sourced.note else text, sourced.source)


def _agreed(terms: EffectiveTerms) -> Iterator[Line]:
    """What was signed."""
    yield _line("Plan", terms.plan.value, terms.plan)
    if terms.option:
        yield _line("Support option", terms.option.value, terms.option)
    yield Line("Revision", terms.agreement.revision, "contract")
    yield Line("Deployment", terms.agreement.deployment, "contract")
    if terms.agreement.data_location:
        yield Line("Data location", terms.agreement.data_location, "contract")


def _promises(terms: EffectiveTerms) -> Iterator[Line]:
    """Objective and hours of each severity; hours only where a clock can run in them."""
    for severity in terms.severities:
        label = f"Severity {severity.number}"
        yield _line(f"{label} initial response", objective_text(severity.objective.value), severity.objective)
        if severity.objective.value.kind != "none":
            yield _line(f"{label} support hours", hours_text(severity.hours.value), severity.hours)


def _included(terms: EffectiveTerms) -> Iterator[Line]:
    """Entitlements, channels, languages, agreed time, named contacts."""
    yield _line("Community support", terms.community.value, terms.community)
    yield _line("Professional support", terms.professional.value, terms.professional)
    yield _line("Enterprise supported features", terms.enterprise_features.value, terms.enterprise_features)
    yield _line("Technical account management", terms.tam.value, terms.tam)
    allowance = terms.allowance.value
    if terms.tam.value != "no":
        text = f"{duration_text(allowance.minutes)} per {allowance.per}" if allowance else "not agreed"
        yield _line("TAM allowance", text, terms.allowance)
    for channel in terms.channels:
        contact = f": {channel.contact}" if channel.entitlement.value == "yes" else ""
        yield _line(f"Channel {channel.name}", f"{channel.entitlement.value}{contact}", channel.entitlement)
    yield _line("Languages", ", ".join(terms.languages.value), terms.languages)
    for person in terms.contacts:
        said = ", ".join(part for part in (person.name, person.role, person.email, person.phone) if part)
        yield Line("Named contact", said, f"order {terms.agreement.order.reference}".rstrip())


def _escalations(terms: EffectiveTerms) -> Iterator[Line]:
    """The paths of escalation and how they are reached."""
    for path in terms.escalations:
        text = objective_text(path.objective.value)
        if path.objective.value.kind != "none":
            reached = " and ".join(part for part in (path.phone, path.email) if part)
            text += f"; {path.how.rstrip('.')}{': ' + reached if reached else ''}"
        yield _line(f"Escalation, {path.kind}", text, path.objective)


def _rules(terms: EffectiveTerms) -> Iterator[Line]:
    """Service credits and policies."""
    yield _line("Credit, initial response", _credit_text(terms.initial_credit.value), terms.initial_credit)
    yield _line("Credit, escalation", _credit_text(terms.escalation_credit.value), terms.escalation_credit)
    for name, chosen in terms.policies:
        said = "none" if chosen.value is None else str(chosen.value).replace("_", " ")
        yield _line(f"Policy {name.replace('_', ' ')}", said, chosen)


def _credit_text(credit: CreditTerms) -> str:
    """The credit rule in words."""
    return f"{_count(credit.days, 'day')} for every {credit.step_minutes} min past the objective"
