"""One onboarding: its checklist as a tree by topic, and what there is to know of the item under the cursor."""

from __future__ import annotations

from typing import ClassVar, NamedTuple, cast

from rich.cells import cell_len
from textual import events

from models.errors import DatabaseUnavailable, DomainError, NotFound
from onboarding import portfolio
from onboarding.evidence import EvidenceRow, evidence
from onboarding.portfolio import OnboardingLine
from onboarding.reading import ALL, FILTERS, Checklist, ItemLine, checklist
from onboarding.words import CONTINUOUS, PROOF, RUNNING, SETTLED
from screens import onboarding_acting as acting
from screens.base import Concern
from screens.commands import Command, bindings
from screens.list_screen import ListScreen
from screens.onboarding_commands import (
    ADD,
    CHECKLIST_COMMANDS,
    GATE,
    GO_LIVE,
    ON_AN_ITEM,
    OPEN_ITEM,
    SHIFT,
    TEMPLATE,
)
from screens.onboarding_shapes import SHORT, SIGNS, day_words, days_left
from screens.widgets.checklist import Topic, checklist_shape, is_theirs, item_details, lines_of, topic_details
from screens.widgets.details import Details
from screens.widgets.text import clean, fit

TALL, LOW = 7, 5
"""Lines of the details, on a high screen and on a low one."""
HIGH = 30


class Opened(NamedTuple):
    """A checklist, the onboarding's line in the portfolio, and the evidence by item."""

    line: OnboardingLine
    found: Checklist
    evidence: dict[int, list[EvidenceRow]]


def opened(onboarding_id: int, now: int, show: str, person_id: int) -> Opened:
    """Read all that the screen shows, on the database thread; NotFound where there is no such onboarding."""
    found = checklist(onboarding_id, now, show=show, person_id=person_id)
    line = portfolio.line_of(onboarding_id, now)
    if line is None:
        raise NotFound(f"There is no onboarding {onboarding_id}; look at the list again.")
    pieces: dict[int, list[EvidenceRow]] = {}
    for row in evidence(onboarding_id):
        if row.item_id is not None:
            pieces.setdefault(row.item_id, []).append(row)
    return Opened(line, found, pieces)


