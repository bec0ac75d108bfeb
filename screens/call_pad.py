"""A text of a call, agenda or notes: read as it stands, and written with its draft kept as it is typed."""

from __future__ import annotations

import json

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widgets import TextArea

from models.errors import DatabaseUnavailable, DomainError, StaleRow
from screens.base import Commanded
from screens.call_commands import PAD_COMMANDS, SAVE
from screens.commands import bindings, shown_key
from screens.ticket_editor import Editor
from screens.ticket_reply import SAVE_AFTER, Rule, Told
from screens.widgets.palette import palette_of
from tam.call_reading import CallRow, call
from tam.call_rules import PLANNED
from tam.call_texts import AGENDA, save_text


class Page(Editor):
    """The text; its headings stand out."""

    def get_line(self, line_index: int) -> Text:
        """Return the line."""
        line = super().get_line(line_index)
        if line.plain.startswith("## "):
            line.stylize(palette_of(self.app).accent)
        elif line.plain.startswith("//"):
            line.stylize(palette_of(self.app).quiet)
        return line


class Pad(Commanded, Vertical):
    """One of the two texts; `kind` is agenda or notes."""

    OFFERS = PAD_COMMANDS
    BINDINGS = bindings(PAD_COMMANDS)
    DEFAULT_CSS = """
    Pad { width: 1fr; }
    Pad Page, Pad Page:focus { height: 1fr; background: $background; scrollbar-size-vertical: 1; }
    Pad Page:focus { background: $surface; }
    """

    class Left(Message):
        """The person goes back to the call, or on to the other text."""

        def __init__(self, pad: Pad, to_other: bool) -> None:
            self.pad, self.to_other = pad, to_other
            super().__init__()

    def __init__(self, call_id: int, kind: str, empty: str) -> None:
        super().__init__(id=kind)
        self.call_id, self.kind = call_id, kind
        self.head, self.editor, self.told = Rule(kind.capitalize()), Page(placeholder=empty), Told()
        self.editor.can_focus = False
        self.began: CallRow | None = None
        self._shown = ""
        self._saving: Timer | None = None
        self._busy = self._refused = False
        self.told.display = False

    def compose(self) -> ComposeResult:
        """Place title, text and what is said of it."""
        yield from (self.head, self.editor, self.told)

    @property
    def typed(self) -> bool:
        """Whether something stands here that is not saved."""
        return self.editor.text != self._shown

    @property
    def writing(self) -> bool:
        """Whether the keys are typed into it."""
        return self.editor.has_focus

    async def take(self, row: CallRow, live: str) -> None:
        """Show the text of the call, or what is true now where none was written; what was typed stays."""
        first, stored = self.began is None, getattr(row, self.kind)
        if self.typed or (self.writing and self.began is not None and getattr(self.began, self.kind) == stored):
            return
        self.began = row
        self._put(stored or live)
        if row.state != PLANNED and self.kind == AGENDA:
            self.editor.placeholder = ""
        note = {"planned": "drafted from what is true now"}.get(row.state, "none was kept")
        self.head.tell(self.kind.capitalize() + (f", {note}" if self.kind == AGENDA and not stored else ""))
        if first:
            await self._take_up(row)

    def _put(self, text: str) -> None:
        self._shown = text
        if text != self.editor.text:
            self.editor.text = text
        self._shown = self.editor.text

    async def _take_up(self, row: CallRow) -> None:
        """Take up the draft where it was left."""
        from tickets import drafts

        kept = await self.desk.attempt(drafts.load, self.desk.actor.id, 0, self._draft)
        if not kept:
            return
        draft = json.loads(kept)
        if draft["text"] == getattr(row, self.kind):
            return
        self.began = row._replace(version=draft["version"], **{self.kind: draft["base"]})
        self.editor.text = draft["text"]
        self.tell("Not saved yet: go on writing, or save it.")

    def footer_keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys that are not typed into the text."""
        return tuple((shown_key(self.desk.keys_of(each).split(",")[0]), each.footer) for each in self.OFFERS)

    @property
    def _draft(self) -> str:
        return f"call-{self.call_id}-{self.kind}"

    def tell(self, text: str, loud: bool = False) -> None:
        """Say something of the text, or nothing."""
        self.told.display = bool(text)
        self.told.tell(text, loud)

    def write(self) -> None:
        """Begin to write, at the end."""
        self.editor.can_focus = True
        self.editor.focus()
        self.editor.move_cursor(self.editor.document.end)

    @on(TextArea.Changed)
    def _typed(self) -> None:
        """Keep the draft soon, and take back what was said."""
        if not self.typed:
            return
        if self.writing and self.told.display:
            self.tell("")
        if self._saving is not None:
            self._saving.stop()
        self._saving = self.set_timer(SAVE_AFTER, self.keep_draft)

    async def keep_draft(self) -> None:
        """Keep what was typed so far."""
        from tickets import drafts

        if self._saving is not None:
            self._saving.stop()
        if not self.typed or self.began is None:
            return
        kept = {"version": self.began.version, "base": getattr(self.began, self.kind), "text": self.editor.text}
        body = json.dumps(kept, ensure_ascii=False)
        await self.desk.attempt(drafts.save, self.desk.actor.id, 0, self._draft, body, self.desk.now())

    async def on_unmount(self) -> None:
        """Keep the draft when the screen or the program ends."""
        await self.keep_draft()

    async def save(self) -> bool:
        """Save what was typed; False, with why, where that was refused: then it is kept as a draft."""
        from tickets import drafts

        if not self.typed or self.began is None:
            return True
        text, actor, at = self.editor.text, self.desk.actor.id, self.desk.now()
        try:
            saved = await self.desk.call(save_text, self.call_id, self.kind, text, self.began, actor, at)
        except (DomainError, DatabaseUnavailable) as refusal:
            await self.keep_draft()
            await self._tell_refusal(refusal)
            return False
        if self._saving is not None:
            self._saving.stop()
        self.began, self._shown, self._refused = saved, text, False
        self.tell("")
        self.head.tell(self.kind.capitalize())
        await self.desk.attempt(drafts.clear, actor, 0, self._draft)
        return True

    async def _tell_refusal(self, refusal: Exception) -> None:
        """Say why; where someone else wrote meanwhile, saving again goes through."""
        said, self._refused = str(refusal), True
        if isinstance(refusal, StaleRow):
            self.began = await self.desk.attempt(call, self.call_id) or self.began
            key = shown_key(self.desk.keys_of(SAVE).split(",")[0])
            said = f"{said.rstrip('.')}. Your text is kept; {key} saves it over theirs."
        self.tell(said, loud=True)

    async def _leave(self, to_other: bool) -> None:
        if self._busy:
            return
        self._busy = True
        try:
            left = self._refused or await self.save()
        finally:
            self._busy = False
        if left:
            self._refused = False
            await self.keep_draft()
            self.editor.can_focus = False
            self.post_message(self.Left(self, to_other))

    async def action_save(self) -> None:
        """Save, and go on writing."""
        if not self._busy:
            self._busy = True
            try:
                if await self.save():
                    self.desk.say(f"Saved the {self.kind}.")
            finally:
                self._busy = False

    async def action_leave(self) -> None:
        """Save, and go back to the call; what cannot be saved is kept as a draft the second time."""
        await self._leave(to_other=False)

    async def action_other(self) -> None:
        """Save, and go on in the other text."""
        await self._leave(to_other=True)
