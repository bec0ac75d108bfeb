"""Several operations as one: all of them undone at once, and each of them found at its ticket."""

import pytest

from models import journal
from models.connection import Desk
from models.errors import CannotUndo, DomainError
from models.reading import rows
from models.tickets import Message, Ticket
from tests.models.rows import cast, log_ticket, set_severity


def severities() -> list[int]:
    return [severity for (severity,) in rows("SELECT severity FROM ticket ORDER BY id")]


def note(actor: int, number: int, seen: bool = False) -> None:
    with journal.transaction(actor, 300, "note", number) as tx:
        tx.insert(Message, ticket=number, side="vendor", kind="note", author="Anna", at=300, body="Seen it.")
        tx.update(Ticket, number, updated_at=300)
        tx.say(f"Anna noted on #{number}.", seen)


def test_operations_on_several_tickets_are_one_line_of_the_journal_and_one_undo(desk: Desk) -> None:
    anna, _, acme = cast()
    numbers = [log_ticket(anna, acme) for _ in range(3)]
    before = journal.newest()
    with journal.together(anna, 300, "bulk") as work:
        for number in numbers:
            with work.attempt():
                set_severity(anna, number, 1, f"Anna set severity 1 on #{number}.")
                note(anna, number)
        work.tx.say("Anna set severity 1 on 3 tickets.")
    assert journal.newest() == before + 1
    assert severities() == [1, 1, 1]
    journal.undo(anna, 400)
    assert severities() == [2, 2, 2]
    assert rows("SELECT id FROM message") == []
    journal.redo(anna, 500)
    assert severities() == [1, 1, 1]
    assert len(rows("SELECT id FROM message")) == 3


def test_what_one_ticket_refuses_is_taken_back_whole_and_the_others_stand(desk: Desk) -> None:
    anna, _, acme = cast()
    first, second = log_ticket(anna, acme), log_ticket(anna, acme)
    with journal.together(anna, 300, "bulk") as work:
        with pytest.raises(DomainError, match="Not this one"), work.attempt():
            set_severity(anna, first, 1, "Anna set severity 1.")
            raise DomainError("Not this one.")
        with work.attempt() as part:
            set_severity(anna, second, 1, "Anna set severity 1.")
        assert part.sentence == "Anna set severity 1."
        work.tx.say("Anna set severity 1 on a ticket.")
    assert severities() == [2, 1]
    assert [told.sentence for told in journal.history(first, 10)] == [f"Anna logged #{first}."]


def test_the_history_of_each_ticket_tells_what_was_done_to_several(desk: Desk) -> None:
    anna, _, acme = cast()
    first, second = log_ticket(anna, acme), log_ticket(anna, acme)
    with journal.together(anna, 300, "bulk") as work:
        for number in (first, second):
            with work.attempt():
                set_severity(anna, number, 1, "Anna set severity 1.")
        work.tx.say("Anna set severity 1 on 2 tickets.")
    set_severity(anna, first, 3, f"Anna set severity 3 on #{first}.")
    told = [line.sentence for line in journal.history(first, 10)]
    assert told == [
        f"Anna set severity 3 on #{first}.",
        "Anna set severity 1 on 2 tickets.",
        f"Anna logged #{first}.",
    ]
    newest = journal.history(first, 1)[0]
    assert [line.sentence for line in journal.history(first, 1, newest.id)] == ["Anna set severity 1 on 2 tickets."]
    assert journal.history(second, 10)[0].ticket_id is None


def test_what_was_changed_twice_goes_back_to_where_it_began(desk: Desk) -> None:
    anna, _, acme = cast()
    number = log_ticket(anna, acme)
    with journal.together(anna, 300, "bulk") as work:
        for severity in (1, 3):
            with work.attempt():
                set_severity(anna, number, severity, "Anna set a severity.")
        work.tx.say("Anna could not decide.")
    journal.undo(anna, 400)
    assert severities() == [2]


def test_one_sent_message_keeps_the_whole_from_being_undone(desk: Desk) -> None:
    anna, _, acme = cast()
    first, second = log_ticket(anna, acme), log_ticket(anna, acme)
    with journal.together(anna, 300, "bulk") as work:
        with work.attempt():
            note(anna, first, seen=True)
        with work.attempt():
            set_severity(anna, second, 1, "Anna set severity 1.")
        work.tx.say("Anna did two things.")
    with pytest.raises(CannotUndo, match="was sent"):
        journal.undo(anna, 400)


def test_an_operation_inside_an_operation_is_still_a_mistake_of_the_program(desk: Desk) -> None:
    anna, _, acme = cast()
    number = log_ticket(anna, acme)
    with (
        pytest.raises(RuntimeError, match="under way"),
        journal.together(anna, 300, "bulk") as work,
        work.attempt(),
        journal.transaction(anna, 300, "outer", number),
    ):
        note(anna, number)
    assert journal.newest() and rows("SELECT id FROM message") == []
