"""One call: its agenda, its notes, and what comes of it."""

from __future__ import annotations

from typing import Any, NamedTuple, cast

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal

from models.errors import DatabaseUnavailable, DomainError, NotFound
from screens import call_acting
from screens.base import Concern, DeskScreen
from screens.call_commands import (
    ACTION,
    CALL_COMMANDS,
    DONE,
    DROP,
    FEEDBACK,
    ON_A_LINE,
    ONE_CALL,
    SWITCH,
    TICKET,
    WRITING,
)
from screens.call_pad import Pad
from screens.call_shapes import came_of_it, theirs, why_not_call, why_not_write
from screens.commands import Command, bindings
from screens.widgets.header import FooterLine, HeaderLine
from screens.widgets.plain_list import PlainList
from screens.widgets.summary import SummaryLine
from screens.widgets.text import clean
from screens.widgets.when import local, when
from tam import actions, agenda, feedback
from tam.actions import ActionRow
from tam.call_reading import CallRow, call
from tam.call_rules import HELD, PLANNED, name_of, party
from tam.call_texts import AGENDA, NOTES
from tam.feedback import FeedbackRow
from tam.series_reading import series

WIDE = 100
EVERY_SECONDS = 60
MOST_LINES = 6
"""How many actions and pieces of feedback are in sight; the rest by scrolling."""


class Opened(NamedTuple):
    """A call with what is true for its agenda, and what came of it."""

    call: CallRow
    zone: str
    """The customer's, in whatever zone the call is told."""
    live: str
    cadence: str
    lines: tuple[object, ...]


def opened(call_id: int, now: int) -> Opened:
    """Read a call, on the database thread; raises NotFound."""
    held = call(call_id)
    live = agenda.draft(call_id, now).text if held.state == PLANNED and not held.agenda else ""
    cadence = series(held.series_id).words if held.series_id is not None else ""
    lines = (*actions.for_call(call_id, now), *feedback.of_call(call_id))
    return Opened(held, party(held.customer_id).zone, live, cadence, lines)


