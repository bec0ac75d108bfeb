"""Whatever people do to tickets, in whatever order, what the lists show is what the clocks say."""

import shutil
from collections import Counter
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from contracts.adoption import adopt
from contracts.credits import grant, refuse, reverse
from models import journal
from models.clocks import INITIAL, MET, MISSED, RUNNING, VOID
from models.connection import open_desk
from models.errors import DomainError
from models.reading import rows
from models.schema import BY_NAME
from tests.models.test_journal_properties import replayed
from tests.tickets.cast import at, cast, everything
from tests.tickets.mail.messages import mail
from tickets import operations, reading, requests
from tickets.attachments import attach
from tickets.clockwork import order_at
from tickets.mail.filing import file_mail
from tickets.records import ClockRow

FIRST = at("Mon 08:00")
WHO = st.sampled_from(["anna", "ben", "tom", "rita"])
WHICH = st.integers(1, 4)
SEVERITIES = st.integers(1, 4)
STATES = st.sampled_from(["open", "waiting", "solved", "closed"])
KINDS = st.sampled_from(["urgent", "non-urgent"])
CHANNELS = st.sampled_from(["ticket", "ticket", "phone", "community"])
SENDERS = st.sampled_from([b"carla@acme.example", b"carla@acme.example", b"who@nowhere.example"])
SUBJECTS = st.sampled_from([b"Help", b"Severity 1", b"Re: #1", b"Re: #2", b"Re: #4"])
RECIPIENTS = st.sampled_from([b"support@vendor.example", b"hi@zitadel.com"])
REVISIONS = st.sampled_from(["2023-10-06", "2023-11-15"])
PLANS = st.sampled_from([None, "free", "production", "enterprise-cloud"])

WAITING = "SELECT ticket_id FROM escalation WHERE answered_at IS NULL AND withdrawn_at IS NULL"
BUT_THE_LEDGER = (
    *("ticket", "message", "clock", "escalation", "term", "ticket_link", "mention", "request", "attachment"),
    *("adoption", "mail"),
)
WRITTEN = (*BUT_THE_LEDGER, "credit")
REPLAYED = (*WRITTEN, "person", "customer", "contract")


def stored_rows() -> dict[tuple[str, int], dict[str, Any]]:
    """The rows as they are, as the journal should tell them."""
    found = {}
    for table in REPLAYED:
        columns = list(BY_NAME[table]._meta.columns)
        for row in rows(f"SELECT {', '.join(columns)} FROM {table}"):
            found[table, row[columns.index("id")]] = dict(zip(columns, row, strict=True))
    return found


