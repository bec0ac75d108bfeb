"""What people write can be found, and what they took back cannot."""

from models import journal
from models.connection import SQLITE, Desk
from models.reading import rows
from models.tickets import Message, Ticket
from tests.models.rows import cast, log_ticket

FIND = {
    SQLITE: "SELECT rowid FROM {table}_text WHERE {table}_text MATCH ? ORDER BY rowid",
    "postgresql": "SELECT id FROM {table} WHERE to_tsvector('simple', left({column}, 100000)) "
    "@@ plainto_tsquery('simple', ?) ORDER BY id",
}


def find(desk: Desk, table: str, word: str) -> list[int]:
    column = {"ticket": "subject", "message": "body"}[table]
    return [row_id for (row_id,) in rows(FIND[desk.kind].format(table=table, column=column), (word,))]


def test_a_ticket_is_found_by_a_word_of_its_subject(desk: Desk) -> None:
    anna, _, acme = cast()
    log_ticket(anna, acme, subject="Token expires early")
    wanted = log_ticket(anna, acme, subject="Login LOOP after upgrade")
    assert find(desk, "ticket", "loop") == [wanted]


def test_a_changed_subject_is_found_by_its_new_words_only(desk: Desk) -> None:
    anna, _, acme = cast()
    number = log_ticket(anna, acme, subject="Token expires early")
    with journal.transaction(anna, 200, "ticket.subject", number) as tx:
        tx.update(Ticket, number, subject="Session ends early")
        tx.say("Anna renamed it.")
    assert (find(desk, "ticket", "token"), find(desk, "ticket", "session")) == ([], [number])
    journal.undo(anna, 300)
    assert (find(desk, "ticket", "token"), find(desk, "ticket", "session")) == ([number], [])


def test_a_note_is_found_until_it_is_undone_and_again_when_it_is_redone(desk: Desk) -> None:
    anna, _, acme = cast()
    number = log_ticket(anna, acme)
    with journal.transaction(anna, 200, "ticket.note", number) as tx:
        note = tx.insert(Message, ticket=number, side="vendor", kind="note", author="Anna", at=200, body="Clock skew?")
        tx.say("Anna noted.")
    assert find(desk, "message", "skew") == [note]
    journal.undo(anna, 300)
    assert find(desk, "message", "skew") == []
    journal.redo(anna, 400)
    assert find(desk, "message", "skew") == [note]


def test_a_message_of_two_megabytes_is_kept_whole_and_found(desk: Desk) -> None:
    anna, _, acme = cast()
    number = log_ticket(anna, acme)
    body = "stacktrace " + "Ünïcode " * 250_000
    with journal.transaction(anna, 200, "ticket.note", number) as tx:
        note = tx.insert(Message, ticket=number, side="customer", author="Zoe", at=200, body=body)
        tx.say("Zoe wrote.")
    assert rows("SELECT body FROM message") == [(body,)]
    assert find(desk, "message", "stacktrace") == [note]


def test_an_import_that_was_taken_back_is_not_found(desk: Desk) -> None:
    anna, _, acme = cast()
    kept = log_ticket(anna, acme, subject="quota")
    with journal.transaction(anna, 200, "import") as tx:
        columns = ("customer", "queue", "subject", "severity", "received_at", "updated_at", "order_at")
        tx.insert_many(Ticket, columns, [(acme, 1, f"quota {n}", 3, 1, 1, 1) for n in range(10)])
        tx.say("Anna imported.")
    assert len(find(desk, "ticket", "quota")) == 11
    journal.undo(anna, 300)
    assert find(desk, "ticket", "quota") == [kept]
