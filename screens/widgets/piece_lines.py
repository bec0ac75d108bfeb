"""A few lines of styled pieces, above or between what can be moved in."""

from __future__ import annotations

from collections.abc import Sequence

from textual.strip import Strip

from screens.widgets.direct import DirectWidget
from screens.widgets.palette import palette_of
from screens.widgets.plain_list import Pieces, cut_pieces


class PieceLines(DirectWidget):
    """Shows lines, as many as there are, each cut at the width of the screen."""

    DEFAULT_CSS = "PieceLines { height: auto; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.lines: Sequence[Pieces] = ((),)

    def tell(self, lines: Sequence[Pieces]) -> None:
        """Show these."""
        if list(lines) != list(self.lines):
            count, self.lines = len(self.lines), lines
            self.refresh(layout=len(lines) != count)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """Return how many lines there are."""
        return len(self.lines)

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        width, palette = self.size.width, palette_of(self.app)
        pieces = self.lines[y] if y < len(self.lines) else ()
        styled = [(palette.named(name), text) for name, text in pieces] or [(palette.plain, "")]
        return Strip(cut_pieces(styled, width)).adjust_cell_length(width, palette.plain)
