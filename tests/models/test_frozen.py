import pytest

from models import journal
from models.connection import Desk
from models.errors import CannotUndo
from tam.entries import change, delete, entries, entry, log
from tests.tam.time_desk import NOW, TODAY, close_until, time_desk


def test_a_change_of_an_entry_is_undone_and_done_again(desk: Desk) -> None:
    who = time_desk()
    made = log(who.acme, 60, TODAY, "advice", who.tom, NOW)
    change(made.id, who.tom, NOW, entry(made.id).version, minutes=90, note="LDAP")
    journal.undo(who.tom, NOW)
    assert [(each.minutes, each.note) for each in entries()] == [(60, "")]
    journal.redo(who.tom, NOW)
    assert [(each.minutes, each.note) for each in entries()] == [(90, "LDAP")]


def test_what_counts_in_a_closed_period_is_not_undone(desk: Desk) -> None:
    who = time_desk()
    made = log(who.acme, 60, "2026-05-20", "advice", who.tom, NOW)
    change(made.id, who.tom, NOW, entry(made.id).version, minutes=90)
    close_until(who.acme, "2026-05-01", "2026-06-01")
    with pytest.raises(CannotUndo, match="Acme's period from 2026-05-01 on is closed since"):
        journal.undo(who.tom, NOW)
    assert [each.minutes for each in entries()] == [90]


def test_a_change_of_an_entry_that_is_gone_is_refused(desk: Desk) -> None:
    who = time_desk()
    made = log(who.acme, 60, TODAY, "advice", who.tom, NOW)
    change(made.id, who.tom, NOW, entry(made.id).version, minutes=90)
    delete(made.id, who.anna, NOW)
    with pytest.raises(CannotUndo, match="has changed since"):
        journal.undo(who.tom, NOW)
