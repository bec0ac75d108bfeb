"""A line that says why, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable

from screens.dialogs.call_form import CallForm, Told
from screens.dialogs.frame import Line


class ReasonDialog(CallForm):
    """Does something with a reason: `act(reason, actor, at)` on the database thread, which may answer a sentence."""

    def __init__(
        self, title: str, hint: str, act: Callable[[str, int, int], object], does: str, told: str = "", draft: str = ""
    ) -> None:
        self.act_with, self.told, self.name_of_draft = act, told, draft
        self.HINT = f"enter or {{do}} {does}   {{close}} closes, {{then}}"
        super().__init__(title, {"Why": Line(hint)})

    @property
    def draft(self) -> str:
        """What the caller names it."""
        return self.name_of_draft

    async def look(self) -> Told:
        """Say what it does."""
        return [("quiet", self.told)] if self.told else []

    async def save(self) -> object:
        """Do it."""
        done = await self.desk.call(self.act_with, self.said["Why"], self.desk.actor.id, self.desk.now())
        return getattr(done, "sentence", done) or "Done."
