"""What a status report is made of, whatever it is written in, and its Markdown."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import NamedTuple

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_JOINERS = "\u200c\u200d"
"""Invisible, and part of how some scripts and signs are written."""
_SYNTAX = re.compile(r"([\\`*_\[\]<>#|~$]|&(?=[#\w]))")
_AT_FRONT = re.compile(r"^([-+=:])|^(\d+)([.)])")


class Section(NamedTuple):
    """A part of a report with a heading: sentences, points, then a table where it has columns."""

    heading: str
    sentences: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    lines: tuple[tuple[str, ...], ...] = ()
    points: tuple[str, ...] = ()


class Document(NamedTuple):
    """A report in plain text: a title, a line below it, and sections; whoever writes it out escapes it."""

    title: str
    below: str
    sections: tuple[Section, ...]


def visible(text: str) -> str:
    """Text on one line without control signs, or signs that turn the direction of what follows."""
    spaced = "".join(" " if sign.isspace() else sign for sign in text)
    seen = [sign for sign in spaced if sign in _JOINERS or unicodedata.category(sign) not in _UNSEEN]
    return " ".join("".join(seen).split())


def day_text(day: str | date) -> str:
    """A date as it is read: "4 June 2026"."""
    on = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def markdown_of(document: Document) -> str:
    """The report as Markdown (CommonMark with tables); nothing in it becomes markup, a link or HTML."""
    parts = [f"# {escaped(document.title)}", escaped(document.below)]
    for section in document.sections:
        parts.append(f"## {escaped(section.heading)}")
        parts += [escaped(sentence) for sentence in section.sentences]
        if section.points:
            parts.append("\n".join(f"- {escaped(point)}" for point in section.points))
        if section.columns:
            ruler = "| " + " | ".join("---" for _ in section.columns) + " |"
            parts.append("\n".join((_row(section.columns), ruler, *(_row(line) for line in section.lines))))
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """Text as Markdown that reads as that text, wherever a line begins."""
    plain = _SYNTAX.sub(r"\\\1", visible(text))
    plain = re.sub(r":(?=//)", r"\\:", plain)
    plain = re.sub(r"(?i)\b(mailto|xmpp):", r"\1\\:", plain).replace("@", "\\@")
    plain = re.sub(r"(?<=\w)\.(?=[^\W\d_])", r"\\.", plain)  # some readers make a link of any word.word
    return _AT_FRONT.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", plain)


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(escaped(cell) or "–" for cell in cells) + " |"
