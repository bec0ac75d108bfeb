"""Moving the start, the go-live or the end of the term: what would move along is shown before it is done."""

from __future__ import annotations

from datetime import date

from onboarding import phases, rules, shifting
from onboarding.errors import OnboardingRefused
from onboarding.rules import Held
from onboarding.shifting import Shift
from onboarding.words import TERM
from screens.base import DeskScreen
from screens.dialogs.choices import Cycle
from screens.dialogs.frame import Line
from screens.dialogs.onboarding_form import DAYS, Field, OnboardingForm, Told, typed_day
from screens.onboarding_acting import ask, counted
from screens.widgets.checklist import day
from screens.widgets.text import clean

GO_LIVE, START, END = "the go-live", "the start of the phase", "the end of the term"
SHOWN = 6
"""How many items that move are named."""


async def open_shift(screen: DeskScreen, onboarding_id: int) -> None:
    """Ask what moves, and to which day."""
    found = await screen.desk.attempt(rules.running, onboarding_id)
    row = await screen.desk.attempt(phases.phase_of, found) if found is not None else None
    if found is not None and row is not None:
        await ask(screen, ShiftDialog(found, row.starts_on, row.ends_on))


class ShiftDialog(OnboardingForm):
    """Shows what would move; answers what was moved."""

    AUTO_FOCUS = "Line"
    HINT = "tab, enter on   {do} moves it   {close} closes, nothing is changed"

    def __init__(self, held: Held, starts_on: str, ends_on: str) -> None:
        self.held, self.dates = held, {GO_LIVE: held.go_live_on, START: starts_on, END: ends_on}
        whats = (GO_LIVE, START, END) if held.phase == TERM else (GO_LIVE, START)
        fields: dict[str, Field] = {"Move": Cycle(whats), "To": Line(DAYS), "Why": Line("why, in a line")}
        super().__init__(f"Move dates of {clean(held.customer)}", fields)
        self.outcome.MOST = SHOWN + 6

    def _which(self, to: date) -> dict[str, date]:
        return {"go_live": to} if self.said["Move"] == GO_LIVE else {"start": to}

    async def look(self) -> Told:
        """Tell what would move; nothing is written."""
        what = self.said["Move"]
        told: Told = [("quiet", f"{what} is {day(self.dates[what])} {self.dates[what][:4]} now")]
        to = typed_day(self, "To")
        if to is None:
            return told
        if what == END:
            return [*told, ("strong", f"the term runs to {to}; go-live stays where it is")]
        found = await self.desk.call(shifting.shift, self.held.id, self.desk.now(), **self._which(to))
        return [*told, *_moves(found)]

    async def save(self) -> object:
        """Move it."""
        to = typed_day(self, "To")
        if to is None:
            raise OnboardingRefused(f"Say to which day {self.said['Move']} moves.")
        if self.said["Move"] != END:
            return await self.run(shifting.apply, self.held.id, **self._which(to), reason=self.said["Why"])
        actor, at = self.desk.actor.id, self.desk.now()
        done = await self.desk.call(phases.extend_term, self.held.id, to, actor, at, self.said["Why"])
        return done.sentence


def _moves(found: Shift) -> Told:
    told: Told = [
        ("strong", f"{found.starts_on} to {found.ends_on}, go-live {found.go_live_on}: {_many(len(found.moved))}")
    ]
    told += [("alarm", f"✕ {problem}") for problem in found.problems[:2]]
    if len(found.problems) > 2:
        told.append(("alarm", f"✕ and {len(found.problems) - 2} more that do not fit"))
    for each in found.moved[:SHOWN]:
        was, becomes = (day(when.isoformat()) if when else "no day" for when in (each.was, each.becomes))
        told.append(("plain", f"{was:>6} → {becomes:<6}  {each.title}"))
    if len(found.moved) > SHOWN:
        told.append(("quiet", f"and {len(found.moved) - SHOWN} more"))
    return told


def _many(count: int) -> str:
    return f"{counted(count, 'item moves', 'items move')} along" if count else "no item moves along"
