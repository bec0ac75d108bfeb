"""The words of a time entry in one line: where its note begins, and what names, activities and marks it holds."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from contracts.errors import nearest
from tam.activities import Activity, named, recognised

FILLERS = ("for", "on", "at", "with")
NEAREST_OF = 5000
"""Among so many names the nearest one is looked for."""
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


class Customers:
    """All customers by key, by name, and by how either begins."""

    def __init__(self, known: Sequence[tuple[int, str, str]]) -> None:
        self.all = [CustomerName(*each) for each in known]
        self.by_id = {each.id: each for each in self.all}
        self._by_key: dict[str, list[CustomerName]] = {}
        self._by_name: dict[str, list[CustomerName]] = {}
        for each in self.all:
            self._by_key.setdefault(plain(each.key), []).append(each)
            self._by_name.setdefault(plain(each.name), []).append(each)
        self._names = sorted({*self._by_key, *self._by_name})

    def called(self, wanted: str) -> list[CustomerName]:
        """Those of this key, else those of this name."""
        return self._by_key.get(wanted) or self._by_name.get(wanted) or []

    def beginning(self, wanted: str) -> list[CustomerName]:
        """Those whose key or name begins so, each once."""
        found: dict[int, CustomerName] = {}
        for name in self._names[bisect_left(self._names, wanted) :] if wanted else ():
            if not name.startswith(wanted):
                break
            for each in (*self._by_key.get(name, ()), *self._by_name.get(name, ())):
                found[each.id] = each
        return list(found.values())

    def nearest(self, word: str) -> CustomerName | None:
        """The one that a misspelt word may mean."""
        from difflib import get_close_matches

        close = get_close_matches(plain(word), self._names[: 2 * NEAREST_OF], n=1, cutoff=0.7)
        return self.called(close[0])[0] if close else None


@lru_cache(20_000)
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


def read_customer(text: str, at: int, customers: Customers, prefixes: bool) -> Match | None:
    """The customer that is named here: in quotes, by key or name, or (with `prefixes`) as it alone begins."""
    if quoted := _QUOTED.match(text, at):
        wanted = quoted[1].replace('""', '"')
        found = customers.called(plain(wanted)) or customers.beginning(plain(wanted))
        return _match(found, wanted, quoted.end(), customers)
    for words, end in _windows(text, at, _MOST_WORDS):
        wanted = plain(words)
        found = customers.called(wanted)
        if not found and prefixes and len(wanted) >= _SHORTEST_PREFIX and wanted not in FILLERS:
            found = customers.beginning(wanted)
        if found:
            return _match(found, words, end, customers)
    return None


def _match(found: list[CustomerName], wanted: str, end: int, customers: Customers) -> Match:
    if len(found) == 1:
        return Match("customer", found[0].id, end)
    if found:
        names = " or ".join(f"{each.name} ({each.key})" for each in found[:4])
        return Match("customer", None, end, f"{wanted!r} could be {names}; type more of it.")
    known = [each.name for each in customers.all[:NEAREST_OF]]
    return Match("customer", None, end, f"There is no customer {wanted!r}; {nearest(wanted, known)}")


def _windows(text: str, at: int, most: int) -> list[tuple[str, int]]:
    """The next words together, the longest first, each with where it ends."""
    found = []
    for number, word in enumerate(re.finditer(r"\S+", text[at:]), 1):
        if number > most:
            break
        found.append((text[at : at + word.end()], at + word.end()))
    return found[::-1]
