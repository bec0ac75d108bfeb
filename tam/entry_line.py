"""A time entry in one line, understood while it is typed: `1h30 acme review call, agreed on LDAP`.

In any order: how long (`1h30`, `45m`, `1:30`, `1.5h`, `90`, `9:15-10:45`), when (today unless said), whose, doing what
(advice unless said), `#1042`, `nocount`, `billable`. What stands after a comma, or from the first word on that means
nothing here, is the note. Minutes are whole: what is not a whole number of them is said, not rounded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sla.wall import local_of
from tam.activities import ADVICE
from tam.entry_times import Clock, Days, read_days, read_length, read_times
from tam.entry_tokens import (
    FILLERS,
    CustomerName,
    Customers,
    Head,
    Match,
    read_activity,
    read_customer,
    read_word,
    split_head,
)
from tam.entry_words import clock_text, day_text, hours_text

MOST_SIGNS = 2000
DAY_MINUTES = 24 * 60
HOW_LONG = "How long? Type 1h30, 45m, 1:30 or 9:15-10:45."
"""The problem of a line that says no length."""


class Span(NamedTuple):
    """Where in the line something was understood: signs from `start` to before `end`."""

    start: int
    end: int
    kind: str


class Parsed(NamedTuple):
    """What a line says so far; `problems` are what is missing or cannot be, and empty once it can be logged.

    Times are local ("2026-03-12T09:15") and instants (UTC seconds); counts and billable are None where the activity
    decides.
    """

    minutes: int | None
    on: str
    started: str | None
    ended: str | None
    started_at: int | None
    ended_at: int | None
    customer_id: int | None
    customer: str
    activity: str
    note: str
    ticket_id: int | None
    counts: bool | None
    billable: bool | None
    problems: tuple[str, ...]
    spans: tuple[Span, ...]

    @property
    def ready(self) -> bool:
        """Whether it can be logged."""
        return not self.problems


def parse(
    line: str,
    today: str,
    now: int,
    zone: str,
    customers: Sequence[tuple[int, str, str]],
    ticket_customer: Callable[[int], int | None] | None = None,
) -> Parsed:
    """Understand a line of a person in a zone at an instant (UTC seconds) on a local date; `customers` are ids, keys
    and names, and `ticket_customer` tells whose a ticket is. Never raises for what was typed."""
    head = split_head(line[:MOST_SIGNS])
    reading = _Reading(head, Days(date.fromisoformat(today)), Customers(customers))
    reading.read()
    return _finished(reading, now, zone, ticket_customer)


class _Reading:
    """A line as far as it is read: what each part of it said, each said once."""

    def __init__(self, head: Head, days: Days, customers: Customers) -> None:
        self.head, self.days, self.customers = head, days, customers
        self.said: dict[str, object] = {}
        self.spans: list[Span] = []
        self.problems: list[str] = []
        self.note = head.note
        self._readers: tuple[tuple[str, Callable[[str, int], Match | None]], ...] = (
            ("times", read_times),
            ("day", lambda text, at: read_days(text, at, days)),
            ("length", read_length),
            ("word", read_word),
        )

    def read(self) -> None:
        """Read from left to right, until a word means nothing: there the note begins."""
        text, at = self.head.text, self._skipped(0)
        while at < len(text):
            found = self._next(at) or self._after_filler(at) or self._named_again(at) or self._misspelt(at)
            if found is None:
                self.note = self.head.rest(at)
                return
            self._take(at, found)
            at = self._skipped(found.end)

    def _skipped(self, at: int) -> int:
        while at < len(self.head.text) and self.head.text[at].isspace():
            at += 1
        return at

    def _next(self, at: int) -> Match | None:
        text = self.head.text
        for _, reader in self._readers:
            found = reader(text, at)
            if found is not None and self._is_new(found):
                return found
        named = read_customer(text, at, self.customers, prefixes=False) if "customer" not in self.said else None
        doing = read_activity(text, at, prefixes=False) if "activity" not in self.said else None
        exact = max((each for each in (named, doing) if each), key=lambda each: each.end, default=None)
        if exact is not None:
            return exact
        if "customer" not in self.said and (named := read_customer(text, at, self.customers, prefixes=True)):
            return named
        return read_activity(text, at, prefixes=True) if "activity" not in self.said else None

    def _is_new(self, found: Match) -> bool:
        return found.kind not in self.said

    def _after_filler(self, at: int) -> Match | None:
        """What follows a small word such as "for"; the word alone means nothing."""
        word = self.head.text[at:].split(None, 1)[0]
        if word.casefold() not in FILLERS:
            return None
        begin = self._skipped(at + len(word))
        return self._next(begin) if begin < len(self.head.text) else None

    def _named_again(self, at: int) -> Match | None:
        """A customer's name where one was said already, as before a line that is typed in full; a word is only taken
        out of the note so where the line goes on with what is understood. Another customer is asked about."""
        said, text = self.said.get("customer"), self.head.text
        if not isinstance(said, int):
            return None
        found = read_customer(text, at, self.customers, prefixes=True)
        if found is None or found.problem:
            return None
        after = self._skipped(found.end)
        if after < len(text) and self._next(after) is None:
            return None
        if found.value == said:
            return found
        other = read_customer(text, at, self.customers, prefixes=False)
        if other is None or not isinstance(other.value, int):
            return None
        names = " or ".join(self.customers.by_id[each].name for each in (said, other.value))
        return Match("customer", None, other.end, f"{names}? Name one; a note goes after a comma.")

    def _misspelt(self, at: int) -> Match | None:
        """A word that is nearly a customer's name, where none was said yet."""
        if "customer" in self.said:
            return None
        word = self.head.text[at:].split(None, 1)[0]
        near = self.customers.nearest(word)
        if near is None:
            return None
        problem = f"There is no customer {word!r}; did you mean {near.name}?"
        return Match("customer", None, at + len(word), problem)

    def _take(self, at: int, found: Match) -> None:
        self.said[found.kind] = found.value
        self.spans.append(Span(at, found.end, "problem" if found.problem else found.kind))
        if found.problem:
            self.problems.append(found.problem)


