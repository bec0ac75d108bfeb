"""Words in subjects, messages and notes: SQLite's FTS5 and PostgreSQL's text search, newest first.

What a person wrote is never syntax of either: each word or phrase goes in quotes of its own. Ranking all hits of a
common word takes longer than a list may; so the newest HITS texts are taken, and the rest left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from models.connection import SQLITE, current
from models.reading import scalar
from tickets.query.language import Term

HITS = 5_000
"""How many subjects, and how many messages, are taken at most."""

_SUBJECTS = {
    SQLITE: "SELECT rowid AS id FROM ticket_text WHERE ticket_text MATCH ? ORDER BY rowid DESC",
    "postgresql": "SELECT id FROM ticket WHERE to_tsvector('simple', left(subject, 100000))"
    " @@ to_tsquery('simple', ?) ORDER BY id DESC",
}
_MESSAGES = {
    SQLITE: "SELECT rowid AS id FROM message_text WHERE message_text MATCH ? ORDER BY rowid DESC",
    "postgresql": "SELECT id FROM message WHERE to_tsvector('simple', left(body, 100000))"
    " @@ to_tsquery('simple', ?) ORDER BY id DESC",
}


def expression(words: Sequence[str], typing: bool = False) -> str:
    """The search for texts that hold all the words or phrases; while `typing`, the last one may go on."""
    write = _fts5 if current().kind == SQLITE else _tsquery
    last = len(words) - 1
    return (" " if current().kind == SQLITE else " & ").join(
        write(word, typing and number == last) for number, word in enumerate(words)
    )


def _fts5(word: str, prefix: bool) -> str:
    return '"' + word.replace('"', '""') + '"' + ("*" if prefix else "")


def _tsquery(word: str, prefix: bool) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'" + (":*" if prefix else "")


def subjects(limit: int) -> str:
    """SQL for the newest tickets whose subject matches the parameter."""
    return f"{_SUBJECTS[current().kind]} LIMIT {int(limit)}"


def messages(limit: int) -> str:
    """SQL for the newest messages and notes that match the parameter."""
    return f"{_MESSAGES[current().kind]} LIMIT {int(limit)}"


def conditions(terms: Sequence[Term]) -> list[tuple[str, tuple[str, ...]]]:
    """Conditions on `t.id` for the text terms: wanted words stand together in one text, unwanted ones in none."""
    wanted = [term.values[0] for term in terms if not term.negated]
    found: list[tuple[str, tuple[str, ...]]] = []
    if wanted:
        searched = expression(wanted)
        found.append((f"t.id IN ({_tickets(HITS)})", (searched, searched)))
    for term in terms:
        if term.negated:
            searched = expression(term.values)
            found.append((f"t.id NOT IN ({_tickets(None)})", (searched, searched)))
    return found


def _tickets(limit: int | None) -> str:
    if limit is None:
        subject, message = (each[current().kind].partition(" ORDER BY")[0] for each in (_SUBJECTS, _MESSAGES))
    else:
        subject, message = subjects(limit), messages(limit)
    return f"SELECT id FROM ({subject}) x UNION ALL SELECT m.ticket_id FROM ({message}) y JOIN message m ON m.id = y.id"


def is_limited(terms: Sequence[Term]) -> bool:
    """Whether more than HITS texts hold the wanted words, so that older ones are left out."""
    wanted = [term.values[0] for term in terms if not term.negated]
    if not wanted:
        return False
    searched = expression(wanted)
    counts = (scalar(f"SELECT COUNT(*) FROM ({sql(HITS + 1)}) x", (searched,)) for sql in (subjects, messages))
    return any(count > HITS for count in counts)
