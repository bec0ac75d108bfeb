"""Logging time: one line that is understood while it is typed, or the same as a form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import events, on
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input

from models.errors import DomainError
from screens.base import Concern
from screens.commands import Command, bindings, shown_key
from screens.dialogs.choices import Cycle
from screens.dialogs.frame import Dialog
from screens.dialogs.time_form import TimeForm
from screens.dialogs.time_line import Preview, TimeLine, preview_lines
from screens.tam_time_commands import COMPLETE, FORM
from screens.ticket_commands import DIALOG_COMMANDS
from tam import entries, entry_completion, entry_preview
from tam.entry_preview import Understood
from tam.entry_words import hours_text
from tickets import drafts

DRAFT = "hours"
EXAMPLE = "1h30 acme review call, agreed on LDAP"


class NotReady(DomainError):
    """The line does not say enough yet."""


class LogTimeDialog(Dialog):
    """Answers the sentences of what was logged; what was typed is kept until it is."""

    OFFERS: ClassVar[tuple[Command, ...]] = (*DIALOG_COMMANDS, FORM)
    BINDINGS = bindings((FORM,))
    AUTO_FOCUS = "TimeLine"
    HINT = "enter logs   {complete} {does}   {form} {other}   {close} closes, kept"
    DEFAULT_CSS = """
    LogTimeDialog #form { display: none; height: auto; }
    LogTimeDialog.form #form { display: block; }
    LogTimeDialog.form #one { display: none; }
    LogTimeDialog #one { height: auto; }
    LogTimeDialog #hint { margin-top: 0; }
    """

    def __init__(self, concern: Concern) -> None:
        super().__init__("Log time")
        self.concern_here = concern
        self.line, self.form, self.told = TimeLine(EXAMPLE), TimeForm(), Preview()
        self.found: Understood | None = None
        self._understood = ""
        self._given = ""

    def body(self) -> Iterable[Widget]:
        """Ask for the line, or for its parts."""
        with Vertical(id="one"):
            yield self.line
        with Vertical(id="form"):
            yield self.form
        yield self.told

    def tell_hint(self) -> None:
        """Say what to press."""
        other, does = ("as a line", "goes on") if self.has_class("form") else ("as a form", "completes")
        do, close, form, complete = (
            shown_key(self.desk.keys_of(each).split(",")[0]) for each in (*DIALOG_COMMANDS, FORM, COMPLETE)
        )
        self.hint.tell(self.HINT.format(do=do, close=close, form=form, complete=complete, other=other, does=does))

    @on(events.Mount)
    async def _begin(self) -> None:
        """Take up what was typed before, else begin with what is in front of the person."""
        self._given = await self.desk.attempt(beginning, self.concern_here) or ""
        kept = await self.desk.attempt(drafts.load, self.desk.actor.id, *draft_of(self.concern_here, DRAFT))
        if not self.line.value:
            self.line.value = kept or self._given
            self.line.cursor_position = len(self.line.value)
        await self._understand()

    @property
    def text(self) -> str:
        """What is typed, as one line."""
        return self.form.line if self.has_class("form") else self.line.value

    # understanding

    @on(Input.Changed)
    @on(Cycle.Changed)
    async def _typed(self) -> None:
        self.tell_hint()
        await self._understand()

    async def _understand(self) -> None:
        """Say what the line would do; an answer that comes too late is left aside."""
        text = self.text
        if not text.strip():
            self.found = None
            self.told.tell([("quiet", "How long, whose, what on; after a comma a note. Today unless you say a day.")])
            return
        found = await self.desk.attempt(self._read, text)
        if found is not None and self.is_attached and text == self.text:
            self.found, self._understood = found, text
            self.told.tell(preview_lines(found, linked=self._linked(found)))

    def _read(self, text: str) -> Understood:
        """Runs on the database thread."""
        actor, here = self.desk.actor.id, self.concern_here
        found = entry_preview.understand(text, actor, self.desk.now())
        if found.parsed.customer_id == here.customer_id and (here.call_id or here.item_id):
            return entry_preview.understand(text, actor, self.desk.now(), call_id=here.call_id, item_id=here.item_id)
        return found

    def _linked(self, found: Understood) -> str:
        here = self.concern_here
        if found.parsed.customer_id != here.customer_id:
            return ""
        return ", this call" if here.call_id else ", this checklist item" if here.item_id else ""

    @on(TimeLine.Wanted)
    async def _complete(self) -> None:
        line = self.line.value
        found = await self.desk.attempt(lambda: entry_completion.completions(line, entry_preview.names()))
        if line == self.line.value:
            self.line.offer(found or [])

    # the form

    async def action_form(self) -> None:
        """Show the parts as a form, or the form as a line; nothing of either is lost."""
        if self.has_class("form"):
            self.line.value = self.form.line
            self.line.cursor_position = len(self.line.value)
        else:
            await self._understand()
            self.form.fill(self.found)
        self.toggle_class("form")
        (self.form.first if self.has_class("form") else self.line).focus()
        self.tell_hint()
        await self._understand()

    @on(Input.Submitted)
    async def _submitted(self) -> None:
        await self.do()

    # keeping and logging

    async def keep(self) -> None:
        """Keep what was typed."""
        text = self.text
        body = text if text.strip() != self._given.strip() else ""
        draft = draft_of(self.concern_here, DRAFT)
        await self.desk.attempt(drafts.save, self.desk.actor.id, *draft, body, self.desk.now())

    async def perform(self) -> object:
        """Log it; answer what was logged, and what the person should know of it."""
        if self._understood != self.text or self.found is None:
            await self._understand()
        found, here = self.found, self.concern_here
        if found is None or not found.ready:
            raise NotReady(found.problems[0] if found else f"Type what you did, such as {EXAMPLE}.")
        said, linked = found.parsed, found.parsed.customer_id == here.customer_id
        logged = await self.desk.call(
            entries.log,
            said.customer_id or 0,
            said.minutes or 0,
            said.on,
            said.activity,
            self.desk.actor.id,
            self.desk.now(),
            note=said.note,
            ticket_id=said.ticket_id,
            call_id=here.call_id if linked else None,
            item_id=here.item_id if linked else None,
            counts=said.counts,
            billable=said.billable,
            started_at=said.started_at,
            ended_at=said.ended_at,
        )
        await self.desk.attempt(drafts.clear, self.desk.actor.id, *draft_of(here, DRAFT))
        return (logged.sentence, *logged.warnings, *_over(found))


def _over(found: Understood) -> tuple[str, ...]:
    """Say that the hours of the period are used up."""
    if found.left is None or found.left >= 0:
        return ()
    return (f"{found.parsed.customer} is {hours_text(-found.left)} over the hours of the running period now.",)


def draft_of(concern: Concern, kind: str) -> tuple[int, str]:
    """Return ticket and kind of the draft that is kept for what is in front of the person."""
    return concern.ticket_id or 0, kind if concern.customer_id is None else f"{kind} of {concern.customer_id}"


def beginning(concern: Concern) -> str:
    """Return how a line begins for what is in front of the person; runs on the database thread."""
    parts = []
    if concern.ticket_id is not None:
        parts.append(f"#{concern.ticket_id}")
    elif concern.customer_id is not None:
        key = next((key for number, key, _ in entry_preview.names() if number == concern.customer_id), "")
        parts.append(entry_completion.named(key) if key else "")
    if concern.activity:
        parts.append(concern.activity)
    return f"{' '.join(parts)} " if any(parts) else ""
