"""Tickets that belong together: linked by people, found by their words, or come out of each other."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from models.access import require
from models.connection import SQLITE, current
from models.errors import NotFound
from models.journal import transaction
from models.reading import one, rows, scalar
from models.tickets import Ticket
from models.working import TicketLink
from tickets.errors import RuleRefused
from tickets.rules import WORKERS, Done, done, held, touched

RELATED, DUPLICATES, SPLIT, MERGED = "related", "duplicates", "split", "merged"
BY_HAND = (RELATED, DUPLICATES)
_FROM_HERE = {RELATED: "related to", DUPLICATES: "duplicates", SPLIT: "split off from", MERGED: "merged into"}
_FROM_THERE = {RELATED: "related to", DUPLICATES: "duplicated by", SPLIT: "split into", MERGED: "took in"}
LONGEST_CHAIN = 1_000


class LinkLine(NamedTuple):
    """The other end of a link, and how it belongs to this ticket, in words such as "split off from"."""

    kind: str
    words: str
    ticket_id: int
    subject: str
    state: str
    customer: str


class Similar(NamedTuple):
    """A ticket whose subject shares words with another's; `same_customer` is 1 where the customer is the same."""

    ticket_id: int
    subject: str
    state: str
    customer: str
    same_customer: int
    shared: int


def link(ticket_id: int, other_id: int, kind: str, actor: int, at: int) -> Done:
    """Link two tickets: `kind` is "related", or "duplicates" where this one reports what the other does."""
    with transaction(actor, at, "link", ticket_id) as tx:
        person = require(actor, *WORKERS)
        if kind not in BY_HAND:
            raise RuleRefused(f"A link is {' or '.join(BY_HAND)}, not {kind!r}.")
        ticket, other = held(ticket_id), held(other_id)
        if ticket_id == other_id:
            raise RuleRefused(f"#{ticket_id} cannot be linked with itself.")
        if _linked(ticket_id, other_id, kind):
            raise RuleRefused(f"#{ticket_id} and #{other_id} are linked already.")
        if kind == DUPLICATES and leads_to(other_id, ticket_id, DUPLICATES):
            raise RuleRefused(f"#{other_id} duplicates #{ticket_id} already; a circle of duplicates has no original.")
        tx.insert(TicketLink, ticket_id=ticket_id, other_id=other_id, kind=kind)
        for each in (ticket, other):
            tx.update(Ticket, each.id, updated_at=touched(each, at))
        tx.say(f"{person.name} linked #{ticket_id}: {_FROM_HERE[kind]} #{other_id}.")
    return done(tx, ticket_id)


def unlink(ticket_id: int, other_id: int, actor: int, at: int) -> Done:
    """Take away what people linked, whichever way round; what was split or merged stays linked."""
    with transaction(actor, at, "unlink", ticket_id) as tx:
        person = require(actor, *WORKERS)
        ticket, other = held(ticket_id), held(other_id)
        found = rows(
            "SELECT id FROM ticket_link WHERE ((ticket_id = ? AND other_id = ?) OR (ticket_id = ? AND other_id = ?))"
            f" AND kind IN ('{RELATED}', '{DUPLICATES}')",
            (ticket_id, other_id, other_id, ticket_id),
        )
        if not found:
            raise NotFound(f"Nobody linked #{ticket_id} and #{other_id}.")
        for (link_id,) in found:
            tx.delete(TicketLink, link_id)
        for each in (ticket, other):
            tx.update(Ticket, each.id, updated_at=touched(each, at))
        tx.say(f"{person.name} unlinked #{ticket_id} and #{other_id}.")
    return done(tx, ticket_id)


def _linked(ticket_id: int, other_id: int, kind: str) -> bool:
    ways = [(ticket_id, other_id)] if kind == DUPLICATES else [(ticket_id, other_id), (other_id, ticket_id)]
    sql = "SELECT 1 FROM ticket_link WHERE ticket_id = ? AND other_id = ? AND kind = ?"
    return any(scalar(sql, (*way, kind)) for way in ways)


def leads_to(start: int, wanted: int, kind: str) -> bool:
    """Whether links of a kind lead from one ticket to another, over however many."""
    seen, ahead = {start}, [start]
    while ahead and len(seen) < LONGEST_CHAIN:
        found = rows("SELECT other_id FROM ticket_link WHERE ticket_id = ? AND kind = ?", (ahead.pop(), kind))
        new = {other for (other,) in found} - seen
        if wanted in new:
            return True
        seen |= new
        ahead.extend(new)
    return False


