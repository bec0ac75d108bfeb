"""The timer: what it measures, and to start, pause, switch, stop or discard it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from textual import events, on
from textual.widget import Widget
from textual.widgets import Input

from models.errors import DomainError
from screens.base import Concern
from screens.dialogs.choices import Choice, Choices
from screens.dialogs.frame import Dialog, Line
from screens.dialogs.log_time import beginning, draft_of
from screens.dialogs.time_line import Preview, TimeLine, preview_lines
from screens.ticket_reply import Told
from screens.widgets.text import clean
from screens.widgets.when import when
from tam import entry_completion, entry_preview, timer
from tam.entry_preview import Understood
from tam.entry_words import clock_text, hours_text, whole_minutes
from tam.timer import TimerRow
from tam.week_cell import cell_minutes
from tickets import drafts

EXAMPLE = "acme review call #1042, what it is about"
DRAFT = "timer"
STOP, PAUSE, NOTE, SWITCH, DISCARD = "s", "p", "n", "w", "d"


class NotReady(DomainError):
    """The line does not say enough yet."""


class Held(NamedTuple):
    """The person's timer; None where there is none."""

    timer: TimerRow | None


def read(person_id: int) -> Held:
    """Read it; runs on the database thread."""
    return Held(timer.running(person_id))


class TimerDialog(Dialog):
    """Answers the sentences of what was done; `held` is the timer that runs or is paused."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    TimerDialog TimeLine, TimerDialog Preview, TimerDialog .note, TimerDialog .length { display: none; }
    TimerDialog.line TimeLine, TimerDialog.line Preview { display: block; }
    TimerDialog.note .note, TimerDialog.stop .length { display: block; }
    TimerDialog.line Choices, TimerDialog.note Choices { display: none; }
    TimerDialog #hint { margin-top: 0; }
    """

    def __init__(self, held: TimerRow | None, concern: Concern) -> None:
        super().__init__("Start a timer" if held is None else f"Timer for {clean(held.customer)}")
        self.held, self.concern_here = held, concern
        self.doing = SWITCH if held is None else ""
        self.line, self.told, self.found = TimeLine(EXAMPLE), Preview(), None
        self.note = Line("what the time was for, in a line")
        self.note.add_class("note")
        self.length = Line("how long it was, where that is not right: 1:30 or 90m")
        self.length.add_class("length")
        self.choices = Choices(_choices(held) if held else [], keys_take=True)
        self.measured = Told()
        self._asked = ""

    found: Understood | None

    def body(self) -> Iterable[Widget]:
        """Tell what it measures, and ask what to do."""
        if self.held is not None:
            yield self.measured
            yield self.choices
        yield from (self.line, self.note, self.length, self.told)

    @on(events.Mount)
    async def _begin(self) -> None:
        """Ask what to do with the timer, or for what to start one."""
        if self.held is None:
            await self._ask_line()
            return
        self.note.value = clean(" ".join(self.held.note.split()))
        self.ending = self.desk.ticker.subscribe(self._tick)
        self.choices.focus()

    async def on_unmount(self) -> None:
        """Measure no more."""
        if self.held is not None:
            self.ending()

    def _tick(self, at: int) -> int | None:
        """Tell the time that is measured, each minute anew."""
        held = self.held
        if held is None or not self.is_attached:
            return None
        ticket = f", #{held.ticket_id}" if held.ticket_id else ""
        state = "paused" if held.is_paused else "running"
        begun = when(held.started_at, at, self.desk.actor.zone)
        seconds = held.elapsed(at)
        self.measured.tell(f"{clock_text(seconds // 60)} h {state}: {held.activity}{ticket}, since {begun}")
        return None if held.is_paused else at + 60 - seconds % 60

    # what is asked next

    def tell_hint(self) -> None:
        """Say what to press."""
        if self.doing == SWITCH:
            self.HINT = "enter starts it   tab completes   {close} closes, kept"
        elif self.doing in (STOP, NOTE):
            does = "stops it and keeps the time   tab goes on" if self.doing == STOP else "keeps the note"
            self.HINT = f"enter {does}   {{close}} closes"
        else:
            self.HINT = "a letter or enter does it   {close} closes, nothing is changed"
        super().tell_hint()

    async def _ask_line(self) -> None:
        self.doing = SWITCH
        self.add_class("line")
        kept = await self.desk.attempt(drafts.load, self.desk.actor.id, *draft_of(self.concern_here, DRAFT))
        given = await self.desk.attempt(beginning, self.concern_here)
        if not self.line.value:
            self.line.value = kept or given or ""
            self.line.cursor_position = len(self.line.value)
        self.line.focus()
        self.tell_hint()
        await self._understand()

    @on(Choices.Taken)
    async def _taken(self) -> None:
        """Do it at once, or ask for what it needs."""
        chosen = self.choices.chosen
        key = chosen.key if chosen else ""
        if key == SWITCH:
            await self._ask_line()
        elif key in (STOP, NOTE):
            self.doing = key
            self.add_class("note")
            self.set_class(key == STOP, "stop")
            self.note.focus()
            self.tell_hint()
        elif key == DISCARD:
            await self._ask_discard()
        else:
            self.doing = PAUSE
            await self.do()

    async def _ask_discard(self) -> None:
        from screens.dialogs.confirm import ConfirmDialog

        held = self.held
        if held is not None:
            length = hours_text(whole_minutes(held.elapsed(self.desk.now())))
            told = f"{length} for {held.customer}, {held.activity}, would be kept nowhere; u takes it back."
            dialog = ConfirmDialog("Discard the timer?", told, "leave it", "discard it")
            await self.app.push_screen(dialog, self._discard)

    async def _discard(self, answer: object) -> None:
        if answer:
            self.doing = DISCARD
            await self.do()

    # the line

    @on(Input.Changed, "TimeLine")
    async def _understand(self) -> None:
        text = self.line.value
        if self.doing != SWITCH or not text.strip():
            self.found = None
            self.told.tell([("quiet", "Whose, what on; after a comma a note. It runs until you stop it.")])
            return
        found = await self.desk.attempt(self._read, text)
        if found is not None and self.is_attached and text == self.line.value:
            self.found, self._asked = found, text
            self.told.tell(preview_lines(found, timed=True))

    def _read(self, text: str) -> Understood:
        """Runs on the database thread."""
        return entry_preview.understand(text, self.desk.actor.id, self.desk.now(), length=False)

    @on(TimeLine.Wanted)
    async def _complete(self) -> None:
        line = self.line.value
        found = await self.desk.attempt(lambda: entry_completion.completions(line, entry_preview.names()))
        if line == self.line.value:
            self.line.offer(found or [])

    @on(Input.Submitted)
    async def _submitted(self) -> None:
        await self.do()

    async def keep(self) -> None:
        """Keep the line that was typed."""
        given = await self.desk.attempt(beginning, self.concern_here) or ""
        body = self.line.value if self.line.value.strip() != given.strip() else ""
        if self.doing == SWITCH:
            draft = draft_of(self.concern_here, DRAFT)
            await self.desk.attempt(drafts.save, self.desk.actor.id, *draft, body, self.desk.now())

    # doing it

    async def perform(self) -> object:
        """Do what was chosen; answer its sentences."""
        actor, at = self.desk.actor.id, self.desk.now()
        if self.doing == SWITCH:
            return await self._start(actor, at)
        if self.doing == STOP:
            minutes = cell_minutes(self.length.value) or None
            logged = await self.desk.call(timer.stop, actor, at, self.note.value, minutes)
            return (logged.sentence, *logged.warnings)
        if self.doing == NOTE:
            await self.desk.call(timer.note, self.note.value, actor, at)
            return ("The note is kept with the timer.",)
        if self.doing == DISCARD:
            return (await self.desk.call(timer.discard, actor, at),)
        if self.doing != PAUSE or self.held is None:
            return None
        act = timer.resume if self.held.is_paused else timer.pause
        held = await self.desk.call(act, actor, at)
        told = clock_text(held.elapsed(at) // 60)
        return (f"The timer for {held.customer} {'stands' if held.is_paused else 'goes on'} at {told} h.",)

    async def _start(self, actor: int, at: int) -> object:
        if self._asked != self.line.value or self.found is None:
            await self._understand()
        found, here = self.found, self.concern_here
        if found is None or not found.ready:
            raise NotReady(found.problems[0] if found else f"Type for whom, such as {EXAMPLE}.")
        said, linked = found.parsed, found.parsed.customer_id == here.customer_id
        links: dict[str, Any] = {"call_id": here.call_id, "item_id": here.item_id} if linked else {}
        started = await self.desk.call(
            timer.switch if self.held is not None else timer.start,
            said.customer_id or 0,
            said.activity,
            actor,
            at,
            ticket_id=said.ticket_id,
            counts=said.counts,
            billable=said.billable,
            note=said.note,
            **links,
        )
        await self.desk.attempt(drafts.clear, actor, *draft_of(here, DRAFT))
        before = (started.logged.sentence, *started.logged.warnings) if started.logged else ()
        return (*before, f"A timer runs for {started.timer.customer}: {started.timer.activity}.")


def _choices(held: TimerRow) -> list[Choice]:
    return [
        Choice(STOP, "stop it and keep the time"),
        Choice(PAUSE, "go on" if held.is_paused else "pause it"),
        Choice(NOTE, "say what it is for, while it runs"),
        Choice(SWITCH, "switch: keep this time, and start another timer"),
        Choice(DISCARD, "discard it: keep no time"),
    ]
