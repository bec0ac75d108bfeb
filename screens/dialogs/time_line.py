"""The line that says what time was spent on, understood while it is typed; tab completes what it names."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.message import Message

from screens.base import Commanded
from screens.commands import Command, bindings
from screens.dialogs.frame import Line
from screens.dialogs.request_fields import Assessed
from screens.tam_time_commands import COMPLETE
from screens.widgets.text import clean, wrap
from tam.entry_line import HOW_LONG
from tam.entry_preview import Understood
from tam.entry_words import day_text, hours_text


class TimeLine(Commanded, Line):
    """A line that tab goes on with; tab again puts the next choice there."""

    OFFERS: ClassVar[tuple[Command, ...]] = (COMPLETE,)
    BINDINGS = bindings(OFFERS)

    class Wanted(Message):
        """Tab was pressed; what could stand there is wanted."""

    def __init__(self, placeholder: str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(placeholder, id=id)
        self.select_on_focus = False  # what stands there already is gone on with
        self._choices: list[str] = []
        self._at = 0

    def offer(self, choices: list[str]) -> None:
        """Put the first choice there."""
        self._choices, self._at = choices, 0
        if choices:
            self._put(choices[0])

    def _put(self, text: str) -> None:
        self.value = text
        self.cursor_position = len(text)

    async def _on_key(self, event: events.Key) -> None:
        if event.key not in self.desk.keys_of(COMPLETE).split(",") or not self.value.strip():
            await super()._on_key(event)
            return
        # Not left to the binding: it would run after letters that were typed behind it.
        event.stop()
        event.prevent_default()
        self.action_complete()

    def action_complete(self) -> None:
        """Put the next choice there, or ask for the choices."""
        if len(self._choices) > 1 and self.value == self._choices[self._at]:
            self._at = (self._at + 1) % len(self._choices)
            self._put(self._choices[self._at])
        else:
            self.post_message(self.Wanted())


class Preview(Assessed):
    """What a line would do, in a few lines that keep their place."""

    MOST = 7
    DEFAULT_CSS = "Preview { height: 7; margin-top: 1; }"

    def _wrapped(self, width: int) -> list[tuple[str, str]]:
        room = max(10, width - 2)
        return [(style, part) for style, text in self.lines for part in wrap(clean(text), room)][: self.MOST]


def preview_lines(found: Understood, *, timed: bool = False, linked: str = "") -> list[tuple[str, str]]:
    """Return pairs of style and line: how long and when, whose and what, whether it counts, what is left, the note;
    `timed`: a timer is to start. What stands against it comes first."""
    parsed = found.parsed
    lines = [("quiet", f"? {each}") if each == HOW_LONG else ("warning", f"✕ {clean(each)}") for each in found.problems]
    times = f", {parsed.started[11:]}–{parsed.ended[11:]}" if parsed.started and parsed.ended else ""
    length = "a timer from now on" if timed else hours_text(parsed.minutes) if parsed.minutes is not None else "? h"
    day = "" if timed else f"   {day_text(parsed.on)}{times}"
    ticket = f", #{parsed.ticket_id}" if parsed.ticket_id is not None else ""
    lines.append(("strong", f"{length}{day}   {clean(parsed.customer) or '?'}, {parsed.activity}{ticket}{linked}"))
    if parsed.note:
        lines.append(("plain", f"“{clean(parsed.note)}”"))
    if found.counts is not None:
        billable = ", billable" if parsed.billable else ""
        lines.append(("quiet", f"{clean(found.why)[:1].upper()}{clean(found.why)[1:]}{billable}"))
    if found.left is not None:
        lines.append(left_line(found.left, timed))
    return lines + [("warning", f"! {clean(each)}") for each in found.warnings]


def left_line(left: int, timed: bool = False) -> tuple[str, str]:
    """Return style and sentence: what is left of the running period."""
    when = "now" if timed else "after it"
    if left < 0:
        return "warning", f"! {hours_text(-left)} over the hours of the running period {when}"
    return "quiet", f"{hours_text(left)} left of the running period {when}"
