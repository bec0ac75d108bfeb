"""A mail that nobody could be found for is read, filed or set aside, and never lost."""

from collections.abc import Iterator

import pytest

from tests.screens.ticket_desk import NOW, Made, app_on, make, press, settle, shown, typed
from tickets import reading
from tickets.mail.filing import file_mail
from tickets.mail.unmatched import count

SIZES = ((120, 36), (80, 24))
LETTER = (
    b"From: =?utf-8?q?J=C3=BCrg?= <j@nowhere.example>\r\nTo: desk@vendor.example\r\n"
    b"Subject: =?utf-8?b?R3LDvMOfZQ==?=\r\n"
    b'Message-ID: <2@nowhere.example>\r\nContent-Type: multipart/mixed; boundary="cut"\r\n\r\n'
    b"--cut\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    b"TmllbWFuZCBrb21tdCBoaW5laW4uIBtbMkogW2JvbGRdw7xiZXJhbGxbL10=\r\n"
    b'--cut\r\nContent-Type: image/png; name="shot.png"\r\n\r\nx\r\n--cut--\r\n'
)
MAIL = (
    b"From: Zoe <zoe@nowhere.example>\r\nTo: desk@vendor.example\r\nSubject: Help \x1b[2J [bold]me[/]\r\n"
    b"Message-ID: <1@nowhere.example>\r\n\r\nNobody can log in.\r\n"
)


@pytest.fixture
def made(sqlite_address: str) -> Iterator[Made]:
    yield make(sqlite_address)


@pytest.mark.parametrize("size", SIZES)
async def test_a_stranger_s_mail_becomes_a_ticket_of_a_customer(made: Made, size: tuple[int, int]) -> None:
    async with app_on(made.address, size) as pilot:
        await pilot.app.call(file_mail, MAIL, NOW - 900)
        await settle(pilot)
        await press(pilot, "i")
        screen = shown(pilot)
        assert "1 mail that nobody could be found for" in screen
        assert "zoe@nowhere.example" in screen
        assert "Nobody can log in." in screen
        assert "\x1b" not in screen
        await press(pilot, "f", "ctrl+o")
        assert "Type the number of a ticket" in shown(pilot)
        await press(pilot, "tab")
        await typed(pilot, "glob")
        assert "Globex" in shown(pilot)
        await press(pilot, "enter")
        row = await pilot.app.call(reading.row, 2)
        assert (row.customer, row.received_at) == ("Globex", NOW - 900)
        assert "#2  Help" in shown(pilot)
        await press(pilot, "escape")
        assert "No mail waits" in shown(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_a_mail_is_read_as_its_writer_saw_it(made: Made, size: tuple[int, int]) -> None:
    async with app_on(made.address, size) as pilot:
        await pilot.app.call(file_mail, LETTER, NOW - 900)
        await settle(pilot)
        await press(pilot, "i")
        screen = shown(pilot)
        for said in ("Jürg <j@nowhere.example>", "Grüße", "shot.png", "Niemand kommt hinein.", "[bold]überall[/]"):
            assert said in screen
        assert "TmllbWFuZ" not in screen
        assert "\x1b" not in screen


@pytest.mark.parametrize("size", SIZES)
async def test_a_mail_is_filed_on_a_ticket_that_exists_and_that_is_undone(made: Made, size: tuple[int, int]) -> None:
    async with app_on(made.address, size) as pilot:
        await pilot.app.call(file_mail, MAIL, NOW - 900)
        await settle(pilot)
        await press(pilot, "i", "f")
        await typed(pilot, "99")
        await press(pilot, "enter")
        assert "no ticket #99" in shown(pilot)
        await press(pilot, "backspace", "backspace")
        await typed(pilot, "#1")
        await press(pilot, "enter")
        assert "#1  Logins fail" in shown(pilot)
        assert "Nobody can log in." in shown(pilot)
        await press(pilot, "u", "escape")
        assert "1 mail that nobody" in shown(pilot)


async def test_advertising_is_set_aside_with_a_reason(made: Made) -> None:
    async with app_on(made.address) as pilot:
        await pilot.app.call(file_mail, MAIL, NOW - 900)
        await settle(pilot)
        await press(pilot, "i", "d", "enter")
        assert "with a reason" in shown(pilot)
        await typed(pilot, "advertising")
        await press(pilot, "enter")
        assert "0 mails that nobody" in shown(pilot)
        assert await pilot.app.call(count, "dismissed") == 1
        await press(pilot, "f")
        assert any("No mail waits." in note.message for note in pilot.app._notifications)
