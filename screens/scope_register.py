"""The scope register: what was asked for beyond the checklist and what became of it; the exclusions are at hand."""

from __future__ import annotations

from typing import NamedTuple, cast

from onboarding import scope
from onboarding.rules import held
from onboarding.scope import ACCEPTED, ANSWERED, OPEN, QUOTED, Register, ScopeRow
from onboarding.words import RUNNING
from screens.commands import LIST_COMMANDS, Command, bindings
from screens.onboarding_commands import SCOPE as HERE
from screens.onboarding_parts import PartScreen, Told, labelled
from screens.onboarding_parts_commands import (
    ACCEPT,
    ANSWER,
    COPY_ANSWER,
    EXCLUSIONS,
    QUOTE,
    RECORD,
    SCOPE_COMMANDS,
)
from screens.widgets.plain_list import Pieces, Shape
from screens.widgets.text import clean, fit
from screens.widgets.when import when

WIDE = 100
SIGNS = {OPEN: ("○", "warning"), ANSWERED: ("●", "plain"), QUOTED: ("€", "accent"), ACCEPTED: ("✓", "accent")}
EMPTY = "Nothing was asked for beyond the checklist. n records it; tab shows what is in and out of scope."
OUT, IN = "outside", "in scope"


class Asked(NamedTuple):
    """The register of an onboarding, with the sentence that is ready for each request."""

    customer: str
    customer_id: int
    state: str
    requests: tuple[ScopeRow, ...]
    ready: dict[int, str]
    known: Register


class Line(NamedTuple):
    """A line of the annex: outside or in scope."""

    side: str
    text: str
    asked: int


def read(onboarding_id: int) -> Asked:
    """Read it; runs on the database thread."""
    found = held(onboarding_id)
    asked = tuple(scope.requests(onboarding_id))
    ready = {row.id: row.answer or scope.sentence(onboarding_id, row.exclusion) for row in asked}
    return Asked(found.customer, found.customer_id, found.state, asked, ready, scope.register(onboarding_id))


def shape(now: int, zone: str, annex: bool) -> Shape:
    """Shape requests, or (`annex`) the lines of the annex."""

    def heading(width: int) -> str:
        if annex:
            return "    Onboarding       Asked  What the annex says"
        by = f"{'By':<16}" if width >= WIDE else ""
        return f"    {'State':<9}{'Asked':<13}{by}{'What':<{_room(width)}} Outside as"

    def line(item: object, width: int) -> Pieces:
        if isinstance(item, Line):
            sign, style = ("✕", "warning") if item.side == OUT else ("✓", "accent")
            count = f"{item.asked:>5}" if item.asked else f"{'–':>5}"
            return ((style, f"  {sign} {item.side:<16}"), ("quiet", f" {count}  "), ("plain", clean(item.text)))
        row = cast(ScopeRow, item)
        sign, style = SIGNS[row.state]
        by = f"{fit(row.asked_by or '–', 15)} " if width >= WIDE else ""
        return (
            (style, f"  {sign} {row.state:<9}"),
            ("quiet", f"{fit(when(row.at, now, zone), 12)} {by}"),
            ("strong" if row.state == OPEN else "plain", f"{fit(row.what, _room(width))} "),
            ("quiet", clean(row.exclusion) or "–"),
        )

    return Shape(heading, line, EMPTY)


def _room(width: int) -> int:
    """Return the cells of what was asked for."""
    return (width - 43) * 3 // 5 if width >= WIDE else (width - 27) * 3 // 5


