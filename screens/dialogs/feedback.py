"""What a customer said of the product and why it matters to them; no date is promised for a feature."""

from __future__ import annotations

from screens.base import DeskScreen
from screens.call_acting import ask
from screens.commands import shown_key
from screens.dialogs.call_form import CallForm, Told
from screens.dialogs.frame import Line
from screens.ticket_commands import CONFIRM
from screens.ticket_editor import Editor
from screens.widgets.text import clean
from tam import feedback
from tam.call_rules import CallRefused, party
from tam.feedback import DatePromised, FeedbackRow, promised
from tickets import reading


async def open_feedback(
    screen: DeskScreen, customer_id: int, call_id: int | None = None, held: FeedbackRow | None = None
) -> None:
    """Ask for what a customer said, in a call or beside it, or for what changes of it."""
    customer = await screen.desk.attempt(party, customer_id)
    if customer is not None:
        title = f"What {clean(customer.name)} said"
        await ask(screen, FeedbackDialog(title, customer_id, call_id, held))


class FeedbackDialog(CallForm):
    """Notes what a customer said, or changes `held`; asks once where it reads like a promised date."""

    def __init__(self, title: str, customer_id: int, call_id: int | None, held: FeedbackRow | None) -> None:
        self.customer_id, self.call_id, self.held = customer_id, call_id, held
        what, ticket = Line("what they said, in a line"), Line("the number of a feature ticket that follows it")
        why = Editor(placeholder="why it matters to them")
        if held is not None:
            what.value, why.text = clean(held.what), held.why
            ticket.value = str(held.ticket_id or "")
        self._warned = ("", "")
        super().__init__(title, {"They said": what, "Because": why, "Ticket #": ticket})

    @property
    def draft(self) -> str:
        """A customer's own draft of what is new; what is changed has none."""
        return "" if self.held is not None else f"feedback-{self.customer_id}"

    @property
    def _texts(self) -> tuple[str, str]:
        return self.said["They said"], self.said["Because"]

    def _ticket(self) -> int | None:
        typed = self.said["Ticket #"].strip().removeprefix("#")
        if typed and not (typed.isascii() and typed.isdigit() and len(typed) < 10):
            raise CallRefused(f"{typed!r} is no ticket's number; type it like 1042.")
        return int(typed) if typed else None

    async def look(self) -> Told:
        """Name the ticket, and warn of what reads like a date."""
        lines: Told = []
        if words := promised("\n".join(self._texts)):
            lines.append(("warning", f"! “{clean(words)}” reads like a date; none is promised for a feature."))
        if (number := self._ticket()) is not None:
            row = await self.desk.call(reading.row, number)
            if row is None:
                raise CallRefused(f"There is no ticket #{number}; check the number.")
            lines.append(("plain", f"#{row.id} {clean(row.customer)}, {row.state}: {clean(row.subject)}"))
        return lines

    async def save(self) -> object:
        """Keep it."""
        (what, why), ticket, confirmed = self._texts, self._ticket(), self._warned == self._texts
        actor, at = self.desk.actor.id, self.desk.now()
        try:
            if self.held is None:
                whole = (self.customer_id, what, why, actor, at, self.call_id, ticket)
                await self.desk.call(feedback.log, *whole, confirmed=confirmed)
                return f"Noted: {' '.join(what.split())}"
            said = {"what": what, "why": why, "ticket_id": ticket}
            version = self.held.version
            return await self.desk.call(feedback.change, self.held.id, actor, at, version, confirmed=confirmed, **said)
        except DatePromised as asked:
            self._warned = self._texts
            key = shown_key(self.desk.keys_of(CONFIRM).split(",")[0])
            raise CallRefused(f"{asked} {key} again confirms it.") from asked
