"""Every customer with agreed TAM time in a line: promised and spent in the period that runs, and the next call."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from models.reading import rows, scalar
from sla.wall import local_of


class TamLine(NamedTuple):
    """A customer's budget in the running period; minutes, instants in UTC seconds."""

    customer_id: int
    customer: str
    tam: str | None
    period: str
    spent: int
    allowance: int
    next_call_at: int | None


class _Agreed(NamedTuple):
    customer_id: int
    customer: str
    zone: str
    tam: str | None
    contract_id: int
    period: str
    minutes: int


def portfolio(now: int) -> list[TamLine]:
    """The customers with agreed time by name, as things stand at an instant (UTC seconds)."""
    agreed = rows(
        "SELECT c.id, c.name, c.zone, p.name, k.id, a.period, a.minutes, a.starts_on, a.ends_on FROM allowance a"
        " JOIN contract k ON k.id = a.contract_id JOIN customer c ON c.id = k.customer_id"
        " LEFT JOIN person p ON p.id = c.tam_id WHERE k.starts_at <= ? AND (k.ends_at IS NULL OR k.ends_at > ?)"
        " ORDER BY c.name, c.id, k.starts_at DESC, k.id DESC, a.starts_on DESC, a.id DESC",
        (now, now),
    )
    lines: dict[int, TamLine] = {}
    for *held, starts_on, ends_on in agreed:
        allowance = _Agreed(*held)
        today = local_of(allowance.zone, now).date()
        if starts_on <= today.isoformat() and (ends_on is None or today.isoformat() < ends_on):
            lines.setdefault(allowance.customer_id, _line(allowance, today, now))
    return list(lines.values())


def _line(agreed: _Agreed, today: date, now: int) -> TamLine:
    first, after, label = bounds(agreed.period, today, agreed.contract_id)
    spent = scalar(
        "SELECT COALESCE(SUM(minutes), 0) FROM time_entry WHERE customer_id = ? AND booked_on >= ? AND booked_on < ?"
        " AND counts = 1",
        (agreed.customer_id, first, after),
    )
    call = scalar(
        "SELECT MIN(at) FROM review_call WHERE customer_id = ? AND at >= ? AND state = 'planned'",
        (agreed.customer_id, now),
    )
    return TamLine(agreed.customer_id, agreed.customer, agreed.tam, label, int(spent), agreed.minutes, call)


def bounds(period: str, today: date, contract_id: int) -> tuple[str, str, str]:
    """The running period of an allowance: its first local date, the first one after it, and what people call it."""
    if period == "week":
        first = today - timedelta(days=today.weekday())
        return first.isoformat(), (first + timedelta(days=7)).isoformat(), f"week {first.isocalendar().week}"
    if period == "term":
        return _term(today, contract_id)
    months = 3 if period == "quarter" else 1
    first = today.replace(month=today.month - (today.month - 1) % months, day=1)
    after = (first + timedelta(days=31 * months + 1)).replace(day=1)
    label = f"Q{(first.month + 2) // 3} {first.year}" if months == 3 else f"{_MONTHS[first.month - 1]} {first.year}"
    return first.isoformat(), after.isoformat(), label


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _term(today: date, contract_id: int) -> tuple[str, str, str]:
    """The term that runs, granted days of credit included, until the next one starts; or the time without a term."""
    found = rows(
        "SELECT starts_on, ends_on, extension_days FROM term WHERE contract_id = ? ORDER BY starts_on, id",
        (contract_id,),
    )
    terms = [(_day(start), _day(end) + timedelta(days=days + 1)) for start, end, days in found]
    ended = date.min
    for (first, after), (following, _) in zip(terms, [*terms[1:], (date.max, date.max)], strict=False):
        if today < first:
            return ended.isoformat(), first.isoformat(), "no term"
        ended = min(after, following)
        if today < ended:
            return first.isoformat(), ended.isoformat(), f"term to {(ended - timedelta(days=1)).isoformat()}"
    return ended.isoformat(), date.max.isoformat(), "no term"


def _day(text: str) -> date:
    return date.fromisoformat(text)