class ScopeScreen(PartScreen):
    """The register, or the annex's lines."""

    OFFERS = SCOPE_COMMANDS
    BINDINGS = bindings(tuple(command for command in SCOPE_COMMANDS if command not in LIST_COMMANDS))
    HERE = HERE
    FOR_MANAGERS = (QUOTE, ACCEPT)
    FOR_ALL = (EXCLUSIONS, COPY_ANSWER)
    CHOOSES = ANSWER
    LINES = (6, 9)

    def __init__(self, onboarding_id: int) -> None:
        super().__init__(shape(0, "UTC", False), onboarding_id)
        self.found: Asked | None = None
        self.annex = False

    async def take(self) -> None:
        """Read it."""
        found = await self.desk.attempt(read, self.onboarding_id)
        if found is None or not self.is_attached:
            return
        self.found, self.customer, self.customer_id = found, found.customer, found.customer_id
        counts = ", ".join(f"{sum(row.state == each for row in found.requests)} {each}" for each in SIGNS)
        told = f"{clean(found.customer)}: {counts}" if found.requests else f"{clean(found.customer)}: nothing asked for"
        self.summary.tell(f"{told}    annex of {found.known.revision}")
        self._show()

    def _show(self) -> None:
        found = cast(Asked, self.found)
        self.list.shape = shape(self.desk.now(), self.desk.actor.zone, self.annex)
        if self.annex:
            filed = [row.exclusion for row in found.requests]
            lines = [Line(OUT, each, filed.count(each)) for each in found.known.excluded]
            self.list.show_lines([*lines, *(Line(IN, each, 0) for each in found.known.included)])
        else:
            self.list.show_lines(found.requests)
        self.list.refresh()
        self.moved()

    @property
    def _here(self) -> ScopeRow | None:
        here = self.list.selected
        return here if isinstance(here, ScopeRow) else None

    def moved(self) -> None:
        """Tell the request in full, with what is said to it."""
        found, here = self.found, self.list.selected
        if found is None or here is None:
            self.details.tell("", [])
        elif isinstance(here, Line):
            section = found.known.excluded_section if here.side == OUT else found.known.included_section
            about = [labelled("Source", f"annex of {found.known.revision}, {section}", "quiet")]
            self.details.tell(here.side, [("strong", clean(here.text)), *about])
        else:
            row = cast(ScopeRow, here)
            self.details.tell(row.state, self._told(row, found))
        self.footer_line.tell(self.footer_keys())

    def _told(self, row: ScopeRow, found: Asked) -> Told:
        asked = f"by {row.asked_by}" if row.asked_by else "nobody is named"
        lines = [("strong", clean(row.what)), labelled("Asked", f"{asked}, recorded by {row.person or 'the desk'}")]
        lines.append(labelled("Outside as", row.exclusion or "none of the exclusions"))
        label = {OPEN: "Ready answer", ACCEPTED: "Why"}.get(row.state, "We said")
        lines.append(labelled(label, found.ready[row.id], "accent" if row.state == OPEN else "plain"))
        return lines

    def obstacle(self, command: Command) -> str | None:
        """Say what stands against it on this line."""
        if self.found is None:
            return "The register is being read."
        if command is RECORD and self.found.state != RUNNING:
            return f"The onboarding is {self.found.state}; nothing is recorded any more."
        if command in (EXCLUSIONS, RECORD):
            return None
        if self._here is None:
            return "That is for a request: tab goes back." if self.annex else "There is no request; n records one."
        return self._too_late(command, self._here)

    def _too_late(self, command: Command, row: ScopeRow) -> str | None:
        fits = (OPEN, ANSWERED) if command in (QUOTE, ACCEPT) else (OPEN,)
        if command is not COPY_ANSWER and row.state not in fits:
            return f"It is {row.state} already; record it anew if they ask again."
        return None

    async def action_record(self) -> None:
        """Record a request."""
        from screens.dialogs.scope_request import RecordDialog

        found = cast(Asked, self.found)
        await self.ask(RecordDialog(self.onboarding_id, found.customer, found.known.excluded))

    async def action_answer(self) -> None:
        """Answer it."""
        from screens.dialogs.scope_request import open_answer

        await open_answer(self, cast(ScopeRow, self._here), quote=False)

    async def action_quote(self) -> None:
        """Turn it into a quote."""
        from screens.dialogs.scope_request import open_answer

        await open_answer(self, cast(ScopeRow, self._here), quote=True)

    async def action_accept(self) -> None:
        """Take it on."""
        from screens.dialogs.scope_request import open_accept

        await open_accept(self, cast(ScopeRow, self._here))

    async def action_file(self) -> None:
        """Say which exclusion it falls under."""
        from screens.dialogs.scope_request import open_file

        await open_file(self, cast(ScopeRow, self._here), cast(Asked, self.found).known.excluded)

    def action_copy(self) -> None:
        """Copy the answer."""
        row = cast(ScopeRow, self._here)
        self.desk.copy(cast(Asked, self.found).ready[row.id])
        self.desk.say("Copied the answer.")

    def action_other(self) -> None:
        """Show the annex's lines, or the requests."""
        self.annex = not self.annex
        self.list.move(-len(self.list.lines))
        if self.found is not None:
            self._show()
