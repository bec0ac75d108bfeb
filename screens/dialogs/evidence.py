"""What shows that an item is done: a link, a note or a file is added, looked at, written to a file, taken away."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from textual import on
from textual.widget import Widget

from models.words import READ_ONLY
from onboarding import evidence, rules
from onboarding.errors import OnboardingRefused
from onboarding.evidence import FILE, LINK, NOTE, About, EvidenceRow
from onboarding.reading import ItemLine
from onboarding.words import RUNNING
from screens.base import DeskScreen
from screens.dialogs.choices import Choice, Choices, Cycle
from screens.dialogs.chooser import Chooser, Offer
from screens.dialogs.frame import Dialog, Line
from screens.dialogs.onboarding_form import OnboardingForm, Told, titled
from screens.onboarding_acting import ask
from screens.ticket_editor import Editor
from screens.ticket_reply import Told as Sentence
from screens.widgets.text import clean
from screens.widgets.when import when
from tickets.attachments import check_size

NEW = "＋"
SEEN, INTERNAL = "the customer may see it", "internal"


async def open_evidence(screen: DeskScreen, item: ItemLine, onboarding_id: int) -> None:
    """Ask for evidence; where an item has some, show that first."""
    found = await screen.desk.attempt(evidence.evidence, onboarding_id)
    held = await screen.desk.attempt(rules.held, onboarding_id)
    if found is None or held is None:
        return
    pieces = [each for each in found if each.item_id == item.id]
    may = screen.desk.actor.role != READ_ONLY and held.state == RUNNING
    if not pieces:
        await ask(screen, EvidenceDialog(onboarding_id, item))
        return
    offers = [Offer("add evidence", "a link, a note or a file", NEW)] if may else []
    offers += [Offer(" ".join(each.text.split()), _about(each, screen), each) for each in pieces]

    async def opened(answer: object) -> None:
        if answer == NEW:
            await ask(screen, EvidenceDialog(onboarding_id, item))
        elif isinstance(answer, EvidenceRow):
            await ask(screen, PieceDialog(answer, may))

    await screen.app.push_screen(Chooser(titled("Evidence", item), offers, "No evidence is like that."), opened)


def _about(row: EvidenceRow, screen: DeskScreen) -> str:
    at = when(row.at, screen.desk.now(), screen.desk.actor.zone)
    return f"{row.kind}{', internal' if row.internal else ''}, {row.person or 'somebody'}, {at}"


class EvidenceDialog(OnboardingForm):
    """Adds evidence for an item."""

    HINT = "tab, enter on   {do} adds it   {close} closes, what is typed is kept"

    def __init__(self, onboarding_id: int, item: ItemLine) -> None:
        self.onboarding_id, self.item = onboarding_id, item
        fields: dict[str, Any] = {
            "Kind": Cycle((LINK, NOTE, FILE)),
            "Address": Line("https://…"),
            "Note": Editor(placeholder="what shows it"),
            "Path": Line("the path of a file on this machine"),
            "Seen by": Cycle((SEEN, INTERNAL)),
        }
        super().__init__(titled("Evidence", item), fields)

    @property
    def draft(self) -> str:
        """What is typed is kept for this item."""
        return f"evidence-{self.item.id}"

    async def look(self) -> Told:
        """Show the field that the kind asks for."""
        kind = self.said["Kind"]
        for label, wanted in (("Address", LINK), ("Note", NOTE), ("Path", FILE)):
            self.show(label, kind == wanted)
        if self.item.done_means:
            return [("quiet", f"done means: {clean(self.item.done_means)}")]
        return []

    async def save(self) -> object:
        """Add it."""
        said, kind = self.said, self.said["Kind"]
        actor, at, call = self.desk.actor.id, self.desk.now(), self.desk.call
        more: dict[str, Any] = {"about": About(self.item.id), "internal": said["Seen by"] == INTERNAL}
        if kind == LINK:
            await call(evidence.add_link, self.onboarding_id, said["Address"], actor, at, **more)
        elif kind == NOTE:
            await call(evidence.add_note, self.onboarding_id, said["Note"], actor, at, **more)
        else:
            name, content = await asyncio.to_thread(read, said["Path"])
            await call(evidence.add_file, self.onboarding_id, name, content, actor, at, **more)
        return f"Added a {kind} as evidence of {clean(self.item.title)}."


def read(typed: str) -> tuple[str, bytes]:
    """Read a file of this machine, off the screen's thread; a refusal where it cannot be read or is too large."""
    if not typed.strip():
        raise OnboardingRefused("Type the path of a file on this machine.")
    path = Path(typed.strip()).expanduser()
    try:
        check_size(path.name, path.stat().st_size)
        return path.name, path.read_bytes()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "this is no path"
        raise OnboardingRefused(f"{path} cannot be read: {why}.") from error


class PieceDialog(Dialog):
    """Shows one piece of evidence in full; copies it, writes a file into the folder here, or takes it away."""

    HINT = "the letter does it   {close} closes"

    def __init__(self, row: EvidenceRow, may: bool) -> None:
        super().__init__(f"Evidence: {row.kind}{', internal' if row.internal else ''}")
        self.row = row
        take = "write it into this folder" if row.kind == FILE else "copy it"
        choices = [Choice("y", take), Choice("n", "leave it as it is")]
        if may:
            choices.append(Choice("r", "take it away"))
        self.choices = Choices(choices, keys_take=True)
        self.text = Sentence(row.text)
        self.text.MOST = 8

    def body(self) -> Iterable[Widget]:
        """Show it, and ask what to do."""
        return (self.text, self.choices)

    @on(Choices.Taken)
    async def _taken(self) -> None:
        await self.do()

    async def perform(self) -> object:
        """Do what was chosen; answer a sentence."""
        key = self.choices.chosen.key if self.choices.chosen else "n"
        if key == "r":
            await self.desk.call(evidence.remove, self.row.id, self.desk.actor.id, self.desk.now())
            return "Took the evidence away; u brings it back."
        if key == "n":
            return None
        if self.row.kind != FILE:
            self.desk.copy(self.row.text)
            return "Copied."
        from screens.dialogs.call_file import write_new

        content = await self.desk.call(evidence.body, self.row.id)
        written = await asyncio.to_thread(write_new, Path.cwd(), self.row.text, content)
        return f"Wrote {written}."
