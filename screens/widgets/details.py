"""A few lines below a list: what there is to know of the line under the cursor."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.strip import Strip

from screens.widgets.direct import DirectWidget
from screens.widgets.palette import palette_of
from screens.widgets.text import clean, fit, wrap

Told = tuple[str, str]
"""A style and a text; longer texts go on in the next lines."""


class Details(DirectWidget):
    """Shows texts of a style each below a rule with a title, each in as many lines as it needs; the last ones give
    way."""

    DEFAULT_CSS = "Details { height: 6; }"
    MOST = 3
    """Lines of one text."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.told: tuple[Told, ...] = ()
        self._lines: list[Told] = []
        self._width = 0

    def tell(self, title: str, told: Sequence[Told]) -> None:
        """Show these."""
        if (title, tuple(told)) != (self.title, self.told):
            self.title, self.told, self._width = title, tuple(told), 0
            self.refresh()

    def _wrapped(self, width: int) -> list[Told]:
        if self._width != width:
            room = max(10, width - 2)
            self._lines = [(style, line) for style, text in self.told for line in wrap(text, room)[: self.MOST]]
            self._width = width
        return self._lines

    def render_line(self, y: int) -> Strip:
        """Draw the rule, or a line."""
        width, palette = self.size.width, palette_of(self.app)
        if y == 0:
            text = f"── {clean(self.title)} " if self.title else ""
            return Strip([Segment(fit(text.ljust(width, "─"), width), palette.quiet)], width)
        lines = self._wrapped(width)
        style, text = lines[y - 1] if y <= len(lines) else ("plain", "")
        return Strip([Segment(fit(f" {text}", width), palette.named(style))], width)
