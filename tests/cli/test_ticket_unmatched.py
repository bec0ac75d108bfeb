"""Someone looks through the mails that wait, and files each where it belongs."""

import io
import json

import pytest

from cli.main import DONE, REFUSED, USAGE, main
from models.connection import Desk
from models.reading import one
from tests.tickets.cast import Cast, at
from tests.tickets.mail.desk import mail_desk
from tests.tickets.mail.messages import PLAIN, UNKNOWN, attachment, mail, parts
from tickets.mail.filing import file_mail

HOSTILE = b"\x1b]52;c;ZXZpbA==\x07"
SPAM = mail(HOSTILE, UNKNOWN, Subject=b"Buy " + HOSTILE)


@pytest.fixture
def who(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Mail 2 is from a stranger, mail 3 from a new person of Acme's with a file, mail 4 from a machine."""
    monkeypatch.setattr("cli.main._now", lambda: at("Mon 12:00"))
    monkeypatch.setenv("TAMDESK_DATABASE", desk.address)
    monkeypatch.setenv("TAMDESK_USER", "ben")
    people = mail_desk()
    file_mail(SPAM, at("Mon 10:00"))
    new = parts(b"multipart/mixed", PLAIN, attachment(b"filename=a.log"), sender=b"new@acme.example")
    file_mail(new, at("Mon 10:30"))
    file_mail(mail(Precedence=b"bulk"), at("Mon 11:00"))
    return people


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(("ticket", *words)) == DONE
    return capsys.readouterr().out


def test_what_waits_is_listed_with_reason_and_hint_and_harmlessly(
    who: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    told = printed(capsys, "unmatched")
    assert not [sign for sign in told if sign != "\n" and not sign.isprintable()]
    first, hint, second, _ = told.splitlines()
    assert first.split()[:3] == ["3", "10:30", "new@acme.example"]
    assert hint.endswith("; Acme has contacts at that domain")
    assert second.startswith("2 ")
    assert printed(capsys, "unmatched", "--robots").startswith("4 ")
    listed = json.loads(printed(capsys, "unmatched", "--json", "--limit", "1"))
    assert [(row["id"], row["customer_id"]) for row in listed] == [(3, who.acme)]


def test_a_mail_is_shown_as_text_or_as_it_came(
    who: Cast, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = printed(capsys, "show-mail", "3")
    assert "files     a.log" in shown
    assert "plain words" in shown
    assert "\x1b" not in printed(capsys, "show-mail", "2")
    raw = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(raw))
    assert main(("ticket", "show-mail", "2", "--raw")) == DONE
    assert raw.getvalue() == SPAM


def test_a_terminal_is_never_sent_a_raw_mail(
    who: Cast, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert main(("ticket", "show-mail", "2", "--raw")) == REFUSED
    assert "send it to a file" in capsys.readouterr().err


def test_a_mail_is_filed_on_a_ticket_or_as_a_new_one(who: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "file-mail", "2", "--ticket", "#1") == "#1\n"
    words = ("--customer", "acme", "--contact", "Otto", "--severity", "2")
    assert printed(capsys, "file-mail", "3", *words) == "#3\n"
    assert one("SELECT severity, received_at FROM ticket WHERE id = 3") == (2, at("Mon 10:30"))
    assert printed(capsys, "unmatched") == ""
    assert main(("ticket", "file-mail", "2", "--ticket", "1")) == REFUSED
    assert "is filed on #1 already" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        main(("ticket", "file-mail", "2"))
    assert ended.value.code == USAGE


def test_what_is_no_request_is_dismissed(who: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("ticket", "dismiss-mail", "2", "--reason", "spam")) == DONE
    assert "Ben dismissed mail 2: spam" in capsys.readouterr().err
    assert main(("ticket", "dismiss-mail", "99", "--reason", "spam")) == REFUSED
    assert "no mail 99" in capsys.readouterr().err
