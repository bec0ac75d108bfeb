"""Where a reply or a note is written: below the conversation, with what it will do told before it is done."""

from __future__ import annotations

from rich.segment import Segment
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import TextArea

from models.errors import DatabaseUnavailable, DomainError, StaleRow
from screens.base import Commanded
from screens.commands import Command, bindings, shown_key
from screens.ticket_commands import EDIT, THEN, WRITING_COMMANDS
from screens.ticket_editor import LONGEST, Editor
from screens.widgets.palette import palette_of
from screens.widgets.text import clean, fit, wrap

REPLY, NOTE = "reply", "note"
INSIDE = "only colleagues read it; stops no clock"
THENS = ("waiting", "open", "solved")
SAVE_AFTER = 0.8
"""Seconds without a key after which the draft is kept."""


class Told(Widget):
    """A sentence, in as many lines as it needs and no more than three; loud where something went wrong."""

    DEFAULT_CSS = "Told { height: auto; }"
    MOST = 3

    def __init__(self, text: str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.text, self.loud = text, False
        self._lines = [text]

    def tell(self, text: str, loud: bool = False) -> None:
        """Show this."""
        if (text, loud) != (self.text, self.loud):
            self.text, self.loud = text, loud
            count = len(self._lines)
            self._wrap(self.size.width)
            self.refresh(layout=len(self._lines) != count)

    def _wrap(self, width: int) -> None:
        self._lines = wrap(self.text, max(10, width - 2))[: self.MOST]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines the sentence needs."""
        self._wrap(width)
        return len(self._lines)

    def render_line(self, y: int) -> Strip:
        """Draw a line of it."""
        width, palette = self.size.width, palette_of(self.app)
        style = palette.clock["last"] if self.loud else palette.quiet
        return Strip([Segment(fit(f" {self._lines[y] if y < len(self._lines) else ''}", width), style)], width)


class Rule(Told):
    """A line with a title in it."""

    MOST = 1

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        width, palette = self.size.width, palette_of(self.app)
        text = f"── {clean(self.text)} "
        return Strip([Segment(fit(text + "─" * max(0, width - len(text)), width), palette.accent)], width)


class Composer(Commanded, Vertical):
    """Writes a reply or a note on one ticket."""

    OFFERS = WRITING_COMMANDS
    BINDINGS = bindings(WRITING_COMMANDS)
    DEFAULT_CSS = """
    Composer { height: 40%; min-height: 7; max-height: 16; }
    Composer Editor { height: 1fr; }
    """

    class Closed(Message):
        """The person goes back to reading; `sent`: there is no draft any more."""

        def __init__(self, sent: bool) -> None:
            self.sent = sent
            super().__init__()

    def __init__(self, ticket_id: int, kind: str, whom: str, version: int, canned: int = 0) -> None:
        super().__init__()
        self._canned = canned
        self.ticket_id, self.kind, self.whom, self.version = ticket_id, kind, whom, version
        self.state_after = THENS[0]
        self.head = Rule(self._title())
        self.editor = Editor(placeholder="Write here; the draft is kept as you type.")
        self.effect = Told(INSIDE if kind == NOTE else "")
        self._saving: Timer | None = None
        self._sending = self._sent = False
        self._kept = self._effect = ""

    def compose(self) -> ComposeResult:
        """Place title, text and effect."""
        yield from (self.head, self.editor, self.effect)

    async def on_mount(self) -> None:
        """Take up the draft where it was left."""
        from tickets import drafts

        draft = await self.desk.attempt(drafts.load, self.desk.actor.id, self.ticket_id, self.kind)
        if draft and not self.editor.text:
            self._kept = self.editor.text = draft
            self.editor.move_cursor(self.editor.document.end)
        self.editor.focus()
        await self.put_canned(self._canned or None)
        if self.kind == NOTE:
            from tickets.colleagues import colleagues

            found = await self.desk.attempt(colleagues) or ()
            self.editor.logins = tuple(each.login for each in found if each.id != self.desk.actor.id)

    async def action_canned(self) -> None:
        """Choose a canned reply for the text."""
        from screens.dialogs.working import choose_reply

        await choose_reply(self, self.put_canned, self.ticket_id)

    def action_make_canned(self) -> None:
        """Keep the text as a canned reply."""
        from screens.dialogs.making import CannedDialog

        self.app.push_screen(CannedDialog(self.editor.text, self.desk.actor.role), self._made)

    def _made(self, sentence: object) -> None:
        if isinstance(sentence, str):
            self.desk.say(sentence)

    async def put_canned(self, reply_id: object) -> None:
        """Put a canned reply where the cursor stands, filled in for this ticket; nothing where none was chosen."""
        from tickets import canned

        if not isinstance(reply_id, int):
            return
        actor, at = self.desk.actor.id, self.desk.now()
        found = await self.desk.attempt(canned.render, reply_id, self.ticket_id, actor, at)
        if found is None:
            return
        self.editor.insert(found.text)
        if found.unfilled:
            names = ", ".join(f"{{{name}}}" for name in found.unfilled)
            said = f"There is nothing to put for {names} here; write it yourself."
            # After the editor has told of its new text, which takes back what is told.
            self.call_after_refresh(self.effect.tell, said, loud=True)

    def action_edit(self) -> None:
        """Write on in the person's own editor."""
        # The app's work, not this widget's: it hands the terminal back even where the ticket goes meanwhile.
        self.app.run_worker(self._edit(), group="editing")

    async def _edit(self) -> None:
        await self.keep_draft()  # before the terminal is away: whatever happens to it, this much is safe
        before = self.editor.text
        text = await self.desk.edit(before, f"{self.kind}-{self.ticket_id}.md", LONGEST)
        if text is None or text == before:
            return
        if self.is_attached:
            self.editor.replace(text, (0, 0), self.editor.document.end)
            self.editor.move_cursor(self.editor.document.end)
            await self.keep_draft()
        else:
            await self._save(text)

    def why_not(self, command: Command) -> str | None:
        """Say why a command has nothing to do."""
        if command is EDIT and self._sending:
            return "It is being sent."
        return "A note changes no state." if command is THEN and self.kind == NOTE else None

    def footer_keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys that are not typed into the text."""
        return tuple(
            (shown_key(self.desk.keys_of(command).split(",")[0]), command.footer)
            for command in self.OFFERS
            if command.footer and self.why_not(command) is None
        )

    def tell_effect(self, text: str) -> None:
        """Show what a reply would do now; an error that is shown stays until something is typed."""
        if not self.effect.loud:
            self.effect.tell(text)
        self._effect = text

    def action_then(self) -> None:
        """Choose the next state that may follow."""
        self.state_after = THENS[(THENS.index(self.state_after) + 1) % len(THENS)]
        self.head.tell(self._title())

    async def action_keep(self) -> None:
        """Keep the draft and close."""
        await self.keep_draft()
        self.post_message(self.Closed(sent=False))

    async def keep_draft(self) -> None:
        """Keep what was typed so far."""
        if self._saving is not None:
            self._saving.stop()
        text = self.editor.text
        if self._sent or text == self._kept:
            return
        if await self._save(text):  # a program that ends may cut this short, and asks again then
            self._kept = text

    async def _save(self, text: str) -> bool:
        """Save the draft; False where that was refused, which is said."""
        from tickets import drafts

        try:
            await self.desk.call(drafts.save, self.desk.actor.id, self.ticket_id, self.kind, text, self.desk.now())
        except (DomainError, DatabaseUnavailable) as refusal:
            self.desk.say(str(refusal), error=True)
            return False
        return True

    async def on_unmount(self) -> None:
        """Keep the draft when the program ends, whatever ended it."""
        await self.keep_draft()

    async def action_send(self) -> None:
        """Send the reply or keep the note; a refusal leaves the text and says why."""
        if self._sending:
            return
        self._sending = True
        try:
            await self._send()
        except StaleRow as stale:
            await self._tell_stale(str(stale))
        except (DomainError, DatabaseUnavailable) as refusal:
            self.effect.tell(str(refusal), loud=True)
        finally:
            self._sending = False

    async def _send(self) -> None:
        from tickets import drafts, operations

        text, actor, at = self.editor.text.rstrip(), self.desk.actor.id, self.desk.now()
        if len(text) > LONGEST:
            self.effect.tell(f"The text has {len(text)} characters; a message holds {LONGEST}.", loud=True)
            return
        if self.kind == NOTE:
            done = await self.desk.call(operations.note, self.ticket_id, text, actor, at)
        else:
            done = await self.desk.call(
                operations.reply, self.ticket_id, text, actor, at, then=self.state_after, version=self.version
            )
        self._sent = True
        if self._saving is not None:
            self._saving.stop()
        await self.desk.attempt(drafts.clear, actor, self.ticket_id, self.kind)
        self.desk.say(done.sentence)
        self.post_message(self.Closed(sent=True))

    async def _tell_stale(self, said: str) -> None:
        """Say what changed meanwhile; sending again then goes through."""
        from tickets import reading

        row = await self.desk.attempt(reading.row, self.ticket_id)
        if row is not None:
            self.version = row.version
        key = shown_key(self.desk.keys_of(self.OFFERS[0]).split(",")[0])
        self.effect.tell(f"{said.rstrip('.')}. Your text is kept; {key} sends it all the same.", loud=True)

    @on(TextArea.Changed)
    def _typed(self) -> None:
        """Keep the draft soon, and take back an error that was told."""
        if self.effect.loud:
            self.effect.tell("")
            if self.kind == REPLY:
                self.tell_effect(self._effect)
        if self.kind == NOTE:
            names = ", ".join(f"@{clean(login)}" for login in self.editor.offered())
            self.effect.tell(f"tab names {names}" if names else INSIDE)
        if self._saving is not None:
            self._saving.stop()
        self._saving = self.set_timer(SAVE_AFTER, self.keep_draft)

    def _title(self) -> str:
        if self.kind == NOTE:
            return "Note, internal"
        return f"Reply to {self.whom} · then {self.state_after}"
