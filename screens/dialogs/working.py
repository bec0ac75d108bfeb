"""What a key does to one or many tickets at once: bulk work, macros and canned replies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, cast

from screens import queue_reading
from screens.base import Commanded, DeskScreen
from screens.commands import BULK, CANNED, MACRO, Command
from screens.dialogs import bulk
from screens.dialogs.chooser import Chooser, Offer
from screens.dialogs.kept import MACROS, KeptChooser, Kind, replies_for
from screens.dialogs.progress import ProgressDialog
from tickets.actions import ME, NOBODY, Action, Assign, Reply, RunMacro
from tickets.bulk import Applied

Done = Callable[[Sequence[int]], None]
"""Told which tickets were worked on."""


async def perform(screen: DeskScreen, command: Command, ticket_ids: list[int], done: Done) -> None:
    """Ask what is to be done to these tickets, and do it."""
    work = _Work(screen, ticket_ids, done)
    if command == BULK:
        await screen.app.push_screen(bulk.BulkDialog(ticket_ids), work.ask)
    elif command == MACRO:
        await work.ask(bulk.MACRO)
    elif command == CANNED and len(ticket_ids) == 1:
        await choose_reply(screen, partial(_write, screen, ticket_ids[0]), ticket_ids[0])
    elif command == CANNED:
        await work.ask(bulk.REPLY)


async def choose_reply(screen: Any, taken: Callable[[object], Any], ticket_id: int | None = None) -> None:
    """Let a person choose a canned reply; `taken` gets its id, or None. `screen` is where they are.

    For a ticket those in the languages of its contract come first.
    """
    await _choose(screen, "Canned reply", replies_for(ticket_id), taken)


async def _choose(screen: Any, title: str, kind: Kind, taken: Callable[[object], Any]) -> None:
    items = await screen.desk.attempt(kind.read, screen.desk.actor.id)
    if items is not None:
        await screen.app.push_screen(KeptChooser(title, kind, items), taken)


async def _write(screen: DeskScreen, ticket_id: int, reply_id: object) -> None:
    """Open the ticket with the reply in the text, to be read before it is sent."""
    from screens.ticket import TicketScreen

    if not isinstance(reply_id, int):
        return
    if isinstance(screen, TicketScreen):
        await screen.write("reply", reply_id)
    else:
        await screen.app.push_screen(TicketScreen(ticket_id, write="reply", canned=reply_id))


async def make_macro(screen: DeskScreen) -> None:
    """Make a macro out of steps in words."""
    from screens.dialogs.acting import answered
    from screens.dialogs.making import MacroDialog

    await screen.app.push_screen(MacroDialog(screen.desk.actor.role), partial(answered, screen.desk))


class _Work:
    """Asking and doing, one dialog after the other, for some tickets of a screen."""

    def __init__(self, screen: DeskScreen, ticket_ids: list[int], done: Done) -> None:
        self._screen, self._ids, self._done = screen, ticket_ids, done
        self._desk = screen.desk

    async def ask(self, kind: object) -> None:
        """Ask what that work needs to know; nothing where no work was chosen."""
        push = self._screen.app.push_screen
        if kind == bulk.SEVERITY:
            await push(bulk.SeverityOfMany(self._ids), self.do)
        elif kind == bulk.STATE:
            await push(bulk.StateOfMany(self._ids), self.do)
        elif kind in (bulk.TAG, bulk.UNTAG):
            await push(bulk.TagsOfMany(self._ids, kind == bulk.UNTAG), self.do)
        elif kind == bulk.ASSIGN:
            await push(Chooser("Assign to", await self._people(), "Nobody is called so."), self.do)
        elif kind == bulk.MACRO:
            await _choose(self._screen, "Run a macro", MACROS, self.do)
        elif kind == bulk.REPLY:
            await choose_reply(self._screen, self._reply)

    async def _people(self) -> list[Offer]:
        found = await self._desk.attempt(queue_reading.people)
        me, nobody = Offer("me", "yourself", Assign(ME)), Offer("nobody", "release them", Assign(NOBODY))
        return [me, nobody, *(Offer(login, name, Assign(login)) for login, name in found or ())]

    async def _reply(self, reply_id: object) -> None:
        if isinstance(reply_id, int):
            await self.do(Reply(reply_id))

    async def do(self, action: object) -> None:
        """Do it, and let `.` do it again to what is chosen then."""
        if action is None:
            return
        wanted = cast("Action", action)
        command = MACRO if isinstance(wanted, RunMacro) else BULK
        self._desk.remember(command, partial(again, wanted))
        await self._screen.app.push_screen(ProgressDialog(self._ids, wanted), self._worked)

    def _worked(self, applied: object) -> None:
        if isinstance(applied, Applied):
            self._done((*applied.changed, *applied.unchanged))


async def again(action: Action, screen: Commanded) -> None:
    """Do an action to what is chosen on the screen now."""
    place: Any = screen
    await _Work(place, place.chosen_tickets(), place.unmark).do(action)
