"""Whatever people do, undo and redo: the journal tells the whole of it, and redo is the way back from undo."""

from collections.abc import Callable
from contextlib import suppress
from json import loads
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from models import journal
from models.connection import SQLITE, Desk
from models.errors import CannotUndo
from models.reading import rows
from models.schema import BY_NAME
from models.tickets import Message, Ticket
from tests.models.rows import Cast, cast, empty, log_ticket

WATCHED = ("person", "customer", "ticket", "message")
Step = tuple[str, int, int, str]
Rows = dict[tuple[str, int], dict[str, Any]]

# Few numbers and few texts, so that people get in each other's way.
steps = st.lists(
    st.tuples(
        st.sampled_from(["log", "severity", "subject", "severity", "note", "delete", "undo", "undo", "redo"]),
        st.integers(0, 1),
        st.integers(0, 3),
        st.sampled_from(["", "login", "Zürich", "[bold]", "e\u0301 漢"]),
    ),
    max_size=25,
)


def pick(table: str, number: int) -> int | None:
    ids = [row_id for (row_id,) in rows(f'SELECT id FROM "{table}" ORDER BY id')]
    return ids[number % len(ids)] if ids else None


def change(people: Cast, step: Step, at: int) -> None:
    """One thing that a person does."""
    verb, who, number, text = step
    actor = (people.anna, people.ben)[who]
    ticket, message = pick("ticket", number), pick("message", number)
    if verb == "log" or ticket is None:
        log_ticket(actor, people.acme, at, subject=text)
        return
    with journal.transaction(actor, at, verb, ticket) as tx:
        tx.say(f"{verb} {number}")
        if verb == "severity":
            tx.update(Ticket, ticket, severity=number + 1)
        elif verb == "subject":
            tx.update(Ticket, ticket, subject=text)
        elif verb == "note":
            tx.insert(Message, ticket=ticket, side="vendor", author="A", at=at, body=text)
            tx.update(Ticket, ticket, updated_at=at)
        elif message is not None:
            tx.delete(Message, message)


def do(people: Cast, step: Step, at: int) -> None:
    wanted: dict[str, Callable[[int, int], Any]] = {"undo": journal.undo, "redo": journal.redo}
    if step[0] in wanted:
        with suppress(CannotUndo):
            wanted[step[0]]((people.anna, people.ben)[step[1]], at)
    else:
        change(people, step, at)


def stored() -> Rows:
    """The rows as they are."""
    found = {}
    for table in WATCHED:
        columns = list(BY_NAME[table]._meta.columns)
        listed = ", ".join(f'"{column}"' for column in columns)
        for row in rows(f'SELECT {listed} FROM "{table}"'):
            found[table, row[columns.index("id")]] = dict(zip(columns, row, strict=True))
    return found


def replayed() -> Rows:
    """The rows as the journal tells them, from an empty desk on."""
    told: Rows = {}
    for table, row_id, before, after in rows('SELECT table_name, row_id, "before", "after" FROM "change" ORDER BY id'):
        old = None if before is None else loads(before)
        if old is not None:
            assert {column: told[table, row_id][column] for column in old} == old
        if after is None:
            del told[table, row_id]
        else:
            told[table, row_id] = told.get((table, row_id), {}) | loads(after)
    return told


def without_versions(found: Rows) -> Rows:
    return {place: {name: value for name, value in row.items() if name != "version"} for place, row in found.items()}


def full_text_matches(desk: Desk) -> bool:
    """SQLite compares its full text with the rows and raises where they differ."""
    if desk.kind == SQLITE:
        with desk.transaction():
            for index in ("ticket_text", "message_text"):
                desk.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
    return True


@settings(max_examples=60)
@given(taken=steps)
def test_the_journal_replayed_from_an_empty_desk_gives_the_same_rows(desk: Desk, taken: list[Step]) -> None:
    empty(desk)
    people = cast()
    for at, step in enumerate(taken, start=100):
        do(people, step, at)
    assert replayed() == stored()
    assert full_text_matches(desk)


@settings(max_examples=40)
@given(taken=steps)
def test_redo_is_the_way_back_from_undo(desk: Desk, taken: list[Step]) -> None:
    empty(desk)
    people = cast()
    for at, step in enumerate(taken, start=100):
        do(people, step, at)
    trail = [without_versions(stored())]
    with suppress(CannotUndo):
        while True:
            journal.undo(people.anna, 500)
            trail.append(without_versions(stored()))
    for expected in reversed(trail[:-1]):
        journal.redo(people.anna, 600)
        assert without_versions(stored()) == expected
    assert full_text_matches(desk)
