"""Who has an item: one person of either side, by name."""

from __future__ import annotations

from typing import NamedTuple

from textual import on
from textual.widgets import Input

from onboarding import items, rules
from onboarding.reading import ItemLine
from screens.base import DeskScreen
from screens.dialogs.chooser import Chooser, Offer
from screens.dialogs.onboarding_form import titled
from screens.onboarding_acting import do
from tickets.choices import ContactChoice, contacts
from tickets.colleagues import Colleague, colleagues


class Owner(NamedTuple):
    """A person of ours (by id) or of the customer's (by name)."""

    person: int | None
    contact: str


class People(NamedTuple):
    """Who may have an item."""

    customer: str
    ours: list[Colleague]
    theirs: list[ContactChoice]


def people(onboarding_id: int) -> People:
    """Read who may have an item of an onboarding, on the database thread."""
    found = rules.held(onboarding_id)
    return People(found.customer, colleagues(), contacts(found.customer_id))


class OwnerChooser(Chooser):
    """Answers an Owner; a name that is typed in full and that nobody has is somebody of the customer's."""

    def __init__(self, item: ItemLine, found: People, me: int) -> None:
        ours = sorted(found.ours, key=lambda each: each.id != me)
        theirs = [
            Offer(each.name, f"{found.customer}{', named' if each.named else ''}", _of(each)) for each in found.theirs
        ]
        mine = [Offer(each.name, "of ours", Owner(each.id, "")) for each in ours]
        offers = [*theirs, *mine] if item.side == "customer" else [*mine, *theirs]
        self.customer = found.customer
        super().__init__(titled("Who has", item), offers, "Nobody is called that.")

    @on(Input.Changed)
    def _named(self, event: Input.Changed) -> None:
        """Show whom the text fits, and at the end the text itself as a name."""
        event.prevent_default()
        self.narrow()
        name = " ".join(self.line.value.split())
        known = {offer.title.casefold() for offer in self.offers}
        if name and name.casefold() not in known:
            about = f"somebody else at {self.customer}"
            self.found = (*self.found, Offer(name, about, Owner(None, name)))
            self.picks.tell(self._picks())


def _of(contact: ContactChoice) -> Owner:
    return Owner(None, contact.name)


async def open_owner(screen: DeskScreen, item: ItemLine, onboarding_id: int) -> None:
    """Ask who has an item, and give it."""
    found = await screen.desk.attempt(people, onboarding_id)
    if found is None:
        return

    async def give(answer: object) -> None:
        if isinstance(answer, Owner):
            whom = {"person": answer.person} if answer.person is not None else {"contact": answer.contact}
            await do(screen, items.give, item.id, version=item.version, **whom)

    await screen.app.push_screen(OwnerChooser(item, found, screen.desk.actor.id), give)
