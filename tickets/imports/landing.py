"""Landing tickets: a batch of records becomes rows, with the clocks that their contracts promised at the time."""

from typing import Any, NamedTuple

from contracts.held import HeldTerms, Holdings
from models.agreements import Credit
from models.clocks import RUNNING, Clock
from models.errors import DomainError
from models.reading import rows, scalar
from models.tickets import CLOSED, OPEN, SOLVED, WAITING, Message, Ticket
from sla.calendar import calendar_of
from tickets.clock_rows import basis_id
from tickets.clockwork import NoClock, PlannedClock, Settled, order_at, plan_initial, settle
from tickets.imports import additions
from tickets.imports.credits import CREDIT_COLUMNS, Late, Ledger
from tickets.imports.directory import Directory, Known
from tickets.imports.records import CommentRecord, TicketRecord
from tickets.imports.report import Report
from tickets.imports.talk import MESSAGE_COLUMNS, Line, Talk, lines_of, request_line, talk, without_repetition
from tickets.imports.writing import Writer, as_transaction
from tickets.severity_rules import owner_of

QUEUE = "support"
_AT_ONCE = 500

TICKET_COLUMNS = (
    "customer_id",
    "contact_id",
    "contract_id",
    "queue_id",
    "owner_id",
    "subject",
    "channel",
    "severity",
    "customer_severity",
    "tags",
    "state",
    "is_open",
    "received_at",
    "updated_at",
    "waiting_since",
    "source",
    "external_id",
    "order_at",
    "clock_state",
    "due_at",
    "objective_minutes",
    "basis_id",
)
CLOCK_COLUMNS = (
    "ticket_id",
    "kind",
    "state",
    "severity",
    "objective_minutes",
    "basis_id",
    "plan",
    "revision",
    "section",
    "received_at",
    "started_at",
    "due_at",
    "stopped_at",
    "message_id",
    "late_seconds",
    "credit_days",
)


class _Clock(NamedTuple):
    """A clock before its ticket has a number: how it ended, and which line of the conversation ended it."""

    planned: PlannedClock
    basis: int
    settled: Settled | None
    answer: int | None


class _New(NamedTuple):
    """A ticket ready to be stored."""

    row: tuple[Any, ...]
    lines: list[Line]
    clock: _Clock | None


