"""A call is prepared, written up and held; what comes of it is noted beside it."""

from contextlib import asynccontextmanager, closing

import pytest

from models.connection import open_desk
from models.reading import rows, scalar
from screens.call import CallScreen
from tam import actions, calls, entries, feedback
from tam.call_texts import save_text
from tests.screens.call_app import SIZES, said
from tests.screens.ticket_desk import app_on, press, settle, shown, typed
from tests.tam.call_desk import NOW, call_desk, plan
from tests.tickets.cast import at
from tickets import operations

MONDAY = at("Mon 10:20")


def with_call(address: str):
    """Bank with a call on Monday at ten."""
    with closing(open_desk(address)):
        story = call_desk()
        return story, plan(story, "Mon 10:00")


def receive(customer_id: int, subject: str) -> int:
    """A ticket of a customer."""
    return operations.receive(
        customer_id=customer_id, contact_id=None, subject=subject, body="Please", severity=4, actor=None, at=NOW
    )


def flat(pilot) -> str:
    """The screen without line ends and the sides of its dialogs."""
    return " ".join(shown(pilot).replace("│", " ").split())


@asynccontextmanager
async def call_open(address: str, call_id: int, size=SIZES[0], login: str = "tom", now: int = MONDAY):
    async with app_on(address, size, login, now) as pilot:
        await pilot.app.push_screen(CallScreen(call_id))
        await settle(pilot)
        yield pilot


@pytest.mark.parametrize("size", SIZES)
async def test_the_agenda_says_what_is_true_until_someone_writes_it(sqlite_address: str, size) -> None:
    story, call_id = with_call(sqlite_address)
    async with call_open(sqlite_address, call_id, size) as pilot:
        assert "Agenda, drafted from what is true now" in shown(pilot)
        assert "Jun 2026: 0:00 h of 20:00 h spent" in shown(pilot)
        await pilot.app.call(actions.add, story.bank, "Send the guide", "ours", "", None, story.tom, NOW)
        await settle(pilot)
        assert "- ours: Send the guide" in shown(pilot)
        await press(pilot, "e")
        await typed(pilot, "And LDAP")
        await press(pilot, "escape")
        assert "drafted" not in shown(pilot)
        assert (await pilot.app.call(calls.call, call_id)).agenda.endswith("And LDAP")
        await pilot.app.call(actions.add, story.bank, "Ask Mia", "ours", "", None, story.tom, NOW)
        await settle(pilot)
        assert "- ours: Ask Mia" not in shown(pilot)
        await press(pilot, "d")
        text = (await pilot.app.call(calls.call, call_id)).agenda
        assert "And LDAP" in text
        assert text.rstrip().endswith("- ours: Ask Mia")
        await press(pilot, "d")
        assert said(pilot)[-1] == "The agenda is complete."


@pytest.mark.parametrize("size", SIZES)
async def test_notes_are_written_saved_and_taken_back(sqlite_address: str, size) -> None:
    _, call_id = with_call(sqlite_address)
    async with call_open(sqlite_address, call_id, size) as pilot:
        await press(pilot, "n")
        await typed(pilot, "They agree")
        await press(pilot, "ctrl+o")
        assert said(pilot)[-1] == "Saved the notes."
        await typed(pilot, " on LDAP")
        await press(pilot, "escape")
        assert "They agree on LDAP" in shown(pilot)
        assert (await pilot.app.call(calls.call, call_id)).notes == "They agree on LDAP"
        await press(pilot, "u")
        assert (await pilot.app.call(calls.call, call_id)).notes == "They agree"
        assert "They agree on LDAP" not in shown(pilot)


async def test_tab_saves_and_goes_on_in_the_other_text(sqlite_address: str) -> None:
    _, call_id = with_call(sqlite_address)
    async with call_open(sqlite_address, call_id, SIZES[1]) as pilot:
        await press(pilot, "n")
        await typed(pilot, "Noted")
        await press(pilot, "tab")
        await typed(pilot, "Topic")
        await press(pilot, "escape")
        held = await pilot.app.call(calls.call, call_id)
        assert held.notes == "Noted"
        assert held.agenda.endswith("Topic")
        assert "── Agenda" in shown(pilot)
        await press(pilot, "tab")
        assert "── Notes" in shown(pilot)
        assert "── Agenda" not in shown(pilot)


