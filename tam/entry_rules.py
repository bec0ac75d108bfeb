"""What every time entry is asked before it is kept, whichever way it came."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from models.access import actor_by_id
from models.errors import NotFound
from models.reading import one, rows, scalar
from sla.wall import local_of
from tam.activities import Activity, activity
from tam.entry_reading import EntryRow
from tam.entry_words import clean_note, day_text, hours_text
from tickets.errors import RuleRefused

DAY_MINUTES = 24 * 60
LONG_DAY_MINUTES = 12 * 60

_LINKS = {
    "ticket_id": ("#{}", "SELECT customer_id FROM ticket WHERE id = ?"),
    "call_id": ("Call {}", "SELECT customer_id FROM review_call WHERE id = ?"),
    "item_id": (
        "Checklist item {}",
        "SELECT o.customer_id FROM onboarding_item i JOIN onboarding o ON o.id = i.onboarding_id WHERE i.id = ?",
    ),
}


class Wanted(NamedTuple):
    """An entry as someone wants it; None in `counts` and `billable` stands for what the activity says."""

    customer_id: int
    person_id: int
    on: str
    minutes: int
    activity: str
    note: str = ""
    ticket_id: int | None = None
    call_id: int | None = None
    item_id: int | None = None
    counts: bool | None = None
    billable: bool | None = None
    started_at: int | None = None
    ended_at: int | None = None
    external_id: str | None = None


class Checked(NamedTuple):
    """An entry that may be kept: its columns, and what its person should know."""

    columns: dict[str, Any]
    warnings: tuple[str, ...]


class _Span(NamedTuple):
    """A timed entry of a person's: from `started_at` to before `ended_at`, in UTC seconds."""

    id: int
    customer_id: int
    started_at: int
    ended_at: int


