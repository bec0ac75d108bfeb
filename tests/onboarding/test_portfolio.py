"""Every onboarding in a line says how far it is, and what holds it up, in words."""

import pytest

from models import journal
from models.connection import Desk
from models.onboardings import Onboarding, OnboardingItem
from onboarding.portfolio import AT_RISK, BLOCKED, ON_TRACK, OnboardingLine, portfolio
from tests.tickets.cast import Cast, at, cast

NOW = at("Thu 12:00")
DAY, HOUR = 86_400, 3600


def begin(customer: int, *items: dict[str, object], **columns: object) -> int:
    """An onboarding of June, 10 % of whose time has gone by on Thursday, with these items."""
    values = {"customer": customer, "phase": "term", "revision": "2023-11-15"}
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
    told = (number, "Acme", "term", "Tom", 1, 3, 33, 10, ON_TRACK, reason, "2026-06-10", "2026-07-01", 27)
    assert only() == OnboardingLine(*told)


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
        {"title": "Certificates", "state": "blocked", "blocked_since": NOW - 3 * DAY, "side": "vendor"},
        {"title": "Firewall", "state": "blocked", "blocked_since": NOW - 5 * DAY},
        {"title": "Done long ago", "state": "done", "blocked_since": NOW - 9 * DAY},
    )
    assert only().reason == "Firewall: waiting for the customer for 5 days"


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
    assert (over.progress, over.elapsed, over.days_left, over.next_due) == (0, 100, -4, None)
    assert (empty.progress, empty.elapsed, empty.days_left) == (0, 0, 27)


def test_the_nearest_go_live_stands_first(desk: Desk) -> None:
    who = cast()
    begin(who.acme, go_live_on="2026-09-01")
    begin(who.plain, go_live_on="2026-07-01")
    assert [line.customer for line in portfolio(NOW)] == ["Plain", "Acme"]
