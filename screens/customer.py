"""A customer: every line of what they agreed with where it is written, and the people on their side."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, cast

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from contracts.describe import Line
from contracts.directory import ContactLine
from contracts.page import CustomerPage, page
from models.words import LEAD
from screens.commands import COPY, LIST_COMMANDS, Command, bindings
from screens.customer_commands import CONTACT, PAGE_COMMANDS, RENEW, SIGN
from screens.list_screen import ListScreen
from screens.ticket_reasons import READ_ONLY
from screens.widgets.palette import palette_of
from screens.widgets.plain_list import Pieces, Shape
from screens.widgets.text import clean, fit

MOST_CONTACTS = 5


def shape(problem: str) -> Shape:
    """Shape a line of the terms: what, its value, and where that comes from where there is room."""

    def heading(width: int) -> str:
        label, value = _columns(width)
        return f" {'Agreed':<{label}}{'':<{value}}Where it is written"

    def line(item: object, width: int) -> Pieces:
        held, (label, value) = cast(Line, item), _columns(width)
        return (
            ("quiet", f" {fit(held.label, label - 1)} "),
            ("plain", f"{fit(held.value, value - 1)} "),
            ("quiet", clean(held.source)),
        )

    return Shape(heading, line, problem)


def _columns(width: int) -> tuple[int, int]:
    """Return the cells of label and value."""
    return (33, 48) if width >= 110 else (30, 34)


class Contacts(Widget):
    """The people on the customer's side, those whom the order names first."""

    DEFAULT_CSS = f"Contacts {{ height: {MOST_CONTACTS + 1}; }}"

    def __init__(self) -> None:
        super().__init__()
        self.people: tuple[ContactLine, ...] = ()

    def tell(self, people: tuple[ContactLine, ...]) -> None:
        """Show these."""
        if people != self.people:
            self.people = people
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw a line below the rule."""
        width, palette = self.size.width, palette_of(self.app)
        if y == 0:
            return Strip([Segment(f"{'── Contacts ':─<{width}}", palette.quiet)], width)
        return Strip([Segment(fit(self._line(y - 1), width), palette.plain)], width)

    def _line(self, index: int) -> str:
        if not self.people:
            return " Nobody yet." if index == 0 else ""
        left = len(self.people) - MOST_CONTACTS
        if index == MOST_CONTACTS - 1 and left > 0:
            return f" … and {left + 1} more: tamdesk customer contacts"
        if index >= len(self.people):
            return ""
        who = self.people[index]
        reach = "  ".join(clean(each) for each in (who.email, who.phone) if each)
        return f" {fit(who.name, 26)} {'named' if who.named else '':<7}{reach}"


class CustomerScreen(ListScreen):
    """The terms of one customer."""

    OFFERS: ClassVar[tuple[Command, ...]] = PAGE_COMMANDS
    BINDINGS = bindings(tuple(each for each in PAGE_COMMANDS if each not in LIST_COMMANDS))

    def __init__(self, customer_id: int) -> None:
        super().__init__("customers", shape(""))
        self.customer_id = customer_id
        self.page: CustomerPage | None = None
        self.contacts = Contacts()

    def below(self) -> tuple[Widget, ...]:
        """Return the contacts."""
        return (self.contacts,)

    async def take(self) -> None:
        """Read the page."""
        found = await self.desk.attempt(page, self.customer_id, self.desk.now())
        if found is None or not self.is_attached:
            return
        self.page = found
        parts = [f"{clean(found.plan) or clean(found.name)} ({clean(found.key)})"]
        if found.term is not None:
            days = found.term.extension_days
            added = f", with {days} day{'' if days == 1 else 's'} of credit" if days else ""
            parts.append(f"term {found.term.starts_on} to {found.term.ends_now}{added}")
        parts += [f"TAM {clean(found.tam or 'nobody')}", found.zone]
        self.summary.tell("    ".join(parts))
        self.list.shape = shape(clean(found.problem))
        self.list.show_lines(found.lines)
        self.contacts.tell(found.contacts)

    def why_not(self, command: Command) -> str | None:
        """Say who may."""
        if command in (SIGN, RENEW) and self.desk.actor.role != LEAD:
            return "Only a lead signs contracts."
        if command is CONTACT and self.desk.actor.role == "read-only":
            return READ_ONLY
        if command is COPY and not self.list.lines:
            return "There is no line to copy."
        return None

    async def action_credits(self) -> None:
        """Show the service credits."""
        from contracts.account import account
        from screens.credits import CreditsScreen

        await self.app.push_screen(CreditsScreen(partial(account, self.customer_id)))

    async def action_hours(self) -> None:
        """Show the promised hours."""
        from screens.tam_customer import HoursScreen

        await self.app.push_screen(HoursScreen(self.customer_id))

    async def action_sign(self) -> None:
        """Write a contract."""
        from screens.dialogs.signing import open_sign

        await open_sign(self, self.customer_id)

    async def action_renew(self) -> None:
        """Add a term."""
        from screens.dialogs.signing import open_renew

        await open_renew(self, self.customer_id)

    async def action_contact(self) -> None:
        """Add a person on their side."""
        from screens.dialogs.customer import open_contact

        if self.page is not None:
            await open_contact(self, self.customer_id, self.page.name)

    def action_copy(self) -> None:
        """Copy the line under the cursor."""
        here = cast(Line, self.list.selected)
        self.desk.copy(f"{here.label}: {here.value} ({here.source})")
        self.desk.say(f"Copied {here.label}.")
