"""Customers and Lead: lists of what the desk holds, to be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar, NamedTuple

from contracts import portfolio as contracts_portfolio
from contracts.portfolio import CustomerLine
from models.words import LEAD, TAM
from screens import place_shapes
from screens.commands import LIST_COMMANDS, Command, bindings
from screens.credit_commands import CREDITS
from screens.customer_commands import CUSTOMERS_COMMANDS, NEW_CUSTOMER, OPEN_PAGE, SIGN
from screens.list_screen import ListScreen
from screens.widgets.plain_list import Shape


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


def place_screen(place: str) -> ListScreen:
    """Make the screen of a place; KeyError for one that is none."""
    makers: dict[str, Callable[[], ListScreen]] = {
        "customers": _customers,
        "tam": _hours,
        "onboarding": _onboardings,
        "lead": _lead,
    }
    return makers[place]()


def _customers() -> ListScreen:
    return CustomersScreen(
        "customers", lambda now, zone: read_customers(now), lambda now, zone: place_shapes.customers()
    )


def _hours() -> ListScreen:
    from screens.tam_portfolio import TamScreen

    return TamScreen()


def _onboardings() -> ListScreen:
    from screens.onboarding_portfolio import OnboardingPortfolio

    return OnboardingPortfolio()


def _lead() -> ListScreen:
    from screens.lead import LeadScreen

    return LeadScreen()
