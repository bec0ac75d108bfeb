"""One ticket made of two that report the same, and two made of one that reports two things.

A ticket is one discrete issue (annex 2023-11-15, "Ticket"). What is settled stays as it was: a merge voids the clock of
the later receipt only while it runs, a split starts the clock of the new ticket at the receipt of its first message.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from contracts.held import terms_at
from models.access import require
from models.base import Table
from models.clocks import INITIAL, RUNNING, VOID, Clock
from models.errors import NotFound
from models.journal import Transaction, transaction
from models.reading import one, rows, scalar
from models.requests import Attachment, Mail
from models.tickets import CLOSED, CUSTOMER, MESSAGE, OPEN, Message, Ticket
from models.working import Mention, TicketLink
from tickets import clock_rows
from tickets.clockwork import NoClock, order_at, plan_initial
from tickets.conversation import settle_clock, write_note
from tickets.errors import RuleRefused
from tickets.links import MERGED, SPLIT, merged_into
from tickets.records import ClockRow
from tickets.rules import WORKERS, Done, Held, check_severity, check_subject, done, held, touched
from tickets.severity_rules import owner_again
from tickets.words import clean_line


def merge(ticket_id: int, into: int, actor: int, at: int) -> Done:
    """Merge a duplicate into another ticket of the same customer: its conversation moves there, and it is closed.

    The clock of the earlier receipt stays; the other is void while it runs. Undo takes it back, unless either ticket
    went on since.
    """
    with transaction(actor, at, "merge", into) as tx:
        person = require(actor, *WORKERS)
        merged, kept = _to_merge(ticket_id, into)
        told = _merge_clocks(tx, merged, kept, at)
        moved = _move(tx, rows("SELECT id FROM message WHERE ticket_id = ?", (merged.id,)), into)
        tx.insert(TicketLink, ticket_id=merged.id, other_id=into, kind=MERGED)
        write_note(tx, merged.id, person, at, f"Merged into #{into} with {moved} messages and notes. {told}")
        received = min(merged.received_at, kept.received_at)
        waits = [each.waiting_since for each in (merged, kept) if each.waiting_since is not None]
        clock_rows.restate(tx, merged.id, state=CLOSED, is_open=0, waiting_since=None, updated_at=touched(merged, at))
        opened: dict[str, Any] = {"state": OPEN, "is_open": 1} if merged.state == OPEN else {}
        owner = owner_again(kept, kept.severity, actor) if opened or kept.is_open else None
        clock_rows.restate(
            tx,
            into,
            received_at=received,
            waiting_since=min(waits, default=None),
            updated_at=touched(kept, at),
            owner_id=owner.id if owner else kept.owner_id,
            **opened,
        )
        told = f"{told} {owner.told}" if owner else told
        tx.say(f"{person.name} merged #{merged.id} into #{into}. {told.strip()}".rstrip())
    return done(tx, into)


def _to_merge(ticket_id: int, into: int) -> tuple[Held, Held]:
    """The two tickets, where they may be merged."""
    merged, kept = held(ticket_id), held(into)
    if ticket_id == into:
        raise RuleRefused(f"#{ticket_id} cannot be merged with itself.")
    if merged.customer_id != kept.customer_id:
        raise RuleRefused(
            f"#{ticket_id} is {merged.customer}'s and #{into} is {kept.customer}'s; "
            "nobody may read what another customer wrote. Link them instead."
        )
    for each in (merged, kept):
        further = merged_into(each.id)
        if further is not None:
            raise RuleRefused(f"#{each.id} was merged into #{further} already; merge with that one.")
    if kept.state == CLOSED:
        raise RuleRefused(f"#{into} is closed; open it again, then merge.")
    if scalar(
        "SELECT 1 FROM escalation WHERE ticket_id = ? AND answered_at IS NULL AND withdrawn_at IS NULL", (ticket_id,)
    ):
        raise RuleRefused(f"#{ticket_id} is escalated: a manager answers that first, or merge #{into} into it.")
    return merged, kept


def _initial(ticket_id: int) -> ClockRow | None:
    found = (clock for clock in clock_rows.clocks(ticket_id) if clock.kind == INITIAL and clock.state != VOID)
    return next(found, None)


def _merge_clocks(tx: Transaction, merged: Held, kept: Held, at: int) -> str:
    """Let the clock of the earlier receipt go on, on the ticket that goes on; tells what became of the other."""
    earlier, later = sorted((merged, kept), key=lambda each: (each.received_at, each.id))
    first, other = _initial(earlier.id), _initial(later.id)
    told = ""
    if first is None:
        first, other = other, None
    elif other is not None and other.state == RUNNING:
        tx.update(Clock, other.id, state=VOID)
        told = f"The clock of #{later.id} is void: #{earlier.id} was received earlier."
        other = None
    elif other is not None and first.state == RUNNING:
        # The same problem was answered there: that answer counts from the earlier receipt too.
        answered = max(other.stopped_at or at, first.received_at)
        ended = settle_clock(tx, earlier, first, answered, None)
        told = f"The clock of #{earlier.id} ended with the answer on #{later.id}{ended}."
    if first is not None and other is None and first in clock_rows.clocks(merged.id):
        tx.update(Clock, first.id, ticket_id=kept.id)
    return told


_HANGING: tuple[tuple[type[Table], str], ...] = ((Mention, "mention"), (Attachment, "attachment"), (Mail, "mail"))


def _move(tx: Transaction, found: list[tuple[Any, ...]], into: int) -> int:
    """Bring messages (rows of one id), and what hangs on them, to another ticket; answers how many."""
    message_ids = [row_id for (row_id,) in found]
    for message_id in message_ids:
        tx.update(Message, message_id, ticket_id=into)
    for first in range(0, len(message_ids), 500):
        some = message_ids[first : first + 500]
        marks = ", ".join("?" * len(some))
        for model, table in _HANGING:
            for (row_id,) in rows(f"SELECT id FROM {table} WHERE message_id IN ({marks})", some):
                tx.update(model, row_id, ticket_id=into)
    return len(message_ids)


class _Begins(NamedTuple):
    """The message that a new ticket begins with."""

    id: int
    ticket_id: int
    kind: str
    side: str
    contact_id: int | None
    channel: str
    at: int
    body: str


def split(
    ticket_id: int,
    message_id: int,
    subject: str,
    actor: int,
    at: int,
    *,
    following: bool = True,
    severity: int | None = None,
) -> int:
    """Make a ticket of its own of a customer's message, with what follows it or alone; answers its number.

    It was received when that message was, and its clock counts from then; an answer among what moves stops it.
    """
    with transaction(actor, at, "split", ticket_id) as tx:
        person = require(actor, *WORKERS)
        ticket = held(ticket_id)
        begins = _to_split(ticket, message_id)
        check_severity(severity or ticket.severity)
        check_subject(subject)
        level = severity or ticket.severity
        owner = owner_again(ticket, level, actor)
        has = ticket._replace(owner_id=owner.id) if owner else ticket
        new = _new_ticket(tx, has, begins, clean_line(subject), level, at)
        sql = "SELECT id FROM message WHERE ticket_id = ? AND (at, id) >= (?, ?) ORDER BY at, id"
        moved = rows(sql, (ticket_id, begins.at, begins.id)) if following else [(begins.id,)]
        _move(tx, moved, new)
        _answered_already(tx, new)
        tx.insert(TicketLink, ticket_id=new, other_id=ticket_id, kind=SPLIT)
        waits = None if ticket.waiting_since is None else _waiting_since(ticket_id)
        clock_rows.restate(tx, new, waiting_since=_waiting_since(new))
        clock_rows.restate(tx, ticket_id, waiting_since=waits, updated_at=touched(ticket, at))
        told = f"{person.name} split #{new} off from #{ticket_id}: {clean_line(subject)}"
        tx.say(f"{told.rstrip('.')}. {owner.told}" if owner else told)
    return new


def _to_split(ticket: Held, message_id: int) -> _Begins:
    """The message, where a ticket can begin with it."""
    columns = ", ".join(_Begins._fields)
    begins = one(f"SELECT {columns} FROM message WHERE id = ? AND ticket_id = ?", (message_id, ticket.id), _Begins)
    if begins is None:
        raise NotFound(f"#{ticket.id} has no message {message_id} any more; look again.")
    if begins.side != CUSTOMER or begins.kind != MESSAGE:
        raise RuleRefused("A ticket begins with what the customer wrote; choose one of the customer's messages.")
    first = one("SELECT id FROM message WHERE ticket_id = ? ORDER BY at, id LIMIT 1", (ticket.id,))
    if first == (message_id,):
        raise RuleRefused(f"This is what #{ticket.id} itself is about; split off what came later.")
    return begins


def _new_ticket(tx: Transaction, ticket: Held, begins: _Begins, subject: str, severity: int, at: int) -> int:
    terms = terms_at(ticket.customer_id, begins.at)
    planned = plan_initial(terms.terms if terms else None, begins.channel, severity, begins.at)
    queue_id, contact_id = one("SELECT queue_id, contact_id FROM ticket WHERE id = ?", (ticket.id,)) or (0, None)
    new = tx.insert(
        Ticket,
        customer_id=ticket.customer_id,
        contact_id=begins.contact_id or contact_id,
        contract_id=terms.contract_id if terms else None,
        queue_id=queue_id,
        owner_id=ticket.owner_id,
        subject=subject,
        channel=begins.channel,
        severity=severity,
        state=OPEN,
        received_at=begins.at,
        updated_at=at,
        waiting_since=begins.at,
        order_at=order_at(None, begins.at, begins.at),
        clock_state=planned.state if isinstance(planned, NoClock) else RUNNING,
    )
    if not isinstance(planned, NoClock):
        clock_rows.open_clock(tx, new, planned)
    return new


def _answered_already(tx: Transaction, new: int) -> None:
    """Stop the new clock where the answer moved along with the question."""
    clock = _initial(new)
    answer = one(f"SELECT id, at FROM message WHERE ticket_id = ? AND {_ANSWER} ORDER BY at, id LIMIT 1", (new,))
    if clock is not None and answer is not None:
        settle_clock(tx, held(new), clock, answer[1], answer[0])


_ANSWER = "kind = 'message' AND side = 'vendor' AND automatic = 0 AND channel <> 'community'"


def _waiting_since(ticket_id: int) -> int | None:
    """Since when the customer waits: their first message that nobody answered."""
    answered = one(
        f"SELECT at, id FROM message WHERE ticket_id = ? AND {_ANSWER} ORDER BY at DESC, id DESC LIMIT 1", (ticket_id,)
    )
    asked: int | None = scalar(
        "SELECT at FROM message WHERE ticket_id = ? AND kind = 'message' AND side = 'customer' AND automatic = 0"
        " AND (at, id) > (?, ?) ORDER BY at, id LIMIT 1",
        (ticket_id, *(answered or (0, 0))),
    )
    return asked
