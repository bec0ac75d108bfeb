"""A person's week as a sheet: days across, customers and activities down, and each cell typed like a spreadsheet's."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from models.access import actor_by_id
from models.errors import StaleRow
from models.journal import Transaction, transaction
from models.reading import rows
from sla.wall import local_of
from tam.entries import Logged, alter, keep, logged_sentence, may_touch, tell_alerts
from tam.entry_reading import SELECT, EntryRow
from tam.entry_rules import DAY_MINUTES, Book, Checked, Wanted
from tam.entry_words import day_text, hours_text
from tickets.errors import RuleRefused


class WeekRow(NamedTuple):
    """A customer and an activity: minutes a day, Monday first; `fixed` are those of timed, linked, imported and closed
    entries, which a cell cannot be set below."""

    customer_id: int
    customer: str
    activity: str
    minutes: tuple[int, ...]
    fixed: tuple[int, ...]

    @property
    def total(self) -> int:
        """Minutes of the week."""
        return sum(self.minutes)


class Week(NamedTuple):
    """The sheet of a week: its local dates, its rows by customer, minutes a day; `today` is the person's."""

    person_id: int
    person: str
    days: tuple[str, ...]
    today: str
    rows: tuple[WeekRow, ...]
    totals: tuple[int, ...]

    @property
    def total(self) -> int:
        """Minutes of the week."""
        return sum(self.totals)


def week(person_id: int, monday: str, now: int) -> Week:
    """The week that a local date lies in; what was worked on in the week before has a row, to be typed into.

    Raises NotFound for an unknown person.
    """
    from tam.entries import entries

    person = actor_by_id(person_id)
    begin = date.fromisoformat(monday)
    begin -= timedelta(days=begin.weekday())
    days = tuple((begin + timedelta(days=number)).isoformat() for number in range(7))
    before = (begin - timedelta(days=7)).isoformat()
    after = (begin + timedelta(days=7)).isoformat()
    held = entries(person_id=person_id, first=before, after=after, limit=100_000)
    book = Book(now)
    sheet: dict[tuple[str, int, str], tuple[list[int], list[int]]] = {}
    for each in held:
        minutes, fixed = sheet.setdefault((each.customer, each.customer_id, each.activity), ([0] * 7, [0] * 7))
        if each.on >= days[0]:
            day = days.index(each.on)
            minutes[day] += each.minutes
            fixed[day] += 0 if _may_lower(each, book) else each.minutes
    found = tuple(
        WeekRow(customer_id, customer, activity, tuple(minutes), tuple(fixed))
        for (customer, customer_id, activity), (minutes, fixed) in sorted(sheet.items())
    )
    totals = tuple(sum(row.minutes[day] for row in found) for day in range(7))
    today = local_of(person.zone, now).date().isoformat()
    return Week(person_id, person.name, days, today, found, totals)


def put(
    person_id: int, customer_id: int, activity: str, day: str, minutes: int, actor: int, at: int, was: int | None = None
) -> Logged:
    """Set a cell to its minutes (0 clears it): the plain entry of the cell is added, made longer, shorter or taken
    away. The answer's id is 0 where none is left.

    Raises StaleRow where the cell does not hold what it `was` (minutes) any more, RuleRefused below what is timed,
    linked, imported or closed, and where `tam.entries.log` would.
    """
    if not 0 <= minutes <= DAY_MINUTES:
        raise RuleRefused(f"A day has 0 minutes to 24 hours, not {minutes} minutes.")
    with transaction(actor, at, "hours.put") as tx:
        who = may_touch(actor, person_id)
        book = Book(at)
        name = book.customer(customer_id)
        held = _cell(person_id, customer_id, activity, day)
        plain = [each for each in held if _may_lower(each, book)]
        total, cell_name = sum(each.minutes for each in held), f"{activity} for {name} on {day_text(day)}"
        _refuse_changed(total, was, cell_name)
        _refuse_below(total - sum(each.minutes for each in plain), minutes, cell_name)
        if minutes == total:
            return Logged(plain[0].id if plain else 0, (), tuple(each.id for each in plain), "")
        cell = _Cell(tx, book, plain)
        if plain:
            cell.change_by(minutes - total)
            tx.say(f"{who.name} set {cell_name} to {hours_text(minutes)}.")
        else:
            checked = book.check(Wanted(customer_id, person_id, day, minutes - total, activity))
            cell.add(checked)
            tx.say(logged_sentence(who, book, checked))
        tell_alerts(tx, at, customer_id)
    return Logged(cell.left[0] if cell.left else 0, tuple(cell.warnings), tuple(cell.left), tx.sentence)


def _refuse_changed(total: int, was: int | None, cell_name: str) -> None:
    if was not in (None, total):
        raise StaleRow(
            f"{cell_name} has {hours_text(total)} now, not {hours_text(was or 0)}: it was changed meanwhile."
            " Type it again, if it is still right."
        )


def _refuse_below(lowest: int, minutes: int, cell_name: str) -> None:
    if minutes < lowest:
        least = hours_text(lowest)
        raise RuleRefused(
            f"{least} of {cell_name} are timed, linked, imported or closed; open those entries to change them, or type"
            f" {least} or more."
        )


def _may_lower(each: EntryRow, book: Book) -> bool:
    return each.is_plain and each.booked_on >= book.open_since(each.customer_id)


def _cell(person_id: int, customer_id: int, activity: str, day: str) -> list[EntryRow]:
    """The entries of a cell, those without a note first: they are what the sheet itself wrote."""
    return rows(
        f"{SELECT} WHERE e.person_id = ? AND e.worked_on = ? AND e.customer_id = ? AND e.activity = ?"
        " ORDER BY CASE WHEN e.note = '' THEN 0 ELSE 1 END, e.id DESC",
        (person_id, day, customer_id, activity),
        EntryRow,
    )


class _Cell:
    """The plain entries of a cell while they are set; `left` are the ids of those that stay."""

    def __init__(self, tx: Transaction, book: Book, plain: list[EntryRow]) -> None:
        self._tx, self._book, self._plain = tx, book, plain
        self.left: list[int] = [each.id for each in plain]
        self.warnings: list[str] = []

    def add(self, checked: Checked) -> None:
        """Write a first one."""
        self.left.append(keep(self._tx, checked))
        self.warnings += checked.warnings

    def change_by(self, minutes: int) -> None:
        """Make the first one longer, or (below zero) as many shorter as it takes; one that nothing is left of goes."""
        if minutes > 0:
            self._set(self._plain[0], self._plain[0].minutes + minutes)
        else:
            self._lower(-minutes)

    def _lower(self, minutes: int) -> None:
        from models.hours import TimeEntry

        for each in self._plain:
            taken = min(minutes, each.minutes)
            minutes -= taken
            if taken == each.minutes:
                self._tx.delete(TimeEntry, each.id)
                self.left.remove(each.id)
            elif taken:
                self._set(each, each.minutes - taken)

    def _set(self, each: EntryRow, minutes: int) -> None:
        self.warnings += alter(self._tx, self._book, each, None, {"minutes": minutes}).warnings
