"""Reading and writing a query: `sev:1,2 owner:me due<2h text:"token expired" -state:waiting`.

Reading knows the words of the language and no names of the desk; `tickets.query.compiling` looks those up.
"""

from __future__ import annotations

import dataclasses
import re
from datetime import datetime

from contracts.errors import nearest
from models.errors import DomainError
from tickets.query.fields import CHOICE, COMPARISONS, DAYS, FIELDS, MOMENT, SECONDS, SPAN, TEXT

LONGEST = 1000
_HEAD = re.compile(r"(-?)([A-Za-z_]+)(<=|>=|<|>|:)")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_PLAIN = re.compile(r"[^\s,]+")
_WORD = re.compile(r"\S+")
_SPAN = re.compile(r"[0-9]{1,6}[mhdw]")
_SEARCHABLE = re.compile(r"[^\W_]")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?")


class QueryError(DomainError):
    """A query cannot be read: `word` is what is wrong, at offset `at`; `close` is the nearest valid word, or empty."""

    def __init__(self, sentence: str, word: str, at: int, close: str = "") -> None:
        super().__init__(sentence)
        self.word, self.at, self.close = word, at, close


@dataclasses.dataclass(frozen=True, slots=True)
class Term:
    """One condition; a ticket fulfils it with any of the values. Two terms are the same wherever they stand."""

    field: str
    values: tuple[str, ...]
    sign: str = ":"
    negated: bool = False
    at: int = dataclasses.field(default=0, compare=False)


@dataclasses.dataclass(frozen=True, slots=True)
class Query:
    """Conditions that a ticket has to fulfil, all of them."""

    terms: tuple[Term, ...] = ()

    def of(self, name: str) -> list[Term]:
        """The terms of a field."""
        return [term for term in self.terms if term.field == name]


def parse(text: str) -> Query:
    """Read a query; raises QueryError naming the word, its place and the nearest valid one."""
    text = tidy(text)
    if len(text) > LONGEST:
        raise QueryError(f"A query has at most {LONGEST} signs; this one has {len(text)}.", "", LONGEST)
    terms, at = [], 0
    while (at := _skip(text, at)) < len(text):
        term, at = _term(text, at)
        terms.append(term)
    return Query(tuple(terms))


def to_text(query: Query) -> str:
    """Write a query so that reading it gives the same query."""
    return " ".join(_written(term) for term in query.terms)


def tidy(text: str) -> str:
    """The text without what no database holds (NUL and half signs), sign for sign."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _term(text: str, at: int) -> tuple[Term, int]:
    head = _HEAD.match(text, at)
    if head is None:
        negated = text[at] == "-" and _WORD.match(text, at + 1) is not None
        value, end = _value(text, at + negated, _WORD)
        return _checked(Term("text", (value,), negated=negated, at=at)), end
    name = head[2].lower()
    if name not in FIELDS:
        raise _unknown_field(head[2], at + len(head[1]))
    values, end = _values(text, head.end(), name)
    if not any(values):
        raise QueryError(f"{head[2]} needs a value, such as {FIELDS[name].example}.", head[0], at)
    return _checked(Term(name, tuple(values), head[3], bool(head[1]), at)), end


def _unknown_field(word: str, at: int) -> QueryError:
    hint = nearest(word, FIELDS)
    close = hint.split("'")[1] if hint.startswith("did") else ""
    sentence = f"There is no field {word!r} at sign {at + 1}; {hint} To search for it as text, put it in quotes."
    return QueryError(sentence, word, at, close)


def _values(text: str, at: int, name: str) -> tuple[list[str], int]:
    """The values from `at` on, separated by commas; a text is one value, commas and all."""
    if at >= len(text) or text[at].isspace():
        return [""], at
    if FIELDS[name].kind == TEXT:
        value, end = _value(text, at, _WORD)
        return [value], end
    values = []
    while True:
        value, at = _value(text, at, _PLAIN)
        values.append(value)
        if text[at : at + 1] != ",":
            return values, at
        at += 1


def _value(text: str, at: int, plain: re.Pattern[str]) -> tuple[str, int]:
    if text[at : at + 1] != '"':
        found = plain.match(text, at)
        return (found[0], found.end()) if found else ("", at)
    quoted = _QUOTED.match(text, at)
    if quoted is None:
        raise QueryError(f"The quote at sign {at + 1} is not closed; end it with another one.", text[at:], at)
    end = quoted.end()
    if end < len(text) and not text[end].isspace() and (text[end] != "," or plain is _WORD):
        raise QueryError(f"A space has to follow the quote at sign {end}.", text[at : end + 1], at)
    return _ESCAPED.sub(r"\1", quoted[1]), end


def _checked(term: Term) -> Term:
    """The term, its words in lower case where they are the language's; QueryError where they are not."""
    kind, known = FIELDS[term.field].kind, FIELDS[term.field].values
    if kind not in (MOMENT, SPAN) and term.sign != ":":
        raise QueryError(f"{term.field} takes a colon: {FIELDS[term.field].example}", term.field + term.sign, term.at)
    if kind in (MOMENT, SPAN):
        return _checked_time(term, kind)
    for value in term.values:
        if kind == TEXT and not _SEARCHABLE.search(value):
            sentence = f"{value!r} at sign {term.at + 1} has no letter and no digit to search for."
            raise QueryError(sentence, value, term.at)
        if kind == CHOICE and value.lower() not in known:
            raise _unknown_value(term, value, known)
    if kind != CHOICE:
        return term
    return Term(term.field, tuple(value.lower() for value in term.values), term.sign, term.negated, term.at)


