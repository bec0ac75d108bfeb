"""JSON lines: a record (or a page of the API) on each line; a bad line costs only itself."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from tickets.imports.found import MAX_RECORD, Advance, Found, Place
from tickets.imports.shapes import unfold

_SURROGATE = re.compile("[\ud800-\udfff]")
_PEEK_LINES, _PEEK_BYTES = 20, 4 * 1024 * 1024
_REPORT_EVERY = 1 << 20


def is_lines(path: Path) -> bool:
    """Tell JSON lines from one document: the first line is closed, and one of the first is an object of its own.

    A longer first line makes it a document, whose reader takes objects one after the other too.
    """
    with path.open("rb") as file:
        for number in range(_PEEK_LINES):
            line = file.readline(_PEEK_BYTES).removeprefix(b"\xef\xbb\xbf")
            if not line:
                return False
            if number == 0 and not (line.startswith(b"{") and line.rstrip().endswith(b"}")) and line.strip():
                return False
            if line[:1] == b"{" and isinstance(decode(line)[0], dict):
                return True
    return False


def read_lines(path: Path, advance: Advance) -> Iterator[Found]:
    """Hand out the records of a file of JSON lines, in order, with the problem of each bad line."""
    name, record, unreported = str(path), 0, 0
    with path.open("rb") as file:
        for number, line in enumerate(_lines(file), 1):
            unreported += len(line)
            if unreported >= _REPORT_EVERY:
                advance(unreported)
                unreported = 0
            if not line.strip():
                continue
            value, problem, mended = decode(line)
            if problem:
                record += 1
                yield Found("", None, Place(name, number, record), problem)
                continue
            for kind, element in unfold(value):
                record += 1
                yield Found(kind, element, Place(name, number, record), "", mended)
    advance(unreported)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Cut a file into lines; of one that is too long only the beginning, marked by its length, is handed out."""
    first = True
    while line := file.readline(MAX_RECORD + 1):
        if first:
            line, first = line.removeprefix(b"\xef\xbb\xbf") or b"\n", False
        if len(line) > MAX_RECORD:
            while (rest := file.readline(MAX_RECORD)) and not rest.endswith(b"\n"):
                pass
        yield line


def decode(line: bytes) -> tuple[Any, str, bool]:
    """Decode a line: its value, what is wrong with it (or ""), and whether broken characters were replaced."""
    import msgspec

    if len(line) > MAX_RECORD:
        return None, f"the record is longer than {MAX_RECORD // (1024 * 1024)} MB", False
    try:
        return msgspec.json.decode(line), "", False
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return _decode_slowly(line)


def _decode_slowly(line: bytes) -> tuple[Any, str, bool]:
    """Take what the strict decoder refuses and exports hold: raw control characters, half pairs, broken UTF-8."""
    try:
        text, mended = line.decode(), False
    except UnicodeDecodeError:
        text, mended = line.decode(errors="replace"), True
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        return None, f"not JSON: {unreadable(error)}", False
    value, halves = mend(value)
    return value, "", mended or halves


def unreadable(error: Exception) -> str:
    """Say what is wrong with JSON, in a few words."""
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return error.msg if isinstance(error, json.JSONDecodeError) else str(error)[:100]


def mend(value: Any) -> tuple[Any, bool]:
    """Replace half surrogate pairs, which no database stores, by the replacement character."""
    if isinstance(value, str):
        mended = _SURROGATE.sub("\ufffd", value)
        return mended, mended != value
    if isinstance(value, list):
        elements = [mend(element) for element in value]
        return [element for element, _ in elements], any(changed for _, changed in elements)
    if isinstance(value, dict):
        pairs = [(mend(key), mend(inner)) for key, inner in value.items()]
        return {key[0]: inner[0] for key, inner in pairs}, any(key[1] or inner[1] for key, inner in pairs)
    return value, False
