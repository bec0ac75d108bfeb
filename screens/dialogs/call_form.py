"""What the forms about calls share: rows of label and field, what it comes to below them, and a kept draft."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from textual import events, on
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, TextArea

from models.errors import DatabaseUnavailable, DomainError
from screens.app_protocol import DeskApp
from screens.commands import shown_key
from screens.dialogs.choices import Cycle
from screens.dialogs.frame import Dialog, Line
from screens.dialogs.request_fields import Assessed, field
from screens.ticket_commands import DIALOG_COMMANDS
from screens.ticket_editor import Editor
from screens.ticket_reply import SAVE_AFTER
from screens.widgets.text import clean
from screens.widgets.when import local

Field = Line | Cycle | Editor
Told = list[tuple[str, str]]


def today(desk: DeskApp) -> date:
    """Return the local date of whoever acts."""
    return local(desk.now(), desk.actor.zone).date()


def people_of(text: str) -> list[str]:
    """Return who attends, of names with `;` between them."""
    return [part.strip() for part in text.split(";") if part.strip()]


def worded(names: Iterable[str]) -> str:
    """Return names as the line for them shows them."""
    return "; ".join(clean(name) for name in names)


class Outcome(Assessed):
    """What the form comes to, in lines that keep their place."""

    DEFAULT_CSS = "Outcome { margin-top: 1; }"
    MOST = 8


class CallForm(Dialog):
    """A form; enter goes on to the next field, and does it on the last one. With a `draft` what is typed is kept."""

    HINT = "tab, enter on   {do} saves   {close} closes, {then}"
    DEFAULT_CSS = """
    CallForm .field { height: 1; }
    CallForm .field Told { width: 12; }
    CallForm Editor { height: 4; }
    """

    def __init__(self, title: str, fields: dict[str, Field]) -> None:
        super().__init__(title)
        self.fields, self.outcome = fields, Outcome()
        self.said_first: dict[str, str] = {}
        self._saving: Timer | None = None

    def body(self) -> Iterable[Widget]:
        """Place the fields and what they come to."""
        for label, widget in self.fields.items():
            row = field(label, widget)
            if isinstance(widget, Editor):
                row.styles.height = 4
            yield row
        yield self.outcome

    @property
    def said(self) -> dict[str, str]:
        """What stands in each field."""
        return {
            label: widget.text if isinstance(widget, Editor) else widget.value for label, widget in self.fields.items()
        }

    def chosen(self, label: str) -> int:
        """Which value of a choice is shown."""
        widget = self.fields[label]
        return widget.index if isinstance(widget, Cycle) else 0

    def tell_hint(self) -> None:
        """Say what to press, and what becomes of what is typed."""
        do, close = (shown_key(self.desk.keys_of(command).split(",")[0]) for command in DIALOG_COMMANDS)
        then = "what is typed is kept" if self.draft else "nothing is changed"
        self.hint.tell(self.HINT.format(do=do, close=close, then=then))

    def show(self, label: str, shown: bool) -> None:
        """Show a field, or leave it out."""
        row = self.fields[label].parent
        if isinstance(row, Widget):
            row.display = shown

    @on(events.Mount)
    async def _take_up(self) -> None:
        """Take up what was typed before, and say what it comes to."""
        self.said_first = self.said
        if self.draft:
            from tickets import drafts

            kept = await self.desk.attempt(drafts.load, self.desk.actor.id, 0, self.draft)
            if kept:
                self._fill(json.loads(kept))
        await self._look()

    def _fill(self, kept: dict[str, str]) -> None:
        for label, widget in self.fields.items():
            text = kept.get(label, "")
            if isinstance(widget, Cycle):
                widget.tell(widget.values, widget.values.index(text) if text in widget.values else widget.index)
            elif isinstance(widget, Editor):
                widget.text = text
            else:
                widget.value = clean(text)

    @property
    def draft(self) -> str:
        """The name under which what is typed is kept; empty: it is not."""
        return ""

    async def look(self) -> Told:
        """Return pairs of style and line: what the form comes to. Raises DomainError where it comes to nothing yet."""
        return []

    async def _look(self) -> None:
        try:
            found = await self.look()
        except (DomainError, DatabaseUnavailable) as refusal:
            found = [("quiet", str(refusal))]
        if self.is_attached:
            self.outcome.tell(found)

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Cycle.Changed)
    async def _typed(self) -> None:
        if self.draft:
            if self._saving is not None:
                self._saving.stop()
            self._saving = self.set_timer(SAVE_AFTER, self.keep)
        if self.is_mounted:
            if self.hint.loud:
                self.tell_hint()
            await self._look()

    @on(Input.Submitted)
    async def _entered(self, event: Input.Submitted) -> None:
        shown = [widget for widget in self.fields.values() if widget.focusable]
        if shown and event.input is shown[-1]:
            await self.do()
        else:
            self.focus_next()

    async def keep(self) -> None:
        """Keep what was typed."""
        if not self.draft:
            return
        from tickets import drafts

        if self._saving is not None:
            self._saving.stop()
        body = json.dumps(self.said, ensure_ascii=False) if self.said != self.said_first else ""
        await self.desk.attempt(drafts.save, self.desk.actor.id, 0, self.draft, body, self.desk.now())

    async def perform(self) -> object:
        """Do it; then nothing is left to keep."""
        answer = await self.save()
        if self.draft:
            from tickets import drafts

            if self._saving is not None:
                self._saving.stop()
            await self.desk.attempt(drafts.clear, self.desk.actor.id, 0, self.draft)
        return answer

    async def save(self) -> object:
        """Do what the form says; return a sentence, or several. Raises DomainError."""
        raise NotImplementedError
