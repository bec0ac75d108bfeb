"""What becomes of a mail that nobody could be found for."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events, on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from screens.dialogs.choices import Cycle
from screens.dialogs.frame import Dialog, Line
from screens.ticket_reply import Told
from screens.widgets.text import clean
from tickets.choices import CustomerChoice
from tickets.errors import RuleRefused
from tickets.mail.unmatched import MailRow

SHOWN = 20


class FileDialog(Dialog):
    """Files a mail on a ticket, or as a new one of a customer; it counts as received when it came."""

    AUTO_FOCUS = "Line"
    HINT = "enter or {do} files it   tab on   {close} closes, nothing is changed"
    DEFAULT_CSS = """
    FileDialog .field { height: 1; }
    FileDialog .field Told { width: 14; }
    """

    def __init__(self, mail: MailRow) -> None:
        super().__init__(f"File the mail of {clean(mail.sender)}")
        self.mail = mail
        self.number, self.customer = (
            Line("the number of a ticket"),
            Line("a part of a customer's name: a new ticket"),
        )
        self.matching = Cycle(("nobody yet",))
        self.found: list[CustomerChoice] = []

    def body(self) -> Iterable[Widget]:
        """Ask where it belongs."""
        yield Told(self.mail.subject)
        yield Horizontal(Told("Ticket #"), self.number, classes="field")
        yield Horizontal(Told("New one of"), self.customer, classes="field")
        yield Horizontal(Told(""), self.matching, classes="field")

    @on(events.Mount)
    def _suggest(self) -> None:
        """Suggest the customer whose contacts write from the same domain."""
        self.customer.value = clean(self.mail.customer)

    @on(Input.Changed)
    async def _typed(self, event: Input.Changed) -> None:
        """Offer the customers that match."""
        from tickets import choices

        if event.input is not self.customer:
            return
        typed = event.value.strip()
        self.found = await self.desk.attempt(choices.customers, typed, SHOWN) or [] if typed else []
        self.matching.tell([each.name for each in self.found] or ("nobody yet",))

    @on(Input.Submitted)
    async def _submitted(self) -> None:
        await self.do()

    async def perform(self) -> object:
        """File it; answers the ticket's number."""
        from tickets.mail.unmatched import file_unmatched

        actor, at = self.desk.actor.id, self.desk.now()
        typed = self.number.value.strip().removeprefix("#")
        if typed:
            if not (typed.isascii() and typed.isdigit()):
                raise RuleRefused(f"{clean(typed)!r} is no ticket's number; type it like 1042.")
            filed = await self.desk.call(file_unmatched, self.mail.id, actor=actor, at=at, ticket_id=int(typed))
        elif self.found:
            customer = self.found[self.matching.index].id
            filed = await self.desk.call(file_unmatched, self.mail.id, actor=actor, at=at, customer_id=customer)
        else:
            raise RuleRefused("Type the number of a ticket, or a part of a customer's name.")
        return filed.ticket_id


class DismissDialog(Dialog):
    """Sets a mail aside that is no request; it is kept."""

    AUTO_FOCUS = "Line"
    HINT = "enter or {do} sets it aside   {close} closes, nothing is changed"

    def __init__(self, mail: MailRow) -> None:
        super().__init__(f"Dismiss the mail of {clean(mail.sender)}")
        self.mail, self.reason = mail, Line("what it is, in a line: advertising, sent by mistake")

    def body(self) -> Iterable[Widget]:
        """Ask why."""
        return (Told(self.mail.subject), Told("Reason"), self.reason)

    @on(Input.Submitted)
    async def _submitted(self) -> None:
        await self.do()

    async def perform(self) -> object:
        """Set it aside."""
        from tickets.mail.unmatched import dismiss

        done = await self.desk.call(dismiss, self.mail.id, self.reason.value, self.desk.actor.id, self.desk.now())
        return done.sentence
