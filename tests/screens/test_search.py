"""A support engineer searches what was written."""

import pytest

import screens.search
from models import journal
from models.tickets import Message
from tests.screens.queue_desk import TUESDAY_10, Clock, columns, make_desk, opened, shown
from tests.screens.test_queue_query import ANNA, SIZES, on_the_desk, press
from tests.screens.test_queue_query import settled as all_settled


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screens.search, "SEARCH_AFTER", 0)


@pytest.fixture
def address(sqlite_address: str) -> str:
    """Ninety tickets; the second has three hundred messages, one of which tells of a lantern."""
    make_desk(sqlite_address, [columns(n, due_in=n * 600, subject=f"Question {n} on tokens") for n in range(90)])
    on_the_desk(sqlite_address, talk)
    return sqlite_address


def talk() -> None:
    with journal.transaction(ANNA, TUESDAY_10, "test", 2) as tx:
        for number in range(300):
            body = "We saw [b]the lantern\x1b[2J blink[/b] twice." if number == 40 else f"Line {number} of the talk."
            at = TUESDAY_10 - 90_000 + number * 60
            tx.insert(
                Message, ticket_id=2, kind="message", side="customer", author="Jo", channel="ticket", at=at, body=body
            )
        tx.say("They talked.")


@pytest.mark.parametrize("size", SIZES)
async def test_a_word_is_found_while_it_is_typed_with_the_text_around_it(address, size):
    async with opened(address, Clock(), size=size) as pilot:
        await press(pilot, "F", *"lanter")
        text = "\n".join(shown(pilot))
        assert "Question 1 on tokens" in text
        assert "We saw [b]the lantern" in text and "\x1b" not in text
        assert "1 ticket, the newest first" in text
        assert max(len(line) for line in shown(pilot)) <= size[0]


async def test_text_that_is_cut_ends_in_an_ellipsis(address):
    async with opened(address, Clock(), size=(60, 20)) as pilot:
        await press(pilot, "F", *"lantern")
        assert next(line for line in shown(pilot) if "We saw" in line).rstrip().endswith("…")


async def test_enter_opens_the_ticket_at_the_message_and_back_is_where_it_was(address):
    async with opened(address, Clock()) as pilot:
        await press(pilot, "ctrl+f", *"lantern", "enter")
        assert pilot.app.screen.ticket_id == 2
        assert "the lantern" in "\n".join(shown(pilot))
        await press(pilot, "k", "j", "j")
        assert "Line 41 of the talk." in "\n".join(shown(pilot))
        await press(pilot, "escape")
        assert pilot.app.screen.line.value == "lantern"
        await press(pilot, "escape")
        assert type(pilot.app.screen).__name__ == "QueueScreen"


async def test_many_hits_are_read_on_as_the_cursor_goes_down(address):
    async with opened(address, Clock()) as pilot:
        await press(pilot, "F", *"tokens")
        assert any("50 and more tickets" in line for line in shown(pilot))
        await press(pilot, *["pagedown"] * 12)
        assert any("90 tickets, the newest first" in line for line in shown(pilot))
        assert pilot.app.screen.hits.cursor == 89


async def test_nothing_found_and_nothing_readable_are_said_in_words(address):
    async with opened(address, Clock()) as pilot:
        await press(pilot, "F", *"xylophone")
        assert any("Nothing was found." in line for line in shown(pilot))
        await press(pilot, "space", *"sev:9")
        assert any("sev:9" in line and "not known" in line for line in shown(pilot))


async def test_while_one_search_runs_only_the_newest_text_waits(address, monkeypatch):
    asked = []
    whole = screens.search.search

    def search(text, *arguments, **more):
        asked.append(text)
        return whole(text, *arguments, **more)

    monkeypatch.setattr(screens.search, "search", search)
    async with opened(address, Clock()) as pilot:
        await press(pilot, "F")
        await pilot.press(*"lantern")
        await all_settled(pilot)
        assert asked[-1] == "lantern"
        assert len(asked) == len(set(asked))


async def test_a_search_is_taken_to_the_queue_and_worked_there(address):
    async with opened(address, Clock()) as pilot:
        await press(pilot, "2", "F", *"lantern", "ctrl+l")
        assert [row.id for row in pilot.app.screen.window.rows] == [2]
        assert pilot.app.screen.view.query == "lantern state:any"
        await press(pilot, "escape")
        assert pilot.app.screen.view.key == "open"
