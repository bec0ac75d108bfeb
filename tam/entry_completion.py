"""How a half-typed line goes on: the customers and activities that its last words begin."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tam.activities import ACTIVITIES
from tam.entry_tokens import plain

MOST_WORDS = 4


def completions(line: str, customers: Sequence[tuple[int, str, str]], most: int = 20) -> list[str]:
    """Whole lines, the likeliest first: the last words (four at most) replaced by what they begin.

    A note, which a comma begins, has none. `customers` are ids, keys and names.
    """
    if "," in line or not line.strip() or line != line.rstrip():
        return []
    for start in _starts(line):
        wanted, found = plain(line[start:].removeprefix('"')), []
        for _, key, name in customers:
            if plain(key).startswith(wanted) or plain(name).startswith(wanted):
                found.append(line[:start] + named(key))
        for each in ACTIVITIES:
            if any(word.startswith(wanted) for word in (each.key, *each.words)):
                found.append(line[:start] + each.key)
        if found:
            return [f"{each} " for each in found[:most]]
    return []


def _starts(line: str) -> list[int]:
    """Where the last words begin, the most of them first; a quote begins the last word itself."""
    if line.count('"') % 2:
        return [line.rindex('"')]
    return [word.start() for word in re.finditer(r"\S+", line)][-MOST_WORDS:]


def named(key: str) -> str:
    """A customer's key as a line names it."""
    return key if re.fullmatch(r"[\w.-]+", key) and not key[0].isdigit() else '"' + key.replace('"', '""') + '"'
