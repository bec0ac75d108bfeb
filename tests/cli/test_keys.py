"""A person looks at their keys, and learns what is wrong with their own map."""

import json
from pathlib import Path

import pytest

from cli.main import DONE, REFUSED, main
from docs.make_keys import commands
from tui.keymap import offered_together, problems


@pytest.fixture
def keymap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "config.toml"
    path.write_text("[keys]\n")
    monkeypatch.setenv("TAMDESK_CONFIG", str(path))
    monkeypatch.setenv("TAMDESK_USER", "anna")
    return path


def test_every_command_is_printed_with_its_keys(keymap: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys"]) == DONE
    told = capsys.readouterr()
    assert told.err == ""
    lines = told.out.splitlines()
    assert any(line.split()[:2] == ["c", "ticket.claim"] for line in lines)
    assert any(line.split()[:2] == ["^r", "desk.redo"] for line in lines)


def test_a_key_of_ones_own_is_marked(keymap: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keymap.write_text('[keys]\n"ticket.claim" = "K"\n')
    assert main(["keys"]) == DONE
    assert any(line.split()[:3] == ["*", "K", "ticket.claim"] for line in capsys.readouterr().out.splitlines())


def test_mistakes_are_told_and_the_code_says_so(keymap: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keymap.write_text('[keys]\n"ticket.claim" = "r"\n"ticket.clam" = "t"\n')
    assert main(["keys"]) == REFUSED
    told = capsys.readouterr()
    assert "ticket.clam, which is no command; did you mean ticket.claim?\n" in told.err
    assert "The key r is given to both" in told.err


def test_everything_is_json_on_request(keymap: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keymap.write_text('[keys]\n"ticket.claim" = "t,ctrl+t"\n')
    main(["keys", "--json"])
    shown = json.loads(capsys.readouterr().out)
    claim = next(row for row in shown["commands"] if row["id"] == "ticket.claim")
    assert (claim["keys"], claim["default"]) == (["t", "ctrl+t"], ["c"])


def test_no_command_of_a_screen_is_left_out() -> None:
    offered = {command.id for group in offered_together() for command in group}
    assert {command.id for command in commands()} <= offered


def test_no_place_gives_one_key_to_two_commands() -> None:
    assert problems({}, offered_together()) == []
