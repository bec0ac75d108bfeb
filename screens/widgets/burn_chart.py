"""How hours went down, as a chart: what was left, what is foreseen, and the even pace, each with a sign of its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from screens.widgets.direct import DirectWidget
from screens.widgets.palette import palette_of
from screens.widgets.text import fit
from tam.burn_down import BurnDown

LEFT, FORESEEN, EVEN = "█", "░", "·"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
STYLES = {LEFT: "accent", FORESEEN: "quiet", EVEN: "strong"}
SMALLEST = (30, 5)
"""Cells and lines below which a chart says nothing."""
AXIS = 2
"""Lines below the chart: the axis and its dates."""
TICK_CELLS = 12
"""How far the dates below the chart are apart at the least."""


def drawn(seen: BurnDown, width: int, height: int) -> list[str]:
    """Return the lines of the chart, in that many cells and lines; none where there is no room.

    The library that draws it takes a while to load: call it on the database thread.
    """
    if width < SMALLEST[0] or height < SMALLEST[1] or not seen.points:
        return []
    import plotext

    plotext.terminal.limit(False, False)
    figure = plotext.figure
    figure.clear()
    figure.plot_size(width, height)
    figure.theme("colorless")
    figure.axes(False, side="upper", axis="x")
    figure.axes(False, side="right", axis="y")
    _signals(figure, seen)
    _rulers(figure, seen)
    text: str = figure.build().string(colorless=True)
    return text.rstrip("\n").split("\n")


def _signals(figure: Any, seen: BurnDown) -> None:
    """Put the even pace above what is foreseen, and that above what was left."""
    known = [(index, point.left) for index, point in enumerate(seen.points) if point.left is not None]
    if known:
        start, left = known[-1]
        end = (seen.end_on - seen.points[0].day).days
        _draw(figure, [index for index, _ in known], [left for _, left in known], LEFT, filled=True)
        if end > start:
            _draw(figure, [start, end], [left, seen.end_left], FORESEEN, filled=True)
    even = [(index, point.even) for index, point in enumerate(seen.points) if point.even is not None]
    _draw(figure, [index for index, _ in even], [minutes for _, minutes in even], EVEN, filled=False)


def _draw(figure: Any, days: list[int], minutes: list[Any], sign: str, filled: bool) -> None:
    if days:
        signal = figure.signal(days, minutes, marker=sign).lines()
        figure.draw(signal.fillx() if filled else signal)


def _rulers(figure: Any, seen: BurnDown) -> None:
    """Name the first, the last and the days between, and round hours."""
    numbers = [each for point in seen.points for each in (point.left, point.even) if each is not None]
    top, bottom = max([60, seen.most, *numbers]), min([0, *numbers])
    marks = _apart((top, bottom, 0, top // 2), bottom, top, figure.size()[1] - AXIS)
    upright = figure.ruler("y")
    upright.lim(bottom, top)
    upright.ticks(marks, [f"{_hours(minutes)} h" for minutes in marks])
    last = len(seen.points) - 1
    step = max(1, -(-last * TICK_CELLS // max(figure.size()[0] - 8, 1)))
    days = sorted({*range(0, max(last - step // 2, 1), step), last})
    across = figure.ruler("x")
    across.lim(0, max(last, 1))
    across.ticks(days, [_day(seen.points[index].day) for index in days])


def _apart(marks: Iterable[int], bottom: int, top: int, lines: int) -> list[int]:
    """Return the marks that have a line of their own, the first ones first asked."""
    rows: dict[int, int] = {}
    for minutes in marks:
        rows.setdefault(round((minutes - bottom) * (lines - 1) / (top - bottom)), minutes)
    return sorted(rows.values())


def _hours(minutes: int) -> str:
    sign, (hours, rest) = "-" if minutes < 0 else "", divmod(abs(minutes), 60)
    return f"{sign}{hours}:{rest:02}" if rest else f"{sign}{hours}"


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]}"


class BurnChart(DirectWidget):
    """Shows a chart that was drawn, below a line that says what its signs mean."""

    DEFAULT_CSS = "BurnChart { height: 9; }"

    def __init__(self) -> None:
        super().__init__()
        self.title, self.lines = "", [""]

    def tell(self, seen: BurnDown, lines: list[str]) -> None:
        """Show this."""
        pace = f"   {EVEN} even pace" if any(point.even is not None for point in seen.points) else ""
        title = f"{seen.title}   {LEFT} left   {FORESEEN} foreseen: {seen.told}{pace}"
        if (title, lines) != (self.title, self.lines):
            self.title, self.lines = title, lines
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw a line, each sign in its colour."""
        width, palette = self.size.width, palette_of(self.app)
        if y == 0:
            return Strip([Segment(fit(f" {self.title}", width), palette.quiet)], width)
        text = fit(f" {self.lines[y - 1]}" if y <= len(self.lines) else "", width)
        return Strip(
            _coloured(text, {sign: palette.named(name) for sign, name in STYLES.items()}, palette.quiet), width
        )


def _coloured(text: str, styles: dict[str, Style], other: Style) -> list[Segment]:
    segments: list[Segment] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or text[end] != text[start]:
            segments.append(Segment(text[start:end], styles.get(text[start], other)))
            start = end
    return segments
