"""What shows that a criterion is met: a link, a note, or a file of this machine."""

from __future__ import annotations

from pathlib import Path

from onboarding import evidence
from onboarding.criteria import CriterionRow
from onboarding.errors import OnboardingRefused
from onboarding.evidence import FILE, LINK, NOTE, About, checked_link
from screens.dialogs.call_form import CallForm, Field, Told
from screens.dialogs.choices import Cycle
from screens.dialogs.frame import Line
from screens.widgets.text import clean
from tickets.attachments import check_size

PUBLIC, INTERNAL = "customer may see it", "stays with us"
ASKED = {
    LINK: "https://… to what shows it",
    NOTE: "what shows it, in a line",
    FILE: "the path of a file on this machine",
}


def read_file(path: Path) -> bytes:
    """Read a file of this machine; OnboardingRefused where it cannot be read, a refusal over the limit."""
    try:
        check_size(path.name, path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise OnboardingRefused(f"{path} cannot be read: {error.strerror}.") from error


def add(held: CriterionRow, kind: str, text: str, internal: bool, actor: int, at: int) -> None:
    """Keep it; on the database thread."""
    about, number = About(criterion_id=held.id), held.onboarding_id
    if kind == LINK:
        evidence.add_link(number, text, actor, at, about=about, internal=internal)
    elif kind == NOTE:
        evidence.add_note(number, text, actor, at, about=about, internal=internal)
    else:
        path = Path(text.strip()).expanduser()
        evidence.add_file(number, path.name, read_file(path), actor, at, about=about, internal=internal)


class CriterionEvidenceDialog(CallForm):
    """Adds one piece of evidence to a criterion."""

    def __init__(self, held: CriterionRow) -> None:
        self.held = held
        self.what = Line(ASKED[LINK])
        kinds, whose = Cycle((LINK, NOTE, FILE)), Cycle((PUBLIC, INTERNAL))
        fields: dict[str, Field] = {"Kind": kinds, "It": self.what, "Who sees it": whose}
        super().__init__(f"Evidence: {clean(held.what)}", fields)

    @property
    def draft(self) -> str:
        """A criterion's own."""
        return f"evidence-{self.held.id}"

    async def look(self) -> Told:
        """Say what it will be."""
        kind = self.said["Kind"]
        self.what.placeholder = ASKED[kind]
        if not self.said["It"].strip():
            return [("quiet", f"Target: {self.held.target}")]
        if kind == LINK:
            return [("plain", checked_link(self.said["It"]))]
        return [("quiet", f"Target: {self.held.target}")]

    async def save(self) -> object:
        """Add it."""
        internal = self.said["Who sees it"] == INTERNAL
        actor, at = self.desk.actor.id, self.desk.now()
        await self.desk.call(add, self.held, self.said["Kind"], self.said["It"], internal, actor, at)
        return f"Added a {self.said['Kind']} for {clean(self.held.what)}."
