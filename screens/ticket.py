"""One ticket: its conversation, its facts, its clock, and where the answer is written."""

from __future__ import annotations

from collections.abc import Coroutine, Sequence
from typing import Any

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from models.errors import DatabaseUnavailable, DomainError, NotFound
from models.words import RUNNING
from screens.base import Concern, DeskScreen
from screens.commands import BACK, CANNED, MACRO, NEW, WHY, Command, bindings
from screens.dialogs import acting
from screens.process_commands import PROCESS_COMMANDS
from screens.ticket_clock import Named, TicketClock, live, settled
from screens.ticket_commands import READING_COMMANDS
from screens.ticket_conversation import Conversation
from screens.ticket_facts import SIDE, FactsPanel, Summary
from screens.ticket_reasons import READ_ONLY, why_not
from screens.ticket_reply import REPLY, Composer
from screens.ticket_talk import Talk
from screens.ticket_title import TitleLine
from screens.widgets.clock_text import ClockText
from screens.widgets.header import FooterLine, HeaderLine
from screens.widgets.presence import PresenceLine
from screens.widgets.text import clean
from tickets import reading, ticket_reading
from tickets.records import Basis, QueueRow

WIDE = 100
"""From how many cells on the facts stand beside the conversation."""
PAGE = 100
"""How many messages are read at a time."""


