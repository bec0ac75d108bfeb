"""A team without Zendesk exports its old desk as a table."""

from pathlib import Path

import pytest

from tickets.imports.csv_file import COLUMNS
from tickets.imports.files import Reading, read
from tickets.imports.found import BadFile, Found


def rows_of(tmp_path: Path, content: str | bytes) -> list[Found]:
    path = tmp_path / "old.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read(Reading([path], None, None)))


def test_columns_become_fields_whatever_their_spelling(tmp_path: Path) -> None:
    (row,) = rows_of(tmp_path, "ID,Subject,Created At,Organization,via\n1,Hello,2024-01-01T00:00Z,Acme,email\n")
    fields = {"id": "1", "subject": "Hello", "created_at": "2024-01-01T00:00Z", "organization_id": "Acme"}
    assert (row.kind, row.data) == ("ticket", fields | {"via": "email"})


def test_a_cell_may_hold_lines_and_the_place_is_where_the_row_ends(tmp_path: Path) -> None:
    found = rows_of(tmp_path, 'id,description\n1,"a\nb ""c"""\n\n2,x\n')
    assert [(each.data["description"], each.place.line, each.place.record) for each in found] == [
        ('a\nb "c"', 3, 1),
        ("x", 5, 2),
    ]


def test_comments_users_and_organizations_have_rows_of_their_own(tmp_path: Path) -> None:
    content = (
        "record,id,name,ticket_id,author,body,public\n"
        "organization,3,Acme,,,,\n"
        "user,4,Jo,,,,\n"
        ",5,,1,jo@x,Hi,\n"
        "comment,6,,1,al,Note,no\n"
    )
    found = rows_of(tmp_path, content)
    assert [each.kind for each in found] == ["organization", "user", "comment", "comment"]
    assert ["public" in each.data for each in found] == [False, False, False, True]
    assert found[3].data["public"] is False


def test_semicolons_and_a_byte_order_mark_are_what_spreadsheets_write(tmp_path: Path) -> None:
    (row,) = rows_of(tmp_path, "\ufeffid;subject;tags\r\n1;Hello, world;a,b\r\n")
    assert row.data == {"id": "1", "subject": "Hello, world", "tags": "a,b"}


def test_broken_utf8_marks_its_row_only(tmp_path: Path) -> None:
    found = rows_of(tmp_path, b"id,subject\n1,caf\xe9\n2,fine\n")
    assert [(each.data["subject"], each.mended) for each in found] == [("caf\ufffd", True), ("fine", False)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1,a,b,c,d", "5 cells under 4 headings"),
        ("1,a,maybe,", "public is yes or no"),
        ("1,a,,invoice", "unknown record 'invoice'"),
    ],
)
def test_a_row_that_cannot_be_read_is_reported(tmp_path: Path, row: str, reason: str) -> None:
    bad, good = rows_of(tmp_path, f"id,subject,public,record\n{row}\n2,fine,,\n")
    assert reason in bad.problem
    assert good.data["id"] == "2"


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("id,sujbect", "unknown column 'sujbect'; did you mean 'subject'"),
        ("id,subject,Subject", "twice"),
        ("subject,created_at", "no column 'id'"),
        ("", "no column 'id'"),
    ],
)
def test_a_header_that_cannot_be_used_is_refused_with_a_hint(tmp_path: Path, header: str, reason: str) -> None:
    with pytest.raises(BadFile, match=reason):
        rows_of(tmp_path, header + "\n")


GUIDE = (Path(__file__).parents[3] / "docs" / "import.md").read_text(encoding="utf-8")


def test_every_column_is_in_the_guide() -> None:
    table = GUIDE[GUIDE.index("## CSV") :]
    assert [column for column in COLUMNS if f"`{column}`" not in table] == []


def test_the_example_of_the_guide_can_be_read(tmp_path: Path) -> None:
    example = GUIDE[GUIDE.index("    record,id") :]
    found = rows_of(tmp_path, "\n".join(line.strip() for line in example.splitlines()))
    assert [(each.kind, each.problem) for each in found] == [("ticket", ""), ("comment", "")]
    assert found[1].data["ticket_id"] == found[0].data["id"]
