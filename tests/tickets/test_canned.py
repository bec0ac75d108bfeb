"""Replies that are written once: variables are checked when they are saved and filled in when they are sent."""

import json

import pytest

from models import journal
from models.agreements import Contract
from models.connection import Desk
from models.errors import NotFound, StaleRow
from models.reading import scalar
from tests.tickets.cast import Cast, at, cast, everything, receive
from tickets import canned, operations
from tickets.errors import RuleRefused

NOW = at("Mon 09:30")


@pytest.fixture
def who(desk: Desk) -> Cast:
    return cast()


def speaks(who: Cast, *languages: str) -> None:
    """Acme's order names these languages."""
    with journal.transaction(who.anna, NOW, "x") as tx:
        contract = scalar("SELECT id FROM contract WHERE customer_id = ?", (who.acme,))
        tx.update(Contract, contract, order=json.dumps({"languages": languages}))
        tx.say("The order was changed.")


def test_every_variable_is_filled_in(who: Cast) -> None:
    ticket = receive(who, contact_id=who.carla, subject="Login {me}")
    body = "; ".join(f"{{{name}}}" for name in canned.VARIABLES)
    reply = canned.create("All", body, who.ben, NOW)
    shown = canned.render(reply, ticket, who.ben, NOW)
    assert shown.text == (f"Acme; Carla; #{ticket}; Login {{me}}; 2; open; Production; 11:00 (Europe/Zurich); Ben")
    assert shown.unfilled == ()


def test_a_variable_that_there_is_not_is_refused_with_the_nearest(who: Cast) -> None:
    with pytest.raises(RuleRefused, match=r"no variable \{custmer\}; did you mean 'customer'"):
        canned.create("Typo", "Dear {custmer}", who.ben, NOW)
    reply = canned.create("Code", 'Send {{custmer}} and {"json": 1} {} {A}', who.ben, NOW)
    assert canned.render(reply, receive(who), who.ben, NOW).text == 'Send {custmer} and {"json": 1} {} {A}'


def test_a_variable_without_a_value_stays_visible_and_is_not_sent_unread(who: Cast) -> None:
    ticket = receive(who)
    operations.reply(ticket, "We are on it.", who.ben, NOW)
    reply = canned.create("Due", "We answer by {due}.", who.ben, NOW)
    shown = canned.render(reply, ticket, who.ben, NOW)
    assert (shown.text, shown.unfilled) == ("We answer by {due}.", ("due",))
    with pytest.raises(RuleRefused, match=r"nothing to put for \{due\}"):
        canned.ready(reply, ticket, who.ben, NOW)


def test_the_language_of_the_contract_is_chosen_and_english_where_it_was_not_written(who: Cast) -> None:
    ticket = receive(who)
    english = canned.create("Hello", "Hello {contact}", who.ben, NOW, language="English")
    canned.create("Hello", "Guten Tag {contact}", who.ben, NOW, language="de-CH")
    assert canned.render(english, ticket, who.ben, NOW).text == "Hello Acme"
    speaks(who, "German", "English")
    assert canned.render(english, ticket, who.ben, NOW) == ("Guten Tag Acme", "de", ())
    speaks(who, "French")
    assert canned.render(english, ticket, who.ben, NOW).language == "en"


def test_a_reply_belongs_to_its_maker_or_to_all(who: Cast) -> None:
    mine = canned.create("Mine", "Hello", who.ben, NOW)
    shared = canned.create("Ours", "Hello", who.anna, NOW, shared=True)
    assert [reply.id for reply in canned.replies(who.ben)] == [mine, shared]
    assert [reply.id for reply in canned.replies(who.cleo)] == [shared]
    with pytest.raises(NotFound):
        canned.render(mine, receive(who), who.cleo, NOW)
    with pytest.raises(RuleRefused, match="only a lead"):
        canned.change(shared, who.ben, NOW, body="Bye")
    with pytest.raises(RuleRefused, match="Only a lead"):
        canned.create("Theirs", "Hello", who.ben, NOW, shared=True)


@pytest.mark.parametrize(
    ("name", "body", "language", "told"),
    [("", "x", "en", "needs a name"), ("A", " ", "en", "needs a text"), ("A", "x", "??", "no language")],
)
def test_what_cannot_be_kept_is_refused(who: Cast, name: str, body: str, language: str, told: str) -> None:
    with pytest.raises(RuleRefused, match=told):
        canned.create(name, body, who.ben, NOW, language=language)


def test_one_name_is_there_once_in_each_language(who: Cast) -> None:
    canned.create("Hello", "Hello", who.ben, NOW)
    with pytest.raises(RuleRefused, match="already in en"):
        canned.create("hello", "Hi", who.ben, NOW, language="English")


def test_changing_and_deleting_can_be_undone(who: Cast) -> None:
    reply = canned.create("Hello", "Hello", who.ben, NOW)
    for change in (
        lambda: canned.change(reply, who.ben, NOW, name="Hi", body="Hi {contact}"),
        lambda: canned.delete(reply, who.ben, NOW),
    ):
        before = everything("canned_reply")
        change()
        assert everything("canned_reply") != before
        journal.undo(who.ben, NOW)
        assert everything("canned_reply") == before


def test_a_list_for_a_ticket_begins_with_the_languages_of_its_contract(who: Cast) -> None:
    ticket = receive(who)
    for name, language in (("Adieu", "fr"), ("Bye", "en"), ("Ciao", "it"), ("Danke", "de"), ("Merci", "fr")):
        canned.create(name, "Text", who.ben, NOW, language=language)
    speaks(who, "German", "French")
    assert [reply.name for reply in canned.replies_for(ticket, who.ben)] == ["Danke", "Adieu", "Merci", "Bye", "Ciao"]
    assert [reply.name for reply in canned.replies(who.ben)] == ["Adieu", "Bye", "Ciao", "Danke", "Merci"]


def test_a_ticket_of_nobody_with_a_contract_lists_them_by_name(who: Cast) -> None:
    canned.create("Bye", "Text", who.ben, NOW)
    canned.create("Adieu", "Text", who.ben, NOW, language="fr")
    assert [reply.name for reply in canned.replies_for(99, who.ben)] == ["Adieu", "Bye"]


def test_a_reply_moves_to_another_language_where_its_name_is_free(who: Cast) -> None:
    reply = canned.create("Hello", "Hallo", who.ben, NOW)
    canned.change(reply, who.ben, NOW, language="German")
    assert canned.reply_of(reply, who.ben).language == "de"
    other = canned.create("Hello", "Hello", who.ben, NOW)
    with pytest.raises(RuleRefused, match="already in de"):
        canned.change(other, who.ben, NOW, language="de")


def test_a_stale_copy_neither_changes_nor_deletes(who: Cast) -> None:
    reply = canned.create("Hello", "Hello", who.anna, NOW, shared=True)
    opened = canned.reply_of(reply, who.anna)
    canned.change(reply, who.anna, NOW, body="Good morning")
    for late in (
        lambda: canned.change(reply, who.anna, NOW, body="Hi", version=opened.version),
        lambda: canned.delete(reply, who.anna, NOW, version=opened.version),
    ):
        with pytest.raises(StaleRow, match="changed the canned reply 'Hello'"):
            late()
    assert canned.reply_of(reply, who.anna).body == "Good morning"
    canned.delete(reply, who.anna, NOW, version=opened.version + 1)
    assert canned.replies(who.anna) == []
