"""What takes a reason: an item that is done before what it comes after, and one that is not needed."""

from __future__ import annotations

from onboarding import items
from onboarding.reading import ItemLine
from screens.dialogs.frame import Line
from screens.dialogs.onboarding_form import ItemForm, Told, titled


class EarlyDialog(ItemForm):
    """Says that an item is done although something that comes first is open; a TAM or a lead does."""

    HINT = "enter or {do}: it is done all the same   {close} closes, nothing is changed"

    def __init__(self, item: ItemLine) -> None:
        super().__init__(item, titled("Done early", item), {"Why": Line("why it is done before")})

    async def look(self) -> Told:
        """Say what is open and comes first."""
        return [("warning", "These come first and are open:"), *(("plain", f"○ {title}") for title in self.item.first)]

    async def save(self) -> object:
        """Do it."""
        return await self.run(items.done, reason=self.said["Why"])


class ExcludeDialog(ItemForm):
    """Takes an item out of this customer's checklist."""

    HINT = "enter or {do} takes it out   {close} closes, nothing is changed"

    def __init__(self, item: ItemLine) -> None:
        super().__init__(item, titled("Not needed", item), {"Why": Line("why this customer does not need it")})

    async def look(self) -> Told:
        """Say what follows."""
        return [("quiet", "It counts no more, and what waits for it need not wait. U takes it back in.")]

    async def save(self) -> object:
        """Do it."""
        return await self.run(items.not_needed, self.said["Why"])
