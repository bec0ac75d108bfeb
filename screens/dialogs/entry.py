"""Changing time that was logged."""

from __future__ import annotations

from datetime import date
from typing import Any

from models.errors import StaleRow
from screens.dialogs.allowance import stale
from screens.dialogs.call_form import CallForm, Told
from screens.dialogs.choices import Cycle
from screens.dialogs.frame import Line
from screens.widgets.text import clean
from tam import entries
from tam.activities import KEYS
from tam.date_words import coming_day
from tam.entry_reading import EntryRow, entry
from tam.entry_words import clock_text, day_text, hours_text
from tam.week_cell import cell_minutes
from tickets.errors import RuleRefused

COUNTS = ("does not count", "counts")
BILLABLE = ("not billable", "billable")


class EntryDialog(CallForm):
    """Changes an entry; answers sentences: what was done, and what to know of it."""

    def __init__(self, held: EntryRow, today: date) -> None:
        self.held, self.today, self.version = held, today, held.version
        fields: dict[str, Any] = {
            "How long": Line("1:30, 1.5, 90m"),
            "Day": Line("today, mon, 12 mar, 2026-03-12"),
            "Activity": Cycle(KEYS, KEYS.index(held.activity) if held.activity in KEYS else 0),
            "Allowance": Cycle(COUNTS, held.counts),
            "Invoice": Cycle(BILLABLE, held.billable),
            "Note": Line("what it was, in a line"),
        }
        fields["How long"].value, fields["Day"].value = clock_text(held.minutes), held.on
        fields["Note"].value = clean(held.note)
        super().__init__(f"Time of {clean(held.person)} for {clean(held.customer)}", fields)

    def _meant(self) -> dict[str, Any]:
        """What differs from what stands there; raises a refusal."""
        said, held = self.said, self.held
        minutes = cell_minutes(said["How long"])
        if not minutes:
            raise RuleRefused("Say how long it was; x takes an entry away.")
        typed = said["Day"].strip()
        on = held.on if typed == held.on else coming_day(typed, self.today).isoformat()
        meant = {"minutes": minutes, "on": on, "activity": said["Activity"]}
        if said["Note"] != clean(held.note):
            meant["note"] = said["Note"]
        changed = {name: value for name, value in meant.items() if value != getattr(held, name)}
        if "minutes" in changed or "on" in changed:
            changed |= {"started_at": None, "ended_at": None}
        for name, label, words, was in (
            ("counts", "Allowance", COUNTS, held.counts),
            ("billable", "Invoice", BILLABLE, held.billable),
        ):
            if words.index(said[label]) != was:
                changed[name] = bool(words.index(said[label]))
        return changed

    async def look(self) -> Told:
        """Say what changes."""
        meant = self._meant()
        if not meant:
            return [("quiet", "Nothing differs.")]
        minutes, on = meant.get("minutes", self.held.minutes), meant.get("on", self.held.on)
        lines = [("strong", f"{hours_text(minutes)} on {day_text(on)}, {self.said['Activity']}")]
        if self.held.started_at is not None and "started_at" in meant:
            lines.append(("warning", "! Its start and end are forgotten."))
        return lines

    async def save(self) -> object:
        """Change it."""
        meant = self._meant()
        if not meant:
            return ""
        try:
            done = await self.desk.call(
                entries.change, self.held.id, self.desk.actor.id, self.desk.now(), self.version, **meant
            )
        except StaleRow as refusal:
            self.version = (await self.desk.call(entry, self.held.id)).version
            raise stale(self, refusal) from refusal
        return (done.sentence, *done.warnings)
