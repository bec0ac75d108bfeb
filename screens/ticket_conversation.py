"""The conversation on the screen: the customer's messages, ours, and notes, told apart by edge and name."""

from __future__ import annotations

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from screens.ticket_talk import Line, Talk
from screens.widgets.palette import palette_of
from screens.widgets.text import fit

EDGES = {"customer": " ▌ ", "vendor": "   │ ", "note": "   ┊ "}
INDENT = 5
WIDEST = 100
"""Cells of a line of text at most: a longer one is hard to read back."""
EMPTY = "No message yet. r writes the first."


class Conversation(Widget):
    """Draws the lines of a talk."""

    DEFAULT_CSS = "Conversation { height: 1fr; width: 1fr; }"

    class Scrolled(Message):
        """What is in view has changed."""

    def __init__(self, talk: Talk) -> None:
        super().__init__()
        self.talk = talk
        self._drawn: list[Line] | None = None

    def on_resize(self, event: events.Resize) -> None:
        """Wrap for the new width."""
        self.talk.resize(min(WIDEST, event.size.width - INDENT - 1), event.size.height)
        self.redraw()

    def redraw(self) -> None:
        """Draw what the talk shows now, if that differs."""
        lines = self.talk.visible()
        if lines != self._drawn:
            self._drawn = lines
            self.refresh()
        self.post_message(self.Scrolled())

    def scroll_lines(self, by: int) -> None:
        """Scroll by that many lines."""
        self.talk.scroll(by)
        self.redraw()

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        width, palette = self.size.width, palette_of(self.app)
        lines = self._drawn or []
        if not lines and y == 1:
            return Strip([Segment(fit(f" {EMPTY}", width), palette.quiet)], width)
        if y >= len(lines) or lines[y].part == "gap":
            return Strip([Segment(" " * width, palette.plain)], width)
        side, part, text = lines[y]
        edge = EDGES.get(side, EDGES["vendor"])
        mark = palette.accent if side == "customer" else palette.clock["quarter"] if side == "note" else palette.quiet
        style = palette.quiet if part == "cut" else palette.plain
        if part == "head":
            style = palette.accent if side == "customer" else mark if side == "note" else palette.strong
        return Strip([Segment(edge, mark), Segment(fit(text, width - len(edge)), style)], width)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll with the wheel."""
        event.stop()
        self.scroll_lines(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll with the wheel."""
        event.stop()
        self.scroll_lines(-3)
