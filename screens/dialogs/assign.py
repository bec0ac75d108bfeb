"""Giving a ticket to a colleague: to whom, and a note that says where it stands."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events, on
from textual.containers import Horizontal
from textual.widget import Widget

from screens.base import DeskScreen
from screens.dialogs.choices import Cycle
from screens.dialogs.frame import Dialog
from screens.ticket_editor import Editor
from screens.ticket_reply import Told
from screens.widgets.text import clean
from tickets.colleagues import Colleague
from tickets.records import QueueRow

DRAFT = "handover"


async def open_assign(screen: DeskScreen, row: QueueRow) -> None:
    """Ask to whom the ticket goes."""
    from tickets.colleagues import colleagues

    found = await screen.desk.attempt(colleagues)
    others = [each for each in found or () if each.login != row.owner]
    if found is None:
        return
    if not others:
        screen.desk.say("There is no colleague to give it to; a lead adds people.", error=True)
        return

    def answered(sentence: object) -> None:
        if isinstance(sentence, str):
            screen.desk.say(sentence)

    await screen.app.push_screen(AssignDialog(row, others), answered)


class AssignDialog(Dialog):
    """Gives the ticket away; a severity 1 that someone has goes with a note."""

    HINT = "tab on   {do} gives it   {close} closes, the note is kept"
    DEFAULT_CSS = """
    AssignDialog .field { height: 1; }
    AssignDialog .field Told { width: 7; }
    AssignDialog Editor { height: 6; }
    """

    def __init__(self, row: QueueRow, people: list[Colleague]) -> None:
        owner = f", {clean(row.owner)}'s now" if row.owner else ""
        self.must = row.severity == 1 and row.owner is not None
        super().__init__(f"{'Hand over' if self.must else 'Assign'} #{row.id}{owner}")
        self.row, self.people = row, people
        self.whom = Cycle([f"{each.login}, {each.name}" for each in people])
        need = "needed" if self.must else "may be empty"
        self.note = Editor(placeholder=f"Where it stands and what comes next; internal, {need}.")

    def body(self) -> Iterable[Widget]:
        """Ask to whom, and for the note."""
        yield Horizontal(Told("To"), self.whom, classes="field")
        if self.must:
            yield Told("A severity 1 always has an owner: it is handed over, not released.")
        yield from (Told("Note"), self.note)

    @on(events.Mount)
    async def _take_up(self) -> None:
        """Take up a note that was typed before."""
        from tickets import drafts

        self.note.text = await self.desk.attempt(drafts.load, self.desk.actor.id, self.row.id, DRAFT) or ""

    async def keep(self) -> None:
        """Keep the note."""
        from tickets import drafts

        await self.desk.attempt(drafts.save, self.desk.actor.id, self.row.id, DRAFT, self.note.text, self.desk.now())

    async def perform(self) -> object:
        """Give it."""
        from tickets import drafts, operations

        to, actor, at = self.people[self.whom.index].id, self.desk.actor.id, self.desk.now()
        if self.must:
            done = await self.desk.call(operations.handover, self.row.id, to, self.note.text, actor, at)
        else:
            done = await self.desk.call(operations.assign, self.row.id, to, actor, at, self.note.text)
        await self.desk.attempt(drafts.clear, actor, self.row.id, DRAFT)
        return done.sentence
