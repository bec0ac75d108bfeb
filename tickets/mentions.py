"""People who are named in a note, `@login`, and have not seen it yet."""

from __future__ import annotations

import re
from typing import NamedTuple

from models.journal import Transaction, transaction
from models.reading import rows, scalar
from models.working import Mention
from tickets.rules import held

MOST = 50
"""People that one note can call; a pasted log is full of signs that look like names."""
EXCERPT = 200
_NAMED = re.compile(r"(?<![\w@./+-])@([^\s@,;:!?()\[\]{}<>\"']{1,64})")


class MentionLine(NamedTuple):
    """A note in which someone was named; `at` in UTC seconds, `text` its beginning."""

    id: int
    ticket_id: int
    subject: str
    author: str
    at: int
    text: str


def named_in(text: str) -> list[tuple[int, str]]:
    """The active people that a text names, by id and name, in no order; what is no login here is only text."""
    words: set[str] = set()
    for found in _NAMED.finditer(text):
        word = found[1].lower()
        words |= {word, word.rstrip(".-_*")}
        if len(words) >= 2 * MOST:
            break
    if not words:
        return []
    marks = ", ".join("?" * len(words))
    sql = f"SELECT id, name FROM person WHERE active = 1 AND LOWER(login) IN ({marks}) ORDER BY id LIMIT {MOST}"
    return [(person_id, name) for person_id, name in rows(sql, sorted(words))]


def mention(tx: Transaction, ticket_id: int, message_id: int, text: str, author_id: int, at: int) -> list[str]:
    """Keep whom a note names, its author apart; answers their names."""
    named = [(person_id, name) for person_id, name in named_in(text) if person_id != author_id]
    for person_id, _ in named:
        call(tx, ticket_id, message_id, person_id, at)
    return [name for _, name in named]


def call(tx: Transaction, ticket_id: int, message_id: int, person_id: int, at: int) -> None:
    """Keep that the desk itself calls a person to a message that names nobody."""
    tx.insert(Mention, message_id=message_id, ticket_id=ticket_id, person_id=person_id, at=at)


def unseen(person_id: int, limit: int = 100) -> list[MentionLine]:
    """Notes that name a person and that they have not seen, the newest first."""
    return rows(
        f"SELECT n.id, n.ticket_id, t.subject, m.author, n.at, SUBSTR(m.body, 1, {EXCERPT}) FROM mention n"
        " JOIN message m ON m.id = n.message_id JOIN ticket t ON t.id = n.ticket_id"
        f" WHERE n.person_id = ? AND n.seen_at IS NULL ORDER BY n.id DESC LIMIT {int(limit)}",
        (person_id,),
        MentionLine,
    )


def mark_seen(person_id: int, ticket_id: int, at: int) -> int:
    """Note that a person has seen a ticket on which they were named; answers how many mentions that were.

    The desk notes it, not the person: looking at a ticket is nothing that they would undo.
    """
    found = rows(
        "SELECT id FROM mention WHERE person_id = ? AND seen_at IS NULL AND ticket_id = ?", (person_id, ticket_id)
    )
    if not found:
        return 0
    with transaction(None, at, "mention.seen", ticket_id) as tx:
        held(ticket_id)
        name = scalar("SELECT name FROM person WHERE id = ?", (person_id,))
        for (mention_id,) in found:
            tx.update(Mention, mention_id, seen_at=at)
        tx.say(f"{name} has seen where they were named on #{ticket_id}.")
    return len(found)
