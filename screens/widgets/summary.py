"""A sentence above a list."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from screens.widgets.palette import palette_of
from screens.widgets.text import fit, wrap


class SummaryLine(Widget):
    """The sentence above a list."""

    DEFAULT_CSS = "SummaryLine { height: 2; }"

    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def tell(self, text: str) -> None:
        """Show it."""
        if text != self.text:
            self.text = text
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw it; the second line is empty unless the first is too short."""
        width, palette = self.size.width, palette_of(self.app)
        lines = wrap(self.text, max(1, width - 2))
        return Strip([Segment(fit(f" {lines[y]}" if y < len(lines) else "", width), palette.strong)], width)