class Book:
    """The rules on what stands at one instant (UTC seconds), each fact read once.

    `lenient` keeps what a person has measured even where it may not be typed in: it then does not count, and a day may
    be longer than it can be. What `took` is told counts from then on as if it stood.
    """

    def __init__(self, at: int, lenient: bool = False) -> None:
        self._at, self._lenient = at, lenient
        self.customer = cache(_customer)
        self.person = cache(actor_by_id)
        self.open_since = cache(_open_since)
        self._uncovered = cache(_uncovered)
        self._day = cache(_day)
        self._spans = cache(_spans)

    def check(self, wanted: Wanted, was: EntryRow | None = None) -> Checked:
        """The columns of an entry, or of what becomes of it; raises RuleRefused and NotFound, with what is possible."""
        kind = activity(wanted.activity)
        wanted = wanted._replace(on=_iso(wanted.on), note=clean_note(wanted.note))
        warnings: list[str] = []
        self._time(wanted, was, warnings)
        self._links(wanted, was)
        counts = self._counting(wanted, was, kind, warnings)
        booked_on = self._booked(wanted, was, warnings)
        columns = wanted._asdict() | {
            "counts": int(counts),
            "billable": int(kind.billable if wanted.billable is None else wanted.billable),
            "booked_on": booked_on,
            "late": int(booked_on != wanted.on),
        }
        if kind.offer and not counts:
            warnings.append(kind.offer)
        return Checked(columns, tuple(warnings))

    def took(self, columns: dict[str, Any], was: EntryRow | None = None) -> None:
        """Count an entry that is about to stand, instead of what `was`."""
        person_id, on = columns["person_id"], columns["on"]
        if was is not None:
            self._forget(was)
        self._day(person_id, on).append((0, columns["customer_id"], columns["minutes"]))
        if columns["started_at"] is not None:
            span = _Span(0, columns["customer_id"], columns["started_at"], columns["ended_at"])
            for days in (-1, 0, 1):
                self._spans(person_id, _moved(on, days)).append(span)

    def _forget(self, was: EntryRow) -> None:
        day = self._day(was.person_id, was.on)
        day[:] = [each for each in day if each[0] != was.id]
        for days in (-1, 0, 1):
            spans = self._spans(was.person_id, _moved(was.on, days))
            spans[:] = [each for each in spans if each.id != was.id]

    def _time(self, wanted: Wanted, was: EntryRow | None, warnings: list[str]) -> None:
        if not 1 <= wanted.minutes <= DAY_MINUTES:
            raise RuleRefused(f"An entry has 1 minute to 24 hours, not {wanted.minutes} minutes.")
        moved = was is None or (was.on, was.person_id) != (wanted.on, wanted.person_id)
        if moved and not self._lenient:
            self._not_too_far_ahead(wanted)
        if was is None or moved or wanted.minutes > was.minutes:
            self._day_holds(wanted, was, warnings)
        if was is None or (was.started_at, was.ended_at, was.minutes) != (
            wanted.started_at,
            wanted.ended_at,
            wanted.minutes,
        ):
            self._span_holds(wanted, was, warnings)

    def _not_too_far_ahead(self, wanted: Wanted) -> None:
        today = local_of(self.person(wanted.person_id).zone, self._at).date()
        if wanted.on > (today + timedelta(days=1)).isoformat():
            raise RuleRefused(f"{day_text(wanted.on)} is still to come; log time up to tomorrow, or plan a call.")

    def _day_holds(self, wanted: Wanted, was: EntryRow | None, warnings: list[str]) -> None:
        stands = [each for each in self._day(wanted.person_id, wanted.on) if was is None or each[0] != was.id]
        total = sum(minutes for _, _, minutes in stands) + wanted.minutes
        if total <= LONG_DAY_MINUTES:
            return
        name, day = self.person(wanted.person_id).name, day_text(wanted.on)
        if total <= DAY_MINUTES or self._lenient:
            warnings.append(f"{name} has {hours_text(total)} on {day} now; is that right?")
            return
        by_customer: dict[int, int] = {}
        for _, customer_id, minutes in stands:
            by_customer[customer_id] = by_customer.get(customer_id, 0) + minutes
        told = ", ".join(f"{self.customer(each)} {hours_text(minutes)}" for each, minutes in by_customer.items())
        raise RuleRefused(
            f"{hours_text(wanted.minutes)} more is over 24 hours for {name} on {day}: {told} stand there."
            " Change those first, or choose another day."
        )

    def _span_holds(self, wanted: Wanted, was: EntryRow | None, warnings: list[str]) -> None:
        start, end = wanted.started_at, wanted.ended_at
        if start is None and end is None:
            return
        if start is None or end is None or end <= start:
            raise RuleRefused("A timed entry needs a start and an end after it.")
        if wanted.minutes > -((start - end) // 60):
            span = hours_text(-((start - end) // 60))
            raise RuleRefused(f"{hours_text(wanted.minutes)} do not fit between start and end; there are {span}.")
        zone = self.person(wanted.person_id).zone
        for each in self._spans(wanted.person_id, wanted.on):
            if each.started_at < end and start < each.ended_at and (was is None or each.id != was.id):
                times = f"{local_of(zone, each.started_at):%H:%M}–{local_of(zone, each.ended_at):%H:%M}"
                warnings.append(f"It overlaps {times} for {self.customer(each.customer_id)}; both are kept.")

    def _links(self, wanted: Wanted, was: EntryRow | None) -> None:
        if self._lenient:
            return
        links = {name: getattr(wanted, name) for name in _LINKS}
        if was is not None and was.customer_id == wanted.customer_id:
            links = {name: linked for name, linked in links.items() if linked != getattr(was, name)}
        self.check_links(wanted.customer_id, links)

    def check_links(self, customer_id: int, links: dict[str, int | None]) -> None:
        """Refuse a ticket, call or checklist item (by its column) that is not there or is someone else's."""
        for name, linked in links.items():
            if linked is None:
                continue
            shown, sql = _LINKS[name]
            found = one(sql, (linked,))
            if found is None:
                raise NotFound(f"{shown.format(linked)} is not on this desk.")
            if found[0] != customer_id:
                theirs = self.customer(found[0]) if found[0] else "nobody"
                raise RuleRefused(
                    f"{shown.format(linked)} is {theirs}'s, not {self.customer(customer_id)}'s;"
                    " log the time for them, or without the link."
                )

    def _counting(self, wanted: Wanted, was: EntryRow | None, kind: Activity, warnings: list[str]) -> bool:
        """Whether it counts; what counts has to be covered by an agreement of its day."""
        counts = kind.counts if wanted.counts is None else wanted.counts
        name = self.customer(wanted.customer_id)
        if not counts or (
            was is not None and (was.customer_id, was.on, was.counts) == (wanted.customer_id, wanted.on, 1)
        ):
            return counts
        reason = self._uncovered(wanted.customer_id, wanted.on)
        if reason is None:
            return True
        if not self._lenient:
            raise RuleRefused(f"{reason} Log the time as not counting (nocount), or offer {name} a quote.")
        warnings.append(f"{reason} The time is kept and does not count.")
        return False

    def _booked(self, wanted: Wanted, was: EntryRow | None, warnings: list[str]) -> str:
        """The local date that it counts on: its own, or the first of the open period."""
        if was is not None and (was.customer_id, was.on) == (wanted.customer_id, wanted.on):
            return was.booked_on
        open_since: str = self.open_since(wanted.customer_id)
        if wanted.on >= open_since:
            return wanted.on
        warnings.append(
            f"{self.customer(wanted.customer_id)}'s time before {day_text(open_since)} is closed:"
            " it counts on that day, and is marked late."
        )
        return open_since

    def refuse_closed(self, was: EntryRow) -> None:
        """Refuse to touch an entry of a closed period."""
        open_since: str = self.open_since(was.customer_id)
        if was.booked_on < open_since:
            raise RuleRefused(
                f"{was.customer}'s time before {day_text(open_since)} is closed. Ask a lead to reopen the period of"
                f" {day_text(was.booked_on)}, or enter a correction in the open one."
            )


def _customer(customer_id: int) -> str:
    name = scalar("SELECT name FROM customer WHERE id = ?", (customer_id,))
    if name is None:
        raise NotFound(f"There is no customer {customer_id}.")
    return str(name)


def _open_since(customer_id: int) -> str:
    from tam.closing import open_since

    return open_since(customer_id)


def _uncovered(customer_id: int, on: str) -> str | None:
    """Why a day is not covered, in a sentence; None where it is."""
    from tam.coverage import coverage

    found = coverage(customer_id, on)
    return None if found.covered else f"{found.reason.removesuffix('; offer a quote.').rstrip('.')}."


def _day(person_id: int, on: str) -> list[tuple[int, int, int]]:
    """The id, customer and minutes of each entry of a person's day."""
    found = rows(
        "SELECT id, customer_id, minutes FROM time_entry WHERE person_id = ? AND worked_on = ? ORDER BY id",
        (person_id, on),
    )
    return [(entry_id, customer_id, minutes) for entry_id, customer_id, minutes in found]


def _spans(person_id: int, on: str) -> list[_Span]:
    """The timed entries that can reach into a day."""
    return rows(
        "SELECT id, customer_id, started_at, ended_at FROM time_entry WHERE person_id = ?"
        " AND worked_on BETWEEN ? AND ? AND started_at IS NOT NULL ORDER BY started_at, id",
        (person_id, _moved(on, -1), _moved(on, 1)),
        _Span,
    )


def _moved(on: str, days: int) -> str:
    return (date.fromisoformat(on) + timedelta(days=days)).isoformat()


def _iso(on: str) -> str:
    try:
        return date.fromisoformat(on).isoformat()
    except ValueError:
        raise RuleRefused(f"{on!r} is no day; write it as 2026-03-12.") from None
