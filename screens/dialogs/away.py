"""A timer that ran on while its person was away: keep that time, or take it off."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget

from screens.dialogs.choices import Choice, Choices
from screens.dialogs.frame import Dialog
from screens.widgets.text import clean
from tam import timer
from tam.entry_words import clock_text
from tam.timer import TimerRow


class AwayDialog(Dialog):
    """Answers the sentence of what was taken off; None where the time is kept.

    A letter only moves to an answer: what someone was typing as they came back is none.
    """

    HINT = "↑ ↓ choose   enter does it   {close} keeps it"

    def __init__(self, held: TimerRow, seconds: int) -> None:
        super().__init__(f"You were away for {seconds // 60} min; the timer for {clean(held.customer)} ran on")
        self.seconds = seconds
        self.choices = Choices(
            [
                Choice("k", "keep it: I was at work", (f"The timer stays as it is: {held.activity}.",)),
                Choice("t", f"take off {clock_text(seconds // 60)} h, and go on from now"),
            ]
        )

    def body(self) -> Iterable[Widget]:
        """Ask."""
        return (self.choices,)

    @on(Choices.Taken)
    async def _taken(self) -> None:
        await self.do()

    async def perform(self) -> object:
        """Take it off, where that was chosen."""
        if self.choices.index == 0:
            return None
        actor, at = self.desk.actor.id, self.desk.now()
        held = await self.desk.call(timer.subtract, self.seconds, actor, at)
        left = clock_text(held.elapsed(at) // 60)
        return f"The timer for {held.customer} stands at {left} h."
