"""A list of calls begins with what is to be written up, then what comes, then what was."""

from models.connection import Desk
from tam import calls
from tam.call_list import call_list
from tests.tam.call_desk import DAY, HOURS, NOW, agree, call_desk, plan
from tests.tickets.cast import at, sign

EASTER = at("2026-03-20 09:00")


def test_calls_stand_in_the_order_in_which_they_matter(desk: Desk) -> None:
    story = call_desk()
    held, forgotten = plan(story, "Mon 10:00"), plan(story, "Mon 11:00")
    soon, skipped, later = plan(story, "Wed 10:00"), plan(story, "Wed 15:00"), plan(story, "Thu 10:00")
    calls.hold(held, story.tom, at("Mon 10:30"))
    calls.skip(skipped, "They are away", story.tom, NOW)
    found = call_list(story.bank, NOW + DAY)
    assert [each.call.id for each in found.lines] == [forgotten, soon, skipped, later, held]
    assert [each.over for each in found.lines] == [True, False, False, False, False]
    assert (found.customer, found.coming, found.over, found.proposed) == ("Bank", 2, 1, 0)


def test_a_call_on_a_closed_day_has_its_proposal_beside_it(desk: Desk) -> None:
    story = call_desk()
    agree(story, rule="every other week", starts_on="2026-03-23", at=EASTER)
    found = call_list(story.bank, EASTER)
    proposed = [each.proposal for each in found.lines if each.proposal is not None]
    assert found.proposed == len(proposed)
    assert proposed[0].to == at("2026-04-07 14:00")


def test_all_customers_calls_are_one_list(desk: Desk) -> None:
    story = call_desk()
    other = sign("Other", "production", "extended", order=HOURS)
    mine, theirs = plan(story, "Wed 10:00"), plan(story, "Tue 10:00", customer_id=other)
    found = call_list(None, NOW)
    assert [each.call.id for each in found.lines] == [theirs, mine]
    assert found.customer == ""
