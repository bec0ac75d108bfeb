"""`tamdesk db` as it is typed."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from cli.main import main
from models.connection import MIGRATIONS, open_desk
from tests.models.rows import cast, log_ticket

REVISIONS = sorted(path.stem for path in MIGRATIONS.glob("0*.py"))


def test_migrate_makes_a_desk_and_then_has_nothing_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    address = str(tmp_path / "desk.db")
    assert main(["db", "migrate", "--database", address]) == 0
    assert capsys.readouterr() == ("\n".join([*REVISIONS, ""]), "The tables are up to date now.\n")
    assert main(["db", "migrate", "--database", address]) == 0
    assert capsys.readouterr() == ("", "The tables are up to date.\n")


def test_migrate_prints_json_for_programs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["db", "migrate", "--json", "--database", str(tmp_path / "desk.db")]) == 0
    assert json.loads(capsys.readouterr().out) == {"applied": REVISIONS}


def test_check_finds_nothing_on_a_whole_desk(desk_address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["db", "check", "--database", desk_address]) == 0
    assert capsys.readouterr() == ("", "The desk is whole.\n")


def test_check_prints_what_it_finds_and_refuses(desk_address: str, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(open_desk(desk_address)):
        anna, _, acme = cast()
        log_ticket(anna, acme, state="closed")
    assert main(["db", "check", "--database", desk_address]) == 1
    assert capsys.readouterr() == ("There are tickets whose state and openness disagree: 1\n", "Problems found: 1.\n")
    assert main(["db", "check", "--json", "--database", desk_address]) == 1
    assert len(json.loads(capsys.readouterr().out)["problems"]) == 1


def test_info_says_where_and_how_much(desk_address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["db", "info", "--database", desk_address]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.split() == ["revision", REVISIONS[-1]] for line in lines)
    assert any(line.split() == ["open", "tickets", "0"] for line in lines)
    assert any(line.split() == ["pending", "none"] for line in lines)
    assert main(["db", "info", "--json", "--database", desk_address]) == 0
    assert json.loads(capsys.readouterr().out)["ticket"] == 0


@pytest.mark.parametrize("command", ["check", "info"])
def test_a_desk_that_is_not_there_is_not_made_by_looking_for_it(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    address = tmp_path / "desk.db"
    assert main(["db", command, "--database", str(address)]) == 3
    assert f"There is no desk at {address}" in capsys.readouterr().err
    assert not address.exists()


def test_a_command_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["db"])
    assert ended.value.code == 2
    assert "COMMAND" in capsys.readouterr().err
