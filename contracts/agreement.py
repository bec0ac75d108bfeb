"""What a customer agreed to: plan, option, deployment, pinned revision, and what the order overrides."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sla.clock import Objective
from sla.hours import SupportHours


@dataclass(frozen=True, slots=True)
class Allowance:
    """Agreed time of technical account management: minutes a week, month, quarter or term."""

    minutes: int
    per: str


@dataclass(frozen=True, slots=True)
class NamedContact:
    """A person that the order names on the customer's side."""

    name: str
    email: str = ""
    phone: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """What the order overrides; empty fields leave the pinned revision as it is.

    `support_hours` hold a name of the catalogue or hours of their own; both they and `objectives` are by severity.
    """

    reference: str = ""
    support_hours: tuple[tuple[int, str | SupportHours], ...] = ()
    objectives: tuple[tuple[int, Objective], ...] = ()
    channels: tuple[str, ...] | None = None
    languages: tuple[str, ...] | None = None
    tam: Allowance | None = None
    zone: str = ""
    holiday_region: str = ""
    policies: tuple[tuple[str, str | int], ...] = ()
    entitlements: tuple[tuple[str, str], ...] = ()
    contacts: tuple[NamedContact, ...] = ()

    @classmethod
    def parse(cls, mapping: Mapping[str, Any]) -> "Order":
        """Read the JSON or TOML form strictly; raises InvalidOrder."""
        from contracts.order_form import parse

        return parse(mapping)

    def to_mapping(self) -> dict[str, Any]:
        """The JSON and TOML form, which `parse` reads back to an equal value."""
        from contracts.order_form import to_mapping

        return to_mapping(self)


@dataclass(frozen=True, slots=True)
class Agreement:
    """A contract as it holds at an instant; equal agreements resolve to the same terms."""

    customer: str
    plan: str
    revision: str
    support_option: str | None = None
    deployment: str = "cloud"
    data_location: str = ""
    order: Order = field(default_factory=Order)
