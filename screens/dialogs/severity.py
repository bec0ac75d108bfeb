"""Another severity: what each means, and what it would do to the due time, before it is done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import events, on
from textual.app import App
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from models.errors import StaleRow
from screens.dialogs.choices import Choice, Choices, Cycle
from screens.dialogs.frame import Dialog, Line
from screens.ticket_reply import Told
from screens.widgets.text import fit, wrap
from tickets.preview import SeverityEffect
from tickets.records import QueueRow
from tickets.severity_rules import ASSESSED, RESTORED, lowering

WIDEST = 68
FRAME = 12
"""Cells beside the words of a choice: the box, and how far they are set in."""
AROUND = 9
"""Lines of the dialog beside the choices."""
SMALL, LARGE = 24, 30
"""Lines of a screen: below the first no definition has room, from the second on each has."""
EFFECT, ROOM = 2, 3
"""Lines at most of an effect, and of a definition on a large screen."""
DRAFT = "severity"


def choices_of(effects: Sequence[SeverityEffect], columns: int, lines: int, chosen: int) -> list[Choice]:
    """Return a choice a severity: what it would do first, then what it means, as far as the screen has lines.

    Where they do not suffice for all, the chosen one (an index) has those that the others leave.
    """
    small = lines < SMALL
    width = max(20, min(WIDEST, columns - FRAME))
    told = [
        [fit(f"→ {each.line}", width)] if small else _begin(f"→ {each.line}", width, EFFECT, "  ") for each in effects
    ]
    room = 0 if small else ROOM if lines >= LARGE else 1
    left = lines - AROUND - sum(1 + len(each) for each in told) - room * (len(effects) - 1)
    found = []
    for index, effect in enumerate(effects):
        most = max(room, left) if index == chosen and not small else room
        means = _begin(effect.definition, width, most) if most else []
        found.append(Choice(str(effect.severity), effect.name, (*told[index], *means), effect.refused))
    return found


def _begin(text: str, width: int, most: int, further: str = "") -> list[str]:
    """Return the first lines of a text, an ellipsis where it is cut; `further` stands before all but the first."""
    lines = wrap(text, width)
    if len(lines) > most:
        cut = lines[most - 1][: width - 2]
        lines = [*lines[: most - 1], f"{cut.rsplit(' ', 1)[0]} …"]
    return [lines[0], *(further + line for line in lines[1:])]


class Levels(Choices):
    """The severities; the chosen one says whole what it means."""

    def __init__(self, effects: Sequence[SeverityEffect], size: Size, at: int) -> None:
        self._effects, self._size_of_app = effects, size
        super().__init__(choices_of(effects, *size, at), at)

    def move(self, by: int) -> None:
        """Choose another one, and say what it means."""
        super().move(by)
        self.choices = tuple(choices_of(self._effects, *self._size_of_app, self.index))
        self.refresh(layout=True)


REASONS = (ASSESSED, RESTORED)


class Because(Cycle):
    """Why the level changes: it was another from the start, or service came back."""

    class Taken(Message):
        """Enter was pressed."""

    def on_key(self, event: events.Key) -> None:
        """Go on with enter; the other keys change the value."""
        if event.key == "enter":
            event.stop()
            self.post_message(self.Taken())


class SeverityDialog(Dialog):
    """Changes a ticket's severity; a reason is needed.

    At a level that speaks of service it is asked whether service came back (annex 2023-11-15, "Severity Level").
    """

    HINT = "1-4 choose   enter on   {do} sets it   {close} closes, the reason is kept"

    def __init__(self, row: QueueRow, effects: list[SeverityEffect], app: App[object]) -> None:
        super().__init__(f"Severity of #{row.id}: {row.severity} now")
        self.row, self.version = row, row.version
        now = next((index for index, effect in enumerate(effects) if effect.severity == row.severity), 0)
        self.choices = Levels(effects, app.size, now)
        self.lowering = lowering(row.severity)
        back = self.lowering.when if self.lowering else ""
        self.because = Because(("assessed: the level was another from the start", f"restored: {back}"))
        self.label = Told("Reason")
        self.reason = Line("what changed, in a line; the customer may be told")

    def body(self) -> Iterable[Widget]:
        """Ask for the severity and the reason."""
        self.because.display = False
        return (self.choices, self.label, self.because, self.reason)

    @on(events.Mount)
    async def _take_up(self) -> None:
        """Take up a reason that was typed before."""
        from tickets import drafts

        self.reason.value = await self.desk.attempt(drafts.load, self.desk.actor.id, self.row.id, DRAFT) or ""

    @on(Choices.Taken)
    def _on_from_level(self) -> None:
        """Ask whether service came back where the annex lets this level follow."""
        chosen = self.choices.chosen
        asks = bool(self.lowering and chosen and int(chosen.key) in self.lowering.to)
        # It takes the line of the label, so that the dialog fits on the smallest screen.
        self.because.display, self.label.display = asks, not asks
        if not asks:
            self.because.tell(self.because.values)
        (self.because if asks else self.reason).focus()

    @on(Because.Taken)
    def _on_to_reason(self) -> None:
        self.reason.focus()

    @on(Input.Submitted)
    async def _submitted(self) -> None:
        await self.do()

    async def keep(self) -> None:
        """Keep the reason."""
        from tickets import drafts

        await self.desk.attempt(drafts.save, self.desk.actor.id, self.row.id, DRAFT, self.reason.value, self.desk.now())

    async def perform(self) -> object:
        """Change it."""
        from tickets import drafts, operations, reading

        chosen, actor = self.choices.chosen, self.desk.actor.id
        if chosen is None:
            return None
        try:
            done = await self.desk.call(
                operations.change_severity,
                self.row.id,
                int(chosen.key),
                self.reason.value,
                actor,
                self.desk.now(),
                self.version,
                REASONS[self.because.index],
            )
        except StaleRow:
            row = await self.desk.attempt(reading.row, self.row.id)
            self.version = row.version if row is not None else self.version
            raise
        await self.desk.attempt(drafts.clear, actor, self.row.id, DRAFT)
        return done.sentence
