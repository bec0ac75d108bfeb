"""Finding a ticket by what was written, the newest first, with the words marked in a piece of the text."""

import pytest

from models import journal
from models.connection import Desk
from models.tickets import Message
from tests.tickets.cast import Cast, at, cast, receive
from tickets import operations, search
from tickets.query.language import QueryError

NOW = at("Tue 10:00")


@pytest.fixture
def who(desk: Desk) -> Cast:
    return cast()


def found(who: Cast, text: str, **asked: object) -> list[search.Hit]:
    return search.search(text, who.ben, NOW, **asked).hits  # type: ignore[arg-type]


def marked(hit: search.Hit) -> list[str]:
    return [hit.excerpt.text[start:end] for start, end in hit.excerpt.marks]


def test_a_subject_a_message_and_a_note_are_found_the_newest_first(who: Cast) -> None:
    subject = receive(who, "Mon 08:00", subject="Token trouble", body="See below.")
    message = receive(who, "Mon 08:10", subject="Login", body="The token expires early.")
    note = receive(who, "Mon 08:20", subject="Other", body="Please help.")
    operations.note(note, "Same token as last week?", who.ben, at("Mon 09:00"))
    hits = found(who, "token")
    assert [(hit.row.id, hit.kind) for hit in hits] == [(note, "note"), (message, "message"), (subject, "subject")]
    assert [marked(hit) for hit in hits] == [["token"], ["token"], ["Token"]]
    assert [hit.author for hit in hits] == ["Ben", "Acme", "Acme"]


def test_a_ticket_is_found_once_by_its_newest_text(who: Cast) -> None:
    ticket = receive(who, body="A token.")
    for minute in (10, 20):
        operations.note(ticket, f"token again, {minute}", who.ben, at(f"Mon 09:{minute}"))
    assert [hit.excerpt.text for hit in found(who, "token")] == ["token again, 20"]


def test_all_words_stand_in_the_same_text_and_a_phrase_in_its_order(who: Cast) -> None:
    both = receive(who, subject="One", body="The token has expired.")
    receive(who, subject="token", body="expired")
    phrase = receive(who, subject="Two", body="Error: token\nexpired")
    assert {hit.row.id for hit in found(who, "token expired")} == {both, phrase}
    assert [hit.row.id for hit in found(who, '"token expired"')] == [phrase]
    assert marked(found(who, '"token expired"')[0]) == ["token expired"]


def test_words_and_conditions_narrow_together_and_done_tickets_count(who: Cast) -> None:
    mine = receive(who, subject="token")
    other = receive(who, subject="token", customer_id=who.globex)
    operations.reply(mine, "Done.", who.ben, at("Mon 09:10"), then="solved")
    assert {hit.row.id for hit in found(who, "token")} == {mine, other}
    assert [hit.row.id for hit in found(who, "token customer:acme")] == [mine]
    assert [hit.row.id for hit in found(who, "token state:open")] == [other]
    assert [hit.row.id for hit in found(who, "token -owner:ben")] == [other]
    assert [hit.row.id for hit in found(who, "customer:globex")] == [other]


def test_while_it_is_typed_the_last_word_may_go_on(who: Cast) -> None:
    ticket = receive(who, subject="Certificate of the custom domain")
    assert found(who, "certif") == []
    assert [marked(hit) for hit in found(who, "custom certif", typing=True)] == [["Certificate", "custom"]]
    assert found(who, "certif ", typing=True) == []
    assert [hit.row.id for hit in found(who, "certificate", typing=True)] == [ticket]


def test_accents_and_case_are_marked_where_they_stand(who: Cast) -> None:
    receive(who, subject="Größe der SITZUNG läuft ab")
    assert marked(found(who, "sitzung LÄUFT")[0]) == ["SITZUNG", "läuft"]


@pytest.mark.parametrize(
    "text", ['"', "AND", "NEAR(token x)", "token*", "subject:token", "^token", "'token'", "a OR b"]
)
def test_what_is_typed_is_never_syntax_of_the_index(who: Cast, text: str) -> None:
    receive(who, subject="Something else")
    try:
        assert found(who, text) == []
    except QueryError as error:
        assert str(error)


def test_pages_of_results_follow_each_other(who: Cast) -> None:
    for minute in range(12):
        receive(who, f"Mon 09:{minute:02}", subject="token")
    first = search.search("token", who.ben, NOW, limit=5)
    second = search.search("token", who.ben, NOW, limit=5, after=first.hits[-1].key)
    third = search.search("token", who.ben, NOW, limit=5, after=second.hits[-1].key)
    numbers = [hit.row.id for page in (first, second, third) for hit in page.hits]
    assert numbers == sorted(numbers, reverse=True)
    assert (len(numbers), first.more, third.more) == (12, True, False)
    assert [hit.row.id for hit in search.search("sev:2", who.ben, NOW, limit=50).hits] == numbers


def test_more_hits_than_are_looked_through_is_said(who: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "HITS", 3)
    for _ in range(4):
        receive(who, subject="token")
    told = search.search("token", who.ben, NOW)
    assert len(told.hits) == 3
    assert told.left_out == "Only the newest 3 texts with these words were looked at; add a word."
    assert search.search("token customer:acme", who.ben, NOW).left_out == ""


def test_a_word_deep_in_a_long_message_is_shown_where_it_stands(who: Cast) -> None:
    ticket = receive(who)
    body = "stack trace " * 5_000 + "needle at the end"
    with journal.transaction(who.ben, NOW, "note", ticket) as tx:
        tx.insert(Message, ticket=ticket, side="vendor", kind="note", author="Ben", at=NOW, body=body)
        tx.say("Ben noted.")
    hit = found(who, "needle")[0]
    assert (hit.kind, marked(hit)) == ("note", ["needle"])


def test_what_was_undone_is_not_found(who: Cast) -> None:
    ticket = receive(who)
    operations.note(ticket, "The cookie domain?", who.ben, at("Mon 09:10"))
    assert found(who, "cookie")
    journal.undo(who.ben, at("Mon 09:20"))
    assert found(who, "cookie") == []
