"""The sessions of an onboarding: planned, held or missed; what a held one covered is proposed as done."""

from __future__ import annotations

from typing import NamedTuple, Protocol, cast

from onboarding import sessions
from onboarding.reading import checklist
from onboarding.rules import held
from onboarding.sessions import CANCELLED, HELD, MISSED, PLANNED, SessionRow
from onboarding.words import RUNNING
from screens.commands import LIST_COMMANDS, Command, bindings
from screens.onboarding_commands import SESSIONS as HERE
from screens.onboarding_parts import PartScreen, Told, labelled
from screens.onboarding_parts_commands import (
    CHANGE,
    HOLD,
    MISS,
    PLAN,
    PROPOSED,
    SESSION_COMMANDS,
)
from screens.widgets.plain_list import Pieces, Shape
from screens.widgets.text import clean, fit
from screens.widgets.when import local, when

WIDE = 100
SIGNS = {PLANNED: ("◇", "plain"), HELD: ("◆", "quiet"), MISSED: ("✕", "warning"), CANCELLED: ("–", "quiet")}
EMPTY = "No session yet. n plans a knowledge transfer or a training."


class Ending(Protocol):
    """What ends a session, with a reason."""

    def __call__(self, session_id: int, reason: str, actor: int, at: int, *, version: int | None) -> None:
        """End it."""


class Planned(NamedTuple):
    """The sessions of an onboarding; `proposed` says how many items each held one proposes as done."""

    customer: str
    customer_id: int
    state: str
    zone: str
    sessions: tuple[SessionRow, ...]
    proposed: dict[int, int]
    titles: dict[int, str]


def read(onboarding_id: int, now: int) -> Planned:
    """Read them; runs on the database thread."""
    found, groups = held(onboarding_id), checklist(onboarding_id, now).groups
    rows = tuple(sessions.sessions(onboarding_id))
    proposed = {row.id: len(sessions.proposals(row.id)) for row in rows if row.state == HELD}
    titles = {item.id: item.title for group in groups for item in group.items}
    return Planned(found.customer, found.customer_id, found.state, found.zone, rows, proposed, titles)


def shape(found: Planned | None, now: int, zone: str) -> Shape:
    """Shape a session: when, what, for whom, and what became of it."""

    def heading(width: int) -> str:
        kind = f"{'Kind':<23}" if width >= WIDE else ""
        return f"    {'When':<15}{'Min':>4}  {kind}{'Session':<{_room(width)}} {'State':<10}Covers"

    def line(item: object, width: int) -> Pieces:
        row, known = cast(SessionRow, item), cast(Planned, found)
        sign, style = SIGNS[row.state]
        late = row.state == PLANNED and row.starts_at + row.minutes * 60 < now
        open_items = known.proposed.get(row.id, 0)
        covers = f"{len(row.covers):>3}" if row.covers else "  –"
        return (
            ("warning" if late else style, f"  {sign} {fit(when(row.starts_at, now, zone), 14)} "),
            ("quiet", f"{row.minutes:>4}  {fit(row.kind, 22) + ' ' if width >= WIDE else ''}"),
            ("plain" if row.state in (PLANNED, MISSED) else "quiet", f"{fit(row.title, _room(width))} "),
            ("warning" if late else style, f"{'overdue' if late else row.state:<10}"),
            ("accent" if open_items else "quiet", f"{covers}{f', {open_items} open' if open_items else ''}"),
        )

    return Shape(heading, line, EMPTY)


def _room(width: int) -> int:
    return max(10, width - (74 if width >= WIDE else 51))


