"""What a search found: two lines a ticket, with the words that were searched marked in the text around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from screens.base import Target
from screens.widgets.direct import DirectWidget
from screens.widgets.palette import palette_of
from screens.widgets.text import clean, fit
from screens.widgets.when import when
from tickets.search import Hit

LINES = 3
"""Lines of a hit, the empty one below it counted."""
CUSTOMER, OWNER, STATE = 18, 9, 8


class Hits(DirectWidget):
    """Draws the hits; the cursor's first line is marked over its whole width."""

    DEFAULT_CSS = "Hits { height: 1fr; }"

    class Chosen(Message):
        """The hit under the cursor was clicked."""

    class NearEnd(Message):
        """The cursor comes near the last hit."""

    def __init__(self, zone: str) -> None:
        super().__init__()
        self.zone = zone
        self.hits: list[Hit] = []
        self.cursor = self.top = self.now = 0
        self.empty = ""

    @property
    def room(self) -> int:
        """How many hits fit."""
        return max(1, (self.size.height + 1) // LINES)

    @property
    def selected(self) -> Hit | None:
        """The hit under the cursor."""
        return self.hits[self.cursor] if self.hits else None

    def show_hits(self, hits: Sequence[Hit], now: int, empty: str) -> None:
        """Show others, from the first on."""
        self.hits, self.now, self.empty = list(hits), now, empty
        self.cursor = self.top = 0
        self.refresh()

    def add(self, hits: Sequence[Hit]) -> None:
        """Show more below."""
        self.hits += hits
        self.refresh()

    def move(self, by: int) -> None:
        """Move the cursor by that many hits."""
        self.cursor = max(0, min(self.cursor + by, len(self.hits) - 1))
        self.top = max(0, min(self.top, self.cursor), self.cursor - self.room + 1)
        if self.cursor + 2 * self.room > len(self.hits):
            self.post_message(self.NearEnd())
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor in sight."""
        self.move(0)

    def render_line(self, y: int) -> Strip:
        """Draw a line of a hit."""
        width, palette = self.size.width, palette_of(self.app)
        index, line = self.top + y // LINES, y % LINES
        if not self.hits and y == 0:
            return Strip([Segment(fit(f" {self.empty}", width), palette.quiet)], width)
        if index >= len(self.hits) or line == 2:
            return Strip([Segment(" " * width, palette.plain)], width)
        hit, here = self.hits[index], index == self.cursor
        if line == 1:
            return self._excerpt(hit, width)
        style = palette.selected if here else palette.plain
        return Strip([Segment(fit(self._head(hit, width), width), style)], width)

    def _head(self, hit: Hit, width: int) -> str:
        row = hit.row
        left = f" {row.id:>6}  {row.severity}  {fit(row.customer, CUSTOMER)}  "
        right = f"  {fit(row.state, STATE)} {fit(row.owner or '–', OWNER)}" if width >= 100 else f"  {row.state:<8}"
        return left + fit(row.subject, max(4, width - cell_len(left) - cell_len(right))) + right

    def _excerpt(self, hit: Hit, width: int) -> Strip:
        """Draw who wrote it and when, and the text with its words marked."""
        palette = palette_of(self.app)
        who = f"{clean(hit.author)}, " if hit.kind != "subject" else ""
        about = {"subject": "subject, ", "note": "note, "}.get(hit.kind, "")
        segments = [Segment(f"         {about}{who}{when(hit.at, self.now, self.zone)}: ", palette.quiet)]
        at = 0
        for begin, end in hit.excerpt.marks:
            segments.append(Segment(clean(hit.excerpt.text[at:begin]), palette.plain))
            segments.append(Segment(clean(hit.excerpt.text[begin:end]), palette.accent + Style(underline=True)))
            at = end
        segments.append(Segment(clean(hit.excerpt.text[at:]), palette.plain))
        strip = Strip(segments)
        if strip.cell_length > width:
            strip = Strip([*strip.crop(0, width - 1), Segment("…", palette.plain)])
        return strip.adjust_cell_length(width, palette.plain)

    def jump_points(self) -> Iterable[Target]:
        """Return the hits in sight."""
        shown = range(self.top, min(len(self.hits), self.top + self.room))
        return [Target(1, (index - self.top) * LINES, partial(self._select, index)) for index in shown]

    def _select(self, index: int) -> None:
        self.move(index - self.cursor)

    def on_click(self, event: events.Click) -> None:
        """Select the hit under the mouse; open it where it was selected."""
        index = self.top + event.y // LINES
        if index == self.cursor:
            self.post_message(self.Chosen())
        elif index < len(self.hits):
            self._select(index)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move down with the wheel."""
        self.move(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move up with the wheel."""
        self.move(-1)
