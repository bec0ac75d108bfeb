"""An item has one owner and one state, is finished after what it needs, and whatever happens to it can be undone."""

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import journal
from models.connection import Desk
from models.errors import NotAllowed, NotFound, StaleRow
from models.reading import rows, scalar
from onboarding import items
from onboarding.errors import OnboardingRefused
from tests.onboarding.board import NOW, TABLES, columns, item, term
from tests.tickets.cast import Cast, at, cast, everything


@pytest.fixture
def who(desk: Desk) -> Cast:
    return cast()


@pytest.fixture
def number(who: Cast) -> int:
    return term(who)


def state(row: int) -> tuple[Any, ...]:
    return columns("onboarding_item", row, "state", "blocked_by", "blocked_since", "reason", "ended_at")


def test_an_item_is_started_blocked_unblocked_and_done(who: Cast, number: int) -> None:
    row = item(number, "architecture-check")
    assert items.start(row, who.ben, NOW).sentence == "Ben started Check of prerequisites and architecture for Globex."
    told = items.block(row, "customer", "the drawing is missing", who.ben, NOW + 60, since=NOW - 60)
    assert told.sentence == (
        "Ben marked Check of prerequisites and architecture for Globex as blocked by customer: the drawing is missing"
    )
    assert state(row) == ("blocked", "customer", NOW - 60, "the drawing is missing", None)
    items.unblock(row, who.ben, NOW + 120)
    assert state(row) == ("doing", "", None, "", None)
    items.done(row, who.ben, NOW + 180)
    assert state(row) == ("done", "", None, "", NOW + 180)


def test_each_step_can_be_undone(who: Cast, number: int) -> None:
    row = item(number, "architecture-check")
    steps = [
        lambda: items.start(row, who.tom, NOW),
        lambda: items.block(row, "Vera", "ill", who.tom, NOW),
        lambda: items.unblock(row, who.tom, NOW),
        lambda: items.give(row, who.tom, NOW, person=who.ben),
        lambda: items.due(row, date(2026, 6, 22), who.tom, NOW),
        lambda: items.done(row, who.tom, NOW),
        lambda: items.reopen(row, who.tom, NOW),
        lambda: items.not_needed(row, "they run it already", who.tom, NOW),
    ]
    seen = [everything(*TABLES)]
    for step in steps:
        step()
        seen.append(everything(*TABLES))
    for before in reversed(seen[:-1]):
        journal.undo(who.tom, NOW + 1)
        assert everything(*TABLES) == before


def test_before_what_it_needs_only_a_tam_or_a_lead_finishes_it_and_says_why(who: Cast, number: int) -> None:
    row = item(number, "functional-tests")
    first = "Observability: logs, errors, metrics, tracing, Best practice for integrating clients and Rehearsal of"
    with pytest.raises(OnboardingRefused, match="Functional tests of the instance comes after") as refused:
        items.done(row, who.ben, NOW)
    assert first in str(refused.value)
    assert str(refused.value).endswith("finish that first, or ask a TAM or a lead.")
    with pytest.raises(OnboardingRefused, match="or give a reason why it is done before"):
        items.done(row, who.tom, NOW)
    assert items.done(row, who.tom, NOW, reason="their own team ran them").operation_id
    assert state(row)[3] == "their own team ran them"


def test_what_is_out_of_scope_holds_nothing_up(who: Cast, number: int) -> None:
    items.not_needed(item(number, "architecture-check"), "already live elsewhere", who.tom, NOW)
    items.done(item(number, "installation"), who.ben, NOW)
    assert state(item(number, "installation"))[0] == "done"


def test_taking_an_item_out_lets_what_waited_for_it_come_earlier(who: Cast, number: int) -> None:
    items.due(item(number, "installation"), date(2026, 7, 1), who.tom, NOW)
    later = columns("onboarding_item", item(number, "database-connection"), "due_on")
    items.not_needed(item(number, "installation"), "cloud", who.tom, NOW)
    earlier = columns("onboarding_item", item(number, "database-connection"), "due_on")
    assert (later, earlier) == (("2026-07-03",), ("2026-06-19",))