class TicketScreen(DeskScreen):
    """The ticket of that number.

    `write` opens a reply or a note at once, with a canned reply in it; `at` is the key of the message to begin with.
    """

    OFFERS = (*READING_COMMANDS, *PROCESS_COMMANDS)
    BINDINGS = bindings(OFFERS)
    DEFAULT_CSS = f"""
    TicketScreen {{ layout: vertical; }}
    TicketScreen HeaderLine, TicketScreen TitleLine, TicketScreen FooterLine {{ height: 1; }}
    TicketScreen #middle {{ height: 1fr; margin-top: 1; }}
    TicketScreen.narrow #middle {{ margin-top: 0; }}
    TicketScreen #talk {{ width: 1fr; }}
    TicketScreen #facts {{ width: {SIDE}; border-left: vkey $panel; }}
    TicketScreen.narrow #facts {{ display: none; }}
    TicketScreen.facts #talk {{ display: none; }}
    TicketScreen.facts #facts {{ display: block; width: 1fr; border-left: none; }}
    TicketScreen Summary {{ display: none; }}
    TicketScreen.narrow Summary {{ display: block; }}
    TicketScreen.narrow.facts Summary {{ display: none; }}
    """

    def __init__(self, ticket_id: int, write: str = "", *, canned: int = 0, at: tuple[int, int] | None = None) -> None:
        super().__init__()
        self.ticket_id, self._write, self._canned, self._at = ticket_id, write, canned, at
        self.row: QueueRow | None = None
        self.facts: ticket_reading.TicketFacts | None = None
        self._bases: dict[int, Basis] = {}
        self.header_line, self.footer_line = HeaderLine("queue"), FooterLine()
        self.title_line, self.summary = TitleLine(ticket_id), Summary()
        self.clock, self.panel = TicketClock(), FactsPanel()
        self.presence = PresenceLine(ticket_id)
        self.composer: Composer | None = None
        self._reading_more: set[str] = set()
        self._effect_due = 0

    def compose(self) -> ComposeResult:
        """Place the parts."""
        self.talk = Talk(self.desk.actor.zone)
        self.conversation = Conversation(self.talk)
        yield from (self.header_line, self.title_line, self.summary, self.presence)
        with Horizontal(id="middle"):
            yield Vertical(self.conversation, id="talk")
            yield Vertical(self.clock, self.panel, id="facts")
        yield self.footer_line

    async def on_mount(self) -> None:
        """Read the ticket, and listen for changes and for the ticker."""
        self.set_class(self.app.size.width < WIDE, "narrow")
        self.footer_line.tell(self.footer_keys())
        self.until_removed(self.desk.changes.subscribe(self._changed))
        self._read(self._open())

    def on_resize(self, event: events.Resize) -> None:
        """Fold or unfold the facts."""
        self.set_class(event.size.width < WIDE, "narrow")
        self.desk.ticker.wake()

    def on_screen_resume(self) -> None:
        """Catch up with the time that passed behind another screen."""
        self.desk.ticker.wake()

    def why_not(self, command: Command) -> str | None:
        """Say why a command cannot run on this ticket."""
        if command.id == NEW.id:
            return READ_ONLY if self.desk.actor.role == "read-only" else None
        if command in (WHY, BACK) or self.row is None:
            return None
        return why_not(command, self.row, self.desk.actor)

    def footer_keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys of what has the focus."""
        return self.composer.footer_keys() if self.composer is not None else super().footer_keys()

    async def act(self, command: Command) -> None:
        """Run a command on this ticket."""
        if command in (MACRO, CANNED):
            from screens.dialogs import working

            await working.perform(self, command, self.chosen_tickets(), self.unmark)
            return
        await acting.perform(self, command, self.ticket_id)

    def concern(self) -> Concern:
        """Return this ticket: time that is logged here is for it."""
        return Concern(ticket_id=self.ticket_id)

    def chosen_tickets(self) -> list[int]:
        """Return this one: what is done to many is done to it."""
        return [self.ticket_id]

    def unmark(self, ticket_ids: Sequence[int]) -> None:
        """Nothing is marked here."""

    # reading

    def _read(self, work: Coroutine[Any, Any, None]) -> None:
        self.run_worker(work, group="reading")

    async def _open(self) -> None:
        """Read the newest page and the facts, once; then the clock lives."""
        await self._take_facts()
        messages = await self.desk.attempt(ticket_reading.conversation, self.ticket_id, limit=PAGE)
        if messages is None or self.row is None:
            return
        self.talk.open(messages, len(messages) < PAGE, self.desk.now())
        if self._at is not None:
            await self._show_message(self._at)
        self.conversation.redraw()
        self.until_removed(self.desk.ticker.subscribe(self._tick))
        await self._see()
        if self._write:
            await self.write(self._write, self._canned)

    async def _show_message(self, key: tuple[int, int]) -> None:
        """Scroll to a message, however old it is."""
        ask, (at, number) = ticket_reading.conversation, key
        after = await self.desk.attempt(ask, self.ticket_id, after=(at, number - 1), limit=PAGE)
        before = await self.desk.attempt(ask, self.ticket_id, before=key, limit=PAGE)
        if after and before is not None:
            self.talk.open_at(before, after, len(before) < PAGE, len(after) < PAGE, self.desk.now())

    def _changed(self, notes: list[Any]) -> None:
        """Read again what someone, here or elsewhere, has changed."""
        if any(note.ticket_id in (self.ticket_id, None) for note in notes):
            self._read(self._read_again())

    async def _see(self) -> None:
        """Note that I have seen where I was named."""
        from tickets.mentions import mark_seen

        if self.is_active:
            await self.desk.attempt(mark_seen, self.desk.actor.id, self.ticket_id, self.desk.now())

    async def _read_again(self) -> None:
        """Take over what changed and keep what is in view in view."""
        await self._take_facts()
        await self._see()
        if not self.talk.at_end:
            return
        limit = len(self.talk.messages) + PAGE
        messages = await self.desk.attempt(ticket_reading.conversation, self.ticket_id, limit=limit)
        if messages is not None:
            self.talk.replace(messages, len(messages) < limit, self.desk.now())
            self.conversation.redraw()

    async def _take_facts(self) -> None:
        try:
            found = await self.desk.call(ticket_reading.facts, self.ticket_id, self.desk.now(), self.desk.actor.zone)
        except (DomainError, DatabaseUnavailable) as refusal:
            self.desk.say(str(refusal), error=True)
            if isinstance(refusal, NotFound) and self.is_active:
                self.app.pop_screen()
            return
        self.facts, self.row = found, found.row
        needed = {clock.basis_id for clock in found.clocks if clock.state == RUNNING} | {self.row.basis_id or 0} - {0}
        if needed:
            self._bases = await self.desk.attempt(reading.bases, needed, self.desk.now()) or {}
        row = self.row
        theirs = f" (they say {row.customer_severity})" if row.customer_severity not in (None, row.severity) else ""
        owner = clean(row.owner) if row.owner else "nobody's"
        self.title_line.tell(f"#{row.id}  {clean(row.subject)}", f"sev {row.severity}{theirs} · {row.state} · {owner}")
        self.panel.tell(found)
        self._effect_due = 0
        self._tick(self.desk.now())
        self.desk.ticker.wake()
        self.footer_line.tell(self.footer_keys())

    def _tick(self, at: int) -> int | None:
        """Draw the clocks where their text changed; answer when one changes next."""
        if self.row is None or self.facts is None or not self.is_active:
            return None
        clocks = live(self.row, self.facts.clocks, self._bases, at)
        self._show_clocks([each._replace(clock=self._answered_late(each.clock)) for each in clocks])
        clock = clocks[0].clock
        next_at = min((each.clock.next_at for each in clocks if each.clock.next_at is not None), default=None)
        if self.composer is None or self.composer.kind != REPLY:
            return next_at
        if at >= self._effect_due:
            due = self.row.due_at or at
            self._effect_due = at + ((due - at) % 60 or 60)
            self._read(self._tell_effect())
        effect = self._effect_due if clock.next_at is not None and not clock.still else None
        return min((instant for instant in (next_at, effect) if instant is not None), default=None)

    def _answered_late(self, clock: ClockText) -> ClockText:
        """Return what a missed clock has cost, once it is answered; any other as it is."""
        if self.facts is None or self.facts.row.clock_state != "missed":
            return clock
        return settled(self.facts.clocks) or clock

    def _show_clocks(self, clocks: Sequence[Named]) -> None:
        """Tell only the widget that is visible: a hidden one that is drawn draws the whole screen."""
        if self.facts is None or not self.has_class("narrow") or self.has_class("facts"):
            self.clock.tell(clocks)
            return
        reason = self.facts.clock[0][1] if self.facts.clock else ""
        plan = self.facts.contract[0][1] if self.facts.contract else ""
        told = " · ".join(clean(part) for part in (self.facts.row.customer, self.facts.contact, plan) if part)
        times = "   ".join(f"{clock.text} {name}".rstrip() for name, clock in clocks)
        line = times if times.endswith(reason) else f"{times}   {clean(reason)}"
        self.summary.tell(((clocks[0].clock.level, line), ("", told)))

    async def _tell_effect(self) -> None:
        from tickets import preview

        effect = await self.desk.attempt(preview.reply_effect, self.ticket_id, self.desk.now())
        if effect is not None and self.composer is not None:
            self.composer.tell_effect(effect)

    @on(Conversation.Scrolled)
    def _read_on(self) -> None:
        """Read the next page in either direction before the screen gets there."""
        for side, key in zip(("before", "after"), self.talk.wanted(), strict=True):
            if key is not None and side not in self._reading_more:
                self._reading_more.add(side)
                self._read(self._read_page(side, key))

    async def _read_page(self, side: str, key: tuple[int, int]) -> None:
        try:
            found = await self.desk.attempt(ticket_reading.conversation, self.ticket_id, limit=PAGE, **{side: key})
        finally:
            self._reading_more.discard(side)
        if found is None:
            return
        if side == "before":
            self.talk.prepend(key, found, len(found) == PAGE)
        else:
            self.talk.append(key, found, len(found) == PAGE)
        self.conversation.redraw()

    # moving

    def _scroll(self, by: int) -> None:
        (self.panel if self.has_class("facts") else self.conversation).scroll_lines(by)

    def action_down(self) -> None:
        """Scroll down by a line."""
        self._scroll(1)

    def action_up(self) -> None:
        """Scroll up by a line."""
        self._scroll(-1)

    def action_page_down(self) -> None:
        """Scroll down by half a screen."""
        self._scroll(max(1, self.conversation.size.height // 2))

    def action_page_up(self) -> None:
        """Scroll up by half a screen."""
        self._scroll(-max(1, self.conversation.size.height // 2))

    def action_first(self) -> None:
        """Go to the first message."""
        if self.has_class("facts"):
            self.panel.scroll_lines(-10_000)
        elif self.talk.at_start:
            self.talk.start()
            self.conversation.redraw()
        else:
            self._read(self._show_first())

    def action_last(self) -> None:
        """Go to the newest message."""
        if self.has_class("facts"):
            self.panel.scroll_lines(10_000)
        elif self.talk.at_end:
            self.talk.end()
            self.conversation.redraw()
        else:
            self._read(self._show_last())

    async def _show_first(self) -> None:
        found = await self.desk.attempt(ticket_reading.conversation, self.ticket_id, after=(-(2**62), 0), limit=PAGE)
        if found is not None:
            self.talk.open_start(found, len(found) < PAGE, self.desk.now())
            self.conversation.redraw()

    async def _show_last(self) -> None:
        found = await self.desk.attempt(ticket_reading.conversation, self.ticket_id, limit=PAGE)
        if found is not None:
            self.talk.open(found, len(found) < PAGE, self.desk.now())
            self.conversation.redraw()

    async def action_more(self) -> None:
        """Show more of a long message."""
        cut = self.talk.cut()
        if cut is None:
            self.desk.say("No message in view is cut.")
            return
        longer = await self.desk.attempt(ticket_reading.body, *cut)
        if longer is not None:
            self.talk.lengthen(cut[0], longer)
            self.conversation.redraw()

    def action_facts(self) -> None:
        """Show the facts over the whole width, or fold them again."""
        self.toggle_class("facts")
        self.desk.ticker.wake()

    async def action_back(self) -> None:
        """Fold the facts, or go back to where the ticket was opened."""
        if self.has_class("facts"):
            self.action_facts()
        else:
            self.app.pop_screen()

    # writing

    async def write(self, kind: str, canned: int = 0) -> None:
        """Open the reply or the note below the conversation; another one that is open is kept as a draft.

        A canned reply is put where the cursor stands.
        """
        if self.row is None:
            return
        if self.composer is not None:
            if self.composer.kind == kind:
                self.composer.editor.focus()
                await self.composer.put_canned(canned or None)
                return
            await self._put_away(keep=True)
        self.remove_class("facts")
        whom = clean(self.facts.contact if self.facts is not None and self.facts.contact else self.row.customer)
        self.composer = Composer(self.ticket_id, kind, whom, self.row.version, canned)
        follows = self.talk.at_bottom
        await self.query_one("#talk").mount(self.composer)
        if follows:
            self.talk.end()
        self._effect_due = 0
        self.presence.tell(writing=True)
        self.footer_line.tell(self.footer_keys())
        self.desk.ticker.wake()

    @on(Composer.Closed)
    async def _stop_writing(self, message: Composer.Closed) -> None:
        await self._put_away(keep=not message.sent)
        if message.sent:
            await self._read_again()
            self.action_last()

    async def _put_away(self, keep: bool) -> None:
        composer, self.composer = self.composer, None
        if composer is not None:
            if keep:
                await composer.keep_draft()
            self.set_focus(None)
            await composer.remove()
            self.presence.tell(writing=False)
        self.footer_line.tell(self.footer_keys())
