"""The texts of the demo, read from TOML, and the small language that fills them.

In braces stands a fact of the ticket (`{app}`), a number of a range (`{8-35}`), or a number that gets a name and is the
same wherever the ticket names it (`{n=8-35}`, then `{n}`).
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

CONTENT = Path(__file__).parent / "content"
TOPICS = ("protocols", "directories", "login", "domains", "operations", "platform", "onboarding", "odd")
_SLOT = re.compile(r"\{(?:(?P<name>[a-z][a-z0-9]*)(?:=(?P<low>\d+)-(?P<high>\d+))?|(?P<from>\d+)-(?P<to>\d+))\}")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that goes wrong, or is asked: how customers put it, and the talk that follows.

    `opens` says which opening goes with each subject. A line of `talk` is (who, text), who being c (customer), v
    (vendor) or n (internal note).
    """

    id: str
    severities: tuple[int, ...]
    subjects: tuple[str, ...]
    openings: tuple[str, ...]
    opens: tuple[int, ...]
    talk: tuple[tuple[str, str], ...]
    where: str
    queue: str
    once: bool

    @property
    def most_uses(self) -> int:
        """How many tickets may be about it without one reading like another."""
        return 1 if self.once else len(self.subjects)

    def texts(self) -> tuple[str, ...]:
        """Every text of the problem."""
        return (*self.subjects, *self.openings, *(text for _, text in self.talk))


def read(name: str) -> dict[str, Any]:
    """A file of the content."""
    return tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def problems() -> tuple[Problem, ...]:
    """All problems, in the order of their files."""
    return tuple(_problem(entry) for topic in TOPICS for entry in read(topic)["problem"])


def _problem(entry: dict[str, Any]) -> Problem:
    return Problem(
        id=entry["id"],
        severities=tuple(entry["severities"]),
        subjects=tuple(entry["subjects"]),
        openings=tuple(text.strip("\n") for text in entry["open"]),
        opens=tuple(entry["opens"]),
        talk=tuple((line[0], line[3:]) for line in entry["talk"]),
        where=entry.get("where", ""),
        queue=entry.get("queue", "support"),
        once=entry.get("once", False),
    )


class Filler:
    """Fills the texts of one ticket; a named number is drawn once and stays."""

    def __init__(self, problem: Problem, facts: dict[str, str], chance: Random) -> None:
        self._values = dict(facts)
        self._chance = chance
        for text in problem.texts():
            for found in _SLOT.finditer(text):
                if found["low"] and found["name"] not in self._values:
                    self._values[found["name"]] = str(chance.randint(int(found["low"]), int(found["high"])))

    def fill(self, text: str) -> str:
        """The text with every brace filled; KeyError for a word that nothing defines."""
        return _SLOT.sub(self._value, text)

    def _value(self, found: re.Match[str]) -> str:
        if found["from"]:
            return str(self._chance.randint(int(found["from"]), int(found["to"])))
        return self._values[found["name"]]