def test_only_a_tam_or_a_lead_takes_an_item_out_and_with_a_reason(who: Cast, number: int) -> None:
    row = item(number, "manuals")
    with pytest.raises(NotAllowed, match="it takes a tam or a lead"):
        items.not_needed(row, "no", who.ben, NOW)
    with pytest.raises(OnboardingRefused, match="Say in a line why"):
        items.not_needed(row, "  ", who.tom, NOW)
    items.not_needed(row, "their  help desk\nhas some", who.tom, NOW)
    assert state(row)[3] == "their help desk has some"


def test_what_is_needed_is_not_reopened_under_what_is_done(who: Cast, number: int) -> None:
    check, installation = item(number, "architecture-check"), item(number, "installation")
    items.done(check, who.tom, NOW)
    items.done(installation, who.tom, NOW)
    with pytest.raises(OnboardingRefused, match=r"installation and configuration needs .* and is done; reopen that"):
        items.reopen(check, who.tom, NOW)
    items.reopen(installation, who.tom, NOW)
    items.reopen(check, who.tom, NOW)
    assert state(check) == ("to do", "", None, "", None)


def test_an_item_belongs_to_one_named_person_of_one_side(who: Cast, number: int) -> None:
    row = item(number, "manuals")
    items.give(row, who.tom, NOW, person=who.ben)
    assert columns("onboarding_item", row, "owner", "side", "person_id") == ("Ben", "vendor", who.ben)
    items.give(row, who.tom, NOW, contact="Vera Bloom")
    assert columns("onboarding_item", row, "owner", "side", "person_id") == ("Vera Bloom", "customer", None)


def test_a_contact_is_spelled_as_the_desk_knows_them(who: Cast, number: int) -> None:
    from models.customers import Contact

    with journal.transaction(None, NOW, "setup") as tx:
        tx.insert(Contact, customer=who.globex, name="Bloom, Vera")
        tx.say("Vera came.")
    items.give(item(number, "manuals"), who.tom, NOW, contact="bloom, vera")
    assert columns("onboarding_item", item(number, "manuals"), "owner") == ("Bloom, Vera",)


@pytest.mark.parametrize("name", ["both", "Ben and Vera", "Ben/Vera", "Ben, Vera", "customer", "globex", "Everyone"])
def test_an_item_is_nobody_in_particulars(who: Cast, number: int, name: str) -> None:
    with pytest.raises(OnboardingRefused, match="is nobody in particular"):
        items.give(item(number, "manuals"), who.tom, NOW, contact=name)


def test_exactly_one_side_is_named_and_it_can_act(who: Cast, number: int) -> None:
    row = item(number, "manuals")
    for both in ({"person": who.ben, "contact": "Vera"}, {}):
        with pytest.raises(OnboardingRefused, match="name a person of one side, not of both"):
            items.give(row, who.tom, NOW, **both)  # type: ignore[arg-type]
    with pytest.raises(OnboardingRefused, match="Rita may look"):
        items.give(row, who.tom, NOW, person=who.rita)


def test_a_due_date_is_pinned_to_a_working_day_and_moves_what_depends_on_it(who: Cast, number: int) -> None:
    row, after = item(number, "architecture-check"), item(number, "installation")
    with pytest.raises(OnboardingRefused, match="2026-06-20 is not a working day for Globex; take 2026-06-22"):
        items.due(row, date(2026, 6, 20), who.tom, NOW)
    before = columns("onboarding_item", after, "due_on")
    items.due(row, date(2026, 6, 22), who.tom, NOW)
    assert columns("onboarding_item", row, "due_on", "pinned", "starts_on") == ("2026-06-22", 1, "2026-06-18")
    assert columns("onboarding_item", after, "due_on") == ("2026-06-25",)
    items.due(row, None, who.tom, NOW)
    assert columns("onboarding_item", row, "due_on", "pinned") == ("2026-06-05", 0)
    assert columns("onboarding_item", after, "due_on") == before


