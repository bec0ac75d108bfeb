"""What people keep ready, canned replies and macros: choosing one, and changing or deleting it on the way."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from models.words import LEAD
from screens.app_protocol import DeskApp
from screens.commands import TICKET, Command, bindings, shown_key
from screens.dialogs.chooser import Chooser, Offer
from screens.dialogs.confirm import ConfirmDialog
from screens.dialogs.frame import Dialog
from screens.dialogs.making import CannedDialog, MacroDialog
from screens.ticket_commands import CLOSE, DIALOG_COMMANDS
from tickets import canned, macros
from tickets.actions import RunMacro

CHANGE = Command(
    "kept.change", "ctrl+g", "Change", "Change a canned reply or a macro: name and text.", TICKET, "change"
)
DELETE = Command(
    "kept.delete", "ctrl+r", "Delete", "Delete a canned reply or a macro, after a question.", TICKET, "delete"
)
KEPT_COMMANDS = (CHANGE, DELETE)


class Kind(NamedTuple):
    """One kind of what is kept: its name, how it is read (for a person's id), offered, changed and deleted."""

    what: str
    empty: str
    read: Callable[[int], Sequence[Any]]
    offer: Callable[[Any], Offer]
    form: Callable[[DeskApp, Any], Awaitable[Dialog]]
    delete: Callable[..., None]


def replies_for(ticket_id: int | None) -> Kind:
    """Canned replies, those in the languages of the ticket's contract first."""
    read = canned.replies if ticket_id is None else partial(canned.replies_for, ticket_id)
    empty = "No such reply. ctrl+g keeps what you write in a reply as one."
    return Kind(canned.WHAT, empty, read, _reply_offer, _reply_form, canned.delete)


def _reply_offer(reply: canned.Canned) -> Offer:
    return Offer(reply.name, f"{reply.language}  {' '.join(reply.body.split())[:200]}", reply.id)


async def _reply_form(desk: DeskApp, reply: canned.Canned) -> Dialog:
    return CannedDialog(reply.body, desk.actor.role, reply)


def _macro_offer(macro: macros.MacroRow) -> Offer:
    return Offer(macro.name, ", ".join(type(step).__name__.lower() for step in macro.steps), RunMacro(macro.id))


async def _macro_form(desk: DeskApp, macro: macros.MacroRow) -> Dialog:
    return MacroDialog(desk.actor.role, macro, await desk.attempt(canned.replies, desk.actor.id) or ())


MACROS = Kind(
    macros.WHAT, "No such macro. E in the queue makes one.", macros.macros, _macro_offer, _macro_form, macros.delete
)


class KeptChooser(Chooser):
    """Answers what was chosen; what a person may change is changed and deleted here."""

    OFFERS = (*KEPT_COMMANDS, *DIALOG_COMMANDS)
    BINDINGS = bindings(KEPT_COMMANDS)

    def __init__(self, title: str, kind: Kind, items: Sequence[Any]) -> None:
        super().__init__(title, [kind.offer(item) for item in items], kind.empty)
        self.kind, self.items = kind, tuple(items)

    def tell_hint(self) -> None:
        """Say what to press."""
        commands = (CHANGE, DELETE, CLOSE)
        change, delete, close = (shown_key(self.desk.keys_of(command).split(",")[0]) for command in commands)
        told = f"{change} changes  {delete} deletes  {close} closes"
        self.hint.tell(f"type narrows  ↑ ↓ move  enter takes  {told}")

    @property
    def picked(self) -> Any:
        """What the cursor is on; None where nothing is found."""
        if not self.found:
            return None
        offer = self.found[self.picks.index]
        return next(item for item, each in zip(self.items, self.offers, strict=True) if each is offer)

    def why_not(self, command: Command) -> str | None:
        """Say why what is picked cannot be changed."""
        if command not in KEPT_COMMANDS:
            return None
        if self.picked is None:
            return self.empty
        if self.picked.owner_id is None and self.desk.actor.role != LEAD:
            return f"All share this {self.kind.what}; only a lead changes it."
        return None

    async def action_change(self) -> None:
        """Open what is picked, to be changed."""
        form = await self.kind.form(self.desk, self.picked)
        await self.app.push_screen(form, self._changed)

    async def action_delete(self) -> None:
        """Delete what is picked, after a question."""
        item = self.picked
        told = "It is gone for all who share it." if item.owner_id is None else "It is yours alone."
        dialog = ConfirmDialog(f"Delete the {self.kind.what} {item.name}?", told, "keep it", "delete it")
        await self.app.push_screen(dialog, partial(self._delete, item))

    async def _delete(self, item: Any, answer: object) -> None:
        if not answer:
            return
        actor, at = self.desk.actor.id, self.desk.now()
        done = await self.desk.attempt(_told, self.kind.delete, item.id, actor, at, version=item.version)
        await self._changed(done and f"Deleted the {self.kind.what} {item.name}; u takes that back.")

    async def _changed(self, sentence: object) -> None:
        """Say what was done, and read all again."""
        if isinstance(sentence, str):
            self.desk.say(sentence)
        items = await self.desk.attempt(self.kind.read, self.desk.actor.id)
        if items is None:
            return
        at = self.picks.index
        self.items, self.offers = tuple(items), tuple(self.kind.offer(item) for item in items)
        self.narrow()
        self.picks.move(at)


def _told(function: Callable[..., None], *arguments: object, **more: object) -> bool:
    """Run what answers nothing; True where nothing was refused."""
    function(*arguments, **more)
    return True