class Desk(RuleBasedStateMachine):
    """A desk on which three people who may and one who may not do things at random; time passes meanwhile."""

    new: Callable[[], str]
    """Makes an empty desk and answers its address."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = open_desk(type(self).new())
        self.who = cast()
        self.now = FIRST
        self.settled: dict[int, dict[str, Any]] = {}
        self.lines: list[tuple[Any, ...]] = []
        self.versions: dict[int, int] = {}

    def teardown(self) -> None:
        told = {place: row for place, row in replayed().items() if place[0] in REPLAYED}
        assert told == stored_rows(), "the journal tells another story than the tables"
        self.desk.close()

    def person(self, name: str) -> int:
        found: int = getattr(self.who, name)
        return found

    def do(self, operation: Any, *arguments: Any, **named: Any) -> None:
        """Do it; what is refused must leave everything as it was."""
        before = everything(*WRITTEN)
        newest = journal.newest()
        try:
            operation(*arguments, **named)
        except DomainError as refused:
            assert str(refused).strip()
            assert (everything(*WRITTEN), journal.newest()) == (before, newest)

    @initialize()
    def a_request_of_each_customer(self) -> None:
        for customer in ("acme", "plain", "globex"):
            self.receive(customer, 2, "ticket", "anna")

    @rule(minutes=st.sampled_from([1, 14, 15, 59, 60, 480, 1440, 4000]))
    def time_passes(self, minutes: int) -> None:
        self.now += 60 * minutes

    @rule(
        customer=st.sampled_from(["acme", "plain", "hobby", "globex"]), severity=SEVERITIES, channel=CHANNELS, who=WHO
    )
    def receive(self, customer: str, severity: int, channel: str, who: str) -> None:
        self.do(
            operations.receive,
            customer_id=self.person(customer),
            subject="It fails",
            body="Help",
            severity=severity,
            channel=channel,
            actor=self.person(who),
            at=self.now,
        )

    @rule(ticket=WHICH, who=WHO, over=st.booleans())
    def claim(self, ticket: int, who: str, over: bool) -> None:
        self.do(operations.claim, ticket, self.person(who), self.now, over)

    @invariant()
    def a_severity_1_has_an_owner(self) -> None:
        assert rows("SELECT id FROM ticket WHERE is_open = 1 AND severity = 1 AND owner_id IS NULL") == []

    @rule(ticket=WHICH, who=WHO)
    def release(self, ticket: int, who: str) -> None:
        self.do(operations.release, ticket, self.person(who), self.now)

    @rule(ticket=WHICH, who=WHO, channel=CHANNELS, then=STATES)
    def reply(self, ticket: int, who: str, channel: str, then: str) -> None:
        self.do(operations.reply, ticket, "We look.", self.person(who), self.now, channel=channel, then=then)

    @rule(ticket=WHICH, who=WHO)
    def note(self, ticket: int, who: str) -> None:
        self.do(operations.note, ticket, "Cookies?", self.person(who), self.now)

    @rule(ticket=WHICH, who=WHO, severity=SEVERITIES)
    def severity(self, ticket: int, who: str, severity: int) -> None:
        self.do(operations.change_severity, ticket, severity, "Seen anew", self.person(who), self.now)

    @rule(ticket=WHICH, who=WHO, state=STATES)
    def state(self, ticket: int, who: str, state: str) -> None:
        self.do(operations.change_state, ticket, state, self.person(who), self.now)

    @rule(ticket=WHICH, who=WHO, kind=KINDS)
    def escalate(self, ticket: int, who: str, kind: str) -> None:
        self.do(operations.escalate, ticket, kind, "No progress", self.person(who), self.now)

    @rule(ticket=WHICH, who=WHO)
    def answer(self, ticket: int, who: str) -> None:
        self.do(operations.answer_escalation, ticket, self.person(who), self.now)

    @rule(ticket=WHICH, who=WHO)
    def withdraw(self, ticket: int, who: str) -> None:
        self.do(operations.withdraw_escalation, ticket, "Never mind", self.person(who), self.now)

    @rule(ticket=WHICH, who=WHO, to=WHO)
    def handover(self, ticket: int, who: str, to: str) -> None:
        self.do(operations.handover, ticket, self.person(to), "Goes on here", self.person(who), self.now)

    @rule(ticket=WHICH, who=WHO, to=WHO, words=st.sampled_from(["", "Goes on"]))
    def assign(self, ticket: int, who: str, to: str, words: str) -> None:
        self.do(operations.assign, ticket, self.person(to), self.person(who), self.now, words)

    @rule(ticket=WHICH, who=WHO, severity=SEVERITIES)
    def they_say(self, ticket: int, who: str, severity: int) -> None:
        self.do(operations.record_customer_severity, ticket, severity, self.person(who), self.now)

    @rule(ticket=WHICH, who=WHO, ago=st.sampled_from([0, 600, 7200]), by_mail=st.booleans())
    def complete(self, ticket: int, who: str, ago: int, by_mail: bool) -> None:
        sign = {"mailed_at" if by_mail else "called_at": self.now - ago}
        self.do(operations.complete_escalation, ticket, self.person(who), self.now, **sign)

    @rule(ticket=WHICH, who=WHO, body=st.sampled_from([b"", b"a log", b"a log"]))
    def attach(self, ticket: int, who: str, body: bytes) -> None:
        self.do(attach, ticket, "a.log", "text/plain", body, self.person(who), self.now)

    @rule(ticket=WHICH, who=WHO, said=st.sampled_from(["302", "500"]))
    def learn(self, ticket: int, who: str, said: str) -> None:
        self.do(requests.change_facts, ticket, self.person(who), self.now, observed=said, enterprise=1)

    @rule(ticket=WHICH, other=WHICH, who=WHO, kind=st.sampled_from(["related", "duplicates"]))
    def link(self, ticket: int, other: int, who: str, kind: str) -> None:
        self.do(operations.link, ticket, other, kind, self.person(who), self.now)

    @rule(ticket=WHICH, other=WHICH, who=WHO)
    def unlink(self, ticket: int, other: int, who: str) -> None:
        self.do(operations.unlink, ticket, other, self.person(who), self.now)

    @rule(customer=st.sampled_from(["acme", "plain"]), revision=REVISIONS, who=WHO, plan=PLANS)
    def adopt(self, customer: str, revision: str, who: str, plan: str | None) -> None:
        self.do(adopt, self.person(customer), revision, self.now, self.person(who), self.now, plan)

    @rule(sender=SENDERS, subject=SUBJECTS, to=RECIPIENTS, machine=st.booleans())
    def mail_comes(self, sender: bytes, subject: bytes, to: bytes, machine: bool) -> None:
        marks = {"Auto_Submitted": b"auto-replied"} if machine else {}
        raw = mail(b"It fails since %d" % self.now, sender, Subject=subject, To=to, **marks)
        self.do(file_mail, raw, self.now)

    @rule(ticket=WHICH, into=WHICH, who=WHO)
    def merge(self, ticket: int, into: int, who: str) -> None:
        self.do(operations.merge, ticket, into, self.person(who), self.now)

    @rule(ticket=WHICH, who=WHO, message=st.integers(0, 5), following=st.booleans())
    def split(self, ticket: int, who: str, message: int, following: bool) -> None:
        found = rows("SELECT id FROM message WHERE ticket_id = ? ORDER BY id", (ticket,))
        chosen = found[message % len(found)][0] if found else 0
        self.do(operations.split, ticket, chosen, "Another", self.person(who), self.now, following=following)

    @rule(who=WHO, clock=st.integers(1, 5), decide=st.sampled_from([grant, grant, refuse, reverse]))
    def decide(self, who: str, clock: int, decide: Any) -> None:
        owing = rows("SELECT clock_id FROM credit WHERE entry = 'owed' ORDER BY id")
        chosen = owing[clock % len(owing)][0] if owing else clock
        self.do(decide, chosen, "As agreed", self.person(who), self.now)

    @rule(ticket=WHICH)
    def customer_writes(self, ticket: int) -> None:
        self.do(operations.customer_wrote, ticket, "And?", self.now)

    @rule(who=WHO)
    def undo(self, who: str) -> None:
        self.do(journal.undo, self.person(who), self.now)
        self.forget_what_was_put_back()

    @rule(who=WHO)
    def redo(self, who: str) -> None:
        self.do(journal.redo, self.person(who), self.now)
        self.forget_what_was_put_back()

    def forget_what_was_put_back(self) -> None:
        """What undo itself put back is not held to have stayed."""
        touched = rows(
            'SELECT c.table_name, c.row_id FROM "change" c JOIN operation o ON o.id = c.operation_id'
            " WHERE o.id = (SELECT max(id) FROM operation) AND o.kind IN ('undo', 'redo') AND c.table_name = 'clock'"
        )
        for _, number in touched:
            self.settled.pop(number, None)
            self.lines = [line for line in self.lines if line[1] != number]

    @rule(who=WHO)
    def undo_and_redo_is_nothing(self, who: str) -> None:
        before, days = everything(*BUT_THE_LEDGER), self.days()
        try:
            journal.undo(self.person(who), self.now)
        except DomainError:
            return
        self.forget_what_was_put_back()
        # A ticket that was taken back and in again begins at the version that it was taken in with.
        there = {number for (number,) in rows("SELECT id FROM ticket")}
        self.versions = {number: version for number, version in self.versions.items() if number in there}
        journal.redo(self.person(who), self.now)
        self.forget_what_was_put_back()
        assert (everything(*BUT_THE_LEDGER), self.days()) == (before, days)

    @invariant()
    def a_ticket_repeats_what_its_clocks_say(self) -> None:
        clocks = self.clocks()
        tickets = rows(
            "SELECT id, received_at, waiting_since, order_at, clock_state, due_at, objective_minutes, basis_id,"
            " is_open, state, escalated FROM ticket"
        )
        waiting = {row[0] for row in rows(WAITING)}
        for number, received, since, order, shown, *repeated, is_open, state, escalated in tickets:
            held = [clock for clock in clocks.get(number, []) if clock.state != VOID]
            running = sorted((clock for clock in held if clock.state == RUNNING), key=lambda clock: clock.due_at)
            initial = [clock for clock in held if clock.kind == INITIAL]
            assert len(initial) <= 1
            best = running[0] if running else initial[0] if initial else None
            assert order == order_at(running[0].due_at if running else None, since, received)
            assert repeated == ([best.due_at, best.objective_minutes, best.basis_id] if best else [None, None, None])
            assert shown == best.state if best else shown in ("none", "best_effort", "bespoke")
            assert is_open == (state in ("open", "waiting"))
            assert is_open or not running, "a promise runs where nobody looks"
            assert escalated == (number in waiting)

    @invariant()
    def what_is_settled_stays_and_owes_what_it_cost(self) -> None:
        stored = {row["id"]: row for row in everything("clock")["clock"]}
        for number, settled in self.settled.items():
            assert {**stored[number], "ticket_id": 0} == {**settled, "ticket_id": 0}, "only its ticket may be another"
        self.settled = {number: row for number, row in stored.items() if row["state"] in (MET, MISSED)}
        owed = rows("SELECT clock_id, days FROM credit WHERE entry = 'owed' ORDER BY clock_id")
        assert owed == [(n, row["credit_days"]) for n, row in sorted(self.settled.items()) if row["credit_days"]]

    @invariant()
    def the_ledger_only_grows_and_says_what_the_terms_say(self) -> None:
        lines = rows("SELECT id, clock_id, entry, days, answers_id FROM credit ORDER BY id")
        assert [line for line in lines if line in self.lines] == self.lines
        self.lines = lines
        standing = Counter(self.days())
        extended = rows("SELECT sum(extension_days) FROM term")[0][0]
        assert extended == sum(days for (_, entry, days), _ in standing.items() if entry == "granted")
        owing = dict(rows("SELECT id, credit_days FROM clock WHERE state IN ('met', 'missed') AND credit_days > 0"))
        assert {clock: days for clock, _, days in standing} == owing

    def days(self) -> list[tuple[int, str, int]]:
        """What stands of each credit: its clock, whether it is decided, and its days."""
        return rows(
            "SELECT clock_id, CASE entry WHEN 'reversed' THEN 'owed' ELSE entry END, days FROM credit c"
            " WHERE NOT EXISTS (SELECT 1 FROM credit a WHERE a.answers_id = c.id) ORDER BY clock_id"
        )

    @invariant()
    def an_open_severity_1_has_an_owner(self) -> None:
        assert rows("SELECT id FROM ticket WHERE is_open = 1 AND severity = 1 AND owner_id IS NULL") == []

    @invariant()
    def one_call_for_a_manager_waits_a_kind(self) -> None:
        standing = Counter(rows(WAITING.replace("ticket_id", "ticket_id, kind", 1)))
        assert all(times == 1 for times in standing.values())

    @invariant()
    def versions_only_grow(self) -> None:
        found = dict(rows("SELECT id, version FROM ticket"))
        assert all(found[number] >= self.versions[number] for number in found.keys() & self.versions.keys())
        self.versions = found

    @invariant()
    def the_counts_are_those_of_the_pages(self) -> None:
        for view in reading.VIEWS:
            listed = reading.page(view.key, self.who.ben, self.now)
            assert len(listed) == reading.count(view.key, self.who.ben, self.now)

    def clocks(self) -> dict[int, list[ClockRow]]:
        from tickets.clock_rows import clocks

        return {number: clocks(number) for (number,) in rows("SELECT id FROM ticket")}


@pytest.fixture
def sqlite_desks(sqlite_template: Path, tmp_path: Path) -> Callable[[], str]:
    """Makes an empty desk on a SQLite file each time that it is called."""
    numbers = count()

    def new() -> str:
        return str(shutil.copy(sqlite_template, tmp_path / f"{next(numbers)}.db"))

    return new


@pytest.fixture
def postgresql_desks(postgresql_databases: Callable[[str], str], postgresql_template: str) -> Callable[[], str]:
    """Makes an empty desk on PostgreSQL each time that it is called."""
    return lambda: postgresql_databases(postgresql_template)


@pytest.mark.parametrize(("database", "examples"), [("sqlite", 100), ("postgresql", 15)])
def test_any_order_of_operations_keeps_the_desk_true(
    request: pytest.FixtureRequest, database: str, examples: int
) -> None:
    new = request.getfixturevalue(f"{database}_desks")
    machine = type("Here", (Desk,), {"new": staticmethod(new)})
    run_state_machine_as_test(machine, settings=settings(max_examples=examples, stateful_step_count=30))
