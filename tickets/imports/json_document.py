"""One JSON document (or several in a file), read an element at a time: no file is held in memory."""

import codecs
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from tickets.imports.found import MAX_RECORD, Advance, BadFile, Found, Place
from tickets.imports.json_lines import mend, unreadable
from tickets.imports.shapes import HOLDERS, OF_A_TICKET, of_a_ticket, unfold

_CHUNK = 1 << 18
_SPACE = re.compile(r"[ \t\r\n]*")
_NEXT_RECORD = re.compile(r"\}\s*,?\s*(?=\{)")
_NEAR_THE_END = 32
"""A decoder that fails this close to the end of what was read may only miss the rest (of a word, an escape)."""


class Broken(NamedTuple):
    """An element that is no JSON, and why."""

    problem: str


class _Text:
    """The text of a file through a window; positions below are positions in the window."""

    def __init__(self, file: BinaryIO, advance: Advance) -> None:
        self._file, self._advance = file, advance
        self._tail = b""
        self._decoder = json.JSONDecoder(strict=False).raw_decode
        self.buffer, self.at, self.ended, self.doubtful = "", 0, False, False
        self._line, self._counted = 1, 0

    def fill(self, size: int = _CHUNK) -> bool:
        """Read on; False at the end of the file."""
        if self.ended:
            return False
        data = self._file.read(size)
        self._advance(len(data))
        self.ended = not data
        data = self._tail + data
        try:
            text, used = codecs.utf_8_decode(data, "strict", self.ended)
        except UnicodeDecodeError:
            self.doubtful = True
            text, used = codecs.utf_8_decode(data, "surrogateescape", self.ended)
        self._tail = data[used:]
        self.here()
        self._counted = 0
        self.buffer, self.at = self.buffer[self.at :] + text, 0
        return not self.ended

    def peek(self) -> str:
        """The next character that is no white space; "" at the end."""
        while True:
            self.at = _SPACE.match(self.buffer, self.at).end()  # type: ignore[union-attr]
            if self.at < len(self.buffer) or not self.fill():
                return self.buffer[self.at : self.at + 1]

    def take(self, character: str) -> bool:
        """Step over a character if it is the next one."""
        if self.peek() != character:
            return False
        self.at += 1
        return True

    def here(self) -> int:
        """The line that is being read, from 1."""
        self._line += self.buffer.count("\n", self._counted, self.at)
        self._counted = self.at
        return self._line

    def value(self) -> tuple[Any, bool]:
        """Decode the next value (Broken where it is none) and tell whether broken characters were replaced."""
        self.peek()
        while True:
            size = len(self.buffer) - self.at
            try:
                value, end = self._decoder(self.buffer, self.at)
            except (ValueError, RecursionError) as error:
                if self.ended or size > MAX_RECORD or not self._may_go_on(error):
                    return self._give_up(error, size)
                self.fill(max(_CHUNK, size))
                continue
            if end == len(self.buffer) and not self.ended:
                self.fill()
                continue
            suspect = self.doubtful or self.buffer.find("\\ud", self.at, end) >= 0
            suspect = suspect or self.buffer.find("\\uD", self.at, end) >= 0
            self.at = end
            return mend(value) if suspect else (value, False)

    def _may_go_on(self, error: Exception) -> bool:
        if not isinstance(error, json.JSONDecodeError):
            return False
        return error.msg.startswith("Unterminated string") or error.pos >= len(self.buffer) - _NEAR_THE_END

    def _give_up(self, error: Exception, size: int) -> tuple[Broken, bool]:
        if size > MAX_RECORD:
            return Broken(f"the record is longer than {MAX_RECORD // (1024 * 1024)} MB"), False
        if isinstance(error, json.JSONDecodeError):
            self.at = max(self.at + 1, min(error.pos, len(self.buffer)))
        else:
            self.at += 1
        return Broken(f"not JSON: {unreadable(error)}"), False

    def skip_to_record(self) -> bool:
        """After something unreadable, move to where the next object seems to begin; False if there is none."""
        while True:
            if found := _NEXT_RECORD.search(self.buffer, self.at):
                self.at = found.end()
                return True
            if self.ended:
                self.at = len(self.buffer)
                return False
            self.at = max(self.at, len(self.buffer) - _NEAR_THE_END)
            self.fill()


def read_documents(path: Path, advance: Advance) -> Iterator[Found]:
    """Hand out the records of a file of JSON documents; raise BadFile where it holds nothing of the kind."""
    with path.open("rb") as file:
        start = file.read(3)
        if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise BadFile(f"{path} is UTF-16; save it as UTF-8")
        file.seek(3 if start == b"\xef\xbb\xbf" else 0)
        text = _Text(file, advance)
        if text.peek() not in ("{", "["):
            raise BadFile(f"{path} is neither JSON nor JSON lines; if it is a CSV, say so with --format csv")
        yield from _Reader(str(path), text).documents()


class _Reader:
    def __init__(self, name: str, text: _Text) -> None:
        self._name, self._text, self._record = name, text, 0

    def documents(self) -> Iterator[Found]:
        """Read one document after the other; a comma between them is forgiven."""
        text = self._text
        while character := text.peek():
            if character == "[":
                yield from self._array("")
            elif character == "{":
                yield from self._object()
            elif not text.take(","):
                yield self._broken(Broken("not JSON: text between the records"))
                if not text.skip_to_record():
                    return

    def _object(self) -> Iterator[Found]:
        """Read an object a key at a time: arrays of records are handed out as they come, the rest at its end."""
        text, rest, streamed, mended = self._text, dict[str, Any](), False, False
        text.take("{")
        while not text.take("}"):
            key, _ = text.value()
            if isinstance(key, Broken) or not isinstance(key, str) or not text.take(":"):
                yield self._broken(Broken("the document breaks off, or is no JSON from here on"))
                if text.peek():
                    text.skip_to_record()
                return
            if key in HOLDERS and text.peek() == "[":
                streamed = True
                yield from self._array(HOLDERS[key])
            elif key in OF_A_TICKET and text.peek() == "[" and streamed:
                yield from self._array(OF_A_TICKET[key])
            else:
                rest[key], changed = text.value()
                mended = mended or changed
                if isinstance(rest[key], Broken):
                    yield self._broken(rest[key])
                    text.skip_to_record()
                    return
            text.take(",")
        yield from self._rest(rest, streamed, mended)

    def _rest(self, rest: dict[str, Any], streamed: bool, mended: bool) -> Iterator[Found]:
        if not streamed:
            yield from self._records(rest, "", mended)
            return
        for kind, elements in of_a_ticket(rest):
            yield from self._records(elements, kind, mended)

    def _array(self, kind: str) -> Iterator[Found]:
        text = self._text
        text.take("[")
        while not text.take("]"):
            value, mended = text.value()
            if isinstance(value, Broken):
                yield self._broken(value)
                if not text.skip_to_record():
                    return
                continue
            yield from self._records(value, kind, mended)
            text.take(",")

    def _records(self, value: Any, kind: str, mended: bool) -> Iterator[Found]:
        line = self._text.here()
        for told, element in unfold(value, kind):
            self._record += 1
            yield Found(told, element, Place(self._name, line, self._record), "", mended)

    def _broken(self, broken: Broken) -> Found:
        self._record += 1
        return Found("", None, Place(self._name, self._text.here(), self._record), broken.problem)
