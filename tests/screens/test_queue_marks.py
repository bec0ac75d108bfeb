"""A support engineer marks tickets and works on all of them at once."""

import asyncio
from threading import Event

import pytest

import screens.queue_list
import screens.queue_query
from models.reading import rows, scalar
from tests.screens.queue_desk import TUESDAY_10, Clock, columns, make_desk, opened, settled, shown, toasts
from tests.screens.test_queue_query import ANNA, SIZES, ask, on_the_desk, press
from tickets import canned, macros
from tickets.actions import Assign, Note, Reply, Tag

WAITING = "Dear {contact}, we look at {number} now. {me}"


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screens.queue_list, "REST_SECONDS", 0)
    monkeypatch.setattr(screens.queue_query, "TRY_AFTER", 0)


@pytest.fixture
def address(sqlite_address: str) -> str:
    """Twelve tickets, due one after the other."""
    make_desk(sqlite_address, [columns(n, due_in=(n + 1) * 600) for n in range(12)])
    return sqlite_address


def marked(pilot) -> list[int]:
    return sorted(pilot.app.screen.list.marked)


def column(address: str, name: str) -> list:
    return [value for (value,) in on_the_desk(address, rows, f"SELECT {name} FROM ticket ORDER BY id")]


@pytest.mark.parametrize("size", SIZES)
async def test_x_marks_and_goes_on_and_the_head_of_the_list_counts(address, size):
    async with opened(address, Clock(), size=size) as pilot:
        await press(pilot, "x", "x")
        assert marked(pilot) == [1, 2]
        assert pilot.app.screen.window.selected.id == 3
        assert any("b work on the marked  esc forget the marks" in line for line in shown(pilot))
        assert any("* 2 marked" in line for line in shown(pilot))
        assert any("1* 3" in line for line in shown(pilot))
        await press(pilot, "k", "x")
        assert marked(pilot) == [1]


async def test_a_range_all_and_none_are_a_key_each(address):
    async with opened(address, Clock()) as pilot:
        await press(pilot, "j", "x", "j", "j", "X")
        assert marked(pilot) == [2, 3, 4, 5]
        await press(pilot, "A")
        assert marked(pilot) == list(range(1, 13))
        await press(pilot, "U")
        assert marked(pilot) == []
        await press(pilot, "x", "escape")
        assert marked(pilot) == []
        assert "marked" not in "\n".join(shown(pilot))


async def test_a_range_goes_over_rows_that_have_left_the_window(sqlite_address):
    make_desk(sqlite_address, [columns(n, due_in=n * 60) for n in range(1700)])
    async with opened(sqlite_address, Clock()) as pilot:
        await press(pilot, "x", "G", "k", "X")
        assert marked(pilot) == list(range(1, 1700))
        await press(pilot, "U", "A")
        assert len(marked(pilot)) == 1700


async def test_all_of_a_query_are_marked_and_no_others(address):
    async with opened(address, Clock()) as pilot:
        await ask(pilot, "due<1h", "enter", "A")
        assert marked(pilot) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("size", SIZES)
async def test_marked_tickets_are_tagged_together_and_one_undo_takes_it_back(address, size):
    async with opened(address, Clock(), size=size) as pilot:
        await press(pilot, "x", "x", "b", "t", *"sso", "enter")
        assert column(address, "tags")[:3] == ["sso", "sso", ""]
        assert any("tagged 2 tickets sso" in toast for toast in toasts(pilot))
        assert marked(pilot) == []
        await press(pilot, "u")
        assert set(column(address, "tags")) == {""}


async def test_marked_tickets_are_given_to_a_colleague_by_a_part_of_the_name(address):
    async with opened(address, Clock()) as pilot:
        await press(pilot, "x", "x", "b", "a", *"be", "enter")
        assert column(address, "owner_id")[:3] == [2, 2, None]


async def test_the_severity_of_many_needs_a_reason(address):
    async with opened(address, Clock()) as pilot:
        await press(pilot, "x", "x", "b", "s", "4", "ctrl+o")
        assert any("needs a reason" in line for line in shown(pilot))
        await press(pilot, "tab", *"quiet", "enter")
        assert column(address, "severity")[:3] == [4, 4, 3]


