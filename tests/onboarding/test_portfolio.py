"""Every onboarding in a line says how far it is, and what holds it up, in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import journal
from models.connection import Desk
from models.onboardings import Onboarding, OnboardingItem
from onboarding.portfolio import AT_RISK, BLOCKED, LATE, ON_TRACK, OnboardingLine, not_on_track, portfolio
from onboarding.standing import progress
from onboarding.words import DONE, ITEM_STATES
from tests.tickets.cast import Cast, add_customer, at, cast

NOW = at("Thu 12:00")
DAY, HOUR = 86_400, 3600


def begin(customer: int, *items: dict[str, object], **columns: object) -> int:
    """An onboarding of June, 10 % of whose time has gone by on Thursday, with these items."""
    values = {"customer": customer, "phase": "onboarding term", "revision": "2023-11-15"}
    dates = {"starts_on": "2026-06-01", "go_live_on": "2026-07-01"}
    with journal.transaction(None, NOW, "begin") as tx:
        number = tx.insert(Onboarding, **(values | dates | columns))
        for item in items:
            what = {"onboarding": number, "topic": "Login", "title": "SSO metadata", "side": "customer"}
            tx.insert(OnboardingItem, **(what | item))
        tx.say("An onboarding began.")
    return number


def only() -> OnboardingLine:
    [line] = portfolio(NOW)
    return line


def test_a_line_says_who_how_far_and_what_is_next(desk: Desk) -> None:
    who: Cast = cast()
    number = begin(
        who.acme,
        {"state": "done", "due_on": "2026-06-02"},
        {"title": "Branding", "due_on": "2026-06-20"},
        {"title": "Custom domain", "due_on": "2026-06-10"},
        {"title": "LDAP", "state": "not needed", "due_on": "2026-06-01"},
        owner=who.tom,
    )
    reason = "33 % done after 10 % of the time"
    told = (number, "Acme", "onboarding term", "Tom", 1, 3, 33, 10, ON_TRACK, reason, "2026-06-10", "2026-07-01", 27)
    assert only() == OnboardingLine(*told, reasons=(reason,), next_title="Custom domain", customer_id=who.acme)


@pytest.mark.parametrize(
    ("waited", "health", "reason"),
    [
        (2 * DAY, ON_TRACK, "0 % done after 10 % of the time"),
        (2 * DAY + 1, BLOCKED, "SSO metadata: waiting for the customer for 2 days"),
        (2 * DAY + 12 * HOUR, BLOCKED, "SSO metadata: waiting for the customer for 2 days 12 h"),
        (4 * DAY + 12 * HOUR, BLOCKED, "SSO metadata: waiting for the customer for 4 days"),
    ],
)
def test_what_waits_for_longer_than_two_days_is_said_aloud(desk: Desk, waited: int, health: str, reason: str) -> None:
    begin(cast().acme, {"state": "blocked", "blocked_since": NOW - waited})
    assert (only().health, only().reason) == (health, reason)


def test_the_item_that_waits_longest_is_named(desk: Desk) -> None:
    begin(
        cast().acme,
        {"title": "Certificates", "state": "blocked", "blocked_since": NOW - 3 * DAY},
        {"title": "Firewall", "state": "blocked", "blocked_since": NOW - 5 * DAY, "blocked_by": "Carla"},
        {"title": "Done long ago", "state": "done", "blocked_since": NOW - 9 * DAY},
    )
    line = only()
    assert line.reason == "Firewall: waiting for Carla for 5 days"
    assert (line.blocked_since, line.blocked_on) == (NOW - 5 * DAY, "Carla")


def test_far_behind_the_time_elapsed_is_at_risk(desk: Desk) -> None:
    who = cast()
    begin(who.acme, {}, starts_on="2026-05-30", go_live_on="2026-07-01")
    assert (only().health, only().elapsed) == (AT_RISK, 15)
    assert only().reason == "0 % done after 15 % of the time"


def test_an_item_that_is_late_is_at_risk_and_the_due_day_itself_is_in_time(desk: Desk) -> None:
    who = cast()
    begin(who.acme, {"title": "Custom domain", "due_on": "2026-06-03"})
    begin(who.plain, {"title": "Custom domain", "due_on": "2026-06-04"})
    acme, plain = portfolio(NOW)
    assert (acme.health, acme.reason) == (AT_RISK, "Custom domain: due 2026-06-03")
    assert plain.health == ON_TRACK


def test_one_that_is_over_or_empty_stays_within_bounds(desk: Desk) -> None:
    who = cast()
    begin(who.acme, starts_on="2026-05-01", go_live_on="2026-05-31")
    begin(who.plain, starts_on="2026-07-01", go_live_on="2026-07-01")
    over, empty = portfolio(NOW)
    assert (over.health, over.reason) == (LATE, "the go-live was 4 days ago")
    assert (over.progress, over.elapsed, over.days_left, over.next_due) == (0, 100, -4, None)
    assert (empty.progress, empty.elapsed, empty.days_left) == (0, 0, 27)


def test_the_nearest_go_live_stands_first(desk: Desk) -> None:
    who = cast()
    begin(who.acme, go_live_on="2026-09-01")
    begin(who.plain, go_live_on="2026-07-01")
    assert [line.customer for line in portfolio(NOW)] == ["Plain", "Acme"]


def test_pages_follow_each_other_without_a_gap_and_what_is_over_is_left_out(desk: Desk) -> None:
    who = cast()
    late = [begin(customer, go_live_on="2026-06-01", starts_on="2026-05-01") for customer in (who.acme, who.plain)]
    calm = begin(who.hobby, go_live_on="2026-12-01")
    ended = begin(who.globex, go_live_on="2026-06-15", state="ended")
    assert [line.id for line in portfolio(NOW, limit=2)] == late
    assert [line.id for line in portfolio(NOW, after=late[0], limit=2)] == [late[1], calm]
    assert portfolio(NOW, after=calm) == []
    assert [line.id for line in portfolio(NOW, state=None)] == [*late, ended, calm]
    assert not_on_track(NOW) == 2


def test_a_page_takes_as_many_statements_for_many_onboardings_as_for_one(
    sqlite_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = cast()
    begin(who.acme, {}, {})
    asked: list[str] = []
    real = Desk.execute
    monkeypatch.setattr(Desk, "execute", lambda desk, sql, *rest: (asked.append(sql), real(desk, sql, *rest))[1])
    portfolio(NOW)
    few = len(asked)
    for _ in range(5):
        begin(who.plain, {}, {})
    asked.clear()
    assert len(portfolio(NOW)) == 6
    assert len(asked) == few


def test_someone_who_knows_better_is_shown_beside_what_the_desk_found(desk: Desk) -> None:
    begin(cast().acme, health="blocked", health_reason="Their CISO left", health_until="2026-06-04")
    line = only()
    assert (line.health, line.reasons, line.computed) == (BLOCKED, ("Their CISO left",), ON_TRACK)
    begin(add_customer("Later"), health="blocked", health_reason="Long ago", health_until="2026-06-03")
    assert portfolio(NOW)[1].health == ON_TRACK


@pytest.mark.parametrize(
    ("side", "by", "health", "told"),
    [
        ("vendor", "customer", BLOCKED, "the customer"),
        ("vendor", "Customer", BLOCKED, "the customer"),
        ("customer", "vendor", AT_RISK, "the vendor"),
        ("vendor", "Carla", BLOCKED, "Carla"),
        ("vendor", "Acme", BLOCKED, "Acme"),
        ("customer", "Ben", AT_RISK, "Ben"),
        ("customer", "Somebody", BLOCKED, "Somebody"),
        ("vendor", "Somebody", AT_RISK, "Somebody"),
    ],
)
def test_who_holds_an_item_up_decides_and_not_whose_it_is(
    desk: Desk, side: str, by: str, health: str, told: str
) -> None:
    begin(cast().acme, {"state": "blocked", "blocked_since": NOW - 3 * DAY, "side": side, "blocked_by": by})
    line = only()
    assert (line.health, line.reason) == (health, f"SSO metadata: waiting for {told} for 3 days")
    assert line.blocked_on == told


@given(states=st.lists(st.sampled_from(ITEM_STATES), min_size=1, max_size=40), data=st.data())
def test_progress_never_falls_when_something_gets_done(states: list[str], data: st.DataObject) -> None:
    number = data.draw(st.sampled_from([place for place, state in enumerate(states) if state != "not needed"] or [0]))
    after = [*states[:number], DONE, *states[number + 1 :]]
    assert progress(after) >= progress(states)
