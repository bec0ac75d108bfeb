"""What the parts of an onboarding have in common: a list, details of the line, the report, and who may do what."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from rich.cells import cell_len
from rich.segment import Segment
from textual.screen import Screen
from textual.strip import Strip

from models.words import READ_ONLY as READER
from onboarding.reading import ItemLine
from onboarding.rules import MANAGERS
from screens.base import Concern, DeskScreen
from screens.commands import BACK, LIST_COMMANDS, Command
from screens.list_screen import ListScreen
from screens.onboarding_commands import GATE, GO_LIVE, PARTS, REPORT, SCOPE, SCORECARD, SESSIONS, TIMELINE
from screens.ticket_reasons import READ_ONLY
from screens.widgets.direct import DirectWidget
from screens.widgets.palette import palette_of
from screens.widgets.plain_list import Shape
from screens.widgets.text import clean, fit, wrap

Told = list[tuple[str, str]]
"""Pairs of style and line."""
LABEL = 13
"""Cells of a label in the details."""


def labelled(label: str, text: str, style: str = "plain") -> tuple[str, str]:
    """Return a line of details that begins with what it is about."""
    return style, f"{label:<{LABEL}}{clean(text)}"


class Details(DirectWidget):
    """What the line under the cursor says in full, below a rule; `small` and `large` are its lines with the rule."""

    def __init__(self, small: int, large: int) -> None:
        super().__init__()
        self.small, self.large = small, large
        self.title, self.lines = "", list[tuple[str, str]]()

    def tell(self, title: str, lines: Told) -> None:
        """Show these."""
        if (title, lines) != (self.title, self.lines):
            self.title, self.lines = title, lines
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw a line; one that is too long goes on below its own label."""
        width, palette = self.size.width, palette_of(self.app)
        if y == 0:
            head = f"── {clean(self.title)} " if self.title else ""
            return Strip([Segment(fit(head + "─" * max(0, width - cell_len(head)), width), palette.quiet)], width)
        shown = self._wrapped(width - 2)
        style, text = shown[y - 1] if y <= len(shown) else ("plain", "")
        if y == self.size.height - 1 and len(shown) > y:
            style, text = "quiet", f"… {len(shown) - y + 1} more lines"
        return Strip([Segment(fit(f" {text}", width), palette.named(style))], width)

    def _wrapped(self, room: int) -> Told:
        found = []
        for style, text in self.lines:
            label, said = text[:LABEL], text[LABEL:]
            if label.endswith(" ") and len(text) > room:
                parts = wrap(said, max(10, room - LABEL))
                found += [(style, f"{label if row == 0 else ' ' * LABEL}{part}") for row, part in enumerate(parts)]
            else:
                found += [(style, part) for part in wrap(text, max(10, room))]
        return found


class PartScreen(ListScreen):
    """A part of one onboarding."""

    FOR_MANAGERS: tuple[Command, ...] = ()
    """What only a TAM or a lead does."""
    FOR_ALL: tuple[Command, ...] = ()
    """What those do too who may only look."""
    HERE: Command | None = None
    """The part that this is."""
    LINES = (5, 9)
    """How many lines the details have on a low and on a high screen."""
    HIGH = 30

    def __init__(self, shape: Shape, onboarding_id: int) -> None:
        super().__init__("onboarding", shape)
        self.onboarding_id = onboarding_id
        self.customer, self.customer_id = "", 0
        self.details = Details(*self.LINES)

    def below(self) -> tuple[Details]:
        """Return the details."""
        return (self.details,)

    def on_mount(self) -> None:
        """Give the details their lines."""
        self._fit(self.size.height)

    def on_resize(self) -> None:
        """Give the details as many lines as there is room for."""
        self._fit(self.size.height)

    def _fit(self, height: int) -> None:
        self.details.styles.height = self.details.large if height >= self.HIGH else self.details.small

    def concern(self) -> Concern:
        """Return the customer."""
        return Concern(customer_id=self.customer_id or None)

    def why_not(self, command: Command) -> str | None:
        """Say who may do it, else what stands against it here."""
        if command is self.HERE:
            return "You are there."
        if command not in self.OFFERS or command in (*LIST_COMMANDS, *PARTS, GATE, BACK):
            return None
        role = self.desk.actor.role
        if command not in self.FOR_ALL:
            if role == READER:
                return READ_ONLY
            if command in self.FOR_MANAGERS and role not in MANAGERS:
                return "Only a TAM or a lead does that."
        return self.obstacle(command)

    def obstacle(self, command: Command) -> str | None:
        """Return what stands against a command here and now; None where nothing does."""
        return None

    async def ask(self, dialog: Screen[object]) -> None:
        """Open a dialog, and say what it did."""
        await self.app.push_screen(dialog, partial(answered, self))

    async def do(self, function: Callable[..., object], *arguments: Any, **named: Any) -> None:
        """Run an operation and say what it did; a refusal becomes a toast."""
        done = await self.desk.attempt(function, *arguments, **named)
        answered(self, getattr(done, "sentence", done))

    async def act(self, command: Command) -> None:
        """Go to another part, look at the report or the gate, or work on an item."""
        from screens.onboarding_acting import on_item, on_whole

        if command in (GATE, REPORT):
            await on_whole(self, command, self.onboarding_id)
        elif command in PARTS:
            await self.app.switch_screen(_part(command, self.onboarding_id))
        elif (item := self.item) is not None:
            await on_item(self, command, item, self.onboarding_id)

    @property
    def item(self) -> ItemLine | None:
        """The item of the checklist under the cursor."""
        here = self.list.selected
        return here if isinstance(here, ItemLine) else None


def _part(command: Command, onboarding_id: int) -> PartScreen:
    module, name = _PARTS[command.id]
    part: PartScreen = getattr(import_module(f"screens.{module}"), name)(onboarding_id)
    return part


_PARTS = {
    TIMELINE.id: ("onboarding_timeline", "TimelineScreen"),
    SCORECARD.id: ("scorecard", "ScorecardScreen"),
    SCOPE.id: ("scope_register", "ScopeScreen"),
    SESSIONS.id: ("sessions", "SessionsScreen"),
    GO_LIVE.id: ("go_live", "GoLiveScreen"),
}


def answered(screen: DeskScreen, answer: object) -> None:
    """Say what a dialog answers: a sentence, or several."""
    for sentence in (answer,) if isinstance(answer, str) else answer if isinstance(answer, tuple) else ():
        screen.desk.say(sentence)