def _unknown_value(term: Term, value: str, known: tuple[str, ...]) -> QueryError:
    hint = nearest(value, known)
    close = hint.split("'")[1] if hint.startswith("did") else ""
    sentence = f"{term.field}:{value} at sign {term.at + 1} is not known; {hint.rstrip('.')}"
    return QueryError(sentence if sentence.endswith("?") else f"{sentence}.", value, term.at, close)


def _checked_time(term: Term, kind: str) -> Term:
    value = term.values[0].lower() if kind == SPAN else term.values[0]
    shape = f"such as {FIELDS[term.field].example}"
    if len(term.values) > 1:
        raise QueryError(f"{term.field} takes one value, {shape}.", ",".join(term.values), term.at)
    if kind == MOMENT and value.lower() in DAYS:
        value = value.lower()
    elif kind == MOMENT and _DATE.fullmatch(value.upper()):
        value = value.upper()
        _check_date(term, value)
    elif not _SPAN.fullmatch(value.lower()):
        units = "minutes, hours, days or weeks (30m, 2h, 3d, 1w)"
        also = " or a date such as 2026-01-31" if kind == MOMENT else ""
        raise QueryError(f"{value!r} at sign {term.at + 1} is no time: write {units}{also}.", value, term.at)
    elif term.sign not in COMPARISONS:
        raise QueryError(f"{term.field} compares with < or > here, {shape}.", f"{term.field}:{value}", term.at)
    else:
        value = value.lower()
    return Term(term.field, (value,), term.sign, term.negated, term.at)


def _check_date(term: Term, value: str) -> None:
    try:
        year = datetime.fromisoformat(value).year
    except ValueError as error:
        raise QueryError(f"{value} at sign {term.at + 1} is not in the calendar.", value, term.at) from error
    if not 1970 < year < 9999:
        raise QueryError(f"{value} at sign {term.at + 1} is not a year to look for.", value, term.at)


def span_seconds(value: str) -> int:
    """The seconds of `30m`, `2h`, `3d` or `1w`."""
    return int(value[:-1]) * SECONDS[value[-1]]


def _written(term: Term) -> str:
    values = ",".join(quoted(value) for value in term.values)
    return f"{'-' if term.negated else ''}{term.field}{term.sign}{values}"


def quoted(value: str) -> str:
    """A value as it stands in a query: in quotes where it could be read as something else."""
    if value and not re.search(r'[\s,"\\]', value):
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
