"""Undo and redo of what people do to tickets, as rows and as clocks."""

from collections.abc import Callable

import pytest

from models import journal
from models.connection import Desk
from models.errors import CannotUndo
from tests.tickets.cast import Cast, at, cast, everything, receive
from tickets import clock_rows, operations, reading

Action = Callable[[int, Cast], object]

ACTIONS: dict[str, Action] = {
    "claim": lambda ticket, who: operations.claim(ticket, who.ben, at("Mon 09:10")),
    "note": lambda ticket, who: operations.note(ticket, "The cookie domain?", who.ben, at("Mon 09:10")),
    "severity": lambda ticket, who: operations.change_severity(ticket, 1, "All are out", who.ben, at("Mon 09:10")),
    "state": lambda ticket, who: operations.change_state(ticket, "waiting", who.ben, at("Mon 09:10")),
    "escalate": lambda ticket, who: operations.escalate(ticket, "urgent", "No progress", who.ben, at("Mon 09:10")),
}


@pytest.mark.parametrize("action", ACTIONS)
def test_undo_and_redo_restore_rows_and_clocks(desk: Desk, action: str) -> None:
    who = cast()
    ticket = receive(who)
    before = everything()
    ACTIONS[action](ticket, who)
    after = everything()
    assert after != before
    journal.undo(who.ben, at("Mon 09:20"))
    assert everything() == before
    journal.redo(who.ben, at("Mon 09:30"))
    assert everything() == after


def test_undo_of_a_release_gives_the_ticket_back(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    operations.claim(ticket, who.ben, at("Mon 09:05"))
    before = everything()
    operations.release(ticket, who.ben, at("Mon 09:10"))
    journal.undo(who.ben, at("Mon 09:20"))
    assert everything() == before


def test_undo_of_a_ticket_that_was_taken_in_takes_it_back_whole(desk: Desk) -> None:
    who = cast()
    before = everything()
    receive(who)
    journal.undo(who.anna, at("Mon 09:20"))
    assert everything() == before


def test_undo_does_not_hang_on_who_used_the_same_support_hours_since(desk: Desk) -> None:
    who = cast()
    first = receive(who)
    second = receive(who, actor=who.ben)
    journal.undo(who.anna, at("Mon 09:20"))
    assert reading.row(first) is None
    assert clock_rows.clocks(second)[0].state == "running"


@pytest.mark.parametrize("answer", ["reply", "answer of a manager"])
def test_undo_of_what_the_customer_has_seen_is_refused(desk: Desk, answer: str) -> None:
    who = cast()
    ticket = receive(who)
    if answer == "reply":
        operations.reply(ticket, "We are on it.", who.anna, at("Mon 09:10"))
    else:
        operations.escalate(ticket, "urgent", "No progress", who.ben, at("Mon 09:10"))
        operations.answer_escalation(ticket, who.anna, at("Mon 09:20"))
    after = everything()
    with pytest.raises(CannotUndo, match="write a correction"):
        journal.undo(who.anna, at("Mon 09:30"))
    assert everything() == after


def test_undo_is_refused_where_someone_else_went_on(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    operations.change_severity(ticket, 1, "All are out", who.ben, at("Mon 09:10"))
    operations.change_severity(ticket, 3, "It was only me", who.cleo, at("Mon 09:20"))
    with pytest.raises(CannotUndo, match=f"#{ticket} has changed since: Cleo set severity 3"):
        journal.undo(who.ben, at("Mon 09:30"))


def test_undo_of_a_severity_is_refused_once_its_clock_was_answered(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    operations.change_severity(ticket, 1, "All are out", who.ben, at("Mon 09:10"))
    operations.reply(ticket, "We are on it.", who.cleo, at("Mon 09:20"))
    settled = clock_rows.clocks(ticket)
    with pytest.raises(CannotUndo, match="Cleo replied"):
        journal.undo(who.ben, at("Mon 09:30"))
    assert clock_rows.clocks(ticket) == settled


def test_what_was_refused_leaves_nothing_to_undo(desk: Desk) -> None:
    from tickets.errors import RuleRefused

    who = cast()
    ticket = receive(who)
    with pytest.raises(RuleRefused):
        operations.change_state(ticket, "solved", who.ben, at("Mon 09:10"))
    with pytest.raises(CannotUndo, match="nothing to undo"):
        journal.undo(who.ben, at("Mon 09:20"))


def test_undo_notices_what_someone_did_within_the_same_second(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    operations.escalate(ticket, "urgent", "No progress", who.ben, at("Mon 09:10"))
    operations.reply(ticket, "We are on it.", who.cleo, at("Mon 09:10"))
    with pytest.raises(CannotUndo, match="Cleo replied"):
        journal.undo(who.ben, at("Mon 09:10"))
