"""A lead moves the old desk here from the command line."""

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from cli import import_
from models.connection import open_desk
from models.reading import scalar

NOW = 1_717_416_000
TICKET = {"id": 1, "subject": "Logins fail", "description": "x", "created_at": "2024-05-14T07:00:00Z", "status": "open"}


@pytest.fixture
def address(tmp_path: Path) -> str:
    return str(tmp_path / "desk" / "desk.db")


def run(address: str, *words: object) -> int:
    parser = argparse.ArgumentParser()
    import_.add(parser.add_subparsers())
    args = parser.parse_args(["import", *map(str, words)])
    args.address, args.login, args.now = address, "lee", lambda: NOW
    return int(args.run(args))


def export(folder: Path, *tickets: dict[str, Any], name: str = "export.jsonl") -> Path:
    path = folder / name
    path.write_text("\n".join(json.dumps(ticket) for ticket in tickets))
    return path


def tickets(address: str) -> int:
    desk = open_desk(address, create=False)
    count = scalar("SELECT count(*) FROM ticket")
    desk.close()
    return int(count)


def test_all_landed_is_exit_code_0_and_a_summary(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(address, export(tmp_path, TICKET)) == 0
    assert tickets(address) == 1
    printed = capsys.readouterr()
    assert "tickets    1 landed\n" in printed.out
    assert "rejected   none\n" in printed.out
    assert "u in the app takes it all back." in printed.out
    assert "warning: " in printed.err
    assert run(address, export(tmp_path, TICKET)) == 0
    assert "Nothing has changed." in capsys.readouterr().out


def test_one_that_did_not_land_is_exit_code_1_and_named_on_standard_error(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = export(tmp_path, TICKET, {"id": 2, "subject": "No date"})
    assert run(address, file) == 1
    assert f"rejected: {file}:2 (record 2): created_at: the date is absent\n" in capsys.readouterr().err
    assert tickets(address) == 1


def test_a_dry_run_on_a_new_desk_leaves_no_desk(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(address, export(tmp_path, TICKET), "--dry-run") == 0
    assert "tickets    1 would land\n" in capsys.readouterr().out
    assert not Path(address).exists()


def test_a_dry_run_on_a_desk_in_use_writes_nothing(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(address, export(tmp_path, TICKET))
    run(address, export(tmp_path, TICKET | {"id": 2}), "--dry-run")
    assert "Nothing was written." in capsys.readouterr().out
    assert tickets(address) == 1


def test_json_tells_everything_and_is_all_there_is_on_standard_output(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(address, export(tmp_path, TICKET, {"id": 2, "subject": "x"}), "--json", "--source", "old.desk") == 1
    report = json.loads(capsys.readouterr().out)
    assert report["source"] == "old.desk"
    assert report["tickets"] == {"landed": 1, "updated": 0, "unchanged": 0}
    assert [(each["line"], each["record"]) for each in report["rejected"]] == [(2, 2)]
    assert report["operation"] > 0


def test_two_sources_do_not_mistake_their_numbers_for_each_other(address: str, tmp_path: Path) -> None:
    file = export(tmp_path, TICKET)
    run(address, file, "--source", "zendesk-eu")
    run(address, file, "--source", "zendesk-us")
    assert tickets(address) == 2


@pytest.mark.parametrize(
    ("content", "words", "told"),
    [
        ("hello", (), "neither JSON nor JSON lines"),
        ("color\n1\n", ("--format", "csv"), "unknown column 'color'"),
        ("{}", ("--source", "not a name"), "A source is a short name"),
    ],
)
def test_wrong_use_is_exit_code_2_and_one_sentence(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, words: tuple[str, ...], told: str
) -> None:
    path = tmp_path / "export.json"
    path.write_text(content)
    assert run(address, path, *words) == 2
    assert told in capsys.readouterr().err


def test_a_missing_file_is_named(address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(address, tmp_path / "nothing.json") == 2
    assert "there is no file" in capsys.readouterr().err


def test_what_an_export_holds_cannot_move_the_cursor(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(
        address, export(tmp_path, TICKET | {"organization_id": "a\x1b[2Jb", "requester_id": "c\x1b[2J"}, {"id": "\x1b"})
    )
    printed = capsys.readouterr()
    assert "\x1b" not in printed.out + printed.err


def test_an_interrupted_import_says_how_to_go_on(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(import_, "run_import", interrupted)
    assert run(address, export(tmp_path, TICKET)) == 130
    assert "the same command goes on from there" in capsys.readouterr().err


def test_somebody_who_watches_sees_a_bar(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []

    class Terminal:
        encoding = "utf-8"

        def write(self, text: str) -> int:
            written.append(text)
            return len(text)

        def flush(self) -> None:
            return None

        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stderr", Terminal())
    assert run(address, export(tmp_path, TICKET)) == 0
    assert "━" in "".join(written)
