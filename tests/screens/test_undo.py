"""`u` takes back what was just done; what was done hours ago, before this session, only after a question."""

from models.reading import rows
from tests.screens.queue_desk import TUESDAY_10, Clock, columns, make_desk, opened, shown, toasts
from tests.screens.test_queue_query import ANNA, on_the_desk, press
from tickets import operations, tags

HOUR = 3600


def made(address: str, *instants: int) -> str:
    """A desk on which Anna put a tag on the first ticket at each of these instants."""
    make_desk(address, [columns(n, due_in=(n + 1) * 600) for n in range(2)])
    for number, at in enumerate(instants):
        on_the_desk(address, tags.tag, 1, (f"t{number}",), ANNA, at)
    return address


def tagged(address: str) -> str:
    return on_the_desk(address, rows, "SELECT tags FROM ticket WHERE id = 1")[0][0]


def asked(pilot) -> bool:
    return type(pilot.app.screen).__name__ == "ConfirmDialog"


async def test_what_i_did_in_another_session_this_morning_is_asked_about_once(sqlite_address):
    address = made(sqlite_address, TUESDAY_10 - 3 * HOUR, TUESDAY_10 - 2 * HOUR)
    async with opened(address, Clock()) as pilot:
        await press(pilot, "u")
        text = "\n".join(shown(pilot))
        assert "Take back your work of 08:00?" in text
        assert "tagged #1 t1" in text
        await press(pilot, "n")
        assert tagged(address) == "t0,t1"
        await press(pilot, "u", "y")
        assert tagged(address) == "t0"
        assert any("Undone: Anna tagged #1 t1" in toast for toast in toasts(pilot))
        await press(pilot, "u")
        assert tagged(address) == ""


async def test_what_i_did_yesterday_names_the_day(sqlite_address):
    async with opened(made(sqlite_address, TUESDAY_10 - 24 * HOUR), Clock()) as pilot:
        await press(pilot, "u")
        assert any("Take back your work of Mon 10:00?" in line for line in shown(pilot))


async def test_what_i_did_a_moment_before_i_came_back_is_taken_back_at_once(sqlite_address):
    address = made(sqlite_address, TUESDAY_10 - 600)
    async with opened(address, Clock()) as pilot:
        await press(pilot, "u")
        assert tagged(address) == ""


async def test_what_i_did_hours_ago_in_this_session_is_taken_back_at_once(sqlite_address):
    clock = Clock(TUESDAY_10 - 3 * HOUR)
    address = made(sqlite_address)
    async with opened(address, clock) as pilot:
        on_the_desk(address, tags.tag, 1, ("t0",), ANNA, clock.at + 60)
        clock.at += 3 * HOUR
        await press(pilot, "u")
        assert tagged(address) == ""


async def test_what_was_sent_is_refused_without_a_question(sqlite_address):
    address = made(sqlite_address)
    on_the_desk(address, operations.reply, 1, "We look.", ANNA, TUESDAY_10 - 2 * HOUR)
    async with opened(address, Clock()) as pilot:
        await press(pilot, "u")
        assert not asked(pilot)
        assert any("This was sent and cannot be undone" in toast for toast in toasts(pilot))


async def test_nothing_to_take_back_is_a_sentence(sqlite_address):
    async with opened(made(sqlite_address), Clock()) as pilot:
        await press(pilot, "u")
        assert not asked(pilot)
        assert any("There is nothing to undo." in toast for toast in toasts(pilot))


async def test_only_what_was_asked_about_is_taken_back(sqlite_address):
    address = made(sqlite_address, TUESDAY_10 - 2 * HOUR)
    async with opened(address, Clock()) as pilot:
        await press(pilot, "u")
        on_the_desk(address, tags.tag, 1, ("newer",), ANNA, TUESDAY_10)
        await press(pilot, "y")
        assert tagged(address) == "t0,newer"
        assert any("You did something else meanwhile" in toast for toast in toasts(pilot))
