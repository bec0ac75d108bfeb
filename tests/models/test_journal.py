"""Every change is told, kept with its before and after, and refused where it is stale."""

from json import loads

import pytest

from models import journal
from models.base import IntegrityError
from models.clocks import Basis
from models.connection import Desk
from models.customers import Customer
from models.errors import NotFound, StaleRow
from models.reading import one, rows, scalar
from models.tickets import Draft, Message, Ticket
from tests.models.rows import cast, log_ticket, set_severity, ticket_columns


def changes(operation_id: int) -> list[tuple[str, object, object]]:
    found = rows("SELECT table_name, before, after FROM change WHERE operation_id = ? ORDER BY id", (operation_id,))
    return [(table, before and loads(before), after and loads(after)) for table, before, after in found]


def test_a_claim_is_kept_with_who_when_and_what_changed(desk: Desk) -> None:
    anna, _, acme = cast()
    number = log_ticket(anna, acme)
    with journal.transaction(anna, 300, "ticket.claim", number) as tx:
        tx.update(Ticket, number, owner=anna)
        tx.say(f"Anna claimed #{number}.")
    assert tx.operation_id == journal.newest()
    told = journal.operation(journal.newest())
    assert (told.at, told.person_id, told.kind, told.ticket_id) == (300, anna, "ticket.claim", number)
    assert changes(told.id) == [("ticket", {"owner_id": None, "version": 1}, {"owner_id": anna, "version": 2})]


def test_several_changes_of_a_row_are_one_with_the_first_before_and_the_last_after(desk: Desk) -> None:
    anna, _, acme = cast()
    number = log_ticket(anna, acme)
    with journal.transaction(anna, 300, "ticket.edit", number) as tx:
        tx.update(Ticket, number, severity=3)
        tx.update(Ticket, number, severity=1, impact="all users")
        tx.say("Anna changed it.")
    before = {"severity": 2, "version": 1, "impact": ""}
    assert changes(journal.newest()) == [("ticket", before, {"severity": 1, "version": 2, "impact": "all users"})]


def test_a_new_row_that_is_changed_at_once_is_told_as_new(desk: Desk) -> None:
    with journal.transaction(None, 1, "x") as tx:
        acme = tx.insert(Customer, key="acme", name="Acme")
        tx.update(Customer, acme, name="Acme AG")
        tx.say("Acme came.")
    [(_, before, after)] = changes(journal.newest())
    assert before is None
    assert isinstance(after, dict)
    assert (after["name"], after["version"]) == ("Acme AG", 1)


def test_what_comes_and_goes_in_one_operation_leaves_no_trace(desk: Desk) -> None:
    with journal.transaction(None, 1, "x") as tx:
        tx.delete(Customer, tx.insert(Customer, key="acme", name="Acme"))
        tx.say("Nothing happened.")
    assert (tx.operation_id, journal.newest()) == (None, 0)


def test_saving_what_is_there_already_is_no_operation(desk: Desk) -> None:
    anna, _, acme = cast()
    number = log_ticket(anna, acme)
    before = journal.newest()
    set_severity(anna, number, 2, "Anna set severity 2.")
    assert journal.newest() == before
    assert scalar("SELECT version FROM ticket WHERE id = ?", (number,)) == 1


def test_an_error_in_the_middle_leaves_nothing_behind(desk: Desk) -> None:
    anna, _, acme = cast()
    before = journal.newest()

    def log_and_fail() -> None:
        with journal.transaction(anna, 100, "ticket.create") as tx:
            tx.insert(Ticket, **ticket_columns(acme))
            raise LookupError("the line went dead")

    with pytest.raises(LookupError):
        log_and_fail()
    assert (scalar("SELECT count(*) FROM ticket"), journal.newest()) == (0, before)
    log_ticket(anna, acme)
    assert scalar("SELECT count(*) FROM ticket") == 1


def test_a_stale_save_is_refused_with_who_changed_what(desk: Desk) -> None:
    anna, ben, acme = cast()
    number = log_ticket(anna, acme)
    set_severity(ben, number, 1, f"Ben set severity 1 on #{number}.")
    with (
        pytest.raises(StaleRow, match=f"Ben set severity 1 on #{number}. Look again, then save."),
        journal.transaction(anna, 300, "ticket.severity", number) as tx,
    ):
        tx.update(Ticket, number, expected_version=1, severity=3)
    assert scalar("SELECT severity FROM ticket") == 1


def test_a_fresh_save_grows_the_version_by_one_however_often_it_writes(desk: Desk) -> None:
    anna, _, acme = cast()
    number = log_ticket(anna, acme)
    with journal.transaction(anna, 300, "ticket.edit", number) as tx:
        tx.update(Ticket, number, expected_version=1, severity=3)
        tx.update(Ticket, number, expected_version=1, impact="one user")
        tx.say("Anna edited it.")
    assert scalar("SELECT version FROM ticket") == 2


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_what_is_gone_is_told_as_gone(desk: Desk, verb: str) -> None:
    with pytest.raises(NotFound, match="no ticket 77"), journal.transaction(None, 1, "x") as tx:
        getattr(tx, verb)(Ticket, 77)


