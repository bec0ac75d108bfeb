"""A list of which one is picked: as long as it likes, narrowed by what is typed where there is a line for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from screens.base import Commanded
from screens.commands import DOWN, FIRST, LAST, UP, bindings
from screens.widgets.palette import palette_of
from screens.widgets.text import fit

TITLE = 26
"""Cells of a title at most, beside what is told about it."""


class Pick(NamedTuple):
    """One of several: its title, and what is told about it."""

    title: str
    about: str = ""


class Picks(Commanded, Widget, can_focus=True):
    """Shows as many as fit; the one under the cursor is picked."""

    OFFERS = (DOWN, UP, FIRST, LAST)
    BINDINGS = bindings(OFFERS)
    DEFAULT_CSS = "Picks { height: auto; }"

    class Taken(Message):
        """Enter was pressed, or the picked one clicked."""

    def __init__(self, picks: Sequence[Pick], at: int = 0, most: int = 12) -> None:
        super().__init__()
        self.picks, self.index, self.most = tuple(picks), at, most

    def tell(self, picks: Sequence[Pick], at: int = 0) -> None:
        """Show others."""
        self.picks, self.index = tuple(picks), max(0, at)
        self.refresh(layout=True)

    def move(self, by: int) -> None:
        """Pick another one."""
        index = max(0, min(self.index + by, len(self.picks) - 1))
        if index != self.index:
            self.index = index
            self.refresh()

    def action_down(self) -> None:
        """Pick the next one."""
        self.move(1)

    def action_up(self) -> None:
        """Pick the one before."""
        self.move(-1)

    def action_first(self) -> None:
        """Pick the first one."""
        self.move(-len(self.picks))

    def action_last(self) -> None:
        """Pick the last one."""
        self.move(len(self.picks))

    def on_key(self, event: events.Key) -> None:
        """Take the picked one."""
        if event.key == "enter" and self.picks:
            event.stop()
            self.post_message(self.Taken())

    def on_click(self, event: events.Click) -> None:
        """Pick the one under the mouse; take it where it was picked already."""
        index = event.y + self._top
        if index == self.index and self.picks:
            self.post_message(self.Taken())
        elif index < len(self.picks):
            self.move(index - self.index)

    @property
    def _top(self) -> int:
        room = max(1, self.size.height)
        return max(0, min(self.index - room // 2, len(self.picks) - room))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines there are."""
        return max(1, min(len(self.picks), self.most))

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        width, palette = self.size.width, palette_of(self.app)
        index = y + self._top
        if index >= len(self.picks):
            return Strip([Segment(" " * width, palette.plain)], width)
        pick, here = self.picks[index], index == self.index
        style = palette.selected if here and self.has_focus else palette.strong if here else palette.plain
        title = f" {'▸' if here else ' '} {fit(pick.title, min(TITLE, width - 4))} "
        about = Segment(fit(pick.about, max(0, width - TITLE - 4)), style if here else palette.quiet)
        return Strip([Segment(title, style), about]).adjust_cell_length(width, style)

    def on_focus(self) -> None:
        """Show that the keys work here."""
        self.refresh()

    def on_blur(self) -> None:
        """Show that the keys work elsewhere."""
        self.refresh()
