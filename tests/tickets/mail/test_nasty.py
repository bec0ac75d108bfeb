"""Every nasty mail does what its story says, on both databases, and none is dropped."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.connection import Desk
from models.reading import one, rows, scalar
from tests.tickets.cast import at
from tests.tickets.mail.desk import FIRST, mail_desk
from tests.tickets.mail.messages import ALL, NEW, Nasty
from tickets import attachments
from tickets.mail.filing import file_mail
from tickets.mail.letter import read, shown

NOON = at("Mon 10:00")


def test_there_are_enough_of_them() -> None:
    assert len(ALL) >= 40
    assert len({nasty.story for nasty in ALL}) == len(ALL)


@pytest.mark.parametrize("nasty", ALL, ids=[nasty.story for nasty in ALL])
def test_a_nasty_mail_ends_where_it_belongs(desk: Desk, nasty: Nasty) -> None:
    mail_desk()
    filed = file_mail(nasty.raw, NOON)
    tickets = scalar("SELECT COUNT(*) FROM ticket")
    assert filed.state == nasty.state, filed.reason
    assert filed.ticket_id == (3 if nasty.ticket == NEW else nasty.ticket)
    assert tickets == (3 if nasty.ticket == NEW else 2)
    assert nasty.reason in filed.reason
    assert bytes(attachments.content(scalar("SELECT digest FROM mail WHERE id = ?", (filed.mail_id,)))) == nasty.raw
    _clock_is(nasty, filed.ticket_id)
    if filed.message_id is None:
        assert (filed.ticket_id, scalar("SELECT COUNT(*) FROM message")) == (None, 2)
        return
    body, kind, side, automatic, instant = rows(
        "SELECT body, kind, side, automatic, at FROM message WHERE id = ?", (filed.message_id,)
    )[0]
    assert (kind, side, instant) == (nasty.kind, nasty.side, NOON)
    assert automatic == int(nasty.state == "robot")
    assert nasty.text in (None, body)
    assert nasty.holds in body
    assert nasty.subject in (None, scalar("SELECT subject FROM ticket WHERE id = ?", (filed.ticket_id,)))
    assert tuple(file.name for file in attachments.attachments(filed.ticket_id or 0)) == nasty.files


def _clock_is(nasty: Nasty, ticket_id: int | None) -> None:
    """No mail but a colleague's answer touches the clock of #1; a new ticket has one of its own, from receipt."""
    assert one("SELECT state, received_at FROM clock WHERE ticket_id = 1") == (nasty.clock, FIRST)
    if nasty.ticket == NEW:
        assert one("SELECT state, received_at FROM clock WHERE ticket_id = ?", (ticket_id,)) == ("running", NOON)


_PIECES = st.sampled_from(
    [
        *(b"From: ", b"Subject: ", b"Content-Type: ", b"Content-Disposition: attachment; filename=", b"Message-ID: <"),
        *(b"multipart/mixed; boundary=x", b"multipart/alternative; boundary=x", b"message/rfc822", b"text/html"),
        *(b"; charset=", b"utf-16", b"idna", b"Content-Transfer-Encoding: base64", b"x-uuencode", b"begin 644 x\n"),
        *(
            b"\r\n",
            b"\n\n",
            b"--x",
            b"--x--",
            b"=?utf-8?b?",
            b"?=",
            b"name*0*=utf-8''%",
            b"a@b.c",
            b"<p>",
            b"\xff",
            b"\x00",
        ),
    ]
)


@given(st.lists(_PIECES | st.binary(max_size=12), max_size=40).map(b"".join))
@example(b"")
@example(b"\n")
@example(b":")
@example(b"From:<@>\n\n")
def test_no_bytes_break_the_reading(raw: bytes) -> None:
    letter = read(raw)
    told = (letter.key, letter.sender, letter.name, letter.subject, shown(letter, len(raw)), *letter.recipients)
    assert all(text == text.encode().decode() for text in told)
    assert not any(sign in letter.subject + letter.sender + letter.name for sign in "\r\n")
    assert all(file.name == attachments.safe_name(file.name) for file in letter.files)
