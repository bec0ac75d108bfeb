"""The piece of a text around the words that were searched, and where in it they stand: offsets, never markup."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

LENGTH, BEFORE = 160, 40
_WORD = re.compile(r"[^\W_]+")


class Excerpt(NamedTuple):
    """A line of text; `marks` are (start, end) offsets of the words in it, in order."""

    text: str
    marks: tuple[tuple[int, int], ...]


class _Folded(dict[int, str]):
    """Each sign as one sign without case and accents, so that offsets stay true."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        folded = (unicodedata.normalize("NFD", sign)[0].casefold() or sign)[0]
        self[code] = folded
        return folded


_FOLDED = _Folded()


def folded(text: str) -> str:
    """The text without case and accents, sign for sign."""
    return text.lower() if text.isascii() else text.translate(_FOLDED)


def excerpt(text: str, words: Sequence[str], typing: bool = False) -> Excerpt:
    """The piece of a text around the first of the words; its beginning where none is found."""
    line = _one_line(text)
    pattern = _pattern(tuple(words), typing)
    plain = folded(line)
    first = pattern.search(plain) if pattern else None
    start = max(0, first.start() - BEFORE) if first else 0
    if start:
        space = line.find(" ", start, first.start() if first else start)
        start = space + 1 if space >= 0 else start
    piece = line[start : start + LENGTH]
    marks = pattern.finditer(plain, start, start + len(piece)) if pattern else ()
    shown = tuple((found.start() - start, found.end() - start) for found in marks)
    before, behind = "…" if start else "", "…" if start + LENGTH < len(line) else ""
    shift = len(before)
    return Excerpt(f"{before}{piece}{behind}", tuple((begin + shift, end + shift) for begin, end in shown))


_BLANKS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")


def _one_line(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...], typing: bool) -> re.Pattern[str] | None:
    """What the words look like in a folded text; a phrase is its words with anything but letters between."""
    ways = []
    for number, word in enumerate(words):
        parts = [re.escape(part) for part in _WORD.findall(folded(word))]
        if parts:
            grows = r"[^\W_]*" if typing and number == len(words) - 1 else ""
            ways.append(r"[\W_]+".join(parts) + grows)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(ways)})(?![^\W_])") if ways else None
