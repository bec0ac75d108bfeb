"""What an engineer does between two answers: claim, judge, take in, look things up; and what is refused, and how."""

import pytest
from textual import events

from tests.stories.desk import SIZES, SMALL, at_the_desk
from tickets import reading
from tui.settings import Settings


@pytest.mark.parametrize("size", SIZES)
async def test_claim_and_release_can_each_be_taken_back(demo, size):
    async with at_the_desk(demo, size) as anna:
        ticket = (await anna.select(lambda row: row.owner is None and row.severity > 1)).id
        await anna.press("c")
        assert (anna.selected.id, anna.selected.owner) == (ticket, "anna")
        await anna.press("u")
        assert (anna.selected.id, anna.selected.owner) == (ticket, None)
        await anna.press("ctrl+r")
        assert anna.selected.owner == "anna"
        await anna.press("C")
        assert anna.selected.owner is None
        await anna.press("u")
        assert anna.selected.owner == "anna"


async def test_a_key_that_has_nothing_to_do_says_why(demo):
    async with at_the_desk(demo) as anna:
        await anna.select(lambda row: row.owner is None)
        await anna.press("C")
        assert anna.said[-1].endswith(".")
        await anna.press("full_stop")
        assert "Nothing to repeat yet." in anna.said


@pytest.mark.parametrize("size", SIZES)
async def test_a_severity_shows_its_due_times_before_anything_changes_and_needs_a_reason(demo, size):
    async with at_the_desk(demo, size) as anna:
        ticket = await anna.select(lambda row: row.severity == 3 and row.clock_state == "running")
        await anna.press("s")
        assert f"Severity of #{ticket.id}: 3 now" in anna.screen
        assert "due" in anna.screen
        await anna.press("2", "ctrl+o")
        assert "reason" in anna.screen.lower()
        assert anna.pilot.app.screen_stack[0].window.selected.severity == 3
        await anna.press("enter")
        await anna.type("their whole branch is out")
        await anna.press("enter")
        row = next(row for row in anna.pilot.app.screen.window.rows if row.id == ticket.id)
        assert row.severity == 2
        assert row.due_at < ticket.due_at
        await anna.press("u")
        row = next(row for row in anna.pilot.app.screen.window.rows if row.id == ticket.id)
        assert (row.severity, row.due_at) == (3, ticket.due_at)


async def test_keys_that_come_faster_than_the_screen_are_taken_in_their_order(demo):
    async with at_the_desk(demo) as anna:
        ticket = (await anna.select(lambda row: row.clock_state == "met" and row.state == "waiting")).id
        await anna.press("S")
        for key in ("j", "k", "j", "enter"):  # closed is marked: nothing below it, then solved, then closed again
            anna.pilot.app.post_message(events.Key(key, key if key != "enter" else None))
        await anna.settle()
        assert (await anna.pilot.app.call(reading.row, ticket)).state == "closed"


async def test_a_ticket_leaves_the_open_ones_when_it_is_solved_and_comes_back_when_that_is_undone(demo):
    async with at_the_desk(demo) as anna:
        ticket = (await anna.select(lambda row: row.clock_state == "met")).id
        await anna.press("S", "s", "enter")
        assert ticket not in [row.id for row in anna.pilot.app.screen.window.rows]
        await anna.press("u")
        assert ticket in [row.id for row in anna.pilot.app.screen.window.rows]


@pytest.mark.parametrize("size", SIZES)
async def test_a_new_ticket_is_taken_in_by_keyboard_and_says_when_it_is_due_before_it_is_saved(demo, size):
    async with at_the_desk(demo, size) as anna:
        await anna.press("N")
        await anna.type("glob")
        assert "Globex" in anna.screen
        await anna.press("enter")
        assert "Received now →" in anna.screen
        await anna.press("tab", "tab", "2", "tab")
        await anna.type("Webhooks arrive twice")
        await anna.press("tab")
        await anna.type("Since this morning every webhook comes twice.")
        await anna.press("ctrl+o")
        assert "Webhooks arrive twice" in anna.lines[1]
        assert "sev 2" in anna.lines[1]
        assert "Since this morning every webhook comes twice." in anna.screen


