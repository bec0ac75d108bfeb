"""What every operation on a call asks first, and the words that calls, actions and feedback share."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from models.errors import DomainError, NotFound
from models.reading import one, scalar
from models.words import ENGINEER, LEAD, TAM
from sla.errors import InvalidHours
from sla.hours import zone_of
from sla.wall import local_of

REVIEW, SERVICE_REVIEW = "review", "service review"
KINDS = {REVIEW: "Review call", SERVICE_REVIEW: "Service review"}
"""The kinds of a call, and what it is called where nobody gave it a title."""
PLANNED, HELD, SKIPPED = "planned", "held", "skipped"
KEEPERS = (TAM, LEAD)
"""Who plans calls (annex 2023-11-15, "Technical account manager": the TAM holds the review calls)."""
WORKERS = (ENGINEER, TAM, LEAD)
LONGEST_MINUTES = 8 * 60
LONGEST_LINE, LONGEST_TEXT = 300, 100_000
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class CallRefused(DomainError):
    """A rule of calls, actions or feedback does not permit it; the message says what is possible instead."""


class Party(NamedTuple):
    """A customer as calls see it."""

    id: int
    key: str
    name: str
    zone: str
    tam_id: int | None


def party(customer_id: int) -> Party:
    """Read a customer; raises NotFound."""
    found = one("SELECT id, key, name, zone, tam_id FROM customer WHERE id = ?", (customer_id,), Party)
    if found is None:
        raise NotFound("This customer is not there any more; look at the list again.")
    return found


def line(text: str, what: str) -> str:
    """One line without control signs; refused where it is empty or longer than a line."""
    cleaned = " ".join(plain(text).split())
    if not cleaned:
        raise CallRefused(f"Say {what} in a line.")
    if len(cleaned) > LONGEST_LINE:
        raise CallRefused(f"That is too long for a line ({len(cleaned)} of {LONGEST_LINE} signs): shorten {what}.")
    return cleaned


def plain(text: str) -> str:
    """Text without the signs that steer a terminal or a calendar; line ends and tabs stay."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def long_text(text: str) -> str:
    """Text of many lines without control signs; refused where it is longer than any notes are."""
    cleaned = plain(text)
    if len(cleaned) > LONGEST_TEXT:
        raise CallRefused(f"That is too long ({len(cleaned)} of {LONGEST_TEXT} signs); attach it to a ticket instead.")
    return cleaned


def names(attendees: Iterable[str]) -> str:
    """The JSON form of attendees ("Jo Roe <jo@acme.example>", or a name alone), each once."""
    return json.dumps(list(dict.fromkeys(line(each, "who attends") for each in attendees)), ensure_ascii=False)


def name_of(attendee: str) -> str:
    """The name of an attendee without the address, which is nobody else's business."""
    return re.sub(r"\s*<[^>]*>\s*$", "", attendee).strip() or attendee


def day(text: str) -> date:
    """A local date; refused where it is none."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        raise CallRefused(f"{text!r} is not a date such as 2026-03-24.")
    return found


def day_text(on: date) -> str:
    """A date as people say it: "Tue 24 Mar 2026"."""
    return f"{_DAYS[on.weekday()]} {on.day} {_MONTHS[on.month - 1]} {on.year}"


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def moment_text(zone: str, at: int) -> str:
    """An instant in a zone, in full: "Tue 24 Mar 2026 14:00"."""
    local = local_of(zone, at)
    return f"{day_text(local.date())} {local:%H:%M}"


def check_zone(zone: str) -> str:
    """A zone that is known; refused with the nearest one where it is not."""
    try:
        zone_of(zone)
    except InvalidHours as error:
        raise CallRefused(f"{error}.") from error
    return zone


def check_minutes(minutes: int) -> int:
    """How long a call takes: 1 minute to 8 hours."""
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise CallRefused(f"A call takes 1 to {LONGEST_MINUTES} minutes, not {minutes}.")
    return minutes


def check_kind(kind: str) -> str:
    """A kind of call that there is."""
    if kind not in KINDS:
        raise CallRefused(f"A call is a {' or a '.join(KINDS)}, not {kind!r}.")
    return kind


def check_person(person_id: int | None) -> int | None:
    """A person who is on the desk."""
    if person_id is not None and scalar("SELECT 1 FROM person WHERE id = ? AND active = 1", (person_id,)) is None:
        raise CallRefused("Whoever holds the call has to be on this desk; choose someone else.")
    return person_id


def check_covered(customer: Party, on: date) -> None:
    """Refuse a call on a day without technical account management (annex 2023-11-15, same section)."""
    from tam.coverage import coverage

    covered = coverage(customer.id, on.isoformat())
    if not covered.covered:
        raise CallRefused(f"{customer.name} has no review calls on {day_text(on)}: {covered.reason}")
