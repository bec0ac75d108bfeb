"""The documented CSV (docs/import.md): tickets, and the comments, users and organizations beside them, a row each."""

import csv
import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from tickets.imports.found import MAX_RECORD, Advance, BadFile, Found, Place
from tickets.imports.shapes import COMMENT, ORGANIZATION, TICKET, USER

COLUMNS = {
    "record": "record",
    "id": "id",
    "subject": "subject",
    "description": "description",
    "created_at": "created_at",
    "updated_at": "updated_at",
    "priority": "priority",
    "status": "status",
    "channel": "via",
    "organization": "organization_id",
    "requester": "requester_id",
    "assignee": "assignee_id",
    "tags": "tags",
    "ticket_id": "ticket_id",
    "author": "author_id",
    "body": "body",
    "public": "public",
    "name": "name",
    "email": "email",
    "phone": "phone",
    "role": "role",
}
"""What a column is called, and the field that it becomes."""

_ALIASES = {"via": "channel", "organization_id": "organization", "requester_id": "requester", "assignee_id": "assignee"}
_RECORDS = (TICKET, COMMENT, USER, ORGANIZATION)
_YES, _NO = frozenset(("yes", "true", "1", "y")), frozenset(("no", "false", "0", "n"))


class _Lines:
    """The lines of a file as text; remembers whether the ones since the last question were broken UTF-8."""

    def __init__(self, file: BinaryIO, advance: Advance) -> None:
        self._file, self._advance, self._mended = file, advance, False

    def __iter__(self) -> Iterator[str]:
        """Decode line by line, so that broken bytes cost one row its characters and no more."""
        while line := self._file.readline(MAX_RECORD):
            self._advance(len(line))
            try:
                yield line.decode()
            except UnicodeDecodeError:
                self._mended = True
                yield line.decode(errors="replace")

    def mended(self) -> bool:
        """Tell whether characters were replaced since the last question."""
        mended, self._mended = self._mended, False
        return mended


def read_csv(path: Path, advance: Advance) -> Iterator[Found]:
    """Hand out the rows of a CSV file as records; raise BadFile where its header cannot be used."""
    csv.field_size_limit(MAX_RECORD)
    with path.open("rb") as file:
        start = file.read(3)
        if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise BadFile(f"{path} is UTF-16; save it as UTF-8")
        file.seek(3 if start == b"\xef\xbb\xbf" else 0)
        first = file.readline(MAX_RECORD)
        file.seek(3 if start == b"\xef\xbb\xbf" else 0)
        lines = _Lines(file, advance)
        rows = csv.reader(iter(lines), delimiter=";" if first.count(b";") > first.count(b",") else ",")
        header = _header(path, next(rows, []))
        lines.mended()
        yield from _rows(str(path), rows, header, lines)


def _rows(name: str, rows: Any, header: list[str], lines: _Lines) -> Iterator[Found]:
    record = 0
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            record += 1
            yield Found("", None, Place(name, rows.line_num, record), f"no CSV: {error}")
            continue
        if row is None:
            return
        if not any(row):
            continue
        record += 1
        yield _found(row, header, Place(name, rows.line_num, record), lines.mended())


def _found(row: list[str], header: list[str], place: Place, mended: bool) -> Found:
    if len(row) > len(header):
        return Found("", None, place, f"{len(row)} cells under {len(header)} headings")
    data: dict[str, Any] = {field: cell for field, cell in zip(header, row, strict=False) if cell}
    kind = data.get("record", COMMENT if "ticket_id" in data else TICKET).strip().lower()
    if kind not in _RECORDS:
        return Found("", None, place, f"unknown record {kind[:40]!r}; one of {', '.join(_RECORDS)}")
    if "public" in data:
        answer = data["public"].strip().lower()
        if answer not in _YES | _NO:
            return Found("", None, place, f"public is yes or no, not {answer[:40]!r}")
        data["public"] = answer in _YES
    return Found(kind, data, place, "", mended)


def _header(path: Path, names: list[str]) -> list[str]:
    """Turn the first row into field names; an unknown column is refused with the nearest known one."""
    fields = []
    for name in names:
        plain = "_".join(name.strip().lower().replace("-", " ").split())
        plain = _ALIASES.get(plain, plain)
        if plain not in COLUMNS:
            near = difflib.get_close_matches(plain, COLUMNS, 1)
            advice = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(COLUMNS)}"
            raise BadFile(f"{path}: unknown column {name[:40]!r}; {advice}")
        fields.append(COLUMNS[plain])
    if len(set(fields)) < len(fields):
        raise BadFile(f"{path}: a column is there twice")
    if not {"id", "ticket_id"} & set(fields):
        raise BadFile(f"{path}: no column 'id', by which a second run knows a ticket again")
    return fields
