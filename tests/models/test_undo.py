"""What was done can be taken back, and done again, where nobody has touched it since."""

import pytest

from models import journal
from models.connection import Desk
from models.errors import CannotUndo, StaleRow
from models.reading import rows, scalar
from models.tickets import Message, Ticket
from tests.models.rows import Cast, cast, log_ticket, set_severity, ticket_columns


def note(actor: int, number: int, body: str) -> None:
    with journal.transaction(actor, 300, "ticket.note", number) as tx:
        tx.insert(Message, ticket=number, side="vendor", kind="note", author="Anna", at=300, body=body)
        tx.update(Ticket, number, updated_at=300)
        tx.say(f"Anna noted on #{number}.")


def severity(number: int) -> int:
    found: int = scalar("SELECT severity FROM ticket WHERE id = ?", (number,))
    return found


def test_a_note_is_undone_and_redone(desk: Desk) -> None:
    anna, _, acme = cast()
    number = log_ticket(anna, acme)
    note(anna, number, "Try another browser.")
    undone = journal.undo(anna, 400)
    assert (undone.kind, undone.ticket_id, undone.sentence) == ("undo", number, f"Undone: Anna noted on #{number}.")
    assert scalar("SELECT count(*) FROM message") == 0
    assert scalar("SELECT updated_at FROM ticket") == 100
    redone = journal.redo(anna, 500)
    assert (redone.kind, redone.sentence) == ("redo", f"Redone: Anna noted on #{number}.")
    assert rows("SELECT id, body FROM message") == [(1, "Try another browser.")]


def test_undo_goes_back_step_by_step_and_redo_comes_forward(desk: Desk) -> None:
    anna, _, acme = cast()
    number = log_ticket(anna, acme)
    for level in (3, 4, 1):
        set_severity(anna, number, level, f"Anna set severity {level}.")
    seen = []
    for step in (journal.undo, journal.undo, journal.redo, journal.undo, journal.undo, journal.redo, journal.redo):
        step(anna, 400)
        seen.append(severity(number))
    assert seen == [4, 3, 4, 3, 2, 3, 4]


def test_what_undo_would_take_back_is_known_before_and_nothing_else_is_taken_back(desk: Desk) -> None:
    anna, _, acme = cast()
    assert journal.undoable(anna) is None
    number = log_ticket(anna, acme)
    set_severity(anna, number, 3, "Anna set severity 3.")
    found = journal.undoable(anna)
    assert found is not None and found.sentence == "Anna set severity 3."
    set_severity(anna, number, 4, "Anna set severity 4.")
    with pytest.raises(CannotUndo, match=r"something else meanwhile.*Anna set severity 4"):
        journal.undo(anna, 400, found.id)
    assert severity(number) == 4
    journal.undo(anna, 400)
    journal.undo(anna, 400, found.id)
    assert severity(number) == 2


def test_undo_shows_in_the_feed_and_in_the_history(desk: Desk) -> None:
    anna, _, acme = cast()
    number = log_ticket(anna, acme)
    set_severity(anna, number, 1, "Anna set severity 1.")
    before = journal.newest()
    journal.undo(anna, 400)
    [told] = journal.since(before)
    assert (told.kind, told.ticket_id, told.tables) == ("undo", number, {"ticket"})
    assert journal.history(number, 1)[0].undoes_id == before


def test_a_version_grows_with_undo_so_that_a_copy_made_before_is_stale(desk: Desk) -> None:
    anna, _, acme = cast()
    number = log_ticket(anna, acme)
    set_severity(anna, number, 1, "Anna set severity 1.")
    journal.undo(anna, 400)
    assert scalar("SELECT version FROM ticket") == 3


def test_each_person_undoes_their_own(desk: Desk) -> None:
    anna, ben, acme = cast()
    first, second = log_ticket(anna, acme), log_ticket(anna, acme)
    set_severity(anna, first, 1, "Anna set severity 1.")
    set_severity(ben, second, 4, "Ben set severity 4.")
    journal.undo(anna, 400)
    assert (severity(first), severity(second)) == (2, 4)


