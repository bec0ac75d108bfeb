"""The clock of the open ticket, in large signs; it draws only when its text changes."""

from __future__ import annotations

from collections.abc import Iterable

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from screens.widgets.clock_text import HOUR, MINUTE, MISSED, SIGNS, ClockText
from screens.widgets.palette import palette_of
from screens.widgets.text import fit
from tickets.records import ClockRow

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


class TicketClock(Widget):
    """Shows the clock of one ticket in three lines."""

    DEFAULT_CSS = "TicketClock { height: 3; }"

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[str, str] = ("", "quiet")
        self._lines: tuple[str, str, str] = ("", "", "")

    def tell(self, clock: ClockText) -> None:
        """Show what the clock says."""
        if (clock.text, clock.level) != self._shown:
            self._shown, self._lines = (clock.text, clock.level), large_lines(clock)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        width, palette = self.size.width, palette_of(self.app)
        return Strip([Segment(fit(self._lines[y], width), palette.clock.get(self._shown[1], palette.plain))], width)
