"""What was typed and not sent is kept, whatever was typed, and is forgotten once it is sent."""

import sqlite3
from contextlib import closing

import pytest

from models import connection
from models.connection import Desk
from models.errors import Busy
from models.reading import rows, scalar
from tests.tickets.cast import at, cast, receive
from tickets import drafts

NOW = at("Mon 10:00")


def test_a_draft_is_kept_by_person_ticket_and_kind(desk: Desk) -> None:
    who = cast()
    number = receive(who)
    drafts.save(who.ben, number, "reply", "Please up", NOW)
    drafts.save(who.ben, number, "reply", "Please upgrade.", NOW + 5)
    drafts.save(who.ben, number, "note", "Ask Cleo.", NOW)
    drafts.save(who.cleo, number, "reply", "Hello", NOW)
    drafts.save(who.ben, 0, "new", '{"subject": "…"}', NOW)
    assert drafts.load(who.ben, number, "reply") == "Please upgrade."
    assert drafts.load(who.ben, number, "note") == "Ask Cleo."
    assert drafts.load(who.ben, 0, "new") == '{"subject": "…"}'
    assert scalar("SELECT updated_at FROM draft WHERE body = 'Please upgrade.'") == NOW + 5
    drafts.clear(who.ben, number, "reply")
    drafts.clear(who.ben, number, "reply")
    assert drafts.load(who.ben, number, "reply") == ""
    assert drafts.load(who.cleo, number, "reply") == "Hello"


def test_an_emptied_draft_is_forgotten(desk: Desk) -> None:
    who = cast()
    drafts.save(who.ben, 0, "new", "Something", NOW)
    drafts.save(who.ben, 0, "new", " \n", NOW)
    assert rows("SELECT * FROM draft") == []


def test_what_a_terminal_can_paste_is_kept_on_either_database(desk: Desk) -> None:
    who = cast()
    drafts.save(who.ben, 0, "new", "a\x00b \x1b[2J 'quoted' 100 % ? é\U0001f600", NOW)
    assert drafts.load(who.ben, 0, "new") == "a\ufffdb \x1b[2J 'quoted' 100 % ? é\U0001f600"


def test_a_draft_is_no_operation(desk: Desk) -> None:
    who = cast()
    before = scalar("SELECT max(id) FROM operation")
    drafts.save(who.ben, 0, "new", "Something", NOW)
    assert scalar("SELECT max(id) FROM operation") == before


def test_a_desk_that_another_program_holds_is_a_sentence(sqlite_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "PATIENCE_SECONDS", 0)
    with closing(connection.open_desk(sqlite_address)), closing(sqlite3.connect(sqlite_address)) as other:
        who = cast()
        other.execute("BEGIN IMMEDIATE")
        for write in (lambda: drafts.save(who.ben, 0, "new", "x", NOW), lambda: drafts.clear(who.ben, 0, "new")):
            with pytest.raises(Busy, match="nothing was saved, try again"):
                write()
