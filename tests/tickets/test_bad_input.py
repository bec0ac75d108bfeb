"""Whatever is typed, pasted or named: it works, or a sentence says what to do; and nothing has changed then."""

from collections.abc import Callable
from typing import Any

import pytest

from models import journal
from models.connection import Desk
from models.errors import DomainError
from models.reading import scalar
from tests.tickets.cast import Cast, at, cast, everything, receive
from tickets import operations, ticket_reading
from tickets.search import search

NOW = at("Mon 10:00")
MEGABYTES = 10_000_000


@pytest.fixture
def who(desk: Desk) -> Cast:
    """#1 to #3 are Acme's, #4 Globex's, #5 closed, #6 merged into #1; #1 duplicates #2, which duplicates #3."""
    people = cast()
    for _ in range(3):
        receive(people)
    receive(people, customer_id=people.globex)
    receive(people)
    operations.reply(5, "Done.", people.ben, NOW, then="solved")
    operations.change_state(5, "closed", people.ben, NOW)
    receive(people)
    operations.merge(6, 1, people.ben, NOW)
    operations.link(1, 2, "duplicates", people.ben, NOW)
    operations.link(2, 3, "duplicates", people.ben, NOW)
    return people


def request(**changed: Any) -> Callable[[int], object]:
    return lambda anna: operations.receive(
        **({"customer_id": 1, "subject": "It fails", "body": "Help", "severity": 2} | changed), actor=anna, at=NOW
    )


REFUSED: dict[str, tuple[Callable[[int], object], str]] = {
    "an unknown customer": (request(customer_id=99), "There is no customer 99; choose one from the list."),
    "severity 5": (request(severity=5), "Severities are 1 to 4; there is no severity 5."),
    "severity 5 of the customer": (request(customer_severity=5), "Severities are 1 to 4"),
    "no subject": (request(subject=" \n"), "A ticket needs a subject"),
    "a subject of ten megabytes": (request(subject="x" * MEGABYTES), "at most 1,000 signs"),
    "an unknown channel": (request(channel="fax"), "there is no channel 'fax'; known: ticket"),
    "a change to severity 5": (lambda a: operations.change_severity(1, 5, "So it is", a, NOW), "Severities are 1 to 4"),
    "an empty reply": (lambda a: operations.reply(1, " \r\n\t", a, NOW), "There is nothing to send"),
    "an empty note": (lambda a: operations.note(1, "", a, NOW), "There is nothing to send"),
    "a reply to nothing": (lambda a: operations.reply(99, "Hi", a, NOW), "There is no ticket #99; check the number."),
    "a reply to a closed ticket": (lambda a: operations.reply(5, "Hi", a, NOW), "#5 is closed; open it again with S"),
    "a reply to a merged one": (lambda a: operations.reply(6, "Hi", a, NOW), "#6 was merged into #1; write there."),
    "a merge with itself": (lambda a: operations.merge(1, 1, a, NOW), "#1 cannot be merged with itself."),
    "a merge with nothing": (lambda a: operations.merge(1, 99, a, NOW), "There is no ticket #99"),
    "a merge across customers": (lambda a: operations.merge(1, 4, a, NOW), "nobody may read what another customer"),
    "a merge back": (lambda a: operations.merge(1, 6, a, NOW), "#6 was merged into #1 already"),
    "a link with itself": (lambda a: operations.link(1, 1, "related", a, NOW), "#1 cannot be linked with itself."),
    "a circular link": (lambda a: operations.link(2, 1, "duplicates", a, NOW), "a circle of duplicates"),
    "a wider circle": (lambda a: operations.link(3, 1, "duplicates", a, NOW), "a circle of duplicates"),
    "an unknown kind of link": (lambda a: operations.link(1, 3, "like", a, NOW), "A link is related or duplicates"),
    "a split off nothing": (lambda a: operations.split(1, 99, "Other", a, NOW), "#1 has no message 99 any more"),
    "an unknown colleague": (lambda a: operations.assign(1, 99, a, NOW), "There is nobody active with number 99"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_in_a_sentence_and_nothing_has_changed(who: Cast, what: str) -> None:
    do, sentence = REFUSED[what]
    before, newest = everything(), journal.newest()
    with pytest.raises(DomainError, match=sentence.replace("(", r"\(")):
        do(who.anna)
    assert (everything(), journal.newest()) == (before, newest)


@pytest.mark.parametrize(
    "text",
    ["x" * MEGABYTES, "login fails " * (MEGABYTES // 12), "a\nb\r\n\tc\x1b[2J\x07", "日本語 \U0001f600 e\u0301"],
    ids=["one long word", "many words", "controls", "wide"],
)
def test_a_paste_is_kept_to_the_last_sign(who: Cast, text: str) -> None:
    operations.note(1, text, who.anna, NOW)
    operations.reply(1, text, who.anna, NOW + 60)
    noted, sent = ticket_reading.conversation(1)[-2:]
    assert (ticket_reading.body(noted.id, MEGABYTES), ticket_reading.body(sent.id, MEGABYTES)) == (text, text)
    assert sent.length == len(text)
    assert search("login", who.anna, NOW).hits


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"], ids=["a zero", "half a character"])
def test_what_no_database_keeps_is_shown_as_a_sign_in_its_place(who: Cast, text: str) -> None:
    operations.note(1, text, who.anna, NOW)
    operations.receive(customer_id=1, subject=text, body=text, severity=3, actor=who.anna, at=NOW)
    assert ticket_reading.conversation(1)[-1].body == "a\ufffdb"
    assert scalar("SELECT subject FROM ticket WHERE id = 7") == "a\ufffdb"


def test_a_name_that_is_no_text_is_refused_in_a_sentence(who: Cast) -> None:
    with pytest.raises(DomainError, match="no text in any alphabet"):
        operations.receive(customer_id=1, subject="x", body="y", severity=3, queue="\ud800", actor=who.anna, at=NOW)
