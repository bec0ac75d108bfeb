"""A new ticket: the form, which says what the contract makes of the request before anything is saved."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, ClassVar

from textual import events, on
from textual.containers import VerticalScroll
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, TextArea

from models.errors import DomainError
from screens.base import DeskScreen
from screens.commands import TICKET, Command, bindings, shown_key
from screens.dialogs.choices import Choice, Choices, Cycle
from screens.dialogs.frame import Dialog, Line
from screens.dialogs.request_fields import Assessed, RequestFields, assessed_lines, field, receive
from screens.ticket_commands import DIALOG_COMMANDS
from screens.ticket_editor import Editor
from screens.ticket_reply import SAVE_AFTER, Told
from screens.widgets.text import clean
from tickets.choices import ContactChoice, CustomerChoice
from tickets.requests import Draft

CHANNELS = ("ticket", "email", "chat", "phone", "community")
SEVERITIES = ("1", "2", "3", "4")
USUAL = SEVERITIES.index("3")
NOBODY = "nobody in particular"
DRAFT, SHOWN = "new", 5
ASK = Command(
    "intake.ask", "ctrl+g", "Ask for the rest", "Save, and write what asks for what is missing.", TICKET, "ask"
)
EMPTY = Command("intake.empty", "ctrl+r", "Empty", "Empty the form that was kept, or put it back.", TICKET, "empty")
TITLE, BEGIN = "New ticket", "Choose a customer to see when an answer is due."
UNTOUCHED = {
    "customer": "",
    "customer_id": None,
    "contact_id": None,
    "channel": CHANNELS[0],
    "severity": SEVERITIES[USUAL],
    "subject": "",
    "text": "",
}
"""A form in which nothing was said."""


class RefusedForm(DomainError):
    """Something is missing in the form."""


async def open_form(screen: DeskScreen) -> None:
    """Ask for a new ticket, and open it once it is saved."""

    async def opened(answer: Any) -> None:
        from screens.ticket import TicketScreen

        if answer is not None:
            ticket_id, ask = answer
            screen.desk.say(f"Received #{ticket_id}.")
            await screen.app.push_screen(TicketScreen(ticket_id, write="reply" if ask else ""))

    await screen.app.push_screen(NewTicketDialog(), opened)


class CustomerLine(Line):
    """The customer's name; up, down and enter choose among those that match."""

    def __init__(self) -> None:
        super().__init__("type a part of the name")
        self.matching = Choices(())

    async def _on_key(self, event: events.Key) -> None:
        by = {"up": -1, "down": 1}.get(event.key)
        if by is not None and self.matching.display:
            event.stop()
            event.prevent_default()
            self.matching.move(by)