def _finished(reading: _Reading, now: int, zone: str, ticket_customer: Callable[[int], int | None] | None) -> Parsed:
    said, problems = reading.said, list(reading.problems)
    told, clock, number = said.get("day"), said.get("times"), said.get("ticket")
    on = told if isinstance(told, date) else None
    ticket = number if isinstance(number, int) else None
    times = clock.on(on, reading.days.today, now, zone) if isinstance(clock, Clock) else None
    if times is not None and times.problem:
        problems.append(times.problem)
    minutes = _minutes(said.get("length"), times.minutes if times else None, problems)
    day = times.day if times else on or reading.days.today
    if day > local_of(zone, now).date() + timedelta(days=1):
        problems.append(f"{day_text(day.isoformat())} is still to come; log time up to tomorrow.")
    customer = _customer(reading, ticket, ticket_customer, problems)
    if minutes is None and not {"length", "times"} & set(said):
        problems.append(HOW_LONG)
    counts, billable, doing = said.get("counts"), said.get("billable"), said.get("activity")
    return Parsed(
        minutes,
        day.isoformat(),
        times.started if times else None,
        times.ended if times else None,
        times.started_at if times else None,
        times.ended_at if times else None,
        customer.id if customer else None,
        customer.name if customer else "",
        doing if isinstance(doing, str) else ADVICE,
        reading.note,
        ticket,
        counts if isinstance(counts, bool) else None,
        billable if isinstance(billable, bool) else None,
        tuple(problems),
        tuple(reading.spans),
    )


def _minutes(length: object, between: int | None, problems: list[str]) -> int | None:
    """How long: what was said, which fits between the times where both were."""
    minutes = length if isinstance(length, int) else between
    if minutes is None:
        return None
    if minutes > DAY_MINUTES:
        problems.append(f"{hours_text(minutes)} is more than a day has.")
    elif minutes < 1:
        problems.append("No time at all is no entry; type how long it was.")
    elif between is not None and minutes > between:
        problems.append(f"{hours_text(minutes)} do not fit into {hours_text(between)} between the times.")
    return minutes


def _customer(
    reading: _Reading,
    ticket: int | None,
    ticket_customer: Callable[[int], int | None] | None,
    problems: list[str],
) -> CustomerName | None:
    """Whose it is: as said, else the ticket's."""
    by_id = reading.customers.by_id
    said = reading.said.get("customer")
    theirs = ticket_customer(ticket) if ticket is not None and ticket_customer is not None else None
    if isinstance(said, int):
        if theirs is not None and theirs != said and theirs in by_id:
            problems.append(f"#{ticket} is {by_id[theirs].name}'s, not {by_id[said].name}'s.")
        return by_id[said]
    if theirs in by_id:
        return by_id[theirs] if theirs is not None else None
    if ticket is not None and ticket_customer is not None and theirs is None:
        problems.append(f"No customer has a ticket #{ticket}; check the number, or say for whom it was.")
    elif "customer" not in reading.said:
        known = ", ".join(each.name for each in reading.customers.all[:5])
        more = "…" if len(reading.customers.all) > 5 else "."
        problems.append(f"Which customer? Known are {known}{more}" if known else "There is no customer yet.")
    return None


def preview(parsed: Parsed) -> str:
    """What was understood, in a line: "1:30 h, Thu 12 Mar 2026, Acme, review call: agreed on LDAP"."""
    times = f" {parsed.started[11:]}–{parsed.ended[11:]}" if parsed.started and parsed.ended else ""
    parts = [
        hours_text(parsed.minutes) if parsed.minutes is not None else "? h",
        day_text(parsed.on) + times,
        parsed.customer or "?",
        parsed.activity,
    ]
    if parsed.ticket_id is not None:
        parts.append(f"#{parsed.ticket_id}")
    if parsed.counts is not None:
        parts.append("counts" if parsed.counts else "not counting")
    if parsed.billable is not None:
        parts.append("billable" if parsed.billable else "not billable")
    return ", ".join(parts) + (f": {parsed.note}" if parsed.note else "")


def line_of(parsed: Parsed, key: str) -> str:
    """The line that says exactly this again, for a customer of this key."""
    parts = [clock_text(parsed.minutes)] if parsed.minutes is not None else []
    if parsed.started and parsed.ended:
        parts.append(f"{parsed.started[11:]}-{parsed.ended[11:]}")
    quoted = key.replace('"', '""')
    parts += [parsed.on, f'"{quoted}"', parsed.activity]
    if parsed.ticket_id is not None:
        parts.append(f"#{parsed.ticket_id}")
    if parsed.counts is not None:
        parts.append("count" if parsed.counts else "nocount")
    if parsed.billable is not None:
        parts.append("billable" if parsed.billable else "nonbillable")
    return " ".join(parts) + (f", {parsed.note}" if parsed.note else "")
