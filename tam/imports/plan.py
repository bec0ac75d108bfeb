"""What an import would do, and doing it: what is new, what is here already, what has changed, what is refused and why.

Both are one piece of work: what is applied is planned again on what stands then. It is one operation, and one undo.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from models.access import require
from models.errors import DomainError
from models.journal import transaction
from models.reading import rows
from tam.entries import keep, tell_alerts
from tam.entry_reading import SELECT, EntryRow
from tam.entry_rules import Book, Checked, Wanted
from tam.imports.matching import Names, external_ids, wanted_of
from tam.imports.records import KINDS, Problem, ReadFile, SourceRow
from tickets.rules import WORKERS

_COMPARED = ("customer_id", "person_id", "on", "minutes", "activity", "note", "started_at", "ended_at")
_AT_ONCE = 400


class Planned(NamedTuple):
    """An entry that is about to be kept, or changed where it `was` here; by the line of the file."""

    line: int
    customer: str
    person: str
    checked: Checked
    was: EntryRow | None

    @property
    def warnings(self) -> tuple[str, ...]:
        """What its person should know."""
        return self.checked.warnings


class Plan(NamedTuple):
    """What an import would do; `unknown` are the names that no customer has, with how often they come."""

    source: ReadFile
    mapping: Mapping[str, int]
    people: Mapping[str, int]
    person_id: int | None
    new: tuple[Planned, ...]
    changed: tuple[Planned, ...]
    same: int
    refused: tuple[Problem, ...]
    unknown: tuple[tuple[str, int], ...]

    @property
    def sentence(self) -> str:
        """It in numbers: "12 new, 1 changed, 30 the same, 2 refused"."""
        parts = [f"{len(self.new):,} new"]
        for count, told in ((len(self.changed), "changed"), (self.same, "the same"), (len(self.refused), "refused")):
            parts += [f"{count:,} {told}"] if count else []
        return ", ".join(parts)


class Imported(NamedTuple):
    """What an import did; no operation where it changed nothing."""

    operation_id: int | None
    sentence: str
    plan: Plan


def plan(
    source: ReadFile,
    mapping: Mapping[str, int],
    actor: int,
    at: int,
    *,
    people: Mapping[str, int] | None = None,
    person_id: int | None = None,
) -> Plan:
    """Say what an import would do, and write nothing.

    `mapping` leads from names of clients, projects and tags (whatever their case) to customers, where they are called
    otherwise here; `people` likewise from names and addresses. With `person_id` all time is that person's. Raises
    NotAllowed for those who may only look.
    """
    who = require(actor, *WORKERS)
    names = Names(who, mapping, people or {}, person_id)
    work = _Work(Book(at))
    found = work.match(source.rows, names)
    ids = external_ids([(row, wanted) for row, wanted, _ in found])
    here = _here(ids)
    for (row, wanted, odd), external_id in zip(found, ids, strict=True):
        work.decide(row.line, wanted._replace(external_id=external_id), here.get(external_id), odd)
    return Plan(
        source,
        mapping,
        people or {},
        person_id,
        tuple(work.new),
        tuple(work.changed),
        work.same,
        tuple(sorted([*source.problems, *work.refused])),
        tuple(names.unknown.most_common()),
    )


class _Work:
    """Rows as they are decided, each on top of those before it."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.new: list[Planned] = []
        self.changed: list[Planned] = []
        self.refused: list[Problem] = []
        self.same = 0

    def match(self, source: tuple[SourceRow, ...], names: Names) -> list[tuple[SourceRow, Wanted, str]]:
        """The rows that someone and a customer is known for, as entries, each with what is odd about it."""
        found = []
        for row in source:
            try:
                found.append((row, *wanted_of(row, names)))
            except DomainError as reason:
                self.refused.append(Problem(row.line, str(reason)))
        return found

    def decide(self, line: int, wanted: Wanted, was: EntryRow | None, odd: str) -> None:
        """Take a row in as new, changed or the same, or refuse it with the reason."""
        if was is not None:
            wanted = _as_it_was(wanted, was)
            if all(getattr(was, name) == getattr(wanted, name) for name in _COMPARED) and (
                wanted.billable is None or int(wanted.billable) == was.billable
            ):
                self.same += 1
                return
        try:
            if was is not None:
                self._book.refuse_closed(was)
            checked = self._book.check(wanted, was)
        except DomainError as reason:
            self.refused.append(Problem(line, str(reason)))
            return
        self._book.took(checked.columns, was)
        if odd:
            checked = checked._replace(warnings=(f"{odd[0].upper()}{odd[1:]}.", *checked.warnings))
        customer, person = self._book.customer(wanted.customer_id), self._book.person(wanted.person_id).name
        (self.changed if was else self.new).append(Planned(line, customer, person, checked, was))


def _as_it_was(wanted: Wanted, was: EntryRow) -> Wanted:
    """What an export cannot say stays as it is here."""
    wanted = wanted._replace(ticket_id=was.ticket_id, call_id=was.call_id, item_id=was.item_id)
    if wanted.activity != was.activity:
        return wanted
    billable = bool(was.billable) if wanted.billable is None else wanted.billable
    return wanted._replace(counts=bool(was.counts), billable=billable)


def _here(ids: list[str]) -> dict[str, EntryRow]:
    found: dict[str, EntryRow] = {}
    for first in range(0, len(ids), _AT_ONCE):
        some = ids[first : first + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        for each in rows(f"{SELECT} WHERE e.external_id IN ({marks})", some, EntryRow):
            found[str(each.external_id)] = each
    return found


def apply(planned: Plan, actor: int, at: int) -> Imported:
    """Do what was planned, on what stands now: rows that are here by now are not kept twice.

    The answer's plan is what was done. Raises NotAllowed for those who may only look.
    """
    from models.hours import TimeEntry

    with transaction(actor, at, "hours.import") as tx:
        who = require(actor, *WORKERS)
        done = plan(planned.source, planned.mapping, actor, at, people=planned.people, person_id=planned.person_id)
        for each in done.new:
            keep(tx, each.checked)
        for each in done.changed:
            if each.was is not None:
                tx.update(TimeEntry, each.was.id, each.was.version, **each.checked.columns)
        touched = [each.checked.columns["customer_id"] for each in (*done.new, *done.changed)]
        touched += [each.was.customer_id for each in done.changed if each.was is not None]
        tell_alerts(tx, at, *touched)
        sentence = f"{who.name} imported time from {KINDS[planned.source.kind]}: {done.sentence}."
        tx.say(sentence)
    return Imported(tx.operation_id, sentence, done)