class SessionsScreen(PartScreen):
    """The sessions of an onboarding."""

    OFFERS = SESSION_COMMANDS
    BINDINGS = bindings(tuple(command for command in SESSION_COMMANDS if command not in LIST_COMMANDS))
    HERE = HERE
    CHOOSES = CHANGE
    LINES = (7, 11)

    def __init__(self, onboarding_id: int) -> None:
        super().__init__(shape(None, 0, "UTC"), onboarding_id)
        self.found: Planned | None = None

    async def take(self) -> None:
        """Read them."""
        now = self.desk.now()
        found = await self.desk.attempt(read, self.onboarding_id, now)
        if found is None or not self.is_attached:
            return
        self.found, self.customer, self.customer_id = found, found.customer, found.customer_id
        counts = ", ".join(f"{sum(row.state == each for row in found.sessions)} {each}" for each in SIGNS)
        waiting = sum(found.proposed.values())
        told = f"    {waiting} item{'' if waiting == 1 else 's'} proposed as done: p" if waiting else ""
        self.summary.tell(f"{clean(found.customer)}: {counts}{told}")
        self.list.shape = shape(found, now, self.desk.actor.zone)
        self.list.show_lines(found.sessions)
        self.list.refresh()
        self.moved()

    @property
    def _here(self) -> SessionRow | None:
        return cast("SessionRow | None", self.list.selected)

    def moved(self) -> None:
        """Tell the session in full."""
        here = self._here
        if here is None or self.found is None:
            self.details.tell("", [])
        else:
            self.details.tell(here.state, self._told(here, self.found))
        self.footer_line.tell(self.footer_keys())

    def _told(self, row: SessionRow, found: Planned) -> Told:
        there = local(row.starts_at, found.zone)
        time = f"{there:%Y-%m-%d %H:%M} {found.zone}, {row.minutes} minutes"
        lines = [("strong", f"{clean(row.title)}, {row.kind}"), labelled("When", time)]
        lines.append(labelled("For", row.audience or "nobody is named"))
        if row.attendance:
            lines.append(labelled("Came", row.attendance))
        covered = ", ".join(found.titles[each] for each in row.covers if each in found.titles)
        lines.append(labelled("Covers", covered or "no item of the checklist"))
        if row.note:
            lines.append(labelled("Note", " ".join(row.note.split()), "quiet"))
        return lines

    def obstacle(self, command: Command) -> str | None:
        """Say what stands against it on this line."""
        found, row = self.found, self._here
        if found is None:
            return "The sessions are being read."
        if found.state != RUNNING:
            return f"The onboarding is {found.state}; nothing changes any more."
        if command is PLAN or (command is PROPOSED and any(found.proposed.values())):
            return None
        return "There is no session; n plans one." if row is None else self._too_late(command, row)

    def _too_late(self, command: Command, row: SessionRow) -> str | None:
        if command is PROPOSED:
            held = row.state == HELD
            return "All that it covered is done or set aside." if held else "Only a held session proposes: d holds it."
        fits = (PLANNED,) if command is MISS else (PLANNED, MISSED)
        if command is not CHANGE and row.state not in fits:
            return f"It is {row.state}; n plans another one."
        if command in (HOLD, MISS) and self.desk.now() < row.starts_at:
            return "It has not begun; m moves it and x takes it out."
        return None

    async def action_plan(self) -> None:
        """Plan one."""
        await self._form(None)

    async def action_change(self) -> None:
        """Change it."""
        await self._form(self._here)

    async def _form(self, row: SessionRow | None) -> None:
        from screens.dialogs.session import SessionDialog, basics

        found = await self.desk.attempt(basics, self.onboarding_id, self.desk.now())
        if found is not None:
            await self.ask(SessionDialog(self.onboarding_id, found, row))

    async def action_shift(self) -> None:
        """Give it another time."""
        from screens.dialogs.session import MoveDialog, basics

        found = await self.desk.attempt(basics, self.onboarding_id, self.desk.now())
        if found is not None and self._here is not None:
            await self.ask(MoveDialog(found, self._here))

    async def action_hold(self) -> None:
        """Say who came, then what is done with it."""
        from screens.dialogs.session import HoldDialog

        row = cast(SessionRow, self._here)

        async def was_held(proposed: object) -> None:
            if isinstance(proposed, list):
                self.desk.say(f"{clean(row.title)} was held.")
                if proposed:
                    await self._propose(row, proposed)

        await self.app.push_screen(HoldDialog(row), was_held)

    async def action_proposed(self) -> None:
        """Call done what it covered, or what the first session did that still proposes something."""
        counts = cast(Planned, self.found).proposed
        row = cast(SessionRow, self._here)
        if not counts.get(row.id):
            row = next(each for each in cast(Planned, self.found).sessions if counts.get(each.id))
        proposed = await self.desk.attempt(sessions.proposals, row.id)
        if proposed:
            await self._propose(row, proposed)

    async def _propose(self, row: SessionRow, proposed: list[int]) -> None:
        from screens.dialogs.session import basics, open_proposed

        found = await self.desk.attempt(basics, self.onboarding_id, self.desk.now())
        if found is not None:
            await open_proposed(self, row, found, proposed)

    async def action_miss(self) -> None:
        """Say that it did not take place."""
        await self._end(sessions.miss, "was missed", "why it did not take place, in a line", "notes it")

    async def action_cancel(self) -> None:
        """Take it out of the plan."""
        await self._end(sessions.cancel, "is cancelled", "why, in a line", "cancels it")

    async def _end(self, end: Ending, told: str, hint: str, does: str) -> None:
        from screens.dialogs.reason import ReasonDialog

        row = cast(SessionRow, self._here)

        def ended(why: str, actor: int, at: int) -> str:
            end(row.id, why, actor, at, version=row.version)
            return f"{clean(row.title)} {told}."

        await self.ask(ReasonDialog(f"{clean(row.title)} {told}", hint, ended, does))
