"""What an export says about a ticket that the desk has already: new comments are added, and nothing else is changed.

State, severity and owner stay as people of this desk left them; a clock that still runs is settled by an old answer.
"""

from contracts.held import terms_at
from models.clocks import INITIAL, RUNNING, VOID
from models.journal import Transaction
from models.reading import one, rows
from models.tickets import Message
from tickets import clock_rows
from tickets.clockwork import PlannedClock, plan_initial
from tickets.conversation import settle_clock
from tickets.imports.directory import Directory
from tickets.imports.records import CommentRecord, TicketRecord
from tickets.imports.report import Report
from tickets.imports.talk import MESSAGE_COLUMNS, REQUEST_ID, Line, lines_of, talk
from tickets.imports.writing import Writer, as_transaction
from tickets.rules import held


def add(
    writer: Writer,
    ticket_id: int,
    said: list[CommentRecord],
    record: TicketRecord | None,
    directory: Directory,
    report: Report,
) -> None:
    """Add the comments that the ticket does not have yet."""
    fresh = _fresh(ticket_id, said, report) if said else []
    if not fresh:
        report.tickets.unchanged += record is not None
        return
    report.tickets.updated += 1
    report.messages.landed += len(fresh)
    tx = as_transaction(writer)
    if tx is None:
        return
    ticket = held(ticket_id)
    name = directory.customer_name(ticket.customer_id)
    lines = lines_of(fresh, record.assignee if record else "", name, directory, report)
    first, _ = tx.insert_many(Message, MESSAGE_COLUMNS, [(ticket_id, *line) for line in lines])
    told = talk(lines, ticket.state, ticket.waiting_since)
    if told.answer is not None:
        _settle(tx, ticket_id, lines[told.answer], first + told.answer, report)
    updated_at = one("SELECT updated_at FROM ticket WHERE id = ?", (ticket_id,)) or (0,)
    clock_rows.restate(
        tx, ticket_id, waiting_since=told.waiting_since, updated_at=max(int(updated_at[0]), lines[-1].at)
    )


def _fresh(ticket_id: int, said: list[CommentRecord], report: Report) -> list[CommentRecord]:
    """Those that are not here: neither by their id nor as the description that came without comments."""
    here = rows("SELECT external_id, body FROM message WHERE ticket_id = ?", (ticket_id,))
    ids = {external_id for external_id, _ in here}
    asked = next((body.strip() for external_id, body in here if external_id == REQUEST_ID), None)
    fresh: dict[str, CommentRecord] = {}
    for comment in said:
        if comment.id in ids or comment.body.strip() == asked:
            report.messages.unchanged += 1
        else:
            fresh.setdefault(comment.id, comment)
    return list(fresh.values())


def _settle(tx: Transaction, ticket_id: int, answer: Line, message_id: int, report: Report) -> None:
    """Stop a running clock at the answer; where no clock was opened for want of one, open it and stop it."""
    initial = [c for c in clock_rows.clocks(ticket_id) if c.kind == INITIAL and c.state != VOID]
    if not initial:
        ticket = held(ticket_id)
        terms = terms_at(ticket.customer_id, ticket.received_at)
        planned = plan_initial(terms.terms if terms else None, ticket.channel, ticket.severity, ticket.received_at)
        if not isinstance(planned, PlannedClock):
            return
        clock_rows.open_clock(tx, ticket_id, planned)
        initial = [c for c in clock_rows.clocks(ticket_id) if c.kind == INITIAL and c.state != VOID]
    if initial[0].state == RUNNING:
        settle_clock(tx, held(ticket_id), initial[0], answer.at, message_id)
        settled = next(c for c in clock_rows.clocks(ticket_id) if c.id == initial[0].id)
        report.clocks[settled.state] += 1
        report.credit_days += settled.credit_days
