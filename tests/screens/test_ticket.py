"""An engineer opens a ticket, reads it, answers it, and the clock stops."""

from contextlib import closing

import pytest

from models.connection import open_desk
from models.errors import Busy
from models.thread import DatabaseThread
from tests.screens.ticket_desk import HOSTILE, NOW, Made, app_on, press, settle, shown, typed
from tickets import drafts, operations, reading, ticket_reading

SIZES = ((120, 36), (80, 24))


@pytest.mark.parametrize("size", SIZES)
async def test_opening_shows_conversation_facts_and_the_clock(made: Made, size: tuple[int, int]) -> None:
    async with app_on(made.address, size) as pilot:
        await press(pilot, "enter")
        screen = shown(pilot)
        assert "#1  Logins fail for every user" in screen
        assert "Since 12:40 nobody can log in." in screen
        assert "2 business hours" in screen
        assert "Enterprise Cloud" in screen
        assert "sev 2 (they say 1)" in screen


async def test_narrow_screens_fold_the_facts_into_two_lines_and_f_shows_them(made: Made) -> None:
    async with app_on(made.address, (80, 24)) as pilot:
        await press(pilot, "enter")
        assert "● 1:10   2 business hours, received 12:50, due 14:50" in shown(pilot)
        assert "Contract" not in shown(pilot)
        await press(pilot, "f")
        assert "Contract" in shown(pilot)
        assert "… j k scroll, f folds them" in shown(pilot)
        await press(pilot, "escape")
        assert "Since 12:40 nobody can log in." in shown(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_a_reply_says_what_it_does_and_stops_the_clock(made: Made, size: tuple[int, int]) -> None:
    async with app_on(made.address, size) as pilot:
        await press(pilot, "enter", "r")
        assert "stops the clock: met with 1 h 10 min to spare" in shown(pilot)
        await typed(pilot, "We are on it.")
        await press(pilot, "ctrl+o")
        screen = shown(pilot)
        assert "We are on it." in screen
        assert "✓ met" in screen
        assert "waiting · anna" in screen
        assert "Reply to" not in screen
        row = await pilot.app.call(reading.row, made.ticket)
        assert (row.clock_state, row.state, row.owner) == ("met", "waiting", "anna")


async def test_a_late_answer_goes_on_saying_what_it_cost(made: Made) -> None:
    async with app_on(made.address, (80, 24), now=NOW + 4200 + 47 * 60) as pilot:
        await press(pilot, "r")
        assert "stops the clock: missed by 47 min, 3 days of credit" in shown(pilot)
        await typed(pilot, "Sorry.")
        await press(pilot, "ctrl+o")
        assert "✕ +0:47 3d" in shown(pilot)


async def test_the_state_that_follows_a_reply_is_chosen_with_a_key(made: Made) -> None:
    async with app_on(made.address) as pilot:
        await press(pilot, "enter", "r", "ctrl+t", "ctrl+t")
        assert "then solved" in shown(pilot)
        await typed(pilot, "Fixed.")
        await press(pilot, "ctrl+o")
        assert (await pilot.app.call(reading.row, made.ticket)).state == "solved"


async def test_escape_keeps_the_draft_and_r_takes_it_up_again(made: Made) -> None:
    async with app_on(made.address) as pilot:
        await press(pilot, "enter", "r")
        await typed(pilot, "Half a sen")
        await press(pilot, "escape", "escape", "r")
        assert pilot.app.screen.composer.editor.text == "Half a sen"
        await typed(pilot, "tence")
        await press(pilot, "ctrl+o")
        assert await pilot.app.call(drafts.load, made.anna, made.ticket, "reply") == ""
        assert "Half a sentence" in shown(pilot)


async def test_a_reply_and_a_note_have_a_draft_each(made: Made) -> None:
    async with app_on(made.address) as pilot:
        await press(pilot, "enter", "r")
        await typed(pilot, "to them")
        await press(pilot, "escape", "n")
        assert pilot.app.screen.composer.editor.text == ""
        assert "only colleagues read it" in shown(pilot)
        await typed(pilot, "to us")
        await press(pilot, "ctrl+o")
        assert "note, internal · anna" in shown(pilot)
        assert await pilot.app.call(drafts.load, made.anna, made.ticket, "reply") == "to them"


async def test_a_note_can_be_undone_and_done_again(made: Made) -> None:
    async with app_on(made.address) as pilot:
        await press(pilot, "enter", "n")
        await typed(pilot, "stuck projection")
        await press(pilot, "ctrl+o", "u")
        await settle(pilot)
        assert "stuck projection" not in shown(pilot)
        await press(pilot, "ctrl+r")
        await settle(pilot)
        assert "stuck projection" in shown(pilot)


async def test_an_empty_reply_is_refused_in_a_sentence(made: Made) -> None:
    async with app_on(made.address) as pilot:
        await press(pilot, "enter", "r", "ctrl+o")
        assert "There is nothing to send" in shown(pilot)
        await typed(pilot, "x")
        assert "stops the clock" in shown(pilot)


async def test_a_reply_to_what_a_colleague_changed_keeps_the_text_and_says_what_changed(
    made: Made, other: DatabaseThread
) -> None:
    async with app_on(made.address) as pilot:
        await press(pilot, "enter", "r")
        await typed(pilot, "My answer")
        other.submit(operations.reply, made.ticket, "Ben's answer", made.ben, NOW).result()
        await press(pilot, "ctrl+o")
        screen = shown(pilot)
        assert "Ben Keller replied to #1" in screen
        assert "Your text is kept" in screen
        assert pilot.app.screen.composer.editor.text == "My answer"
        await press(pilot, "ctrl+o")
        found = await pilot.app.call(ticket_reading.conversation, made.ticket)
        assert [message.body for message in found][-2:] == ["Ben's answer", "My answer"]


async def test_what_a_person_wrote_is_text_and_nothing_else(made: Made, other: DatabaseThread) -> None:
    other.submit(operations.customer_wrote, made.ticket, HOSTILE, NOW - 60).result()
    async with app_on(made.address) as pilot:
        await press(pilot, "enter")
        screen = shown(pilot)
        assert "[bold]x[/] [[ ]] ␛]52;c;ZXZpbA==␇ ␛[2J �abc 日本語 e\u0301" in screen
        assert "\x1b" not in screen
        await press(pilot, "r")
        pilot.app.screen.composer.editor.text = HOSTILE
        await settle(pilot)
        assert "\x1b" not in shown(pilot)
        assert pilot.app.screen.composer.editor.text == HOSTILE


async def test_the_palette_holds_what_can_be_done_while_writing(made: Made) -> None:
    async with app_on(made.address) as pilot:
        await press(pilot, "enter", "r")
        await typed(pilot, "Try again now.")
        await press(pilot, "ctrl+p")
        await typed(pilot, "state after")
        await press(pilot, "enter")
        assert "then open" in shown(pilot)
        await press(pilot, "ctrl+p")
        await typed(pilot, "send")
        await press(pilot, "enter")
        assert (await pilot.app.call(reading.row, made.ticket)).state == "open"
        assert "Try again now." in shown(pilot)
        assert pilot.app.screen.composer is None


async def test_claim_asks_before_it_takes_a_colleagues_ticket(made: Made, other: DatabaseThread) -> None:
    other.submit(operations.claim, made.ticket, made.ben, NOW).result()
    async with app_on(made.address) as pilot:
        await press(pilot, "enter", "c")
        assert "#1 is ben's" in shown(pilot)
        await press(pilot, "enter")
        assert (await pilot.app.call(reading.row, made.ticket)).owner == "ben"
        await press(pilot, "c", "y")
        assert (await pilot.app.call(reading.row, made.ticket)).owner == "anna"
        assert "open · anna" in shown(pilot)
        await press(pilot, "C")
        assert "open · nobody's" in shown(pilot)


async def test_a_line_of_text_is_never_too_long_to_read(made: Made) -> None:
    async with app_on(made.address, (240, 50)) as pilot:
        await press(pilot, "enter", "n")
        await typed(pilot, "word " * 40)
        await press(pilot, "ctrl+o")
        lines = [line.split("▏")[0].strip() for line in shown(pilot).splitlines() if line.count("word") > 5]
        assert len(lines) == 2 and all(len(line) <= 106 for line in lines)


async def test_long_conversations_are_read_a_page_at_a_time(made: Made) -> None:
    with_many(made, 1000)
    async with app_on(made.address) as pilot:
        await press(pilot, "enter")
        talk = pilot.app.screen.talk
        assert "message 999" in shown(pilot)
        assert len(talk.messages) <= 200
        for _ in range(12):
            await press(pilot, "ctrl+u")
        assert "message 999" not in shown(pilot)
        await press(pilot, "g")
        assert "Since 12:40 nobody can log in." in shown(pilot)
        assert len(talk.messages) <= 200
        await press(pilot, "G")
        assert "message 999" in shown(pilot)


async def test_a_message_of_two_megabytes_is_cut_until_more_is_asked_for(made: Made, other: DatabaseThread) -> None:
    other.submit(operations.customer_wrote, made.ticket, "word " * 400_000, NOW - 60).result()
    async with app_on(made.address) as pilot:
        await press(pilot, "enter")
        assert "… 1 980 000 more characters: m shows more" in shown(pilot)
        await press(pilot, "m", "G")
        assert "… 1 880 000 more characters" in shown(pilot)


async def test_a_paste_that_is_no_message_is_refused_and_nothing_freezes(made: Made) -> None:
    from textual import events

    async with app_on(made.address) as pilot:
        await press(pilot, "enter", "r")
        editor = pilot.app.screen.composer.editor
        pilot.app.post_message(events.Paste("x" * 10_000_000))
        await settle(pilot)
        assert editor.text == ""
        pilot.app.post_message(events.Paste("two\nlines"))
        await settle(pilot)
        assert editor.text == "two\nlines"


async def test_read_only_people_are_told_why(made: Made) -> None:
    with_reader(made)
    async with app_on(made.address, login="rita") as pilot:
        await press(pilot, "enter", "r")
        assert pilot.app.screen.composer is None
        assert "r reply" not in shown(pilot)
        await press(pilot, "w")
        assert "Why is #1 due" in shown(pilot)


async def test_r_in_the_queue_opens_the_ticket_with_the_reply(made: Made) -> None:
    async with app_on(made.address) as pilot:
        await press(pilot, "r")
        assert "Reply to Jo of Acme" in shown(pilot)
        await press(pilot, "escape", "escape")
        assert "Views" in shown(pilot)


async def test_a_connection_that_drops_loses_no_reply(made: Made) -> None:
    async with app_on(made.address) as pilot:
        await press(pilot, "r")
        await typed(pilot, "draft")
        pilot.app.exit()
    async with app_on(made.address) as pilot:
        assert await pilot.app.call(drafts.load, made.anna, made.ticket, "reply") == "draft"


async def test_what_was_sent_leaves_no_draft_behind(made: Made) -> None:
    async with app_on(made.address) as pilot:
        await press(pilot, "r")
        await typed(pilot, "sent")
        await press(pilot, "ctrl+o")
        pilot.app.exit()
    async with app_on(made.address) as pilot:
        assert await pilot.app.call(drafts.load, made.anna, made.ticket, "reply") == ""


async def test_a_ticket_whose_intake_was_undone_is_left(made: Made) -> None:
    async with app_on(made.address) as pilot:
        await press(pilot, "enter")
        await press(pilot, "u")
        await settle(pilot)
        assert any("There is no ticket #1" in said.message for said in pilot.app._notifications)
        assert "Views" in shown(pilot)


async def test_a_database_that_is_busy_keeps_the_text_and_says_so(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object, **__: object) -> None:
        raise Busy("Another program holds the database; nothing was saved. Try again.")

    async with app_on(made.address) as pilot:
        await press(pilot, "r")
        await typed(pilot, "words")
        monkeypatch.setattr(operations, "reply", busy)
        await press(pilot, "ctrl+o")
        assert "nothing was saved" in shown(pilot)
        assert pilot.app.screen.composer.editor.text == "words"


def with_many(made: Made, count: int) -> None:
    """Let the customer write very often."""
    from models.journal import transaction
    from models.tickets import Message

    columns = ("ticket_id", "kind", "side", "author", "channel", "automatic", "at", "body")
    said = (made.ticket, "message", "customer", "Jo", "ticket", 0)
    with closing(open_desk(made.address)), transaction(None, NOW - 2000, "test") as tx:
        tx.insert_many(Message, columns, ((*said, NOW - 2000 + n, f"message {n}") for n in range(count)))
        tx.say("Many messages.")


def with_reader(made: Made) -> None:
    """Add someone who may only look."""
    from models import access

    with closing(open_desk(made.address)):
        access.add_person("rita", "Rita", "read-only", made.anna, NOW)
