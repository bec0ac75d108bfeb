"""What shows that a criterion is met: a link, a note or a file is added; what is there is looked at first."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from onboarding import evidence
from onboarding.criteria import CriterionRow
from onboarding.evidence import FILE as A_FILE
from onboarding.evidence import LINK, NOTE, About, EvidenceRow, checked_link
from screens.base import DeskScreen
from screens.dialogs.call_form import CallForm, Field, Told
from screens.dialogs.choices import Cycle
from screens.dialogs.chooser import Chooser, Offer
from screens.dialogs.evidence import INTERNAL, NEW, SEEN, PieceDialog, read
from screens.dialogs.frame import Line
from screens.onboarding_parts import answered
from screens.widgets.text import clean

ASKED = {
    LINK: "https://… to what shows it",
    NOTE: "what shows it, in a line",
    A_FILE: "the path of a file on this machine",
}


async def open_criterion_evidence(screen: DeskScreen, held: CriterionRow, pieces: Sequence[EvidenceRow]) -> None:
    """Ask for evidence; where a criterion has some, show that first."""

    async def ask(dialog: CallForm | PieceDialog) -> None:
        await screen.app.push_screen(dialog, lambda answer: answered(screen, answer))

    if not pieces:
        await ask(CriterionEvidenceDialog(held))
        return
    offers = [Offer("add evidence", "a link, a note or a file", NEW)]
    offers += [Offer(" ".join(each.text.split()), each.kind, each) for each in pieces]

    async def opened(answer: object) -> None:
        if answer == NEW:
            await ask(CriterionEvidenceDialog(held))
        elif isinstance(answer, EvidenceRow):
            await ask(PieceDialog(answer, True))

    title = f"Evidence: {clean(held.what)}"
    await screen.app.push_screen(Chooser(title, offers, "No evidence is like that."), opened)


class CriterionEvidenceDialog(CallForm):
    """Adds one piece of evidence to a criterion."""

    def __init__(self, held: CriterionRow) -> None:
        self.held = held
        self.what = Line(ASKED[LINK])
        kinds, whose = Cycle((LINK, NOTE, A_FILE)), Cycle((SEEN, INTERNAL))
        fields: dict[str, Field] = {"Kind": kinds, "Seen by": whose, "It": self.what}
        super().__init__(f"Evidence: {clean(held.what)}", fields)

    @property
    def draft(self) -> str:
        """A criterion's own."""
        return f"criterion-evidence-{self.held.id}"

    async def look(self) -> Told:
        """Say what it is to show, and what is wrong with an address."""
        kind, typed = self.said["Kind"], self.said["It"].strip()
        self.what.placeholder = ASKED[kind]
        told = [("quiet", f"Target: {self.held.target}")]
        return [*told, ("plain", checked_link(typed))] if typed and kind == LINK else told

    async def save(self) -> object:
        """Add it; a file is read off the screen's thread."""
        kind, typed = self.said["Kind"], self.said["It"]
        more: dict[str, Any] = {"about": About(criterion_id=self.held.id), "internal": self.said["Seen by"] == INTERNAL}
        number, actor, at = self.held.onboarding_id, self.desk.actor.id, self.desk.now()
        if kind == A_FILE:
            name, content = await asyncio.to_thread(read, typed)
            await self.desk.call(evidence.add_file, number, name, content, actor, at, **more)
        else:
            add = evidence.add_link if kind == LINK else evidence.add_note
            await self.desk.call(add, number, typed, actor, at, **more)
        return f"Added a {kind} for {clean(self.held.what)}."
