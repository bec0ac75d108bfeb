"""Exports of time trackers: the detailed CSV of Toggl Track, Clockify and Kimai, and timewarrior's JSON.

The columns are found by their names, whatever their order; the program by the names that only it uses.
"""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tam.imports.records import (
    CLOCKIFY,
    KIMAI,
    KINDS,
    TIMEWARRIOR,
    TOGGL,
    BadFile,
    BadRow,
    Problem,
    ReadFile,
    SourceRow,
)
from tam.imports.values import date_order, day_of, seconds_of, time_of, yes_or_no

MOST_BYTES = 64 * 1024 * 1024

_COLUMNS = {
    "source_id": ("id", "entry id", "time entry id"),
    "person": ("user", "member", "username", "user name", "name"),
    "email": ("email", "e-mail"),
    "client": ("client", "customer"),
    "project": ("project",),
    "task": ("task", "activity"),
    "description": ("description", "note"),
    "tags": ("tags", "tag"),
    "billable": ("billable",),
    "start_date": ("start date", "date"),
    "start_time": ("start time", "from", "begin"),
    "end_date": ("end date",),
    "end_time": ("end time", "to", "end"),
    "duration": ("duration (h)", "duration", "duration (decimal)"),
}
_STAMP = re.compile(r"\d{8}T\d{6}Z", re.ASCII)


def read(data: bytes, kind: str | None = None, dates: str | None = None) -> ReadFile:
    """Read an export, of the program `kind` or of the one that it looks like; `dates` is "dmy" or "mdy" where the
    file does not show which. Rows that cannot be read are problems.

    Raises BadFile where nothing of it can be read.
    """
    if kind is not None and kind not in KINDS:
        raise BadFile(f"{kind!r} is no program that time is imported from; known are {', '.join(KINDS)}.")
    if len(data) > MOST_BYTES:
        raise BadFile(f"The file is larger than {MOST_BYTES // 1024 // 1024} MB; export a shorter time.")
    text = _decoded(data)
    if kind == TIMEWARRIOR or (kind is None and text.lstrip().startswith("[")):
        return _read_json(text)
    return _read_csv(text, kind, dates)


def _decoded(data: bytes) -> str:
    """Text in UTF-8 or UTF-16 with its mark, in UTF-8 without, or else as Windows writes western languages."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _read_csv(text: str, kind: str | None, dates: str | None) -> ReadFile:
    first = text.lstrip("\r\n").partition("\n")[0]
    separator = max((",", ";", "\t"), key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        table = [(lines.line_num, row) for row in lines if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise BadFile(f"Line {lines.line_num} is no CSV ({error}); export the file again.") from error
    header = [" ".join(name.split()).casefold() for name in table[0][1]] if table else []
    found_kind = kind or _kind_of(set(header))
    cells = [(line, _cells(header, row)) for line, row in table[1:]]
    order = date_order((each[name] for _, each in cells for name in ("start_date", "end_date")), dates)
    rows, problems = [], []
    for line, each in cells:
        try:
            rows.append(_row(line, found_kind, each, order))
        except BadRow as reason:
            problems.append(Problem(line, f"{reason}."))
    return ReadFile(found_kind, tuple(rows), tuple(problems))


def _kind_of(header: set[str]) -> str:
    if {"start date", "duration (h)"} <= header or {"start date", "duration (decimal)"} <= header:
        return CLOCKIFY
    if {"start date", "start time", "duration"} <= header:
        return TOGGL
    if {"date", "duration"} <= header and {"customer", "activity"} & header:
        return KIMAI
    raise BadFile(
        "This looks like no export that is known: the detailed CSV of Toggl Track, Clockify or Kimai, or the JSON of"
        " timew export. A summary has no days to log time on."
    )


def _cells(header: list[str], row: list[str]) -> dict[str, str]:
    """A row's cells by field; of several columns that serve a field, the first one that says something."""
    by_name = dict(zip(header, row, strict=False))
    return {
        field: next((by_name[name].strip() for name in names if by_name.get(name, "").strip()), "")
        for field, names in _COLUMNS.items()
    }


