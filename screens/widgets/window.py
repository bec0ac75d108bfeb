"""The rows around the cursor of a list that may have a million: a window that is read by key and moved by ticket."""

from __future__ import annotations

from bisect import bisect_left

from tickets.records import Key, QueueRow

KEPT = 1200
"""How many rows are kept at most; what is farther away is read again when needed."""
AHEAD = 150
"""How near the cursor may come to an end of the window before the next page is read."""


class Window:
    """Consecutive rows of a view; `top` and `cursor` are indexes into them. No input or output."""

    def __init__(self) -> None:
        self.rows: list[QueueRow] = []
        self.at_start = True
        self.at_end = True
        self.top = 0
        self.cursor = 0
        self.height = 1

    @property
    def selected(self) -> QueueRow | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.rows else None

    @property
    def visible(self) -> list[QueueRow]:
        """The rows on the screen."""
        return self.rows[self.top : self.top + self.height]

    def resize(self, height: int) -> None:
        """Show that many rows; the cursor stays visible."""
        self.height = max(1, height)
        self._show_cursor()

    def move(self, by: int) -> None:
        """Move the cursor by that many rows, as far as rows are there."""
        self.cursor = max(0, min(self.cursor + by, len(self.rows) - 1))
        self._show_cursor()

    def first(self, rows: list[QueueRow], whole: bool) -> None:
        """Stand on the first row of the view's first page; `whole`: there is nothing after it."""
        self.rows, self.at_start, self.at_end = rows, True, whole
        self.cursor = self.top = 0

    def last(self, rows: list[QueueRow], whole: bool) -> None:
        """Stand on the last row of the view's last page; `whole`: there is nothing before it."""
        self.rows, self.at_start, self.at_end = rows, whole, True
        self.cursor = max(0, len(rows) - 1)
        self._show_cursor()

    def wanted(self) -> tuple[Key | None, Key | None]:
        """Return the keys to read (after, before) so that going on does not wait; None where nothing is wanted."""
        if not self.rows:
            return None, None
        after = None if self.at_end or len(self.rows) - self.cursor > AHEAD else self.rows[-1].key
        before = None if self.at_start or self.cursor > AHEAD else self.rows[0].key
        return after, before

    def append(self, after: Key, rows: list[QueueRow], full: bool) -> None:
        """Add the page that follows `after`, unless the window has moved on; not `full`: it was the last one."""
        if not self.rows or self.rows[-1].key != after:
            return
        self.rows += rows
        self.at_end = not full
        surplus = min(len(self.rows) - KEPT, self.top - AHEAD)
        if surplus > 0:
            del self.rows[:surplus]
            self.at_start = False
            self.top -= surplus
            self.cursor -= surplus

    def prepend(self, before: Key, rows: list[QueueRow], full: bool) -> None:
        """Add the page that stands before `before`, unless the window has moved on; not `full`: it was the first."""
        if not self.rows or self.rows[0].key != before:
            return
        self.rows = rows + self.rows
        self.at_start = not full
        self.top += len(rows)
        self.cursor += len(rows)
        if len(self.rows) > KEPT:
            kept = max(KEPT, self.top + self.height + AHEAD)
            self.at_end = self.at_end and kept >= len(self.rows)
            del self.rows[kept:]

    def replace(self, rows: list[QueueRow], at_start: bool, at_end: bool, *, let_go: bool = False) -> None:
        """Take over rows that were read again: the cursor stays on its ticket and on its line of the screen.

        Where the ticket has left, or is to be let go and has moved, the cursor stands on what followed it. A list that
        showed its very beginning still does, as long as that shows the cursor.
        """
        line, at_top = self.cursor - self.top, self.at_start and self.top == 0
        found = self._place(rows) if let_go else self._find(rows)
        self.rows, self.at_start, self.at_end = rows, at_start, at_end
        self.cursor = max(0, min(found, len(rows) - 1))
        self.top = 0 if at_top and at_start and self.cursor < self.height else self.cursor - line
        self._show_cursor()

    def _find(self, rows: list[QueueRow]) -> int:
        """Return where the selected ticket is among `rows`, or where it would be."""
        selected = self.selected
        if selected is None:
            return 0
        for index, row in enumerate(rows):
            if row.id == selected.id:
                return index
        return self._place(rows)

    def _place(self, rows: list[QueueRow]) -> int:
        """Return which row stands where the cursor stood."""
        selected = self.selected
        return 0 if selected is None else bisect_left(rows, selected.key, key=lambda row: row.key)

    def _show_cursor(self) -> None:
        """Scroll as little as shows the cursor, and no farther than the rows reach."""
        self.top = min(self.top, self.cursor, max(0, len(self.rows) - self.height))
        self.top = max(self.top, self.cursor - self.height + 1, 0)
