"""Taking over what a colleague has: asked first, so that nobody loses a ticket by a slip."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget

from screens.dialogs.choices import Choice, Choices
from screens.dialogs.frame import Dialog
from screens.widgets.text import clean
from tickets.records import QueueRow


class ClaimDialog(Dialog):
    """Asks whether to take the ticket over; the answer that changes nothing comes first."""

    HINT = "y takes it over   n leaves it   {close} closes"

    def __init__(self, row: QueueRow) -> None:
        owner = clean(row.owner or "")
        super().__init__(f"#{row.id} is {owner}'s")
        self.row = row
        answers = [Choice("n", f"leave it to {owner}"), Choice("y", f"take it over from {owner}")]
        self.choices = Choices(answers, keys_take=True)

    def body(self) -> Iterable[Widget]:
        """Ask."""
        return (self.choices,)

    @on(Choices.Taken)
    async def _taken(self) -> None:
        await self.do()

    async def perform(self) -> object:
        """Take it over, or leave it."""
        from tickets import operations

        if self.choices.index == 0:
            return None
        done = await self.desk.call(operations.claim, self.row.id, self.desk.actor.id, self.desk.now(), True)
        return done.sentence
