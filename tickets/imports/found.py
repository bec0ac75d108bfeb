"""What the readers of files hand on: a record and where it stood, or why it could not be read."""

from collections.abc import Callable
from typing import Any, NamedTuple

MAX_RECORD = 64 * 1024 * 1024
"""Characters of one record (with all its comments) that are held in memory; a longer one is reported."""

MENDED = "its text is broken UTF-8; what could not be read stands as \ufffd"


class BadFile(Exception):
    """A file that cannot be read at all; the message names it and says why."""


class Place(NamedTuple):
    """Where a record stands: the line it ends on (from 1) and which record of the file it is (from 1)."""

    file: str
    line: int
    record: int

    def __str__(self) -> str:
        """Say it as compilers do."""
        return f"{self.file}:{self.line} (record {self.record})"


class Found(NamedTuple):
    """A record of a file: `kind` is what its surroundings say (may be ""), `problem` why it is none.

    `mended` says that broken characters were replaced.
    """

    kind: str
    data: Any
    place: Place
    problem: str = ""
    mended: bool = False


Advance = Callable[[int], None]
"""Called with the bytes that were read since the last call."""
