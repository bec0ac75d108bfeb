"""A desk that is not whole says so, in sentences."""

import sqlite3
from contextlib import closing

import pytest

from models import journal
from models.connection import Desk, open_desk
from models.migrate import check
from models.tickets import Ticket
from tests.models.rows import cast, log_ticket


def test_a_desk_at_work_is_whole(desk: Desk, desk_address: str) -> None:
    anna, _, acme = cast()
    log_ticket(anna, acme)
    assert check(desk_address) == []


def test_a_missing_index_and_a_missing_column_are_named(desk: Desk, desk_address: str) -> None:
    desk.execute("DROP INDEX ticket_open")
    desk.execute('ALTER TABLE ticket DROP COLUMN "impact"')
    assert check(desk_address) == [
        "The column impact of ticket is missing.",
        "The index ticket_open is missing; lists are slow.",
    ]


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        ({"state": "closed"}, "state and openness disagree"),
        ({"clock_state": "running", "due_at": 900}, "show a running clock that is not running"),
    ],
)
def test_tickets_that_do_not_add_up_are_numbered(
    desk: Desk, desk_address: str, columns: dict[str, object], problem: str
) -> None:
    anna, _, acme = cast()
    number = log_ticket(anna, acme, **columns)
    [told] = check(desk_address)
    assert problem in told
    assert told.endswith(f": {number}")


def test_full_text_that_lost_a_row_is_noticed(sqlite_desk: Desk, sqlite_address: str) -> None:
    anna, _, acme = cast()
    log_ticket(anna, acme)
    sqlite_desk.execute("UPDATE ticket SET subject = 'Something else'")
    assert check(sqlite_address) == [
        "The full text ticket_text does not match its rows; searching misses some of them."
    ]


def test_a_reference_to_nothing_is_noticed(sqlite_address: str) -> None:
    with closing(open_desk(sqlite_address)):
        anna, _, acme = cast()
        log_ticket(anna, acme)
    with closing(sqlite3.connect(sqlite_address)) as careless:
        careless.execute("UPDATE ticket SET queue_id = 99")
        careless.commit()
    assert check(sqlite_address) == ["ticket 1 refers to a queue that is not there."]


def test_numbers_that_would_be_given_twice_are_noticed(postgresql_address: str) -> None:
    with closing(open_desk(postgresql_address)) as desk:
        anna, _, acme = cast()
        log_ticket(anna, acme)
        desk.execute("SELECT setval('ticket_id_seq', 5)")
        with journal.transaction(anna, 1, "x") as tx:
            tx.update(Ticket, 1, severity=1)
            tx.say("x")
        desk.execute("UPDATE ticket SET id = 1040")
    [told] = check(postgresql_address)
    assert "numbers of ticket would be given twice" in told


def test_a_desk_that_is_not_migrated_is_told_to_be(desk: Desk, desk_address: str) -> None:
    desk.execute("DELETE FROM schema_migration")
    [told] = check(desk_address)
    assert "0001_first_tables" in told
    assert "tamdesk db migrate" in told
