"""What a line of each place says: customers and missed promises."""

from __future__ import annotations

from typing import cast

from contracts.portfolio import CustomerLine
from screens.widgets.plain_list import Pieces, Shape
from screens.widgets.text import clean, fit
from screens.widgets.when import when
from tickets.escalation_reading import OpenEscalation
from tickets.lead import MissedClock

WIDE = 100
"""From how many cells on there is room for everything."""


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:>2} {one if number == 1 else many}"


def customers() -> Shape:
    """Shape a customer: plan, term, TAM, what is open, what is owed."""

    def heading(width: int) -> str:
        more = f"{'Annex':<12}{'Term ends':<12}{'TAM':<12}" if width >= WIDE else ""
        return f" {'Customer':<20}{'Plan':<34}{more}{'Open':>6}   Credit owed"

    def line(item: object, width: int) -> Pieces:
        held = cast(CustomerLine, item)
        plan = " + ".join(part for part in (held.plan, held.support_option) if part) or "no contract"
        dates = f"{held.revision or '–':<12}{held.ends_on or '–':<12}"
        more = f"{dates}{fit(held.tam or '–', 11)} " if width >= WIDE else ""
        owed = f"{held.owed_days:>3} day{'' if held.owed_days == 1 else 's'}" if held.owed_days else "  –"
        return (
            ("plain", f" {fit(held.name, 19)} {fit(plan, 33)} "),
            ("quiet", more),
            ("plain", f"{held.open_tickets:>6}  "),
            ("warning" if held.owed_days else "quiet", owed),
        )

    return Shape(heading, line, "No customers yet. N adds one; tamdesk import brings them in with their tickets.")


def missed(now: int, zone: str) -> Shape:
    """Shape a call for a manager or a missed promise: ticket, due, what it costs; the owner gives way first."""

    def heading(width: int) -> str:
        name, time, owner = _missed_columns(width)
        told = f"{'Owner':<{owner}}" if owner else ""
        return f" {'#':>6}  {'Customer':<{name}}{'Due':<{time}}{'Answered':<{time}}{'Credit':<9}{told}Subject"

    def line(item: object, width: int) -> Pieces:
        name, time, owner = _missed_columns(width)
        if isinstance(item, OpenEscalation):
            return _escalated(item, now, zone, width)
        held = cast(MissedClock, item)
        answered = when(held.stopped_at, now, zone) if held.stopped_at else "not yet"
        days = _counted(held.credit_days, "day", "days") if held.stopped_at else "accruing"
        return (
            ("plain", f" {held.ticket_id:>6}  {fit(held.customer, name - 1)} "),
            ("plain", f"{fit(when(held.due_at, now, zone), time - 1)} "),
            ("plain" if held.stopped_at else "alarm", f"{fit(answered, time - 1)} "),
            ("plain", f"{days:<9}"),
            ("quiet", f"{fit(held.owner or '–', owner - 1)} " if owner else ""),
            ("plain", clean(held.subject)),
        )

    return Shape(heading, line, "No promise was missed.")


def _escalated(item: OpenEscalation, now: int, zone: str, width: int) -> Pieces:
    name, time, owner = _missed_columns(width)
    held, late = item.escalation, item.due_at is not None and item.due_at < now
    urgent = held.kind == "urgent"
    due = when(item.due_at, now, zone) if item.due_at is not None else "not agreed"
    return (
        ("plain", f" {held.ticket_id:>6}  {fit(item.customer, name - 1)} "),
        ("alarm" if late else "plain", f"{fit(due, time - 1)} "),
        ("alarm" if late else "plain", f"{fit('not yet', time - 1)} "),
        ("plain", f"{'accruing' if late else ' –':<9}"),
        ("quiet", f"{fit(held.owner or '–', owner - 1)} " if owner else ""),
        ("alarm" if urgent else "warning", f"↑ {held.kind}: " if width >= WIDE else f"{held.kind} "),
        ("strong", f"{clean(item.subject)}: {clean(held.reason)}"),
    )


def _missed_columns(width: int) -> tuple[int, int, int]:
    """Return the cells of customer, of an instant, and of the owner."""
    return (20, 18, 10) if width >= WIDE else (12, 13, 0)
