"""Someone takes a request in from the command line, or asks first what it would be promised."""

import io
import json
from pathlib import Path

import pytest

from cli.main import DONE, NO_DATA, REFUSED, USAGE, main
from models.connection import Desk
from models.reading import one, scalar
from tests.tickets.cast import Cast, at, cast
from tickets import attachments, requests

ACME = ("ticket", "new", "--customer", "acme", "--subject", "Login loop")
FULL = (
    *(*ACME, "--contact", "carla@ACME.example", "--body", "Nobody gets in.", "--scenario", "error"),
    *("--customer-severity", "2", "--impact", "all", "--observed", "302", "--expected", "a session"),
    *("--steps", "log in", "--evidence", "curl works", "--feature", "SCIM", "--enterprise", "--area", "Application"),
)


@pytest.fixture
def who(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """It is Monday, nine o'clock."""
    monkeypatch.setattr("cli.main._now", lambda: at("Mon 09:00"))
    monkeypatch.setenv("TAMDESK_DATABASE", desk.address)
    monkeypatch.setenv("TAMDESK_USER", "anna")
    return cast()


def piped(monkeypatch: pytest.MonkeyPatch, raw: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))


def test_a_whole_request_answers_its_number_and_its_promise(who: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(FULL) == DONE
    assert capsys.readouterr().out == "#1  severity 2, 2 extended hours: due 11:00\n"
    assert requests.facts(1) == ("error", "302", "a session", "log in", "curl works", "SCIM", 1, "Application", 1)
    assert one("SELECT contact_id, customer_severity, impact FROM ticket") == (who.carla, 2, "all")


def test_what_speaks_against_a_request_is_narrated_when_it_is_taken_in(
    who: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main((*ACME, "--body", "x", "--contact", "carla@acme.example", "--scenario", "consulting")) == DONE
    told = capsys.readouterr()
    assert told.out.startswith("#1  severity 3")
    assert told.out.count("\n") == 1
    assert "excluded from support" in told.err
    assert "offer a quote" in told.err
    assert main((*ACME, "--body", "x", "--contact", "carla@acme.example", "--scenario", "question")) == DONE
    assert "missing: the customer's own severity, 1 to 4; which feature" in capsys.readouterr().err


def test_json_answers_number_and_due(who: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert main((*FULL, "--json", "--severity", "1")) == DONE
    answer = json.loads(capsys.readouterr().out)
    assert (answer["number"], answer["due_at"], answer["hours"]) == (1, at("Mon 10:00"), "extended")
    assert (answer["missing"], answer["offer"]) == (["logs"], "")


def test_the_text_comes_from_a_pipe_in_whatever_encoding(who: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, b"Z\xfcrich steht\r\nstill")
    assert main(ACME) == DONE
    assert scalar("SELECT body FROM message") == "Zürich steht\nstill"


def test_an_empty_pipe_is_refused(
    who: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    piped(monkeypatch, b"  \n")
    assert main(ACME) == REFUSED
    assert "write something first" in capsys.readouterr().err
    assert scalar("SELECT COUNT(*) FROM ticket") == 0


def test_a_rehearsal_says_all_and_writes_nothing(who: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert main((*ACME, "--body", "x", "--scenario", "error", "--dry-run")) == DONE
    told = capsys.readouterr().out
    for text in ("severity 3, 12 extended hours", "in scope:", "missing", "- the steps that make it happen again"):
        assert text in told
    assert scalar("SELECT COUNT(*) FROM ticket") == 0


def test_a_rehearsal_in_json_has_the_message_in_the_language_asked(
    who: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main((*ACME, "--body", "x", "--dry-run", "--json", "--language", "German")) == DONE
    answer = json.loads(capsys.readouterr().out)
    assert answer["please_send"].startswith("Guten Tag")
    assert answer["missing"] == ["contact", "scenario", "customer_severity", "impact"]


def test_what_would_be_refused_is_told_by_the_rehearsal_too(who: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("ticket", "new", "--customer", "hobby", "--subject", "x", "--body", "x")
    assert main((*words, "--dry-run")) == REFUSED
    assert "log it as community" in capsys.readouterr().out
    assert main(words) == REFUSED
    assert "log it as community" in capsys.readouterr().err
    assert main((*words, "--channel", "community")) == DONE


def test_files_are_attached_and_a_file_that_is_not_there_stops_it_all(
    who: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "app.log"
    log.write_bytes(b"\x00log")
    assert main((*FULL, "--attach", str(log), "--attach", str(tmp_path / "gone"))) == REFUSED
    assert "gone cannot be read: No such file" in capsys.readouterr().err
    assert scalar("SELECT COUNT(*) FROM ticket") == 0
    assert main((*FULL, "--attach", str(log), "--json")) == DONE
    assert json.loads(capsys.readouterr().out)["missing"] == []
    [file] = attachments.attachments(1)
    assert attachments.content(file.digest) == b"\x00log"


@pytest.mark.parametrize(
    ("words", "code", "reason"),
    [
        (("--customer", "acmee"), REFUSED, "did you mean 'acme'"),
        (("--contact", "Karla"), REFUSED, "did you mean 'Carla'"),
        (("--scenario", "eror"), REFUSED, "did you mean 'error'"),
        (("--severity", "5"), REFUSED, "no severity 5"),
        (("--channel", "fax"), REFUSED, "no channel 'fax'"),
        (("--queue", "sales"), REFUSED, "no queue 'sales'"),
        (("--area", "Bakup"), REFUSED, "did you mean 'Backup'"),
    ],
)
def test_a_wrong_word_gets_a_sentence(
    who: Cast, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, reason: str
) -> None:
    assert main((*ACME, "--body", "x", *words)) == code
    told = capsys.readouterr()
    assert reason in told.err
    assert told.out == ""
    assert scalar("SELECT COUNT(*) FROM ticket") == 0


def test_no_customer_is_wrong_usage_and_no_desk_is_no_data(who: Cast, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main(("ticket", "new"))
    assert ended.value.code == USAGE
    assert main((*FULL, "--database", str(tmp_path / "none.db"))) == NO_DATA


def test_who_may_only_look_takes_nothing_in(who: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert main((*FULL, "--as", "rita")) == REFUSED
    assert "Rita may look but not change" in capsys.readouterr().err


@pytest.mark.parametrize("words", [("--customer", "a\udcff"), ("--queue", "\udcff"), ("--customer", "nobody")])
def test_what_is_no_text_or_nobody_is_refused_in_a_sentence(
    who: Cast, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert main((*ACME, "--body", "Help", *words)) == REFUSED
    assert capsys.readouterr().err.startswith("tamdesk: ")
    assert scalar("SELECT COUNT(*) FROM ticket") == 0


def test_a_subject_of_half_characters_and_a_paste_of_ten_megabytes_are_kept(
    who: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    piped(monkeypatch, b"log line \xff\n" * 1_000_000)
    assert main(("ticket", "new", "--customer", "acme", "--subject", "caf\udce9")) == DONE
    assert one("SELECT subject FROM ticket") == ("caf\ufffd",)
    assert scalar("SELECT length(body) FROM message") == 11_000_000
