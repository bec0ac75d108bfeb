"""What an export of another program says, row by row, before anybody asks whose it is."""

from __future__ import annotations

from typing import NamedTuple

from models.errors import DomainError

TOGGL, CLOCKIFY, KIMAI, TIMEWARRIOR = "toggl", "clockify", "kimai", "timewarrior"
KINDS = {TOGGL: "Toggl Track", CLOCKIFY: "Clockify", KIMAI: "Kimai", TIMEWARRIOR: "timewarrior"}
"""The programs, as they are asked for and as they are called."""


class BadFile(DomainError):
    """A file cannot be read as an export at all; the message says what would be right."""


class BadRow(ValueError):
    """A row cannot be read; the message says why."""


class SourceRow(NamedTuple):
    """A row as its program wrote it.

    Times are either local ("2026-03-12T09:15:00", of whoever worked) or instants (UTC seconds); `seconds` is None where
    only start and end are known. Where nothing tells who worked, `person` and `email` are empty.
    """

    line: int
    kind: str
    source_id: str = ""
    person: str = ""
    email: str = ""
    client: str = ""
    project: str = ""
    task: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    billable: bool | None = None
    day: str = ""
    started: str = ""
    ended: str = ""
    started_at: int | None = None
    ended_at: int | None = None
    seconds: int | None = None


class Problem(NamedTuple):
    """A row that is left out, by the line it begins on (for JSON its place in the list), and why."""

    line: int
    reason: str


class ReadFile(NamedTuple):
    """An export as it was read."""

    kind: str
    rows: tuple[SourceRow, ...]
    problems: tuple[Problem, ...]
