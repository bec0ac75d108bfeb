"""Search and queries at a million tickets with two million messages, beside `ORDER BY rank` and `LIKE`."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from bench.desks import LOGIN, WORDS, desk
from bench.table import show, verdict
from models.access import identify
from models.connection import open_desk
from models.journal import transaction, undo
from models.reading import rows
from models.tickets import Message
from tickets import bulk
from tickets.actions import Severity
from tickets.query import pages
from tickets.query.language import parse
from tickets.search import search

TICKETS, MESSAGES, ROUNDS = 1_000_000, 2_000_000, 7
COLUMNS = ("ticket_id", "kind", "side", "author", "at", "body")
SEARCHES = (
    *("fails", "login", "logi", "word77", "zyzzyva"),
    *("case 77777", "login token", '"login token"', "login customer:c5"),
)
QUERIES = (
    *("", "sev:2,3", "customer:c5", "tag:sso", "channel:phone", "due<2h sev:4", "plan:ent"),
    *("-state:waiting age>30d", "state:closed sev:2", "state:done tag:sso", "login", "zyzzyva state:any"),
)


def milliseconds(read: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median of some rounds, after a first one."""
    read()
    found = []
    for _ in range(rounds):
        begun = time.perf_counter()
        read()
        found.append((time.perf_counter() - begun) * 1000)
    return median(found)


def made() -> str:
    """The desk with a million tickets, and messages on them; one of them holds a word that no other has."""
    address = desk("talking", TICKETS)
    with_talk = Path(address).with_suffix(".talk")
    stamp = str(Path(address).with_suffix(".made").stat().st_mtime_ns)
    held, now = open_desk(address), int(time.time())
    if with_talk.exists() and with_talk.read_text() == stamp:
        return address
    dice = random.Random(11)
    talk = (
        (number % TICKETS + 1, ("note", "message")[number % 5 > 0], "vendor", "Jo", now - number, _body(dice, number))
        for number in range(MESSAGES)
    )
    with transaction(identify(LOGIN, now).id, now, "bench") as tx:
        tx.insert_many(Message, COLUMNS, talk)
        tx.say("People talked.")
    held.execute("ANALYZE")
    with_talk.write_text(stamp)
    return address


def _body(dice: random.Random, number: int) -> str:
    """A sentence of words of which some are in every fifth message, some in few, and one in a single one."""
    words = " ".join((dice.choice(WORDS), dice.choice(WORDS), *(f"word{dice.randrange(5000)}" for _ in range(6))))
    return f"We see {words} on node {number}{' zyzzyva' if number == MESSAGES // 2 else ''}."


def ranked(word: str) -> None:
    """The peer: all hits ranked, as full text is mostly asked."""
    match = '"' + word + '"'
    rows("SELECT rowid FROM ticket_text WHERE ticket_text MATCH ? ORDER BY rank LIMIT 50", (match,))
    rows("SELECT rowid FROM message_text WHERE message_text MATCH ? ORDER BY rank LIMIT 50", (match,))


def liked(word: str) -> None:
    """The peer: the texts are read until there are enough hits."""
    rows("SELECT id FROM ticket WHERE subject LIKE ? ORDER BY id DESC LIMIT 50", (f"%{word}%",))
    rows("SELECT id FROM message WHERE body LIKE ? ORDER BY id DESC LIMIT 50", (f"%{word}%",))


def main() -> None:
    """Print the tables."""
    open_desk(made())
    now = int(time.time())
    person = identify(LOGIN, now).id
    worst = _searches(person, now)
    verdict("any search within 50 ms", worst <= 50)
    worst = _queries(person, now)
    verdict("the first page of any query within 20 ms", worst <= 20)
    _bulk(person, now)


def _searches(person: int, now: int) -> float:
    table, worst = [], 0.0
    for words in SEARCHES:
        taken = milliseconds(partial(search, words, person, now, typing=True))
        worst = max(worst, taken)
        peers = [milliseconds(partial(peer, words), 1) for peer in (ranked, liked)] if words.isalnum() else []
        table.append((words, f"{taken:.2f}", *([f"{peer:.1f}" for peer in peers] or ("", ""))))
    title = "Searches in a million subjects and two million messages, median ms"
    show(title, ("search", "tamdesk", "peer: ORDER BY rank", "peer: LIKE"), table)
    return worst


def _queries(person: int, now: int) -> float:
    table, worst = [], 0.0
    for text in QUERIES:
        query = parse(text)
        first = milliseconds(partial(pages.page, query, person, now, limit=50))
        counted = milliseconds(partial(pages.count, query, person, now))
        worst = max(worst, first)
        number = pages.count_text(pages.count(query, person, now))
        table.append((text or "(all open)", f"{first:.2f}", f"{counted:.2f}", number))
    show("Queries at a million tickets, median ms", ("query", "first page", "count", "tickets"), table)
    return worst


def _bulk(person: int, now: int) -> None:
    ids = pages.ids(parse("-sev:2"), person, now, 5000)
    begun = time.perf_counter()
    done = bulk.apply(ids, Severity(2, "It is worse"), person, now)
    taken = time.perf_counter() - begun
    begun = time.perf_counter()
    undo(person, now)
    undone = time.perf_counter() - begun
    show("The severity of 5,000 tickets at once", ("", "s"), [("done", f"{taken:.1f}"), ("undone", f"{undone:.1f}")])
    verdict("5,000 tickets within 5 s", taken <= 5 and len(done.changed) == len(ids))
