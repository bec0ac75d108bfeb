"""The desk that stories about time begin with: Acme and Globex have agreed hours, Plain and Stray have none."""

from models import journal
from models.hours import Allowance, ClosedPeriod
from models.reading import scalar
from tests.tickets.cast import Cast, at, cast

NOW = at("Wed 18:00")
"""Wednesday, 3 June 2026, in Zurich."""
TODAY = "2026-06-03"


def time_desk() -> Cast:
    """The people and customers, with a hundred hours a month for two of them."""
    who = cast()
    agree(who.acme)
    agree(who.globex)
    return who


def agree(customer: int, minutes: int = 6000) -> None:
    """Agree on minutes a month, from the start of the contract on."""
    contract = scalar("SELECT id FROM contract WHERE customer_id = ? ORDER BY id DESC", (customer,))
    with journal.transaction(None, at("2026-01-01 00:00"), "agree") as tx:
        tx.insert(Allowance, contract=contract, period="month", minutes=minutes, starts_on="2026-01-01")
        tx.say("Time was agreed.")


def close_until(customer: int, starts_on: str, ends_on: str) -> None:
    """Close a customer's time from one local date to before another, as a lead has done it."""
    with journal.transaction(None, NOW, "close") as tx:
        kept = {"allowance": 6000, "carried_in": 0, "spent": 0, "carried_out": 0, "at": NOW}
        tx.insert(ClosedPeriod, customer=customer, period="month", starts_on=starts_on, ends_on=ends_on, **kept)
        tx.say("A period was closed.")
