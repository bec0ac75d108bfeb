"""A gate says what is missing; a lead passes over some of it with a reason, and over the go-live check nobody does."""

from datetime import date

import pytest

from contracts.errors import NotEntitled
from models import journal
from models.connection import Desk
from models.errors import NotAllowed
from models.reading import rows, scalar
from onboarding import gates, items, phases, starting
from onboarding.errors import OnboardingRefused
from onboarding.words import CONTINUOUS, GATE_GO_LIVE, GATE_PROOF, GATE_TERM, PREREQUISITE, PROOF, TERM
from tests.onboarding.board import MONDAY, NOW, TABLES, columns, item, proof, prove, settle, sign_off, term
from tests.tickets.cast import Cast, at, cast, everything

LATER = at("2026-06-19 15:00")


@pytest.fixture
def who(desk: Desk) -> Cast:
    return cast()


def ready(who: Cast) -> int:
    """A proof of value that has shown what it had to."""
    number = proof(who)
    settle(number, PREREQUISITE)
    prove(number)
    phases.decide(number, "continue", who.tom, NOW, "all three met")
    return number


def test_a_proof_of_value_waits_for_prerequisites_criteria_and_an_outcome(who: Cast) -> None:
    number = proof(who)
    assert gates.missing(number, GATE_PROOF, NOW) == (
        "Commitment to complete the proof of value is open (to do).",
        "Description of the critical use cases is open (to do).",
        "Named resources on the customer's side is open (to do).",
        "Overview of the integration architecture is open (to do).",
        "3 to 5 criteria have to be agreed first; 0 are.",
        "Nobody has decided yet that the customer continues.",
    )
    settle(number)
    prove(number, evidence=False, state="open")
    assert gates.missing(number, GATE_PROOF, NOW)[:4] == (
        "Criterion 1 has no evidence.",
        "Criterion 2 has no evidence.",
        "Criterion 3 has no evidence.",
        "Criterion 1 has no outcome.",
    )


@pytest.mark.parametrize(("agreed", "many"), [(2, "2 are"), (6, "6 are")])
def test_three_to_five_criteria_are_agreed(who: Cast, agreed: int, many: str) -> None:
    number = proof(who)
    settle(number)
    prove(number, agreed=agreed)
    assert gates.missing(number, GATE_PROOF, NOW)[0].endswith(f"agreed first; {many}.")


def test_behind_it_the_term_begins_with_its_checklist(who: Cast) -> None:
    number = ready(who)
    assert gates.missing(number, GATE_PROOF, LATER) == ()
    told = gates.pass_gate(number, GATE_PROOF, who.tom, LATER)
    assert told.sentence == "Tom passed the gate 'proof of value' for Globex."
    assert columns("onboarding", number, "phase", "starts_on", "go_live_on") == (TERM, "2026-06-01", "2026-09-21")
    assert [(row.phase, row.starts_on, row.ends_on, row.ended_on) for row in phases.phases(number)] == [
        (PROOF, "2026-06-01", "2026-06-21", "2026-06-19"),
        (TERM, "2026-06-22", "2026-09-21", None),
    ]
    assert scalar("SELECT count(*) FROM onboarding_item WHERE part <> ?", (PREREQUISITE,)) == 23
    assert scalar("SELECT min(starts_on) FROM onboarding_item WHERE part <> ?", (PREREQUISITE,)) >= "2026-06-22"
    assert columns("onboarding_item", item(number, "commitment"), "due_on") == ("2026-06-01",)
    assert gates.missing(number, GATE_PROOF, LATER) == ()


def test_a_go_live_that_was_agreed_at_the_start_still_counts(who: Cast) -> None:
    number = proof(who, go_live_on=date(2026, 9, 4))
    settle(number)
    prove(number)
    phases.decide(number, "continue", who.tom, NOW, "all met")
    gates.pass_gate(number, GATE_PROOF, who.tom, LATER)
    assert columns("onboarding", number, "go_live_on", "plan") == ("2026-09-04", "go-live")


def test_the_term_is_as_long_as_agreed_and_within_the_contract(who: Cast) -> None:
    number = ready(who)
    with pytest.raises(OnboardingRefused, match="contract runs to 2026-12-31"):
        gates.pass_gate(number, GATE_PROOF, who.tom, LATER, months=8)
    with pytest.raises(OnboardingRefused, match="2026-08-01 is not a working day for Globex; start on 2026-08-03"):
        gates.pass_gate(number, GATE_PROOF, who.tom, LATER, starts_on=date(2026, 8, 1))
    gates.pass_gate(number, GATE_PROOF, who.tom, LATER, starts_on=date(2026, 8, 3), weeks=8)
    assert phases.phases(number)[1].ends_on == "2026-09-27"


def test_with_open_points_only_a_lead_passes_and_says_why(who: Cast) -> None:
    number = proof(who)
    with pytest.raises(OnboardingRefused, match="only a lead passes over it, with a reason: Commitment") as refused:
        gates.pass_gate(number, GATE_PROOF, who.tom, NOW, "they asked")
    assert str(refused.value).endswith("And 3 more.")
    with pytest.raises(OnboardingRefused, match="Say in a line why the gate is passed all the same"):
        gates.pass_gate(number, GATE_PROOF, who.anna, NOW)
    told = gates.pass_gate(number, GATE_PROOF, who.anna, NOW, "signed by\ntheir board")
    assert told.sentence == "Anna passed the gate 'proof of value' for Globex with 6 open: signed by their board"
    [kept] = gates.passed(number)
    assert (kept.person, kept.reason, len(kept.missing)) == ("Anna", "signed by their board", 6)


