"""Time entries for other programs: CSV that a spreadsheet cannot take for formulas, and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tam.entry_reading import EntryRow
from tam.entry_words import clock_text

COLUMNS = (
    "id",
    "date",
    "booked_on",
    "late",
    "person",
    "customer",
    "activity",
    "minutes",
    "hours",
    "counts",
    "billable",
    "started_at",
    "ended_at",
    "ticket",
    "call",
    "item",
    "external_id",
    "note",
)
"""The columns of the CSV, and the keys of the JSON, in this order."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def csv_rows(entries: Iterable[EntryRow]) -> Iterator[tuple[str, ...]]:
    """The header and a row an entry, to be written by `csv.writer`; instants are UTC in ISO 8601.

    A text that a spreadsheet would run as a formula has an apostrophe before it.
    """
    yield COLUMNS
    for each in entries:
        values = json_row(each)
        yield tuple(_cell(values[name]) for name in COLUMNS)


def json_rows(entries: Iterable[EntryRow]) -> list[dict[str, Any]]:
    """An object an entry."""
    return [json_row(each) for each in entries]


def json_row(each: EntryRow) -> dict[str, Any]:
    """An entry as it is told to programs: numbers, words, ISO dates and instants, true and false."""
    return {
        "id": each.id,
        "date": each.on,
        "booked_on": each.booked_on,
        "late": bool(each.late),
        "person": each.person,
        "customer": each.customer,
        "activity": each.activity,
        "minutes": each.minutes,
        "hours": clock_text(each.minutes),
        "counts": bool(each.counts),
        "billable": bool(each.billable),
        "started_at": _iso(each.started_at),
        "ended_at": _iso(each.ended_at),
        "ticket": each.ticket_id,
        "call": each.call_id,
        "item": each.item_id,
        "external_id": each.external_id,
        "note": each.note,
    }


def _iso(instant: int | None) -> str | None:
    from sla.wall import local_of

    return None if instant is None else local_of("UTC", instant).strftime("%Y-%m-%dT%H:%M:%SZ")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
