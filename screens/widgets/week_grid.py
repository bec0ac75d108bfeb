"""The sheet of a week: days across, customers and activities down, totals both ways, and a cell that is typed into."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from screens.widgets.direct import DirectWidget
from screens.widgets.palette import Palette, palette_of
from screens.widgets.text import fit
from tam.entry_words import clock_text
from tam.week import Week, WeekRow

WIDE = 100
FIXED = "•"
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MOVES = {
    "enter": (1, 0),
    "down": (1, 0),
    "up": (-1, 0),
    "left": (0, -1),
    "shift+tab": (0, -1),
    "right": (0, 1),
    "tab": (0, 1),
}
"""Keys that leave a cell that is typed into, and where they go: rows down, days on."""
SIGNS = "0123456789:.,hm-"
LONGEST = 6
EMPTY = "Nothing in this week, nor in the one before. {add} adds a row to type into."


class WeekGrid(DirectWidget, can_focus=True):
    """Draws the sheet; what is typed stands in the cell until `save(text)` has kept it."""

    class Moved(Message):
        """Another cell is selected, or something else is typed into it."""

    def __init__(self, save: Callable[[str], Awaitable[bool]], may_type: Callable[[], bool]) -> None:
        super().__init__()
        self.week: Week | None = None
        self.closed: tuple[bool, ...] = (False,) * 7
        self.row = self.day = self.top = 0
        self.typed: str | None = None
        self.was = 0
        self.add_key = ""
        self._save, self._may_type = save, may_type

    # what is shown

    def show(self, week: Week, closed: tuple[bool, ...]) -> None:
        """Show a week; the cursor stays on its customer and activity."""
        here = self.selected
        first = self.week is None
        self.week, self.closed = week, closed
        if here is not None:
            self.stand_on(here.customer_id, here.activity)
        if first and week.today in week.days:
            self.day = week.days.index(week.today)
        self._place()

    def stand_on(self, customer_id: int, activity: str) -> None:
        """Put the cursor on a row, where there is one."""
        rows = self.week.rows if self.week else ()
        found = [i for i, row in enumerate(rows) if (row.customer_id, row.activity) == (customer_id, activity)]
        self.row = found[0] if found else self.row
        self._place()

    @property
    def selected(self) -> WeekRow | None:
        """The row of the cursor."""
        rows = self.week.rows if self.week else ()
        return rows[self.row] if self.row < len(rows) else None

    @property
    def height(self) -> int:
        """How many rows fit between heading and totals."""
        return max(1, self.size.height - 2)

    def move(self, down: int, on: int) -> None:
        """Move the cursor by rows and days; past Sunday stands Monday of the next row."""
        count = len(self.week.rows) if self.week else 0
        if not 0 <= self.day + on < 7:
            turned = self.row + (1 if on > 0 else -1)
            if 0 <= turned < count:
                self.row, self.day = turned, (self.day + on) % 7
        else:
            self.day += on
        self.row += down
        self._place()
        self.post_message(self.Moved())

    def _place(self) -> None:
        """Keep the cursor on the sheet and in view."""
        count = len(self.week.rows) if self.week else 0
        self.row = max(0, min(self.row, count - 1))
        self.top = max(0, min(self.top, self.row), self.row - self.height + 1)
        self.refresh()

    # typing

    async def on_key(self, event: events.Key) -> None:
        """Type into the cell: a digit begins, or a minus, which is refused in words; what leaves the cell keeps it."""
        if self.typed is None:
            if event.character and event.character in "0123456789-" and self.selected is not None:
                event.stop()
                if self._may_type():
                    self.was = self.selected.minutes[self.day]
                    self._type(event.character)
            return
        if event.key in MOVES:
            event.stop()
            event.prevent_default()
            if await self._save(self.typed):
                self.typed = None
                self.move(*MOVES[event.key])
        elif event.key == "escape":
            event.stop()
            self._type(None)
        elif event.key == "backspace":
            event.stop()
            self._type(self.typed[:-1])
        elif event.is_printable:
            event.stop()
            if event.character and event.character in SIGNS and len(self.typed) < LONGEST:
                self._type(self.typed + event.character)

    def _type(self, text: str | None) -> None:
        self.typed = text
        self.refresh()
        self.post_message(self.Moved())

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor in view."""
        self._place()

    def on_click(self, event: events.Click) -> None:
        """Select the cell under the mouse, unless one is typed into."""
        label, cell = self._columns()
        row, day = event.y - 1 + self.top, (event.x - label) // cell
        if self.week and self.typed is None and event.y and row < len(self.week.rows) and 0 <= day < 7:
            self.row, self.day = row, day
            self.move(0, 0)

    # drawing

    def _columns(self) -> tuple[int, int]:
        """Return the cells of the label, and of a day; the total has one more than a day."""
        cell = 9 if self.size.width >= WIDE else 6
        return max(8, self.size.width - 8 * cell - 1), cell

    def render_line(self, y: int) -> Strip:
        """Draw the heading, a row, or the totals."""
        width, palette = self.size.width, palette_of(self.app)
        if self.week is None:
            return Strip([Segment(" " * width, palette.plain)], width)
        index, rows = y - 1 + self.top, self.week.rows
        last = min(len(rows), self.top + self.height)
        if y == 0:
            segments = self._heading(self.week, palette)
        elif index < last:
            again = index > self.top and rows[index - 1].customer_id == rows[index].customer_id
            segments = self._row(rows[index], index == self.row, again, palette)
        elif not rows and y == 1:
            segments = [Segment(fit(f" {EMPTY.format(add=self.add_key)}", width), palette.quiet)]
        elif rows and index == last:
            segments = self._totals(self.week, palette)
        else:
            segments = []
        return Strip(segments).adjust_cell_length(width, palette.plain)

    def _heading(self, week: Week, palette: Palette) -> list[Segment]:
        label, cell = self._columns()
        found = [Segment(fit(" Customer, activity", label), palette.quiet)]
        for number, day in enumerate(week.days):
            name = DAYS[number] if cell > len("Mon 31") else DAYS[number][:2]
            text = f"{name}{'▸' if day == week.today else ' '}{date.fromisoformat(day).day}"
            style = palette.accent if day == week.today else palette.quiet if self.closed[number] else palette.strong
            found.append(Segment(f"{text:>{cell - 1}} ", style))
        return [*found, Segment(f"{'Total':>{cell}} ", palette.strong)]

    def _row(self, row: WeekRow, here: bool, again: bool, palette: Palette) -> list[Segment]:
        """Draw a row; the name of a customer that stands above it already is quiet."""
        label, cell = self._columns()
        style = palette.strong if here else palette.plain
        name = label // 2 + 2
        found = [
            Segment(f" {fit(row.customer, name - 1)} ", palette.quiet if again and not here else style),
            Segment(fit(row.activity, label - name - 1), style if here else palette.quiet),
        ]
        for day in range(7):
            found.append(self._cell(row, day, cell, here and day == self.day, palette))
        return [*found, Segment(f"{clock_text(row.total) if row.total else '–':>{cell}} ", palette.strong)]

    def _cell(self, row: WeekRow, day: int, cells: int, here: bool, palette: Palette) -> Segment:
        minutes, fixed = row.minutes[day], row.fixed[day]
        if here and self.typed is not None:
            return Segment(f"{self.typed + '▏':>{cells}}"[-cells:], palette.selected + Style(bold=True))
        text = clock_text(minutes) if minutes else "·"
        style = palette.selected if here else palette.plain if minutes else palette.quiet
        return Segment(f"{text:>{cells - 1}}{FIXED if fixed else ' '}", style)

    def _totals(self, week: Week, palette: Palette) -> list[Segment]:
        label, cell = self._columns()
        found = [Segment(fit(" Total", label), palette.strong)]
        found += [Segment(f"{clock_text(each) if each else '–':>{cell - 1}} ", palette.strong) for each in week.totals]
        return [*found, Segment(f"{clock_text(week.total):>{cell}} ", palette.accent)]
