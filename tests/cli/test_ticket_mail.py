"""A mail system pipes a mail to the desk, and reads from the exit code what to do with it."""

import io
import json
from pathlib import Path

import pytest

from cli.main import USAGE, main
from cli.ticket_mail import DONE, TRY_AGAIN, UNAVAILABLE
from models.connection import Desk
from models.reading import scalar
from tests.tickets.cast import Cast, at
from tests.tickets.mail.desk import mail_desk
from tests.tickets.mail.messages import UNKNOWN, mail

INTAKE = ("ticket", "intake-mail")


@pytest.fixture
def who(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """It is Monday, ten o'clock; the mail system's own login is nobody's on the desk."""
    monkeypatch.setattr("cli.main._now", lambda: at("Mon 10:00"))
    monkeypatch.setenv("TAMDESK_DATABASE", desk.address)
    monkeypatch.setenv("TAMDESK_USER", "postfix")
    return mail_desk()


def pipe(monkeypatch: pytest.MonkeyPatch, raw: bytes, *words: str) -> int:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    return main((*INTAKE, *words))


def test_a_mail_is_filed(who: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert pipe(monkeypatch, mail(Subject=b"Re: #1")) == DONE
    assert capsys.readouterr().out == "filed #1\n"
    assert scalar("SELECT COUNT(*) FROM message WHERE ticket_id = 1") == 2


def test_an_unmatched_mail_is_kept_and_so_no_failure(
    who: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert pipe(monkeypatch, mail(sender=UNKNOWN, Subject=b"\x1b[2J"), "--json") == DONE
    answer = json.loads(capsys.readouterr().out)
    assert (answer["state"], answer["ticket_id"]) == ("unmatched", None)
    assert pipe(monkeypatch, b"") == DONE
    assert capsys.readouterr().out == "unmatched: it names no sender\n"


def test_while_the_desk_cannot_be_reached_the_mail_system_keeps_the_mail(
    who: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert pipe(monkeypatch, mail(), "--database", str(tmp_path / "none.db")) == TRY_AGAIN
    assert pipe(monkeypatch, mail(), "--database", "postgresql://127.0.0.1:1/none") == TRY_AGAIN
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("tamdesk: ") == 2


def test_a_broken_catalogue_keeps_the_mail_with_the_mail_system(
    who: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "2024-12-24.toml").write_text("revision = ")
    for held in ("_folder", "_catalogue"):  # put back after the test
        monkeypatch.setattr(f"contracts.current.{held}", None)
    monkeypatch.setattr("cli.config.Config.catalogue_folder", lambda config: tmp_path)
    assert pipe(monkeypatch, mail()) == TRY_AGAIN
    assert scalar("SELECT COUNT(*) FROM mail") == 1


def test_a_broken_configuration_keeps_the_mail_with_the_mail_system(
    who: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TAMDESK_CONFIG", str(tmp_path / "config.toml"))
    assert pipe(monkeypatch, mail()) == TRY_AGAIN
    (tmp_path / "config.toml").write_text("[desc]")
    assert pipe(monkeypatch, mail()) == TRY_AGAIN
    assert "unknown section 'desc'" in capsys.readouterr().err
    assert main(["ticket", "list"]) == USAGE


@pytest.mark.parametrize("words", [("--databse", "x"), ("--database",), ("--jsn",)])
def test_a_mistyped_alias_keeps_the_mail_with_the_mail_system(
    who: Cast, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit) as ended:
        pipe(monkeypatch, mail(), *words)
    assert ended.value.code == TRY_AGAIN
    with pytest.raises(SystemExit) as asked:
        pipe(monkeypatch, mail(), "--help")
    assert asked.value.code == DONE


@pytest.mark.parametrize("lack", [MemoryError(), PermissionError("the cache cannot be read")])
def test_what_the_machine_lacks_now_it_may_have_at_the_next_try(
    who: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lack: Exception
) -> None:
    def lacking(raw: bytes, at: int) -> None:
        raise lack

    monkeypatch.setattr("tickets.mail.filing.file_mail", lacking)
    assert pipe(monkeypatch, mail()) == TRY_AGAIN
    assert capsys.readouterr().err.startswith("tamdesk: ")


def test_a_mail_that_no_desk_keeps_goes_back_to_its_sender(
    who: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tickets.mail.filing.LARGEST", 10)
    assert pipe(monkeypatch, mail()) == UNAVAILABLE
    assert "the desk takes mails of" in capsys.readouterr().err