async def test_what_a_colleague_wrote_meanwhile_is_told_and_nothing_is_lost(sqlite_address: str) -> None:
    story, call_id = with_call(sqlite_address)
    async with call_open(sqlite_address, call_id) as pilot:
        await press(pilot, "n")
        await typed(pilot, "Tom's")
        began = await pilot.app.call(calls.call, call_id)
        await pilot.app.call(save_text, call_id, "notes", "Ben's", began, story.who.ben, NOW)
        await settle(pilot)
        await press(pilot, "escape")
        told = flat(pilot)
        assert "Ben wrote the notes" in told
        assert "Tom's" in told
        await press(pilot, "escape", "escape")
        assert (await pilot.app.call(calls.call, call_id)).notes == "Ben's"
        await pilot.app.push_screen(CallScreen(call_id))
        await settle(pilot)
        assert "Tom's" in shown(pilot)
        assert "Not saved yet" in shown(pilot)
        await press(pilot, "n", "ctrl+o")
        assert (await pilot.app.call(calls.call, call_id)).notes == "Tom's"


async def test_a_draft_outlives_the_program(sqlite_address: str) -> None:
    _, call_id = with_call(sqlite_address)
    async with call_open(sqlite_address, call_id) as pilot:
        await press(pilot, "n")
        await typed(pilot, "Half a thou")
        await pilot.app.screen.keep_drafts()
    async with call_open(sqlite_address, call_id) as pilot:
        assert "Half a thou" in shown(pilot)
        await press(pilot, "n")
        await typed(pilot, "ght")
        await press(pilot, "escape")
        assert (await pilot.app.call(calls.call, call_id)).notes == "Half a thought"
        assert await pilot.app.call(scalar, "SELECT COUNT(*) FROM draft") == 0


@pytest.mark.parametrize("size", SIZES)
async def test_a_call_is_held_with_its_time(sqlite_address: str, size) -> None:
    story, call_id = with_call(sqlite_address)
    async with call_open(sqlite_address, call_id, size) as pilot:
        assert "planned, time to hold it" in shown(pilot)
        await press(pilot, "h")
        assert "0:30 h for Bank on Mon 1 Jun 2026, review call" in shown(pilot)
        await press(pilot, "home", "ctrl+k")
        await typed(pilot, "40")
        await press(pilot, "tab")
        await typed(pilot, "Jo Roe; Mia")
        await press(pilot, "ctrl+o")
        held = await pilot.app.call(calls.call, call_id)
        assert (held.state, held.minutes, held.attendees) == ("held", 40, ("Jo Roe", "Mia"))
        (entry,) = await pilot.app.call(entries.entries, story.bank)
        assert (entry.minutes, entry.activity) == (40, "review call")
        await press(pilot, "h")
        assert said(pilot)[-1] == "This call was held."
        await press(pilot, "e")
        assert said(pilot)[-1] == "It was held: its agenda stays as it is."
        await press(pilot, "u")
        assert (await pilot.app.call(calls.call, call_id)).state == "planned"
        assert await pilot.app.call(entries.entries, story.bank) == []


async def test_a_call_may_be_held_without_logging_time(sqlite_address: str) -> None:
    story, call_id = with_call(sqlite_address)
    async with call_open(sqlite_address, call_id) as pilot:
        await press(pilot, "h", "tab", "tab", "right")
        assert "No time is logged." in shown(pilot)
        await press(pilot, "ctrl+o")
        assert (await pilot.app.call(calls.call, call_id)).state == "held"
        assert await pilot.app.call(entries.entries, story.bank) == []


@pytest.mark.parametrize("size", SIZES)
async def test_actions_are_noted_changed_done_and_dropped(sqlite_address: str, size) -> None:
    story, call_id = with_call(sqlite_address)
    async with call_open(sqlite_address, call_id, size) as pilot:
        await press(pilot, "a")
        await typed(pilot, "Send the guide")
        await press(pilot, "tab", "tab", "t", "tab")
        await typed(pilot, "in 2 weeks")
        assert "due Mon 15 Jun 2026" in shown(pilot)
        await press(pilot, "enter")
        assert "☐ ours   Tom" in shown(pilot)
        await press(pilot, "a")
        await typed(pilot, "Name testers")
        await press(pilot, "tab", "t", "tab")
        await typed(pilot, "Jo")
        await press(pilot, "ctrl+o", "j", "enter")
        await press(pilot, "shift+tab", "right", "ctrl+o")
        assert "Tom finished for Bank: Name testers." in said(pilot)[-1]
        assert "☑ theirs Jo" in shown(pilot)
        await press(pilot, "g", "X")
        await typed(pilot, "not needed")
        await press(pilot, "enter")
        assert "(dropped)" in shown(pilot)
        await press(pilot, "x")
        assert said(pilot)[-1] == "This action is dropped already."
        await press(pilot, "u", "g", "x")
        done = await pilot.app.call(actions.actions, story.bank, MONDAY, "done")
        assert {each.what for each in done} == {"Send the guide", "Name testers"}


