"""A call was held: who was there, how long it took, and whether its time is logged."""

from __future__ import annotations

from screens.dialogs.call_form import CallForm, Field, Told, people_of, worded
from screens.dialogs.call_plan import minutes_of
from screens.dialogs.choices import Cycle
from screens.dialogs.frame import Line
from screens.widgets.text import clean
from tam import calls
from tam.call_reading import CallRow
from tam.call_rules import moment_text
from tam.coverage import coverage
from tam.entry_words import hours_text

LOG, LEAVE = "log it as a review call", "do not log it"


class HoldDialog(CallForm):
    """Holds a call; the agenda is kept as it is then."""

    HINT = "tab, enter on   {do} holds it   {close} closes, nothing is changed"

    def __init__(self, held: CallRow) -> None:
        self.held = held
        took, there = Line(), Line("names, with ; between them")
        took.value, there.value = str(held.minutes), worded(held.attendees)
        fields: dict[str, Field] = {"Minutes": took, "Were there": there, "Time": Cycle((LOG, LEAVE))}
        super().__init__(f"The call with {clean(held.customer)} of {moment_text(held.zone, held.at)} was held", fields)

    async def look(self) -> Told:
        """Say what is logged."""
        minutes = minutes_of(self.said["Minutes"])
        if self.said["Time"] == LEAVE:
            return [("quiet", "No time is logged.")]
        on = moment_text(self.held.zone, self.held.at).rsplit(" ", 1)[0]
        line = f"{hours_text(minutes)} for {clean(self.held.customer)} on {on}, review call"
        found = await self.desk.call(coverage, self.held.customer_id, self._on)
        return [("strong", line)] + ([] if found.covered else [("warning", f"! {clean(found.reason)}")])

    @property
    def _on(self) -> str:
        from sla.wall import local_of

        return local_of(self.held.zone, self.held.at).date().isoformat()

    async def save(self) -> object:
        """Hold it."""
        held = await self.desk.call(
            calls.hold,
            self.held.id,
            self.desk.actor.id,
            self.desk.now(),
            minutes_of(self.said["Minutes"]),
            people_of(self.said["Were there"]),
            self.said["Time"] == LOG,
            self.held.version,
        )
        return (held.sentence, *held.warnings)