def test_a_change_says_what_it_did_or_is_a_mistake_of_the_program(desk: Desk) -> None:
    with pytest.raises(ValueError, match="call say"), journal.transaction(None, 1, "x") as tx:
        tx.insert(Customer, key="acme", name="Acme")
    assert scalar("SELECT count(*) FROM customer") == 0


def test_an_operation_inside_another_is_a_mistake_of_the_program(desk: Desk) -> None:
    with (
        pytest.raises(RuntimeError, match="under way"),
        journal.transaction(None, 1, "outer"),
        journal.transaction(None, 1, "inner"),
    ):
        pass
    assert cast().anna == 1


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"key": "a", "name": 1.5}, "not float"),
        ({"key": "a"}, "needs name"),
        ({"key": "a", "name": "b", "colour": "red"}, "no column 'colour'"),
    ],
)
def test_a_value_that_does_not_fit_is_a_mistake_of_the_program(
    desk: Desk, values: dict[str, object], reason: str
) -> None:
    with pytest.raises(TypeError, match=reason), journal.transaction(None, 1, "x") as tx:
        tx.insert(Customer, **values)


def test_a_reference_to_nothing_is_refused(desk: Desk) -> None:
    anna, _, acme = cast()
    with pytest.raises(IntegrityError), journal.transaction(anna, 1, "x") as tx:
        tx.insert(Ticket, **ticket_columns(acme, queue=99))


def test_text_arrives_as_it_was_written_but_for_what_no_database_can_hold(desk: Desk) -> None:
    anna, _, acme = cast()
    subject = "[bold]x[/] \x1b]52;c;ZXZpbA==\x07 \u202eright\u202c 漢字 e\u0301 %s ? \\ ' \x00!"
    number = log_ticket(anna, acme, subject=subject)
    assert one("SELECT subject FROM ticket WHERE id = ?", (number,)) == (subject.replace("\x00", "\ufffd"),)


def test_an_id_that_was_given_is_not_given_again(desk: Desk) -> None:
    anna, _, acme = cast()
    assert log_ticket(anna, acme, id=1040) == 1040
    assert log_ticket(anna, acme) == 1041


def test_a_ticket_number_is_never_given_twice(desk: Desk) -> None:
    anna, _, acme = cast()
    first = log_ticket(anna, acme)
    with journal.transaction(anna, 200, "x") as tx:
        tx.delete(Ticket, first)
        tx.say("Anna deleted it.")
    assert log_ticket(anna, acme) > first


def test_the_feed_tells_what_came_after_with_the_tables_that_changed(desk: Desk) -> None:
    anna, ben, acme = cast()
    number = log_ticket(anna, acme)
    seen = journal.newest()
    with journal.transaction(ben, 300, "ticket.note", number) as tx:
        tx.insert(Message, ticket=number, side="vendor", kind="note", author="Ben", at=300, body="Asked for the log.")
        tx.update(Ticket, number, updated_at=300)
        tx.say(f"Ben noted on #{number}.")
    [note] = journal.since(seen)
    assert note == (seen + 1, ben, "ticket.note", f"Ben noted on #{number}.", number, {"message", "ticket"})
    assert journal.since(seen + 1) == []


def test_the_history_of_a_ticket_is_read_a_page_at_a_time_newest_first(desk: Desk) -> None:
    anna, _, acme = cast()
    number, other = log_ticket(anna, acme), log_ticket(anna, acme)
    for severity in (1, 3, 4):
        set_severity(anna, number, severity, f"Anna set severity {severity}.")
    set_severity(anna, other, 4, "Anna set another's.")
    page = journal.history(number, 2)
    assert [each.sentence for each in page] == ["Anna set severity 4.", "Anna set severity 3."]
    rest = journal.history(number, 5, before=page[-1].id)
    assert [each.sentence for each in rest] == ["Anna set severity 1.", f"Anna logged #{number}."]


def test_references_are_named_by_field_or_by_column(desk: Desk) -> None:
    anna, _, acme = cast()
    number = log_ticket(anna, acme)
    with journal.transaction(anna, 1, "x") as tx:
        tx.insert(Draft, person_id=anna, ticket_id=number, kind="message", body="Dear", updated_at=1)
        tx.insert(Basis, digest="d", hours="{}", policy="{}")
        tx.update(Ticket, number, owner_id=anna, basis_id=1)
        tx.say("Anna drafted.")
    assert one("SELECT owner_id, basis_id FROM ticket") == (anna, 1)


def test_there_is_no_operation_of_an_unknown_number(desk: Desk) -> None:
    with pytest.raises(NotFound, match="no operation 12"):
        journal.operation(12)
