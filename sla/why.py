"""An explanation as the rows of a table, as the screen and the command line show it."""

from typing import NamedTuple

from sla.calendar import Calendar
from sla.explain import Span, explain
from sla.hours import SupportHours
from sla.wall import local_of


class Row(NamedTuple):
    """A line of the table; empty where a cell says nothing new."""

    day: str
    time: str
    counted: str
    reason: str


def told_in(calendar: Calendar, zone: str) -> str:
    """The zone to tell times in: that of the support hours, or `zone` where they are open at any hour of any zone."""
    return zone if zone and calendar.never_closes else calendar.hours.zone


def why(calendar: Calendar, received: int, due: int, zone: str = "") -> list[Row]:
    """The rows from receipt to the due time; the counted amounts add up to the objective.

    Hours that never close are told in `zone`, where that is given.
    """
    zone = told_in(calendar, zone)
    spans = explain(calendar, received, due)
    total = sum(span.seconds for span in spans)
    rows = [Row(_day(zone, received), _time(zone, received), "", "received")]
    so_far = 0
    shown = rows[0].day
    for span in spans:
        so_far += span.seconds
        row = _row(calendar.hours, zone, span)
        if span.seconds:
            reached = f"{amount_text(so_far)} of {amount_text(total)}"
            row = row._replace(reason=f"{reached}: due {_time(zone, due)}" if so_far == total else reached)
        rows.append(row._replace(day="" if row.day == shown else row.day))
        shown = row.day
    return rows


def lines(rows: list[Row]) -> list[str]:
    """The rows as aligned text."""
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return [
        f"{day.ljust(widths[0])}  {time.ljust(widths[1])}  {counted.rjust(widths[2])}  {reason}".rstrip()
        for day, time, counted, reason in rows
    ]


def moment_text(zone: str, instant: int) -> str:
    """An instant as `Tue 2 Apr 2024 09:30 Europe/Zurich`; seconds are shown where there are any."""
    moment = local_of(zone, instant)
    return f"{_day(zone, instant)} {moment.year} {_time(zone, instant)} {zone}"


def amount_text(seconds: int) -> str:
    """Open time in minutes, and seconds where there are any: `20 min`, `1 min 30 s`."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"


def _row(hours: SupportHours, zone: str, span: Span) -> Row:
    first, last = _day(zone, span.start), _day(zone, span.end - 1)
    if span.kind == "counted":
        end = _time(zone, span.end)
        until = "24:00" if end == "00:00" else end
        if first != last:
            until = f"{last} {until}"
        return Row(first, f"{_time(zone, span.start)}–{until}", f"{amount_text(span.seconds)} counted", "")
    days = first if first == last else f"{first[:3]}–{last[:3]}"
    if (span.end - span.start) > 7 * 86400:
        days = f"{first} – {last}"
    return Row(days, "closed", "", _reason(hours, span))


def _reason(hours: SupportHours, span: Span) -> str:
    if span.kind == "holiday":
        region = "-".join(part for part in (hours.country, hours.subdivision) if part)
        return f"{span.name}, {region}" if span.name else "holiday"
    return {"weekend": "weekend", "extra_closed": "closed that day by agreement"}.get(span.kind, "not in the week")


def _day(zone: str, instant: int) -> str:
    moment = local_of(zone, instant)
    # Names of its own: strftime would follow the locale.
    day = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[moment.weekday()]
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{day} {moment.day} {months[moment.month - 1]}"


def _time(zone: str, instant: int) -> str:
    moment = local_of(zone, instant)
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
