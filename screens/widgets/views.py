"""The views of the queue: a column at the left, or one line where the screen is narrow."""

from __future__ import annotations

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from screens.widgets.direct import DirectWidget
from screens.widgets.palette import palette_of
from screens.widgets.text import fit
from tickets.records import View

WIDTH = 24


class ViewsBar(DirectWidget):
    """Shows the views with the count of each, and which one is shown."""

    class Picked(Message):
        """A view was clicked."""

        def __init__(self, index: int) -> None:
            self.index = index
            super().__init__()

    def __init__(self, views: tuple[View, ...]) -> None:
        super().__init__()
        self.views = views
        self.index = 0
        self.counts: dict[str, int] = {}

    @property
    def folded(self) -> bool:
        """Whether there is only one line for it."""
        return self.size.height <= 1

    def tell(self, index: int, counts: dict[str, int]) -> None:
        """Show this view as the current one, and these counts."""
        if (index, counts) != (self.index, self.counts):
            self.index, self.counts = index, counts
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        width, palette = self.size.width, palette_of(self.app)
        if self.folded:
            view = self.views[self.index]
            text = f" {view.title} {self._count(view)}".rstrip() + " ▾"
            rest = "  [ ] other views"
            return Strip(
                [Segment(text, palette.accent), Segment(fit(rest, width - len(text)), palette.quiet)],
                width,
            )
        if y == 0:
            return Strip(
                [Segment(fit(f"{' Views':<{width - 7}}[ ]", width - 2), palette.quiet), Segment("│ ", palette.quiet)],
                width,
            )
        if y > len(self.views):
            return Strip([Segment(" " * (width - 2) + "│ ", palette.quiet)], width)
        view, here = self.views[y - 1], y - 1 == self.index
        count = self._count(view)
        text = f" {'▸' if here else ' '} {fit(view.title, width - 7 - len(count))}{count}  "
        style = palette.accent if here else palette.plain
        return Strip([Segment(fit(text, width - 2), style), Segment("│ ", palette.quiet)], width)

    def _count(self, view: View) -> str:
        count = self.counts.get(view.key)
        return "" if count is None else f"{count:,}".replace(",", " ")

    def on_click(self, event: events.Click) -> None:
        """Show the view under the mouse, or the next one where they are folded."""
        index = (self.index + 1) % len(self.views) if self.folded else event.y - 1
        if 0 <= index < len(self.views):
            self.post_message(self.Picked(index))
