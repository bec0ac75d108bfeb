"""Agreeing hours with a customer: how many per week, month, quarter or term, and what becomes of the rest."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from contracts.words import PERIODS, duration_text
from models.errors import StaleRow
from screens.base import DeskScreen
from screens.commands import shown_key
from screens.dialogs.acting import answered
from screens.dialogs.call_form import CallForm, Told
from screens.dialogs.choices import Cycle
from screens.dialogs.frame import Dialog, Line
from screens.ticket_commands import CONFIRM
from screens.widgets.text import clean
from tam.agreed import agreed_minutes
from tam.allowances import AllowanceRefused
from tam.date_words import coming_day
from tam.entry_words import clock_text, day_text
from tam.periods import CAPPED, FULL, NOTHING
from tam.promises import AllowanceRow

CARRIES = {"lapses": NOTHING, "goes on, up to an amount": CAPPED, "goes on, all of it": FULL}
DEBTS = ("stays with its period", "goes on to the next period")
REPLACES = ("what is open-ended ends", "what is agreed stays")
DAY, OPEN_ENDED = "today, 1 apr, 2026-04-01", "its last day; empty: open-ended"


async def open_allowance(
    screen: DeskScreen, customer: str, contract_id: int, today: date, held: AllowanceRow | None = None
) -> None:
    """Ask for hours to agree, or for what changes of `held` (with the id 0 it stands in the order: it is replaced)."""
    await ask(screen, AllowanceDialog(customer, contract_id, today, held))


async def ask(screen: DeskScreen, dialog: Dialog) -> None:
    """Open a dialog, and say what it did."""
    await screen.app.push_screen(dialog, lambda sentence: answered(screen.desk, sentence))


def first_day(text: str, today: date) -> str:
    """Return the ISO date of a first day; raises a refusal."""
    if not text.strip():
        raise AllowanceRefused("Say from which day on.")
    return coming_day(text, today).isoformat()


def day_after(text: str, today: date) -> str:
    """Return the ISO date of the first day after a last one; raises a refusal."""
    return (coming_day(text, today) + timedelta(days=1)).isoformat()


def last_day(ends_on: str | None) -> str:
    """Return the last day before an end, as it is typed."""
    return "" if ends_on is None else (date.fromisoformat(ends_on) - timedelta(days=1)).isoformat()


def stale(dialog: Dialog, refusal: StaleRow) -> StaleRow:
    """Return what to say where someone was faster: what is typed is kept, and saving goes through now."""
    key = shown_key(dialog.desk.keys_of(CONFIRM).split(",")[0])
    told = str(refusal).removesuffix(" Look again, then save.")
    return StaleRow(f"{told} What you typed is kept; {key} saves it all the same.")


class AllowanceDialog(CallForm):
    """Agrees hours, or changes what was agreed; answers a sentence."""

    def __init__(self, customer: str, contract_id: int, today: date, held: AllowanceRow | None) -> None:
        self.customer, self.contract_id, self.today = customer, contract_id, today
        self.held = held if held is not None and held.id else None
        self.version = held.version if held else 1
        fields: dict[str, Any] = {
            "Hours": Line("20, 7:30, 7.5"),
            "Per": Cycle(PERIODS, PERIODS.index(held.period if held else "month")),
            "From": Line(DAY),
            "Until": Line(OPEN_ENDED),
            "The rest": Cycle(tuple(CARRIES), list(CARRIES.values()).index(held.carry if held else NOTHING)),
            "At most": Line("hours that go on, such as 5"),
            "Overspent": Cycle(DEBTS, held.carry_deficit if held else 0),
        }
        if self.held is None:
            fields["Before it"] = Cycle(REPLACES)
        fields["Agreed in"] = Line("an order, a mail, a call")
        fields["From"].value = today.isoformat()
        if held is not None:
            fields["Hours"].value = clock_text(held.minutes)
            fields["At most"].value = clock_text(held.carry_cap) if held.carry_cap is not None else ""
        if self.held is not None:
            fields["From"].value, fields["Until"].value = self.held.starts_on, last_day(self.held.ends_on)
            fields["Agreed in"].value = clean(self.held.reason)
        super().__init__(f"{'Change what is agreed' if self.held else 'Agree hours'} with {clean(customer)}", fields)

    @property
    def draft(self) -> str:
        """A contract's own draft of a new one; what is changed has none."""
        return "" if self.held else f"allowance-{self.contract_id}"

    def _meant(self) -> dict[str, Any]:
        """What is typed, in the words of the operation; raises a refusal."""
        said = self.said
        carry = CARRIES[said["The rest"]]
        return {
            "minutes": agreed_minutes(said["Hours"]),
            "per": said["Per"],
            "starts_on": first_day(said["From"], self.today),
            "ends_on": day_after(said["Until"], self.today) if said["Until"].strip() else None,
            "carry": carry,
            "carry_cap": agreed_minutes(said["At most"]) if carry == CAPPED else None,
            "carry_deficit": said["Overspent"] == DEBTS[1],
            "reason": said["Agreed in"],
        }

    async def look(self) -> Told:
        """Say what the form comes to."""
        self.show("At most", CARRIES[self.said["The rest"]] == CAPPED)
        meant = self._meant()
        until = f"to {day_text(last_day(meant['ends_on']))}" if meant["ends_on"] else "open-ended"
        whole = f"{duration_text(meant['minutes'])} per {meant['per']}, {day_text(meant['starts_on'])} {until}"
        return [("strong", whole), ("quiet", "A period that is in force in part gets its share, by days.")]

    async def save(self) -> object:
        """Agree it."""
        from tam import allowances

        meant, actor, at = self._meant(), self.desk.actor.id, self.desk.now()
        if self.held is None:
            replace = self.said["Before it"] == REPLACES[0]
            minutes, per, starts_on = (meant.pop(name) for name in ("minutes", "per", "starts_on"))
            await self.desk.call(
                allowances.agree, self.contract_id, minutes, per, starts_on, actor, at, **meant, replace=replace
            )
            return f"Agreed {duration_text(minutes)} per {per} with {self.customer} from {starts_on} on."
        try:
            await self.desk.call(allowances.change, self.held.id, actor, at, self.version, **meant)
        except StaleRow as refusal:
            self.version = await self.desk.call(self._newest)
            raise stale(self, refusal) from refusal
        return f"Changed what is agreed with {self.customer}: {duration_text(meant['minutes'])} per {meant['per']}."

    def _newest(self) -> int:
        """Runs on the database thread."""
        from tam.promises import allowances_of

        found = {row.id: row.version for row in allowances_of(self.contract_id)}
        return found.get(self.held.id, self.version) if self.held else self.version