def test_what_makes_no_sense_is_refused(who: Cast, number: int) -> None:
    row, gone = item(number, "architecture-check"), item(number, "event-types")
    items.not_needed(gone, "no events", who.tom, NOW)
    asked = [
        (lambda: items.unblock(row, who.tom, NOW), "is not blocked"),
        (lambda: items.reopen(row, who.tom, NOW), r"is open \(to do\)"),
        (lambda: items.block(row, "", "why", who.tom, NOW), "Say who holds it up"),
        (lambda: items.block(row, "customer", " ", who.tom, NOW), "why it cannot go on"),
        (lambda: items.block(row, "customer", "x", who.tom, NOW, since=NOW + 1), "has not come yet"),
        (lambda: items.start(gone, who.tom, NOW), "is not needed; reopen it first"),
        (lambda: items.done(gone, who.tom, NOW), "take it back in first"),
        (lambda: items.not_needed(gone, "again", who.tom, NOW), "is not needed already"),
        (lambda: items.due(gone, date(2026, 6, 8), who.tom, NOW), "reopen it before you give it a date"),
    ]
    before = everything(*TABLES)
    for ask, sentence in asked:
        with pytest.raises(OnboardingRefused, match=sentence):
            ask()
    assert everything(*TABLES) == before
    with pytest.raises(NotFound, match="no item 999"):
        items.start(999, who.tom, NOW)
    with pytest.raises(NotAllowed, match="Rita may look"):
        items.start(row, who.rita, NOW)
    items.start(row, who.tom, NOW)
    with pytest.raises(OnboardingRefused, match="under way already"):
        items.start(row, who.tom, NOW)
    items.done(row, who.tom, NOW)
    with pytest.raises(OnboardingRefused, match="is done already"):
        items.done(row, who.tom, NOW)


def test_a_stale_copy_saves_nothing(who: Cast, number: int) -> None:
    row = item(number, "manuals")
    [version] = columns("onboarding_item", row, "version")
    items.start(row, who.ben, NOW, version=version)
    with pytest.raises(StaleRow, match="Ben started Users and manuals"):
        items.give(row, who.tom, NOW, person=who.ben, version=version)


def test_what_is_over_stays_as_it_is(who: Cast, number: int) -> None:
    from models.onboardings import Onboarding

    with journal.transaction(None, NOW, "setup") as tx:
        tx.update(Onboarding, number, state="ended")
        tx.say("It ended.")
    with pytest.raises(OnboardingRefused, match="The onboarding of Globex is ended"):
        items.start(item(number, "manuals"), who.tom, NOW)


@settings(max_examples=15)
@given(st.lists(st.integers(0, 22), min_size=1, max_size=40))
def test_progress_only_grows_as_items_are_finished(tmp_path_factory: pytest.TempPathFactory, picked: list[int]) -> None:
    from models.connection import open_desk
    from models.migrate import migrate

    path = str(tmp_path_factory.mktemp("grows") / "desk.db")
    migrate(path)
    opened = open_desk(path)
    try:
        who = cast()
        number = term(who)
        order = [row for (row,) in rows("SELECT id FROM onboarding_item ORDER BY id")]
        dates = rows("SELECT id, due_on FROM onboarding_item ORDER BY id")
        finished = 0
        for each in picked:
            with suppress(OnboardingRefused):
                items.done(order[each], who.ben, at("Tue 09:00"))
            now = scalar("SELECT count(*) FROM onboarding_item WHERE state = 'done' AND onboarding_id = ?", (number,))
            assert now in (finished, finished + 1)
            finished = now
        assert rows("SELECT id, due_on FROM onboarding_item ORDER BY id") == dates
    finally:
        opened.close()
