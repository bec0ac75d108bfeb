"""Another state, and what each one means."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events, on
from textual.widget import Widget
from textual.widgets import Input

from models.errors import StaleRow
from screens.dialogs.choices import Choice, Choices
from screens.dialogs.frame import Dialog, Line
from screens.ticket_reply import Told
from tickets.records import QueueRow

MEANINGS = (
    ("open", "o", "we have something to do"),
    ("waiting", "w", "the customer has something to do"),
    ("solved", "s", "answered and settled; a further message opens it again"),
    ("closed", "c", "settled for good"),
)
ENDED = ("solved", "closed")
DRAFT = "ending"


class StateDialog(Dialog):
    """Changes a ticket's state; no state stops a clock. A severity 1 ends with a note on how service came back."""

    AUTO_FOCUS = "Choices"
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
        self.notes = row.severity == 1 and row.state not in ENDED
        self.note = Line("how core services came back; internal, needed for solved and closed")

    @property
    def _state(self) -> str:
        return MEANINGS[self.choices.index][0]

    def body(self) -> Iterable[Widget]:
        """Ask for the state, and for the note that ends a severity 1."""
        return (self.choices, Told("Note"), self.note) if self.notes else (self.choices,)

    @on(events.Mount)
    async def _take_up(self) -> None:
        """Take up a note that was typed before."""
        from tickets import drafts

        if self.notes:
            self.note.value = await self.desk.attempt(drafts.load, self.desk.actor.id, self.row.id, DRAFT) or ""

    async def keep(self) -> None:
        """Keep the note."""
        from tickets import drafts

        if self.notes:
            actor, at = self.desk.actor.id, self.desk.now()
            await self.desk.attempt(drafts.save, actor, self.row.id, DRAFT, self.note.value, at)

    @on(Choices.Taken)
    async def _taken(self) -> None:
        if self.notes and self._state in ENDED and not self.note.value.strip():
            self.note.focus()
        else:
            await self.do()

    @on(Input.Submitted)
    async def _submitted(self) -> None:
        await self.do()

    async def perform(self) -> object:
        """Change it; a note that no end needs stays a draft."""
        from tickets import drafts, operations, reading

        state, actor = self._state, self.desk.actor.id
        note = self.note.value if self.notes and state in ENDED else ""
        try:
            done = await self.desk.call(
                operations.change_state, self.row.id, state, actor, self.desk.now(), self.version, note
            )
        except StaleRow:
            row = await self.desk.attempt(reading.row, self.row.id)
            self.version = row.version if row is not None else self.version
            raise
        if note:
            await self.desk.attempt(drafts.clear, actor, self.row.id, DRAFT)
        else:
            await self.keep()
        return done.sentence
