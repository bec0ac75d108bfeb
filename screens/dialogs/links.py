"""Tickets that belong together: opened, linked or merged; and a second problem that becomes a ticket of its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from textual import events, on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from models.errors import DomainError
from screens.base import DeskScreen
from screens.dialogs.choices import Choice, Choices, Cycle
from screens.dialogs.frame import Dialog, Line
from screens.ticket_reply import Told
from screens.widgets.text import clean
from screens.widgets.when import when
from tickets.records import MessageRow, QueueRow

OPEN, RELATED, DUPLICATES, UNLINK, MERGE = (
    "open it",
    "relate to it",
    "duplicate of it",
    "unlink",
    "merge into it",
)
EFFECTS = {
    OPEN: "",
    RELATED: "Both tickets name each other.",
    DUPLICATES: "This one reports what that one does; both stay open.",
    UNLINK: "Neither names the other any more.",
    MERGE: "This conversation moves there and this ticket is closed; the earlier clock stays. Undo takes it back.",
}
MOST = 8
RECENT = 200


class NoTicket(DomainError):
    """No ticket was chosen, or no message."""


class Near(NamedTuple):
    """A ticket that belongs with another, and why, in a line."""

    ticket_id: int
    line: str


def near(ticket_id: int) -> list[Near]:
    """Read what is linked, then what is alike by its words; on the database thread."""
    from tickets.links import links, related_by_text

    linked = [
        Near(each.ticket_id, f"{each.words} #{each.ticket_id} · {each.state} · {each.subject}")
        for each in links(ticket_id)
    ]
    alike = [
        Near(each.ticket_id, f"alike: #{each.ticket_id} · {each.customer} · {each.state} · {each.subject}")
        for each in related_by_text(ticket_id)
    ]
    return [*linked, *alike][:MOST]


async def open_links(screen: DeskScreen, row: QueueRow) -> None:
    """Show what belongs to a ticket."""
    found = await screen.desk.attempt(near, row.id)
    if found is None:
        return

    async def answered(answer: object) -> None:
        if isinstance(answer, int):
            from screens.ticket import TicketScreen

            await screen.app.push_screen(TicketScreen(answer))
        elif isinstance(answer, str):
            screen.desk.say(answer)

    await screen.app.push_screen(LinksDialog(row, found), answered)


class LinksDialog(Dialog):
    """Opens, links or merges; the ticket is one of the list, or any number."""

    AUTO_FOCUS = "Choices"
    HINT = "tab on   enter or {do} does it   {close} closes"
    DEFAULT_CSS = """
    LinksDialog .field { height: 1; }
    LinksDialog .field Told { width: 9; }
    """

    def __init__(self, row: QueueRow, found: list[Near]) -> None:
        super().__init__(f"What belongs to #{row.id}")
        self.row, self.found = row, found
        self.choices = Choices([Choice("", each.line) for each in found])
        self.choices.display = bool(found)
        self.number = Line("another number")
        self.what = Cycle(tuple(EFFECTS))
        self.effect = Told()

    def body(self) -> Iterable[Widget]:
        """Ask which ticket, and what to do with it."""
        yield Told("" if self.found else "Nothing is linked yet, and no ticket is alike by its words.")
        yield self.choices
        yield Horizontal(Told("Or #"), self.number, classes="field")
        yield Horizontal(Told("Then"), self.what, classes="field")
        yield self.effect

    @on(events.Mount)
    def _begin(self) -> None:
        (self.choices if self.found else self.number).focus()

    @on(Cycle.Changed)
    def _told(self) -> None:
        self.effect.tell(EFFECTS[self.what.value])

    @on(Choices.Taken)
    @on(Input.Submitted)
    async def _taken(self) -> None:
        await self.do()

    def _chosen(self) -> int:
        typed = self.number.value.strip().removeprefix("#")
        if typed:
            if not (typed.isascii() and typed.isdigit()):
                raise NoTicket(f"{clean(typed)!r} is no ticket's number; type it like 1042.")
            return int(typed)
        if not self.found:
            raise NoTicket("Type the number of the other ticket.")
        return self.found[self.choices.index].ticket_id

    async def perform(self) -> object:
        """Do it; a number is answered where a ticket is to be opened."""
        from tickets import operations, reading

        other, what = self._chosen(), self.what.value
        here, actor, at = self.row.id, self.desk.actor.id, self.desk.now()
        if what == OPEN:
            if await self.desk.call(reading.row, other) is None:
                raise NoTicket(f"There is no ticket #{other}; check the number.")
            return other
        if what == MERGE:
            done = await self.desk.call(operations.merge, here, other, actor, at)
        elif what == UNLINK:
            done = await self.desk.call(operations.unlink, here, other, actor, at)
        else:
            kind = "related" if what == RELATED else "duplicates"
            done = await self.desk.call(operations.link, here, other, kind, actor, at)
        return done.sentence


async def open_split(screen: DeskScreen, row: QueueRow) -> None:
    """Ask which message becomes a ticket of its own, and open that one."""
    from tickets.ticket_reading import conversation

    desk = screen.desk
    found = await desk.attempt(conversation, row.id, limit=RECENT)
    theirs = [each for each in found or () if each.side == "customer" and each.kind == "message"]
    if found is None:
        return
    if not theirs:
        desk.say(f"The customer has written nothing on #{row.id} that could be split off.", error=True)
        return

    async def answered(ticket_id: object) -> None:
        if isinstance(ticket_id, int):
            from screens.ticket import TicketScreen

            desk.say(f"Split off as #{ticket_id}.")
            await screen.app.push_screen(TicketScreen(ticket_id))

    await screen.app.push_screen(SplitDialog(row, theirs[::-1][:MOST], desk.now(), desk.actor.zone), answered)


class SplitDialog(Dialog):
    """Makes a ticket of a customer's message, with what follows it or alone; its clock counts from that message."""

    AUTO_FOCUS = "Choices"
    HINT = "enter on   {do} splits it off   {close} closes, nothing is changed"
    DEFAULT_CSS = """
    SplitDialog .field { height: 1; }
    SplitDialog .field Told { width: 10; }
    """
    WITH, ALONE = "with what follows", "alone"

    def __init__(self, row: QueueRow, messages: list[MessageRow], now: int, zone: str) -> None:
        super().__init__(f"Which message of #{row.id} becomes a ticket?")
        self.row, self.messages = row, messages
        lines = [f"{when(each.at, now, zone)} {each.author}: {' '.join(each.body.split())[:120]}" for each in messages]
        self.choices = Choices([Choice("", line) for line in lines])
        self.subject = Line("what the new ticket is about, in a line")
        self.extent = Cycle((self.WITH, self.ALONE))

    def body(self) -> Iterable[Widget]:
        """Ask for the message, the subject and the extent."""
        yield self.choices
        yield Horizontal(Told("Subject"), self.subject, classes="field")
        yield Horizontal(Told("Moves"), self.extent, classes="field")
        yield Told("It was received when that message was, and its clock counts from then.")

    @on(Choices.Taken)
    def _on_to_subject(self) -> None:
        self.subject.focus()

    @on(Input.Submitted)
    async def _submitted(self) -> None:
        await self.do()

    async def perform(self) -> object:
        """Split it off; answers the new number."""
        from tickets import operations

        message = self.messages[self.choices.index]
        actor, at, following = self.desk.actor.id, self.desk.now(), self.extent.value == self.WITH
        return await self.desk.call(
            operations.split, self.row.id, message.id, self.subject.value, actor, at, following=following
        )
