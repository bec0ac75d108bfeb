"""The clocks of the visible rows, in a widget of their own: a second that passes sends a dozen cells and no more."""

from __future__ import annotations

from collections.abc import Callable

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip

from screens.widgets.clock_text import ClockText, read_clock
from screens.widgets.direct import DirectWidget
from screens.widgets.palette import palette_of
from screens.widgets.text import fit
from screens.widgets.window import Window
from tickets.records import Basis, QueueRow

WIDTH = 14
HEADING = 1


class ClockColumn(DirectWidget):
    """Shows the clock of each row that the window shows."""

    def __init__(self, window: Window, now: Callable[[], int]) -> None:
        super().__init__()
        self.window = window
        self.now = now
        self.bases: dict[int, Basis] = {}
        self._strips: dict[tuple[str, str, int, str], Strip] = {}
        self._shown: list[tuple[str, str]] = []
        self._read: dict[int, tuple[tuple[object, ...], ClockText]] = {}

    def redraw(self, at: int) -> tuple[int | None, bool]:
        """Draw again what has changed; return when something changes next, and whether all clocks stand still."""
        texts, shown = self._texts(at)
        for y, line in enumerate(shown):
            if y >= len(self._shown) or self._shown[y] != line:
                self.refresh(Region(0, y + HEADING, self.size.width, 1))
        self._shown = shown
        changes = [text.next_at for text in texts if text.next_at is not None]
        return min(changes, default=None), all(text.still for text in texts)

    def _texts(self, at: int) -> tuple[list[ClockText], list[tuple[str, str]]]:
        """Return the clocks of the visible rows, and what each line says."""
        texts = [self._text(row, at) for row in self.window.visible]
        shown = [(text.text, text.level) for text in texts]
        return texts, shown + [("", "")] * (self.window.height - len(shown))

    def _text(self, row: QueueRow, at: int) -> ClockText:
        """Return the row's clock; it is computed again only when its text may have changed."""
        key = (row.due_at, row.clock_state, row.objective_minutes, row.basis_id, row.basis_id in self.bases)
        known = self._read.get(row.id)
        if known is not None and known[0] == key and (known[1].next_at is None or at < known[1].next_at):
            return known[1]
        if len(self._read) > 1000:
            self._read.clear()
        text = read_clock(row, self.bases.get(row.basis_id or 0), at)
        self._read[row.id] = key, text
        return text

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        palette, width = palette_of(self.app), self.size.width
        if y < HEADING:
            return Strip([Segment(fit("  Clock", width), palette.quiet)], width)
        if len(self._shown) != self.size.height - HEADING:
            self.window.resize(self.size.height - HEADING)
            self._shown = self._texts(self.now())[1]
        text, level = self._shown[y - HEADING] if y - HEADING < len(self._shown) else ("", "")
        key = text, level, width, self.app.theme
        strip = self._strips.get(key)
        if strip is None:
            if len(self._strips) > 80:
                self._strips.clear()
            strip = Strip([Segment(fit(f" {text}", width), palette.clock.get(level, palette.plain))], width)
            self._strips[key] = strip
        return strip
