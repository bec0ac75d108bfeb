"""A checklist is cut to the customer, and a newer template only offers: what runs keeps its own."""

from datetime import date

import pytest

from models import journal
from models.connection import Desk
from models.errors import NotAllowed, NotFound, StaleRow
from onboarding import gates, tailoring
from onboarding.errors import OnboardingRefused
from onboarding.words import GATE_PROOF
from tests.onboarding.board import NOW, TABLES, adopt, columns, item, proof, term
from tests.tickets.cast import Cast, cast, everything


@pytest.fixture
def who(desk: Desk) -> Cast:
    return cast()


def test_an_own_item_is_due_on_its_day_or_by_go_live(who: Cast) -> None:
    number = term(who)
    row = tailoring.add(
        number, "Crew Dispatch:\ndevice flow", who.tom, NOW, topic="Integration", side="customer", due=date(2026, 7, 1)
    )
    told = columns("onboarding_item", row, "title", "key", "side", "due_on", "pinned")
    assert told == ("Crew Dispatch: device flow", "", "customer", "2026-07-01", 1)
    free = tailoring.add(number, "Party", who.tom, NOW, topic="Integration", days=2)
    assert columns("onboarding_item", free, "starts_on", "due_on", "pinned") == ("2026-08-28", "2026-08-31", 0)


def test_what_an_own_item_cannot_be_is_refused(who: Cast) -> None:
    number = term(who)
    before = everything(*TABLES)
    for said, sentence in (
        ({"title": " "}, "An item has a title"),
        ({"topic": ""}, "belongs to a topic"),
        ({"side": "both"}, "'both' is no side; use vendor, customer."),
        ({"part": "end"}, "'end' is no part; use prerequisite, topic, go-live."),
        ({"days": 0}, "takes a working day or more"),
        ({"due": date(2026, 8, 1)}, "2026-08-01 is not a working day for Globex; take 2026-08-03."),
    ):
        asked = {"title": "Party", "topic": "Integration"} | said
        title = str(asked.pop("title"))
        with pytest.raises(OnboardingRefused, match=sentence):
            tailoring.add(number, title, who.tom, NOW, **asked)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        tailoring.add(number, "Party", who.ben, NOW, topic="Integration")
    assert everything(*TABLES) == before


def test_an_item_is_renamed_and_what_done_means_is_said_anew(who: Cast) -> None:
    row = item(term(who), "manuals")
    [version] = columns("onboarding_item", row, "version")
    tailoring.describe(row, who.tom, NOW, title="Manuals for eleven ports", done_means="Printed.", days=5)
    told = columns("onboarding_item", row, "title", "done_means", "days")
    assert told == ("Manuals for eleven ports", "Printed.", 5)
    tailoring.describe(row, who.tom, NOW, topic="DevOps (operation)")
    assert columns("onboarding_item", row, "topic") == ("DevOps (operation)",)
    with pytest.raises(StaleRow):
        tailoring.describe(row, who.tom, NOW, title="Manuals", version=version)


def test_a_need_moves_what_waits_and_can_be_taken_back(who: Cast) -> None:
    number = term(who)
    before = everything(*TABLES)
    early, late = item(number, "database-access"), item(number, "clients")
    told = tailoring.need(early, late, who.tom, NOW)
    assert told.sentence == "Tom had Access to the database for Globex wait for Best practice for integrating clients."
    due = columns("onboarding_item", late, "due_on")
    assert columns("onboarding_item", early, "starts_on") > due
    with pytest.raises(OnboardingRefused, match="waits for Best practice for integrating clients already"):
        tailoring.need(early, late, who.tom, NOW)
    tailoring.no_need(early, late, who.tom, NOW)
    assert everything(*TABLES) == before
    with pytest.raises(NotFound, match="does not wait for that"):
        tailoring.no_need(early, late, who.tom, NOW)


