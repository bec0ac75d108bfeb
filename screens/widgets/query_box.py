"""The line in which a query is typed, what it finds, and what may be typed next."""

from __future__ import annotations

from typing import Protocol

from rich.cells import cell_len
from rich.segment import Segment
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.strip import Strip
from textual.widgets import Input

from screens.base import Commanded
from screens.commands import LOOKING, Command, bindings, shown_key
from screens.dialogs.frame import Line
from screens.widgets.direct import DirectWidget
from screens.widgets.palette import palette_of
from screens.widgets.text import clean, fit
from tickets.query.completion import Completion

SHOW = Command("query.show", "enter", "Show", "Keep the query as the list.", LOOKING, "show", "show")
COMPLETE = Command(
    "query.complete", "tab,down", "Complete", "Put the next choice there.", LOOKING, "complete", "complete"
)
COMPLETE_BACK = Command(
    "query.complete_back", "shift+tab,up", "Complete back", "Put the choice before there.", LOOKING, "complete_back"
)
LEAVE_LINE = Command("query.leave", "escape", "Leave", "Go back to the view before.", LOOKING, "leave", "back")
QUERY_LINE_COMMANDS = (SHOW, COMPLETE, COMPLETE_BACK, LEAVE_LINE)
HINT = "Say which tickets: sev:1,2 owner:me customer:acme due<2h -state:waiting, or words that they hold."


class Asker(Protocol):
    """Who is told what happens in the line."""

    def typed(self) -> None:
        """Something else is typed now."""

    async def offer(self) -> None:
        """Offer what may stand at the cursor."""

    async def show(self) -> None:
        """Keep the query as the list."""

    async def leave(self) -> None:
        """Go back."""


class ToldLine(DirectWidget):
    """One line of styled pieces."""

    DEFAULT_CSS = "ToldLine { height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self.pieces: tuple[tuple[str, str], ...] = ()

    def tell(self, *pieces: tuple[str, str]) -> None:
        """Show pieces of style and text."""
        if pieces != self.pieces:
            self.pieces = pieces
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw them, as far as they fit."""
        width, palette = self.size.width, palette_of(self.app)
        segments, left = [Segment(" ", palette.plain)], width - 1
        for name, text in self.pieces:
            kept = fit(text, left) if cell_len(text) > left else text
            segments.append(Segment(kept, palette.named(name)))
            left -= cell_len(kept)
        return Strip(segments).adjust_cell_length(width, palette.plain)


class QueryBox(Commanded, Vertical):
    """Input, answer and choices; who asked is told of every change."""

    OFFERS = QUERY_LINE_COMMANDS
    BINDINGS = bindings((COMPLETE, COMPLETE_BACK, LEAVE_LINE))

    def __init__(self, asker: Asker, text: str) -> None:
        super().__init__()
        self._asker = asker
        self._start = text
        self.line = Line(placeholder="which tickets?")
        self.answer, self.choices = ToldLine(), ToldLine()
        self._offer: Completion | None = None
        self._picked = -1
        self._put = ""

    def compose(self) -> ComposeResult:
        """Place the lines."""
        yield from (self.line, self.answer, self.choices)

    def on_mount(self) -> None:
        """Take up the query that is shown."""
        self.line.select_on_focus = False
        self.line.value = f"{clean(self._start)} " if self._start else ""
        self.line.cursor_position = len(self.line.value)
        self.line.focus()
        self.tell_answer("", good=True)

    @property
    def text(self) -> str:
        """What is typed."""
        return self.line.value.strip()

    @property
    def so_far(self) -> str:
        """What is typed, without a last word that may still become a field, or another word."""
        value, offer = self.line.value, self._offer
        if offer is None or offer.end != len(value) or not value[offer.start :].isalnum():
            return self.text
        alone = offer.start == 0 or value[offer.start - 1].isspace()
        return value[: offer.start].strip() if alone else self.text

    def footer_keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys that are not typed into the line."""
        return tuple(
            (shown_key(self.desk.keys_of(command).split(",")[0]), command.footer)
            for command in self.OFFERS
            if command.footer
        )

    def tell_answer(self, text: str, good: bool) -> None:
        """Say what the query finds, or what is wrong with it."""
        self.answer.tell(("plain" if good else "alarm", clean(text) or HINT) if text else ("quiet", HINT))

    def tell_offer(self, offer: Completion) -> None:
        """Offer what may stand at the cursor."""
        self._offer, self._picked = offer, -1
        self._tell_choices()

    def _tell_choices(self) -> None:
        if self._offer is None or not self._offer.choices:
            self.choices.tell()
            return
        pieces: list[tuple[str, str]] = []
        first = max(0, self._picked - 5)
        for index, choice in enumerate(self._offer.choices[first:], first):
            pieces.append(("accent" if index == self._picked else "quiet", f"{clean(choice.text)}  "))
        help_of = self._offer.choices[max(0, self._picked)].help
        if help_of and (self._picked >= 0 or len(self._offer.choices) == 1):
            pieces = [*pieces[:6], ("plain", f" {clean(help_of)}")]
        self.choices.tell(*pieces)

    async def action_complete(self) -> None:
        """Put the next choice where the cursor is."""
        await self._complete(1)

    async def action_complete_back(self) -> None:
        """Put the choice before where the cursor is."""
        await self._complete(-1)

    async def _complete(self, by: int) -> None:
        if not self.completing:
            await self._asker.offer()
        offer = self._offer
        if offer is None or not offer.choices:
            return
        held = len(offer.choices[self._picked].text) if self._picked >= 0 else offer.end - offer.start
        first = -1 if by > 0 else len(offer.choices)
        self._picked = ((self._picked if self._picked >= 0 else first) + by) % len(offer.choices)
        word, value = offer.choices[self._picked].text, self.line.value
        self._put = value[: offer.start] + word + value[offer.start + held :]
        self.line.value = self._put
        self.line.cursor_position = offer.start + len(word)
        self._tell_choices()

    @property
    def completing(self) -> bool:
        """Whether what stands there was put by a choice, so that the next choice replaces it."""
        several = self._offer is not None and len(self._offer.choices) > 1
        return several and self._picked >= 0 and self.line.value == self._put

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._asker.typed()

    @on(Input.Submitted)
    async def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        await self._asker.show()

    async def action_leave(self) -> None:
        """Go back."""
        await self._asker.leave()
