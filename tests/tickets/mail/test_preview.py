"""Before a mail is filed it is looked at: decoded, and a huge one as fast as a small one."""

import time

import pytest

from models.connection import Desk
from models.errors import NotFound
from tests.tickets.cast import at
from tests.tickets.mail.desk import mail_desk
from tests.tickets.mail.messages import UNKNOWN, attachment, parts
from tickets.mail.filing import file_mail
from tickets.mail.preview import READ, preview

NOW = at("Mon 10:00")


def previewed(raw: bytes) -> tuple[list[tuple[str, str]], str]:
    return preview(file_mail(raw, NOW).mail_id)


def test_a_mail_says_who_wrote_to_whom_and_what(desk: Desk) -> None:
    mail_desk()
    kind = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"
    quoted = kind + b"\r\nGr=C3=BC=C3=9Fe"
    raw = parts(b"multipart/mixed", quoted, attachment(b'filename="a.log"'), subject=b"Hi", sender=UNKNOWN)
    assert previewed(raw) == ([("from", "who@nowhere.example"), ("subject", "Hi"), ("files", "a.log")], "Grüße")
    assert previewed(b"") == ([], "[No text was found in it.]")
    with pytest.raises(NotFound, match="There is no mail 99"):
        preview(99)


def test_of_a_huge_mail_the_beginning_is_looked_at(desk: Desk) -> None:
    mail_desk()
    body = b"Content-Type: text/plain\r\n\r\nFirst words." + b"\r\n" + b"log line\r\n" * 2000
    raw = parts(b"multipart/mixed", body, attachment(b'filename="core"', b"x" * 30_000_000), sender=UNKNOWN)
    mail_id = file_mail(raw, NOW).mail_id
    begun = time.perf_counter()
    heading, text = preview(mail_id)
    assert time.perf_counter() - begun < 0.5
    assert ("files", "core") in heading
    assert text.startswith("First words.")
    assert text.endswith(f"[It goes on: tamdesk ticket show-mail {mail_id}]")
    assert len(text) < READ
