"""A row more in the sheet of a week: for whom, and doing what."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events, on
from textual.widget import Widget
from textual.widgets import Input

from models.errors import DomainError
from screens.dialogs.frame import Dialog
from screens.dialogs.time_line import TimeLine
from screens.ticket_reply import Told
from screens.widgets.text import clean
from tam import entry_completion, entry_preview
from tam.entry_preview import Understood
from tam.week import WeekRow


class NotReady(DomainError):
    """The line names no customer yet."""


class WeekRowDialog(Dialog):
    """Answers the row, which holds no time yet."""

    HINT = "enter adds it   tab completes   {close} closes"
    AUTO_FOCUS = "TimeLine"

    def __init__(self) -> None:
        super().__init__("A row for the week")
        self.line, self.told = TimeLine("acme review call"), Told()

    def body(self) -> Iterable[Widget]:
        """Ask for whom, and doing what."""
        return (self.line, self.told)

    @on(events.Mount)
    @on(Input.Changed)
    async def _understand(self) -> None:
        text = self.line.value
        if not text.strip():
            self.told.tell("The customer, and what was done for them: advice, unless you say something else.")
            return
        found = await self.desk.attempt(self._read)
        if found is not None and text == self.line.value:
            self.told.tell(_row_text(found), loud=not found.ready)

    def _read(self) -> Understood:
        """Runs on the database thread."""
        return entry_preview.understand(self.line.value, self.desk.actor.id, self.desk.now(), length=False)

    @on(TimeLine.Wanted)
    async def _complete(self) -> None:
        line = self.line.value
        found = await self.desk.attempt(lambda: entry_completion.completions(line, entry_preview.names()))
        if line == self.line.value:
            self.line.offer(found or [])

    @on(Input.Submitted)
    async def _submitted(self) -> None:
        await self.do()

    async def perform(self) -> object:
        """Answer the row."""
        found = await self.desk.call(self._read)
        if not found.ready or found.parsed.customer_id is None:
            raise NotReady(found.problems[0] if found.problems else "Which customer? Type a name or a key.")
        said = found.parsed
        return WeekRow(found.parsed.customer_id, said.customer, said.activity, (0,) * 7, (0,) * 7)


def _row_text(found: Understood) -> str:
    if not found.ready:
        return clean(found.problems[0])
    return f"{clean(found.parsed.customer)}, {found.parsed.activity}. It {clean(found.why)}"
