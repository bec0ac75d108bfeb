"""Sessions are planned, held, missed or cancelled; what a held one covered is proposed as done, never decided."""

from typing import Any

import pytest

from models import journal
from models.connection import Desk
from models.errors import DomainError, NotAllowed, NotFound, StaleRow
from models.onboardings import OnboardingItem
from onboarding import sessions
from onboarding.errors import OnboardingRefused
from onboarding.health import AT_RISK
from onboarding.portfolio import line_of
from onboarding.sessions import ADMINISTRATOR_TRAINING, DEVOPS_TRAINING, KNOWLEDGE_TRANSFER
from tests.onboarding.board import NOW, item, term
from tests.tickets.cast import Cast, at, cast

THURSDAY = at("Thu 14:00")
ITEMS = ("observability", "token-validation")


def planned(who: Cast, number: int, **said: Any) -> int:
    values = {"kind": KNOWLEDGE_TRANSFER, "title": "Tokens and logs", "starts_at": THURSDAY, "minutes": 90}
    return sessions.plan(number, actor=who.tom, at=NOW, **(values | said)).session_id


def set_state(item_id: int, state: str) -> None:
    with journal.transaction(None, NOW, "set") as tx:
        tx.update(OnboardingItem, item_id, state=state)
        tx.say("It changed.")


def test_a_session_is_planned_with_its_audience_and_what_it_covers(desk: Desk) -> None:
    who = cast()
    number = term(who)
    covered = [item(number, key) for key in ITEMS]
    found = sessions.plan(
        *(number, DEVOPS_TRAINING, " Running\nit ", THURSDAY, 120, who.tom, NOW),
        audience="Their operators",
        covers=[*covered, covered[0]],
        note="Bring logs",
    )
    assert found.warnings == ()
    [row] = sessions.sessions(number)
    assert row[:9] == (
        *(found.session_id, number, DEVOPS_TRAINING, "Running it", THURSDAY, 120),
        "Their operators",
        "",
        "planned",
    )
    assert (row.covers, row.note) == (tuple(covered), "Bring logs")
    assert journal.operation(journal.newest()).sentence == (
        "Tom planned Running it (DevOps training) with Globex: Thu 4 Jun 14:00."
    )


@pytest.mark.parametrize(
    ("starts_at", "warning"),
    [
        ("Sat 10:00", "2026-06-06 is no working day in Globex's region."),
        ("2026-05-29 10:00", "Fri 29 May 10:00 has gone by already."),
        ("2026-09-01 10:00", "The go-live is on 2026-08-31, before this session."),
        ("Thu 15:00", "Tokens and logs is at the same time."),
    ],
)
def test_an_odd_time_is_warned_of_and_kept(desk: Desk, starts_at: str, warning: str) -> None:
    who = cast()
    number = term(who)
    planned(who, number)
    found = sessions.plan(number, ADMINISTRATOR_TRAINING, "Roles", at(starts_at), 60, who.tom, NOW)
    assert found.warnings == (warning,)
    assert sessions.session(found.session_id).starts_at == at(starts_at)


def test_one_right_after_another_is_not_at_the_same_time(desk: Desk) -> None:
    who = cast()
    number = term(who)
    planned(who, number)
    after = sessions.plan(number, KNOWLEDGE_TRANSFER, "More", THURSDAY + 90 * 60, 60, who.tom, NOW)
    assert after.warnings == ()


def test_a_held_session_proposes_what_it_covered_and_leaves_the_items_alone(desk: Desk) -> None:
    who = cast()
    number = term(who)
    logs, tokens = (item(number, key) for key in ITEMS)
    session_id = planned(who, number, covers=[logs, tokens])
    assert sessions.proposals(session_id) == []
    assert sessions.hold(session_id, "Carla and two operators", who.tom, THURSDAY + 5400) == [logs, tokens]
    row = sessions.session(session_id)
    assert (row.state, row.attendance) == ("held", "Carla and two operators")
    set_state(tokens, "done")
    assert sessions.proposals(session_id) == [logs]
    set_state(logs, "not needed")
    assert sessions.proposals(session_id) == []


def test_what_was_missed_weighs_on_the_health_until_it_has_a_new_time(desk: Desk) -> None:
    who = cast()
    number = term(who)
    session_id = planned(who, number)
    sessions.miss(session_id, "Nobody joined", who.tom, THURSDAY + 3600)
    line = line_of(number, NOW)
    assert line is not None
    assert (line.health, line.reason) == (AT_RISK, "Tokens and logs: the session was missed and has no new time")
    sessions.move(session_id, at("Fri 10:00"), who.tom, THURSDAY + 3600, minutes=60)
    row = sessions.session(session_id)
    assert (row.state, row.starts_at, row.minutes) == ("planned", at("Fri 10:00"), 60)
    assert "missed" not in str(line_of(number, NOW))


def test_what_a_session_is_about_can_change(desk: Desk) -> None:
    who = cast()
    number = term(who)
    session_id = planned(who, number)
    covered = item(number, "observability")
    sessions.change(session_id, who.ben, NOW, title="Logs", audience="All", covers=[covered], kind=DEVOPS_TRAINING)
    row = sessions.session(session_id)
    assert (row.title, row.audience, row.covers, row.kind) == ("Logs", "All", (covered,), DEVOPS_TRAINING)
    with pytest.raises(StaleRow, match=r"Ben changed the session Logs of Globex\."):
        sessions.cancel(session_id, "Too late", who.tom, NOW, version=1)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"kind": "party"}, "'party' is no kind of session; use knowledge transfer, administrator training or"),
        ({"title": "  "}, "The title of the session is missing"),
        ({"minutes": 0}, "A session takes 1 to 720 minutes"),
        ({"minutes": 721}, "A session takes 1 to 720 minutes"),
        ({"covers": [9999]}, "There is no item 9999"),
    ],
)
def test_what_is_no_session_is_refused_in_a_sentence(desk: Desk, said: dict[str, Any], sentence: str) -> None:
    who = cast()
    number = term(who)
    with pytest.raises(DomainError, match=sentence):
        planned(who, number, **said)
    assert sessions.sessions(number) == []


def test_the_order_of_things_is_kept(desk: Desk) -> None:
    who = cast()
    session_id = planned(who, term(who))
    early = "Tokens and logs begins 14:00; until then it can be moved or cancelled"
    for refused in (sessions.hold, sessions.miss):
        with pytest.raises(OnboardingRefused, match=early):
            refused(session_id, "Carla", who.tom, THURSDAY - 60)
    with pytest.raises(OnboardingRefused, match="Who attended is missing"):
        sessions.hold(session_id, " ", who.tom, THURSDAY)
    sessions.cancel(session_id, "The customer asked", who.tom, NOW)
    with pytest.raises(OnboardingRefused, match="is cancelled and cannot be held any more; plan another"):
        sessions.hold(session_id, "Carla", who.tom, THURSDAY)


def test_who_may_only_look_plans_nothing_and_undo_takes_a_plan_back(desk: Desk) -> None:
    who = cast()
    number = term(who)
    with pytest.raises(NotAllowed):
        sessions.plan(number, KNOWLEDGE_TRANSFER, "Tokens", THURSDAY, 60, who.rita, NOW)
    session_id = planned(who, number)
    journal.undo(who.tom, NOW)
    with pytest.raises(NotFound):
        sessions.session(session_id)
