"""What a held session covered becomes done once a person says so, as one step that can be undone."""

import pytest

from models import journal
from models.connection import Desk
from models.errors import NotAllowed
from onboarding import covering, sessions, tailoring
from onboarding.errors import OnboardingRefused
from tests.onboarding.board import NOW, columns, term
from tests.tickets.cast import Cast, at, cast

THURSDAY = at("Thu 14:00")
LATER = THURSDAY + 7200


def held(who: Cast, number: int, covers: list[int]) -> int:
    """A session that was held, and covered these."""
    planned = sessions.plan(number, sessions.KNOWLEDGE_TRANSFER, "Tokens", THURSDAY, 60, who.tom, NOW, covers=covers)
    sessions.hold(planned.session_id, "Jo and Mia", who.tom, LATER)
    return planned.session_id


def own(who: Cast, number: int, title: str) -> int:
    return tailoring.add(number, title, who.tom, NOW, topic="Their own")


def state(item_id: int) -> str:
    return str(columns("onboarding_item", item_id, "state")[0])


def test_what_was_covered_is_done_as_one_step_and_undone_as_one(desk: Desk) -> None:
    who = cast()
    number = term(who)
    first, second = own(who, number, "Tokens"), own(who, number, "Logs")
    session = held(who, number, [first, second])
    found = covering.accept(session, [first, second], who.tom, LATER)
    assert (found.done, found.refused) == ((first, second), ())
    assert found.sentence == "Tom called 2 items of Globex done after Tokens."
    assert (state(first), state(second)) == ("done", "done")
    assert sessions.proposals(session) == []
    journal.undo(who.tom, LATER)
    assert (state(first), state(second)) == ("to do", "to do")


def test_one_that_comes_after_another_is_done_after_it_whatever_the_order(desk: Desk) -> None:
    who = cast()
    number = term(who)
    first, second = own(who, number, "Tokens"), own(who, number, "Logs")
    tailoring.need(second, first, who.tom, NOW)
    found = covering.accept(held(who, number, [second, first]), [second, first], who.tom, LATER)
    assert found.done == (first, second)


def test_one_that_waits_for_something_else_stays_open_and_says_for_what(desk: Desk) -> None:
    who = cast()
    number = term(who)
    first, second, third = (own(who, number, title) for title in ("Tokens", "Logs", "Alerts"))
    tailoring.need(third, first, who.tom, NOW)
    found = covering.accept(held(who, number, [second, third]), [second, third], who.tom, LATER)
    assert found.done == (second,)
    [why] = found.refused
    assert "Alerts comes after Tokens" in why
    assert state(third) == "to do"


def test_where_nothing_can_be_done_nothing_is_written(desk: Desk) -> None:
    who = cast()
    number = term(who)
    first, third = own(who, number, "Tokens"), own(who, number, "Alerts")
    tailoring.need(third, first, who.tom, NOW)
    session = held(who, number, [third])
    before = journal.newest()
    with pytest.raises(OnboardingRefused, match="Alerts comes after Tokens"):
        covering.accept(session, [third], who.tom, LATER)
    assert journal.newest() == before


def test_only_what_is_proposed_is_accepted(desk: Desk) -> None:
    who = cast()
    number = term(who)
    first, other = own(who, number, "Tokens"), own(who, number, "Logs")
    session = held(who, number, [first])
    for chosen in ([], [other], [first, other]):
        with pytest.raises(OnboardingRefused, match="choose among these"):
            covering.accept(session, chosen, who.tom, LATER)
    with pytest.raises(NotAllowed):
        covering.accept(session, [first], who.rita, LATER)
