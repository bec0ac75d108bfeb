"""A list that is read whole: a heading, lines of a few styled pieces, and a cursor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from screens.base import Target
from screens.widgets.direct import DirectWidget
from screens.widgets.palette import palette_of
from screens.widgets.text import fit

Pieces = tuple[tuple[str, str], ...]
"""Pairs of style (`plain`, `quiet`, `strong`, `accent`, `warning`, `alarm`) and text of fixed cells."""


class Shape(NamedTuple):
    """What stands above the lines, what a line says at a width, and what is said where there are none."""

    heading: Callable[[int], str]
    line: Callable[[object, int], Pieces]
    empty: str


def cut_pieces(pieces: list[tuple[Style, str]], width: int) -> list[Segment]:
    """Return the pieces as far as they fit; the one that does not ends with `…`."""
    segments, left = [], width
    for style, text in pieces:
        cells = cell_len(text)
        segments.append(Segment(text if cells <= left else fit(text, left), style))
        left -= cells
        if left <= 0:
            break
    return segments


class PlainList(DirectWidget):
    """Draws lines by a shape; the cursor's line is marked over its whole width."""

    class Chosen(Message):
        """A line was clicked."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.lines: Sequence[object] = ()
        self.known = False
        self.cursor = 0
        self.top = 0

    @property
    def height(self) -> int:
        """How many lines fit."""
        return max(1, self.size.height - 1)

    @property
    def selected(self) -> object | None:
        """What the cursor stands on."""
        return self.lines[self.cursor] if self.lines else None

    def show_lines(self, lines: Sequence[object]) -> None:
        """Show these; the cursor stays where it was, as far as there are lines.

        Without lines it is always drawn: there may be another reason now why there are none.
        """
        if not lines or not self.known or list(lines) != list(self.lines):
            self.lines, self.known = lines, True
            self.move(0)
            self.refresh()

    def move(self, by: int) -> None:
        """Move the cursor by that many lines."""
        before, top = self.cursor, self.top
        self.cursor = max(0, min(self.cursor + by, len(self.lines) - 1))
        self.top = max(0, min(self.top, self.cursor), self.cursor - self.height + 1)
        if top != self.top:
            self.refresh()
        elif before != self.cursor:
            for index in (before, self.cursor):
                self.refresh(Region(0, index - self.top + 1, self.size.width, 1))

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor in view."""
        self.move(0)

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        width, palette = self.size.width, palette_of(self.app)
        if y == 0:
            return Strip([Segment(fit(self.shape.heading(width), width), palette.quiet)], width)
        index = y - 1 + self.top
        if not self.lines:
            text = f" {self.shape.empty}" if self.known and y == 1 else ""
            return Strip([Segment(fit(text, width), palette.quiet)], width)
        if index >= len(self.lines):
            return Strip([Segment(" " * width, palette.plain)], width)
        pieces = self.shape.line(self.lines[index], width)
        if index == self.cursor:
            return Strip([Segment(fit("".join(text for _, text in pieces), width), palette.selected)], width)
        return Strip(cut_pieces([(palette.named(name), text) for name, text in pieces], width)).adjust_cell_length(
            width, palette.plain
        )

    def jump_points(self) -> Iterable[Target]:
        """Return the lines in sight."""
        shown = range(self.top, min(len(self.lines), self.top + self.height))
        return [Target(0, 1 + index - self.top, partial(self._select, index)) for index in shown]

    def _select(self, index: int) -> None:
        self.move(index - self.cursor)

    def on_click(self, event: events.Click) -> None:
        """Select the line under the mouse."""
        index = event.y - 1 + self.top
        if event.y >= 1 and index < len(self.lines):
            again = index == self.cursor
            self.move(index - self.cursor)
            if again:
                self.post_message(self.Chosen())
