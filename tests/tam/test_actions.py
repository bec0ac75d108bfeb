"""What was agreed in a call is carried from call to call until it is done or dropped."""

from typing import Any

import pytest

from models import journal
from models.connection import Desk
from models.customers import Customer
from models.errors import NotAllowed, NotFound, StaleRow
from tam import actions, calls
from tam.call_rules import CallRefused
from tests.tam.call_desk import DAY, NOW, CallDesk, call_desk, plan, sentence
from tests.tickets.cast import at


def add(story: CallDesk, what: str = "Send the LDAP guide", due_on: str | None = "2026-06-03", **changed: Any) -> int:
    said: dict[str, Any] = {"side": "ours", "owner": "", "actor": story.tom, "at": NOW, "person_id": story.tom}
    return actions.add(story.bank, what, due_on=due_on, **(said | changed))


def test_an_action_has_a_side_an_owner_and_a_day(desk: Desk) -> None:
    story = call_desk()
    ours = actions.action(add(story), NOW)
    theirs = actions.action(add(story, "Upgrade", None, side="theirs", owner=" Carla ", person_id=None), NOW)
    assert (ours.side, ours.owner, ours.person_id, ours.due_on) == ("ours", "Tom", story.tom, "2026-06-03")
    assert (theirs.side, theirs.owner, theirs.person_id, theirs.due_on) == ("theirs", "Carla", None, None)
    assert sentence() == "Tom noted for Bank: Upgrade (Carla)."
    assert [each.id for each in actions.actions(story.bank, NOW)] == [ours.id, theirs.id]
    assert [each.id for each in actions.of_person(story.tom, NOW)] == [ours.id]


def test_an_action_is_overdue_once_its_day_has_passed_where_the_customer_is(desk: Desk) -> None:
    story = call_desk()
    action = add(story)
    assert actions.overdue_counts(at("Wed 23:59")) == {}
    assert actions.overdue_counts(at("Thu 00:00")) == {story.bank: 1}
    with journal.transaction(None, NOW, "moves") as tx:
        tx.update(Customer, story.bank, zone="Pacific/Auckland")
        tx.say("Bank moved.")
    assert actions.action(action, at("Wed 14:00")).overdue == 1
    actions.done(action, story.tom, at("Wed 14:01"))
    assert (actions.action(action, at("Fri 12:00")).overdue, actions.overdue_counts(at("Fri 12:00"))) == (0, {})


def test_open_actions_are_carried_to_the_next_call_and_finished_ones_are_not(desk: Desk) -> None:
    story = call_desk()
    first, second = plan(story, "Tue 10:00"), plan(story, "Fri 10:00")
    carried, finished = add(story), add(story, "Look at the logs", call_id=first)
    actions.done(finished, story.tom, at("Wed 09:00"))
    calls.hold(first, story.tom, at("Tue 11:00"))
    brought = add(story, "Ask the board", at=at("Tue 10:20"), call_id=first, due_on=None)
    after = at("Thu 09:00")
    assert [each.id for each in actions.for_call(first, after)] == [carried, finished, brought]
    assert [each.id for each in actions.for_call(second, after)] == [carried, brought]


def test_done_and_dropped_are_told_and_undone(desk: Desk) -> None:
    story = call_desk()
    one, other = add(story), add(story, "Write a script", person_id=None)
    assert actions.done(one, story.who.ben, NOW) == "Ben finished for Bank: Send the LDAP guide."
    assert actions.drop(other, "they found one", story.tom, NOW) == (
        "Tom dropped for Bank: Write a script: they found one."
    )
    assert [(each.id, each.state) for each in actions.actions(story.bank, NOW, None)] == [
        (one, "done"),
        (other, "dropped"),
    ]
    with pytest.raises(CallRefused, match="is dropped already"):
        actions.done(other, story.tom, NOW)
    with pytest.raises(CallRefused, match="Say why it is dropped"):
        actions.drop(add(story), " ", story.tom, NOW)
    journal.undo(story.who.ben, NOW)
    assert actions.action(one, NOW).state == "open"


def test_an_action_is_changed_by_one_person_at_a_time(desk: Desk) -> None:
    story = call_desk()
    action = add(story)
    seen = actions.action(action, NOW)
    told = actions.change(action, story.tom, NOW, seen.version, due_on="2026-06-05", owner="", person_id=story.who.ben)
    assert told == "Tom changed for Bank: Send the LDAP guide (Ben, due Fri 5 Jun 2026)."
    with pytest.raises(StaleRow):
        actions.change(action, story.who.ben, NOW, seen.version, what="Send it")
    actions.change(action, story.tom, NOW, side="theirs", owner="Carla", due_on="")
    now = actions.action(action, NOW)
    assert (now.side, now.owner, now.person_id, now.due_on, now.what) == (
        "theirs",
        "Carla",
        None,
        None,
        "Send the LDAP guide",
    )


@pytest.mark.parametrize(
    ("changed", "part"),
    [
        ({"what": "\n"}, "Say what is to be done"),
        ({"side": "both"}, "ours or theirs"),
        ({"due_on": "soon"}, "is not a date"),
        ({"side": "theirs"}, "cannot own what is theirs"),
        ({"person_id": 99}, "has to be on this desk"),
    ],
)
def test_what_is_no_action_is_refused(sqlite_desk: Desk, changed: dict[str, Any], part: str) -> None:
    story = call_desk()
    with pytest.raises(CallRefused, match=part):
        add(story, **changed)


def test_actions_stay_with_their_customer_and_readers_add_none(desk: Desk) -> None:
    story = call_desk()
    call = plan(story)
    with pytest.raises(CallRefused, match="another customer's"):
        actions.add(story.who.acme, "Mix up", "ours", "", None, story.tom, NOW, call_id=call)
    with pytest.raises(NotAllowed):
        add(story, actor=story.who.rita)
    with pytest.raises(NotFound):
        actions.done(999, story.tom, NOW + DAY)
