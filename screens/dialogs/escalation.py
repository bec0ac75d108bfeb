"""A customer's call for a manager: recording it, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from textual import events, on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from models.errors import DatabaseUnavailable, DomainError
from screens.base import DeskScreen
from screens.dialogs.choices import Choice, Choices, Cycle
from screens.dialogs.frame import Dialog, Line
from screens.ticket_editor import Editor
from screens.ticket_reply import Told
from screens.widgets.text import clean
from screens.widgets.when import when
from tickets.escalation_preview import EscalationEffect, Manager
from tickets.escalation_reading import Escalated
from tickets.records import QueueRow

URGENT, PLAIN = "urgent", "non-urgent"
DRAFT = "escalate"
MEANINGS = {PLAIN: ("n", "non-urgent: asked for in the ticket"), URGENT: ("u", "urgent: by calling and by e-mail")}
ANSWER, WITHDRAW, COMPLETE, GIVE, RAISE = "answer", "withdraw", "complete", "give", "raise"


class Standing(NamedTuple):
    """What the dialogs need to know of a ticket's escalations."""

    effects: list[EscalationEffect]
    open_ones: list[Escalated]
    managers: list[Manager]


def read(ticket_id: int, now: int, zone: str) -> Standing:
    """Read it on the database thread."""
    from tickets.escalation_preview import escalation_effects, managers
    from tickets.escalation_reading import escalations

    open_ones = [each for each in escalations(ticket_id) if each.is_open]
    return Standing(escalation_effects(ticket_id, now, now, zone), open_ones, managers())


async def open_escalation(screen: DeskScreen, row: QueueRow) -> None:
    """Record an escalation, or say what becomes of the one that is open."""
    desk = screen.desk
    found = await desk.attempt(read, row.id, desk.now(), desk.actor.zone)
    if found is None:
        return

    async def answered(answer: object) -> None:
        if answer == RAISE:
            await screen.app.push_screen(EscalateDialog(row, found.effects, URGENT), answered)
        elif isinstance(answer, str):
            desk.say(answer)

    if found.open_ones:
        dialog: Dialog = EscalationDialog(row, found, desk.actor.role, desk.now(), desk.actor.zone)
    else:
        dialog = EscalateDialog(row, found.effects)
    await screen.app.push_screen(dialog, answered)


class EscalateDialog(Dialog):
    """Records an escalation; its clock starts with the first sign of it."""

    HINT = "n u choose   tab on   {do} records it   {close} closes, the reason is kept"
    DEFAULT_CSS = """
    EscalateDialog .field { height: 1; }
    EscalateDialog .field Told { width: 13; }
    """

    def __init__(self, row: QueueRow, effects: list[EscalationEffect], kind: str = PLAIN) -> None:
        super().__init__(f"The customer of #{row.id} calls for a manager")
        self.row = row
        self.choices = Choices(self._choices(effects), [each.kind for each in effects].index(kind))
        self.reason = Line("what the customer wants, in a line")
        self.called, self.mailed = Line("when they called: 14:05"), Line("when their e-mail came: 14:05")

    @staticmethod
    def _choices(effects: list[EscalationEffect]) -> list[Choice]:
        return [Choice(*MEANINGS[each.kind], (f"→ {each.line}",)) for each in effects]

    def body(self) -> Iterable[Widget]:
        """Ask how it came, why, and when."""
        yield self.choices
        yield Horizontal(Told("Reason"), self.reason, classes="field")
        yield Horizontal(Told("Called"), self.called, classes="field")
        yield Horizontal(Told("E-mailed"), self.mailed, classes="field")
        yield Told("An urgent one without a time is taken as a call just now; the first of call and e-mail counts.")

    @on(events.Mount)
    async def _take_up(self) -> None:
        """Take up a reason that was typed before."""
        from tickets import drafts

        self.reason.value = await self.desk.attempt(drafts.load, self.desk.actor.id, self.row.id, DRAFT) or ""

    @on(Choices.Taken)
    def _on_to_reason(self) -> None:
        self.reason.focus()

    @on(Input.Submitted)
    def _on_to_next(self, event: Input.Submitted) -> None:
        self.focus_next()

    @on(Input.Changed)
    async def _typed(self, event: Input.Changed) -> None:
        """Show when an answer would be due, counted from the first sign that was typed."""
        if event.input is self.reason:
            return
        try:
            first = min((each for each in self._signs() if each is not None), default=self.desk.now())
            from tickets.escalation_preview import escalation_effects

            told = (self.row.id, first, self.desk.now(), self.desk.actor.zone)
            effects = await self.desk.call(escalation_effects, *told)
        except (DomainError, DatabaseUnavailable) as refusal:
            self.refuse(str(refusal))
            return
        index = self.choices.index
        self.choices.tell(self._choices(effects))
        self.choices.move(index)
        self.tell_hint()

    def _signs(self) -> tuple[int | None, int | None]:
        from tickets.instants import typed_instant

        zone, now = self.desk.actor.zone, self.desk.now()
        return typed_instant(self.called.value, zone, now), typed_instant(self.mailed.value, zone, now)

    async def keep(self) -> None:
        """Keep the reason."""
        from tickets import drafts

        await self.desk.attempt(drafts.save, self.desk.actor.id, self.row.id, DRAFT, self.reason.value, self.desk.now())

    async def perform(self) -> object:
        """Record it."""
        from tickets import drafts, operations

        kind = (PLAIN, URGENT)[self.choices.index]
        called, mailed = self._signs()
        actor, at = self.desk.actor.id, self.desk.now()
        done = await self.desk.call(
            operations.escalate, self.row.id, kind, self.reason.value, actor, at, called_at=called, mailed_at=mailed
        )
        await self.desk.attempt(drafts.clear, actor, self.row.id, DRAFT)
        return done.sentence