def links(ticket_id: int) -> list[LinkLine]:
    """Every ticket that is linked with this one, in the order in which that was done."""
    found = rows(
        "SELECT l.kind, l.ticket_id, t.id, t.subject, t.state, c.name FROM ticket_link l"
        " JOIN ticket t ON t.id = CASE l.ticket_id WHEN ? THEN l.other_id ELSE l.ticket_id END"
        " JOIN customer c ON c.id = t.customer_id WHERE l.ticket_id = ? OR l.other_id = ? ORDER BY l.id",
        (ticket_id, ticket_id, ticket_id),
    )
    return [
        LinkLine(kind, (_FROM_HERE if here == ticket_id else _FROM_THERE)[kind], *other) for kind, here, *other in found
    ]


def merged_into(ticket_id: int) -> int | None:
    """The ticket that goes on with this one's conversation, at the end of all merges; None where it was not merged."""
    sql = f"SELECT other_id FROM ticket_link WHERE ticket_id = ? AND kind = '{MERGED}'"
    into: int | None = scalar(sql, (ticket_id,))
    while into is not None and (further := scalar(sql, (into,))) is not None:
        into = further
    return into


_WORD = re.compile(r"[^\W\d_]{3,}")
WORDS, NEWEST, HITS = 8, 1_000, 60
"""How many words of a subject are looked for, among how many of the customer's tickets, and how many of all others."""


def related_by_text(ticket_id: int, limit: int = 5) -> list[Similar]:
    """Tickets whose subjects share the most words with this one's: the same customer's first, then others'.

    Bounded on purpose, so that it costs the same at a million tickets: the customer's newest thousand, and for each
    word the newest tickets of anyone that have it.
    """
    found = one("SELECT subject, customer_id FROM ticket WHERE id = ?", (ticket_id,))
    if found is None:
        raise NotFound(f"There is no ticket #{ticket_id}; check the number.")
    words = sorted(_words(found[0]), key=lambda word: (-len(word), word))[:WORDS]
    if not words:
        return []
    near = _of_customer(found[1], set(words))
    far = _of_anyone(words)
    linked = {line.ticket_id for line in links(ticket_id)} | {ticket_id}
    ranked = [
        *((shared, other, 1) for other, shared in near.items() if other not in linked),
        *((shared, other, 0) for other, shared in far.items() if other not in linked and other not in near),
    ]
    least = 2 if len(words) > 2 else 1
    best = sorted((each for each in ranked if each[0] >= least), key=lambda each: (-each[2], -each[0], -each[1]))
    return _told(best, found[1], limit)


def _words(subject: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(subject)}


def _of_customer(customer_id: int, words: set[str]) -> Counter[int]:
    subjects = rows(
        f"SELECT id, subject FROM ticket WHERE customer_id = ? ORDER BY id DESC LIMIT {NEWEST}", (customer_id,)
    )
    return Counter({other: shared for other, subject in subjects if (shared := len(words & _words(subject)))})


def _of_anyone(words: list[str]) -> Counter[int]:
    """How many of the words the newest tickets share that have one."""
    sqlite = f"SELECT rowid FROM ticket_text WHERE ticket_text MATCH ? ORDER BY rowid DESC LIMIT {HITS}"
    postgresql = (
        "SELECT id FROM ticket WHERE to_tsvector('simple', left(subject, 100000)) @@ plainto_tsquery('simple', ?)"
        f" ORDER BY id DESC LIMIT {HITS}"
    )
    shared: Counter[int] = Counter()
    for word in words:
        asked = f'"{word}"' if current().kind == SQLITE else word
        shared.update(other for (other,) in rows(sqlite if current().kind == SQLITE else postgresql, (asked,)))
    return shared


def _told(best: list[tuple[int, int, int]], customer_id: int, limit: int) -> list[Similar]:
    told: list[Similar] = []
    for shared, other, _ in best:
        if len(told) == limit:
            break
        row = one(
            "SELECT t.subject, t.state, c.name, c.id FROM ticket t JOIN customer c ON c.id = t.customer_id"
            " WHERE t.id = ?",
            (other,),
        )
        if row is not None:
            subject, state, customer, owner = row
            told.append(Similar(other, subject, state, customer, int(owner == customer_id), shared))
    return told
