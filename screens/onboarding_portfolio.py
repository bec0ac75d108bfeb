"""The customers on their way to go-live: where each stands, and what holds it up."""

from __future__ import annotations

from typing import ClassVar, cast

from onboarding import portfolio
from onboarding.health import ON_TRACK
from onboarding.portfolio import OnboardingLine
from onboarding.words import RUNNING
from screens.base import Concern
from screens.commands import Command, bindings
from screens.list_screen import ListScreen
from screens.onboarding_acting import counted, managers_only, today_of
from screens.onboarding_commands import ENDED, OPEN_ONBOARDING, PORTFOLIO_COMMANDS, START
from screens.onboarding_shapes import about, portfolio_shape, second_row
from screens.widgets.details import Details
from screens.widgets.text import clean
from screens.widgets.two_rows import TwoRows


def read(now: int, ended: bool) -> list[OnboardingLine]:
    """Read all onboardings under way, and those that are over as well where that is asked; on the database thread."""
    found: list[OnboardingLine] = []
    state = None if ended else RUNNING
    while page := portfolio.portfolio(now, found[-1].id if found else None, state=state):
        found += page
        if len(page) < portfolio.PAGE:
            break
    return sorted(found, key=lambda line: line.state != RUNNING)


class OnboardingPortfolio(ListScreen):
    """The place behind key 4: two rows a customer, and below them all that there is to say of the one here."""

    OFFERS: ClassVar[tuple[Command, ...]] = PORTFOLIO_COMMANDS
    BINDINGS = bindings((OPEN_ONBOARDING, START, ENDED))
    CHOOSES: ClassVar[Command | None] = OPEN_ONBOARDING
    DEFAULT_CSS = """
    OnboardingPortfolio SummaryLine { height: 1; }
    OnboardingPortfolio Details { height: 33%; min-height: 6; }
    """

    def __init__(self) -> None:
        from datetime import date

        shape, second = portfolio_shape(date.min), second_row(date.min, "UTC")
        super().__init__("onboarding", shape)
        self.list = TwoRows(shape, second)
        self.details = Details()
        self.ended = False

    def below(self) -> tuple[Details]:
        """Place what there is to know of the customer under the cursor."""
        return (self.details,)

    async def take(self) -> None:
        """Read the onboardings."""
        found = await self.desk.attempt(read, self.desk.now(), self.ended)
        if found is None or not self.is_attached:
            return
        today = today_of(self.desk)
        rows = cast(TwoRows, self.list)
        rows.shape, rows.second = portfolio_shape(today), second_row(today, self.desk.actor.zone)
        running = [line for line in found if line.state == RUNNING]
        risky = sum(line.health != ON_TRACK for line in running)
        over = f", {len(found) - len(running)} over" if self.ended else ""
        self.summary.tell(f"{counted(len(running), 'onboarding', 'onboardings')} under way, {risky} not on track{over}")
        self.list.show_lines(self.wanted(found))
        self.moved()

    def wanted(self, lines: list[OnboardingLine]) -> list[OnboardingLine]:
        """Return which of the lines are shown: all of them."""
        return lines

    @property
    def here(self) -> OnboardingLine | None:
        """The onboarding under the cursor."""
        return cast("OnboardingLine | None", self.list.selected)

    def moved(self) -> None:
        """Tell of the onboarding under the cursor."""
        if self.here is not None:
            self.details.tell(clean(self.here.customer), about(self.here, today_of(self.desk), self.desk.actor.zone))
        else:
            self.details.tell("", ())

    def concern(self) -> Concern:
        """Return the customer under the cursor."""
        return Concern(self.here.customer_id if self.here is not None else None)

    def why_not(self, command: Command) -> str | None:
        """Say why nothing opens, and who starts one."""
        if command is OPEN_ONBOARDING and self.here is None:
            return "No onboarding is here yet; N starts one."
        return managers_only(self.desk.actor.role, "starts an onboarding") if command is START else None

    def action_ended(self) -> None:
        """Show those that are over as well, or leave them out again."""
        self.ended = not self.ended
        self.read()

    async def action_open(self) -> None:
        """Open the checklist."""
        from screens.onboarding import OnboardingScreen

        if self.here is not None:
            await self.app.push_screen(OnboardingScreen(self.here.id))

    async def action_new(self) -> None:
        """Ask which customer, then for phase and dates."""
        from screens.dialogs.onboarding_start import open_start

        lines = cast("list[OnboardingLine]", self.list.lines)
        await open_start(self, {line.customer_id for line in lines if line.state == RUNNING})