def test_what_someone_changed_since_is_not_undone_and_they_are_named(desk: Desk) -> None:
    anna, ben, acme = cast()
    number = log_ticket(anna, acme)
    set_severity(anna, number, 3, "Anna set severity 3.")
    set_severity(ben, number, 1, f"Ben set severity 1 on #{number}.")
    with pytest.raises(CannotUndo, match=f"#{number} has changed since: Ben set severity 1 on #{number}."):
        journal.undo(anna, 400)
    assert severity(number) == 1
    journal.undo(ben, 500)
    journal.undo(anna, 600)
    assert severity(number) == 2


def test_another_column_changed_since_does_not_stand_in_the_way(desk: Desk) -> None:
    anna, ben, acme = cast()
    number = log_ticket(anna, acme)
    set_severity(anna, number, 3, "Anna set severity 3.")
    with journal.transaction(ben, 300, "ticket.claim", number) as tx:
        tx.update(Ticket, number, owner=ben)
        tx.say("Ben claimed it.")
    journal.undo(anna, 400)
    assert rows("SELECT severity, owner_id FROM ticket") == [(2, ben)]


def test_a_new_ticket_that_someone_answered_is_not_taken_away(desk: Desk) -> None:
    anna, ben, acme = cast()
    number = log_ticket(anna, acme)
    with journal.transaction(ben, 300, "ticket.note", number) as tx:
        tx.insert(Message, ticket=number, side="vendor", kind="note", author="Ben", at=300, body="On it.")
        tx.say("Ben noted.")
    with pytest.raises(CannotUndo, match="is needed by what was done since"):
        journal.undo(anna, 400)
    assert scalar("SELECT count(*) FROM ticket") == 1


def test_what_the_world_has_seen_is_not_undone(desk: Desk) -> None:
    anna, _, acme = cast()
    number = log_ticket(anna, acme)
    with journal.transaction(anna, 300, "ticket.reply", number) as tx:
        tx.insert(Message, ticket=number, side="vendor", author="Anna", at=300, body="Please upgrade.")
        tx.say(f"Anna replied to #{number}.", seen=True)
    with pytest.raises(CannotUndo, match=f"write a correction instead. Anna replied to #{number}."):
        journal.undo(anna, 400)


def test_nothing_to_undo_and_nothing_to_redo_are_sentences(desk: Desk) -> None:
    anna = cast().anna
    with pytest.raises(CannotUndo, match="nothing to undo"):
        journal.undo(anna, 400)
    with pytest.raises(CannotUndo, match="nothing to redo"):
        journal.redo(anna, 400)


def test_redo_is_over_once_something_else_was_done(desk: Desk) -> None:
    anna, _, acme = cast()
    number = log_ticket(anna, acme)
    set_severity(anna, number, 1, "Anna set severity 1.")
    journal.undo(anna, 400)
    set_severity(anna, number, 4, "Anna set severity 4.")
    with pytest.raises(CannotUndo, match="nothing to redo"):
        journal.redo(anna, 500)
    assert severity(number) == 4


def test_redo_refuses_where_the_row_has_changed_since_the_undo(desk: Desk) -> None:
    anna, ben, acme = cast()
    number = log_ticket(anna, acme)
    set_severity(anna, number, 1, "Anna set severity 1.")
    journal.undo(anna, 400)
    set_severity(ben, number, 4, "Ben set severity 4.")
    with pytest.raises(CannotUndo, match=r"Ben set severity 4\."):
        journal.redo(anna, 500)


def test_what_was_deleted_comes_back_whole(desk: Desk) -> None:
    anna, _, acme = cast()
    number = log_ticket(anna, acme)
    note(anna, number, "Look.")
    told = "SELECT id, subject, severity, received_at, updated_at, order_at, version FROM ticket"
    before = rows("SELECT * FROM message"), rows(told)
    with journal.transaction(anna, 350, "ticket.delete", number) as tx:
        tx.delete(Message, 1)
        tx.delete(Ticket, number)
        tx.say("Anna deleted it.")
    journal.undo(anna, 400)
    [(*columns, version)] = before[1]
    assert (rows("SELECT * FROM message"), rows(told)) == (before[0], [(*columns, version + 1)])


