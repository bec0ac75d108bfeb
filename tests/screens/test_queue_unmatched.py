"""Mails that nobody could be found for stand among the views, so that nobody forgets them."""

import pytest

from models.thread import DatabaseThread
from screens.mail import MailScreen
from screens.queue import QueueScreen
from tests.screens.queue_desk import TUESDAY_10, Clock, columns, make_desk, opened, settled, shown, until
from tests.tickets.mail.messages import mail
from tickets.mail.filing import file_mail
from tickets.mail.unmatched import dismiss


@pytest.fixture
def address(sqlite_address: str) -> str:
    make_desk(sqlite_address, [columns(1, due_in=3600)])
    return sqlite_address


def write(address: str, *subjects: bytes) -> None:
    """Let mails come in while the app is open, as a mail system hands them over."""
    other = DatabaseThread(address)
    other.start()
    for subject in subjects:
        other.submit(file_mail, mail(sender=b"who@nowhere.example", Subject=subject), TUESDAY_10).result()
    other.close()


async def noticed(pilot, count: int) -> None:
    """Wait until the queue has counted that many mails."""
    await until(pilot, lambda: pilot.app.screen.views_bar.counts.get("unmatched") == count)
    await settled(pilot)


async def test_a_mail_is_counted_when_it_comes_and_when_it_is_set_aside(address: str) -> None:
    async with opened(address, Clock()) as pilot:
        assert any("Unmatched mail 0" in " ".join(line.split()) for line in shown(pilot))
        write(address, b"first", b"second")
        await noticed(pilot, 2)
        assert any("Unmatched mail 2" in " ".join(line.split()) for line in shown(pilot))
        await pilot.app.call(dismiss, 1, "spam", 1, TUESDAY_10)
        await noticed(pilot, 1)
        assert any("Unmatched mail 1" in " ".join(line.split()) for line in shown(pilot))


async def test_the_mouse_and_the_list_of_views_open_the_mails_and_back_is_the_view_that_was_shown(address: str) -> None:
    async with opened(address, Clock()) as pilot:
        line = next(index for index, text in enumerate(shown(pilot)) if "Unmatched mail" in text)
        await pilot.click(offset=(5, line))
        await settled(pilot)
        assert isinstance(pilot.app.screen, MailScreen)
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(pilot.app.screen, QueueScreen)
        assert pilot.app.screen.view.key == "open"
        await pilot.press("o", *["j"] * 9, "enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, MailScreen)


async def test_walking_through_the_views_passes_by(address: str) -> None:
    async with opened(address, Clock()) as pilot:
        seen = []
        for _ in range(9):
            await pilot.press("right_square_bracket")
            await settled(pilot)
            assert isinstance(pilot.app.screen, QueueScreen)
            seen.append(pilot.app.screen.view.key)
        assert seen[-2:] == ["done", "open"]
        await pilot.press("left_square_bracket")
        await settled(pilot)
        assert pilot.app.screen.view.key == "done"


async def test_in_one_line_the_mails_show_once_there_are_any_with_their_key(address: str) -> None:
    async with opened(address, Clock(), size=(80, 24)) as pilot:
        assert "Unmatched" not in shown(pilot)[1]
        write(address, b"first")
        await noticed(pilot, 1)
        assert shown(pilot)[1].endswith("i Unmatched mail 1")
        await pilot.click(offset=(75, 1))
        await settled(pilot)
        assert isinstance(pilot.app.screen, MailScreen)
