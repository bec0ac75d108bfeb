"""What a typed line would do, before it is done: read with the rules that decide once it is kept."""

from __future__ import annotations

from typing import NamedTuple

from models.access import actor_by_id
from models.errors import DomainError
from models.reading import rows, scalar
from sla.wall import local_of
from tam.coverage import coverage
from tam.entry_line import HOW_LONG, Parsed, parse
from tam.entry_rules import Book, Wanted
from tam.standing import standing


class Understood(NamedTuple):
    """A line as it would be kept.

    `problems` stand against it, `warnings` do not; `why` says in a sentence what decides whether it counts; `left` are
    the minutes of the running period after it, None where it takes nothing from them.
    """

    parsed: Parsed
    key: str
    problems: tuple[str, ...]
    warnings: tuple[str, ...]
    counts: bool | None = None
    why: str = ""
    left: int | None = None

    @property
    def ready(self) -> bool:
        """Whether it can be kept."""
        return not self.problems


def names() -> list[tuple[int, str, str]]:
    """Id, key and name of every customer, by name: what a line may name."""
    return [
        (number, key, name) for number, key, name in rows("SELECT id, key, name FROM customer ORDER BY name, id", ())
    ]


def understand(
    line: str,
    person_id: int,
    now: int,
    *,
    length: bool = True,
    call_id: int | None = None,
    item_id: int | None = None,
) -> Understood:
    """What a line of a person would do at an instant (UTC seconds); without `length` it is to start a timer.

    Never raises for what was typed.
    """
    zone, known = actor_by_id(person_id).zone, names()
    today = local_of(zone, now).date().isoformat()
    parsed = parse(line, today, now, zone, known, _ticket_customer)
    key = next((each for number, each, _ in known if number == parsed.customer_id), "")
    problems = tuple(each for each in parsed.problems if length or each != HOW_LONG)
    if not length and not problems:
        problems = _timed_problems(parsed, today)
    found = Understood(parsed, key, problems, ())
    return found if problems else _judged(found, person_id, now, length, call_id, item_id)


def _timed_problems(parsed: Parsed, today: str) -> tuple[str, ...]:
    if parsed.minutes is not None:
        return ("A timer measures how long it is: leave the length out.",)
    return () if parsed.on == today else ("A timer starts now: leave the day out.",)


def _judged(
    found: Understood, person_id: int, now: int, length: bool, call_id: int | None, item_id: int | None
) -> Understood:
    parsed, book = found.parsed, Book(now, lenient=not length)
    wanted = Wanted(
        parsed.customer_id or 0,
        person_id,
        parsed.on,
        parsed.minutes or 1,
        parsed.activity,
        parsed.note,
        parsed.ticket_id,
        call_id,
        item_id,
        parsed.counts,
        parsed.billable,
        parsed.started_at,
        parsed.ended_at,
    )
    try:
        book.check_links(wanted.customer_id, {"ticket_id": wanted.ticket_id, "call_id": call_id, "item_id": item_id})
        checked = book.check(wanted)
    except DomainError as refusal:
        return found._replace(problems=(str(refusal),))
    counts = bool(checked.columns["counts"])
    taken = wanted.minutes if length else 0
    return found._replace(
        warnings=checked.warnings if length else (),
        counts=counts,
        why=_why(parsed, counts),
        left=_left(parsed.customer_id or 0, checked.columns["booked_on"], taken, now) if counts else None,
    )


def _why(parsed: Parsed, counts: bool) -> str:
    """What decides whether it counts: the line, the activity, or the agreement of the day."""
    covered = coverage(parsed.customer_id or 0, parsed.on)
    if counts:
        return f"counts against the agreed hours. {covered.reason}"
    if parsed.counts is not None:
        return "does not count, as you say."
    return f"does not count: {parsed.activity} does not." if covered.covered else f"does not count. {covered.reason}"


def _left(customer_id: int, booked_on: str, minutes: int, now: int) -> int | None:
    """What is left of the running period after these minutes; None where they fall into another one."""
    held = standing(customer_id, now)
    period = held.current
    if not held.promised or not period.first.isoformat() <= booked_on < period.after.isoformat():
        return None
    return held.left - held.over - minutes


def _ticket_customer(ticket_id: int) -> int | None:
    found = scalar("SELECT customer_id FROM ticket WHERE id = ?", (ticket_id,))
    return None if found is None else int(found)
