"""What customers say is kept with why it matters to them; nobody promises them a date by it."""

import pytest

from models import journal
from models.connection import Desk
from models.errors import NotAllowed, NotFound, StaleRow
from tam import feedback
from tam.call_rules import CallRefused
from tests.tam.call_desk import NOW, call_desk, plan, sentence
from tests.tickets.cast import receive


def test_what_was_said_stands_with_its_call_and_the_ticket_that_follows(desk: Desk) -> None:
    story = call_desk()
    call = plan(story)
    ticket = receive(story.who, customer_id=story.bank, subject="Passkeys", severity=4)
    kept = feedback.log(story.bank, " Passkeys\nplease ", "The board asks", story.who.ben, NOW, call, ticket)
    found = feedback.feedback(kept)
    assert (found.what, found.why, found.person, found.call_id) == ("Passkeys please", "The board asks", "Ben", call)
    assert (found.ticket_id, found.ticket_subject, found.ticket_state) == (ticket, "Passkeys", "open")
    assert feedback.of_customer(story.bank) == feedback.of_call(call) == [found]
    assert sentence() == "Ben noted what Bank said: Passkeys please"
    journal.undo(story.who.ben, NOW)
    assert feedback.of_customer(story.bank) == []


@pytest.mark.parametrize(
    "text",
    [
        "Passkeys come in Q3",
        "we get it by March",
        "ready by the end of may 2027",
        "next release on 12.4.",
        "promised for 2026-09-01, by 2026-09-01",
        "in 3 weeks",
        "within two sprints",
        "it ships next quarter",
        "end of the year",
        "there by Friday",
        "by 2027",
        "H2 2026",
        "mid-june",
    ],
)
def test_what_reads_like_a_promised_date_is_asked_about(sqlite_desk: Desk, text: str) -> None:
    story = call_desk()
    with pytest.raises(feedback.DatePromised, match="no date is promised for a feature"):
        feedback.log(story.bank, text, "", story.tom, NOW)
    with pytest.raises(feedback.DatePromised):
        feedback.log(story.bank, "Passkeys", f"They think {text}", story.tom, NOW)
    kept = feedback.log(story.bank, text, "", story.tom, NOW, confirmed=True)
    assert feedback.feedback(kept).what == text


@pytest.mark.parametrize(
    "text",
    [
        "The march of the audit log is slow",
        "It may fail, and q is no quarter",
        "Since 12.4. the export is 3 times faster",
        "Login takes 3 seconds, on 10 of 12 nodes",
        "Version 2.71 breaks the second factor",
        "",
    ],
)
def test_other_words_are_no_promise(text: str) -> None:
    assert feedback.promised(text) == ""


def test_feedback_is_changed_and_linked_later(desk: Desk) -> None:
    story = call_desk()
    kept = feedback.log(story.bank, "Passkeys", "", story.tom, NOW)
    seen = feedback.feedback(kept)
    ticket = receive(story.who, customer_id=story.bank, subject="Passkeys", severity=4)
    told = feedback.change(kept, story.who.ben, NOW, seen.version, why="The board asks", ticket_id=ticket)
    assert told == f"Ben changed what Bank said: Passkeys (#{ticket})"
    with pytest.raises(StaleRow):
        feedback.change(kept, story.tom, NOW, seen.version, why="x")
    with pytest.raises(feedback.DatePromised, match="“by May”"):
        feedback.change(kept, story.tom, NOW, what="Passkeys by May")
    feedback.change(kept, story.tom, NOW, what="Passkeys by May", confirmed=True)
    assert (feedback.feedback(kept).what, feedback.feedback(kept).ticket_id) == ("Passkeys by May", ticket)


def test_feedback_stays_with_its_customer(desk: Desk) -> None:
    story = call_desk()
    call, ticket = plan(story), receive(story.who)
    with pytest.raises(CallRefused, match=f"#{ticket} is another customer's ticket; link one of Bank"):
        feedback.log(story.bank, "Passkeys", "", story.tom, NOW, ticket_id=ticket)
    with pytest.raises(NotFound, match="no ticket #999"):
        feedback.log(story.bank, "Passkeys", "", story.tom, NOW, ticket_id=999)
    with pytest.raises(CallRefused, match="That call is another customer's"):
        feedback.log(story.who.acme, "Passkeys", "", story.tom, NOW, call_id=call)
    with pytest.raises(NotAllowed):
        feedback.log(story.bank, "Passkeys", "", story.who.rita, NOW)
    with pytest.raises(NotFound):
        feedback.change(999, story.tom, NOW)
