"""The proof of value: what it needs first, what it has to show, what was found, and what it comes to."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, cast

from onboarding import criteria, gates, phases
from onboarding.criteria import FEWEST, MOST, OPEN, CriterionRow, agree_all, remove, reopen_all
from onboarding.evidence import EvidenceRow, evidence
from onboarding.phases import PhaseRow, phase_of
from onboarding.reading import SIGNS as SIGNS_OF
from onboarding.reading import ItemLine, checklist
from onboarding.rules import held
from onboarding.words import CONTINUE, EXTEND, GATE_PROOF, MET, NOT_MET, PREREQUISITE, PROOF, SETTLED
from screens.commands import LIST_COMMANDS, Command, bindings
from screens.onboarding_acting import why_not_item
from screens.onboarding_commands import BEGIN, DONE, EVIDENCE
from screens.onboarding_commands import SCORECARD as HERE
from screens.onboarding_parts import PartScreen, Told, labelled
from screens.onboarding_parts_commands import (
    AGREE,
    CHOOSE,
    DECIDE,
    DROP,
    JUDGE,
    NEW_CRITERION,
    REOPEN,
    SCORECARD_COMMANDS,
)
from screens.widgets.checklist import SIDES
from screens.widgets.plain_list import Pieces, Shape
from screens.widgets.text import clean, fit
from screens.widgets.timeline import day_text

WIDE = 100
SIGNS = {OPEN: ("○", "plain"), MET: ("●", "accent"), NOT_MET: ("✕", "warning")}
FIRST, SHOWN = "Needed first", "To be shown"
EMPTY = "No criterion yet. n writes the first of three to five."


class Proof(NamedTuple):
    """A proof of value as it stands; `open_points` say what its gate waits for."""

    customer: str
    customer_id: int
    phase: str
    state: str
    today: date
    row: PhaseRow
    prerequisites: tuple[ItemLine, ...]
    criteria: tuple[CriterionRow, ...]
    evidence: tuple[EvidenceRow, ...]
    open_points: tuple[str, ...]

    @property
    def agreed(self) -> bool:
        """Whether the criteria are agreed."""
        return any(each.agreed_at is not None for each in self.criteria)


def read(onboarding_id: int, now: int) -> Proof:
    """Read it; runs on the database thread."""
    found = held(onboarding_id)
    groups = checklist(onboarding_id, now).groups
    needed = tuple(item for group in groups for item in group.items if item.part == PREREQUISITE)
    behind = [row for row in phases.phases(onboarding_id) if row.phase == PROOF]
    open_points = gates.missing(onboarding_id, GATE_PROOF, now) if found.phase == PROOF else ()
    return Proof(
        found.customer,
        found.customer_id,
        found.phase,
        found.state,
        found.today(now),
        behind[0] if behind else phase_of(found),
        needed,
        tuple(criteria.criteria(onboarding_id)),
        tuple(evidence(onboarding_id)),
        open_points,
    )


def _columns(width: int) -> tuple[int, int, int]:
    """Return the cells of what, target and found."""
    target, found = (28, 24) if width >= WIDE else (18, 14)
    return max(10, width - target - found - 14), target, found


def shape() -> Shape:
    """Shape what a proof of value needs first, and what it has to show."""

    def heading(width: int) -> str:
        what, target, found = _columns(width)
        return f"     {'What':<{what}} {'Target':<{target}} {'Found':<{found}} Shown"

    def line(item: object, width: int) -> Pieces:
        what, target, found = _columns(width)
        if isinstance(item, str):
            return (("quiet", f" {item}"),)
        if isinstance(item, CriterionRow):
            sign, style = SIGNS[item.state]
            mark = f"{item.evidence:>5}" if item.evidence else "    –"
            return (
                (style, f"   {sign}"),
                ("plain", f" {fit(item.what, what)} "),
                ("quiet", f"{fit(item.target or '–', target)} "),
                (style, f"{fit(item.found or '–', found)} "),
                ("warning" if not item.evidence and item.agreed_at else "quiet", mark),
            )
        row = cast(ItemLine, item)
        style = "quiet" if row.state in SETTLED else "warning" if row.overdue else "plain"
        due = day_text(date.fromisoformat(row.due_on)) if row.due_on else "–"
        told = row.state if row.state in SETTLED else f"✕ {due}" if row.overdue else due
        mark = f"{row.evidence:>5}" if row.evidence else "    –"
        return (
            (style, f"   {SIGNS_OF[row.state]} {fit(row.title, what)} "),
            (style, f"{fit(row.owner or SIDES[row.side], target)} {fit(told, found)} "),
            ("quiet", mark),
        )

    return Shape(heading, line, EMPTY)


class ScorecardScreen(PartScreen):
    """A proof of value."""

    OFFERS = SCORECARD_COMMANDS
    BINDINGS = bindings(tuple(command for command in SCORECARD_COMMANDS if command not in LIST_COMMANDS))
    HERE = HERE
    FOR_MANAGERS = (NEW_CRITERION, AGREE, REOPEN, DROP, DECIDE)
    CHOOSES = CHOOSE
    LINES = (6, 10)

    def __init__(self, onboarding_id: int) -> None:
        super().__init__(shape(), onboarding_id)
        self.found: Proof | None = None

    async def take(self) -> None:
        """Read it."""
        found = await self.desk.attempt(read, self.onboarding_id, self.desk.now())
        if found is None or not self.is_attached:
            return
        first, self.found = self.found is None, found
        self.customer, self.customer_id = found.customer, found.customer_id
        self.summary.tell(sentence(found))
        lines: list[object] = [FIRST, *found.prerequisites] if found.prerequisites else []
        self.list.show_lines([*lines, SHOWN, *(found.criteria or (EMPTY,))])
        if first:
            self.move(1)
        self.moved()

    def move(self, by: int) -> None:
        """Move the cursor past the titles of both parts."""
        super().move(by)
        if self.list.selected in (FIRST, SHOWN):
            super().move(1 if by > 0 or self.list.cursor == 0 else -1)

    def moved(self) -> None:
        """Tell the line under the cursor in full."""
        here = self.list.selected
        if isinstance(here, CriterionRow):
            self.details.tell(here.state if here.agreed_at else "draft", self._criterion_told(here))
        elif isinstance(here, ItemLine):
            self.details.tell(here.state, self._item_told(here))
        else:
            self.details.tell("", [])
        self.footer_line.tell(self.footer_keys())

    def _criterion_told(self, here: CriterionRow) -> Told:
        lines = [("strong", clean(here.what))]
        lines.append(labelled("Measure", here.measure or "not said yet"))
        lines.append(labelled("Target", here.target or "not said yet"))
        if here.found:
            lines.append(labelled("Found", f"{here.found} ({here.state})", SIGNS[here.state][1]))
        return lines + self._shown_by(criterion_id=here.id)

    def _item_told(self, here: ItemLine) -> Told:
        lines = [("strong", clean(here.title)), labelled("Done means", here.done_means or "as agreed")]
        if here.blocked_by:
            lines.append(labelled("Blocked by", f"{here.blocked_by}: {here.reason}", "warning"))
        return lines + self._shown_by(item_id=here.id)

    def _shown_by(self, item_id: int | None = None, criterion_id: int | None = None) -> Told:
        found = self.found.evidence if self.found else ()
        mine = [each for each in found if (each.item_id, each.criterion_id) == (item_id, criterion_id)]
        if not mine:
            return [("quiet", f"{'Evidence':<13}none yet; e adds some")]
        return [
            labelled(
                "Evidence" if place == 0 else "", f"{each.kind}: {each.text}{' (internal)' if each.internal else ''}"
            )
            for place, each in enumerate(reversed(mine))
        ]

    # keys

    @property
    def _criterion(self) -> CriterionRow | None:
        here = self.list.selected
        return here if isinstance(here, CriterionRow) else None

    def obstacle(self, command: Command) -> str | None:
        """Say what stands against it."""
        if self.found is None:
            return "The proof of value is being read."
        return self._on_the_line(command) or self._on_the_whole(command, self.found)

    def _on_the_line(self, command: Command) -> str | None:
        if command in (DONE, BEGIN):
            if self.item is None:
                return "That is for what is needed first; m judges a criterion."
            return why_not_item(command, self.item, self.desk.actor.role)
        if command in (JUDGE, DROP) and self._criterion is None:
            return "There is no criterion on this line."
        if command in (EVIDENCE, CHOOSE) and not (self.item or self._criterion):
            return "There is nothing on this line; n writes a criterion."
        return None

    def _on_the_whole(self, command: Command, found: Proof) -> str | None:
        if command in (NEW_CRITERION, DROP) and found.agreed:
            return "The criteria are agreed; O takes that back, with a reason."
        if command is DECIDE and found.phase != PROOF:
            return f"{clean(found.customer)} is in the {found.phase}; the proof of value is behind it."
        if command is REOPEN and not found.agreed:
            return "The criteria are not agreed yet; change them as they are."
        if command is JUDGE and not found.agreed:
            return "A criterion is judged once all are agreed: A records that."
        return self._why_not_agreed(found) if command is AGREE else None

    def _why_not_agreed(self, found: Proof) -> str | None:
        if found.agreed:
            return "They are agreed already; O takes that back, with a reason."
        count = len(found.criteria)
        if not FEWEST <= count <= MOST:
            return f"{FEWEST} to {MOST} criteria are agreed, and there {'is' if count == 1 else 'are'} {count}."
        return None

    async def action_open(self) -> None:
        """Work on the line: change a draft, judge what is agreed, or have an item done."""
        if self.item is not None:
            await self.run_command(DONE)
        elif self._criterion is not None and self._criterion.agreed_at is not None:
            await self.run_command(JUDGE)
        elif self._criterion is not None:
            from screens.dialogs.criterion import CriterionDialog

            await self.ask(CriterionDialog(self.onboarding_id, self.customer, self._criterion))

    async def action_new(self) -> None:
        """Write a criterion."""
        from screens.dialogs.criterion import CriterionDialog

        await self.ask(CriterionDialog(self.onboarding_id, self.customer))

    async def action_judge(self) -> None:
        """Judge the criterion."""
        from screens.dialogs.criterion import JudgeDialog

        if self._criterion is not None:
            await self.ask(JudgeDialog(self._criterion))

    async def action_evidence(self) -> None:
        """Add evidence for the line."""
        if self._criterion is None:
            await self.act(EVIDENCE)
            return
        from screens.dialogs.criterion_evidence import open_criterion_evidence

        pieces = [each for each in cast(Proof, self.found).evidence if each.criterion_id == self._criterion.id]
        await open_criterion_evidence(self, self._criterion, pieces)

    async def action_agree(self) -> None:
        """Agree all, after a question."""
        from screens.dialogs.confirm import ConfirmDialog

        found = cast(Proof, self.found)
        told = f"{len(found.criteria)} criteria are fixed then; only a reason opens them again."
        dialog = ConfirmDialog(f"Did {clean(found.customer)} agree?", told, "not yet", "they agreed")

        async def agreed(answer: object) -> None:
            if answer:
                await self.do(agree_all, self.onboarding_id, self.desk.actor.id, self.desk.now())

        await self.app.push_screen(dialog, agreed)

    async def action_reopen(self) -> None:
        """Take the agreement back."""
        from screens.dialogs.reason import ReasonDialog

        def reopen(why: str, actor: int, at: int) -> str:
            reopen_all(self.onboarding_id, why, actor, at)
            return "The criteria can be changed, and are to be agreed anew."

        hint = "what the customer and you want to change, in a line"
        await self.ask(ReasonDialog("Reopen the criteria", hint, reopen, "reopens them"))

    async def action_drop(self) -> None:
        """Drop a draft."""
        if self._criterion is not None:
            await self.do(remove, self._criterion.id, self.desk.actor.id, self.desk.now())

    async def action_decide(self) -> None:
        """Decide what it comes to."""
        from screens.dialogs.criterion import DecideDialog

        found = cast(Proof, self.found)
        await self.ask(DecideDialog(self.onboarding_id, found.customer, found.row, found.open_points))


def sentence(found: Proof) -> str:
    """Return how it stands, in a sentence."""
    row, name = found.row, clean(found.customer)
    met = sum(each.state == MET for each in found.criteria)
    if row.phase != PROOF:
        return f"{name} began with the {row.phase}; there was no proof of value."
    if row.ended_on is not None:
        outcome = "continued" if row.outcome == CONTINUE else "stopped" if row.outcome else "ended"
        return f"{name}: {outcome} on {row.ended_on}, {met} of {len(found.criteria)} met    {clean(row.reason)}"
    left = (date.fromisoformat(row.ends_on) - found.today).days
    days = f"{abs(left)} day{'' if abs(left) == 1 else 's'}"
    time = f"{days} left, to {row.ends_on}" if left >= 0 else f"! {days} over, since {row.ends_on}"
    agreed = "agreed" if found.agreed else "not agreed yet"
    told = f"{name}: {time}    {met} of {len(found.criteria)} criteria met, {agreed}"
    if row.outcome == CONTINUE:
        return f"{told}    it continues: p passes the gate"
    return f"{told}    extended once" if row.outcome == EXTEND else told