async def test_a_new_ticket_without_a_customer_is_refused_in_a_sentence_and_nothing_is_lost(demo):
    async with at_the_desk(demo) as anna:
        await anna.press("N", "ctrl+o")
        assert "Choose a customer first" in anna.screen
        await anna.type("hool")
        await anna.press("escape", "N")
        assert "hool" in anna.screen.lower()


@pytest.mark.parametrize("size", SIZES)
async def test_a_draft_outlives_escape(demo, size):
    async with at_the_desk(demo, size) as anna:
        await anna.press("r")
        await anna.type("Half a thou")
        await anna.press("escape", "escape", "j", "k", "r")
        assert "Half a thou" in anna.screen


async def test_a_read_only_person_looks_and_is_told_why_nothing_else_works(demo):
    async with at_the_desk(demo, login="fritz") as fritz:
        before = fritz.selected
        why = "You may look, but not change anything; a lead can give you another role."
        for key in ("c", "r", "s", "S", "n", "N"):
            await fritz.press(key)
            assert fritz.said == [why], f"{key}: the same refusal is said once, not stacked"
        assert "Views" in fritz.screen
        assert fritz.selected == before
        await fritz.press("enter")
        assert f"#{before.id}" in fritz.lines[1]


async def test_the_palette_finds_a_command_by_its_name_and_runs_it(demo):
    async with at_the_desk(demo) as anna:
        await anna.press("colon")
        await anna.type("sever")
        await anna.press("enter")
        assert "Severity of #" in anna.screen


async def test_help_lists_the_keys_of_what_has_the_focus_and_why_one_does_not_work(demo):
    async with at_the_desk(demo) as anna:
        await anna.press("question_mark")
        assert "Claim" in anna.screen and "Next view" in anna.screen
        await anna.press("escape", "enter", "question_mark")
        assert "Next view" not in anna.screen
        assert "Reply" in anna.screen and "Back" in anna.screen
    async with at_the_desk(demo, login="fritz") as fritz:
        await fritz.press("question_mark")
        assert "You may look, but not change anything" in fritz.screen


async def test_the_persons_own_keys_work_and_are_the_ones_that_are_shown(demo):
    async with at_the_desk(demo, settings=Settings(keymap={"ticket.claim": "K"})) as anna:
        assert "K claim" in anna.screen
        await anna.select(lambda row: row.owner is None)
        await anna.press("c")
        assert anna.selected.owner is None
        await anna.press("K")
        assert anna.selected.owner == "anna"


async def test_a_clash_of_keys_is_reported_at_the_start(demo):
    async with at_the_desk(demo, settings=Settings(keymap={"ticket.claim": "r"})) as anna:
        assert "The key r is given to both ticket.claim and ticket.reply" in anna.said


async def test_copying_puts_number_and_subject_on_the_clipboard(demo):
    async with at_the_desk(demo) as anna:
        row = anna.selected
        await anna.press("y")
        assert anna.pilot.app.clipboard == f"#{row.id} {row.subject}"
        await anna.press("w", "y")
        assert anna.pilot.app.clipboard.startswith(f"Why is #{row.id} due")


async def test_a_screen_that_is_too_small_says_so_swallows_keys_and_gives_everything_back(demo):
    async with at_the_desk(demo, SMALL) as anna:
        ticket = (await anna.select(lambda row: row.owner is None)).id
        await anna.pilot.resize_terminal(59, 24)
        await anna.settle()
        assert "tamdesk needs 60x16 cells" in anna.screen
        await anna.press("c", "N", "enter", "j")
        await anna.pilot.resize_terminal(80, 15)
        await anna.settle()
        assert "this terminal has 80x15" in anna.screen
        await anna.pilot.resize_terminal(60, 16)
        await anna.settle()
        assert "tamdesk needs" not in anna.screen
        assert (anna.selected.id, anna.selected.owner) == (ticket, None)


async def test_each_place_opens_on_what_the_demo_holds(demo):
    async with at_the_desk(demo) as anna:
        await anna.press("2")
        assert "12 customers" in anna.screen and "Acme Bank" in anna.screen
        await anna.press("3")
        assert "promised hours" in anna.screen
        await anna.press("4")
        assert "onboardings" in anna.screen
        await anna.press("5")
        assert "objectives met this month" in anna.screen
        await anna.press("enter")
        assert "Conversation" in anna.screen or "Contract" in anna.screen
        await anna.press("escape", "1")
        assert "Views" in anna.screen
