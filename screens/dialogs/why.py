"""Why a clock is due when it is: the calculation itself, as a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.segment import Segment
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from screens.base import Commanded
from screens.commands import COPY, LIST_COMMANDS, LOOKING, Command, bindings
from screens.dialogs.frame import Dialog
from screens.ticket_commands import CLOSE
from screens.widgets.palette import palette_of
from screens.widgets.text import fit, wrap
from tickets.why import Why

OTHER = Command("why.other", "w,n", "Other clock", "Explain the ticket's other clock.", LOOKING, "other")
WIDE = 104
"""Cells of the dialog where there is room."""
FRAME = 6
"""Cells of its frame and margins."""


def why_lines(why: Why, width: int) -> list[tuple[str, str]]:
    """Return pairs of style and text: the days, then objective, source, policy and outcome."""
    lines = _table(why.lines, width)
    if why.late:
        lines += [("plain", ""), ("strong", "Late, as credits count it"), *_table(why.late, width)]
    if lines:
        lines.append(("plain", ""))
    facts = (
        ("Objective" if why.lines else "Reason", why.objective),
        ("Source", why.source),
        ("Policy", why.policy),
        ("Outcome", why.outcome),
    )
    for label, value in facts:
        for row, text in enumerate(wrap(value, width - 11) if value else ()):
            lines.append(("plain", f"{label if row == 0 else '':<11}{text}"))
    return lines


def _table(rows: Sequence[tuple[str, str, str, str]], width: int) -> list[tuple[str, str]]:
    """Return the rows in columns; a reason that does not fit goes on below itself."""
    if not rows:
        return []
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    room = max(16, width - sum(widths) - 6)
    lines = []
    for day, time, counted, reason in rows:
        start = f"{day:<{widths[0]}}  {time:<{widths[1]}}  {counted:>{widths[2]}}  "
        style = "plain" if counted else "quiet"
        for index, part in enumerate(wrap(reason, room)):
            lines.append((style, f"{start if index == 0 else ' ' * len(start)}{part}".rstrip()))
    return lines


class Lines(Commanded, Widget, can_focus=True):
    """Lines that scroll."""

    OFFERS = LIST_COMMANDS
    BINDINGS = bindings(LIST_COMMANDS)
    DEFAULT_CSS = "Lines { height: auto; max-height: 100h; }"

    def __init__(self, lines: list[tuple[str, str]]) -> None:
        super().__init__()
        self.lines, self.top = lines, 0

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """Return how many lines there are, as far as they fit."""
        return min(len(self.lines), max(3, self.app.size.height - 6))

    def move(self, by: int) -> None:
        """Scroll by that many lines."""
        top = max(0, min(self.top + by, len(self.lines) - self.size.height))
        if top != self.top:
            self.top = top
            self.refresh()

    def action_down(self) -> None:
        """Scroll down by a line."""
        self.move(1)

    def action_up(self) -> None:
        """Scroll up by a line."""
        self.move(-1)

    def action_page_down(self) -> None:
        """Scroll down by half a page."""
        self.move(max(1, self.size.height // 2))

    def action_page_up(self) -> None:
        """Scroll up by half a page."""
        self.move(-max(1, self.size.height // 2))

    def action_first(self) -> None:
        """Go to the first line."""
        self.move(-len(self.lines))

    def action_last(self) -> None:
        """Go to the last line."""
        self.move(len(self.lines))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll with the wheel."""
        self.move(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll with the wheel."""
        self.move(-3)

    def render_line(self, y: int) -> Strip:
        """Draw a line; the last one tells that there are more."""
        width, palette = self.size.width, palette_of(self.app)
        index = y + self.top
        kind, text = self.lines[index] if index < len(self.lines) else ("plain", "")
        if y == self.size.height - 1 and index < len(self.lines) - 1:
            kind, text = "quiet", f"… {len(self.lines) - index} more lines: j"
        return Strip([Segment(fit(f" {text}", width), getattr(palette, kind))], width)


class WhyDialog(Dialog):
    """Shows the explanation; y copies it for the customer."""

    OFFERS = (COPY, OTHER, CLOSE)
    BINDINGS = bindings(OFFERS)
    HINT = "j k scroll   y copies it   {close} closes"
    DEFAULT_CSS = f"WhyDialog > #box {{ width: {WIDE}; }}"

    def __init__(self, why: Why, width: int, others: Sequence[Why] = ()) -> None:
        super().__init__(why.title)
        self._room = min(width, WIDE) - FRAME
        self.lines = Lines(why_lines(why, self._room))
        self.why, self.others = why, list(others)
        if others:
            self.HINT = "j k scroll   w the other clock   y copies it   {close} closes"

    def why_not(self, command: Command) -> str | None:
        """Say why there is no other clock to explain."""
        return "This ticket has no other clock." if command is OTHER and not self.others else None

    def action_other(self) -> None:
        """Explain the next clock of the ticket."""
        self.others.append(self.why)
        self.why = self.others.pop(0)
        self.head.tell(self.why.title)
        self.lines.lines, self.lines.top = why_lines(self.why, self._room), 0
        self.lines.refresh(layout=True)

    def body(self) -> Iterable[Widget]:
        """Show the calculation."""
        return (self.lines,)

    def action_copy(self) -> None:
        """Copy the explanation."""
        self.desk.copy("\n".join([self.why.title, *(text for _, text in self.lines.lines)]))
        self.desk.say("Copied the explanation.")
