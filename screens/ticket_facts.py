"""The facts of a ticket: groups of label and value at the side, or two lines where the screen is narrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from screens.widgets.palette import palette_of
from screens.widgets.text import clean, fit, wrap

Pairs = Sequence[tuple[str, str]]
LABEL = 12
"""Cells of a label and the space after it, at least."""
SIDE = 44
"""How many cells the facts take beside the conversation."""


class Facts(Protocol):
    """The groups of a ticket's facts, as `tickets.ticket_reading.facts` hands them out."""

    @property
    def clock(self) -> Pairs: ...  # noqa: D102
    @property
    def contract(self) -> Pairs: ...  # noqa: D102
    @property
    def customer(self) -> Pairs: ...  # noqa: D102
    @property
    def responsibility(self) -> Pairs: ...  # noqa: D102
    @property
    def related(self) -> Pairs: ...  # noqa: D102


GROUPS = ("clock", "contract", "customer", "related", "responsibility")


class FactLine(NamedTuple):
    """A line of the facts: a label (or space for one) and a part of its value, or a title without a value."""

    label: str
    value: str = ""


def fact_lines(facts: Facts, width: int) -> list[FactLine]:
    """Return each group with its title, each value wrapped beside its label."""
    lines: list[FactLine] = []
    for group in GROUPS:
        pairs: Pairs = getattr(facts, group)
        if not pairs:
            continue
        if group != "clock":
            lines.append(FactLine(group.capitalize()))
        longest = max(cell_len(clean(label)) for label, _ in pairs) + 1
        room = max(LABEL, min(longest, width * 3 // 5))
        for label, value in pairs:
            texts = wrap(clean(value), max(8, width - room))
            lines += [FactLine(fit(label if row == 0 else "", room - 1) + " ", text) for row, text in enumerate(texts)]
        lines.append(FactLine(""))
    return lines[:-1]


class FactsPanel(Widget):
    """Draws the groups; scrolls by lines where they do not fit."""

    DEFAULT_CSS = "FactsPanel { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self.facts: Facts | None = None
        self.top = 0
        self._lines: list[FactLine] = []

    def tell(self, facts: Facts) -> None:
        """Show these facts."""
        self.facts = facts
        self._wrap()

    def on_resize(self, event: events.Resize) -> None:
        """Wrap for the new width."""
        self._wrap()

    def scroll_lines(self, by: int) -> None:
        """Scroll by that many lines, as far as there are any."""
        top = max(0, min(self.top + by, len(self._lines) - self.size.height))
        if top != self.top:
            self.top = top
            self.refresh()

    def _wrap(self) -> None:
        lines = [] if self.facts is None else fact_lines(self.facts, self.size.width - 2)
        if lines != self._lines:
            self._lines = lines
            self.top = max(0, min(self.top, len(lines) - self.size.height))
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        width, palette = self.size.width, palette_of(self.app)
        line = self._lines[y + self.top] if y + self.top < len(self._lines) else FactLine("")
        if y == self.size.height - 1 and len(self._lines) > self.size.height + self.top:
            told = "j k scroll, f folds them" if self.screen.has_class("facts") else "f shows all, j k scroll"
            return Strip([Segment(fit(f" … {told}", width), palette.quiet)], width)
        if not line.value:
            return Strip([Segment(fit(f" {line.label}", width), palette.strong)], width)
        label = f" {line.label}"
        value = fit(line.value, width - cell_len(label))
        return Strip([Segment(label, palette.quiet), Segment(value, palette.plain)], width)


class Summary(Widget):
    """The facts in two lines, above the conversation."""

    DEFAULT_CSS = "Summary { height: 2; }"

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[tuple[str, str], ...] = ()

    def tell(self, lines: tuple[tuple[str, str], ...]) -> None:
        """Show these pairs of a clock's level (or nothing) and text."""
        changed = [y for y, line in enumerate(lines) if y >= len(self._lines) or self._lines[y] != line]
        self._lines = lines
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        width, palette = self.size.width, palette_of(self.app)
        level, text = self._lines[y] if y < len(self._lines) else ("", "")
        return Strip([Segment(fit(f" {text}", width), palette.clock.get(level, palette.quiet))], width)