class CallScreen(DeskScreen):
    """The call of that id: agenda at the left, notes at the right, actions and feedback below."""

    OFFERS = CALL_COMMANDS
    BINDINGS = bindings(CALL_COMMANDS)
    DEFAULT_CSS = """
    CallScreen { layout: vertical; }
    CallScreen #texts { height: 1fr; }
    CallScreen #notes { margin-left: 1; }
    CallScreen PlainList { height: 3; }
    CallScreen.narrow #notes { margin-left: 0; }
    CallScreen.narrow.agenda #notes, CallScreen.narrow.notes #agenda { display: none; }
    """

    def __init__(self, call_id: int) -> None:
        super().__init__()
        self.call_id = call_id
        self.held: CallRow | None = None
        self.header_line, self.footer_line, self.summary = HeaderLine("tam"), FooterLine(), SummaryLine()
        self.agenda = Pad(call_id, AGENDA, "Nothing is open. e writes an agenda.")
        self.notes = Pad(call_id, NOTES, "n writes notes. A line that begins with // stays inside.")
        self.list = PlainList(came_of_it(0, "UTC"))
        self._read_at = 0
        self.add_class(AGENDA)

    def compose(self) -> ComposeResult:
        """Place the parts."""
        yield from (self.header_line, self.summary)
        yield Horizontal(self.agenda, self.notes, id="texts")
        yield from (self.list, self.footer_line)

    def on_mount(self) -> None:
        """Read the call, and listen for changes and for the time."""
        self.set_class(self.app.size.width < WIDE, "narrow")
        self.footer_line.tell(self.footer_keys())
        self.until_removed(self.desk.changes.subscribe(lambda notes: self._read()))
        self.until_removed(self.desk.ticker.subscribe(self._tick))
        self._read()

    def on_resize(self, event: events.Resize) -> None:
        """Show both texts, or one of them."""
        self.set_class(event.size.width < WIDE, "narrow")
        self.footer_line.tell(self.footer_keys())

    def on_screen_resume(self) -> None:
        """Catch up with what happened elsewhere."""
        self._read()

    def _read(self) -> None:
        """Read again, unless something stands over the screen: then on return."""
        if not self.is_active:
            return
        self.run_worker(self._take(), group="reading")

    def _tick(self, at: int) -> int | None:
        """Draft the agenda again each minute, as long as it follows what is true."""
        if not self.is_active or self.held is None or self.held.state != PLANNED or self.held.agenda:
            return None
        if at - self._read_at >= EVERY_SECONDS:
            self._read()
        return at + EVERY_SECONDS

    async def _take(self) -> None:
        now, zone = self.desk.now(), self.desk.actor.zone
        try:
            found = await self.desk.call(opened, self.call_id, now)
        except (DomainError, DatabaseUnavailable) as refusal:
            self.desk.say(str(refusal), error=True)
            if isinstance(refusal, NotFound) and self.is_active:
                self.app.pop_screen()
            return
        if not self.is_attached:
            return
        first, self.held, self._read_at = self.held is None, found.call, now
        if first and found.call.state == HELD:
            self._turn_to(NOTES)
        self.summary.tell(self._told(found, now, zone))
        await self.agenda.take(found.call, found.live)
        await self.notes.take(found.call, "")
        self.list.shape = came_of_it(now, zone)
        self.list.styles.height = 1 + max(2, min(len(found.lines), MOST_LINES))
        self.list.show_lines(found.lines)
        self.footer_line.tell(self.footer_keys())
        if first:
            self.desk.ticker.wake()

    def _told(self, found: Opened, now: int, zone: str) -> str:
        """Return what the call is, and who is there, in two lines."""
        held = found.call
        there = theirs(held.at, zone, found.zone)
        times = f"{when(held.at, now, zone)}–{local(held.ends_at, zone):%H:%M}{f' (theirs {there})' if there else ''}"
        state = held.state + (", time to hold it" if held.state == PLANNED and held.at <= now else "")
        reason = f": {clean(held.reason)}" if held.reason else ""
        people = [clean(name_of(each)) for each in (held.person or "", *held.attendees) if each]
        second = "   ".join(part for part in (", ".join(dict.fromkeys(people)), found.cadence) if part)
        return f"{clean(held.title)} with {clean(held.customer)}   {times}   {state}{reason}"[:500] + f"\n{second}"

    # what can be done

    def concern(self) -> Concern:
        """Return whose call it is, for time that is logged."""
        return Concern(self.held and self.held.customer_id, call_id=self.call_id, activity="review call")

    @property
    def _writing(self) -> Pad | None:
        return next((pad for pad in (self.agenda, self.notes) if pad.writing), None)

    def footer_keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys of what has the focus."""
        pad = self._writing
        return pad.footer_keys() if pad is not None else super().footer_keys()

    def why_not(self, command: Command) -> str | None:
        """Say why a command cannot run on this call."""
        held, role, here = self.held, self.desk.actor.role, self.list.selected
        if held is None:
            return None
        if command in ONE_CALL:
            return why_not_call(command, held, role, self.desk.now())
        if command in (*WRITING, ACTION, FEEDBACK):
            return why_not_write(command, held, role)
        if command is SWITCH:
            return None if self.has_class("narrow") else "Both texts are in sight; e and n write in them."
        return self._why_not_line(command, here, held, role) if command in ON_A_LINE else None

    def _why_not_line(self, command: Command, here: object, held: CallRow, role: str) -> str | None:
        if here is None:
            return "Nothing came of this call yet."
        if command is TICKET:
            named = isinstance(here, FeedbackRow) and here.ticket_id is not None
            return None if named else "This line names no ticket."
        if command in (DONE, DROP) and not isinstance(here, ActionRow):
            return "That is feedback; only actions are done or dropped."
        if isinstance(here, ActionRow) and here.state != actions.OPEN:
            return f"This action is {here.state} already."
        return why_not_write(command, held, role)

    async def act(self, command: Command) -> None:
        """Run a command that lists of calls have, too."""
        if self.held is not None:
            await call_acting.perform(self, command, self.held)

    # texts

    def _turn_to(self, name: str) -> None:
        """Show that text, where there is room for one."""
        self.set_class(name == AGENDA, AGENDA)
        self.set_class(name == NOTES, NOTES)

    def _write(self, pad: Pad) -> None:
        self._turn_to(pad.kind)
        self.call_after_refresh(pad.write)

    def action_notes(self) -> None:
        """Write the notes."""
        self._write(self.notes)

    def action_agenda(self) -> None:
        """Write the agenda."""
        self._write(self.agenda)

    def action_switch(self) -> None:
        """Show the other text."""
        self._turn_to(NOTES if self.has_class(AGENDA) else AGENDA)

    @on(Pad.Left)
    def _left(self, message: Pad.Left) -> None:
        self.set_focus(None)
        if message.to_other and self.held is not None:
            other = self.notes if message.pad is self.agenda else self.agenda
            if other is self.notes or self.held.state != HELD:
                self._write(other)
        self._read()
        self.footer_line.tell(self.footer_keys())

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show the keys that work while writing."""
        self.footer_line.tell(self.footer_keys())

    async def action_redraft(self) -> None:
        """Add what is true now to the agenda."""
        if self.held is None:
            return
        if self.agenda.typed:
            self.desk.say("Save the agenda first: e, then ctrl+o.", error=True)
            return
        actor, at, before = self.desk.actor.id, self.desk.now(), self.held
        done = await self.desk.attempt(agenda.keep, self.call_id, actor, at, before.version)
        if done is not None:
            added = len(done.agenda.splitlines()) - len(before.agenda.splitlines())
            self.desk.say("Drafted the agenda again; what was written stays." if added else "The agenda is complete.")

    async def keep_drafts(self) -> None:
        """Keep what was typed and not saved."""
        for pad in (self.agenda, self.notes):
            await pad.keep_draft()

    async def action_back(self) -> None:
        """Go back to where the call was opened; what was typed is kept."""
        await self.keep_drafts()
        self.app.pop_screen()

    # what comes of it

    async def action_action(self) -> None:
        """Note an action."""
        from screens.dialogs.action import open_action

        if self.held is not None:
            await open_action(self, self.held.customer_id, self.call_id)

    async def action_feedback(self) -> None:
        """Note what the customer said."""
        from screens.dialogs.feedback import open_feedback

        if self.held is not None:
            await open_feedback(self, self.held.customer_id, self.call_id)

    async def action_line(self) -> None:
        """Change what the cursor stands on."""
        from screens.dialogs.action import open_action
        from screens.dialogs.feedback import open_feedback

        here: Any = self.list.selected
        if isinstance(here, ActionRow):
            await open_action(self, here.customer_id, here.call_id, here)
        elif isinstance(here, FeedbackRow):
            await open_feedback(self, here.customer_id, here.call_id, here)

    async def action_done(self) -> None:
        """Say that the action is done."""
        here = cast(ActionRow, self.list.selected)
        done = await self.desk.attempt(actions.done, here.id, self.desk.actor.id, self.desk.now(), here.version)
        if done is not None:
            self.desk.say(done)

    async def action_drop(self) -> None:
        """Say that the action will not be done."""
        from screens.dialogs.action import DropDialog

        await call_acting.ask(self, DropDialog(cast(ActionRow, self.list.selected)))

    async def action_ticket(self) -> None:
        """Open the ticket that the feedback names."""
        from screens.ticket import TicketScreen

        here = self.list.selected
        if isinstance(here, FeedbackRow) and here.ticket_id is not None:
            await self.app.push_screen(TicketScreen(here.ticket_id))

    # moving

    def _move(self, by: int) -> None:
        self.list.move(by)
        self.footer_line.tell(self.footer_keys())

    def action_down(self) -> None:
        """Go to the next line."""
        self._move(1)

    def action_up(self) -> None:
        """Go to the line before."""
        self._move(-1)

    def action_first(self) -> None:
        """Go to the first line."""
        self._move(-len(self.list.lines))

    def action_last(self) -> None:
        """Go to the last line."""
        self._move(len(self.list.lines))

    def _scroll(self, part: int) -> None:
        for pad in (self.agenda, self.notes):
            pad.editor.scroll_relative(y=part * max(1, pad.editor.size.height // 2), animate=False)

    def action_page_down(self) -> None:
        """Scroll agenda and notes down by half."""
        self._scroll(1)

    def action_page_up(self) -> None:
        """Scroll them up by half."""
        self._scroll(-1)
