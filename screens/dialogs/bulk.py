"""What is to be done to the marked tickets: first which work, then what it needs to know."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from screens.dialogs.choices import Choice, Choices, Cycle
from screens.dialogs.frame import Dialog, Line
from screens.dialogs.state import MEANINGS
from screens.ticket_reply import Told
from tickets.actions import Severity, State, Tag, Untag

ASSIGN, SEVERITY, STATE, TAG, UNTAG, REPLY, MACRO = "assign", "severity", "state", "tag", "untag", "reply", "macro"
WORK = (
    (ASSIGN, "a", "assign: give them to someone"),
    (SEVERITY, "s", "severity: set it, with a reason"),
    (STATE, "S", "state: open, waiting, solved or closed"),
    (TAG, "t", "tag: put words on them"),
    (UNTAG, "T", "untag: take words off"),
    (REPLY, "R", "canned reply: send it to each customer; cannot be undone"),
    (MACRO, "M", "macro: several steps under a name"),
)


def tickets_in_words(ticket_ids: list[int]) -> str:
    """Return `#12`, or `7 tickets`."""
    return f"#{ticket_ids[0]}" if len(ticket_ids) == 1 else f"{len(ticket_ids):,} tickets".replace(",", " ")


class BulkDialog(Dialog):
    """Asks which work; answers one of ASSIGN … MACRO."""

    HINT = "a letter, or enter, goes on   {close} closes"

    def __init__(self, ticket_ids: list[int]) -> None:
        super().__init__(f"With {tickets_in_words(ticket_ids)}")
        self.choices = Choices([Choice(key, title) for _, key, title in WORK], keys_take=True)

    def body(self) -> Iterable[Widget]:
        """Ask."""
        return (self.choices,)

    @on(Choices.Taken)
    async def _taken(self) -> None:
        await self.do()

    async def perform(self) -> object:
        """Answer the chosen work."""
        return WORK[self.choices.index][0]


class SeverityOfMany(Dialog):
    """Asks for a severity and the reason; answers the action."""

    HINT = "1-4 choose   enter on   {do} sets it   {close} closes"

    def __init__(self, ticket_ids: list[int]) -> None:
        super().__init__(f"Severity of {tickets_in_words(ticket_ids)}")
        self.severity, self.reason = Cycle(("1", "2", "3", "4"), 2), Line("what changed, in a line")

    def body(self) -> Iterable[Widget]:
        """Ask."""
        told = "Running clocks are counted anew from receipt; settled ones stay."
        return (self.severity, Told("Reason"), self.reason, Told(told))

    @on(Input.Submitted)
    async def _submitted(self) -> None:
        await self.do()

    async def perform(self) -> object:
        """Answer what to do."""
        from tickets.actions import check

        action = Severity(int(self.severity.value), self.reason.value)
        await self.desk.call(check, action, self.desk.actor.id)
        return action


class StateOfMany(Dialog):
    """Asks for a state; answers the action."""

    HINT = "o w s c choose   {close} closes, nothing is changed"

    def __init__(self, ticket_ids: list[int]) -> None:
        super().__init__(f"State of {tickets_in_words(ticket_ids)}")
        self.choices = Choices([Choice(key, f"{state}: {told}") for state, key, told in MEANINGS], keys_take=True)

    def body(self) -> Iterable[Widget]:
        """Ask."""
        return (self.choices,)

    @on(Choices.Taken)
    async def _taken(self) -> None:
        await self.do()

    async def perform(self) -> object:
        """Answer what to do."""
        return State(MEANINGS[self.choices.index][0])


class TagsOfMany(Dialog):
    """Asks for tags; answers the action."""

    HINT = "commas part them   {do} or enter does it   {close} closes"

    def __init__(self, ticket_ids: list[int], take_off: bool) -> None:
        super().__init__(f"{'Take tags off' if take_off else 'Tag'} {tickets_in_words(ticket_ids)}")
        self.take_off = take_off
        self.line, self.known = Line("sso, waits for a release"), Told("")

    def body(self) -> Iterable[Widget]:
        """Ask."""
        return (self.line, self.known)

    @on(Input.Changed)
    async def _typed(self) -> None:
        from tickets import tags

        begun = self.line.value.rpartition(",")[2].strip()
        found = await self.desk.attempt(tags.known, begun, 8)
        self.known.tell("known: " + "  ".join(found) if found else "")

    @on(Input.Submitted)
    async def _submitted(self) -> None:
        await self.do()

    async def perform(self) -> object:
        """Answer what to do."""
        from tickets.actions import check

        names = tuple(name.strip() for name in self.line.value.split(",") if name.strip())
        action = Untag(names) if self.take_off else Tag(names)
        await self.desk.call(check, action, self.desk.actor.id)
        return action
