"""Finding tickets by what was written: subjects, messages and notes, the newest first, each with a piece of its text.

The words stand in the query language, so that `token expired customer:acme` is a search too; without a word on state it
goes through all tickets. Every wanted word has to stand in the same text. Hits are capped before anything is sorted:
ranking all hits of a common word takes longer than a person who types waits.
"""

from __future__ import annotations

from typing import NamedTuple

from models.reading import rows, scalar
from tickets import excerpts
from tickets.excerpts import Excerpt
from tickets.paging import COLUMNS, JOINS, Listed
from tickets.query import matching
from tickets.query.compiling import LOOKED_AT, Source, compiled
from tickets.query.language import Query, parse
from tickets.records import Key, QueueRow

HITS, NARROWED = 1000, 5000
"""How many of the newest subjects, and of the newest messages, are looked through; more where a condition narrows."""
SHORT, WHOLE = 20_000, 2_000_000
"""Signs of a text that are read to find the words in it; a longer one only where they are not in the beginning."""


class Hit(NamedTuple):
    """A ticket and its newest text that holds the words; `kind` is subject, message or note."""

    row: QueueRow
    kind: str
    message_id: int | None
    author: str
    at: int
    excerpt: Excerpt

    @property
    def key(self) -> Key:
        """Where the hit stands in the results."""
        return -self.at, -self.row.id


class Found(NamedTuple):
    """A page of hits; `left_out` says in a sentence what was not looked at, and `more` whether hits follow."""

    hits: list[Hit]
    left_out: str
    more: bool


class _Match(NamedTuple):
    ticket_id: int
    message_id: int | None
    at: int


def search(
    text: str, person_id: int, now: int, *, after: Key | None = None, limit: int = 50, typing: bool = False
) -> Found:
    """Find tickets; `after` is the key of the last hit of the page above. While `typing`, the last word may go on.

    Raises QueryError where the text cannot be read.
    """
    query = parse(text)
    wanted = [term.values[0] for term in query.of("text") if not term.negated]
    others = Query(tuple(term for term in query.terms if term.field != "text" or term.negated))
    source = compiled(others, person_id, now, everywhere=True, bounded=not wanted)
    typing = typing and bool(query.terms) and query.terms[-1].field == "text" and _goes_on(text)
    if not wanted:
        return _newest(source, after, limit)
    most = NARROWED if others.terms else HITS
    searched = matching.expression(wanted)
    if typing and not _left_out(searched, most):
        searched = matching.expression(wanted, typing)
    matches = _matches(searched, source.listed, most)
    behind = [match for match in matches if after is None or (-match.at, -match.ticket_id) > after]
    shown = behind[:limit]
    known = _rows({match.ticket_id for match in shown})
    hits = [_hit(match, known[match.ticket_id], wanted, typing) for match in shown]
    return Found(hits, _left_out(searched, most), len(behind) > limit)


def _goes_on(text: str) -> bool:
    """Whether the last word may still grow: no space and no quote ends it, and it has a beginning to look for."""
    return text[-2:].isalnum() and len(text) > 1


def _matches(searched: str, listed: Listed, most: int) -> list[_Match]:
    """The newest match of each ticket, newest first; the few hits lead, and each finds its ticket by number."""
    subjects = rows(
        f"SELECT t.id, NULL, t.received_at FROM ({matching.subjects(most)}) x CROSS JOIN ticket t"
        f" WHERE t.id = x.id AND {listed.where}",
        (searched, *listed.parameters),
        _Match,
    )
    messages = rows(
        f"SELECT m.ticket_id, m.id, m.at FROM ({matching.messages(most)}) x CROSS JOIN message m CROSS JOIN ticket t"
        f" WHERE m.id = x.id AND t.id = m.ticket_id AND {listed.where}",
        (searched, *listed.parameters),
        _Match,
    )
    newest: dict[int, _Match] = {}
    for match in (*subjects, *messages):
        held = newest.get(match.ticket_id)
        if held is None or match.at > held.at:
            newest[match.ticket_id] = match
    return sorted(newest.values(), key=lambda match: (-match.at, -match.ticket_id))


def _left_out(searched: str, most: int) -> str:
    """Say that more texts match than were looked through; empty where all were."""
    for newest in (matching.subjects(most + 1), matching.messages(most + 1)):
        if (scalar(f"SELECT COUNT(*) FROM ({newest}) x", (searched,)) or 0) > most:
            return f"Only the newest {most:,} texts with these words were looked at; add a word."
    return ""


def _rows(ids: set[int]) -> dict[int, QueueRow]:
    marks = ", ".join(str(int(number)) for number in sorted(ids)) or "0"
    found = rows(f"SELECT t.id, t.order_at, {COLUMNS} FROM ticket t {JOINS} WHERE t.id IN ({marks})", (), QueueRow)
    return {row.id: row for row in found}


class _Text(NamedTuple):
    kind: str
    author: str
    body: str


def _hit(match: _Match, row: QueueRow, words: list[str], typing: bool) -> Hit:
    if match.message_id is None:
        return Hit(row, "subject", None, row.customer, match.at, excerpts.excerpt(row.subject, words, typing))
    for size in (SHORT, WHOLE):
        text = _text(match.message_id, size)
        found = excerpts.excerpt(text.body, words, typing)
        if found.marks or len(text.body) < size:
            break
    return Hit(row, text.kind, match.message_id, text.author, match.at, found)


def _text(message_id: int, size: int) -> _Text:
    sql = f"SELECT kind, author, substr(body, 1, {size}) FROM message WHERE id = ?"
    return rows(sql, (message_id,), _Text)[0]


def _newest(source: Source, after: Key | None, limit: int) -> Found:
    """Without words: the tickets of the other conditions, the newest first."""
    listed = source.listed
    where = listed.where if after is None else f"{listed.where} AND (t.received_at, t.id) < (?, ?)"
    parameters = listed.parameters if after is None else (*listed.parameters, -after[0], -after[1])
    capped = f"SELECT t.id FROM {listed.table} WHERE {listed.where} ORDER BY t.id DESC LIMIT {HITS}"
    sql = (
        f"SELECT t.id, t.order_at, {COLUMNS} FROM ({capped}) x JOIN ticket t ON t.id = x.id {JOINS} WHERE {where}"
        f" ORDER BY t.received_at DESC, t.id DESC LIMIT {int(limit) + 1}"
    )
    found = rows(sql, (*listed.parameters, *parameters), QueueRow)
    nothing = Excerpt("", ())
    hits = [Hit(row, "subject", None, row.customer, row.received_at, nothing) for row in found]
    return Found(hits[:limit], _looked_at(source), len(hits) > limit)


def _looked_at(source: Source) -> str:
    return f"Only the newest {LOOKED_AT:,} tickets were looked at; add a word." if source.limited else ""
