"""The configuration: strict, and each value knows where it comes from."""

import json
from pathlib import Path

import pytest

from cli import config
from cli.config import ConfigError, resolve
from cli.main import DONE, USAGE, main


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def settings(file: Path, text: str, flags: dict[str, str] | None = None, **environment: str) -> config.Config:
    file.write_text(text)
    return resolve(flags or {}, {"TAMDESK_CONFIG": str(file), **environment})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[dsk]\n", r"unknown section 'dsk'; did you mean 'desk'\?"),
        ("[desk]\ndatabse = 'x'\n", r"unknown key desk.databse; did you mean 'database'\?"),
        ("[screen]\nmouse = 'no'\n", "screen.mouse is true or false, not 'no'"),
        ("[desk]\ndatabase = 5\n", "desk.database is a file, or postgresql"),
        ("desk = 'x'\n", r"desk is a section, written \[desk\]"),
        ("[keys]\n'ticket.claim' = 5\n", "keys.ticket.claim is a key's name"),
        ("[keys]\nticket.claim = 'x'\n", "in quotes"),
        ("[screen]\neditor = 5\n", "screen.editor is a command, such as vim"),
        ('[screen]\neditor = "\'vim"\n', "screen.editor is a command.* No closing quotation"),
        ("[desk\n", "cannot be read"),
        ("database = 'x'\n", "unknown section 'database'"),
    ],
)
def test_a_mistake_in_the_file_names_file_key_and_what_is_meant(file: Path, text: str, reason: str) -> None:
    with pytest.raises(ConfigError, match=reason) as refused:
        settings(file, text)
    assert str(file) in str(refused.value)


def test_a_file_that_was_named_and_is_not_there_is_a_mistake(file: Path) -> None:
    with pytest.raises(ConfigError, match="TAMDESK_CONFIG"):
        resolve({}, {"TAMDESK_CONFIG": str(file)})


@pytest.mark.parametrize(
    ("flags", "environment", "text", "address", "source"),
    [
        ({"database": "f"}, {"TAMDESK_DATABASE": "e"}, "[desk]\ndatabase = 'c'", "f", "--database"),
        ({"data-dir": "/f"}, {"TAMDESK_DATABASE": "e"}, "[desk]\ndatabase = 'c'", "/f/desk.db", "--data-dir"),
        ({"database": "f", "data-dir": "/f"}, {}, "", "f", "--database"),
        ({}, {"TAMDESK_DATABASE": "e"}, "[desk]\ndatabase = 'c'", "e", "TAMDESK_DATABASE"),
        ({}, {}, "[desk]\ndatabase = 'c'\ndata_dir = '/c'", "c", "file"),
        ({}, {}, "[desk]\ndata_dir = '/c'", "/c/desk.db", "file"),
    ],
)
def test_flag_before_environment_before_file_for_the_database(
    file: Path, flags: dict[str, str], environment: dict[str, str], text: str, address: str, source: str
) -> None:
    found = settings(file, text, flags, **environment).database
    assert (found.value, found.source) == (address, str(file) if source == "file" else source)


def test_without_any_word_the_desk_is_in_the_users_data_folder(file: Path) -> None:
    found = settings(file, "").database
    assert found.source == "default"
    assert found.value.endswith("tamdesk/desk.db")


@pytest.mark.parametrize(
    ("flags", "environment", "text", "person", "source"),
    [
        ({"as": "flo"}, {"TAMDESK_USER": "eva"}, "[desk]\nperson = 'cid'", "flo", "--as"),
        ({}, {"TAMDESK_USER": "eva"}, "[desk]\nperson = 'cid'", "eva", "TAMDESK_USER"),
        ({}, {}, "[desk]\nperson = 'cid'", "cid", "file"),
        ({}, {}, "", "login", "default"),
    ],
)
def test_who_acts(
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    flags: dict[str, str],
    environment: dict[str, str],
    text: str,
    person: str,
    source: str,
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "login")
    found = settings(file, text, flags, **environment).person
    assert (found.value, found.source) == (person, str(file) if source == "file" else source)


def test_a_machine_that_does_not_know_its_user_asks_who_acts(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert settings(file, "", {"as": "flo"}).person.value == "flo"
    with pytest.raises(ConfigError, match="--as"):
        settings(file, "")


def test_every_setting_is_shown_with_its_source(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text("[screen]\nmouse = false\n[keys]\n'ticket.claim' = 'x'\n")
    monkeypatch.setenv("TAMDESK_CONFIG", str(file))
    assert main(["--theme", "tamdesk-light", "config", "show", "--json"]) == DONE
    shown = json.loads(capsys.readouterr().out)
    assert shown["theme"] == {"value": "tamdesk-light", "source": "--theme"}
    assert shown["mouse"] == {"value": False, "source": str(file)}
    assert shown["keys"] == {"ticket.claim": {"value": "x", "source": str(file)}}
    assert set(shown) == {"database", "person", "theme", "mouse", "editor", "idle_minutes", "keys"}
    assert main(["config", "show"]) == DONE
    assert "keys.ticket.claim" in capsys.readouterr().out


def test_a_mistake_in_the_file_is_wrong_usage(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text("[scren]\n")
    monkeypatch.setenv("TAMDESK_CONFIG", str(file))
    assert main(["config", "show"]) == USAGE
    assert capsys.readouterr().err.startswith("tamdesk: ")


@pytest.mark.parametrize(
    ("text", "environment", "editor"),
    [
        ("", {}, ("", "default")),
        ("", {"EDITOR": "ed"}, ("ed", "EDITOR")),
        ("", {"EDITOR": "ed", "VISUAL": "vim"}, ("vim", "VISUAL")),
        ("[screen]\neditor = 'code --wait'", {"VISUAL": "vim"}, ("code --wait", "file")),
        ("[screen]\neditor = 'code --wait'", {"TAMDESK_EDITOR": "nano"}, ("nano", "TAMDESK_EDITOR")),
    ],
)
def test_the_editor_is_the_one_of_this_program_else_the_one_of_all(
    file: Path, text: str, environment: dict[str, str], editor: tuple[str, str]
) -> None:
    found = settings(file, text, **environment).editor
    assert (found.value, found.source.replace(str(file), "file")) == editor


@pytest.mark.parametrize("minutes", ["-1", "1441", "true", "'15'", "1.5"])
def test_minutes_without_a_key_are_a_whole_number_of_a_day(file: Path, minutes: str) -> None:
    assert settings(file, "[timer]\nidle_minutes = 0\n").idle_minutes.value == 0
    assert settings(file, "").idle_minutes == (15, "default")
    with pytest.raises(ConfigError, match=r"timer.idle_minutes is whole minutes from 0 \(never\) to 1440"):
        settings(file, f"[timer]\nidle_minutes = {minutes}\n")
