"""The words of a time entry in one line: where its note begins, and what names, activities and marks it holds."""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import normalize

from contracts.errors import nearest
from tam.activities import Activity, named, recognised

FILLERS = ("for", "on", "at", "with")
_MOST_WORDS = 8
_SHORTEST_PREFIX = 2
_QUOTED = re.compile(r'"((?:[^"]|"")*)(?:"(?=\s|$)|"?$)')
_TICKET = re.compile(r"#(\d{1,9})(?!\S)", re.ASCII)
_COMMA_OR_QUOTE = re.compile(
    r'"(?:[^"]|"")*"?|(?<!\S)\d{1,4},\d{1,6}\s*h(?:ours?|rs?)?(?![^\s,])|,', re.ASCII | re.IGNORECASE
)
_MARKS = {
    "count": ("counts", True),
    "counts": ("counts", True),
    "nocount": ("counts", False),
    "no-count": ("counts", False),
    "uncounted": ("counts", False),
    "billable": ("billable", True),
    "nonbillable": ("billable", False),
    "non-billable": ("billable", False),
    "unbillable": ("billable", False),
    "nobill": ("billable", False),
}


class Match(NamedTuple):
    """What stands at a place of the line, until before `end`; with a problem where it cannot be used."""

    kind: str
    value: object
    end: int
    problem: str = ""


class Head(NamedTuple):
    """A line, what of it stands before the note's comma, and the note after it."""

    line: str
    text: str
    note: str

    def rest(self, at: int) -> str:
        """Everything from a place on, as a note."""
        return self.line[at:].strip()


class CustomerName(NamedTuple):
    """A customer as a line may name it."""

    id: int
    key: str
    name: str

    @property
    def plain(self) -> str:
        """The name, whatever its case and spaces."""
        return plain(self.name)

    @property
    def plain_key(self) -> str:
        """The key, likewise."""
        return plain(self.key)


def plain(text: str) -> str:
    """Text as names are compared by."""
    return " ".join(normalize("NFC", text).casefold().split())


def split_head(line: str) -> Head:
    """Divide a line at its first comma; one in quotes, or in a number of hours such as 1,5h, is none."""
    for found in _COMMA_OR_QUOTE.finditer(line):
        if found[0] == ",":
            return Head(line, line[: found.start()], line[found.end() :].strip())
    return Head(line, line, "")


def read_word(text: str, at: int) -> Match | None:
    """A ticket's number, or whether the time counts or is billable."""
    if ticket := _TICKET.match(text, at):
        return Match("ticket", int(ticket[1]), ticket.end())
    word = text[at:].split(None, 1)[0]
    mark = _MARKS.get(word.casefold())
    return Match(mark[0], mark[1], at + len(word)) if mark else None


def read_activity(text: str, at: int, prefixes: bool) -> Match | None:
    """The activity with the longest name that stands here, or (with `prefixes`) that only it begins so."""
    for words, end in _windows(text, at, 3):
        found: Activity | None = recognised(words) if prefixes else named(words)
        if found is not None:
            return Match("activity", found.key, end)
    return None


def read_customer(text: str, at: int, customers: list[CustomerName], prefixes: bool) -> Match | None:
    """The customer that is named here: in quotes, by key or name, or (with `prefixes`) as it alone begins."""
    if quoted := _QUOTED.match(text, at):
        wanted = quoted[1].replace('""', '"')
        found = _called(plain(wanted), customers) or _beginning(plain(wanted), customers)
        return _match(found, wanted, quoted.end(), customers)
    for words, end in _windows(text, at, _MOST_WORDS):
        wanted = plain(words)
        found = _called(wanted, customers)
        if not found and prefixes and len(wanted) >= _SHORTEST_PREFIX and wanted not in FILLERS:
            found = _beginning(wanted, customers)
        if found:
            return _match(found, words, end, customers)
    return None


def _match(found: list[CustomerName], wanted: str, end: int, customers: list[CustomerName]) -> Match:
    if len(found) == 1:
        return Match("customer", found[0].id, end)
    if found:
        names = " or ".join(f"{each.name} ({each.key})" for each in found[:4])
        return Match("customer", None, end, f"{wanted!r} could be {names}; type more of it.")
    known = [each.name for each in customers]
    return Match("customer", None, end, f"There is no customer {wanted!r}; {nearest(wanted, known[:5000])}")


def _called(wanted: str, customers: list[CustomerName]) -> list[CustomerName]:
    by_key = [each for each in customers if each.plain_key == wanted]
    return by_key or [each for each in customers if each.plain == wanted]


def _beginning(wanted: str, customers: list[CustomerName]) -> list[CustomerName]:
    return [
        each for each in customers if wanted and (each.plain.startswith(wanted) or each.plain_key.startswith(wanted))
    ]


def _windows(text: str, at: int, most: int) -> list[tuple[str, int]]:
    """The next words together, the longest first, each with where it ends."""
    found = []
    for number, word in enumerate(re.finditer(r"\S+", text[at:]), 1):
        if number > most:
            break
        found.append((text[at : at + word.end()], at + word.end()))
    return found[::-1]
