import argparse
import io
import json
import sys
import textwrap
from pathlib import Path

import pytest

from cli import due

RECEIVED = ["--received", "2024-03-28T16:30+01:00"]
CASE = {"tz": "Europe/Zurich", "hours": "business", "kind": "add", "start": "2024-03-28T16:30+01:00", "minutes": 120}
WEEK = {"mon": [["08:00", "12:00"], ["13:00", "17:00"]]}


def tamdesk_due(*words: str) -> int:
    parser = argparse.ArgumentParser()
    due.add(parser.add_subparsers())
    args = parser.parse_args(["due", *words])
    return args.run(args)


def answer(**changes: object) -> dict[str, object]:
    case = {key: value for key, value in (CASE | changes).items() if value is not None}
    return due.answer_line(json.dumps(case).encode(), {})


@pytest.mark.parametrize(
    ("hours", "objective", "expected"),
    [
        ("business", "2h", "Tue 2 Apr 2024 09:30 Europe/Zurich"),
        ("business", "90m", "Tue 2 Apr 2024 09:00 Europe/Zurich"),
        ("business", "1h30", "Tue 2 Apr 2024 09:00 Europe/Zurich"),
        ("business", "1h30m", "Tue 2 Apr 2024 09:00 Europe/Zurich"),
        ("business", "1d", "Tue 2 Apr 2024 16:30 Europe/Zurich"),
        ("business", "30m", "Thu 28 Mar 2024 17:00 Europe/Zurich"),
        ("extended", "2h", "Thu 28 Mar 2024 18:30 Europe/Zurich"),
        ("24x7", "2h", "Thu 28 Mar 2024 17:30 UTC"),
    ],
)
def test_when_is_it_due(hours: str, objective: str, expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert tamdesk_due("--hours", hours, "--objective", objective, *RECEIVED) == 0
    assert capsys.readouterr().out == expected + "\n"


def test_an_instant_without_offset_is_that_of_the_hours(capsys: pytest.CaptureFixture[str]) -> None:
    assert tamdesk_due("--objective", "2h", "--received", "2024-03-28T16:30") == 0
    assert capsys.readouterr().out == "Tue 2 Apr 2024 09:30 Europe/Zurich\n"


def test_hours_may_be_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "hours.toml"
    file.write_text('zone = "Asia/Kathmandu"\nweek.thu = [["09:00", "24:00"]]\n')
    assert tamdesk_due("--hours", str(file), "--objective", "1h", *RECEIVED) == 0
    assert capsys.readouterr().out == "Thu 28 Mar 2024 22:15 Asia/Kathmandu\n"


def documented(begin: str, end: str) -> str:
    page = (Path(due.__file__).parent.parent / "docs" / "due.md").read_text(encoding="utf-8")
    return textwrap.dedent(page[page.index(begin) : page.index(end)])


def test_the_documented_file_and_batch_are_real(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "night.toml"
    file.write_text(documented('    name = "Night', "A day that is not named"))
    assert tamdesk_due("--hours", str(file), "--objective", "1h", *RECEIVED) == 0
    assert capsys.readouterr().out == "Sat 30 Mar 2024 21:00 Asia/Kathmandu\n"
    case, result = documented('    {"tz"', "| Key |").split("\n")[:2]
    assert due.answer_line(case.encode(), {}) == json.loads(result)


def test_explained_as_a_table_and_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert tamdesk_due("--objective", "2h", *RECEIVED, "--explain") == 0
    table = capsys.readouterr().out
    assert "Fri 29 Mar  closed                       Good Friday, CH-SG\n" in table
    assert table.endswith("120 min of 120 min: due 09:30\n")
    assert tamdesk_due("--objective", "2h", *RECEIVED, "--explain", "--json") == 0
    result = json.loads(capsys.readouterr().out)
    assert result["result"] == "2024-04-02T09:30:00+02:00"
    assert [row["reason"] for row in result["explanation"]][2:4] == ["Good Friday, CH-SG", "weekend"]
    assert tamdesk_due("--objective", "2h", *RECEIVED, "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"result": "2024-04-02T09:30:00+02:00", "zone": "Europe/Zurich"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "Give --objective and --received, or --batch"),
        (["--batch", "--objective", "2h"], "--batch reads its cases"),
        (["--objective", "soon", *RECEIVED], "'soon' is not an objective"),
        (["--objective", "0m", *RECEIVED], "not an objective"),
        (["--objective", "0d", *RECEIVED], "not an objective"),
        (["--objective", "90", *RECEIVED], "not an objective"),
        (["--objective", "2h", "--received", "noon"], "'noon' is not an instant"),
        (["--objective", "2h", *RECEIVED, "--hours", "busines"], "nearest is 'business'"),
        (["--objective", "2h", *RECEIVED, "--hours", "missing.toml"], "missing.toml: No such file"),
    ],
)
def test_wrong_usage_is_a_sentence_and_2(words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert tamdesk_due(*words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err


@pytest.mark.parametrize(
    ("content", "message"), [(b"zone = ", "is not TOML"), (b"\xff", "is not TOML"), (b'zone = "UTC"', "never open")]
)
def test_a_file_that_holds_no_hours(
    tmp_path: Path, content: bytes, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "hours.toml"
    file.write_bytes(content)
    assert tamdesk_due("--hours", str(file), "--objective", "1h", *RECEIVED) == 2
    assert message in capsys.readouterr().err


def test_what_no_year_holds_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert tamdesk_due("--objective", "999999999h", *RECEIVED) == 1
    assert "out of the years" in capsys.readouterr().err
    assert tamdesk_due("--objective", "2h", "--received", "0001-01-01T00:00+14:00") == 1
    assert "the year 1 to the year 9999" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {"result": "2024-04-02T09:30:00+02:00"}),
        ({"tz": None}, {"result": "2024-04-02T09:30:00+02:00"}),
        ({"holidays": "CH-SG"}, {"result": "2024-04-02T09:30:00+02:00"}),
        ({"holidays": ["2024-04-01"]}, {"result": "2024-03-29T09:30:00+01:00"}),
        ({"holidays": [], "extra_closed": ["2024-03-29"]}, {"result": "2024-04-01T09:30:00+02:00"}),
        ({"start": "2024-03-28T17:00:07", "minutes": 0}, {"result": "2024-04-02T08:00:00+02:00"}),
        ({"start": "2024-03-28T16:30:07"}, {"result": "2024-04-02T09:30:07+02:00"}),
        ({"start": "2024-03-28T15:30:00Z"}, {"result": "2024-04-02T09:30:00+02:00"}),
        ({"kind": "subtract", "start": "2024-04-02T08:00", "minutes": 0}, {"result": "2024-03-28T17:00:00+01:00"}),
        ({"kind": "subtract", "start": "2024-04-02T09:30"}, {"result": "2024-03-28T16:30:00+01:00"}),
        ({"hours": "24x7", "start": "2024-03-30T16:30", "minutes": 1440}, {"result": "2024-03-31T17:30:00+02:00"}),
        ({"hours": WEEK, "start": "2024-04-01T11:30"}, {"result": "2024-04-01T14:30:00+02:00"}),
        ({"kind": "between", "minutes": None, "end": "2024-04-02T09:30"}, {"minutes": 120}),
        ({"kind": "between", "minutes": None, "end": "2024-03-28T16:00"}, {"minutes": -30}),
        ({"kind": "between", "minutes": None, "end": "2024-03-28T16:30:30"}, {"minutes": 0.5}),
        (
            {"hours": WEEK, "tz": "America/Sao_Paulo", "start": "2018-11-03T23:00-03:00"},
            {"result": "2018-11-05T10:00:00-02:00"},
        ),
    ],
)
def test_a_batch_case_is_answered(changes: dict[str, object], expected: dict[str, object]) -> None:
    assert answer(**changes) == expected


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"minute": 5}, "Unknown key 'minute'; nearest is 'minutes'"),
        ({"minutes": -1}, "whole number, 0 or more, not -1"),
        ({"minutes": 1.0}, "whole number, 0 or more, not 1.0"),
        ({"minutes": True}, "whole number, 0 or more, not true"),
        ({"minutes": "5"}, "whole number, 0 or more, not '5'"),
        ({"minutes": None}, 'needs "minutes"'),
        ({"minutes": 10**30}, "out of the years"),
        ({"hours": "24x7", "minutes": 10**30}, "the year 1 to the year 9999"),
        ({"end": "2024-03-28"}, 'has no "end"'),
        ({"kind": "between"}, 'needs "end"'),
        ({"kind": "plus"}, "add, subtract or between, not 'plus'"),
        ({"kind": ["add"]}, "add, subtract or between"),
        ({"start": 5}, "5 is not an instant"),
        ({"start": "2024-02-30T00:00"}, "is not an instant"),
        ({"start": "2024-03-28T16:30:00.5"}, "fraction of a second"),
        ({"start": "9999-12-31T23:59:59-10:00"}, "the year 1 to the year 9999"),
        ({"start": "0001-01-01T00:00:00+10:00"}, "the year 1 to the year 9999"),
        ({"tz": 5}, '"tz" is an IANA zone'),
        ({"tz": "Mars/Olympus"}, "Unknown time zone 'Mars/Olympus'"),
        ({"tz": None, "hours": WEEK}, 'needs "tz" and "hours"'),
        ({"hours": None}, 'needs "tz" and "hours"'),
        ({"hours": "always"}, "Unknown support hours 'always'"),
        ({"hours": {}}, "never open"),
        ({"hours": {"mon": [["08:00", "08:00"]]}}, "empty"),
        ({"holidays": "CH-XX"}, "Unknown subdivision 'XX' of CH"),
        ({"holidays": {}}, "list of dates, or a region"),
    ],
)
def test_a_bad_case_says_why(changes: dict[str, object], message: str) -> None:
    result = answer(**changes)
    assert list(result) == ["error"]
    assert message in str(result["error"])


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"nope", "not JSON"),
        (b"[1]", "a JSON object"),
        (b"\xff", "not UTF-8"),
        (b'{"minutes": NaN}', "NaN is not a number"),
        (b'{"minutes": ' + b"9" * 5000 + b"}", "digits"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_a_line_that_is_no_case_says_why(line: bytes, message: str) -> None:
    assert message in str(due.answer_line(line, {})["error"])


def test_a_batch_keeps_its_order_and_answers_around_bad_lines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    good = json.dumps(CASE)
    source = [good, "{", "", "x" * (3 << 20), json.dumps(CASE | {"hours": "\ud800"}), good]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("\n".join(source).encode("utf-8"))))
    assert tamdesk_due("--batch") == 1
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert ["result" in line for line in answers] == [True, False, False, False, True]


def test_a_long_batch_of_many_calendars_is_answered() -> None:
    zones = ("Europe/Zurich", "UTC", "Asia/Kathmandu")
    cases = [CASE | {"tz": zones[step % 3], "extra_closed": [f"2024-05-{step % 28 + 1:02d}"]} for step in range(1500)]
    target = io.StringIO()
    assert due.answer_batch(io.BytesIO("".join(json.dumps(case) + "\n" for case in cases).encode()), target) == 0
    assert len(target.getvalue().splitlines()) == 1500


def test_no_more_calendars_are_kept_than_memory_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due, "_MOST_CALENDARS", 2)
    calendars: dict[str, object] = {}
    for day in range(1, 6):
        due.answer_line(json.dumps(CASE | {"extra_closed": [f"2024-05-0{day}"]}).encode(), calendars)  # type: ignore[arg-type]
    assert len(calendars) <= 2
