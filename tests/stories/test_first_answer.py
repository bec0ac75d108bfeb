"""The main job: see whose time runs out first, answer, and see the clock met; take a step back and forward again."""

import pytest

from tests.stories.desk import NOW, SIZES, at_the_desk
from tickets import ticket_reading


@pytest.mark.parametrize("size", SIZES)
async def test_the_most_urgent_ticket_is_answered_in_time_and_a_note_comes_goes_and_comes_back(demo, size):
    async with at_the_desk(demo, size) as anna:
        # The queue is ordered by the clock: what was missed stands on top, then what runs out first.
        urgent = await anna.select(lambda row: row.clock_state == "running" and row.due_at >= NOW)
        line = next(line for line in anna.lines if f" {urgent.id} " in line)
        assert "○ 0:08:43" in line
        assert not any("○" in line or "●" in line for line in anna.lines[: anna.lines.index(line)])

        await anna.press("enter", "r")
        assert "stops the clock: met with 8 min to spare" in anna.screen
        await anna.type("We see it too, and are on it.")
        await anna.press("ctrl+o")
        assert "We see it too, and are on it." in anna.screen
        assert "✓ met" in anna.screen
        assert "Reply to" not in anna.screen

        await anna.press("n")
        assert "only colleagues read it" in anna.screen
        await anna.type("Same cause as last week?")
        await anna.press("ctrl+o")
        assert "note, internal" in anna.screen
        assert "Same cause as last week?" in anna.screen
        await anna.press("u")
        assert "Same cause as last week?" not in anna.screen
        assert "Undone" in anna.said[-1]
        await anna.press("ctrl+r")
        assert "Same cause as last week?" in anna.screen

        await anna.press("escape")
        # Answered, the ticket waits for the customer: it has left the clocks that run.
        assert anna.selected.clock_state == "met" or anna.selected.id != urgent.id


@pytest.mark.parametrize("size", SIZES)
async def test_an_answer_that_the_customer_has_read_is_not_taken_back(demo, size):
    async with at_the_desk(demo, size) as anna:
        ticket = anna.selected.id
        await anna.press("r")
        assert "stops the clock: missed by 47 min, 3 days of credit" in anna.screen
        await anna.type("Sorry for the wait.")
        await anna.press("ctrl+o")
        await anna.press("u")
        assert "cannot be undone" in anna.said[-1]
        found = await anna.pilot.app.call(ticket_reading.conversation, ticket)
        assert found[-1].body == "Sorry for the wait."


async def test_the_reason_for_a_due_time_is_the_calculation_itself(demo):
    async with at_the_desk(demo) as anna:
        ticket = anna.selected
        await anna.press("w")
        assert f"Why is #{ticket.id} due" in anna.screen
        assert "30 min of 30 min: due" in anna.screen
        assert "Objective" in anna.screen and "Policy" in anna.screen
        await anna.press("escape")
        assert "Views" in anna.screen
