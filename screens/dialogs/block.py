"""Who holds an item up, why, and since when."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from onboarding import items, rules
from onboarding.errors import OnboardingRefused
from onboarding.reading import ItemLine
from onboarding.words import BLOCKED, CUSTOMER, VENDOR
from screens.base import DeskScreen
from screens.dialogs.choices import Cycle
from screens.dialogs.frame import Line
from screens.dialogs.item_owner import People, people
from screens.dialogs.onboarding_form import Field, ItemForm, Told, titled, typed_day
from screens.onboarding_acting import ask
from screens.widgets.checklist import day
from screens.widgets.text import clean

SOMEBODY = "somebody by name"


async def open_block(screen: DeskScreen, item: ItemLine, onboarding_id: int) -> None:
    """Ask who holds an item up, and why."""
    found = await screen.desk.attempt(people, onboarding_id)
    held = await screen.desk.attempt(rules.held, onboarding_id)
    if found is not None and held is not None:
        await ask(screen, BlockDialog(item, found, held.today(screen.desk.now()).isoformat()))


class BlockDialog(ItemForm):
    """Says that an item is blocked; on one that is, says it anew."""

    HINT = "enter or {do} marks it as blocked   {close} closes, nothing is changed"

    def __init__(self, item: ItemLine, found: People, today: str) -> None:
        self.today, self.sides = today, {CUSTOMER: clean(found.customer), VENDOR: "us"}
        names = [*(each.name for each in found.theirs), *(each.name for each in found.ours)]
        self.whom = {f"{clean(found.customer)}, the customer": CUSTOMER, "us, the vendor": VENDOR}
        self.whom |= {clean(name): name for name in names} | {SOMEBODY: ""}
        values = tuple(self.whom)
        at = next((index for index, value in enumerate(self.whom.values()) if value and value == item.blocked_by), 0)
        why, since = Line("what is missing, in a line"), Line("empty: now; else the day, such as 2026-03-12")
        if item.state == BLOCKED:
            why.value = clean(item.reason)
        fields: dict[str, Field] = {"By": Cycle(values, at), "Name": Line("their name"), "Why": why, "Since": since}
        super().__init__(item, titled("Blocked", item), fields)

    @property
    def _by(self) -> str:
        return self.whom[self.said["By"]] or self.said["Name"]

    def _since(self) -> int | None:
        """Return the first second of the day that is said; None for now, or for what it was."""
        if not self.said["Since"].strip():
            return self.item.blocked_since
        found = typed_day(self, "Since")
        if found is None or found.isoformat() > self.today:
            raise OnboardingRefused("It cannot be blocked since a day that has not come yet; give an earlier one.")
        zone = ZoneInfo(self.desk.actor.zone)
        return int(datetime.combine(found, time(), tzinfo=zone).timestamp())

    async def look(self) -> Told:
        """Show the name where it is asked for, and what it comes to."""
        self.show("Name", self.said["By"] == SOMEBODY)
        since = typed_day(self, "Since") if self.said["Since"].strip() else None
        self._since()
        told = (
            f"since {day(since.isoformat())}"
            if since
            else "since now"
            if self.item.blocked_since is None
            else "as before"
        )
        return [
            ("strong", f"waits for {self.sides.get(self._by) or clean(self._by) or '…'}, {told}"),
            ("quiet", "s goes on with it."),
        ]

    async def save(self) -> object:
        """Mark it."""
        return await self.run(items.block, self._by, self.said["Why"], since=self._since())
