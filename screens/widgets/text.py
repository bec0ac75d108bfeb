"""Text that a person wrote, made harmless and cut to cells."""

from __future__ import annotations

from rich.cells import cell_len

_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_CONTROLS = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "␡"}
_C1 = dict.fromkeys(range(0x80, 0xA0), "�")
_SEPARATORS = {0x2028: " ", 0x2029: " ", 0x200B: "", 0xFEFF: "", 0xAD: ""}
# Terminals disagree about how wide joined signs are; apart, each has one width everywhere, and columns stay in line.
_JOINING = dict.fromkeys([0x200D, *range(0xFE00, 0xFE10), *range(0x1F3FB, 0x1F400), *range(0xE0000, 0xE0080)], "")
_FLAGS = {0x1F1E6 + letter: chr(ord("A") + letter) for letter in range(26)}
_LINE = str.maketrans(
    _CONTROLS
    | _C1
    | _SEPARATORS
    | _JOINING
    | _FLAGS
    | {ord(sign): "�" for sign in _BIDI}
    | {9: "    ", 10: " ", 13: " "}
)
_PARAGRAPH = _LINE | {10: "\n", 13: ""}


def clean(text: str) -> str:
    """Return it as one line in which control and escape characters are visible and nothing turns the direction."""
    return text if text.isascii() and text.isprintable() else _without_surrogates(text).translate(_LINE)


def clean_lines(text: str) -> list[str]:
    """Return it as lines, each made harmless."""
    return _without_surrogates(text).translate(_PARAGRAPH).split("\n")


def fit(text: str, cells: int) -> str:
    """Return clean text cut (with `…`) or padded to exactly that many cells."""
    if cells <= 0:
        return ""
    text = clean(text)
    if text.isascii():
        return text.ljust(cells) if len(text) <= cells else text[: cells - 1] + "…"
    length = cell_len(text)
    if length <= cells:
        return text + " " * (cells - length)
    kept = _cut(text, cells - 1)
    return kept + "…" + " " * (cells - 1 - cell_len(kept))


def wrap(text: str, cells: int) -> list[str]:
    """Return clean lines of at most that many cells, broken at spaces where there are any."""
    lines: list[str] = []
    for line in clean_lines(text):
        start = 0
        while (end := _end(line, start, cells)) < len(line):
            end = max(end, start + 1)
            space = line.rfind(" ", start, end)
            if space > start and line[end] != " ":
                end = space
            lines.append(line[start:end])
            start = end
            while line[start : start + 1] == " ":
                start += 1
        lines.append(line[start:])
    return lines


def _cut(text: str, cells: int) -> str:
    """Return the longest beginning of at most that many cells; combining characters stay with their letter."""
    return text[: _end(text, 0, cells)]


def _end(text: str, start: int, cells: int) -> int:
    """Return where the longest part from `start` on ends that takes at most that many cells."""
    if text[start : start + cells + 1].isascii():
        return min(start + cells, len(text))
    used = 0
    for index in range(start, len(text)):
        used += cell_len(text[index])
        if used > cells:
            return index
    return len(text)


def _without_surrogates(text: str) -> str:
    """Return it without halves of characters, which no terminal can be sent."""
    return text.encode("utf-8", "replace").decode("utf-8")