class NewTicketDialog(Dialog):
    """Takes a request in; what was typed is kept until it is saved or emptied."""

    OFFERS: ClassVar[tuple[Command, ...]] = (*DIALOG_COMMANDS, ASK, EMPTY)
    BINDINGS = bindings((ASK, EMPTY))
    HINT = "tab on   {do} saves   {ask} saves and asks for the rest   {close} closes, kept"
    DEFAULT_CSS = """
    NewTicketDialog > #box { width: 100; height: 100%; max-height: 34; }
    NewTicketDialog .field { height: 1; }
    NewTicketDialog .field Told { width: 13; }
    NewTicketDialog Choices { padding-left: 13; max-height: 5; }
    NewTicketDialog Editor { height: 5; }
    NewTicketDialog #fields { height: 1fr; scrollbar-size-vertical: 1; }
    NewTicketDialog #hint { margin-top: 0; }
    """

    def __init__(self) -> None:
        super().__init__(TITLE)
        self.customer, self.matching = CustomerLine(), Choices(())
        self.customer.matching = self.matching
        self.matching.can_focus = False
        self.matching.display = False
        self.contact, self.channel = Cycle((NOBODY,)), Cycle(CHANNELS)
        self.severity, self.subject = Cycle(SEVERITIES, USUAL), Line("what the customer reports, in a line")
        self.text = Editor(placeholder="What the customer wrote.")
        self.request, self.assessed, self._ask = RequestFields(), Assessed(), False
        self.due = Told(BEGIN)
        self._found: list[CustomerChoice] = []
        self._contacts: list[ContactChoice] = []
        self.customer_id: int | None = None
        self._assessed_here = False
        self._emptied: dict[str, Any] | None = None
        self._saving: Timer | None = None

    def body(self) -> Iterable[Widget]:
        """Ask what is needed and no more."""
        with VerticalScroll(id="fields", can_focus=False):
            yield field("Customer", self.customer)
            yield self.matching
            yield field("Contact", self.contact)
            yield field("Channel", self.channel)
            yield field("Severity", self.severity)
            yield field("Subject", self.subject)
            yield Told("Description")
            yield self.text
            yield self.request
        yield self.due
        yield self.assessed

    def tell_hint(self) -> None:
        """Say what to press."""
        do, close, ask = (shown_key(self.desk.keys_of(each).split(",")[0]) for each in (*DIALOG_COMMANDS, ASK))
        self.hint.tell(self.HINT.format(do=do, close=close, ask=ask))

    @on(events.Mount)
    async def _take_up(self) -> None:
        """Take up what was typed before."""
        from tickets import drafts

        kept = await self.desk.attempt(drafts.load, self.desk.actor.id, 0, DRAFT)
        if kept:
            await self._fill(json.loads(kept))
            self._tell_kept("kept from before, {empty} empties it")
        self._begin_anew()

    def _tell_kept(self, words: str) -> None:
        key = shown_key(self.desk.keys_of(EMPTY).split(",")[0])
        self.head.tell(f"{TITLE} · {words.format(empty=key)}")

    def _begin_anew(self) -> None:
        """Start at the customer; what is typed there takes the place of a name that was kept."""
        self.customer.focus()
        self.customer.select_all()

    async def action_empty(self) -> None:
        """Empty the form; once more puts back what stood in it."""
        if self._emptied is None:
            self._emptied = self._typed()
            await self._fill(UNTOUCHED)
            self._tell_kept("emptied, {empty} puts it back")
        else:
            await self._fill(self._emptied)
            self._emptied = None
            self._tell_kept("kept from before, {empty} empties it")
        self._begin_anew()

    async def _fill(self, kept: dict[str, Any]) -> None:
        """Put a draft back; a customer or a contact that is gone is left out."""
        from tickets import choices

        self.subject.value, self.text.text = clean(kept["subject"]), kept["text"]
        self.channel.tell(CHANNELS, CHANNELS.index(kept["channel"]))
        self.severity.tell(SEVERITIES, SEVERITIES.index(kept["severity"]))
        self.customer_id, self._contacts = None, []
        self.contact.tell((NOBODY,))
        self.assessed.tell([])
        self.due.tell(BEGIN)
        with self.prevent(Input.Changed):
            self.customer.value = clean(kept["customer"])
        for found in await self.desk.attempt(choices.customers, kept["customer"], SHOWN) or ():
            if found.id == kept["customer_id"]:
                await self._take(found)
                named = [contact.id for contact in self._contacts]
                if kept["contact_id"] in named:
                    self.contact.tell(self.contact.values, named.index(kept["contact_id"]) + 1)
        self.request.fill(kept.get("request", {}))
        self._assessed_here = self.severity.index != self._followed

    # the customer

    @on(Input.Changed)
    async def _typed_line(self, event: Input.Changed) -> None:
        """Offer the customers that match what was typed."""
        self._keep_soon()
        if event.input is not self.customer:
            return
        from tickets import choices

        typed = event.value.strip()
        if self.customer_id is not None:
            self.customer_id, self._contacts = None, []
            self.assessed.tell([])
            self.contact.tell((NOBODY,))
        found = await self.desk.attempt(choices.customers, typed, SHOWN) if typed else []
        if typed != self.customer.value.strip():
            return
        self._found = found or []
        self.matching.tell([Choice("", f"{one.name}  {one.badge}") for one in self._found])
        self.matching.display = bool(self._found)
        self.due.tell("" if self._found or not typed else "No customer is called that.")

    @on(Input.Submitted)
    async def _entered(self, event: Input.Submitted) -> None:
        if event.input is self.customer:
            await self._choose()
        self.focus_next()

    async def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Leaving the customer takes the one that is marked; leaving any other field judges what was filled in."""
        if event.widget is self.customer:
            await self._choose()
        elif not self._done:
            await self._assess()

    async def _choose(self) -> None:
        if self.customer_id is None and self._found:
            await self._take(self._found[self.matching.index])

    async def _take(self, customer: CustomerChoice) -> None:
        """Take this customer: show its people, and when an answer is due."""
        from tickets import choices

        self.customer_id, self._found = customer.id, []
        self.matching.display = False
        with self.prevent(Input.Changed):
            self.customer.value = clean(customer.name)
        self._contacts = await self.desk.attempt(choices.contacts, customer.id) or []
        names = [f"{one.name}{'' if one.named else ' (not named in the order)'}" for one in self._contacts]
        self.contact.tell((NOBODY, *names), 1 if names else 0)
        from tickets.assessment import areas

        self.request.offer(await self.desk.attempt(areas, customer.id, self.desk.now()) or ())
        await self._tell_due()

    @on(Cycle.Changed)
    async def _chosen(self, event: Cycle.Changed) -> None:
        """Ours is what the customer says until somebody chooses another."""
        if event.cycle is self.severity:
            self._assessed_here = True
        elif event.cycle is self.request.theirs and not self._assessed_here:
            self.severity.tell(SEVERITIES, self._followed)
        await self._tell_due()

    @property
    def _followed(self) -> int:
        """Where the severity stands that the customer names, or the usual one."""
        theirs = self.request.theirs.index
        return theirs - 1 if theirs else USUAL

    async def _tell_due(self) -> None:
        """Say when an answer would be due if this was saved now."""
        from tickets import preview

        self._keep_soon()
        if self.customer_id is None:
            return
        told = await self.desk.attempt(
            preview.due_line,
            self.customer_id,
            self.channel.value,
            int(self.severity.value),
            self.desk.now(),
            self.desk.actor.zone,
        )
        self.due.tell(f"Received now → {told}" if told else "")
        await self._assess()

    def _draft(self, customer_id: int) -> Draft:
        return Draft(
            customer_id=customer_id,
            subject=self.subject.value,
            body=self.text.text,
            contact_id=self._contact_id,
            channel=self.channel.value,
            severity=int(self.severity.value),
            **self.request.said(),
        )

    async def _assess(self) -> None:
        """Say what the contract makes of what was filled in so far."""
        from tickets.assessment import assess

        if self.customer_id is None:
            return
        draft = self._draft(self.customer_id)
        found = await self.desk.attempt(assess, draft, self.desk.now(), self.desk.actor.zone)
        if found is not None:
            self.assessed.tell(assessed_lines(found))

    # keeping and saving

    @on(TextArea.Changed)
    def _typed_text(self) -> None:
        self._keep_soon()

    def _keep_soon(self) -> None:
        if self._saving is not None:
            self._saving.stop()
        self._saving = self.set_timer(SAVE_AFTER, self._rest)

    async def _rest(self) -> None:
        """Nothing was typed for a moment: keep it, and judge it."""
        await self.keep()
        await self._assess()

    async def keep(self) -> None:
        """Keep what was typed."""
        from tickets import drafts

        if self._saving is not None:
            self._saving.stop()
        written = self.customer.value.strip() or self.subject.value.strip() or self.text.text.strip()
        body = json.dumps(self._typed(), ensure_ascii=False) if written else ""
        await self.desk.attempt(drafts.save, self.desk.actor.id, 0, DRAFT, body, self.desk.now())

    def _typed(self) -> dict[str, Any]:
        """What stands in the form."""
        return {
            "customer": self.customer.value,
            "customer_id": self.customer_id,
            "contact_id": self._contact_id,
            "channel": self.channel.value,
            "severity": self.severity.value,
            "subject": self.subject.value,
            "text": self.text.text,
            "request": self.request.kept(),
        }

    @property
    def _contact_id(self) -> int | None:
        return self._contacts[self.contact.index - 1].id if self.contact.index and self._contacts else None

    async def perform(self) -> object:
        """Save it; answer the ticket's number, and whether the reply that asks for the rest is to be opened."""
        from tickets import drafts

        await self._choose()
        if self.customer_id is None:
            self.customer.focus()
            raise RefusedForm("Choose a customer first: type a part of the name, then enter.")
        if not self.subject.value.strip():
            self.subject.focus()
            raise RefusedForm("A ticket needs a subject; say in a line what the customer reports.")
        if not self.text.text.strip():
            self.text.focus()
            raise RefusedForm("Write down what the customer said; it becomes the first message.")
        ticket_id = await self.desk.call(
            receive,
            self._draft(self.customer_id),
            self.request.paths(),
            self.desk.actor.id,
            self.desk.now(),
            self._ask,
        )
        if self._saving is not None:
            self._saving.stop()
        await self.desk.attempt(drafts.clear, self.desk.actor.id, 0, DRAFT)
        return ticket_id, self._ask

    async def action_ask(self) -> None:
        """Save it, and open the reply that asks for what is missing."""
        self._ask = True
        await self.do()
        self._ask = False
