"""A whole ticket: its conversation, a page at a time, and the facts beside it in groups."""

from __future__ import annotations

from typing import NamedTuple

from contracts.current import catalogue
from contracts.describe import hours_text, objective_text
from contracts.effective import EffectiveTerms
from contracts.held import terms_at
from models.errors import NotFound
from models.reading import one, rows, scalar
from models.words import VOID
from sla.wall import local_of
from tickets import clock_reading, reading
from tickets.cards import clock_line, message_count
from tickets.escalation_reading import escalation_lines
from tickets.links import links, related_by_text
from tickets.records import ClockRow, Key, MessageRow, QueueRow
from tickets.words import days, moment

__all__ = ["TicketFacts", "body", "conversation", "facts", "message_count"]

SHOWN = 20_000
"""How many characters of a message are read at first."""
MOST_RELATED = 8
Lines = tuple[tuple[str, str], ...]


class TicketFacts(NamedTuple):
    """What stands beside the conversation; each group is lines of label and value."""

    row: QueueRow
    clocks: list[ClockRow]
    contact: str
    clock: Lines
    contract: Lines
    customer: Lines
    responsibility: Lines
    related: Lines


class _Customer(NamedTuple):
    id: int
    name: str
    zone: str
    tam: str | None
    contact: str | None
    contact_email: str | None
    named: int | None
    queue: str
    channel: str
    contract_id: int | None
    impact: str
    tags: str


def conversation(
    ticket_id: int, *, before: Key | None = None, after: Key | None = None, limit: int = 100, longest: int = SHOWN
) -> list[MessageRow]:
    """At most `limit` messages and notes, oldest first: the newest ones, or those before or after a key (at, id).

    Of each text the first `longest` characters are read; `body` reads on.
    """
    where, parameters = ["ticket_id = ?"], [ticket_id]
    key = after or before
    if key is not None:
        where.append(f"(at, id) {'>' if after else '<'} (?, ?)")
        parameters += key
    order = "at, id" if after else "at DESC, id DESC"
    columns = f"id, kind, side, author, channel, automatic, at, substr(body, 1, {int(longest)}), length(body)"
    sql = f"SELECT {columns} FROM message WHERE {' AND '.join(where)} ORDER BY {order} LIMIT {int(limit)}"
    found = rows(sql, tuple(parameters), MessageRow)
    return found if after else found[::-1]


def body(message_id: int, longest: int) -> str:
    """The first `longest` characters of a message; NotFound where it is gone."""
    found = one(f"SELECT substr(body, 1, {int(longest)}) FROM message WHERE id = ?", (message_id,))
    if found is None:
        raise NotFound("The message is not on this desk any more; it was undone.")
    return str(found[0])


def facts(ticket_id: int, now: int, zone: str) -> TicketFacts:
    """All that is known beside the conversation, times in `zone`. NotFound where the ticket does not exist."""
    row = reading.row(ticket_id)
    customer = one(
        "SELECT c.id, c.name, c.zone, p.name, k.name, k.email, k.named, q.name, t.channel, t.contract_id, t.impact,"
        " t.tags FROM ticket t JOIN customer c ON c.id = t.customer_id JOIN queue q ON q.id = t.queue_id"
        " LEFT JOIN person p ON p.id = c.tam_id LEFT JOIN contact k ON k.id = t.contact_id WHERE t.id = ?",
        (ticket_id,),
        _Customer,
    )
    if row is None or customer is None:
        raise NotFound(f"There is no ticket #{ticket_id}; check the number.")
    held = terms_at(customer.id, row.received_at)
    terms = held.terms if held else None
    clocks = [clock for clock in clock_reading.clocks(ticket_id) if clock.state != VOID]
    return TicketFacts(
        row=row,
        clocks=clocks,
        contact=customer.contact or "",
        clock=(*_clock_lines(row, clocks, now, zone), *escalation_lines(ticket_id, clocks, now, zone)),
        contract=_contract_lines(row, terms, customer.contract_id, customer.id),
        customer=_customer_lines(customer, now),
        responsibility=_responsibility_lines(terms),
        related=_related_lines(ticket_id),
    )


def _clock_lines(row: QueueRow, clocks: list[ClockRow], now: int, zone: str) -> Lines:
    lines = [
        ("promised", clock_line(clocks, row.clock_state, now, zone)),
        ("received", moment(zone, row.received_at, now)),
    ]
    if row.waiting_since is not None:
        lines.append(("waiting", f"since {moment(zone, row.waiting_since, now)} (not contractual)"))
    return tuple(lines)


def _contract_lines(row: QueueRow, terms: EffectiveTerms | None, contract_id: int | None, customer_id: int) -> Lines:
    if terms is None:
        return (("plan", "no contract at receipt"),)
    level = terms.severity(row.severity)
    plan = f"{terms.plan.value} + {terms.option.value}" if terms.option else terms.plan.value
    lines = [
        ("plan", plan),
        ("annex", terms.agreement.revision),
        (f"sev {row.severity}", objective_text(level.objective.value)),
        ("hours", hours_text(level.hours.value)),
        ("deployment", ", ".join(part for part in (terms.agreement.deployment, terms.agreement.data_location) if part)),
    ]
    term = one(
        "SELECT starts_on, ends_on, extension_days FROM term WHERE contract_id = ? ORDER BY starts_on DESC LIMIT 1",
        (contract_id,),
    )
    if term:
        lines.append(("term", f"{term[0]} to {term[1]}{f' + {days(term[2])}' if term[2] else ''}"))
    owed = scalar(
        "SELECT SUM(CASE WHEN entry IN ('owed', 'reversed') THEN days ELSE -days END) FROM credit"
        " WHERE customer_id = ?",
        (customer_id,),
    )
    if owed:
        lines.append(("credit owed", days(int(owed))))
    return tuple(lines)


def _customer_lines(customer: _Customer, now: int) -> Lines:
    here = local_of(customer.zone, now)
    contact = customer.contact or "–"
    if customer.contact and not customer.named:
        contact += " (not named in the order)"
    lines = [
        ("contact", contact),
        ("e-mail", customer.contact_email or "–"),
        ("their time", f"{here:%H:%M} {customer.zone}"),
    ]
    lines.append(("TAM", customer.tam or "none"))
    onboarding = one(
        "SELECT phase, go_live_on FROM onboarding WHERE customer_id = ? ORDER BY id DESC LIMIT 1", (customer.id,)
    )
    if onboarding:
        lines.append(("onboarding", f"{onboarding[0]}, go-live {onboarding[1]}"))
    lines += [("queue", customer.queue), ("channel", customer.channel)]
    lines += [(label, text) for label, text in (("impact", customer.impact), ("tags", customer.tags)) if text]
    return tuple(lines)


def _responsibility_lines(terms: EffectiveTerms | None) -> Lines:
    """Who is responsible for what in this deployment (service description 2024-04-05, "Responsibilities")."""
    if terms is None:
        return ()
    service = catalogue().governing("service", terms.agreement.revision).service
    if service is None:
        return ()
    return tuple(
        (entry.subject, getattr(entry, terms.agreement.deployment.replace("-", "_")))
        for entry in service.responsibilities
    )


def _related_lines(ticket_id: int) -> Lines:
    """What is linked, then what is alike by its words; each in a line."""
    linked = [(f"#{each.ticket_id}", f"{each.words}: {each.subject}") for each in links(ticket_id)]
    alike = [
        (f"#{each.ticket_id}", f"alike{'' if each.same_customer else f', {each.customer}'}: {each.subject}")
        for each in related_by_text(ticket_id)
    ]
    return tuple([*linked, *alike][:MOST_RELATED])
