"""A call on a day on which a side is closed: moved as proposed, left with a reason, or skipped."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from screens.base import DeskScreen
from screens.call_acting import open_call, told
from screens.dialogs.choices import Choice, Choices
from screens.dialogs.frame import Dialog, Line
from screens.ticket_reply import Told
from screens.widgets.text import clean
from tam import proposals
from tam.call_rules import moment_text
from tam.proposals import Proposal

ACCEPT, STAY, OPEN = range(3)


async def open_proposal(screen: DeskScreen, found: Proposal) -> None:
    """Ask what to do with a call on a closed day."""

    async def answered(answer: object) -> None:
        if answer == OPEN:
            await open_call(screen, found.call.id)
        else:
            told(screen, answer)

    await screen.app.push_screen(ProposalDialog(found, screen.desk.actor.zone), partial(answered))


class ProposalDialog(Dialog):
    """Answers a sentence, or OPEN where the call is to be opened."""

    AUTO_FOCUS = "Choices"
    HINT = "enter or {do} does it   {close} closes, the question stays"

    def __init__(self, found: Proposal, zone: str) -> None:
        held = found.call
        super().__init__(f"{clean(held.customer)}, {moment_text(held.zone, held.at)}")
        self.found = found
        if found.to is None:
            accept = Choice("a", "skip it", ("No day near it is open on both sides.",))
        else:
            mine = moment_text(zone, found.to)
            here = f"{mine} {zone} for you" if zone != held.zone else "the same time, the next open day"
            accept = Choice("a", f"move it to {moment_text(held.zone, found.to)}", (here,))
        stay = Choice("s", "leave it where it is", ("with a reason, below",))
        self.choices = Choices([accept, stay, Choice("o", "open the call and decide later")])
        self.reason = Line("why it stays, in a line")

    def body(self) -> Iterable[Widget]:
        """Tell why, and ask."""
        yield Told(f"{clean(self.found.why)}.")
        yield self.choices
        yield self.reason

    @on(Choices.Taken)
    @on(Input.Submitted)
    async def _taken(self) -> None:
        if self.choices.index == STAY and not self.reason.value.strip():
            self.reason.focus()
            self.refuse("Say why it stays, then press enter.")
            return
        await self.do()

    async def perform(self) -> object:
        """Do what was chosen."""
        call, actor, at = self.found.call, self.desk.actor.id, self.desk.now()
        if self.choices.index == OPEN:
            return OPEN
        if self.choices.index == STAY:
            return await self.desk.call(proposals.stay, call.id, self.reason.value, actor, at, call.version)
        return await self.desk.call(proposals.accept, call.id, actor, at, call.version)
