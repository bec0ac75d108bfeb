"""The preview of a ticket: who, what was agreed, what runs, and the last words."""

from contracts.adoption import adopt
from models import journal
from models.connection import Desk
from models.customers import Customer
from models.reading import one
from tests.tickets.cast import ZONE, Cast, at, cast, receive
from tickets import operations
from tickets.cards import LAST_TEXT, card, message_count
from tickets.records import Card

NOW = at("Mon 10:00")


def shown(ticket: int, now: int = NOW) -> Card:
    found = card(ticket, now, ZONE)
    assert found is not None
    return found


def test_a_card_says_who_wrote_what_was_agreed_and_when_it_is_due(desk: Desk) -> None:
    who: Cast = cast()
    with journal.transaction(None, NOW, "tam") as tx:
        tx.update(Customer, who.acme, tam=who.tom)
        tx.say("Tom looks after Acme.")
    number = receive(who, contact_id=who.carla)
    told = shown(number)
    assert (told.contact, told.tam_line, told.plan_line) == ("Carla", "TAM Tom", "Production + extended · cloud")
    assert told.clock_line == "2 extended hours, received 09:00, due 11:00"
    assert (told.last_side, told.last_at) == ("customer", at("Mon 09:00"))
    assert told.last_text == "Nobody gets in since this morning."


def test_the_last_words_are_the_newest_cut_to_what_fits(desk: Desk) -> None:
    who = cast()
    number = receive(who)
    operations.note(number, "x" * (LAST_TEXT + 7), who.ben, NOW)
    told = shown(number)
    assert (told.last_author, told.last_side, len(told.last_text)) == ("Ben", "vendor", LAST_TEXT)
    assert message_count(number) == 2


def test_the_line_of_the_clock_agrees_with_the_list(desk: Desk) -> None:
    who = cast()
    number = receive(who)
    operations.reply(number, "Please upgrade.", who.ben, at("Mon 10:00"))
    assert shown(number).clock_line == "2 extended hours, received 09:00, due 11:00, answered 10:00"
    operations.escalate(number, "urgent", "The board asks.", who.ben, at("Mon 10:00"))
    assert shown(number).clock_line.startswith("manager's answer, ")
    operations.answer_escalation(number, who.anna, at("Mon 10:30"))
    told = shown(number, at("Mon 10:30"))
    assert told.clock_line == "2 extended hours, received 09:00, due 11:00, answered 10:00"
    assert told.row.due_at == at("Mon 11:00")


def test_an_answered_escalation_does_not_stand_for_a_clock_that_is_void(desk: Desk) -> None:
    who = cast()
    number = receive(who, customer_id=who.plain, severity=1)
    operations.change_severity(number, 3, "One user only.", who.ben, at("Mon 09:30"))
    operations.escalate(number, "non-urgent", "No news.", who.ben, at("Mon 09:40"))
    operations.answer_escalation(number, who.anna, at("Mon 09:50"))
    told = shown(number)
    assert "no clock" in told.clock_line
    assert told.row.due_at is None


def test_without_a_clock_the_word_for_it_is_shown(desk: Desk) -> None:
    who = cast()
    words = [
        shown(receive(who, **columns)).clock_line
        for columns in (
            {"customer_id": who.plain, "severity": 3},
            {"customer_id": who.globex, "severity": 1},
            {"customer_id": who.hobby, "channel": "community"},
        )
    ]
    assert words == ["best effort, no clock runs", "not agreed yet, no clock runs", "no clock"]


def test_the_plan_is_the_one_that_held_at_receipt(desk: Desk) -> None:
    who = cast()
    before = receive(who)
    adopt(who.acme, "2023-10-06", at("Tue 00:00"), who.anna, NOW, plan="Extended SLA")
    after = receive(who, "Tue 09:00")
    assert [shown(number).plan_line for number in (before, after)] == [
        "Production + extended · cloud",
        "Extended sla · cloud",
    ]
    assert shown(receive(who, customer_id=who.stray)).plan_line == "no contract · ticket"


def test_a_ticket_that_is_gone_has_no_card(desk: Desk) -> None:
    cast()
    assert card(99, NOW, ZONE) is None
    assert one("SELECT count(*) FROM ticket") == (0,)
