"""The views of the queue: a column at the left, or one line where the screen is narrow."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import cast

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from screens.app_protocol import DeskApp
from screens.base import Target
from screens.commands import MAIL, shown_key
from screens.queue_reading import COUNTED, UNMATCHED, Listed
from screens.widgets.direct import DirectWidget
from screens.widgets.palette import palette_of
from screens.widgets.text import clean, fit

WIDTH = 24


def counted(view: Listed, count: int) -> str:
    """Return a count as it is shown; a query is counted only so far."""
    if view.query and count > COUNTED:
        return f"{COUNTED:,}+".replace(",", " ")
    return f"{count:,}".replace(",", " ")


class ViewsBar(DirectWidget):
    """Shows the views with the count of each, and which one is shown."""

    class Picked(Message):
        """A view was clicked."""

        def __init__(self, view: Listed) -> None:
            self.view = view
            super().__init__()

    class Next(Message):
        """The line that stands for all views was clicked."""

    def __init__(self, views: tuple[Listed, ...]) -> None:
        super().__init__()
        self.views = views
        self.index = 0
        self.counts: dict[str, int] = {}

    @property
    def folded(self) -> bool:
        """Whether there is only one line for it."""
        return self.size.height <= 1

    @property
    def top(self) -> int:
        """Which view stands in the first line: the one that is shown stays in sight."""
        room = max(1, self.size.height - 1)
        return max(0, min(self.index - room // 2, len(self.views) - room))

    def tell(self, index: int, counts: dict[str, int], views: tuple[Listed, ...]) -> None:
        """Show these views, one of them as the current one, with these counts."""
        if (index, counts, views) != (self.index, self.counts, self.views):
            self.index, self.counts, self.views = index, counts, views
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        width, palette = self.size.width, palette_of(self.app)
        if self.folded:
            view = self.views[self.index]
            text = (
                f" {fit(view.title, min(width - 30, cell_len(clean(view.title))))} {self._count(view)}".rstrip() + " ▾"
            )
            waits = self._mails()
            rest = fit("  [ ] other views", width - cell_len(text) - cell_len(waits))
            return Strip(
                [Segment(text, palette.accent), Segment(rest, palette.quiet), Segment(waits, palette.plain)], width
            )
        if y == 0:
            return Strip(
                [Segment(fit(f"{' Views':<{width - 7}}[ ]", width - 2), palette.quiet), Segment("│ ", palette.quiet)],
                width,
            )
        index = y - 1 + self.top
        if index >= len(self.views):
            return Strip([Segment(" " * (width - 2) + "│ ", palette.quiet)], width)
        view, here = self.views[index], index == self.index
        count = self._count(view)
        text = f" {'▸' if here else ' '} {fit(view.title, width - 8 - len(count))} {count}  "
        style = palette.accent if here else palette.plain
        return Strip([Segment(fit(text, width - 2), style), Segment("│ ", palette.quiet)], width)

    def _mails(self) -> str:
        """Return how many mails wait and the key that shows them, where the views have one line; empty without any."""
        count = self.counts.get(UNMATCHED.key)
        keys = cast(DeskApp, self.app).keys_of(MAIL)
        key = f"{shown_key(keys.split(',')[0])} " if keys else ""
        return f"{key}{UNMATCHED.title} {counted(UNMATCHED, count)} " if count else ""

    def _count(self, view: Listed) -> str:
        count = self.counts.get(view.key)
        return "" if count is None else counted(view, count)

    def jump_points(self) -> Iterable[Target]:
        """Return the views in sight; one stands for all where they are folded."""
        if self.folded:
            places = [Target(0, 0, partial(self.post_message, self.Next()))]
            if waits := self._mails():
                go = partial(self.post_message, self.Picked(UNMATCHED))
                places.append(Target(self.size.width - cell_len(waits), 0, go))
            return places
        shown = range(self.top, min(len(self.views), self.top + self.size.height - 1))
        return [
            Target(1, 1 + index - self.top, partial(self.post_message, self.Picked(self.views[index])))
            for index in shown
        ]

    def on_click(self, event: events.Click) -> None:
        """Show the view under the mouse, or the next one where they are folded."""
        index = event.y - 1 + self.top
        if self.folded:
            waits = event.x >= self.size.width - cell_len(self._mails())
            self.post_message(self.Picked(UNMATCHED) if waits else self.Next())
        elif 0 <= index < len(self.views):
            self.post_message(self.Picked(self.views[index]))