async def test_the_state_of_many_is_a_letter(address):
    async with opened(address, Clock()) as pilot:
        await press(pilot, "x", "x", "b", "S", "w")
        assert column(address, "state")[:3] == ["waiting", "waiting", "open"]


async def test_without_marks_the_ticket_under_the_cursor_is_worked_on(address):
    async with opened(address, Clock()) as pilot:
        await press(pilot, "j", "b", "t", *"sso", "enter")
        assert column(address, "tags")[:3] == ["", "sso", ""]


async def test_what_refuses_is_listed_and_stays_marked_and_the_rest_is_done(address):
    many = tuple(f"t{number}" for number in range(30))
    from tickets import tags

    on_the_desk(address, tags.tag, 2, many, ANNA, TUESDAY_10)
    on_the_desk(address, tags.tag, 3, many, ANNA, TUESDAY_10)
    async with opened(address, Clock()) as pilot:
        await press(pilot, "x", "x", "x", "x", "b", "t", *"sso", "enter")
        text = "\n".join(shown(pilot))
        assert "2 refused" in text
        assert "#2" in text and "more than 30 tags" in text
        await press(pilot, "escape")
        assert marked(pilot) == [2, 3]
        assert column(address, "tags")[0] == "sso" and column(address, "tags")[3] == "sso"


async def test_work_that_is_stopped_has_done_nothing(address, monkeypatch):
    from tickets import bulk

    whole, begun, pressed = bulk.apply, Event(), Event()

    def slow(*arguments, heard):
        def wait_and_hear(count, of):
            begun.set()
            assert pressed.wait(10)
            return heard(count, of)

        return whole(*arguments, heard=wait_and_hear)

    async with opened(address, Clock()) as pilot:
        monkeypatch.setattr(bulk, "apply", slow)
        await press(pilot, "A", "b", "t", *"sso")
        await pilot.press("enter")
        await asyncio.to_thread(begun.wait, 10)
        await pilot.press("escape")
        pressed.set()
        await settled(pilot)
        assert set(column(address, "tags")) == {""}
        assert any("Stopped; nothing was done." in toast for toast in toasts(pilot))
        assert len(marked(pilot)) == 12


async def test_the_dot_does_the_same_to_what_is_marked_then(address):
    async with opened(address, Clock()) as pilot:
        await press(pilot, "x", "b", "t", *"sso", "enter")
        await press(pilot, "j", "x", "x", "full_stop")
        assert column(address, "tags")[:5] == ["sso", "", "sso", "sso", ""]


async def test_a_macro_runs_on_the_selected_ticket_and_the_dot_runs_it_on_the_next(address):
    steps = (Assign("me"), Tag(("sso",)), Note("Known: see the runbook."))
    on_the_desk(address, macros.create, "Known bug", steps, ANNA, TUESDAY_10)
    async with opened(address, Clock()) as pilot:
        await press(pilot, "M", *"known", "enter")
        assert (column(address, "tags")[0], column(address, "owner_id")[0]) == ("sso", ANNA)
        await press(pilot, "j", "full_stop")
        assert column(address, "tags")[:3] == ["sso", "sso", ""]
        await press(pilot, "j", "enter", "full_stop")
        assert column(address, "tags")[:3] == ["sso", "sso", "sso"]
        await press(pilot, "u")
        assert column(address, "tags")[:3] == ["sso", "sso", ""]


async def test_after_a_macro_that_answers_the_cursor_stands_on_the_next_ticket(address):
    reply = on_the_desk(address, canned.create, "We look", WAITING, ANNA, TUESDAY_10)
    on_the_desk(address, macros.create, "Say so", (Assign("me"), Reply(reply)), ANNA, TUESDAY_10)
    async with opened(address, Clock()) as pilot:
        await press(pilot, "j", "M", "enter")
        assert on_the_desk(address, scalar, "SELECT ticket_id FROM message") == 2
        assert pilot.app.screen.window.selected.id == 3


