"""What a proof of value has to show: a criterion is written, judged, and what it all comes to is decided."""

from __future__ import annotations

from datetime import date, timedelta

from onboarding import criteria, phases
from onboarding.criteria import CriterionRow
from onboarding.errors import OnboardingRefused
from onboarding.lengths import LONGEST_PROOF_WEEKS
from onboarding.phases import PhaseRow
from onboarding.words import CONTINUE, EXTEND, MET, NOT_MET, OUTCOMES
from screens.dialogs.call_form import CallForm, Field, Told
from screens.dialogs.choices import Cycle
from screens.dialogs.frame import Line
from screens.dialogs.versioned import VersionedForm
from screens.widgets.text import clean


class CriterionDialog(VersionedForm):
    """Writes a criterion, or changes the draft `held`."""

    def __init__(self, onboarding_id: int, customer: str, held: CriterionRow | None = None) -> None:
        self.onboarding_id, self.held = onboarding_id, held
        what, measure = (
            Line("what has to be shown: LDAP users sign in"),
            Line("how it is measured: p95 of 200 sign-ins"),
        )
        target = Line("what is enough: under 2 seconds")
        if held is not None:
            what.value, measure.value, target.value = clean(held.what), clean(held.measure), clean(held.target)
        title = f"{'A' if held is None else 'Change a'} criterion of {clean(customer)}"
        fields: dict[str, Field] = {"What": what, "Measure": measure, "Target": target}
        number, version = (held.id, held.version) if held else (0, 0)
        super().__init__(title, fields, version, lambda: criteria.criterion(number).version)

    @property
    def draft(self) -> str:
        """An onboarding's own draft of a new one; what is changed has none."""
        return "" if self.held is not None else f"criterion-{self.onboarding_id}"

    async def look(self) -> Told:
        """Say what it takes to agree."""
        lacks = [label.lower() for label in ("Measure", "Target") if not self.said[label].strip()]
        if lacks:
            return [("quiet", f"It can be kept without {' and '.join(lacks)}, and is agreed with both.")]
        return [("quiet", "Three to five of these are agreed with the customer before any is judged.")]

    async def save(self) -> object:
        """Keep it."""
        said = self.said
        measured = {"measure": said["Measure"], "target": said["Target"]}
        if self.held is None:
            actor, at = self.desk.actor.id, self.desk.now()
            await self.desk.call(criteria.add, self.onboarding_id, said["What"], actor, at, **measured)
            return f"Drafted: {clean(said['What'].strip())}"
        await self.run(criteria.change, self.held.id, what=said["What"], **measured)
        return f"Changed: {clean(said['What'].strip())}"


class JudgeDialog(VersionedForm):
    """Says what was found, and whether it meets the target."""

    def __init__(self, held: CriterionRow) -> None:
        self.held = held
        found = Line("what was measured: 1.4 seconds")
        found.value = clean(held.found)
        fields: dict[str, Field] = {"Found": found, "That is": Cycle((MET, NOT_MET), int(held.state == NOT_MET))}
        title = f"Judge: {clean(held.what)}"
        super().__init__(title, fields, held.version, lambda: criteria.criterion(held.id).version)

    @property
    def draft(self) -> str:
        """A criterion's own."""
        return f"judge-{self.held.id}"

    async def look(self) -> Told:
        """Say what it is measured against."""
        held = self.held
        told = [("plain", f"Measure: {held.measure}"), ("strong", f"Target:  {held.target}")]
        if not held.evidence:
            return [*told, ("warning", "! There is no evidence yet; e on the scorecard adds some.")]
        return [*told, ("quiet", f"{held.evidence} piece{'' if held.evidence == 1 else 's'} of evidence")]

    async def save(self) -> object:
        """Judge."""
        await self.run(criteria.judge, self.held.id, self.said["Found"], self.said["That is"] == MET)
        return f"{clean(self.held.what)}: {self.said['That is']}."


class DecideDialog(CallForm):
    """Decides what a proof of value comes to."""

    def __init__(self, onboarding_id: int, customer: str, phase: PhaseRow, open_points: tuple[str, ...]) -> None:
        self.onboarding_id, self.phase, self.open_points = onboarding_id, phase, open_points
        days = Line("1 to 14, in days of the calendar")
        days.value = "7"
        fields: dict[str, Field] = {
            "Outcome": Cycle(OUTCOMES),
            "Longer by": days,
            "Why": Line("the reason, in a line; it stays with the outcome"),
        }
        super().__init__(f"What does the proof of value of {clean(customer)} come to?", fields)

    @property
    def draft(self) -> str:
        """An onboarding's own."""
        return f"outcome-{self.onboarding_id}"

    def _days(self) -> int:
        typed = self.said["Longer by"].strip()
        if not (typed.isascii() and typed.isdigit()):
            raise OnboardingRefused(f"{typed!r} is no number of days; say one like 7.")
        return int(typed)

    async def look(self) -> Told:
        """Say what each outcome does."""
        outcome, row = self.said["Outcome"], self.phase
        self.show("Longer by", outcome == EXTEND)
        if outcome == EXTEND:
            if row.extended_days:
                return [("warning", f"! It was extended already, to {row.ends_on}; continue or stop.")]
            last = date.fromisoformat(row.starts_on) + timedelta(weeks=LONGEST_PROOF_WEEKS, days=-1)
            end = date.fromisoformat(row.ends_on) + timedelta(days=self._days())
            late = f"! {end} is too late; {last} is the last day possible"
            return (
                [("strong", f"It ends on {end} instead of {row.ends_on}, once")] if end <= last else [("warning", late)]
            )
        if outcome == CONTINUE:
            told = [("strong", "The gate to the onboarding term opens; p passes it.")]
            left = [each for each in self.open_points if "decided" not in each]
            return told + [("warning", f"! {each}") for each in left]
        return [("warning", "! The onboarding ends today. Nothing is deleted, and u takes it back.")]

    async def save(self) -> object:
        """Decide."""
        outcome, why = self.said["Outcome"], self.said["Why"]
        days = self._days() if outcome == EXTEND else 0
        actor, at = self.desk.actor.id, self.desk.now()
        done = await self.desk.call(phases.decide, self.onboarding_id, outcome, actor, at, why, days)
        return done.sentence
