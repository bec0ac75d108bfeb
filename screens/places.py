"""Customers and Lead: lists of what the desk holds, to be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar, NamedTuple

from contracts import portfolio as contracts_portfolio
from contracts.portfolio import CustomerLine
from models.words import LEAD, TAM
from onboarding import portfolio as onboarding_portfolio
from screens import place_shapes
from screens.commands import LIST_COMMANDS, OPEN, Command, bindings
from screens.credit_commands import CREDITS
from screens.customer_commands import CUSTOMERS_COMMANDS, NEW_CUSTOMER, OPEN_PAGE, SIGN
from screens.list_screen import ListScreen
from screens.widgets.plain_list import Shape
from screens.widgets.when import local
from tam import portfolio as tam_portfolio
from tickets import lead
from tickets.escalation_reading import OpenEscalation, open_escalations
from tickets.lead import MissedClock


class Found(NamedTuple):
    """What a place shows: a sentence above the list, and the lines."""

    summary: str
    lines: Sequence[object]


def read_customers(now: int) -> Found:
    """Read the customers."""
    lines = contracts_portfolio.portfolio(now)
    owed = sum(line.owed_days for line in lines)
    return Found(
        f"{len(lines)} customers, {sum(line.open_tickets for line in lines)} open tickets, {owed} days of credit owed",
        lines,
    )


def read_lead(now: int, zone: str) -> Found:
    """Read what the lead answers for: four numbers, the escalations that wait for a manager, the missed promises."""
    month = int(local(now, zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0).timestamp())
    promises = lead.promises(month)
    over = tam_portfolio.counts(now).over
    risky = onboarding_portfolio.not_on_track(now)
    ended = promises.met + promises.missed
    waiting = open_escalations(now)
    calls = f"{len(waiting)} call{'' if len(waiting) == 1 else 's'} for a manager    " if waiting else ""
    summary = (
        f"{calls}{promises.met} of {ended} objectives met this month    {promises.owed_days} days of credit owed"
        f"    {over} over budget    {risky} onboarding{'' if risky == 1 else 's'} at risk"
    )
    told = {(each.escalation.ticket_id, each.due_at) for each in waiting}
    missed = [each for each in lead.missed(now) if each.stopped_at or (each.ticket_id, each.due_at) not in told]
    return Found(summary, [*waiting, *missed])


class PlaceScreen(ListScreen):
    """A place that is a list."""

    def __init__(self, place: str, reader: Callable[[int, str], Found], shaper: Callable[[int, str], Shape]) -> None:
        super().__init__(place, shaper(0, "UTC"))
        self._reader = reader
        self._shaper = shaper

    async def take(self) -> None:
        """Read what the place shows."""
        now, zone = self.desk.now(), self.desk.actor.zone
        found = await self.desk.attempt(self._reader, now, zone)
        if found is not None and self.is_attached:
            self.list.shape = self._shaper(now, zone)
            self.summary.tell(found.summary)
            self.list.show_lines(found.lines)


class CustomersScreen(PlaceScreen):
    """The customers; each opens to what it agreed."""

    OFFERS: ClassVar[tuple[Command, ...]] = CUSTOMERS_COMMANDS
    BINDINGS = bindings(tuple(each for each in CUSTOMERS_COMMANDS if each not in LIST_COMMANDS))
    CHOOSES = OPEN_PAGE

    def why_not(self, command: Command) -> str | None:
        """Say why there is nothing to show, or who may."""
        if command in (OPEN_PAGE, CREDITS, SIGN) and not self.list.lines:
            return "There is no customer yet."
        if command is SIGN and self.desk.actor.role != LEAD:
            return "Only a lead signs contracts."
        if command is NEW_CUSTOMER and self.desk.actor.role not in (LEAD, TAM):
            return "Leads and TAMs add customers."
        return None

    @property
    def _here(self) -> CustomerLine | None:
        here = self.list.selected
        return here if isinstance(here, CustomerLine) else None

    async def action_open(self) -> None:
        """Show what the customer agreed."""
        from screens.customer import CustomerScreen

        if (here := self._here) is not None:
            await self.app.push_screen(CustomerScreen(here.id))

    async def action_credits(self) -> None:
        """Show the credits of the customer."""
        from contracts.account import account
        from screens.credits import CreditsScreen

        if (here := self._here) is not None:
            await self.app.push_screen(CreditsScreen(partial(account, here.id)))

    async def action_new(self) -> None:
        """Add a customer."""
        from screens.dialogs.customer import open_customer

        await open_customer(self)

    async def action_sign(self) -> None:
        """Write a contract."""
        from screens.dialogs.signing import open_sign

        if (here := self._here) is not None:
            await open_sign(self, here.id)


class LeadScreen(PlaceScreen):
    """What the lead answers for; an escalation or a missed promise opens its ticket."""

    OFFERS: ClassVar[tuple[Command, ...]] = (OPEN, CREDITS, *LIST_COMMANDS)
    BINDINGS = bindings((OPEN, CREDITS))
    CHOOSES = OPEN

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


def place_screen(place: str) -> ListScreen:
    """Make the screen of a place; KeyError for one that is none."""
    if place == "tam":
        from screens.tam_portfolio import TamScreen

        return TamScreen()
    if place == "onboarding":
        from screens.onboarding_portfolio import OnboardingPortfolio

        return OnboardingPortfolio()
    makers: dict[str, Callable[[], PlaceScreen]] = {
        "customers": lambda: CustomersScreen(
            place, lambda now, zone: read_customers(now), lambda now, zone: place_shapes.customers()
        ),
        "lead": lambda: LeadScreen(place, read_lead, place_shapes.missed),
    }
    return makers[place]()
