"""A shift shows what would move before it moves anything, and moves exactly that."""

from datetime import date
from typing import Any

import pytest

from models import journal
from models.connection import Desk
from models.errors import NotAllowed
from models.reading import rows
from onboarding import gates, items, shifting
from onboarding.errors import OnboardingRefused
from onboarding.phases import phases
from onboarding.words import GATE_GO_LIVE, GATE_PROOF, GATE_TERM
from tests.onboarding.board import NOW, TABLES, columns, item, proof, settle, sign_off, term
from tests.tickets.cast import Cast, at, cast, everything


@pytest.fixture
def who(desk: Desk) -> Cast:
    return cast()


def test_what_is_previewed_is_what_happens(who: Cast) -> None:
    number = term(who)
    before = everything(*TABLES)
    shown = shifting.shift(number, NOW, start=date(2026, 6, 8))
    assert everything(*TABLES) == before
    assert (shown.starts_on, shown.ends_on, shown.go_live_on) == (
        date(2026, 6, 8),
        date(2026, 9, 7),
        date(2026, 9, 7),
    )
    assert len(shown.moved) == 23
    told = shifting.apply(number, who.tom, NOW, start=date(2026, 6, 8), reason="they are on holiday")
    assert told.sentence == ("Tom moved the start of Globex to 2026-06-08, 23 items moved along: they are on holiday")
    stored = dict(rows("SELECT id, due_on FROM onboarding_item"))
    assert {each.item_id: str(each.becomes) for each in shown.moved} == stored
    assert columns("onboarding", number, "starts_on", "go_live_on") == ("2026-06-08", "2026-09-07")
    assert phases(number)[0][2:4] == ("2026-06-08", "2026-09-07")
    assert shifting.shift(number, NOW, start=date(2026, 6, 8)).moved == ()
    journal.undo(who.tom, NOW + 1)
    assert everything(*TABLES) == before


def test_moving_go_live_moves_what_counts_from_it_and_nothing_that_is_done_or_pinned(who: Cast) -> None:
    number = term(who)
    items.done(item(number, "support-contacts"), who.tom, NOW)
    items.due(item(number, "monitoring"), date(2026, 8, 12), who.tom, NOW)
    shown = shifting.shift(number, NOW, go_live=date(2026, 8, 24))
    moved = {columns("onboarding_item", each.item_id, "key")[0] for each in shown.moved}
    assert moved == {"security", "backup", "runbook", "go-live-check"}
    assert shown.problems == ()


def test_what_does_not_fit_any_more_is_said_in_the_preview(who: Cast) -> None:
    number = term(who)
    shown = shifting.shift(number, NOW, go_live=date(2026, 6, 30))
    assert any("after go-live on 2026-06-30; move go-live or take something out" in each for each in shown.problems)


def test_where_dates_count_back_from_go_live_it_stays_when_the_start_moves(who: Cast) -> None:
    number = term(who, go_live_on=date(2026, 8, 28))
    shown = shifting.shift(number, NOW, start=date(2026, 6, 3))
    assert (shown.go_live_on, shown.ends_on) == (date(2026, 8, 28), date(2026, 8, 31))
    assert [each.title for each in shown.moved] == ["Check of prerequisites and architecture"]


def test_a_proof_of_value_moves_with_its_prerequisites(who: Cast) -> None:
    number = proof(who)
    shifting.apply(number, who.tom, NOW, start=date(2026, 6, 2))
    assert columns("onboarding_item", item(number, "commitment"), "due_on") == ("2026-06-02",)
    assert phases(number)[0].ends_on == "2026-06-22"


def test_the_start_of_a_term_moves_alone_once_the_proof_is_over(who: Cast) -> None:
    number = proof(who)
    gates.pass_gate(number, GATE_PROOF, who.anna, at("Fri 12:00"), "sure")
    with pytest.raises(OnboardingRefused, match="went on to 2026-06-05; the onboarding term cannot"):
        shifting.shift(number, NOW, start=date(2026, 6, 4))
    shifting.apply(number, who.tom, NOW, start=date(2026, 6, 15))
    assert columns("onboarding", number, "starts_on") == ("2026-06-01",)
    assert [row.starts_on for row in phases(number)] == ["2026-06-01", "2026-06-15"]
    assert columns("onboarding_item", item(number, "commitment"), "due_on") == ("2026-06-01",)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({}, "Say which one moves"),
        ({"start": date(2026, 6, 2), "go_live": date(2026, 8, 3)}, "Say which one moves"),
        ({"start": date(2026, 6, 7)}, "2026-06-07 is not a working day for Globex; start on 2026-06-08"),
        ({"start": date(2026, 11, 2)}, "contract runs to 2026-12-31, and this would go on to 2027-02-01"),
        ({"go_live": date(2026, 5, 29)}, "before the start on 2026-06-01"),
        ({"go_live": date(2026, 8, 30)}, "go live on 2026-08-28 or 2026-08-31"),
        ({"go_live": date(2026, 9, 1)}, "after the term ends on 2026-08-31; agree a longer term"),
    ],
)
def test_what_cannot_be_is_refused(who: Cast, asked: dict[str, Any], sentence: str) -> None:
    number = term(who)
    before = everything(*TABLES)
    with pytest.raises(OnboardingRefused) as refused:
        shifting.apply(number, who.tom, NOW, **asked)
    assert sentence in str(refused.value)
    assert everything(*TABLES) == before


def test_in_continuous_support_nothing_is_left_to_move_and_engineers_move_nothing(who: Cast) -> None:
    number = term(who)
    with pytest.raises(NotAllowed):
        shifting.apply(number, who.ben, NOW, go_live=date(2026, 8, 24))
    settle(number)
    sign_off(number)
    gates.pass_gate(number, GATE_GO_LIVE, who.tom, NOW)
    gates.pass_gate(number, GATE_TERM, who.tom, NOW)
    with pytest.raises(OnboardingRefused, match="no plan left to move"):
        shifting.shift(number, NOW, go_live=date(2026, 8, 24))