def test_without_an_enterprise_subscription_nobody_passes_to_the_term(who: Cast) -> None:
    number = starting.start(who.acme, who.tom, NOW, MONDAY)
    settle(number)
    prove(number)
    phases.decide(number, "continue", who.tom, NOW, "all met")
    [sentence] = gates.missing(number, GATE_PROOF, NOW)
    assert sentence.startswith("Acme's Production plan with Extended support has no onboarding term")
    with pytest.raises(OnboardingRefused, match="stays closed for everyone"):
        gates.pass_gate(number, GATE_PROOF, who.anna, NOW, "an exception")
    with pytest.raises(NotEntitled):
        starting.start(who.plain, who.tom, NOW, MONDAY, phase=TERM)


def test_there_is_no_go_live_without_its_check_up_and_both_signatures(who: Cast) -> None:
    number = term(who)
    waits = gates.missing(number, GATE_GO_LIVE, NOW)
    assert "Go-live check-up is open (to do)." in waits
    assert "The customer has not signed the go-live off." in waits
    for done in ([], ["go-live"], ["go-live", "topic"]):
        for part in done:
            settle(number, part)
        with pytest.raises(OnboardingRefused, match="The gate 'go-live' stays closed for everyone"):
            gates.pass_gate(number, GATE_GO_LIVE, who.anna, NOW, "the board wants it")
    sign_off(number, "vendor")
    with pytest.raises(OnboardingRefused, match="for everyone: The customer has not signed the go-live"):
        gates.pass_gate(number, GATE_GO_LIVE, who.anna, NOW, "the board wants it")
    sign_off(number, "customer")
    gates.pass_gate(number, GATE_GO_LIVE, who.tom, NOW)
    assert columns("onboarding", number, "phase") == (TERM,)


def test_a_lead_goes_live_over_open_topics_only(who: Cast) -> None:
    number = term(who)
    settle(number, "go-live")
    sign_off(number)
    with pytest.raises(OnboardingRefused, match="only a lead passes over it"):
        gates.pass_gate(number, GATE_GO_LIVE, who.tom, NOW, "the rest can wait")
    gates.pass_gate(number, GATE_GO_LIVE, who.anna, NOW, "the rest can wait")
    assert len(gates.passed(number)[0].missing) == 17


def test_a_go_live_list_that_was_never_made_keeps_the_gate_closed(who: Cast) -> None:
    number = term(who)
    for (row,) in rows("SELECT id FROM onboarding_item WHERE part = 'go-live'"):
        with journal.transaction(None, NOW, "setup") as tx:
            from models.onboardings import ItemNeed, OnboardingItem

            for (need,) in rows("SELECT id FROM item_need WHERE item_id = ? OR needed_id = ?", (row, row)):
                tx.delete(ItemNeed, need)
            tx.delete(OnboardingItem, row)
            tx.say("It was lost.")
    settle(number)
    sign_off(number)
    assert gates.missing(number, GATE_GO_LIVE, NOW) == (
        "There is no list for the go-live check-up; take it from the template first.",
    )


def test_after_go_live_comes_continuous_support_and_the_end(who: Cast) -> None:
    number = term(who)
    settle(number)
    assert gates.missing(number, GATE_TERM, NOW) == ("Globex has not gone live.",)
    sign_off(number)
    gates.pass_gate(number, GATE_GO_LIVE, who.tom, NOW)
    gates.pass_gate(number, GATE_TERM, who.tom, LATER)
    assert columns("onboarding", number, "phase", "state") == (CONTINUOUS, "running")
    last = phases.phases(number)[-1]
    assert (last.phase, last.starts_on, last.ends_on) == (CONTINUOUS, "2026-06-19", "2026-12-31")
    phases.close(number, who.tom, LATER)
    assert columns("onboarding", number, "state", "ended_at") == ("ended", LATER)


def test_a_gate_of_another_phase_is_closed_and_one_behind_stays_behind(who: Cast) -> None:
    number = proof(who)
    assert gates.missing(number, GATE_GO_LIVE, NOW) == ("Globex is in the proof of value, not in the onboarding term.",)
    with pytest.raises(OnboardingRefused, match="There is no gate 'cloud'"):
        gates.missing(number, "cloud", NOW)
    gates.pass_gate(number, GATE_PROOF, who.anna, NOW, "they are sure")
    with pytest.raises(OnboardingRefused, match="has passed the gate 'proof of value' already"):
        gates.pass_gate(number, GATE_PROOF, who.anna, NOW, "again")
    with pytest.raises(NotAllowed, match="it takes a tam or a lead"):
        gates.pass_gate(number, GATE_TERM, who.ben, NOW)


def test_passing_a_gate_can_be_undone(who: Cast) -> None:
    number = ready(who)
    before = everything(*TABLES)
    gates.pass_gate(number, GATE_PROOF, who.tom, LATER)
    journal.undo(who.tom, LATER + 1)
    assert everything(*TABLES) == before


def test_a_term_item_may_not_be_counted_as_a_prerequisite(who: Cast) -> None:
    number = ready(who)
    gates.pass_gate(number, GATE_PROOF, who.tom, LATER)
    items.start(item(number, "architecture-check"), who.ben, LATER)
    assert "Check of prerequisites and architecture is open (doing)." in gates.missing(number, GATE_TERM, LATER)
