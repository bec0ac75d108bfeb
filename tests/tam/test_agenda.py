"""The agenda of a call says what is true, and never writes over what a person typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import journal
from models.connection import Desk
from models.errors import NotAllowed, StaleRow
from tam import actions, agenda, calls
from tam.agenda import Agenda, Section, merged
from tam.call_rules import CallRefused
from tests.tam.call_desk import NOW, call_desk, plan, sentence
from tests.tickets.cast import at, receive


def test_a_draft_is_kept_and_told(desk: Desk) -> None:
    story = call_desk()
    call = plan(story)
    receive(story.who, customer_id=story.bank, subject="LDAP\x1b[2J sync\nstops", severity=1)
    kept = agenda.keep(call, story.tom, NOW, calls.call(call).version)
    assert kept.agenda == (
        "## Open tickets\n"
        "- Severity 1: #1 LDAP[2J sync stops, since Mon 1 Jun 2026 (answer due Mon 1 Jun 2026 10:00)\n\n"
        "## Hours\n- Jun 2026: 0:00 h of 20:00 h spent, 20:00 h left\n"
    )
    assert sentence() == "Tom drafted the agenda of the call with Bank on Wed 3 Jun 2026 10:00."
    journal.undo(story.tom, NOW)
    assert calls.call(call).agenda == ""


def test_a_second_draft_adds_what_is_new_below_what_was_typed(desk: Desk) -> None:
    story = call_desk()
    call = plan(story)
    calls.write(call, story.tom, NOW, 1, agenda="Ask about the merger\n\n## Actions\n- Tom: Send the guide")
    actions.add(story.bank, "Send the guide", "ours", "Tom", None, story.tom, NOW)
    actions.add(story.bank, "Upgrade", "theirs", "Carla", "2026-05-29", story.tom, NOW)
    kept = agenda.keep(call, story.tom, NOW)
    assert kept.agenda == (
        "Ask about the merger\n\n## Actions\n- Tom: Send the guide\n\n"
        "## Actions, as of Mon 1 Jun 2026 09:00\n- Carla: Upgrade, due Fri 29 May 2026 (overdue)\n\n"
        "## Hours, as of Mon 1 Jun 2026 09:00\n- Jun 2026: 0:00 h of 20:00 h spent, 20:00 h left\n"
    )
    assert agenda.keep(call, story.tom, NOW + 60).agenda == kept.agenda


def test_a_stale_draft_and_one_for_a_call_that_is_over_are_refused(desk: Desk) -> None:
    story = call_desk()
    call = plan(story)
    seen = calls.call(call).version
    calls.write(call, story.who.ben, NOW, seen, agenda="Mine")
    with pytest.raises(StaleRow, match="Ben wrote the agenda"):
        agenda.keep(call, story.tom, NOW, seen)
    with pytest.raises(NotAllowed):
        agenda.keep(call, story.who.rita, NOW)
    calls.hold(call, story.tom, at("Wed 10:30"))
    with pytest.raises(CallRefused, match="This call was held"):
        agenda.keep(call, story.tom, at("Wed 10:31"))
    assert calls.call(call).agenda == "Mine"


TEXT = st.text(st.characters(exclude_categories=["C"], exclude_characters="\u2028\u2029"), min_size=1, max_size=20)
AGENDAS = st.lists(
    st.builds(Section, TEXT, st.lists(TEXT.map(str.strip).filter(bool), min_size=1, max_size=3).map(tuple)), max_size=3
).map(lambda sections: Agenda(tuple(sections)))


@given(typed=st.text(max_size=60), drafts=st.lists(AGENDAS, max_size=3))
def test_what_stands_stays_whatever_is_drafted(typed: str, drafts: list[Agenda]) -> None:
    stands = typed
    for drafted in drafts:
        before, stands = stands, merged(stands, drafted, "today")
        assert stands.startswith(before.rstrip())
        assert merged(stands, drafted, "today") == stands
        for _, lines in drafted.sections:
            assert all(line in stands for line in lines)
