"""Each list has an index that the database really uses, before and after it has counted its rows."""

from collections.abc import Iterator

import pytest

from models import journal
from models.connection import POSTGRESQL, SQLITE, Desk
from models.journal_tables import Change, Operation
from models.reading import rows
from models.tickets import Ticket
from tests.models.rows import cast

TICKETS = 4_000
PAGE = "ORDER BY order_at, id LIMIT 50"
LISTS = [
    # PostgreSQL, before it has counted, thinks as well of the wide index that begins alike.
    ("ticket_open ticket_asked", f"SELECT id FROM ticket WHERE is_open = 1 {PAGE}"),
    ("ticket_open ticket_asked", f"SELECT id FROM ticket WHERE is_open = 1 AND (order_at, id) > (500, 7) {PAGE}"),
    ("ticket_owner", f"SELECT id FROM ticket WHERE is_open = 1 AND owner_id = 1 {PAGE}"),
    ("ticket_unassigned ticket_owner", f"SELECT id FROM ticket WHERE is_open = 1 AND owner_id IS NULL {PAGE}"),
    ("ticket_queue", f"SELECT id FROM ticket WHERE is_open = 1 AND queue_id = 2 {PAGE}"),
    ("ticket_escalated", f"SELECT id FROM ticket WHERE is_open = 1 AND escalated = 1 {PAGE}"),
    ("ticket_waiting", f"SELECT id FROM ticket WHERE is_open = 1 AND state = 'waiting' {PAGE}"),
    ("ticket_severity_1", f"SELECT id FROM ticket WHERE is_open = 1 AND severity = 1 {PAGE}"),
    # Where most tickets are done, going down the table is as good.
    ("ticket_done ticket", "SELECT id FROM ticket WHERE is_open = 0 ORDER BY id DESC LIMIT 50"),
    ("ticket_external", "SELECT id FROM ticket WHERE source = 'zendesk' AND external_id = '77'"),
    ("ticket_customer_id_id", "SELECT id FROM ticket WHERE customer_id = 1 ORDER BY id DESC LIMIT 50"),
    ("message_ticket_id_at_id", "SELECT id FROM message WHERE ticket_id = 7 ORDER BY at, id"),
    ("clock_one_initial", "SELECT id FROM clock WHERE ticket_id = 7 AND kind = 'initial_response' AND state <> 'void'"),
    ("operation_ticket_id", "SELECT id FROM operation WHERE ticket_id = 7 ORDER BY id DESC LIMIT 50"),
    ("operation_person_id_id", "SELECT max(id) FROM operation WHERE person_id = 1"),
    ("change_operation_id", "SELECT id FROM change WHERE operation_id = 7"),
    ("change_table_name_row_id", "SELECT id FROM change WHERE table_name = 'ticket' AND row_id = 7"),
]
COLUMNS = (
    *("customer", "queue", "owner", "subject", "severity", "state", "is_open", "escalated"),
    *("source", "external_id", "received_at", "updated_at", "order_at"),
)


def some_tickets(anna: int, ben: int, acme: int) -> Iterator[tuple[object, ...]]:
    """A desk of some age: a tenth is open, most of that is owned, little is urgent."""
    for number in range(TICKETS):
        is_open = number % 10 == 0
        state = ("waiting" if number % 30 == 0 else "open") if is_open else "closed"
        owner = None if number % 40 == 0 else (anna, ben)[number % 100 < 50]
        urgent = 1 if number % 100 == 10 else 3
        subject = f"Number {number}"
        what = (acme, 2 - (number % 3 > 0), owner, subject, urgent, state, int(is_open), int(number % 200 == 0))
        yield (*what, "zendesk", str(number), number, number, number * 7 % 1000)


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A desk with some thousand tickets and as many operations."""
    people = cast()
    with journal.transaction(people.anna, 300, "import") as tx:
        tx.insert_many(Ticket, COLUMNS, some_tickets(*people))
        operations = [(number, people.anna, "x", "x", number % 500) for number in range(TICKETS)]
        tx.insert_many(Operation, ("at", "person", "kind", "sentence", "ticket_id"), operations)
        changes = [(1 + number % 2, "ticket", number) for number in range(TICKETS)]
        tx.insert_many(Change, ("operation", "table", "row_id"), changes)
        tx.say("Anna imported tickets.")
    return desk


def plan(desk: Desk, sql: str) -> str:
    """How the database would answer; PostgreSQL is asked whether it can use an index, however few the rows."""
    if desk.kind == SQLITE:
        return " | ".join(row[-1] for row in rows(f"EXPLAIN QUERY PLAN {sql}"))
    desk.execute("SET enable_seqscan = off")
    desk.execute("SET enable_bitmapscan = off")
    return " | ".join(row[0] for row in rows(f"EXPLAIN {sql}"))


@pytest.mark.parametrize("counted", [False, True], ids=["before ANALYZE", "after ANALYZE"])
def test_each_list_uses_its_index_and_sorts_nothing(busy: Desk, counted: bool) -> None:
    if counted:
        busy.execute("ANALYZE")
    plans = {sql: (plan(busy, sql), indexes.split()) for indexes, sql in LISTS}
    if busy.kind == POSTGRESQL:  # at this size it rightly prefers to read and sort a handful, or another index
        plans = {sql: found for sql, found in plans.items() if "is_open = 1" in sql}
    astray = {sql: told for sql, (told, indexes) in plans.items() if not any(name in told for name in indexes)}
    sorting = {sql: told for sql, (told, _) in plans.items() if "TEMP B-TREE" in told}
    assert (astray, sorting) == ({}, {})


def test_counts_are_answered_from_the_index_alone(busy: Desk) -> None:
    counts = {
        "ticket_queue": "SELECT queue_id, count(*) FROM ticket WHERE is_open = 1 GROUP BY queue_id",
        "ticket_owner": "SELECT count(*) FROM ticket WHERE is_open = 1 AND owner_id = 1",
        "ticket_escalated": "SELECT count(*) FROM ticket WHERE is_open = 1 AND escalated = 1",
        "ticket_severity_1": "SELECT count(*) FROM ticket WHERE is_open = 1 AND severity = 1",
        "ticket_customer_open": "SELECT customer_id, count(*) FROM ticket WHERE is_open = 1 GROUP BY customer_id",
        "clock_stopped": "SELECT state, count(*) FROM clock WHERE stopped_at >= 7 GROUP BY state",
    }
    # Rows of the very last transaction are marked as seen by all at the second time.
    for _ in range(2):
        busy.execute("VACUUM" if busy.kind == SQLITE else "VACUUM ANALYZE")
    for index, sql in counts.items():
        told = plan(busy, sql)
        assert index in told
        assert "COVERING INDEX" in told or "Index Only Scan" in told
