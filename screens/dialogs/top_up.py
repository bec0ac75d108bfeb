"""Adding hours to what a customer agreed, with a validity of their own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from contracts.words import duration_text
from models.errors import StaleRow
from screens.base import DeskScreen
from screens.dialogs.allowance import DAY, ask, day_after, first_day, last_day, stale
from screens.dialogs.call_form import CallForm, Told
from screens.dialogs.frame import Line
from screens.widgets.text import clean
from tam.agreed import TopUpLine, agreed_minutes
from tam.allowances import AllowanceRefused
from tam.balance import Balance
from tam.closing import open_since
from tam.entry_words import clock_text, day_text
from tam.periods import FOREVER


async def open_top_up(screen: DeskScreen, held: Balance, changed: TopUpLine | None = None) -> None:
    """Ask for hours to add, or for what changes of some that were added."""
    await ask(screen, TopUpDialog(held, changed))


class TopUpDialog(CallForm):
    """Adds hours, or changes a top-up; answers a sentence."""

    def __init__(self, held: Balance, changed: TopUpLine | None) -> None:
        self.customer_id, self.customer, self.today = held.customer_id, held.customer, held.today
        self.changed, self.version = changed, changed.row.version if changed else 1
        fields: dict[str, Any] = {
            "Hours": Line("5, 7:30, 7.5"),
            "From": Line(DAY),
            "Until": Line("the last day on which they can be used"),
            "For": Line("what they are for, in a line"),
        }
        fields["From"].value = held.today.isoformat()
        if held.period.after != FOREVER:
            fields["Until"].value = (held.period.after - timedelta(days=1)).isoformat()
        if changed is not None:
            row = changed.row
            fields["Hours"].value, fields["From"].value = clock_text(row.minutes), row.starts_on
            fields["Until"].value, fields["For"].value = last_day(row.ends_on), clean(row.note)
        super().__init__(f"{'Change a top-up' if changed else 'Add hours'} for {clean(held.customer)}", fields)

    @property
    def draft(self) -> str:
        """A customer's own draft of a new one; what is changed has none."""
        return "" if self.changed else f"top-up-{self.customer_id}"

    def _meant(self) -> dict[str, Any]:
        """What is typed, in the words of the operation; raises a refusal."""
        said = self.said
        if not said["Until"].strip():
            raise AllowanceRefused("Say until which day they can be used.")
        return {
            "minutes": agreed_minutes(said["Hours"]),
            "starts_on": first_day(said["From"], self.today),
            "ends_on": day_after(said["Until"], self.today),
            "note": said["For"],
        }

    async def look(self) -> Told:
        """Say what the form comes to."""
        meant = self._meant()
        days = f"{day_text(meant['starts_on'])} to {day_text(last_day(meant['ends_on']))}"
        told: Told = [("strong", f"{duration_text(meant['minutes'])} more, {days}")]
        since = "" if self.changed else await self.desk.call(open_since, self.customer_id)
        if meant["starts_on"] < since:
            told.append(("warning", f"! It counts from {day_text(since)} on: what was before is closed."))
        return [*told, ("quiet", "Of what can be used on a day, what ends first is used first.")]

    async def save(self) -> object:
        """Add them."""
        from tam import allowances

        meant, actor, at = self._meant(), self.desk.actor.id, self.desk.now()
        told = f"{duration_text(meant['minutes'])} for {self.customer} until {last_day(meant['ends_on'])}."
        if self.changed is None:
            await self.desk.call(allowances.top_up, self.customer_id, *meant.values(), actor, at)
            return f"Added {told}"
        try:
            await self.desk.call(allowances.change_top_up, self.changed.row.id, actor, at, self.version, **meant)
        except StaleRow as refusal:
            self.version = await self.desk.call(self._newest)
            raise stale(self, refusal) from refusal
        return f"Changed a top-up: {told}"

    def _newest(self) -> int:
        """Runs on the database thread."""
        from tam.agreed import agreed

        found = {each.row.id: each.row.version for each in agreed(self.customer_id, self.desk.now()).top_ups}
        return found.get(self.changed.row.id, self.version) if self.changed else self.version
