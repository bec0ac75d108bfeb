"""A proof of value continues, is extended once or stops; a term goes on as agreed, never past the contract."""

from datetime import date

import pytest

from models import journal
from models.connection import Desk
from models.errors import NotAllowed
from models.onboardings import Onboarding
from onboarding import gates, phases, shifting, tailoring
from onboarding.errors import OnboardingRefused
from onboarding.words import GATE_PROOF, PROOF
from tests.onboarding.board import NOW, TABLES, columns, proof, term
from tests.tickets.cast import Cast, cast, everything


@pytest.fixture
def who(desk: Desk) -> Cast:
    return cast()


def test_it_is_extended_once_and_go_live_goes_along(who: Cast) -> None:
    number = proof(who)
    told = phases.decide(number, "extend", who.tom, NOW, "two more systems", days=10)
    assert told.sentence == "Tom extended the proof of value of Globex to 2026-07-01: two more systems"
    [row] = phases.phases(number)
    assert (row.ends_on, row.extended_days, row.outcome, row.person) == ("2026-07-01", 10, "extend", "Tom")
    assert columns("onboarding", number, "go_live_on") == ("2026-07-01",)
    with pytest.raises(OnboardingRefused, match="was extended already, by 10 days to 2026-07-01; continue or stop"):
        phases.decide(number, "extend", who.anna, NOW, "once more", days=5)
    phases.decide(number, "continue", who.tom, NOW, "all met")
    assert phases.phases(number)[0].outcome == "continue"


def test_it_lasts_a_few_weeks_at_most_even_so(who: Cast) -> None:
    with pytest.raises(OnboardingRefused, match="6 weeks at most: this one can be extended to 2026-07-12, not to"):
        phases.decide(proof(who), "extend", who.tom, NOW, "a long one", days=22)


def test_stopping_ends_the_onboarding(who: Cast) -> None:
    number = proof(who)
    phases.decide(number, "stop", who.tom, NOW, "no budget")
    assert columns("onboarding", number, "state", "outcome", "ended_at") == ("stopped", "stop", NOW)
    [row] = phases.phases(number)
    assert (row.phase, row.outcome, row.ended_on, row.reason) == (PROOF, "stop", "2026-06-01", "no budget")
    with pytest.raises(OnboardingRefused, match="The onboarding of Globex is stopped"):
        phases.decide(number, "continue", who.tom, NOW, "budget again")
    assert proof(who)


@pytest.mark.parametrize(
    ("outcome", "reason", "days", "sentence"),
    [
        ("maybe", "x", 0, "'maybe' is none of these"),
        ("continue", " ", 0, "An outcome has a reason"),
        ("extend", "x", 0, "one or more"),
    ],
)
def test_a_decision_says_what_and_why(who: Cast, outcome: str, reason: str, days: int, sentence: str) -> None:
    number = proof(who)
    with pytest.raises(OnboardingRefused, match=sentence):
        phases.decide(number, outcome, who.tom, NOW, reason, days)
    with pytest.raises(NotAllowed):
        phases.decide(number, "continue", who.ben, NOW, "x")


def test_a_term_is_extended_as_agreed_and_not_past_the_contract(who: Cast) -> None:
    number = term(who)
    phases.extend_term(number, date(2026, 10, 2), who.tom, NOW, "a late integration")
    [row] = phases.phases(number)
    assert (row.ends_on, row.extended_days, row.reason) == ("2026-10-02", 32, "a late integration")
    assert columns("onboarding", number, "go_live_on") == ("2026-08-31",)
    with pytest.raises(OnboardingRefused, match="the last possible day is 2026-12-31"):
        phases.extend_term(number, date(2027, 1, 1), who.tom, NOW, "later")
    with pytest.raises(OnboardingRefused, match="runs to 2026-10-02 already"):
        phases.extend_term(number, date(2026, 9, 1), who.tom, NOW, "earlier")
    with pytest.raises(OnboardingRefused, match="the proof of value is behind it"):
        phases.decide(number, "stop", who.tom, NOW, "x")


def test_a_proof_of_value_is_not_extended_as_a_term_is(who: Cast) -> None:
    with pytest.raises(OnboardingRefused, match="only a term is extended so"):
        phases.extend_term(proof(who), date(2026, 7, 1), who.tom, NOW, "x")


def test_only_a_lead_closes_before_continuous_support_and_with_a_reason(who: Cast) -> None:
    number = term(who)
    with pytest.raises(NotAllowed, match="it takes a lead"):
        phases.close(number, who.tom, NOW, "they left")
    with pytest.raises(OnboardingRefused, match="Globex is not live yet; say why it ends"):
        phases.close(number, who.anna, NOW)
    before = everything(*TABLES)
    phases.close(number, who.anna, NOW, "they left")
    assert columns("onboarding", number, "state", "outcome") == ("ended", "stop")
    assert phases.phases(number)[0].ended_on == "2026-06-01"
    journal.undo(who.anna, NOW + 1)
    assert everything(*TABLES) == before


def test_an_onboarding_that_came_without_a_phase_has_that_of_its_own_dates(who: Cast) -> None:
    dates = {"starts_on": "2026-06-01", "go_live_on": "2026-06-19"}
    with journal.transaction(None, NOW, "import") as tx:
        number = tx.insert(Onboarding, customer=who.globex, phase=PROOF, revision="2023-11-15", **dates)
        tx.say("It was brought in.")
    [row] = phases.phases(number)
    assert (row.id, row.phase, row.starts_on, row.ends_on) == (0, PROOF, "2026-06-01", "2026-06-19")
    assert "Nobody has decided yet that the customer continues." in gates.missing(number, GATE_PROOF, NOW)
    assert tailoring.diff(number, NOW).new[0].key == "commitment"
    phases.decide(number, "extend", who.tom, NOW, "two more systems", days=6)
    [row] = phases.phases(number)
    assert (row.id > 0, row.ends_on) == (True, "2026-06-25")
    shifting.apply(number, who.tom, NOW, start=date(2026, 6, 2))
    assert phases.phases(number)[0][2:4] == ("2026-06-02", "2026-06-26")
    gates.pass_gate(number, GATE_PROOF, who.anna, NOW, "sure")
    assert [row.phase for row in phases.phases(number)] == [PROOF, "onboarding term"]