class OnboardingScreen(ListScreen):
    """The checklist of the onboarding of that id."""

    OFFERS = CHECKLIST_COMMANDS
    BINDINGS = bindings(CHECKLIST_COMMANDS)
    CHOOSES: ClassVar[Command | None] = OPEN_ITEM

    def __init__(self, onboarding_id: int) -> None:
        super().__init__("onboarding", checklist_shape("", ALL))
        self.onboarding_id = onboarding_id
        self.show = ALL
        self.folded: set[str] = set()
        self.held: Opened | None = None
        self.details = Details()

    def below(self) -> tuple[Details]:
        """Place what there is to know of the item under the cursor."""
        return (self.details,)

    def on_mount(self) -> None:
        """Read, and give the details as much room as there is."""
        super().on_mount()
        self._make_room(self.app.size.height)

    def on_resize(self, event: events.Resize) -> None:
        """Give the details as much room as there is."""
        self._make_room(event.size.height)

    def _make_room(self, height: int) -> None:
        self.details.styles.height = TALL if height >= HIGH else LOW

    async def take(self) -> None:
        """Read the checklist; where the onboarding is gone, go back."""
        desk = self.desk
        try:
            found = await desk.call(opened, self.onboarding_id, desk.now(), self.show, desk.actor.id)
        except (DomainError, DatabaseUnavailable) as refusal:
            desk.say(str(refusal), error=True)
            if isinstance(refusal, NotFound) and self.is_active:
                self.app.pop_screen()
            return
        if not self.is_attached:
            return
        first, self.held = self.held is None, found
        if first:
            self.folded = {group.topic for group in found.found.groups if group.done == group.total > 0}
        self.summary.tell(self._told(found))
        self._show()
        if first:
            self.move(self._first_open() - self.list.cursor)

    def _first_open(self) -> int:
        """Return the line of the first item that is open: that is where work goes on."""
        lines = enumerate(self.list.lines)
        opens = (index for index, line in lines if isinstance(line, ItemLine) and line.state not in SETTLED)
        return next(opens, 0)

    def _told(self, found: Opened) -> str:
        """Return where the onboarding stands, and why that is so."""
        line, today = found.line, acting.today_of(self.desk)
        live = "live" if line.live else f"go-live {day_words(line.go_live_on, today)} {days_left(line)}"
        theirs = sum(is_theirs(item) for group in found.found.groups for item in group.items)
        waits = f", {theirs} wait for them" if theirs and self.show == ALL else ""
        name, done = clean(line.customer), f"{line.done}/{line.items} done"
        heads = (
            f"{name}: {line.phase}, {done} after {line.elapsed} % of the time{waits}, {live}",
            f"{name}: {SHORT.get(line.phase, line.phase)}, {done} in {line.elapsed} % of the time, {live}",
            f"{name}: {done}, {live}",
        )
        room = self.app.size.width - 2
        head = fit(next((each for each in heads if cell_len(each) <= room), heads[-1]), room).rstrip()
        if line.state != RUNNING:
            return f"{head}\n– {line.state}"
        plan = f"   ! {found.found.problems[0]}" if found.found.problems else ""
        why = fit(f"{SIGNS.get(line.health, '?')} {line.health}: {line.reason}{plan}", room).rstrip()
        return f"{head}\n{why}"

    def _show(self) -> None:
        """Show the lines, with the cursor on the same item as before, wherever that is now."""
        if self.held is None:
            return
        before = self.list.selected
        self.list.shape = checklist_shape(self.held.found.customer, self.show)
        lines = lines_of(self.held.found, self.folded)
        at = next((index for index, line in enumerate(lines) if _same(line, before)), None)
        if at is not None:
            self.list.cursor = at
        self.list.show_lines(lines)
        self.list.refresh()
        self.moved()

    def moved(self) -> None:
        """Tell of what is under the cursor, and which keys work on it."""
        line = self.list.selected
        if isinstance(line, ItemLine) and self.held is not None:
            pieces = self.held.evidence.get(line.id, [])
            self.details.tell(line.title, item_details(line, pieces, self.desk.actor.zone))
        elif isinstance(line, Topic) and self.held is not None:
            self.details.tell(line.title, topic_details(line, clean(self.held.found.customer)))
        else:
            self.details.tell("", ())
        self.footer_line.tell(self.footer_keys())

    @property
    def here(self) -> ItemLine | None:
        """The item under the cursor; None on a topic."""
        return self.list.selected if isinstance(self.list.selected, ItemLine) else None

    def concern(self) -> Concern:
        """Return the customer and the item, for time that is logged on it."""
        if self.held is None:
            return Concern()
        item = self.here
        return Concern(self.held.line.customer_id, item_id=item.id if item else None, activity="onboarding")

    def why_not(self, command: Command) -> str | None:
        """Say why it cannot be done here."""
        role, over = self.desk.actor.role, self._over()
        if command in ON_AN_ITEM:
            return over or acting.why_not_item(command, self.here, role)
        if command in (OPEN_ITEM, ADD):
            here = command is ADD or self.here is not None
            return (over or acting.managers_only(role, "changes the items")) if here else None
        if command in (SHIFT, TEMPLATE):
            return over or self._nothing_to_plan() or acting.managers_only(role, "changes the plan")
        if command is GO_LIVE and self.held is not None and self.held.line.phase == PROOF:
            return "Go-live comes in the onboarding term; the proof of value is first (C shows it)."
        return over if command is GATE else None

    def _over(self) -> str | None:
        if self.held is None:
            return "The checklist is being read."
        line = self.held.line
        return f"This onboarding is {line.state}; undo that to go on with it." if line.state != RUNNING else None

    def _nothing_to_plan(self) -> str | None:
        continuous = self.held is not None and self.held.line.phase == CONTINUOUS
        return "It is in continuous support; there is no plan left to change." if continuous else None

    async def act(self, command: Command) -> None:
        """Run a command on the item under the cursor, or on the onboarding."""
        if command not in ON_AN_ITEM:
            await acting.on_whole(self, command, self.onboarding_id)
        elif self.here is not None:
            await acting.on_item(self, command, self.here, self.onboarding_id)

    async def action_open(self) -> None:
        """Fold or unfold a topic; open an item."""
        line = self.list.selected
        if isinstance(line, Topic):
            self._fold(line.title, not line.folded)
        elif isinstance(line, ItemLine):
            await acting.change_item(self, line)

    async def action_add(self) -> None:
        """Ask for an item of the customer's own, in the topic under the cursor."""
        found = cast(Opened, self.held).found
        topics = tuple(group.topic for group in found.groups)
        await acting.add_item(self, self.onboarding_id, self._topic or (topics[0] if topics else ""), topics)

    @property
    def _topic(self) -> str:
        line = self.list.selected
        return line.topic if isinstance(line, ItemLine) else line.title if isinstance(line, Topic) else ""

    def action_filter(self) -> None:
        """Show others: all, mine, the customer's, overdue."""
        self.show = FILTERS[(FILTERS.index(self.show) + 1) % len(FILTERS)]
        self.read()

    def _fold(self, topic: str, folded: bool) -> None:
        if folded:
            self.folded.add(topic)
            titles = [line.title if isinstance(line, Topic) else None for line in self.list.lines]
            self.list.cursor = titles.index(topic)
        else:
            self.folded.discard(topic)
        self._show()

    def action_fold(self) -> None:
        """Fold the topic under the cursor."""
        if self._topic:
            self._fold(self._topic, True)

    def action_unfold(self) -> None:
        """Unfold the topic under the cursor."""
        if self._topic:
            self._fold(self._topic, False)

    def action_fold_all(self) -> None:
        """Fold all topics; where all are, unfold them."""
        if self.held is None:
            return
        topics = {group.topic for group in self.held.found.groups}
        here = self._topic
        self.folded = set() if self.folded >= topics else topics
        if self.folded:
            self.list.cursor = next((i for i, group in enumerate(self.held.found.groups) if group.topic == here), 0)
            self.list.lines = ()
        self._show()


def _same(line: Topic | ItemLine, before: object) -> bool:
    """Whether two lines are the same item or topic, whatever changed of it."""
    if isinstance(line, ItemLine):
        return isinstance(before, ItemLine) and before.id == line.id
    return isinstance(before, Topic) and before.title == line.title
