"""What the template has that a running checklist has not: taken over as far as a person marks it."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events, on
from textual.widget import Widget

from onboarding import tailoring
from onboarding.errors import OnboardingRefused
from onboarding.tailoring import Diff
from screens.base import DeskScreen
from screens.dialogs.frame import Dialog
from screens.onboarding_acting import ask
from screens.ticket_reply import Told
from screens.widgets.marks import Marks
from screens.widgets.picks import Pick, Picks

OTHER_LINES = 10
"""Lines of the dialog beside the list."""
MOST = 14


async def open_template(screen: DeskScreen, onboarding_id: int) -> None:
    """Show what is new; where nothing is, say so."""
    found = await screen.desk.attempt(tailoring.diff, onboarding_id, screen.desk.now())
    if found is None:
        return
    if found.new or found.changed:
        await ask(screen, TemplateDialog(onboarding_id, found))
    else:
        gone = f" It has {len(found.gone)} fewer, which stay here." if found.gone else ""
        screen.desk.say(f"The checklist has all that the template {found.template} has.{gone}")


class TemplateDialog(Dialog):
    """Takes over the items that are marked; answers what was done."""

    AUTO_FOCUS = "Marks"
    HINT = "space marks   enter or {do} takes them over   {close} closes, nothing is changed"

    def __init__(self, onboarding_id: int, found: Diff) -> None:
        super().__init__(f"New in the template {found.template}")
        self.onboarding_id = onboarding_id
        self.keys = [*(item.key for item in found.new), *(change.key for change in found.changed)]
        picks = [Pick(item.title, f"new, {item.topic}: {item.done_means}") for item in found.new]
        picks += [Pick(change.title, f"now: {change.new_title}. {change.new_done_means}") for change in found.changed]
        self.marks = Marks(picks, most=MOST)
        gone = len(found.gone)
        self.gone = Told(
            f"{gone} {'item is' if gone == 1 else 'items are'} in it no more and stay here." if gone else ""
        )

    def body(self) -> Iterable[Widget]:
        """Show what is new and what has changed."""
        return (self.marks, self.gone) if self.gone.text else (self.marks,)

    def on_resize(self, event: events.Resize) -> None:
        """Show as many as fit."""
        self.marks.most = max(3, min(MOST, event.size.height - OTHER_LINES))
        self.marks.refresh(layout=True)

    @on(Picks.Taken)
    async def _taken(self) -> None:
        await self.do()

    async def perform(self) -> object:
        """Take over what is marked."""
        chosen = tuple(key for index, key in enumerate(self.keys) if index in self.marks.marked)
        if not chosen:
            raise OnboardingRefused("Nothing is marked; space marks an item.")
        actor, at = self.desk.actor.id, self.desk.now()
        return (await self.desk.call(tailoring.take, self.onboarding_id, chosen, actor, at)).sentence
