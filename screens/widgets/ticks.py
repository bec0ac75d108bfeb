"""Lines of which any can be ticked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from screens.base import Commanded
from screens.commands import DOWN, FIRST, LAST, UP, bindings
from screens.onboarding_parts_commands import SETTLE
from screens.widgets.palette import palette_of
from screens.widgets.text import clean, fit

MOST = 14
"""Lines that are shown at most."""


class Ticks(Commanded, Widget, can_focus=True):
    """A list of lines, each with a tick; space sets it, enter answers."""

    OFFERS = (SETTLE, DOWN, UP, FIRST, LAST)
    BINDINGS = bindings(OFFERS)
    DEFAULT_CSS = "Ticks { height: auto; }"

    class Taken(Message):
        """Enter was pressed."""

    def __init__(self, lines: Sequence[str], ticked: Iterable[int]) -> None:
        super().__init__()
        self.lines, self.ticked, self.index = tuple(lines), set(ticked), 0

    def move(self, by: int) -> None:
        """Go to another line."""
        self.index = max(0, min(self.index + by, len(self.lines) - 1))
        self.refresh()

    def on_key(self, event: events.Key) -> None:
        """Move, tick, or answer, as the keys come."""
        if event.key == "enter":
            event.stop()
            self.post_message(self.Taken())
            return
        for command in self.OFFERS:
            if event.key in self.desk.keys_of(command).split(","):
                event.stop()
                by = {DOWN: 1, UP: -1, FIRST: -len(self.lines), LAST: len(self.lines)}
                if command in by:
                    self.move(by[command])
                elif self.lines:
                    self.ticked ^= {self.index}
                    self.refresh()
                return

    def on_click(self, event: events.Click) -> None:
        """Tick the line under the mouse."""
        if event.y + self._top < len(self.lines):
            self.index = event.y + self._top
            self.ticked ^= {self.index}
            self.refresh()

    @property
    def _top(self) -> int:
        room = max(1, self.size.height)
        return max(0, min(self.index - room // 2, len(self.lines) - room))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines there are, as far as they fit."""
        return max(1, min(len(self.lines), MOST, self.app.size.height - 10))

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        width, palette = self.size.width, palette_of(self.app)
        index = y + self._top
        if index >= len(self.lines):
            return Strip([Segment(" " * width, palette.plain)], width)
        here = index == self.index
        style = palette.selected if here and self.has_focus else palette.plain
        tick = "x" if index in self.ticked else " "
        return Strip(
            [Segment(fit(f" {'▸' if here else ' '} [{tick}] {clean(self.lines[index])}", width), style)], width
        )

    def on_focus(self) -> None:
        """Show that the keys work here."""
        self.refresh()

    def on_blur(self) -> None:
        """Show that the keys work elsewhere."""
        self.refresh()
