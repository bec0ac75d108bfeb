"""Days as cells: a scale that can be scrolled and zoomed, and the bars that are drawn on it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from screens.widgets.plain_list import Pieces

STEPS = (14, 7, 5, 4, 3, 2, 1)
"""Cells of a week, the nearest scale first."""
WEEK = 7
DONE, DOING, AHEAD, LATE = "█", "▓", "░", "╌"
TODAY, LIVE, CLOSED = "┃", "│", "·"
SESSION, HELD, MISSED, GATE, PASSED = "◇", "◆", "✕", "△", "▲"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_text(day: date) -> str:
    """Return `3 Jun`."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


class Scale(NamedTuple):
    """What a row of cells shows: from a Monday on, so many cells a week."""

    first: date
    per_week: int
    cells: int

    def cell(self, day: date, *, end: bool = False) -> int:
        """Where a day begins (or ends); below 0 or from `cells` on it is out of sight."""
        number = (day - self.first).days
        if self.per_week >= WEEK and not end:
            return number * self.per_week // WEEK
        return -((-(number + 1) * self.per_week) // WEEK) - 1

    def days(self, cell: int) -> tuple[date, date]:
        """The first and the last day that a cell shows."""
        first, after = cell * WEEK // self.per_week, (cell + 1) * WEEK // self.per_week
        return self.first + timedelta(first), self.first + timedelta(max(first, after - 1))

    @property
    def last(self) -> date:
        """The last day in sight."""
        return self.days(self.cells - 1)[1]

    def moved(self, weeks: int) -> Scale:
        """The same, some weeks later."""
        return self._replace(first=self.first + timedelta(weeks=weeks))

    def closed(self, closed: frozenset[date]) -> list[bool]:
        """Whether all days of each cell are without work."""
        found = []
        for cell in range(self.cells):
            first, last = self.days(cell)
            found.append(all(first + timedelta(each) in closed for each in range((last - first).days + 1)))
        return found

    def heading(self) -> str:
        """The Mondays, as many as have room for their names."""
        every = -(-WEEK // self.per_week)
        text = ""
        for week in range(0, self.cells // self.per_week + 1, every):
            name = day_text(self.first + timedelta(weeks=week))
            place = week * self.per_week
            if place + len(name) <= self.cells:
                text = text.ljust(place) + name
        return text.ljust(self.cells)


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def whole(first: date, last: date, cells: int) -> Scale:
    """The nearest scale that shows both days; the farthest one where none does."""
    start = monday(first)
    for per_week in STEPS:
        scale = Scale(start, per_week, cells)
        if scale.cell(last, end=True) < cells:
            return scale
    return Scale(start, STEPS[-1], cells)


def zoomed(scale: Scale, by: int, around: date) -> Scale:
    """A nearer (-1) or farther (1) scale that keeps a day in its middle."""
    per_week = STEPS[max(0, min(STEPS.index(scale.per_week) + by, len(STEPS) - 1))]
    weeks = scale.cells // per_week // 2
    return Scale(monday(around - timedelta(weeks=weeks)), per_week, scale.cells)


class Track:
    """A row of cells under work: bars and signs are laid on it, later ones over earlier ones."""

    def __init__(self, scale: Scale, closed: list[bool], today: date, go_live: date) -> None:
        self.scale, self._closed = scale, closed
        self._signs = [CLOSED if each else " " for each in closed]
        self._styles = ["quiet"] * scale.cells
        self._put(scale.cell(go_live), LIVE, "quiet")
        self._today = scale.cell(today)

    def bar(self, first: date, last: date, sign: str, style: str) -> None:
        """Lay a bar over days, both inclusive; closed days are quiet in it."""
        for cell in range(max(0, self.scale.cell(first)), min(self.scale.cells, self.scale.cell(last, end=True) + 1)):
            self._put(cell, sign, "quiet" if self._closed[cell] else style)

    def mark(self, day: date, sign: str, style: str) -> None:
        """Lay a sign on a day."""
        self._put(self.scale.cell(day), sign, style)

    def _put(self, cell: int, sign: str, style: str) -> None:
        if 0 <= cell < self.scale.cells:
            self._signs[cell], self._styles[cell] = sign, style

    def pieces(self, *, marks_over: bool = False) -> Pieces:
        """The row as pieces of one style each; today stands over bars, and under marks where `marks_over` says so."""
        covered = marks_over and 0 <= self._today < self.scale.cells and self._signs[self._today] not in " ·│"
        if not covered:
            self._put(self._today, TODAY, "accent")
        found: list[tuple[str, str]] = []
        for sign, style in zip(self._signs, self._styles, strict=True):
            if found and found[-1][0] == style:
                found[-1] = (style, found[-1][1] + sign)
            else:
                found.append((style, sign))
        return tuple(found)
