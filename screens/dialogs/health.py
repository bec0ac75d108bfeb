"""Why an onboarding's health is what it is, and what a person says instead."""

from __future__ import annotations

from typing import Any

from models.words import READ_ONLY
from onboarding import health, portfolio
from onboarding.health import OVERRIDE_DAYS, WORDS
from onboarding.portfolio import OnboardingLine
from onboarding.rules import MANAGERS
from onboarding.words import RUNNING
from screens.base import DeskScreen
from screens.commands import shown_key
from screens.dialogs.choices import Cycle
from screens.dialogs.frame import Line
from screens.dialogs.onboarding_form import DAYS, OnboardingForm, Told, typed_day
from screens.onboarding_acting import ask
from screens.onboarding_shapes import SIGNS, STYLES
from screens.ticket_commands import CLOSE
from screens.widgets.text import clean

ITSELF = "nothing: as the desk finds it"


async def open_health(screen: DeskScreen, onboarding_id: int) -> None:
    """Show why, and let a TAM or a lead say otherwise."""
    line = await screen.desk.attempt(portfolio.line_of, onboarding_id, screen.desk.now())
    if line is not None:
        may = screen.desk.actor.role in MANAGERS and line.state == RUNNING
        await ask(screen, HealthDialog(line, may))


class HealthDialog(OnboardingForm):
    """Tells every reason; answers what a person said instead."""

    MOST = 12

    def __init__(self, line: OnboardingLine, may: bool) -> None:
        self.line, self.may = line, may
        at = WORDS.index(line.health) + 1 if line.computed else 0
        fields: dict[str, Any] = {}
        if may:
            why, until = Line("why it is so"), Line(f"{DAYS}; empty: {OVERRIDE_DAYS} days")
            why.value = clean(line.reason) if line.computed else ""
            fields = {"You say": Cycle((ITSELF, *WORDS), at), "Why": why, "Until": until}
        super().__init__(f"Health of {clean(line.customer)}", fields)
        self.outcome.MOST = self.MOST

    def tell_hint(self) -> None:
        """Say what to press; whoever may not say otherwise only closes it."""
        super().tell_hint()
        if not self.may:
            role = self.desk.actor.role
            who = (
                "You may look, but not change anything." if role == READ_ONLY else "A TAM or a lead may say otherwise."
            )
            close = shown_key(self.desk.keys_of(CLOSE).split(",")[0])
            self.hint.tell(f"{who} {close} closes")

    async def look(self) -> Told:
        """Tell the health and every reason for it."""
        line = self.line
        if self.may:
            otherwise = self.chosen("You say") > 0
            for label in ("Why", "Until"):
                self.show(label, otherwise)
            if otherwise:
                typed_day(self, "Until")
        told: Told = [(STYLES.get(line.health, "plain"), f"{SIGNS.get(line.health, '?')} {line.health}")]
        told += [("plain", f"  {reason}") for reason in line.reasons]
        if line.computed:
            told.append(("quiet", f"Somebody says so; the desk itself finds it {line.computed}."))
        return told

    async def save(self) -> object:
        """Say it, or take back what was said."""
        if not self.may:
            return None
        line, actor, at = self.line, self.desk.actor.id, self.desk.now()
        if not self.chosen("You say"):
            if not line.computed:
                return None
            await self.desk.call(health.clear, line.id, actor, at)
            return f"The health of {clean(line.customer)} is again what the desk finds."
        until = typed_day(self, "Until")
        said = await self.desk.call(
            health.override,
            line.id,
            self.said["You say"],
            self.said["Why"],
            actor,
            at,
            until=until.isoformat() if until else None,
        )
        return f"{clean(line.customer)} is {said.word} until {said.until}: {said.reason}"
