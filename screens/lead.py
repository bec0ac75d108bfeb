"""What the lead answers for: four numbers and the lists behind them, calls for a manager, and missed promises."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from contracts import portfolio as contracts_portfolio
from models.reading import scalar
from onboarding import portfolio as onboarding_portfolio
from onboarding.health import ON_TRACK
from onboarding.portfolio import OnboardingLine
from screens import place_shapes
from screens.commands import BACK, LIST_COMMANDS, OPEN, Command, bindings
from screens.credit_commands import CREDITS
from screens.lead_commands import LEAD_COMMANDS
from screens.onboarding_portfolio import OnboardingPortfolio
from screens.places import CustomersScreen, Found, PlaceScreen
from screens.tam_portfolio import TamScreen
from screens.widgets.when import local
from tam import portfolio as tam_portfolio
from tam.portfolio import TamLine
from tickets import lead
from tickets.escalation_reading import OpenEscalation, open_escalations
from tickets.lead import MissedClock

ALL_CUSTOMERS = "SELECT COUNT(*) FROM customer"


def read_lead(now: int, zone: str) -> Found:
    """Read four numbers, the escalations that wait for a manager, and the missed promises; on the database thread."""
    month = int(local(now, zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0).timestamp())
    promises = lead.promises(month)
    over = tam_portfolio.counts(now).over
    risky = onboarding_portfolio.not_on_track(now)
    ended = promises.met + promises.missed
    waiting = open_escalations(now)
    calls = f"{len(waiting)} call{'' if len(waiting) == 1 else 's'} for a manager    " if waiting else ""
    summary = (
        f"{calls}{promises.met} of {ended} objectives met this month    {promises.owed_days} days owed"
        f"    {over} over budget    {risky} onboarding{'' if risky == 1 else 's'} at risk"
    )
    told = {(each.escalation.ticket_id, each.due_at) for each in waiting}
    missed = [each for each in lead.missed(now) if each.stopped_at or (each.ticket_id, each.due_at) not in told]
    return Found(summary, [*waiting, *missed])


def read_owed(now: int) -> Found:
    """Read the customers who are owed days, the most first; on the database thread."""
    lines = [line for line in contracts_portfolio.portfolio(now) if line.owed_days]
    days = sum(line.owed_days for line in lines)
    many = f"{len(lines)} customer{'' if len(lines) == 1 else 's'}"
    ordered = sorted(lines, key=lambda line: line.owed_days, reverse=True)
    return Found(f"{many} owed {days} days of credit; a lead grants or refuses them", ordered)


def read_over(now: int) -> list[TamLine]:
    """Read the customers over what was agreed; on the database thread."""
    return [line for line in tam_portfolio.portfolio(now, limit=int(scalar(ALL_CUSTOMERS)) + 1) if line.over]


class LeadScreen(PlaceScreen):
    """What the lead answers for; an escalation or a missed promise opens its ticket, a number the list behind it."""

    OFFERS: ClassVar[tuple[Command, ...]] = LEAD_COMMANDS
    BINDINGS = bindings(tuple(each for each in LEAD_COMMANDS if each not in LIST_COMMANDS))
    CHOOSES = OPEN

    def __init__(self) -> None:
        super().__init__("lead", read_lead, place_shapes.missed)

    def why_not(self, command: Command) -> str | None:
        """Say why nothing opens."""
        if command in (OPEN, CREDITS) and not self.list.lines:
            return "No promise was missed: there is no ticket to open."
        return None

    @property
    def _ticket_id(self) -> int | None:
        here = self.list.selected
        if isinstance(here, OpenEscalation):
            return here.escalation.ticket_id
        return here.ticket_id if isinstance(here, MissedClock) else None

    async def action_open(self) -> None:
        """Open the ticket."""
        from screens.ticket import TicketScreen

        if (ticket_id := self._ticket_id) is not None:
            await self.app.push_screen(TicketScreen(ticket_id))

    async def action_credits(self) -> None:
        """Show the credits of the customer."""
        from contracts.account import account_of_ticket
        from screens.credits import CreditsScreen

        if (ticket_id := self._ticket_id) is not None:
            await self.app.push_screen(CreditsScreen(partial(account_of_ticket, ticket_id)))

    async def action_owed(self) -> None:
        """Show who is owed days."""
        await self.app.push_screen(OwedScreen())

    async def action_over(self) -> None:
        """Show who is over budget."""
        await self.app.push_screen(OverScreen())

    async def action_at_risk(self) -> None:
        """Show the onboardings that are not on track."""
        await self.app.push_screen(AtRiskScreen())


class OwedScreen(CustomersScreen):
    """The customers who are owed days."""

    OFFERS: ClassVar[tuple[Command, ...]] = (*CustomersScreen.OFFERS, BACK)
    BINDINGS = bindings((BACK,))

    def __init__(self) -> None:
        def shaper(now: int, zone: str) -> place_shapes.Shape:
            return place_shapes.customers()._replace(empty="Nobody is owed anything: each day was granted or refused.")

        super().__init__("lead", lambda now, zone: read_owed(now), shaper)


class OverScreen(TamScreen):
    """The customers over what was agreed, whoever their TAM is."""

    OFFERS: ClassVar[tuple[Command, ...]] = (*TamScreen.OFFERS, BACK)
    BINDINGS = bindings((BACK,))

    async def take(self) -> None:
        """Read them all."""
        found = await self.desk.attempt(read_over, self.desk.now())
        if found is not None and self.is_attached:
            self.show_whole(found, f"{len(found)} over budget", "Nobody is over budget.")

    def why_not(self, command: Command) -> str | None:
        """Say that all are shown, whoever's they are."""
        return "These are everybody's." if command.action == "mine" else super().why_not(command)


class AtRiskScreen(OnboardingPortfolio):
    """The onboardings that are not on track."""

    OFFERS = (*OnboardingPortfolio.OFFERS, BACK)
    BINDINGS = bindings((BACK,))

    def wanted(self, lines: list[OnboardingLine]) -> list[OnboardingLine]:
        """Leave out what is on track."""
        return [line for line in lines if line.health != ON_TRACK]
