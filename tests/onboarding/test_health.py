"""Health is computed and explained; a person may know better, with a reason and for a while."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import journal
from models.connection import Desk
from models.errors import NotAllowed, StaleRow
from models.onboardings import ItemNeed, Onboarding, OnboardingItem
from models.reading import one
from onboarding import health
from onboarding.errors import OnboardingRefused
from onboarding.health import (
    AT_RISK,
    BLOCKED,
    LATE,
    ON_TRACK,
    WORDS,
    Block,
    Facts,
    Health,
    Overdue,
    Override,
    judge,
    shown,
    waited,
)
from onboarding.portfolio import OnboardingLine, line_of
from tests.onboarding.board import NOW, item, proof, prove, settle, term
from tests.tickets.cast import cast

DAY, HOUR = 86_400, 3600
CALM = Facts(progress=40, elapsed=42, days_to_go_live=30)
LONG = Block("SSO metadata", "customer", "", 3 * DAY)


def of(onboarding_id: int, now: int = NOW) -> OnboardingLine:
    line = line_of(onboarding_id, now)
    assert line is not None
    return line


def test_on_track_says_how_far_it_is() -> None:
    assert judge(CALM) == Health(ON_TRACK, ("40 % done after 42 % of the time",))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"elapsed": 54}, Health(ON_TRACK, ("40 % done after 54 % of the time",))),
        ({"elapsed": 55}, Health(AT_RISK, ("40 % done after 55 % of the time",))),
        ({"blocked": (LONG._replace(seconds=2 * DAY),)}, judge(CALM)),
        ({"blocked": (LONG,)}, Health(BLOCKED, ("SSO metadata: waiting for the customer for 3 days",))),
        ({"blocked": (LONG._replace(by="Carla"),)}, Health(BLOCKED, ("SSO metadata: waiting for Carla for 3 days",))),
        (
            {"blocked": (LONG._replace(side="vendor"),)},
            Health(AT_RISK, ("SSO metadata: waiting for the vendor for 3 days",)),
        ),
        (
            {"missed_sessions": ("Tokens",)},
            Health(AT_RISK, ("Tokens: the session was missed and has no new time",)),
        ),
        ({"overdue": (Overdue("LDAP", "2026-06-01", 0),)}, Health(AT_RISK, ("LDAP: due 2026-06-01",))),
        (
            {"overdue": (Overdue("LDAP", "2026-06-01", 1),)},
            Health(AT_RISK, ("LDAP: due 2026-06-01, and another one waits for it",)),
        ),
        ({"unproven": 2, "proof_elapsed": 49}, judge(CALM)),
        (
            {"unproven": 2, "proof_elapsed": 50},
            Health(AT_RISK, ("2 criteria have no evidence after 50 % of the proof of value",)),
        ),
        (
            {"unproven": 1, "proof_elapsed": 80},
            Health(AT_RISK, ("1 criterion has no evidence after 80 % of the proof of value",)),
        ),
        ({"unproven": 2, "proof_elapsed": None}, judge(CALM)),
        ({"days_to_go_live": 0}, judge(CALM)),
        (
            {"too_late": ("Check-up",)},
            Health(AT_RISK, ("Check-up: due only after the go-live",)),
        ),
        (
            {"too_late": ("Tests", "Check-up", "Runbook")},
            Health(AT_RISK, ("3 items are due only after the go-live, as Tests",)),
        ),
        ({"too_late": ("Check-up",), "live": True}, Health(ON_TRACK, ("40 % done and live",))),
        ({"days_to_go_live": -1}, Health(LATE, ("the go-live was 1 day ago",))),
        ({"days_to_go_live": -1, "elapsed": 100, "live": True}, Health(ON_TRACK, ("40 % done and live",))),
        (
            {"days_to_go_live": 40, "days_to_proof_end": -3, "proof_elapsed": 100},
            Health(LATE, ("the proof of value should have ended 3 days ago",)),
        ),
    ],
)
def test_each_fact_says_what_it_means(changed: dict[str, object], told: Health) -> None:
    assert judge(CALM._replace(**changed)) == told


def test_the_most_important_reason_stands_first() -> None:
    facts = Facts(
        progress=10,
        elapsed=90,
        days_to_go_live=-2,
        blocked=(
            Block("Certificates", "vendor", "", 9 * DAY),
            Block("Firewall", "customer", "", 4 * DAY),
            Block("SSO metadata", "customer", "", 5 * DAY),
        ),
        missed_sessions=("Tokens",),
        overdue=(Overdue("Branding", "2026-05-01", 0), Overdue("LDAP", "2026-06-01", 3)),
    )
    assert judge(facts) == Health(
        LATE,
        (
            "the go-live was 2 days ago",
            "SSO metadata: waiting for the customer for 5 days",
            "Firewall: waiting for the customer for 4 days",
            "Certificates: waiting for the vendor for 9 days",
            "10 % done after 90 % of the time",
            "LDAP: due 2026-06-01, and 3 others wait for it",
            "Branding: due 2026-05-01",
            "Tokens: the session was missed and has no new time",
        ),
    )


def test_what_waits_too_long_is_told_once_though_it_is_overdue_as_well() -> None:
    both = CALM._replace(blocked=(LONG,), overdue=(Overdue("SSO metadata", "2026-06-01", 2),))
    assert judge(both).reasons == ("SSO metadata: waiting for the customer for 3 days",)
    early = both._replace(blocked=(LONG._replace(seconds=DAY),))
    assert judge(early).reasons == ("SSO metadata: due 2026-06-01, and 2 others wait for it",)


def test_the_sides_are_called_as_asked() -> None:
    facts = CALM._replace(blocked=(LONG,))
    assert judge(facts, {"customer": "Globex", "vendor": "us"}).reasons == (
        "SSO metadata: waiting for Globex for 3 days",
    )


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(2 * DAY + 1, "2 days"), (2 * DAY + 12 * HOUR, "2 days 12 h"), (4 * DAY + 12 * HOUR, "4 days"), (DAY, "1 day")],
)
def test_days_are_told_with_hours_while_they_are_few(seconds: int, told: str) -> None:
    assert waited(seconds) == told


@given(
    progress=st.integers(0, 99),
    elapsed=st.integers(0, 100),
    days_to_go_live=st.integers(-30, 90),
    missed=st.lists(st.text(max_size=5), max_size=2),
)
def test_more_done_is_never_worse(progress: int, elapsed: int, days_to_go_live: int, missed: list[str]) -> None:
    facts = Facts(progress, elapsed, days_to_go_live, missed_sessions=tuple(missed))
    before, after = (WORDS.index(judge(each).word) for each in (facts, facts._replace(progress=progress + 1)))
    assert after <= before


def test_an_override_holds_through_its_last_day_with_what_was_found_beside_it() -> None:
    computed, said = judge(CALM), Override(BLOCKED, "Their CISO left", "2026-06-10")
    over = shown(computed, said, date(2026, 6, 10))
    assert (over.word, over.reasons, over.computed, over.override) == (BLOCKED, ("Their CISO left",), computed, said)
    for plain in (shown(computed, said, date(2026, 6, 11)), shown(computed, None, date(2026, 6, 1))):
        assert (plain.word, plain.reasons, plain.override) == (*computed, None)


def test_someone_who_knows_better_says_so_for_two_weeks_and_takes_it_back(desk: Desk) -> None:
    who = cast()
    number = term(who)
    assert health.override(number, AT_RISK, "Their CISO left", who.tom, NOW).until == "2026-06-15"
    assert (of(number).health, of(number).reason, of(number).computed) == (AT_RISK, "Their CISO left", ON_TRACK)
    assert of(number, NOW + 15 * DAY).reason != "Their CISO left"
    health.clear(number, who.tom, NOW)
    assert (of(number).health, of(number).computed) == (ON_TRACK, "")
    journal.undo(who.tom, NOW)
    assert of(number).health == AT_RISK


@pytest.mark.parametrize(
    ("word", "reason", "until", "sentence"),
    [
        ("fine", "Because", None, "'fine' is no health; use on track, at risk, blocked or late"),
        (LATE, " ", None, "The reason is missing"),
        (LATE, "Because", "2026-06-16", "from today until 2026-06-15 at most"),
        (LATE, "Because", "2026-05-31", "from today until 2026-06-15 at most"),
        (LATE, "Because", "soon", "'soon' is no date"),
    ],
)
def test_an_override_without_a_reason_or_an_end_is_refused(
    desk: Desk, word: str, reason: str, until: str | None, sentence: str
) -> None:
    who = cast()
    number = term(who)
    with pytest.raises(OnboardingRefused, match=sentence):
        health.override(number, word, reason, who.tom, NOW, until=until)
    assert of(number).computed == ""


def test_engineers_do_not_override_and_a_stale_copy_is_refused(desk: Desk) -> None:
    who = cast()
    number = term(who)
    with pytest.raises(NotAllowed):
        health.override(number, LATE, "Because", who.ben, NOW)
    with pytest.raises(OnboardingRefused, match="The health of Globex is not overridden"):
        health.clear(number, who.tom, NOW)
    found = one("SELECT version FROM onboarding WHERE id = ?", (number,))
    assert found is not None
    health.override(number, LATE, "Because", who.tom, NOW)
    with pytest.raises(StaleRow, match="Tom called Globex late"):
        health.override(number, ON_TRACK, "No", who.anna, NOW, version=found[0])


def test_what_others_wait_for_is_named_first(desk: Desk) -> None:
    who = cast()
    number = term(who)
    settle(number)
    first, needed, follower = (item(number, key) for key in ("observability", "token-validation", "go-live-check"))
    with journal.transaction(None, NOW, "late") as tx:
        tx.update(OnboardingItem, first, state="to do", title="Logs", due_on="2026-05-01")
        tx.update(OnboardingItem, needed, state="to do", title="Tokens", due_on="2026-05-04")
        tx.update(OnboardingItem, follower, state="to do", due_on="2026-08-01")
        if one("SELECT 1 FROM item_need WHERE item_id = ? AND needed_id = ?", (follower, needed)) is None:
            tx.insert(ItemNeed, item=follower, needed=needed)
        tx.say("Time went by.")
    assert of(number).reasons[0].startswith("Tokens: due 2026-05-04, and ")
    assert "Logs: due 2026-05-01" in of(number).reasons[1]


def test_a_proof_of_value_without_evidence_is_at_risk_at_half_time(desk: Desk) -> None:
    who = cast()
    number = proof(who)
    settle(number)
    prove(number, evidence=False, state="open")
    assert of(number, NOW + 9 * DAY).health == ON_TRACK
    late = of(number, NOW + 10 * DAY)
    assert (late.health, late.reason) == (AT_RISK, "3 criteria have no evidence after 50 % of the proof of value")
    with journal.transaction(None, NOW, "over") as tx:
        tx.update(Onboarding, number, phase="onboarding term")
        tx.say("The term began.")
    assert of(number, NOW + 10 * DAY).health == ON_TRACK


def test_a_plan_that_does_not_fit_before_go_live_is_no_onboarding_on_track(desk: Desk) -> None:
    number = term(cast(), go_live_on=date(2026, 6, 19))
    told = of(number)
    assert (told.health, "due only after the go-live" in told.reasons[0]) == (AT_RISK, True)


def test_a_proof_of_value_is_late_after_its_own_end_though_go_live_is_agreed_for_later(desk: Desk) -> None:
    number = proof(cast(), go_live_on=date(2026, 8, 31))
    assert of(number, NOW + 20 * DAY).health != LATE
    told = of(number, NOW + 22 * DAY)
    assert (told.health, told.reason) == (LATE, "the proof of value should have ended 2 days ago")