def test_a_ticket_that_comes_back_does_not_take_a_save_that_was_begun_before(desk: Desk) -> None:
    anna, ben, acme = cast()
    number = log_ticket(anna, acme)
    set_severity(anna, number, 1, "Anna set severity 1.")
    seen_by_ben = scalar("SELECT version FROM ticket")
    journal.undo(anna, 400)
    journal.undo(anna, 401)
    journal.redo(anna, 402)
    set_severity(anna, number, 4, "Anna set severity 4.")
    assert scalar("SELECT version FROM ticket") > seen_by_ben
    with pytest.raises(StaleRow, match=r"Anna set severity 4\."), journal.transaction(ben, 500, "claim") as tx:
        tx.update(Ticket, number, expected_version=seen_by_ben, owner=ben)


IMPORTED = ("customer", "queue", "subject", "severity", "received_at", "updated_at", "order_at")


def import_batch(people: Cast, subject: str, size: int, part_of: int | None = None) -> tuple[int, int, int]:
    with journal.transaction(people.anna, 300, "import", part_of=part_of) as tx:
        first, last = tx.insert_many(
            Ticket, IMPORTED, [tuple(ticket_columns(people.acme, subject=subject).values()) for _ in range(size)]
        )
        tx.insert_many(
            Message,
            ("ticket", "side", "author", "at", "body"),
            [(number, "customer", "Zoe", 100, subject) for number in range(first, last + 1)],
        )
        tx.say("Anna imported tickets.")
    assert tx.operation_id is not None
    return tx.operation_id, first, last


def test_an_import_of_several_batches_is_undone_as_one(desk: Desk) -> None:
    people = cast()
    kept = log_ticket(people.anna, people.acme)
    operation, *_ = import_batch(people, "first", 20)
    import_batch(people, "second", 20, part_of=operation)
    import_batch(people, "third", 1, part_of=operation)
    assert scalar("SELECT count(*) FROM message") == 41
    journal.undo(people.anna, 400)
    assert rows("SELECT id FROM ticket") == [(kept,)]
    assert scalar("SELECT count(*) FROM message") == 0
    with pytest.raises(CannotUndo, match="run the import again"):
        journal.redo(people.anna, 500)


def test_an_import_that_someone_worked_on_is_not_undone(desk: Desk) -> None:
    people = cast()
    _, first, last = import_batch(people, "first", 20)
    set_severity(people.ben, last, 1, f"Ben set severity 1 on #{last}.")
    with pytest.raises(CannotUndo, match=f"Ben set severity 1 on #{last}."):
        journal.undo(people.anna, 400)
    assert scalar("SELECT count(*) FROM ticket WHERE id BETWEEN ? AND ?", (first, last)) == 20
    journal.undo(people.ben, 500)
    journal.undo(people.anna, 600)
    assert scalar("SELECT count(*) FROM ticket") == 0


def test_an_import_that_corrects_its_own_rows_is_undone_whole(desk: Desk) -> None:
    people = cast()
    with journal.transaction(people.anna, 300, "import") as tx:
        first, last = tx.insert_many(Ticket, IMPORTED, [tuple(ticket_columns(people.acme).values()) for _ in range(3)])
        tx.update(Ticket, first, severity=1)
        tx.delete(Ticket, last)
        tx.say("Anna imported tickets.")
    assert rows("SELECT id, severity FROM ticket ORDER BY id") == [(first, 1), (first + 1, 2)]
    journal.undo(people.anna, 400)
    assert rows("SELECT id FROM ticket") == []


def test_a_later_batch_that_needs_an_earlier_one_is_taken_back_first(desk: Desk) -> None:
    people = cast()
    operation, first, _ = import_batch(people, "first", 2)
    with journal.transaction(people.anna, 300, "import", part_of=operation) as tx:
        tx.insert_many(Message, ("ticket", "side", "author", "at", "body"), [(first, "customer", "Zoe", 200, "More.")])
        tx.say("Anna imported messages.")
    journal.undo(people.anna, 400)
    assert (scalar("SELECT count(*) FROM ticket"), scalar("SELECT count(*) FROM message")) == (0, 0)
