"""A call on a holiday of either side gets a proposal; it never moves by itself."""

import pytest

from models import journal
from models.connection import Desk
from tam import calls, proposals
from tam.call_rules import CallRefused
from tests.tam.call_desk import NOW, agree, call_desk, plan, planned
from tests.tickets.cast import at

EASTER = at("2026-03-20 09:00")


def test_easter_monday_of_the_vendor_moves_to_tuesday(desk: Desk) -> None:
    story = call_desk()
    agree(story, rule="every other week", starts_on="2026-03-23", at=EASTER)
    (found,) = [each for each in proposals.proposals(story.bank, EASTER) if each.call.at < at("2026-05-01 00:00")]
    assert (found.why, found.to) == ("Easter Monday in CH-SG", at("2026-04-07 14:00"))
    assert found.sentence == "Move it to Tue 7 Apr 2026 14:00: Easter Monday in CH-SG."
    assert [each.at for each in planned(story)][1] == at("2026-04-06 14:00")
    told = proposals.accept(found.call.id, story.tom, EASTER)
    assert told == (
        "Tom moved the review call with Bank from Mon 6 Apr 2026 14:00 to Tue 7 Apr 2026 14:00: Easter Monday in CH-SG."
    )
    assert proposals.proposal(found.call.id, EASTER) is None
    with pytest.raises(CallRefused, match="Nothing is proposed"):
        proposals.accept(found.call.id, story.tom, EASTER)
    journal.undo(story.tom, EASTER)
    assert proposals.proposal(found.call.id, EASTER) is not None


def test_a_holiday_of_the_customers_region_counts_as_one_of_ours(desk: Desk) -> None:
    story = call_desk({"holiday_region": "US-NY"})
    thanksgiving = at("2026-11-20 09:00")
    agree(story, rule="every week", starts_on="2026-11-26", at=thanksgiving)
    first = proposals.proposals(story.bank, thanksgiving)[0]
    assert (first.why, first.to) == ("Thanksgiving Day in US-NY", at("2026-11-27 14:00"))


def test_a_holiday_on_both_sides_names_both(desk: Desk) -> None:
    story = call_desk({"holiday_region": "DE-BY"})
    agree(story, rule="every other week", starts_on="2026-03-23", at=EASTER)
    (found,) = [each for each in proposals.proposals(None, EASTER) if each.call.at < at("2026-05-01 00:00")]
    assert found.why == "Easter Monday in CH-SG and Easter Monday in DE-BY"


def test_a_day_with_another_call_is_no_place_for_one_more(desk: Desk) -> None:
    story = call_desk()
    agree(story, rule="every other week", starts_on="2026-03-23", at=EASTER)
    plan(story, "2026-04-07 16:00", at=EASTER)
    found = proposals.proposals(story.bank, EASTER)[0]
    assert found.to == at("2026-04-08 14:00")


def test_where_no_day_is_open_within_a_week_it_is_proposed_to_skip(desk: Desk) -> None:
    story = call_desk()
    agree(story, rule="every other week", starts_on="2026-03-23", at=EASTER)
    for day in ("07", "08", "09", "10", "13"):
        plan(story, f"2026-04-{day} 09:00", at=EASTER)
    found = proposals.proposals(story.bank, EASTER)[0]
    assert found.to is None
    assert found.sentence == "Skip it: Easter Monday in CH-SG, and no day near it is open on both sides."
    assert proposals.accept(found.call.id, story.tom, EASTER).startswith("Tom skipped the review call with Bank")
    assert calls.call(found.call.id).state == "skipped"


def test_a_call_that_stays_for_a_reason_is_not_asked_about_again(desk: Desk) -> None:
    story = call_desk()
    agree(story, rule="every other week", starts_on="2026-03-23", at=EASTER)
    found = proposals.proposals(story.bank, EASTER)[0]
    assert proposals.stay(found.call.id, "Jo works that day", story.tom, EASTER) == (
        "Tom left the call with Bank on Mon 6 Apr 2026 14:00: Jo works that day."
    )
    assert found.call.id not in [each.call.id for each in proposals.proposals(story.bank, EASTER)]
    with pytest.raises(CallRefused, match="Say why it stays"):
        proposals.stay(found.call.id, "", story.tom, EASTER)


def test_open_days_need_no_proposal(desk: Desk) -> None:
    story = call_desk()
    agree(story)
    assert proposals.proposals(story.bank, NOW) == []