def _row(line: int, kind: str, cells: dict[str, str], order: str) -> SourceRow:
    day = day_of(cells["start_date"], order)
    begin = _clock_time(cells["start_time"])
    end = _clock_time(cells["end_time"])
    seconds = seconds_of(cells["duration"], whole_seconds=kind == KIMAI) if cells["duration"] else None
    if seconds is None and not (begin and end):
        raise BadRow("it says neither how long it was nor from when to when; a timer that still runs is stopped first")
    started = f"{day}T{begin}" if begin and end else ""
    ended = f"{_end_day(cells, day, begin, end, order)}T{end}" if begin and end else ""
    if ended and ended <= started:
        started = ended = ""
        if seconds is None:
            raise BadRow("it ends when it starts, or before")
    if kind == KIMAI and started and seconds is not None:
        seconds = _kimai_seconds(seconds, datetime.fromisoformat(ended) - datetime.fromisoformat(started))
    return SourceRow(
        line,
        kind,
        cells["source_id"],
        cells["person"],
        cells["email"],
        cells["client"],
        cells["project"],
        cells["task"],
        cells["description"],
        tuple(tag for tag in (part.strip() for part in cells["tags"].split(",")) if tag),
        yes_or_no(cells["billable"]),
        day,
        started,
        ended,
        seconds=seconds,
    )


def _kimai_seconds(seconds: int, between: timedelta) -> int:
    """Kimai writes seconds, or hours where its export is set to decimals: a whole number is what its times say."""
    return seconds * 3600 if seconds * 3600 == between.days * 86400 + between.seconds else seconds


def _clock_time(text: str) -> str:
    """The time of day in a cell, which may name the day as well."""
    return time_of(re.sub(r"^\S*\d[-/.]\S+[ T]", "", text)) if text else ""


def _end_day(cells: dict[str, str], day: str, begin: str, end: str, order: str) -> str:
    if cells["end_date"]:
        return day_of(cells["end_date"], order)
    over_midnight = end <= begin
    return (date.fromisoformat(day) + timedelta(days=int(over_midnight))).isoformat()


def _read_json(text: str) -> ReadFile:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadFile(f"This is no JSON of timew export: {error}.") from error
    if not isinstance(found, list):
        raise BadFile("This is no JSON of timew export, which is a list of intervals.")
    rows, problems = [], []
    for number, each in enumerate(found, 1):
        try:
            rows.append(_interval(number, each))
        except BadRow as reason:
            problems.append(Problem(number, f"{reason}."))
    return ReadFile(TIMEWARRIOR, tuple(rows), tuple(problems))


def _interval(number: int, each: Any) -> SourceRow:
    """An interval; its id is no name for it, since timewarrior numbers them anew as time goes by."""
    if not isinstance(each, dict):
        raise BadRow(f"{type(each).__name__} where an interval should be")
    if "end" not in each and "start" in each:
        raise BadRow("it still runs; stop it first (timew stop)")
    started_at, ended_at = _instant(each.get("start")), _instant(each.get("end"))
    if ended_at <= started_at:
        raise BadRow("it ends when it starts, or before")
    tags = each.get("tags", [])
    note = each.get("annotation", "")
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags) or not isinstance(note, str):
        raise BadRow("its tags are a list of words, and its annotation is text")
    return SourceRow(number, TIMEWARRIOR, description=note, tags=tuple(tags), started_at=started_at, ended_at=ended_at)


def _instant(stamp: object) -> int:
    if not isinstance(stamp, str) or not _STAMP.fullmatch(stamp):
        raise BadRow(f"{stamp!r:.40} is no instant like 20260312T081500Z")
    try:
        return int(datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).timestamp())
    except ValueError:
        raise BadRow(f"{stamp!r:.40} is no instant") from None