class Landing:
    """Lands the tickets of one import; batches come one after the other."""

    def __init__(self, source: str, directory: Directory, report: Report) -> None:
        self._source, self._directory, self._report = source, directory, report
        self._holdings: dict[int, Holdings | None] = {}
        self._bases: dict[tuple[Any, Any], int] = {}
        self._ledger = Ledger()
        self._queue = scalar("SELECT id FROM queue WHERE key = ?", (QUEUE,))
        self._empty = scalar("SELECT 1 FROM ticket WHERE source = ? AND external_id > '' LIMIT 1", (source,)) is None

    def land(self, writer: Writer, tickets: dict[str, TicketRecord], comments: dict[str, list[CommentRecord]]) -> None:
        """Store a batch: new tickets as they are, and for those that are here already what was said since."""
        here = self.known(tickets)
        new: list[_New] = []
        for number, record in tickets.items():
            said = [*record.comments, *comments.get(number, ())]
            if number in here:
                additions.add(writer, here[number], said, record, self._directory, self._report)
            else:
                new.append(self._new(writer, record, said))
        self._store(writer, new)

    def known(self, tickets: Any) -> dict[str, int]:
        """Which of these tickets the desk has already: their numbers by the id at the source."""
        if self._empty:
            return {}
        wanted = list(tickets)
        found: dict[str, int] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            where = f"source = ? AND external_id IN ({', '.join('?' * len(some))}) AND external_id IS NOT NULL"
            found.update(rows(f"SELECT external_id, id FROM ticket WHERE {where}", (self._source, *some)))
        return found

    def _new(self, writer: Writer, record: TicketRecord, said: list[CommentRecord]) -> _New:
        directory, report = self._directory, self._report
        asker = directory.person(record.requester)
        customer = directory.customer(writer, record.organization, record.place, asker)
        asker = asker or directory.requester(writer, record.requester, customer)
        self._check_references(record, asker)
        name = directory.customer_name(customer)
        heard = lines_of(said, record.assignee, name, directory, report) if said else []
        told = talk(
            without_repetition(heard, record, request_line(record, asker, name)), record.state, record.received_at
        )
        held = self._terms(customer, record)
        clock = self._clock(writer, record, held, told)
        return _New(self._row(record, customer, asker, held, told, clock), told.lines, clock[1])

    def _check_references(self, record: TicketRecord, asker: Known | None) -> None:
        if record.requester and asker is None:
            self._report.warn(
                f"requester {record.requester[:80]!r} is unknown; the ticket has no contact", record.place
            )
        if record.assignee and not self._owner(record):
            self._report.warn(f"assignee {record.assignee[:80]!r} is unknown; the ticket has no owner", record.place)

    def _owner(self, record: TicketRecord) -> int | None:
        known = self._directory.person(record.assignee) if record.assignee else None
        return known.person if known else None

    def _owner_of_severity_1(self, record: TicketRecord, customer: int) -> int | None:
        """Who gets an open severity 1 that nobody had where it comes from: whom a machine's has."""
        if record.severity != 1 or record.state not in (OPEN, WAITING):
            return None
        owner = owner_of(customer, None)
        return owner and owner.id

    def _terms(self, customer: int, record: TicketRecord) -> HeldTerms | None:
        """The terms at receipt; a contract that cannot be read is warned of, and its tickets carry no clock."""
        if customer not in self._holdings:
            self._holdings[customer] = Holdings(customer)
        holdings = self._holdings[customer]
        if holdings is None:
            return None
        try:
            return holdings.at(record.received_at)
        except DomainError as reason:
            self._holdings[customer] = None
            self._report.warn(f"no clocks for {self._directory.customer_name(customer)}: {reason}", record.place)
            return None

    def _clock(
        self, writer: Writer, record: TicketRecord, held: HeldTerms | None, told: Talk
    ) -> tuple[str, _Clock | None]:
        """The state of the clock as lists show it, and the clock where there is one."""
        planned = plan_initial(held.terms if held else None, record.channel, record.severity, record.received_at)
        if isinstance(planned, NoClock):
            return planned.state, None
        answered_at = told.lines[told.answer].at if told.answer is not None else None
        if answered_at is None and record.state in (SOLVED, CLOSED):
            self._report.warn("it is solved without an answer in the files: no clock, since nobody knows", record.place)
            return "none", None
        settled = None
        if answered_at is not None:
            settled = settle(calendar_of(planned.hours), planned.policy, planned.due_at, answered_at)
        self._report.clocks[settled.state if settled else RUNNING] += 1
        clock = _Clock(planned, self._basis(writer, planned), settled, told.answer)
        return settled.state if settled else RUNNING, clock

    def _basis(self, writer: Writer, planned: PlannedClock) -> int:
        key = planned.hours, planned.policy
        if key not in self._bases:
            tx = as_transaction(writer)
            if tx is None:
                return 0
            self._bases[key] = basis_id(tx, *key)
        return self._bases[key]

    def _row(
        self,
        record: TicketRecord,
        customer: int,
        asker: Known | None,
        held: HeldTerms | None,
        told: Talk,
        clock: tuple[str, _Clock | None],
    ) -> tuple[Any, ...]:
        state, kept = clock
        due_at = kept.planned.due_at if kept else None
        last = told.lines[-1].at if told.lines else record.updated_at
        return (
            customer,
            asker.contact if asker else None,
            held.contract_id if held else None,
            self._queue,
            self._owner(record) or self._owner_of_severity_1(record, customer),
            record.subject,
            record.channel,
            record.severity,
            record.customer_severity,
            record.tags,
            record.state,
            int(record.state in (OPEN, WAITING)),
            record.received_at,
            last if last > record.updated_at else record.updated_at,
            told.waiting_since,
            self._source,
            record.id,
            order_at(due_at if state == RUNNING else None, told.waiting_since, record.received_at),
            state,
            due_at,
            kept.planned.objective_minutes if kept else None,
            kept.basis if kept else None,
        )

    def _store(self, writer: Writer, new: list[_New]) -> None:
        if not new:
            return
        self._empty = self._empty and as_transaction(writer) is None
        first, _ = writer.insert_many(Ticket, TICKET_COLUMNS, (ticket.row for ticket in new))
        messages = [(number, *line) for number, ticket in enumerate(new, first) for line in ticket.lines]
        first_message, _ = writer.insert_many(Message, MESSAGE_COLUMNS, messages) if messages else (0, 0)
        self._store_clocks(writer, new, first, first_message)
        self._report.tickets.landed += len(new)
        self._report.messages.landed += len(messages)

    def _store_clocks(self, writer: Writer, new: list[_New], first: int, first_message: int) -> None:
        clocks, settled, message = [], [], first_message
        for number, ticket in enumerate(new, first):
            if ticket.clock:
                clocks.append(_clock_row(number, ticket.clock, message))
                settled.append((number, ticket.row, ticket.clock.settled))
            message += len(ticket.lines)
        if not clocks:
            return
        first_clock, _ = writer.insert_many(Clock, CLOCK_COLUMNS, clocks)
        late = [
            Late(row[0], row[2], number, clock, ended.stopped_at, ended.late_seconds, ended.credit_days)
            for clock, (number, row, ended) in enumerate(settled, first_clock)
            if ended and ended.credit_days
        ]
        if late:
            writer.insert_many(Credit, CREDIT_COLUMNS, self._ledger.lines(late))
            self._report.credit_days += sum(each.days for each in late)

    def land_rest(self, writer: Writer, comments: dict[str, list[CommentRecord]]) -> None:
        """Store comments whose tickets were in no file: the desk has them from an earlier run, or nobody has."""
        here = self.known(comments)
        for number, said in comments.items():
            if number in here:
                additions.add(writer, here[number], said, None, self._directory, self._report)
                continue
            for comment in said:
                reason = f"its ticket {number[:80]!r} is neither in the files nor on the desk"
                self._report.reject(reason, comment.place)


def _clock_row(ticket_id: int, clock: _Clock, first_message: int) -> tuple[Any, ...]:
    planned, settled = clock.planned, clock.settled
    return (
        ticket_id,
        planned.kind,
        settled.state if settled else RUNNING,
        planned.severity,
        planned.objective_minutes,
        clock.basis,
        planned.plan,
        planned.revision,
        planned.section,
        planned.received_at,
        planned.started_at,
        planned.due_at,
        settled.stopped_at if settled else None,
        first_message + clock.answer if clock.answer is not None else None,
        settled.late_seconds if settled else 0,
        settled.credit_days if settled else 0,
    )
