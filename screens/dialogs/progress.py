"""The same work on many tickets: how far it is, what was refused, and a way to stop it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.widget import Widget

from models.errors import DatabaseUnavailable, DomainError
from screens.dialogs.bulk import tickets_in_words
from screens.dialogs.frame import Dialog
from screens.ticket_reply import Told
from screens.widgets.picks import Pick, Picks

if TYPE_CHECKING:
    from tickets.actions import Action
    from tickets.bulk import Applied

LOOK_EVERY = 0.1
"""Seconds between two looks at how far the work is."""


class ProgressDialog(Dialog):
    """Does it at once; answers what came of it (`tickets.bulk.Applied`), or None where it was stopped."""

    HINT = "{close} stops it, and nothing is done"

    def __init__(self, ticket_ids: list[int], action: Action) -> None:
        super().__init__(f"Working on {tickets_in_words(ticket_ids)}")
        self.ticket_ids, self.action = ticket_ids, action
        self.bar = Told(" ")
        self.refusals = Picks(())
        self.applied: Applied | None = None
        self._count = 0
        self._stopped = False

    def body(self) -> Iterable[Widget]:
        """Show how far it is; below it what was refused, later."""
        self.refusals.display = False
        return (self.bar, self.refusals)

    def on_mount(self) -> None:
        """Begin."""
        self.run_worker(self._work(), group="working")
        if len(self.ticket_ids) > 1:
            self.set_interval(LOOK_EVERY, self._look)

    def _heard(self, count: int, whole: int) -> bool:
        """Take the count on the database thread; False stops the work."""
        self._count = count
        return not self._stopped

    def _look(self) -> None:
        if self.applied is None:
            whole = len(self.ticket_ids)
            done = self._count * 40 // whole
            self.bar.tell(f"{'█' * done}{'░' * (40 - done)}  {self._count} of {whole}")

    async def _work(self) -> None:
        from tickets import bulk

        desk, heard = self.desk, self._heard
        try:
            found = await desk.call(bulk.apply, self.ticket_ids, self.action, desk.actor.id, desk.now(), heard=heard)
        except (DomainError, DatabaseUnavailable) as refusal:
            desk.say(str(refusal), error=not self._stopped)
            self._end(None)
            return
        self.applied = found
        if len(found.refused) < 2:
            desk.say(found.sentence, error=bool(found.refused))
            self._end(found)
            return
        self.head.tell("Refused")
        self.bar.tell(found.sentence)
        self.hint.tell("enter or esc closes; what was refused stays marked", loud=False)
        self.refusals.tell([Pick(f"#{each.ticket_id}", each.reason) for each in found.refused])
        self.refusals.display = True
        self.refusals.focus()

    def _end(self, applied: Applied | None) -> None:
        self._done = True
        self.dismiss(applied)

    def on_picks_taken(self) -> None:
        """Close."""
        self._end(self.applied)

    async def action_confirm(self) -> None:
        """Close, once it is done."""
        if self.applied is not None:
            self._end(self.applied)

    async def action_close(self) -> None:
        """Close, or stop what is not done yet."""
        if self.applied is not None:
            self._end(self.applied)
        else:
            self._stopped = True
