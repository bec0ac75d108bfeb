"""What stories about promised hours begin with: hours agreed, and hours spent, without ceremony."""

from __future__ import annotations

from models import journal
from models.hours import TimeEntry
from models.reading import scalar
from tam.allowances import agree
from tests.tickets.cast import Cast, at


def contract_of(customer: int) -> int:
    """The newest contract of a customer."""
    found: int = scalar("SELECT id FROM contract WHERE customer_id = ? ORDER BY id DESC", (customer,))
    return found


def promise(
    who: Cast, customer: int, minutes: int, per: str = "month", start: str = "2026-01-01", **more: object
) -> int:
    """Tom agrees hours with a customer."""
    return agree(contract_of(customer), minutes, per, start, who.tom, at("Mon 08:00"), **more)  # type: ignore[arg-type]


def spend(who: Cast, customer: int, day: str, minutes: int, **columns: object) -> int:
    """Tom spends time, and it is written down as it is, without the rules of entering it."""
    values = {"person": who.tom, "on": day, "booked_on": day, "minutes": minutes, "activity": "advice"} | columns
    with journal.transaction(who.tom, at("Mon 08:00"), "spend") as tx:
        entry = tx.insert(TimeEntry, customer=customer, **values)
        tx.say("Tom worked.")
    return entry
