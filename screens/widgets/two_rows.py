"""A list whose lines take two rows each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from rich.segment import Segment
from textual import events
from textual.strip import Strip

from screens.base import Target
from screens.widgets.palette import palette_of
from screens.widgets.plain_list import Pieces, PlainList, Shape, cut_pieces
from screens.widgets.text import fit

ROWS = 2
Second = Callable[[object, int], Pieces]
"""What the second row of a line says at a width."""


class TwoRows(PlainList):
    """Draws the first row by the shape and the second by `second`; the cursor marks both."""

    def __init__(self, shape: Shape, second: Second) -> None:
        super().__init__(shape)
        self.second = second

    @property
    def height(self) -> int:
        """How many lines fit, of two rows each."""
        return max(1, (self.size.height - 1) // ROWS)

    def move(self, by: int) -> None:
        """Move the cursor by that many lines."""
        before = self.cursor, self.top
        super().move(by)
        if before != (self.cursor, self.top):
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw a row."""
        if y == 0 or not self.lines:
            return super().render_line(y)
        width, palette = self.size.width, palette_of(self.app)
        index, row = self.top + (y - 1) // ROWS, (y - 1) % ROWS
        if index >= len(self.lines):
            return Strip([Segment(" " * width, palette.plain)], width)
        pieces = (self.second if row else self.shape.line)(self.lines[index], width)
        if index == self.cursor:
            return Strip([Segment(fit("".join(text for _, text in pieces), width), palette.selected)], width)
        drawn = cut_pieces([(palette.named(name), text) for name, text in pieces], width)
        return Strip(drawn).adjust_cell_length(width, palette.plain)

    def jump_points(self) -> Iterable[Target]:
        """Return the lines in sight."""
        shown = range(self.top, min(len(self.lines), self.top + self.height))
        return [Target(0, 1 + ROWS * (index - self.top), partial(self._select, index)) for index in shown]

    def on_click(self, event: events.Click) -> None:
        """Select the line under the mouse."""
        event.prevent_default()
        index = self.top + (event.y - 1) // ROWS
        if event.y >= 1 and index < len(self.lines):
            again = index == self.cursor
            self.move(index - self.cursor)
            if again:
                self.post_message(self.Chosen())
