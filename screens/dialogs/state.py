"""Another state, and what each one means."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget

from models.errors import StaleRow
from screens.dialogs.choices import Choice, Choices
from screens.dialogs.frame import Dialog
from tickets.records import QueueRow

MEANINGS = (
    ("open", "o", "we have something to do"),
    ("waiting", "w", "the customer has something to do"),
    ("solved", "s", "answered and settled; a further message opens it again"),
    ("closed", "c", "settled for good"),
)


class StateDialog(Dialog):
    """Changes a ticket's state; no state stops a clock."""

    HINT = "o w s c choose   enter sets it   {close} closes, nothing is changed"

    def __init__(self, row: QueueRow) -> None:
        super().__init__(f"State of #{row.id}: {row.state} now")
        self.row, self.version = row, row.version
        names = [state for state, _, _ in MEANINGS]
        self.choices = Choices(
            [
                Choice(key, f"{state}: {meaning}", (), "it is so already" if state == row.state else None)
                for state, key, meaning in MEANINGS
            ],
            (names.index(row.state) + 1) % len(names) if row.state in names else 0,
        )

    def body(self) -> Iterable[Widget]:
        """Ask for the state."""
        return (self.choices,)

    @on(Choices.Taken)
    async def _taken(self) -> None:
        await self.do()

    async def perform(self) -> object:
        """Change it."""
        from tickets import operations, reading

        state = MEANINGS[self.choices.index][0]
        try:
            done = await self.desk.call(
                operations.change_state, self.row.id, state, self.desk.actor.id, self.desk.now(), self.version
            )
        except StaleRow:
            row = await self.desk.attempt(reading.row, self.row.id)
            self.version = row.version if row is not None else self.version
            raise
        return done.sentence
