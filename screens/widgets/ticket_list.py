"""The list of tickets: a window of rows drawn line by line, whatever the length of the queue."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from screens.base import Target
from screens.widgets.direct import DirectWidget
from screens.widgets.palette import palette_of
from screens.widgets.text import fit
from screens.widgets.window import Window
from tickets.records import QueueRow

HEADING = 1
DAY, HOUR, MINUTE = 86400, 3600, 60


class Columns(NamedTuple):
    """Cells of each column; a column without cells is not shown."""

    customer: int
    badge: int
    subject: int
    owner: int
    age: int


def columns_for(width: int) -> Columns:
    """Share the width: owner and age give way first, then the plan badge."""
    fixed = 1 + 7 + 4  # margin, number, severity
    owner, age = (9, 4) if width >= 80 else (0, 0)
    badge = 5 if width >= 62 else 0
    left = width - fixed - owner - age - badge - 1
    customer = max(8, min(18, left // 4))
    return Columns(customer, badge, max(4, left - customer - 2), owner, age)


def age_text(seconds: int) -> str:
    """Return `48m`, `6h` or `3d`: coarse, so that a line is not drawn again every minute."""
    if seconds >= 1000 * DAY:
        return f"{seconds // (365 * DAY)}y"
    if seconds >= DAY:
        return f"{seconds // DAY}d"
    if seconds >= HOUR:
        return f"{seconds // HOUR}h"
    return f"{max(0, seconds) // MINUTE}m"


def age_changes_at(since: int, now: int) -> int:
    """Return when `age_text` changes next, UTC seconds."""
    seconds = max(0, now - since)
    step = DAY if seconds >= DAY else HOUR if seconds >= HOUR else MINUTE
    return now + step - seconds % step


def line_of(row: QueueRow, columns: Columns, age: str, marked: bool = False) -> tuple[str, str, str]:
    """Return what stands before the severity, the severity, and what follows."""
    loud, mark = "↑" if row.escalated else " ", "*" if marked else " "
    text = f"{fit(row.customer, columns.customer)}  "
    if columns.badge:
        text += f"{fit(row.badge, columns.badge - 1)} "
    text += fit(row.subject, columns.subject)
    if columns.owner:
        text += f" {fit(row.owner or '–', columns.owner - 1)}"
        text += f"{age:>{columns.age}}"
    return f"{loud}{row.id:>6}{mark} ", str(row.severity), f"  {text} "


class Line(NamedTuple):
    """What a line of the list says."""

    row: QueueRow
    age: str
    selected: bool
    marked: bool = False


class TicketList(DirectWidget):
    """Draws the window's rows; the cursor's line is marked over its whole width."""

    DEFAULT_CSS = "TicketList { height: 1fr; }"

    class Chosen(Message):
        """A row was clicked; `again`: it was already selected."""

        def __init__(self, again: bool) -> None:
            self.again = again
            super().__init__()

    class Scrolled(Message):
        """The wheel turned by that many rows."""

        def __init__(self, by: int) -> None:
            self.by = by
            super().__init__()

    def __init__(self, window: Window, now: Callable[[], int]) -> None:
        super().__init__()
        self.window = window
        self.now = now
        self.empty: tuple[str, ...] = ()
        self.marked: frozenset[int] = frozenset()
        self._drawn: list[Line | str | None] = []
        self._lines: dict[tuple[Line, str], Strip] = {}

    def mark(self, ticket_ids: Iterable[int]) -> None:
        """Show these tickets as marked, and how many there are."""
        before, self.marked = len(self.marked), frozenset(ticket_ids)
        if len(self.marked) != before:
            self.refresh(Region(0, 0, self.size.width, HEADING))

    def redraw(self, at: int) -> None:
        """Draw the lines again whose text has changed since they were drawn."""
        lines = self._texts(at)
        for y, line in enumerate(lines):
            if y >= len(self._drawn) or self._drawn[y] != line:
                self.refresh(Region(0, y + HEADING, self.size.width, 1))
        self._drawn = lines

    def next_change(self, at: int) -> int | None:
        """Return when an age on the screen changes next, UTC seconds."""
        if not columns_for(self.size.width).age:
            return None
        ages = [age_changes_at(row.waiting_since or row.received_at, at) for row in self.window.visible]
        return min(ages, default=None)

    def on_resize(self, event: events.Resize) -> None:
        """Show as many rows as fit."""
        self.window.resize(event.size.height - HEADING)
        self._lines.clear()
        self._drawn = self._texts(self.now())
        self.refresh()

    def _texts(self, at: int) -> list[Line | str | None]:
        """Return what each line says: row, age, and whether it is selected; lines without a row are None."""
        window, selected = self.window, self.window.cursor - self.window.top
        rows = window.visible
        lines: list[Line | str | None] = [
            Line(row, age_text(at - (row.waiting_since or row.received_at)), y == selected, row.id in self.marked)
            for y, row in enumerate(rows)
        ]
        if not rows and self.empty:
            return [*self.empty, *[None] * (window.height - len(self.empty))]
        return lines + [None] * (window.height - len(lines))

    def render_line(self, y: int) -> Strip:
        """Draw a line: the heading, a row, or what would fill the list."""
        width, palette = self.size.width, palette_of(self.app)
        if y < HEADING:
            return Strip([Segment(self._heading(width), palette.quiet)], width)
        if len(self._drawn) != self.size.height - HEADING:
            self.window.resize(self.size.height - HEADING)
            self._drawn = self._texts(self.now())
        key = self._drawn[y - HEADING] if y - HEADING < len(self._drawn) else None
        if key is None:
            return Strip([Segment(" " * width, palette.plain)], width)
        if isinstance(key, str):
            return Strip([Segment(fit(f"  {key}", width), palette.quiet)], width)
        cached = self._lines.get((key, self.app.theme))
        if cached is None:
            if len(self._lines) > 120:
                self._lines.clear()
            cached = self._lines[key, self.app.theme] = self._row(key, width)
        return cached

    def _row(self, line: Line, width: int) -> Strip:
        """Draw one row; all of it has one style, so that moving the cursor sends few bytes. Only 1 and 2 stand out."""
        row, age, selected, marked = line
        palette = palette_of(self.app)
        before, severity, after = line_of(row, columns_for(width), age, marked)
        style = palette.selected if selected else palette.plain
        loud = (palette.selected_severity if selected else palette.severity).get(row.severity)
        if loud is None:
            return Strip([Segment(fit(before + severity + after, width), style)], width)
        return Strip(
            [Segment(before, style), Segment(severity, loud), Segment(fit(after, width - len(before) - 1), style)],
            width,
        )

    def _heading(self, width: int) -> str:
        """Name the columns, and say how many tickets are marked."""
        columns = columns_for(width)
        subject = f"Subject   * {len(self.marked)} marked" if self.marked else "Subject"
        text = f"      #  S  {'Customer':<{columns.customer}}  "
        text += " " * columns.badge + fit(subject, columns.subject)
        if columns.owner:
            text += f" {'Owner':<{columns.owner - 1}}{'Age':>{columns.age}}"
        return fit(text, width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take what is there."""
        return container.height

    def jump_points(self) -> Iterable[Target]:
        """Return the rows in sight."""
        window = self.window
        shown = range(window.top, window.top + len(window.visible))
        return [Target(1, HEADING + index - window.top, partial(self._select, index)) for index in shown]

    def _select(self, index: int) -> None:
        self.window.cursor = min(index, len(self.window.rows) - 1)
        self.post_message(self.Chosen(False))

    def on_click(self, event: events.Click) -> None:
        """Select the row under the mouse."""
        index = self.window.top + event.y - HEADING
        if event.y >= HEADING and index < len(self.window.rows):
            again = index == self.window.cursor
            self.window.cursor = index
            self.post_message(self.Chosen(again))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move down with the wheel."""
        self.post_message(self.Scrolled(3))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move up with the wheel."""
        self.post_message(self.Scrolled(-3))
