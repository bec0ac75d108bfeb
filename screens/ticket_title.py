"""The line at the top of a ticket."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from screens.widgets.palette import palette_of
from screens.widgets.text import fit


class TitleLine(Widget):
    """Number and subject at the left, severity, state and owner at the right."""

    def __init__(self, ticket_id: int) -> None:
        super().__init__()
        self._left, self._right = f"#{ticket_id}", ""

    def tell(self, left: str, right: str) -> None:
        """Show these."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        width, palette = self.size.width, palette_of(self.app)
        right = self._right if len(self._right) < width // 2 else ""
        left = fit(f" {self._left}", width - len(right) - 2)
        return Strip([Segment(left, palette.strong), Segment(f" {right} ", palette.quiet)]).adjust_cell_length(width)
