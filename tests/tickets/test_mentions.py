"""A colleague is named in a note, finds it, and has seen it."""

import pytest

from models import journal
from models.connection import Desk
from models.errors import CannotUndo
from models.reading import rows, scalar
from tests.tickets.cast import at, cast, everything, receive
from tickets import mentions, operations, reading

NOON = at("Mon 12:00")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@ben can you look?", ["Ben"]),
        ("Ask @Cleo, or (@tom).", ["Cleo", "Tom"]),
        ("@ben @ben @BEN", ["Ben"]),
        ("write to ben@cleo or a@ben.example", []),
        ("@nobody and @anna, who writes this", []),
        ("@ @@ @, @ben@cleo", ["Ben"]),
        ("*@tom*", ["Tom"]),
    ],
)
def test_a_note_names_people_by_login(desk: Desk, text: str, named: list[str]) -> None:
    who = cast()
    ticket = receive(who)
    told = operations.note(ticket, text, who.anna, NOON).sentence
    found = rows("SELECT p.name FROM mention n JOIN person p ON p.id = n.person_id ORDER BY p.name")
    assert [name for (name,) in found] == named
    assert told == f"Anna noted on #{ticket}{f' and named {chr(44).join(named)}'.replace(',', ', ') if named else ''}."


def test_what_was_not_seen_is_listed_newest_first_until_it_is(desk: Desk) -> None:
    who = cast()
    first, second = receive(who), receive(who)
    for ticket in (first, second, first):
        operations.note(ticket, "@ben look", who.anna, NOON)
    assert [line.ticket_id for line in mentions.unseen(who.ben)] == [first, second, first]
    assert (mentions.unseen(who.ben)[0].author, mentions.unseen(who.ben)[0].text) == ("Anna", "@ben look")
    assert mentions.mark_seen(who.ben, first, NOON + 60) == 2
    assert mentions.mark_seen(who.ben, first, NOON + 61) == 0
    assert (reading.unseen_mentions(who.ben), reading.unseen_mentions(who.cleo)) == (1, 0)


def test_looking_is_nothing_to_undo_but_a_note_that_was_seen_stays(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    operations.claim(ticket, who.ben, NOON)
    operations.note(ticket, "@ben look", who.anna, NOON + 10)
    mentions.mark_seen(who.ben, ticket, NOON + 20)
    with pytest.raises(CannotUndo, match="Ben has seen where they were named"):
        journal.undo(who.anna, NOON + 30)


def test_undo_of_a_note_takes_its_mentions_back(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    before = everything("mention", "message")
    operations.note(ticket, "@ben look", who.anna, NOON)
    journal.undo(who.anna, NOON + 60)
    assert everything("mention", "message") == before


def test_a_pasted_log_of_ten_megabytes_calls_no_crowd(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    operations.note(ticket, "@ben " + "at @Override method(@Nullable x) user@host\n" * 230_000, who.anna, NOON)
    assert scalar("SELECT count(*) FROM mention") == 1
