"""How long a phase lasts, and until when the contract lets it."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from contracts.credits import current_term, term_end
from contracts.held import Holdings
from models.reading import one
from onboarding.errors import OnboardingRefused
from sla.wall import day_bounds, local_of

PROOF_WEEKS, LONGEST_PROOF_WEEKS = 3, 6
"""Annex 2023-11-15, "Proof of value": three weeks are the example; 2023-10-05: a few weeks at most."""
LONGEST_TERM_MONTHS = 24


def proof_end(start: date, weeks: int) -> date:
    """The last day of a proof of value; OnboardingRefused beyond a few weeks."""
    if weeks < 1:
        raise OnboardingRefused("A proof of value lasts a week or more; say how many weeks.")
    if weeks > LONGEST_PROOF_WEEKS:
        raise OnboardingRefused(
            f"A proof of value lasts a few weeks at most; {weeks} weeks are too long, take {LONGEST_PROOF_WEEKS} or"
            " fewer and extend it once where that is not enough."
        )
    return start + timedelta(weeks=weeks, days=-1)


def term_last_day(start: date, months: int, weeks: int | None = None) -> date:
    """The last day of an onboarding term; its length is as agreed, within reason."""
    if weeks is not None:
        length = f"{weeks} weeks"
        fits, end = 1 <= weeks <= LONGEST_TERM_MONTHS * 4, start + timedelta(weeks=max(weeks, 1), days=-1)
    else:
        length = f"{months} months"
        fits, end = 1 <= months <= LONGEST_TERM_MONTHS, _months_later(start, months) - timedelta(days=1)
    if not fits:
        raise OnboardingRefused(
            f"An onboarding term of {length} is not what anyone agrees; three months are typical, up to"
            f" {LONGEST_TERM_MONTHS} can be agreed."
        )
    return end


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def contract_end(customer_id: int, zone: str, day: date) -> date | None:
    """The last day of what the customer has paid for on a date, credits included; None where nothing ends it."""
    at = end_of(zone, day)
    contract_id = Holdings(customer_id).contract_at(at)
    term_id = current_term(contract_id, at)
    found = one("SELECT ends_on, extension_days FROM term WHERE id = ?", (term_id,)) if term_id else None
    if found is not None:
        return date.fromisoformat(term_end(found[0], found[1]))
    ends = one("SELECT ends_at FROM contract WHERE id = ?", (contract_id,)) if contract_id else None
    return local_of(zone, ends[0] - 1).date() if ends and ends[0] is not None else None


def refuse_past_contract(customer: str, end: date, limit: date | None) -> None:
    """Refuse a phase that would go on after the contract's term."""
    if limit is not None and end > limit:
        raise OnboardingRefused(
            f"{customer}'s contract runs to {limit}, and this would go on to {end}; the last possible day is {limit},"
            " or record the contract's next term first."
        )


def end_of(zone: str, day: date) -> int:
    """The last second of a local date: whatever is agreed on that day holds then."""
    return day_bounds(zone, day.toordinal())[1] - 1
