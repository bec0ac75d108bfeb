"""Which days are open on both sides: the vendor's business hours, and the public holidays of the customer's region."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from contracts.agreement import Order
from contracts.current import business_hours
from sla.hours import SupportHours
from sla.layout import plan_of


def closed_because(customer_id: int, on: date, now: int) -> tuple[str, ...]:
    """Why a local date is closed for either side, in words ("Easter Monday in CH-SG"); empty where it is open.

    The customer's region is that of the contract in force at an instant `now` (UTC seconds).
    """
    region = customers_region(customer_id, now)
    found = [_vendors(business_hours(), on), _customers(region, on) if region else ""]
    return tuple(dict.fromkeys(reason for reason in found if reason))


def is_working_day(on: date) -> bool:
    """Whether the vendor's week opens on this day of the week, holiday or not."""
    return bool(business_hours().week[on.weekday()])


def customers_region(customer_id: int, now: int) -> str:
    """The holiday region ("US-NY") that a customer's order names; empty where it names none."""
    from models.reading import scalar

    found = scalar(
        "SELECT order_json FROM contract WHERE customer_id = ? AND starts_at <= ? AND (ends_at IS NULL OR ends_at > ?)"
        " ORDER BY starts_at DESC, id DESC LIMIT 1",
        (customer_id, now, now),
    )
    return _region(found) if found else ""


@lru_cache(maxsize=1024)
def _region(order_json: str) -> str:
    import json

    return Order.parse(json.loads(order_json)).holiday_region


def _vendors(hours: SupportHours, on: date) -> str:
    planned = plan_of(hours, on.toordinal())
    if planned.intervals:
        return ""
    if planned.kind == "weekend":
        return f"a {on:%A}"
    return _in(planned.name or "a closed day", f"{hours.country}-{hours.subdivision}".strip("-"))


def _customers(region: str, on: date) -> str:
    from sla.holiday_tables import table

    country, _, subdivision = region.partition("-")
    name = table(country, subdivision, on.year).get(on.isoformat())
    return _in(name, region) if name else ""


def _in(name: str, region: str) -> str:
    return f"{name} in {region}" if region else name
