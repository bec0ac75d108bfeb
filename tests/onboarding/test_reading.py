"""The checklist says by topic how far it is, what waits for whom, and how much room is left."""

from datetime import date

import pytest

from models import journal
from models.connection import Desk
from models.errors import NotFound
from models.onboardings import Evidence, Onboarding, OnboardingItem
from onboarding import items, tailoring
from onboarding.reading import CUSTOMERS, MINE, OVERDUE, ItemLine, checklist
from tests.onboarding.board import NOW, item, proof, term
from tests.tickets.cast import Cast, at, cast


@pytest.fixture
def who(desk: Desk) -> Cast:
    return cast()


def line(number: int, key: str, now: int = NOW) -> ItemLine:
    return next(each for group in checklist(number, now).groups for each in group.items if each.key == key)


def test_topics_stand_in_their_order_with_how_far_each_is(who: Cast) -> None:
    number = term(who)
    items.done(item(number, "architecture-check"), who.tom, NOW)
    items.not_needed(item(number, "event-types"), "no events", who.tom, NOW)
    told = checklist(number, NOW)
    assert (told.customer, told.phase, told.state, told.done, told.total) == (
        "Globex", "onboarding term", "running", 1, 22,
    )  # fmt: skip
    assert [(group.topic, group.done, group.total, len(group.items)) for group in told.groups] == [
        ("Architecture", 1, 2, 3),
        ("Administration", 0, 3, 3),
        ("DevOps (operation)", 0, 5, 5),
        ("Integration", 0, 3, 3),
        ("Migration", 0, 2, 2),
        ("Security best practice and go-live check", 0, 7, 7),
    ]
    assert told.problems == ()


def test_a_line_says_who_what_waits_and_how_much_room_there_is(who: Cast) -> None:
    number = term(who)
    row = item(number, "functional-tests")
    items.give(row, who.tom, NOW, contact="Vera van der Bloom")
    with journal.transaction(None, NOW, "setup") as tx:
        tx.insert(Evidence, onboarding=number, item=row, kind="note", text="Seen.", at=NOW)
        tx.say("It was seen.")
    told = line(number, "functional-tests")
    assert (told.owner, told.initials, told.side, told.sign) == ("Vera van der Bloom", "VVD", "customer", "○")
    assert told.first == (
        "Best practice for integrating clients",
        "Observability: logs, errors, metrics, tracing",
        "Rehearsal of the migration",
    )
    assert (told.evidence, told.minutes, told.critical) == (1, 0, True)
    assert told.slack_days is not None and told.slack_days > 0
    assert line(number, "support-contacts").critical is False


def test_initials_that_were_given_stay(who: Cast) -> None:
    number = term(who)
    with journal.transaction(None, NOW, "setup") as tx:
        tx.update(OnboardingItem, item(number, "manuals"), owner="KS")
        tx.say("KS has it.")
    assert line(number, "manuals").initials == "KS"
    assert line(number, "clients").initials == ""


def test_an_item_is_overdue_the_day_after_it_was_due_until_it_is_settled(who: Cast) -> None:
    number = proof(who)
    assert not line(number, "commitment", at("Mon 23:59")).overdue
    assert line(number, "commitment", at("Tue 00:00")).overdue
    items.done(item(number, "commitment"), who.tom, at("Tue 08:00"))
    told = line(number, "commitment", at("Tue 09:00"))
    assert (told.overdue, told.slack_days, told.sign) == (False, None, "●")


def test_what_an_item_is_overdue_by_has_used_up_its_room(who: Cast) -> None:
    number = proof(who)
    on_time = line(number, "commitment", at("Mon 23:59")).slack_days
    assert on_time is not None and on_time > 2
    assert line(number, "commitment", at("Wed 09:00")).slack_days == on_time - 2
    assert line(number, "commitment", at("Sat 09:00")).slack_days == on_time - 4


def test_filters_leave_what_is_mine_the_customers_or_overdue(who: Cast) -> None:
    number = proof(who)
    items.give(item(number, "named-resources"), who.tom, NOW, person=who.ben)
    items.done(item(number, "commitment"), who.tom, NOW)

    def keys(show: str, now: int = NOW) -> list[str]:
        told = checklist(number, now, show=show, person_id=who.ben)
        assert (told.done, told.total) == (1, 4)
        return [each.key for group in told.groups for each in group.items]

    assert keys(MINE) == ["named-resources"]
    assert keys(CUSTOMERS) == ["critical-use-cases", "integration-architecture"]
    assert keys(OVERDUE) == []
    assert keys(OVERDUE, at("Wed 09:00")) == ["critical-use-cases", "named-resources"]
    assert checklist(number, NOW, show=OVERDUE).groups == ()


def test_what_the_plan_cannot_keep_is_said(who: Cast) -> None:
    number = term(who)
    items.due(item(number, "installation"), date(2026, 6, 2), who.tom, NOW)
    [problem] = checklist(number, NOW).problems
    assert problem.startswith("Troubleshooting of installation and configuration begins on 2026-05-29, before Check of")


def test_an_onboarding_that_came_without_a_template_keeps_its_dates(who: Cast) -> None:
    dates = {"starts_on": "2026-06-01", "go_live_on": "2026-08-31"}
    with journal.transaction(None, NOW, "import") as tx:
        number = tx.insert(Onboarding, customer=who.globex, phase="onboarding term", revision="2023-11-15", **dates)
        row = tx.insert(
            OnboardingItem, onboarding=number, topic="Login", title="Okta", side="customer", due_on="2026-06-20"
        )
        tx.say("It was brought in.")
    tailoring.describe(row, who.tom, NOW, title="Login with Okta")
    told = checklist(number, NOW)
    [[okta]] = [group.items for group in told.groups]
    assert told.problems == ()
    assert (okta.title, okta.due_on) == ("Login with Okta", "2026-06-20")


def test_an_onboarding_that_is_not_there_is_said(who: Cast) -> None:
    with pytest.raises(NotFound, match="no onboarding 99"):
        checklist(99, NOW)


def test_a_line_says_which_side_has_to_move(who: Cast) -> None:
    number = term(who)
    ours = next(each for group in checklist(number, NOW).groups for each in group.items if each.side == "vendor")
    assert ours.waits_on == "vendor"
    items.block(ours.id, "customer", "no access yet", who.tom, NOW)
    held_up = [each for group in checklist(number, NOW, show=CUSTOMERS).groups for each in group.items]
    assert [each.waits_on for each in held_up if each.id == ours.id] == ["customer"]
