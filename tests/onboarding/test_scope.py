"""What is beyond the onboarding is recorded, answered in a sentence, quoted, or taken on by those who may."""

import pytest

from models import journal
from models.connection import Desk
from models.errors import DomainError, NotAllowed, NotFound, StaleRow
from onboarding import scope
from onboarding.errors import OnboardingRefused
from tests.onboarding.board import NOW, columns, term
from tests.tickets.cast import cast

PERFORMANCE = "Performance tests"


def test_the_register_is_the_annex_of_the_onboarding(desk: Desk) -> None:
    who = cast()
    known = scope.register(term(who))
    assert (known.revision, known.excluded_section) == ("2023-11-15", "Topics out of scope")
    assert (len(known.excluded), len(known.included)) == (10, 15)
    assert known.excluded[0] == PERFORMANCE


def test_a_request_is_filed_and_answered_with_clause_and_date(desk: Desk) -> None:
    who = cast()
    number = term(who)
    request_id = scope.record(number, "A load test\nbefore go-live", " Carla ", who.ben, NOW)
    assert scope.request(request_id)[1:8] == (
        number,
        "A load test before go-live",
        "Carla",
        PERFORMANCE,
        "open",
        "",
        "Ben",
    )
    told = scope.answer(request_id, who.ben, NOW + 5)
    assert told == "Performance tests: this is outside the onboarding (annex of 2023-11-15, Topics out of scope)."
    row = scope.request(request_id)
    assert (row.state, row.answer, row.ended_at) == ("answered", told, NOW + 5)


def test_what_the_annex_does_not_name_is_answered_too(desk: Desk) -> None:
    who = cast()
    number = term(who)
    request_id = scope.record(number, "A party for the team", "Carla", who.tom, NOW)
    assert scope.answer(request_id, who.tom, NOW) == (
        "This is not among the subjects of the onboarding (annex of 2023-11-15, Topics in scope)."
    )
    other = scope.record(number, "A second party", "Carla", who.tom, NOW)
    assert scope.answer(other, who.tom, NOW, text=" With pleasure. ") == "With pleasure."


def test_what_may_be_within_the_scope_is_not_filed_as_excluded(desk: Desk) -> None:
    who = cast()
    number = term(who)
    asked = "Best practice for backups"
    found = scope.suggest(number, asked)
    assert found.included[0][0].startswith("Best practice for operations")
    assert found.excluded[0][0].startswith("Storage for backups")
    request_id = scope.record(number, asked, "Carla", who.tom, NOW)
    assert scope.request(request_id).exclusion == ""
    scope.file_under(request_id, found.excluded[0][0], who.tom, NOW)
    assert scope.request(request_id).exclusion == found.excluded[0][0]


def test_a_person_decides_what_a_request_falls_under(desk: Desk) -> None:
    who = cast()
    number = term(who)
    with pytest.raises(OnboardingRefused, match=f"is no exclusion of this onboarding; did you mean {PERFORMANCE!r}"):
        scope.record(number, "A load test", "Carla", who.tom, NOW, exclusion="performance test")
    mine = scope.record(number, "A load test", "Carla", who.tom, NOW, exclusion="")
    assert scope.request(mine).exclusion == ""


def test_a_request_becomes_a_quote_even_after_it_was_answered(desk: Desk) -> None:
    who = cast()
    number = term(who)
    request_id = scope.record(number, "A load test", "Carla", who.tom, NOW)
    scope.answer(request_id, who.tom, NOW)
    with pytest.raises(NotAllowed):
        scope.quote(request_id, who.ben, NOW)
    told = scope.quote(request_id, who.tom, NOW)
    assert told.startswith("Performance tests: this is outside") and told.endswith("we will send a quote for it.")
    assert scope.request(request_id).state == "quoted"
    for refused in (scope.answer, scope.quote):
        with pytest.raises(OnboardingRefused, match="is quoted already; record it anew"):
            refused(request_id, who.tom, NOW)


def test_what_is_excluded_is_taken_on_by_a_lead_with_a_reason(desk: Desk) -> None:
    who = cast()
    number = term(who)
    request_id = scope.record(number, "A load test", "Carla", who.tom, NOW)
    with pytest.raises(OnboardingRefused, match=r"Topics out of scope\)\. A lead may take it on, or quote it"):
        scope.accept(request_id, "Operations", who.tom, NOW, reason="They are nice")
    with pytest.raises(OnboardingRefused, match="Why it is taken on is missing"):
        scope.accept(request_id, "Operations", who.anna, NOW)
    item_id = scope.accept(
        request_id, "Operations", who.anna, NOW, reason="A reference customer", done_means="A report"
    )
    said = columns("onboarding_item", item_id, "onboarding_id", "topic", "title", "side", "state", "key", "done_means")
    assert said == (number, "Operations", "A load test", "vendor", "to do", "", "A report")
    assert scope.request(request_id)[5:7] == ("accepted", "A reference customer")
    journal.undo(who.anna, NOW)
    assert scope.request(request_id).state == "open"


def test_what_is_not_excluded_a_tam_takes_on_for_either_side(desk: Desk) -> None:
    who = cast()
    number = term(who)
    request_id = scope.record(number, "A glossary", "Carla", who.tom, NOW)
    with pytest.raises(OnboardingRefused, match="'both' is no side"):
        scope.accept(request_id, "Administration", who.tom, NOW, side="both")
    item_id = scope.accept(request_id, "Administration", who.tom, NOW, side="customer")
    assert columns("onboarding_item", item_id, "side", "part") == ("customer", "topic")


def test_open_requests_stand_first_then_the_newest(desk: Desk) -> None:
    who = cast()
    number = term(who)
    old, middle, new = (scope.record(number, f"Wish {each}", "", who.tom, NOW + each) for each in range(3))
    scope.answer(new, who.tom, NOW + 9)
    assert [row.id for row in scope.requests(number)] == [middle, old, new]


def test_a_stale_copy_a_spectator_and_nothing_at_all_are_refused(desk: Desk) -> None:
    who = cast()
    number = term(who)
    request_id = scope.record(number, "A load test", "Carla", who.tom, NOW)
    scope.file_under(request_id, "", who.tom, NOW)
    with pytest.raises(StaleRow, match="Tom filed 'A load test' under no exclusion"):
        scope.answer(request_id, who.ben, NOW, version=1)
    with pytest.raises(NotAllowed):
        scope.record(number, "A load test", "Carla", who.rita, NOW)
    with pytest.raises(DomainError, match="What is asked for is missing"):
        scope.record(number, " ", "Carla", who.tom, NOW)
    with pytest.raises(NotFound):
        scope.request(9999)
