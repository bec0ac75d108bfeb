"""Jumping: a letter appears at each place that is visible, and pressing it goes there."""

from __future__ import annotations

from collections.abc import Sequence
from inspect import isawaitable

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.strip import Strip
from textual.widget import Widget

from screens.base import DeskDialog, Target
from screens.commands import MOVING, Command, bindings
from screens.widgets.direct import DirectWidget
from screens.widgets.palette import palette_of

CLOSE = Command("jump.close", "escape", "Stay", "Go nowhere.", MOVING, "close")
LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""Those under the fingers first."""


def labels(count: int) -> list[str]:
    """Return that many labels, none the beginning of another, and as few of two letters as can be.

    There are at most 676; more places than that get none.
    """
    whole = len(LETTERS)
    pairs = 0 if count <= whole else min(whole, -(-(count - whole) // (whole - 1)))
    single, begun = LETTERS[: whole - pairs], LETTERS[whole - pairs :]
    return [*single, *(first + second for first in begun for second in LETTERS)][:count]


class JumpLayout(Layout):
    """Places each label over its target."""

    name = "jump"

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        """Return where each label stands."""
        return [
            WidgetPlacement(
                Region(child.target.x, child.target.y, len(child.label), 1), NULL_OFFSET, NULL_SPACING, child
            )
            for child in children
            if isinstance(child, JumpLabel)
        ]


class JumpLabel(DirectWidget):
    """The letters of one target."""

    def __init__(self, label: str, target: Target) -> None:
        super().__init__()
        self.label, self.target = label, target
        self._typed = 0

    def tell(self, typed: str) -> None:
        """Show what is still to be typed; a label that was not begun goes."""
        self.display = self.label.startswith(typed)
        self._typed = len(typed)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw it."""
        text = self.label[self._typed :].ljust(len(self.label))
        return Strip([Segment(text, palette_of(self.app).jump)], len(self.label))


class JumpScreen(DeskDialog):
    """Answers the target whose letters were pressed."""

    AUTO_FOCUS = None
    OFFERS = (CLOSE,)
    BINDINGS = bindings(OFFERS)
    DEFAULT_CSS = "JumpScreen { background: $background 55%; }"

    def __init__(self, targets: Sequence[Target]) -> None:
        super().__init__()
        names = labels(len(targets))
        self.marks = [JumpLabel(name, target) for name, target in zip(names, targets, strict=False)]
        self._layout = JumpLayout()
        self._typed = ""

    @property
    def layout(self) -> Layout:
        """Return the labels' own layout."""
        return self._layout

    def compose(self) -> ComposeResult:
        """Place the labels."""
        yield from self.marks

    def on_key(self, event: events.Key) -> None:
        """Go where the letters lead; a letter that leads nowhere closes."""
        if event.key == "escape":
            return
        event.stop()
        self._typed += event.character or "?"
        fitting = [mark for mark in self.marks if mark.label.startswith(self._typed)]
        if not fitting:
            self.dismiss(None)
        elif fitting[0].label == self._typed:
            self.dismiss(fitting[0].target)
        else:
            for mark in self.marks:
                mark.tell(self._typed)

    def action_close(self) -> None:
        """Go nowhere."""
        self.dismiss(None)

    @staticmethod
    async def go(target: object) -> None:
        """Go to the answered target."""
        if isinstance(target, Target):
            done = target.go()
            if isawaitable(done):
                await done