def standing_lines(open_ones: list[Escalated], now: int, zone: str) -> list[str]:
    """Return a line an open escalation: its kind, since when, by which signs, whose it is, and why."""
    lines = []
    for each in open_ones:
        signs = [
            f"{name} {when(at, now, zone)}"
            for name, at in (("called", each.called_at), ("e-mailed", each.mailed_at))
            if at is not None
        ]
        since = ", ".join(signs) or f"since {when(each.raised_at, now, zone)}"
        owner = f"{clean(each.owner)} answers" if each.owner else "nobody answers yet"
        lines.append(f"{each.kind.capitalize()}, {since} · {owner} · {clean(each.reason)}")
    return lines


class EscalationDialog(Dialog):
    """Says what becomes of an open escalation: answered, withdrawn, completed, or given to another manager."""

    AUTO_FOCUS = "Choices"
    HINT = "{do} does it   {close} closes, what you typed is kept"
    DEFAULT_CSS = "EscalationDialog Editor { height: 5; }"

    def __init__(self, row: QueueRow, standing: Standing, role: str, now: int, zone: str) -> None:
        super().__init__(f"#{row.id} is escalated")
        self.row, self.standing = row, standing
        self.lines = standing_lines(standing.open_ones, now, zone)
        self.keys_of_acts = self._acts(role)
        first = 0 if self.keys_of_acts[0][1].refused is None else 1
        self.choices = Choices([choice for _, choice in self.keys_of_acts], first)
        self.text = Editor(placeholder="The answer, the reason, or the time.")
        self.manager = Cycle([f"{each.login}, {each.name}" for each in standing.managers])

    def _acts(self, role: str) -> list[tuple[str, Choice]]:
        manager = None if role in ("lead", "tam") else "managers do"
        acts = [
            (ANSWER, Choice("a", "answer: what you write is sent to the customer", (), manager)),
            (WITHDRAW, Choice("w", "withdrawn by the customer: write down why")),
        ]
        urgent = next((each for each in self.standing.open_ones if each.kind == URGENT), None)
        if urgent is None:
            acts.append((RAISE, Choice("u", "urgent now: the customer called or mailed")))
        elif missing := self._missing(urgent):
            acts.append((COMPLETE, Choice("c", f"the {missing} came too: write down its time, like 14:05")))
        if self.standing.managers:
            acts.append((GIVE, Choice("g", "give it to the manager below")))
        return acts

    @staticmethod
    def _missing(urgent: Escalated) -> str:
        return "call" if urgent.called_at is None else "e-mail" if urgent.mailed_at is None else ""

    def body(self) -> Iterable[Widget]:
        """Tell how it stands, and ask what becomes of it."""
        yield from (Told(line) for line in self.lines)
        yield from (self.choices, self.text, self.manager)

    @on(events.Mount)
    async def _take_up(self) -> None:
        """Take up what was typed before."""
        from tickets import drafts

        self.text.text = await self.desk.attempt(drafts.load, self.desk.actor.id, self.row.id, DRAFT) or ""

    @on(Choices.Taken)
    async def _taken(self) -> None:
        act = self.keys_of_acts[self.choices.index][0]
        if act == RAISE:
            await self.do()
        else:
            (self.manager if act == GIVE else self.text).focus()

    async def keep(self) -> None:
        """Keep what was typed."""
        from tickets import drafts

        await self.desk.attempt(drafts.save, self.desk.actor.id, self.row.id, DRAFT, self.text.text, self.desk.now())

    async def perform(self) -> object:
        """Do it."""
        from tickets import drafts, operations
        from tickets.instants import typed_instant

        act, choice = self.keys_of_acts[self.choices.index]
        text, actor, at = self.text.text.strip(), self.desk.actor.id, self.desk.now()
        if act == RAISE:
            return RAISE
        if act == ANSWER:
            done = await self.desk.call(operations.answer_escalation, self.row.id, actor, at, text)
        elif act == WITHDRAW:
            done = await self.desk.call(operations.withdraw_escalation, self.row.id, text, actor, at)
        elif act == GIVE:
            to = self.standing.managers[self.manager.index].id
            done = await self.desk.call(operations.assign_escalation, self.row.id, to, actor, at)
        else:
            sign = "called_at" if "call " in choice.title else "mailed_at"
            came = typed_instant(text, self.desk.actor.zone, at)
            done = await self.desk.call(operations.complete_escalation, self.row.id, actor, at, **{sign: came})
        await self.desk.attempt(drafts.clear, actor, self.row.id, DRAFT)
        return done.sentence
