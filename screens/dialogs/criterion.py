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
from screens.widgets.text import clean


class CriterionDialog(CallForm):
    """Writes a criterion, or changes the draft `held`."""

    def __init__(self, onboarding_id: int, customer: str, held: CriterionRow | None = None) -> None:
        self.onboarding_id, self.held = onboarding_id, held
        fields: dict[str, Field] = {
            "What": Line("what has to be shown: LDAP users sign in"),
            "Measure": Line("how it is measured: p95 of 200 sign-ins"),
            "Target": Line("what is enough: under 2 seconds"),
        }
        if held is not None:
            for label, text in zip(fields, (held.what, held.measure, held.target), strict=True):
                widget = fields[label]
                if isinstance(widget, Line):
                    widget.value = clean(text)
        super().__init__(f"{'A' if held is None else 'Change a'} criterion of {clean(customer)}", fields)

    @property
    def draft(self) -> str:
        """An onboarding's own draft of a new one; what is changed has none."""
        return "" if self.held is not None else f"criterion-{self.onboarding_id}"

    async def look(self) -> Told:
        """Say what it takes to agree."""
        lacks = [label.lower() for label in ("Measure", "Target") if not self.said[label].strip()]
        if lacks:
            return [("quiet", f"It can be kept without {' and '.join(lacks)}, and is agreed with both.")]
        return [
            ("plain", f"{self.said['What'].strip()}: {self.said['Measure'].strip()}, {self.said['Target'].strip()}")
        ]

    async def save(self) -> object:
        """Keep it."""
        said, actor, at = self.said, self.desk.actor.id, self.desk.now()
        measured = {"measure": said["Measure"], "target": said["Target"]}
        if self.held is None:
            await self.desk.call(criteria.add, self.onboarding_id, said["What"], actor, at, **measured)
            return f"Drafted: {clean(said['What'].strip())}"
        named = {"what": said["What"], "version": self.held.version, **measured}
        await self.desk.call(criteria.change, self.held.id, actor, at, **named)
        return f"Changed: {clean(said['What'].strip())}"


class JudgeDialog(CallForm):
    """Says what was found, and whether it meets the target."""

    def __init__(self, held: CriterionRow) -> None:
        self.held = held
        found = Line("what was measured: 1.4 seconds")
        found.value = clean(held.found)
        fields: dict[str, Field] = {"Found": found, "That is": Cycle((MET, NOT_MET), int(held.state == NOT_MET))}
        super().__init__(f"Judge: {clean(held.what)}", fields)

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
        met = self.said["That is"] == MET
        actor, at = self.desk.actor.id, self.desk.now()
        held, found = self.held, self.said["Found"]
        await self.desk.call(criteria.judge, held.id, found, met, actor, at, version=held.version)
        return f"{clean(held.what)}: {self.said['That is']}."


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
            told = [("strong", "The gate to the onboarding term opens; P passes it.")]
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
