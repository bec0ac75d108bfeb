"""Two who write for the same call lose nothing, and are in each other's way only over the same text."""

import pytest

from models.connection import Desk
from models.errors import StaleRow
from tam import agenda, calls
from tam.call_texts import save_text
from tests.tam.call_desk import NOW, call_desk, plan
from tests.tickets.cast import at


def test_notes_and_agenda_of_two_people_are_both_kept(desk: Desk) -> None:
    story = call_desk()
    began = calls.call(plan(story))
    save_text(began.id, "agenda", "LDAP", began, story.who.ben, NOW)
    saved = save_text(began.id, "notes", "They agree", began, story.tom, NOW)
    assert (saved.agenda, saved.notes) == ("LDAP", "They agree")


def test_the_same_text_is_refused_with_who_wrote_it(desk: Desk) -> None:
    story = call_desk()
    began = calls.call(plan(story))
    theirs = save_text(began.id, "notes", "Ben's", began, story.who.ben, NOW)
    with pytest.raises(StaleRow, match=r"The notes changed since you opened them: Ben wrote the notes"):
        save_text(began.id, "notes", "Tom's", began, story.tom, NOW)
    assert calls.call(began.id).notes == "Ben's"
    assert save_text(began.id, "notes", "Tom's", theirs, story.tom, NOW).notes == "Tom's"


def test_an_agenda_that_nobody_wrote_is_kept_as_drafted_when_the_call_is_held(desk: Desk) -> None:
    story = call_desk()
    call_id = plan(story, "Mon 10:00")
    drafted = agenda.draft(call_id, at("Mon 10:30")).text
    calls.hold(call_id, story.tom, at("Mon 10:30"))
    assert drafted.startswith("## ")
    assert calls.call(call_id).agenda == drafted


def test_an_agenda_that_was_written_stays_when_the_call_is_held(desk: Desk) -> None:
    story = call_desk()
    call_id = plan(story, "Mon 10:00")
    save_text(call_id, "agenda", "Only LDAP", calls.call(call_id), story.tom, NOW)
    calls.hold(call_id, story.tom, at("Mon 10:30"))
    assert calls.call(call_id).agenda == "Only LDAP"
