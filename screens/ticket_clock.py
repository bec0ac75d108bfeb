"""The clocks of the open ticket, in large signs; each is drawn only when its text changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from models.words import INITIAL, NON_URGENT, RUNNING, URGENT
from screens.widgets.clock_text import HOUR, MINUTE, MISSED, SIGNS, ClockText, read_clock
from screens.widgets.palette import palette_of
from screens.widgets.text import fit
from tickets.records import Basis, ClockRow, QueueRow

_ROWS = {
    "0": ("╭─╮", "│ │", "╰─╯"),
    "1": ("╶╮ ", " │ ", "╶┴╴"),
    "2": ("╶─╮", "╭─╯", "╰─╴"),
    "3": ("╶─╮", " ─┤", "╶─╯"),
    "4": ("╷ ╷", "╰─┤", "  ╵"),
    "5": ("╭─╴", "╰─╮", "╶─╯"),
    "6": ("╭─╴", "├─╮", "╰─╯"),
    "7": ("╶─╮", "  │", "  ╵"),
    "8": ("╭─╮", "├─┤", "╰─╯"),
    "9": ("╭─╮", "╰─┤", "╶─╯"),
    "d": ("  ╷", "╭─┤", "╰─╯"),
    "h": ("╷  ", "├─╮", "╵ ╵"),
    "+": ("   ", "╶┼╴", "   "),
    ":": (" ", ":", " "),
    " ": ("  ", "  ", "  "),
}


def large(text: str) -> tuple[str, str, str] | None:
    """Return the text in signs of three lines; None where a character has none."""
    if any(sign not in _ROWS for sign in text):
        return None
    first, second, third = ("".join(_ROWS[sign][row] for sign in text) for row in range(3))
    return first, second, third


def large_lines(clock: ClockText) -> tuple[str, str, str]:
    """Return the three lines of a clock: sign, time in large signs, and in words what it costs."""
    sign, _, rest = clock.text.partition(" ")
    time, cost = rest.removesuffix("‖"), ""
    if time.startswith("+") and " " in time:
        time, last = time.rsplit(" ", 1)
        number = last.removesuffix("d")
        if last.endswith("d") and number.isdigit():
            cost = f" {number} day{'' if number == '1' else 's'} of credit"
        else:
            time = f"{time} {last}"
    signs = large(time)
    if signs is None:
        return "", f" {clock.text}", ""
    waits = " stands still" if rest.endswith("‖") else ""
    return f"   {signs[0]}{waits}", f" {sign} {signs[1]}{cost}", f"   {signs[2]}"


def settled(clocks: Iterable[ClockRow]) -> ClockText | None:
    """Return what a missed clock says for good: how late the answer was and what that costs; None where none was."""
    late = next((clock for clock in clocks if clock.state == "missed"), None)
    if late is None:
        return None
    cost = f" {late.credit_days}d" if late.credit_days else ""
    time = f"{late.late_seconds // HOUR}:{late.late_seconds % HOUR // MINUTE:02}"
    return ClockText(f"{SIGNS[MISSED]} +{time}{cost}", MISSED, True, None)


NAMES = {INITIAL: "initial response", NON_URGENT: "non-urgent escalation", URGENT: "urgent escalation"}
NAMED, BARE = 4, 3
"""Lines of a clock with its name above it, and of one that stands alone."""


class Named(NamedTuple):
    """What a clock says, and which one it is; nameless where it is the only one."""

    name: str
    clock: ClockText


def live(row: QueueRow, clocks: Iterable[ClockRow], bases: Mapping[int, Basis], at: int) -> list[Named]:
    """Return every running clock, the one that is due first first; without several, what the ticket shows."""
    running = sorted((clock for clock in clocks if clock.state == RUNNING), key=lambda clock: (clock.due_at, clock.id))
    if len(running) < 2:
        return [Named("", read_clock(row, bases.get(row.basis_id or 0), at))]
    found = []
    for clock in running:
        told = row._replace(clock_state=clock.state, due_at=clock.due_at, objective_minutes=clock.objective_minutes)
        found.append(Named(NAMES.get(clock.kind, clock.kind), read_clock(told, bases.get(clock.basis_id), at)))
    return found


class TicketClock(Widget):
    """Shows the clocks of one ticket, one below the other; a single one in three lines."""

    DEFAULT_CSS = "TicketClock { height: 3; }"

    def __init__(self) -> None:
        super().__init__()
        self._shown: list[tuple[str, str, str]] = []
        self._lines: list[tuple[str, str]] = []

    def tell(self, clocks: Iterable[Named]) -> None:
        """Show what the clocks say; only those whose text changed are drawn."""
        told = list(clocks)
        shown = [(name, clock.text, clock.level) for name, clock in told]
        if shown == self._shown:
            return
        before, self._shown = self._shown, shown
        self._lines = [line for each in told for line in _block(each)]
        if len(before) != len(shown):
            self.styles.height = max(BARE, len(self._lines))
            self.refresh(layout=True)
            return
        height = NAMED if shown[0][0] else BARE
        changed = (index for index, each in enumerate(shown) if each != before[index])
        self.refresh(*(Region(0, index * height, self.size.width, height) for index in changed))

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        width, palette = self.size.width, palette_of(self.app)
        level, text = self._lines[y] if y < len(self._lines) else ("", "")
        return Strip([Segment(fit(text, width), palette.clock.get(level, palette.plain))], width)


def _block(named: Named) -> list[tuple[str, str]]:
    """Return the lines of a clock with the level that colours them."""
    lines = [(named.clock.level, line) for line in large_lines(named.clock)]
    return [("", f" {named.name}"), *lines] if named.name else lines
