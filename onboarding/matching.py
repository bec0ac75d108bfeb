"""Which line of an annex a request is about, by the stems of its words; a person has the last word."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

SURE = 50
"""From this score on a request is filed under a line without asking."""
_WORD = re.compile(r"[^\W_]+")
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ers", "er", "es", "ed", "s", "e")
_SHORTEST = 3


class _Words(NamedTuple):
    same: dict[str, str]
    silent: frozenset[str]


def match(text: str, entries: Sequence[str]) -> list[tuple[str, int]]:
    """The lines that a text is about with their scores, 1 to 100, the best first; empty where none is.

    Half of a score says how much of what the text has in common with any line (words, and words side by side) is in
    this one, half how much of the line the text names. A word that many lines share (configuration, say) is no reason
    by itself.
    """
    lines = [(entry, _stems(entry)) for entry in entries]
    shared_by = Counter(part for _, stems in lines for part in _parts(stems))
    weight = {part: max(1, len(lines) // count) for part, count in shared_by.items()}
    known = _parts(_stems(text)) & weight.keys()
    telling = {part for part in known if shared_by[part] <= max(1, len(lines) // 5)}
    found = []
    for place, (entry, stems) in enumerate(lines):
        if telling.intersection(stems):
            of_text = _share(_parts(stems) & known, known, weight)
            of_line = _share(known.intersection(stems), set(stems), weight)
            found.append((-((of_text + of_line) // 2), place, entry))
    return [(entry, -score) for score, _, entry in sorted(found)]


def _parts(stems: list[str]) -> set[str]:
    """The words, and each two that stand side by side."""
    return {*stems, *(" ".join(pair) for pair in pairwise(stems))}


def _share(part: set[str], whole: set[str], weight: dict[str, int]) -> int:
    return 100 * sum(weight[each] for each in part) // sum(weight[each] for each in whole)


def _stems(text: str) -> list[str]:
    joined = text.casefold().replace("non-production", "nonproduction").replace("pre-production", "preproduction")
    words = _words()
    stems = [stem(word) for word in _WORD.findall(joined) if word not in words.silent]
    return [words.same.get(each, each) for each in stems]


def stem(word: str) -> str:
    """A word without its ending, as long as enough of it stays."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word


@cache
def _words() -> _Words:
    with (Path(__file__).parent / "synonyms.toml").open("rb") as file:
        held = tomllib.load(file)
    same = {stem(word): stem(group[0]) for group in held["groups"] for word in group}
    return _Words(same, frozenset(held["silent"]))
