"""Why an answer is what it is: the calculation itself, as spans that a customer would accept."""

from typing import NamedTuple

from sla.calendar import Calendar
from sla.layout import plan_of
from sla.wall import day_bounds, local_of


class Span(NamedTuple):
    """A stretch of time and what it counted for; instants in UTC seconds."""

    start: int
    end: int
    kind: str
    """`counted`, or why a whole date is closed: `closed`, `weekend`, `holiday` or `extra_closed`."""
    name: str
    """The holiday's name in English, else empty."""
    seconds: int
    """Open time counted; 0 where closed."""


def explain(calendar: Calendar, start: int, end: int) -> list[Span]:
    """What was counted between two instants, and which whole dates were not, in order.

    The counted seconds are those of `between(start, end)`. The closed hours of a date that opens are left out. Raises
    ValueError where the end is before the start.
    """
    if end < start:
        raise ValueError("An explanation runs forward: its end is before its start")
    counted = [Span(low, high, "counted", "", high - low) for low, high in calendar.open_intervals(start, end)]
    return sorted(counted + ([] if calendar.never_closes else _closed_days(calendar, start, end)))


def _closed_days(calendar: Calendar, start: int, end: int) -> list[Span]:
    zone = calendar.hours.zone
    spans: list[Span] = []
    for ordinal in range(local_of(zone, start).toordinal(), local_of(zone, end).toordinal() + 1):
        plan = plan_of(calendar.hours, ordinal)
        if plan.intervals:
            continue
        first, last = day_bounds(zone, ordinal)
        low, high = max(first, start), min(last, end)
        if low >= high:
            continue
        before = spans[-1] if spans else None
        if before and before.kind == plan.kind and before.end == low and plan.kind != "holiday":
            spans[-1] = before._replace(end=high)
        else:
            spans.append(Span(low, high, plan.kind, plan.name, 0))
    return spans
