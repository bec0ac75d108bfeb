"""Who else has the ticket open, and who writes on it, for as long as they give signs of life."""

from models import journal
from models.connection import Desk
from models.reading import scalar
from tests.tickets.cast import at, cast, receive
from tickets import presence

NOON = at("Mon 12:00")


def test_others_on_a_ticket_are_seen_writers_first_and_not_oneself(desk: Desk) -> None:
    who = cast()
    ticket, elsewhere = receive(who), receive(who)
    presence.touch(who.ben, ticket, False, NOON)
    presence.touch(who.cleo, ticket, True, NOON + 5)
    presence.touch(who.tom, elsewhere, True, NOON)
    assert [(each.login, each.writing) for each in presence.others(ticket, who.anna, NOON + 10)] == [
        ("cleo", 1),
        ("ben", 0),
    ]
    assert [each.login for each in presence.others(ticket, who.ben, NOON + 10)] == ["cleo"]
    presence.touch(who.cleo, ticket, False, NOON + 20)
    assert [each.writing for each in presence.others(ticket, who.ben, NOON + 20)] == [0]


def test_a_sign_of_life_lasts_two_minutes(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    presence.touch(who.ben, ticket, True, NOON)
    assert len(presence.others(ticket, who.anna, NOON + 120)) == 1
    assert presence.others(ticket, who.anna, NOON + 121) == []
    presence.touch(who.cleo, ticket, False, NOON + 200)
    assert scalar("SELECT count(*) FROM presence") == 1, "what was left behind is cleared"


def test_who_leaves_is_gone_at_once_and_the_journal_says_nothing(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    before = journal.newest()
    presence.touch(who.ben, ticket, False, NOON)
    presence.leave(who.ben, ticket)
    assert (presence.others(ticket, who.anna, NOON), journal.newest()) == ([], before)


def test_someone_who_looks_does_not_keep_a_ticket_from_being_taken_back(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    presence.touch(who.ben, ticket, True, NOON)
    journal.undo(who.anna, NOON)
    assert scalar("SELECT count(*) FROM presence") == 0