async def test_where_there_is_no_macro_the_list_says_how_one_is_made(address):
    async with opened(address, Clock()) as pilot:
        await press(pilot, "M")
        assert any("No such macro" in line for line in shown(pilot))
        await press(pilot, "enter", "escape")
        assert type(pilot.app.screen).__name__ == "QueueScreen"


async def test_a_canned_reply_is_filled_in_and_read_before_it_is_sent(address):
    on_the_desk(address, canned.create, "We look", WAITING, ANNA, TUESDAY_10)
    async with opened(address, Clock()) as pilot:
        await press(pilot, "R", "enter")
        text = pilot.app.screen.composer.editor.text
        assert text == "Dear Acme Bank, we look at #1 now. Anna"
        assert on_the_desk(address, scalar, "SELECT COUNT(*) FROM message") == 0
        await press(pilot, "ctrl+o")
        assert on_the_desk(address, scalar, "SELECT body FROM message") == text


@pytest.mark.parametrize("size", SIZES)
async def test_a_canned_reply_goes_where_the_cursor_stands_in_what_is_being_written(address, size):
    on_the_desk(address, canned.create, "We look", "we look at {number} ({plan})", ANNA, TUESDAY_10)
    async with opened(address, Clock(), size=size) as pilot:
        await press(pilot, "r", *"Hi", "space", "ctrl+l", "enter")
        assert pilot.app.screen.composer.editor.text == "Hi we look at #1 ({plan})"
        assert any("nothing to put for {plan} here" in line for line in shown(pilot))
        await press(pilot, *"!")
        assert pilot.app.screen.composer.editor.text.endswith("({plan})!")


async def test_a_canned_reply_is_sent_to_all_that_are_marked(address):
    on_the_desk(address, canned.create, "We look", WAITING, ANNA, TUESDAY_10)
    async with opened(address, Clock()) as pilot:
        await press(pilot, "x", "x", "R", "enter")
        sent = [body for (body,) in on_the_desk(address, rows, "SELECT body FROM message ORDER BY ticket_id")]
        assert sent == ["Dear Acme Bank, we look at #1 now. Anna", "Dear Acme Bank, we look at #2 now. Anna"]
        await press(pilot, "u")
        assert any("cannot be undone" in toast for toast in toasts(pilot))


async def test_who_may_only_read_marks_and_copies_but_works_on_nothing(address):
    async with opened(address, Clock(), login="rita") as pilot:
        await press(pilot, "x", "x", "b")
        assert any("You may look" in toast for toast in toasts(pilot))
        assert type(pilot.app.screen).__name__ == "QueueScreen"


async def test_a_macro_is_made_out_of_steps_in_words_and_a_wrong_step_is_named(address):
    on_the_desk(address, canned.create, "We look", WAITING, ANNA, TUESDAY_10, shared=True)
    async with opened(address, Clock()) as pilot:
        await press(pilot, "E", *"Known", "tab", "right", "tab")
        pilot.app.screen.editor.text = "tag sso, known\nfly away"
        await press(pilot, "ctrl+o")
        assert any("'fly away' is no step" in line for line in shown(pilot))
        pilot.app.screen.editor.text = "assign me\ntag sso, known\nreply we look"
        await press(pilot, "ctrl+o", "x", "x", "M", "enter")
        assert column(address, "tags")[:3] == ["sso,known", "sso,known", ""]
        assert on_the_desk(address, scalar, "SELECT COUNT(*) FROM message") == 2
        assert on_the_desk(address, scalar, "SELECT owner_id FROM macro") is None


@pytest.mark.parametrize("size", SIZES)
async def test_what_was_written_is_kept_as_a_canned_reply(address, size):
    async with opened(address, Clock(), size=size) as pilot:
        await press(pilot, "r")
        pilot.app.screen.composer.editor.text = "Dear {contct}"
        await press(pilot, "ctrl+g", *"Greeting", "ctrl+o")
        assert any("did you mean 'contact'?" in line for line in shown(pilot))
        pilot.app.screen.editor.text = "Dear {contact}"
        await press(pilot, "ctrl+o", "ctrl+l", "enter")
        assert "Dear Acme Bank" in pilot.app.screen.composer.editor.text
