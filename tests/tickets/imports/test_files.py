"""A lead imports files of every shape; each record comes out, or the place and reason why not."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.imports import json_document, json_lines
from tickets.imports.files import Reading, read
from tickets.imports.found import BadFile, Found

ONE, TWO = {"id": 1, "subject": "One", "priority": None}, {"id": 2, "subject": "Zwei", "priority": "low"}
JO = {"id": 7, "name": "Jo", "role": "end-user"}


def found_in(tmp_path: Path, content: str | bytes, name: str = "export.json", form: str | None = None) -> list[Found]:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read(Reading([path], form, None)))


def told(found: list[Found]) -> list[tuple[str, Any]]:
    return [(each.kind, each.data) for each in found if not each.problem]


PAGE = {"tickets": [ONE, TWO], "users": [JO], "next_page": None, "count": 2}


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(PAGE),
        json.dumps(PAGE, indent=2),
        json.dumps({"tickets": [ONE], "next_page": "x"}) + "\n" + json.dumps({"tickets": [TWO], "users": [JO]}),
        json.dumps({"tickets": [ONE]}, indent=1) + "\n\n" + json.dumps({"tickets": [TWO], "users": [JO]}, indent=1),
        "\ufeff" + json.dumps(PAGE, indent=2),
        "\ufeff" + json.dumps(PAGE),
    ],
    ids=["one line", "indented", "a page a line", "several documents", "byte order mark", "mark and one line"],
)
def test_pages_of_the_api_come_out_whatever_their_layout(tmp_path: Path, content: str) -> None:
    assert told(found_in(tmp_path, content)) == [("ticket", ONE), ("ticket", TWO), ("user", JO)]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps([ONE, TWO]),
        json.dumps([ONE, TWO], indent=2),
        "[\n" + json.dumps(ONE) + ",\n" + json.dumps(TWO) + "\n]\n",
        json.dumps(ONE) + "\n" + json.dumps(TWO) + "\n",
        json.dumps(ONE) + "\r\n\r\n" + json.dumps(TWO),
        json.dumps(ONE, indent=1) + json.dumps(TWO, indent=1),
        json.dumps({"results": [ONE, TWO]}, indent=1),
    ],
)
def test_arrays_and_lines_hold_bare_records(tmp_path: Path, content: str) -> None:
    assert told(found_in(tmp_path, content)) == [("", ONE), ("", TWO)]


def test_comments_of_a_page_are_told_their_ticket(tmp_path: Path) -> None:
    page = {"ticket_id": 5, "comments": [{"id": 1, "body": "Hello"}], "audits": [{"id": 2, "events": []}]}
    both = [
        ("comment", {"ticket_id": 5, "id": 1, "body": "Hello"}),
        ("audit", {"ticket_id": 5, "id": 2, "events": []}),
    ]
    assert told(found_in(tmp_path, json.dumps(page))) == both
    assert told(found_in(tmp_path, json.dumps(page, indent=1))) == both


def test_a_ticket_keeps_the_comments_inside_it(tmp_path: Path) -> None:
    ticket = {"id": 1, "subject": "One", "comments": [{"id": 9, "body": "x"}]}
    for content in (json.dumps(ticket), json.dumps(ticket, indent=1), json.dumps([ticket], indent=1)):
        assert [data for _, data in told(found_in(tmp_path, content))] == [ticket]


def test_comments_beside_tickets_in_one_document_come_out(tmp_path: Path) -> None:
    comment = {"id": 1, "ticket_id": 1, "body": "x"}
    content = json.dumps({"tickets": [ONE], "comments": [comment]}, indent=1)
    assert told(found_in(tmp_path, content)) == [("ticket", ONE), ("comment", comment)]
    content = json.dumps({"comments": [comment], "tickets": [ONE]}, indent=1)
    assert told(found_in(tmp_path, content)) == [("ticket", ONE), ("comment", comment)]


def test_a_bad_line_costs_itself_only(tmp_path: Path) -> None:
    found = found_in(tmp_path, json.dumps(ONE) + '\n{"id": 3, "subject": oops}\n\n' + json.dumps(TWO) + "\n")
    assert [(each.place.line, bool(each.problem)) for each in found] == [(1, False), (2, True), (4, False)]
    assert found[1].problem.startswith("not JSON")


def test_a_bad_first_line_does_not_hide_the_others(tmp_path: Path) -> None:
    found = found_in(tmp_path, '{"id": 3, oops}\n' + json.dumps(ONE) + "\n" + json.dumps(TWO))
    assert [bool(each.problem) for each in found] == [True, False, False]


def test_a_bad_record_of_an_array_is_reported_with_its_line_and_reading_goes_on(tmp_path: Path) -> None:
    content = '{"tickets": [\n' + json.dumps(ONE) + ',\n{"id": 3, oops},\n' + json.dumps(TWO) + "\n]}"
    found = found_in(tmp_path, content)
    assert told(found) == [("ticket", ONE), ("ticket", TWO)]
    assert [(each.place.line, each.place.record) for each in found if each.problem] == [(3, 2)]


def test_a_file_that_breaks_off_gives_what_was_whole(tmp_path: Path) -> None:
    whole = json.dumps({"tickets": [ONE, TWO]}, indent=1)
    found = found_in(tmp_path, whole[: whole.index("Zwei") + 2])
    assert told(found) == [("ticket", ONE)]
    assert found[-1].problem


def test_broken_utf8_costs_the_broken_characters_only(tmp_path: Path) -> None:
    for content in (b'{"id": 1, "subject": "caf\xe9 x"}\n', b'[\n{"id": 1, "subject": "caf\xe9 x"}, {"id": 2}]'):
        found = found_in(tmp_path, content)
        assert found[0].data == {"id": 1, "subject": "caf\ufffd x"}
        assert found[0].mended
        assert not any(each.mended or each.problem for each in found[1:])


def test_half_a_surrogate_pair_is_replaced_and_a_whole_one_is_a_character(tmp_path: Path) -> None:
    for content in (
        r'{"id": 1, "subject": "\ud83d x \ud83d\ude00"}',
        r'[{"id": 1, "subject": "\ud83d x \uD83D\uDE00"}]',
    ):
        (found,) = found_in(tmp_path, content)
        assert found.data == {"id": 1, "subject": "\ufffd x \U0001f600"}
        assert found.mended


def test_raw_control_characters_and_nan_are_taken_as_exports_write_them(tmp_path: Path) -> None:
    (found,) = found_in(tmp_path, b'{"id": 1, "subject": "a\tb\x1b[2J", "score": NaN}')
    assert found.data["subject"] == "a\tb\x1b[2J"


def test_a_body_of_two_megabytes_is_read_over_many_windows(tmp_path: Path) -> None:
    long = {"id": 1, "subject": "Long", "description": 'é\\n"x' * 700_000}
    for content in (json.dumps(long), json.dumps([long, TWO], indent=1)):
        assert found_in(tmp_path, content)[0].data == long


def test_a_record_beyond_all_measure_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (json_lines, json_document):
        monkeypatch.setattr(module, "MAX_RECORD", 1 << 20)
    huge = json.dumps({"id": 1, "subject": "x" * (3 << 20)})
    lines = found_in(tmp_path, json.dumps(ONE) + "\n" + huge + "\n" + json.dumps(TWO))
    assert [bool(each.problem) for each in lines] == [False, True, False]
    array = found_in(tmp_path, "[" + json.dumps(ONE) + "," + huge + "]")
    assert "longer than" in next(each.problem for each in array if each.problem)


def test_deep_nesting_is_reported_not_fallen_over(tmp_path: Path) -> None:
    deep = '{"id": 1, "subject": ' + "[" * 100_000 + "]" * 100_000 + "}"
    assert found_in(tmp_path, json.dumps(ONE) + "\n" + deep)[1].problem
    assert any(each.problem for each in found_in(tmp_path, "[" + deep + "]"))


@pytest.mark.parametrize(
    ("content", "reason"),
    [("hello", "neither JSON"), ("", "neither JSON"), ("x".encode("utf-16"), "UTF-16")],
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: str | bytes, reason: str) -> None:
    with pytest.raises(BadFile, match=reason):
        found_in(tmp_path, content)


def test_what_is_not_there_or_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="no file"):
        Reading([tmp_path / "nothing.json"], None, None)
    with pytest.raises(BadFile, match="no ordinary file"):
        Reading([tmp_path], None, None)


def test_progress_ends_at_all_bytes_read_once(tmp_path: Path) -> None:
    path = tmp_path / "lines.json"
    path.write_text("\n".join(json.dumps(ONE) for _ in range(50)))
    steps: list[tuple[int, int]] = []
    list(read(Reading([path], None, lambda done, total: steps.append((done, total)))))
    assert steps[-1] == (path.stat().st_size, 2 * path.stat().st_size)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.lists(st.dictionaries(st.sampled_from(["id", "subject", "body", "x"]), JSON_VALUES), min_size=1))
def test_a_document_and_its_lines_hold_the_same_records(tmp_path: Path, records: list[dict[str, Any]]) -> None:
    array = told(found_in(tmp_path, json.dumps(records, indent=1)))
    lines = told(found_in(tmp_path, "\n".join(json.dumps(record) for record in records)))
    assert [data for _, data in array] == records
    assert [data for _, data in lines] == records


@given(st.binary())
def test_no_bytes_make_the_reader_stumble(tmp_path: Path, content: bytes) -> None:
    for start in (b"[", b'{"tickets": [{"id": 1}, ', b'{"id": 1}\n'):
        for each in found_in(tmp_path, start + content):
            assert each.problem or each.place.line >= 1
