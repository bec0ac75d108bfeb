import pytest
from hypothesis import given
from hypothesis import strategies as st

from tam.imports.files import read
from tam.imports.records import BadFile
from tests.tam.imports.exports import CLOCKIFY, KIMAI, TIMEWARRIOR, TOGGL


def test_toggl_track_is_recognised_and_read() -> None:
    found = read(TOGGL.encode())
    assert (found.kind, found.problems) == ("toggl", ())
    first, night = found.rows
    assert (first.client, first.task, first.description, first.billable) == (
        "Acme",
        "Review call",
        "agreed, at last",
        True,
    )
    assert (first.started, first.ended, first.seconds) == ("2026-06-01T09:15:00", "2026-06-01T10:45:00", 5400)
    assert (night.ended, night.tags, night.line) == ("2026-06-02T00:10:29", ("onboarding", "odd"), 3)


def test_clockify_is_recognised_and_its_exact_duration_is_taken() -> None:
    found = read(CLOCKIFY.encode())
    assert (found.kind, len(found.rows)) == ("clockify", 2)
    assert (found.rows[0].day, found.rows[0].started, found.rows[0].seconds) == (
        "2026-05-13",
        "2026-05-13T09:00:00",
        12_000,
    )


def test_kimai_is_recognised_with_its_seconds_its_decimals_and_without_times() -> None:
    found = read(KIMAI.encode())
    assert (found.kind, [row.seconds for row in found.rows]) == ("kimai", [7260, 9000, 7200])
    assert (found.rows[1].started, found.rows[1].day) == ("", "2026-05-05")


def test_timewarriors_json_is_read_and_what_still_runs_is_told() -> None:
    found = read(TIMEWARRIOR.encode())
    assert (found.kind, [row.tags for row in found.rows]) == (
        "timewarrior",
        [("acme", "review call", "LDAP"), ("Globex",)],
    )
    assert (found.rows[0].started_at, found.rows[0].ended_at) == (1780297200, 1780300800)
    assert found.problems == ((3, "it still runs; stop it first (timew stop)."),)


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_separators_and_encodings_of_other_machines(separator: str, encoding: str) -> None:
    lines = [["Start date", "Start time", "Duration", "Client", "Description"]]
    lines.append(["12.03.2026", "09:15", "1:30", "Müller & Söhne", "Grüße"])
    text = "\r\n".join(separator.join(line) for line in lines)
    found = read(text.encode(encoding))
    assert [(row.client, row.description, row.day, row.seconds) for row in found.rows] == [
        ("Müller & Söhne", "Grüße", "2026-03-12", 5400)
    ]


def test_a_bad_row_is_told_by_its_line_and_the_others_are_read() -> None:
    rows = ["Date,Duration,Customer,Activity", "2026-02-30,1:00,Acme,x", "2026-02-01,long,Acme,x", ",1:00,Acme,x"]
    rows += ["2026-02-01,,Acme,x", '2026-02-01,1:00,"Ac', 'me",x']
    found = read("\n".join(rows).encode())
    assert found.problems == (
        (2, "there is no day '2026-02-30'."),
        (3, "'long' is no duration."),
        (4, "it has no date."),
        (
            5,
            "it says neither how long it was nor from when to when; a timer that still runs is stopped first.",
        ),
    )
    assert [(row.line, row.client) for row in found.rows] == [(7, "Ac\nme")]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "no export that is known"),
        (b"a,b\n1,2\n", "no export that is known"),
        (b"[1,", "no JSON of timew export"),
        (b"[" * 100_000, "no JSON of timew export"),
        (b"Date,Duration,Customer\n3/4/2026,1:00,Acme\n", "could name the day or the month first"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_would_be_right(data: bytes, told: str) -> None:
    with pytest.raises(BadFile, match=told):
        read(data)


def test_what_is_asked_for_has_to_be_known_and_to_fit() -> None:
    with pytest.raises(BadFile, match="known are toggl, clockify, kimai, timewarrior"):
        read(b"", "harvest")
    with pytest.raises(BadFile, match="a list of intervals"):
        read(b"{}", "timewarrior")
    assert read(b"Date,Duration,Customer\n3/4/2026,1:00,Acme\n", dates="mdy").rows[0].day == "2026-03-04"


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode), st.sampled_from([None, "toggl", "timewarrior"]))
def test_no_file_is_too_odd(data: bytes, kind: str | None) -> None:
    try:
        read(data, kind)
    except BadFile as refused:
        assert str(refused)


@pytest.mark.parametrize("interval", [1, {}, {"start": 1, "end": 2}, {"start": "20260601T070000Z", "end": "x"}])
def test_an_odd_interval_is_a_problem(interval: object) -> None:
    import json

    found = read(json.dumps([interval]).encode())
    assert (found.rows, found.problems[0].line) == ((), 1)
