"""The customers and people of the demo, and what their contracts promise."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from cli.demo.texts import read
from contracts.agreement import Agreement, Order
from contracts.current import catalogue
from contracts.effective import EffectiveTerms
from contracts.terms import resolve
from sla.calendar import Calendar, calendar_of


@dataclass(frozen=True, slots=True)
class Colleague:
    """Someone of the vendor."""

    login: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Company:
    """A customer with its contract; `days_since_start` and `tam_spent_percent` are relative to now."""

    key: str
    name: str
    badge: str
    zone: str
    plan: str
    revision: str
    region: str
    site: str
    apps: tuple[str, ...]
    idp: str
    contacts: tuple[str, ...]
    days_since_start: int
    tam: str = ""
    tam_spent_percent: int = 0
    call: str = "10:00"
    support_option: str | None = None
    deployment: str = "cloud"
    cluster: str = ""
    channel: str = "ticket"
    order: dict[str, Any] = field(default_factory=dict, hash=False)

    def mail(self, contact: str) -> str:
        """A contact's e-mail address."""
        return f"{contact.lower().replace(' ', '.')}@{self.site}"


@dataclass(frozen=True, slots=True)
class Promise:
    """An initial response that runs a clock: open seconds in a calendar."""

    calendar: Calendar
    seconds: int


@cache
def colleagues() -> tuple[Colleague, ...]:
    """The vendor's people; the first leads the desk."""
    return tuple(Colleague(**entry) for entry in read("desk")["people"])


@cache
def companies() -> tuple[Company, ...]:
    """The twelve customers."""
    found = []
    for entry in read("desk")["companies"]:
        lists = {"apps": tuple(entry["apps"]), "contacts": tuple(entry["contacts"])}
        found.append(Company(**(entry | lists)))
    return tuple(found)


@cache
def company(key: str) -> Company:
    """A customer by its key."""
    return next(each for each in companies() if each.key == key)


@cache
def terms(key: str) -> EffectiveTerms:
    """What holds for a customer."""
    held = company(key)
    agreement = Agreement(
        customer=held.name,
        plan=held.plan,
        revision=held.revision,
        support_option=held.support_option,
        deployment=held.deployment,
        data_location=held.region,
        order=Order.parse(held.order),
    )
    return resolve(catalogue(), agreement)


@cache
def promise(key: str, severity: int) -> Promise | None:
    """The clock that a new ticket of the customer gets; None where none runs."""
    held = terms(key)
    objective = held.initial_response(severity, company(key).channel).value
    calendar = calendar_of(held.severity(severity).hours.value)
    seconds = objective.seconds(calendar)
    return None if seconds is None else Promise(calendar, seconds)