async def test_an_action_without_words_is_refused_and_stays_on_the_screen(sqlite_address: str) -> None:
    _, call_id = with_call(sqlite_address)
    async with call_open(sqlite_address, call_id) as pilot:
        await press(pilot, "a", "tab", "tab", "tab")
        await typed(pilot, "someday")
        assert "'someday' is no day" in shown(pilot)
        await press(pilot, "ctrl+o")
        assert "'someday' is no day" in shown(pilot)
        await press(pilot, "home", "ctrl+k", "ctrl+o")
        assert "Say what is to be done in a line." in shown(pilot)
        await press(pilot, "shift+tab", "shift+tab", "shift+tab")
        await typed(pilot, "Half")
        await press(pilot, "escape", "a")
        assert "Half" in shown(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_a_promised_date_is_asked_about_before_it_is_kept(sqlite_address: str, size) -> None:
    story, call_id = with_call(sqlite_address)
    async with call_open(sqlite_address, call_id, size) as pilot:
        await press(pilot, "f")
        await typed(pilot, "SCIM in Q3")
        assert "“in Q3” reads like a date" in shown(pilot)
        await press(pilot, "tab")
        await typed(pilot, "their audit")
        await press(pilot, "ctrl+o")
        assert "^o again confirms it" in flat(pilot)
        assert await pilot.app.call(feedback.of_call, call_id) == []
        await press(pilot, "ctrl+o")
        (kept,) = await pilot.app.call(feedback.of_call, call_id)
        assert (kept.what, kept.why, kept.customer_id) == ("SCIM in Q3", "their audit", story.bank)
        assert "SCIM in Q3 – their audit" in shown(pilot) or size[0] == 80


async def test_feedback_is_linked_to_a_ticket_of_the_customer_and_opens_it(sqlite_address: str) -> None:
    story, call_id = with_call(sqlite_address)
    with closing(open_desk(sqlite_address)):
        theirs = receive(story.bank, "SCIM")
        other = receive(story.who.acme, "Else")
        feedback.log(story.bank, "They want SCIM", "", story.tom, NOW, call_id=call_id)
    async with call_open(sqlite_address, call_id) as pilot:
        await press(pilot, "o")
        assert said(pilot)[-1] == "This line names no ticket."
        await press(pilot, "x")
        assert said(pilot)[-1] == "That is feedback; only actions are done or dropped."
        await press(pilot, "enter", "tab", "tab")
        await typed(pilot, str(other))
        await press(pilot, "enter")
        assert f"#{other} is another customer's ticket" in flat(pilot)
        await press(pilot, "home", "ctrl+k")
        await typed(pilot, "99999")
        assert "There is no ticket #99999; check the number." in shown(pilot)
        await press(pilot, "home", "ctrl+k")
        await typed(pilot, str(theirs))
        assert f"#{theirs} Bank, open: SCIM" in shown(pilot)
        await press(pilot, "enter")
        await press(pilot, "o")
        assert f"#{theirs}  SCIM" in shown(pilot)


async def test_a_reader_looks_and_an_engineer_may_stand_in(sqlite_address: str) -> None:
    _, call_id = with_call(sqlite_address)
    async with call_open(sqlite_address, call_id, login="rita") as pilot:
        for key in ("n", "e", "d", "a", "f", "h", "m"):
            await press(pilot, key)
        assert set(said(pilot)) == {"You may look, but not change anything; a lead can give you another role."}
    async with call_open(sqlite_address, call_id, login="ben") as pilot:
        await press(pilot, "m")
        assert said(pilot)[-1] == "Only a TAM or a lead plans, moves and skips calls."
        await press(pilot, "h", "ctrl+o")
        assert await pilot.app.call(rows, "SELECT state FROM review_call") == [("held",)]


async def test_what_people_typed_steers_no_terminal(sqlite_address: str) -> None:
    story, call_id = with_call(sqlite_address)
    hostile = "\x1b]52;c;ZXZpbA==\x07 [bold]x[/] \u202eabc"
    with closing(open_desk(sqlite_address)):
        feedback.log(story.bank, f"{hostile} said", hostile, story.tom, NOW, call_id=call_id)
        actions.add(story.bank, f"{hostile} do", "theirs", hostile, None, story.tom, NOW, call_id)
        calls.attendees(call_id, [hostile], story.tom, NOW)
    async with call_open(sqlite_address, call_id) as pilot:
        screen = shown(pilot)
        assert "\x1b" not in screen
        assert "\u202e" not in screen
        assert "[bold]x[/]" in screen


async def test_a_call_that_is_gone_goes_back_to_where_it_was_opened(sqlite_address: str) -> None:
    _, call_id = with_call(sqlite_address)
    async with call_open(sqlite_address, call_id) as pilot:
        await press(pilot, "u", "y")
        assert "This call is not there any more; look at the list again." in said(pilot)
        assert not isinstance(pilot.app.screen, CallScreen)
