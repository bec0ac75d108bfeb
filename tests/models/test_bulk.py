"""Many rows at once are the same rows as one by one."""

import pytest

from models import journal
from models.base import IntegrityError
from models.connection import SQLITE, Desk
from models.reading import one, rows, scalar
from models.tickets import Ticket
from tests.models.rows import cast, log_ticket, ticket_columns

COLUMNS = tuple(ticket_columns(1))
HOSTILE = ["tab\tand\nline\r\nend", "back\\slash \\N \\.", "'quote' \"double\"", "漢字 e\u0301 \U0001f600", "", "%s ?"]


def load(customer: int, subjects: list[str]) -> tuple[int, int]:
    with journal.transaction(None, 300, "import") as tx:
        ids = tx.insert_many(
            Ticket, COLUMNS, (tuple(ticket_columns(customer, subject=subject).values()) for subject in subjects)
        )
        tx.say("Tickets were imported.")
    return ids


def test_rows_arrive_as_they_were_with_consecutive_numbers_and_defaults(desk: Desk) -> None:
    _, _, acme = cast()
    first, last = load(acme, HOSTILE)
    assert rows("SELECT id, subject FROM ticket ORDER BY id") == list(enumerate(HOSTILE, start=first))
    assert last == first + len(HOSTILE) - 1
    with journal.transaction(None, 301, "x") as tx:
        single = tx.insert(Ticket, **ticket_columns(acme, subject=HOSTILE[-1]))
        tx.say("One more.")
    assert single == last + 1
    listed = ", ".join(f'"{column}"' for column in Ticket._meta.columns if column != "id")
    assert one(f"SELECT {listed} FROM ticket WHERE id = ?", (last,)) == one(
        f"SELECT {listed} FROM ticket WHERE id = ?", (single,)
    )


def test_more_rows_than_fit_in_one_go_are_one_range_in_the_journal(desk: Desk) -> None:
    _, _, acme = cast()
    first, last = load(acme, [f"number {n}" for n in range(12_345)])
    assert scalar("SELECT count(*) FROM ticket") == 12_345 == last - first + 1
    told = rows("SELECT table_name, row_id, last_row_id, before, after FROM change ORDER BY id DESC LIMIT 1")
    assert told == [("ticket", first, last, None, None)]


def test_no_rows_are_no_operation_and_use_no_number(desk: Desk) -> None:
    anna, _, acme = cast()
    before = journal.newest()
    first, last = load(acme, [])
    assert (last, journal.newest()) == (first - 1, before)
    assert log_ticket(anna, acme) == first


def test_a_bad_row_takes_the_whole_load_back(desk: Desk) -> None:
    anna, _, acme = cast()
    with pytest.raises(IntegrityError), journal.transaction(None, 300, "import") as tx:
        good, bad = ticket_columns(acme), ticket_columns(acme, queue=99)
        tx.insert_many(Ticket, COLUMNS, [tuple(good.values()), tuple(bad.values())])
    assert scalar("SELECT count(*) FROM ticket") == 0
    assert log_ticket(anna, acme) > 0


def test_what_was_loaded_is_found_by_full_text(desk: Desk) -> None:
    _, _, acme = cast()
    first, _ = load(acme, ["Login loop", "Größe des Tokens", "Slow search"])
    found = {
        SQLITE: ("SELECT rowid FROM ticket_text WHERE ticket_text MATCH ?", "Tokens"),
        "postgresql": (
            "SELECT id FROM ticket WHERE to_tsvector('simple', left(subject, 100000)) @@ plainto_tsquery('simple', ?)",
            "Tokens",
        ),
    }
    sql, word = found[desk.kind]
    assert rows(sql, (word,)) == [(first + 1,)]
