"""`tamdesk` as scripts and people call it: exit codes, where words go, and what stands where."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli.main import DONE, NO_DATA, REFUSED, USAGE, main
from models.connection import open_desk
from tests.tickets.cast import at, cast, receive

NOW = at("Mon 10:00")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine on which nobody has configured anything, at a fixed instant."""
    for variable in [name for name in os.environ if name.startswith("TAMDESK_")]:
        monkeypatch.delenv(variable)
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / variable.lower()))
    monkeypatch.setenv("LOGNAME", "anna")
    monkeypatch.setattr("cli.main._now", lambda: NOW)
    return tmp_path


@pytest.fixture
def database(sqlite_address: str) -> str:
    desk = open_desk(sqlite_address)
    who = cast()
    receive(who, subject="Login \x1b[2J loop")
    desk.close()
    return sqlite_address


def tamdesk(*words: str) -> int:
    """Run in this process; what argparse ends with is an exit code too."""
    try:
        return main(words)
    except SystemExit as ended:
        assert isinstance(ended.code, int)
        return ended.code


def process(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run as a program of its own."""
    return subprocess.run(
        [sys.executable, "-m", "cli.main", *words],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
        timeout=60,
    )


def test_data_goes_to_stdout_and_narration_to_stderr(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert tamdesk("--database", database, "person", "add", "dora") == DONE
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "dora is on the desk now as engineer.\n")
    assert tamdesk("--database", database, "person", "list") == DONE
    told = capsys.readouterr()
    assert "dora" in told.out
    assert told.err == ""


@pytest.mark.parametrize(
    ("words", "code", "reason"),
    [
        (("ticket", "show", "99"), REFUSED, "no ticket #99"),
        (("ticket", "show", "99999999999999999999"), USAGE, "99999999999999999999"),
        (("ticket", "list", "oppen"), REFUSED, "did you mean 'open'?"),
        (("ticket", "show", "one"), USAGE, "one"),
        (("ticket", "list", "--limit", "-1"), USAGE, "-1"),
        (("ticket",), USAGE, "ACTION"),
        (("tickets",), USAGE, "invalid choice"),
        (("ticket", "list", "--colour"), USAGE, "--colour"),
        (("person", "add", "dora", "--role", "boss"), USAGE, "boss"),
        (("person", "add", "anna"), REFUSED, "already"),
        (("--as", "ben", "person", "add", "dora"), REFUSED, "it takes a lead"),
        (("--as", "stranger", "ticket", "list"), REFUSED, "tamdesk person add stranger"),
        (("--database", "nowhere/desk.db", "ticket", "list"), NO_DATA, "There is no desk"),
    ],
)
def test_the_exit_code_and_one_sentence_say_what_went_wrong(
    database: str, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, reason: str
) -> None:
    assert tamdesk("--database", database, *words) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert reason in told.err
    assert "Traceback" not in told.err


def test_options_of_every_command_stand_before_or_after_it(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown = []
    for words in (
        ("--database", database, "--as", "ben", "ticket", "list", "--json"),
        ("ticket", "--database", database, "list", "--as", "ben", "--json"),
        ("ticket", "list", "--json", "--as=ben", f"--database={database}"),
    ):
        assert tamdesk(*words) == DONE
        shown.append(json.loads(capsys.readouterr().out))
    assert shown[0] == shown[1] == shown[2]
    assert len(shown[0]) == 1


def test_the_first_person_on_a_new_desk_becomes_its_lead(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(tmp_path / "new")
    assert tamdesk("--data-dir", folder, "--as", "zoe", "person", "add", "dora", "--name", "Dora") == DONE
    capsys.readouterr()
    assert tamdesk("--data-dir", folder, "--as", "zoe", "person", "list", "--json") == DONE
    people = json.loads(capsys.readouterr().out)
    assert [(each["login"], each["role"]) for each in people] == [("dora", "engineer"), ("zoe", "lead")]


def test_the_version_is_told_without_a_desk(capsys: pytest.CaptureFixture[str]) -> None:
    assert tamdesk("--version") == DONE
    assert capsys.readouterr().out.startswith("tamdesk 0.")


def test_help_names_every_group_without_importing_them(capsys: pytest.CaptureFixture[str]) -> None:
    from cli.main import GROUPS

    assert tamdesk("--help") == DONE
    told = capsys.readouterr().out
    assert all(name in told for name in GROUPS)


def test_a_damaged_file_is_a_sentence_and_exit_code_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "desk.db").write_text("this is no database, it is a poem" * 100)
    assert tamdesk("--data-dir", str(tmp_path), "ticket", "list") == NO_DATA
    assert capsys.readouterr().err.count("\n") == 1


def test_as_a_program_it_ends_with_the_same_codes(database: str) -> None:
    listed = process("ticket", "list", "--json", "--database", database)
    assert (listed.returncode, listed.stderr) == (DONE, "")
    assert json.loads(listed.stdout)[0]["severity"] == 2
    assert process("ticket", "show", "7", TAMDESK_DATABASE=database).returncode == REFUSED
    assert process("ticket", "fly").returncode == USAGE
    assert process("ticket", "list", TAMDESK_DATABASE="nowhere.db").returncode == NO_DATA


def test_a_reader_that_goes_away_is_no_error(database: str) -> None:
    end, start = os.pipe()
    os.close(end)
    command = [sys.executable, "-m", "cli.main", "ticket", "show", "1", "--database", database]
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with os.fdopen(start, "w") as output:
        ended = subprocess.run(
            command, stdout=output, stderr=subprocess.PIPE, text=True, check=False, env=buffered, timeout=60
        )
    assert (ended.returncode, ended.stderr) == (DONE, "")
