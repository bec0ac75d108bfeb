"""The doctor says what the desk stands on, and what to do where that is not fine."""

import json
from pathlib import Path

import pytest

from cli import doctor
from cli.doctor_terminal import BAD, OK, WARN, Finding, terminal
from cli.main import main
from models.connection import Desk
from tests.tickets.cast import cast


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    for name in ("TMUX", "STY", "NO_COLOR", "LC_ALL", "LC_CTYPE", "TAMDESK_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in (("TERM", "foot"), ("LANG", "C.UTF-8"), ("COLUMNS", "120"), ("LINES", "36")):
        monkeypatch.setenv(name, value)


def states(address: str, capsys: pytest.CaptureFixture[str], code: int) -> dict[str, str]:
    assert main(["doctor", "--json", "--database", address]) == code
    return {each["about"]: each["state"] for each in json.loads(capsys.readouterr().out)}


def test_a_desk_at_work_is_fine(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    cast()
    found = states(desk.address, capsys, 0)
    assert BAD not in found.values()
    assert {found[about] for about in ("database", "configuration", "keys", "holidays", "time zones", "versions")} == {
        OK
    }


def test_what_is_wrong_is_told_with_what_to_do(
    sqlite_desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sqlite_desk.execute("DROP INDEX ticket_open")
    Path(sqlite_desk.address).chmod(0o664)
    (tmp_path / "tamdesk").mkdir()
    (tmp_path / "tamdesk" / "config.toml").write_text('[keys]\n"desk.undo" = "."\n')
    assert main(["doctor", "--database", sqlite_desk.address]) == 1
    told = capsys.readouterr().out
    assert "✕ bad  database      The index ticket_open is missing; lists are slow." in told
    assert "given to both" in told
    assert f"chmod o-rwx '{sqlite_desk.address}'" in told


def test_a_desk_that_is_not_there_is_bad_and_is_not_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert states(str(tmp_path / "none.db"), capsys, 1)["database"] == BAD
    assert not (tmp_path / "none.db").exists()


def test_a_full_disk_is_told_before_it_stops_all_work(
    sqlite_desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(doctor, "NO_ROOM", 1 << 62)
    assert states(sqlite_desk.address, capsys, 1)["free space"] == BAD
    monkeypatch.setattr(doctor, "NO_ROOM", 0)
    monkeypatch.setattr(doctor, "LITTLE_ROOM", 1 << 62)
    assert states(sqlite_desk.address, capsys, 0)["free space"] == WARN


GOOD = {"TERM": "xterm-256color", "LANG": "de_CH.UTF-8", "KITTY_WINDOW_ID": "1", "COLORTERM": "truecolor"}


def found(about: str, *, columns: int = 120, lines: int = 36, is_terminal: bool = True, **changed: str) -> Finding:
    told = terminal(GOOD | changed, columns, lines, is_terminal)
    return next(each for each in told if each.about == about)


def test_a_good_terminal_is_fine_throughout() -> None:
    assert {each.state for each in terminal(GOOD, 80, 24, True)} == {OK}


@pytest.mark.parametrize(
    ("about", "changed", "state", "said"),
    [
        ("terminal", {"TERM": "dumb"}, BAD, "TERM is dumb"),
        ("terminal", {"TERM": ""}, BAD, "TERM is not set"),
        ("terminal", {"is_terminal": False}, WARN, "goes elsewhere"),
        ("colours", {"NO_COLOR": "1"}, OK, "NO_COLOR"),
        ("colours", {"COLORTERM": ""}, OK, "256"),
        ("colours", {"COLORTERM": "", "TERM": "linux"}, WARN, "16"),
        ("size", {"columns": 59}, BAD, "too small"),
        ("size", {"lines": 15}, BAD, "too small"),
        ("size", {"columns": 60, "lines": 16}, WARN, "tight"),
        ("letters", {"LANG": "de_CH.utf8"}, OK, "UTF-8"),
        ("letters", {"LC_ALL": "C"}, WARN, "the locale C is not UTF-8"),
        ("letters", {"LANG": ""}, WARN, "the locale C is not UTF-8"),
        ("copying", {"TMUX": "/tmp/tmux"}, WARN, "tmux"),
        ("copying", {"STY": "1.pts"}, WARN, "GNU Screen"),
        ("copying", {"KITTY_WINDOW_ID": ""}, WARN, "not known"),
        ("copying", {"KITTY_WINDOW_ID": "", "TERM": "foot-extra"}, OK, "foot"),
        ("copying", {"KITTY_WINDOW_ID": "", "TERM_PROGRAM": "Apple_Terminal"}, WARN, "Terminal.app"),
    ],
)
def test_what_a_terminal_lacks_is_told_with_what_to_do(
    about: str, changed: dict[str, object], state: str, said: str
) -> None:
    told = found(about, **changed)  # type: ignore[arg-type]
    assert (told.state, bool(told.advice)) == (state, state != OK)
    assert said in told.said
