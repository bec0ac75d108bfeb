"""What a yearly service review goes through: what was promised and kept in the year, and when the term ends."""

from __future__ import annotations

from contracts.credits import NAMES, balance, term_end
from contracts.words import duration_text
from models.reading import one, rows
from sla.wall import local_of
from tam.agenda import Section
from tam.call_reading import CallRow
from tam.call_rules import day, day_text
from tickets.words import days


def sections(held: CallRow, since: int, now: int) -> list[Section]:
    """The year's sections, from an instant to another (UTC seconds)."""
    first, last = (local_of(held.zone, instant).date() for instant in (since, now))
    year = f"from {day_text(first)} to {day_text(last)}"
    return [
        Section(f"Objectives {year}", _objectives(held.customer_id, since, now)),
        Section(f"Service credits {year}", _credits(held.customer_id, since, now)),
        Section(f"Time by activity {year}", _time(held.customer_id, first.isoformat(), last.isoformat())),
        Section(f"Escalations {year}", _escalations(held.customer_id, since, now)),
    ]


def renewal(held: CallRow, now: int) -> Section:
    """When the term that runs ends, with its days of credit."""
    found = one(
        "SELECT t.ends_on, t.extension_days FROM term t JOIN contract k ON k.id = t.contract_id WHERE k.customer_id = ?"
        " AND k.starts_at <= ? AND (k.ends_at IS NULL OR k.ends_at > ?) AND t.starts_on <= ?"
        " ORDER BY k.starts_at DESC, k.id DESC, t.starts_on DESC LIMIT 1",
        (held.customer_id, now, now, local_of(held.zone, now).date().isoformat()),
    )
    if found is None:
        return Section("Renewal", ())
    ends_on, extension = found
    credit = f", {days(extension)} of credit among them" if extension else ""
    return Section("Renewal", (f"The term ends on {day_text(day(term_end(ends_on, extension)))}{credit}",))


def _objectives(customer_id: int, since: int, now: int) -> tuple[str, ...]:
    found = rows(
        "SELECT k.kind, COUNT(*), SUM(CASE WHEN k.state = 'met' THEN 1 ELSE 0 END) FROM clock k"
        " JOIN ticket t ON t.id = k.ticket_id WHERE t.customer_id = ? AND k.state IN ('met', 'missed')"
        " AND k.stopped_at >= ? AND k.stopped_at <= ? GROUP BY k.kind ORDER BY k.kind DESC",
        (customer_id, since, now),
    )
    return tuple(
        f"{NAMES[kind].capitalize()}: {int(met)} of {total} in time ({100 * int(met) // total} %)"
        for kind, total, met in found
    )


def _credits(customer_id: int, since: int, now: int) -> tuple[str, ...]:
    sums: dict[str, int] = {}
    for each in balance(customer_id, now).clocks:
        if each.due_at >= since:
            sums[each.state] = sums.get(each.state, 0) + each.days
    return tuple(f"{days(count)} {state}" for state, count in sums.items() if count)


def _time(customer_id: int, first: str, last: str) -> tuple[str, ...]:
    found = rows(
        "SELECT activity, SUM(minutes), SUM(CASE WHEN counts = 1 THEN minutes ELSE 0 END) FROM time_entry"
        " WHERE customer_id = ? AND worked_on >= ? AND worked_on <= ? GROUP BY activity ORDER BY 2 DESC, activity",
        (customer_id, first, last),
    )
    return tuple(
        f"{activity.capitalize()}: {duration_text(int(minutes))}"
        + ("" if counted == minutes else f", {duration_text(int(counted))} of the agreed hours")
        for activity, minutes, counted in found
    )


def _escalations(customer_id: int, since: int, now: int) -> tuple[str, ...]:
    found = rows(
        "SELECT e.kind, COUNT(*), SUM(CASE WHEN k.state = 'missed' THEN 1 ELSE 0 END) FROM escalation e"
        " JOIN ticket t ON t.id = e.ticket_id LEFT JOIN clock k ON k.id = e.clock_id WHERE t.customer_id = ?"
        " AND e.withdrawn_at IS NULL AND e.raised_at >= ? AND e.raised_at <= ? GROUP BY e.kind ORDER BY e.kind",
        (customer_id, since, now),
    )
    return tuple(
        f"{kind.capitalize()}: {total}" + (f", {int(late)} answered late" if late else "")
        for kind, total, late in found
    )
