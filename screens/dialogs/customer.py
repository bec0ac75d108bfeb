"""Adding a customer, and a person on a customer's side."""

from __future__ import annotations

from functools import partial
from typing import Any

from contracts import directory
from models.reading import rows
from screens.base import DeskScreen
from screens.dialogs.allowance import ask
from screens.dialogs.call_form import CallForm, Told
from screens.dialogs.choices import Cycle
from screens.dialogs.frame import Line
from screens.widgets.text import clean

NOBODY = "nobody yet"


def _tams() -> list[str]:
    """The logins of those who can be a TAM; on the database thread."""
    found = rows("SELECT login FROM person WHERE active = 1 AND role IN ('tam', 'lead') ORDER BY role DESC, login")
    return [login for (login,) in found]


async def open_customer(screen: DeskScreen) -> None:
    """Ask for a new customer, and go to its page, where its contract is signed."""

    async def added(customer_id: object) -> None:
        from screens.customer import CustomerScreen

        if isinstance(customer_id, int):
            await screen.app.push_screen(CustomerScreen(customer_id))

    logins = await screen.desk.attempt(_tams)
    if logins is not None:
        await screen.app.push_screen(CustomerDialog(logins, screen.desk.actor.zone), added)


async def open_contact(screen: DeskScreen, customer_id: int, customer: str) -> None:
    """Ask for a person on a customer's side."""
    await ask(screen, ContactDialog(customer_id, customer))


class CustomerDialog(CallForm):
    """Adds a customer; answers its id."""

    def __init__(self, tams: list[str], zone: str) -> None:
        fields: dict[str, Any] = {
            "Name": Line("as lists show it"),
            "Key": Line("a short word for it; made of the name where empty"),
            "Zone": Line("Europe/Zurich"),
            "Badge": Line("a few signs beside the name, such as ent"),
            "TAM": Cycle([NOBODY, *tams]),
        }
        fields["Zone"].value = zone
        super().__init__("New customer", fields)

    @property
    def draft(self) -> str:
        """What is typed is kept."""
        return "customer-new"

    async def look(self) -> Told:
        """Say what comes next."""
        return [("quiet", "Their page opens next: what they signed is written there.")]

    async def save(self) -> object:
        """Add it."""
        said, desk = self.said, self.desk
        fields: dict[str, Any] = {
            "key": said["Key"],
            "zone": said["Zone"].strip(),
            "badge": said["Badge"],
            "tam": said["TAM"] if self.chosen("TAM") else "",
        }
        return await desk.call(partial(directory.add_customer, **fields), said["Name"], desk.actor.id, desk.now())


class ContactDialog(CallForm):
    """Adds a contact; answers a sentence."""

    def __init__(self, customer_id: int, customer: str) -> None:
        self.customer_id = customer_id
        super().__init__(
            f"New contact of {clean(customer)}",
            {
                "Name": Line("who it is"),
                "E-mail": Line("the address that their mails come from"),
                "Phone": Line("+41 …"),
                "Named": Cycle(["not in the order", "the order names them"]),
            },
        )

    @property
    def draft(self) -> str:
        """A customer's own draft."""
        return f"contact-{self.customer_id}"

    async def save(self) -> object:
        """Add them."""
        said, desk = self.said, self.desk
        named = self.chosen("Named") == 1
        asked = partial(directory.add_contact, email=said["E-mail"], phone=said["Phone"], named=named)
        await desk.call(asked, self.customer_id, said["Name"], desk.actor.id, desk.now())
        return f"{' '.join(clean(said['Name']).split())} is on the desk now."