def test_a_circle_of_needs_is_refused_and_named(who: Cast) -> None:
    number = term(who)
    before = everything(*TABLES)
    with pytest.raises(OnboardingRefused) as refused:
        tailoring.need(item(number, "installation"), item(number, "database-access"), who.tom, NOW)
    named = "Troubleshooting of installation and configuration → Access to the database → Troubleshooting and"
    assert named in str(refused.value)
    assert everything(*TABLES) == before
    with pytest.raises(OnboardingRefused, match="Users and manuals → Users and manuals"):
        tailoring.need(item(number, "manuals"), item(number, "manuals"), who.tom, NOW)


def test_an_item_waits_for_its_own_onboarding_only(who: Cast) -> None:
    from onboarding import starting
    from tests.onboarding.board import MONDAY

    ours, theirs = term(who), starting.start(who.acme, who.tom, NOW, MONDAY)
    with pytest.raises(OnboardingRefused, match="belongs to another onboarding"):
        tailoring.need(item(ours, "manuals"), item(theirs, "commitment"), who.tom, NOW)


def test_a_template_offers_nothing_new_to_what_just_began(who: Cast) -> None:
    number = proof(who)
    assert tailoring.diff(number, NOW) == ("2023-11-15 version 1", (), (), ())
    gates.pass_gate(number, GATE_PROOF, who.anna, NOW, "sure")
    assert tailoring.diff(number, NOW) == ("2023-11-15 version 1", (), (), ())
    assert tailoring.diff(term_of_another(who), NOW).new == ()


def term_of_another(who: Cast) -> int:
    from onboarding import starting
    from tests.onboarding.board import MONDAY
    from tests.tickets.cast import sign

    return starting.start(sign("Initech", "enterprise-cloud"), who.tom, NOW, MONDAY, phase="onboarding term")


def test_a_newer_revision_offers_its_words_and_a_running_onboarding_keeps_its_own_until_it_takes_them(
    who: Cast,
) -> None:
    adopt(who.globex, "2023-10-06", "custom")
    number = term(who)
    assert columns("onboarding", number, "template") == ("2023-10-05 version 1",)
    adopt(who.globex, "2023-11-15", "enterprise-cloud")
    offered = tailoring.diff(number, NOW)
    assert offered.template == "2023-11-15 version 1"
    [change] = offered.changed
    assert (change.key, change.title) == ("interfaces", "APIs")
    assert change.new_title == "APIs for authentication and management"
    assert columns("onboarding_item", item(number, "interfaces"), "title") == ("APIs",)
    told = tailoring.take(number, ("interfaces",), who.tom, NOW)
    assert told.sentence == "Tom took 1 item of 2023-11-15 version 1 over for Globex."
    assert columns("onboarding_item", item(number, "interfaces"), "title") == (change.new_title,)
    assert columns("onboarding", number, "template") == ("2023-11-15 version 1",)
    assert tailoring.diff(number, NOW).changed == ()


def test_what_a_template_lost_is_told_and_what_it_gained_can_be_taken(
    who: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onboarding.template import template

    number = term(who)
    old = template("2023-11-15")
    added = old.items[4]._replace(key="passkeys", title="Passkeys", needs=("walk-through",), offset=31)
    kept = tuple(each for each in old.items if each.key != "manuals")
    newer = old._replace(version=2, items=(*kept, added))
    monkeypatch.setattr(tailoring, "template", lambda revision: newer)
    offered = tailoring.diff(number, NOW)
    assert ([each.key for each in offered.new], offered.gone) == (["passkeys"], ("manuals",))
    with pytest.raises(OnboardingRefused, match="'wings' is no offered item; use passkeys"):
        tailoring.take(number, ("wings",), who.tom, NOW)
    before = everything(*TABLES)
    tailoring.take(number, ("passkeys",), who.tom, NOW)
    assert columns("onboarding_item", item(number, "passkeys"), "topic", "starts_on", "due_on") == (
        "Architecture", "2026-07-14", "2026-07-16",
    )  # fmt: skip
    assert columns("onboarding", number, "template") == ("2023-11-15 version 2",)
    journal.undo(who.tom, NOW + 1)
    assert everything(*TABLES) == before
