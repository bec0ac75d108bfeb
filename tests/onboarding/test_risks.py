"""A risk says what may go wrong, who looks after it and what is next, until it is closed."""

import pytest

from models import journal
from models.connection import Desk
from models.errors import NotAllowed, NotFound, StaleRow
from onboarding import risks
from onboarding.errors import OnboardingRefused
from tests.onboarding.board import NOW, term
from tests.tickets.cast import cast


def test_risks_stand_in_the_order_of_their_next_steps(desk: Desk) -> None:
    who = cast()
    number = term(who)
    undated = risks.add(number, "Their firewall team is on leave", "Carla", who.tom, NOW)
    later = risks.add(number, "No staging data", "Tom", who.tom, NOW, next_step="Ask\nagain", due_on="2026-06-20")
    sooner = risks.add(number, "LDAP schema unknown", "Ben", who.ben, NOW, due_on=" 2026-06-10 ")
    assert [row.id for row in risks.risks(number)] == [sooner, later, undated]
    assert risks.risk(later)[2:7] == ("No staging data", "Tom", "Ask again", "2026-06-20", "open")


def test_a_risk_changes_closes_with_a_reason_and_opens_again(desk: Desk) -> None:
    who = cast()
    number = term(who)
    risk_id = risks.add(number, "No staging data", "Tom", who.tom, NOW, due_on="2026-06-20")
    risks.change(risk_id, who.tom, NOW, owner="Ben", next_step="Send a sample", due_on="", version=1)
    assert risks.risk(risk_id)[3:6] == ("Ben", "Send a sample", None)
    with pytest.raises(OnboardingRefused, match="The reason is missing"):
        risks.close(risk_id, " ", who.tom, NOW)
    risks.close(risk_id, "They sent it", who.tom, NOW + 5)
    assert risks.risks(number) == []
    [closed] = risks.risks(number, all_of_them=True)
    assert (closed.state, closed.ended_at) == ("closed", NOW + 5)
    with pytest.raises(OnboardingRefused, match="is closed; open it again first"):
        risks.change(risk_id, who.tom, NOW, owner="Anna")
    with pytest.raises(OnboardingRefused, match="is closed already"):
        risks.close(risk_id, "Twice", who.tom, NOW)
    risks.reopen(risk_id, who.tom, NOW)
    assert [row.ended_at for row in risks.risks(number)] == [None]
    assert journal.operation(journal.newest()).sentence == "Tom opened the risk 'No staging data' of Globex again."


@pytest.mark.parametrize(
    ("what", "owner", "due_on", "sentence"),
    [
        ("", "Tom", None, "The risk is missing"),
        ("Rain", " ", None, "Who looks after the risk is missing"),
        ("Rain", "Tom", "20.6.", "The date of the next step: '20.6.' is no date; write it like 2026-06-30"),
    ],
)
def test_half_a_risk_is_refused(desk: Desk, what: str, owner: str, due_on: str | None, sentence: str) -> None:
    who = cast()
    number = term(who)
    with pytest.raises(OnboardingRefused, match=sentence):
        risks.add(number, what, owner, who.tom, NOW, due_on=due_on)
    assert risks.risks(number, all_of_them=True) == []


def test_two_do_not_overwrite_each_other_and_some_only_look(desk: Desk) -> None:
    who = cast()
    risk_id = risks.add(term(who), "Rain", "Tom", who.tom, NOW)
    risks.change(risk_id, who.ben, NOW, next_step="Umbrella")
    with pytest.raises(StaleRow, match="Ben changed the risk 'Rain' of Globex"):
        risks.change(risk_id, who.tom, NOW, next_step="Roof", version=1)
    with pytest.raises(NotAllowed):
        risks.close(risk_id, "Sun", who.rita, NOW)
    with pytest.raises(NotFound):
        risks.risk(9999)
