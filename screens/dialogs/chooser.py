"""Choosing one of many by typing a part of its name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from textual import events, on
from textual.widget import Widget
from textual.widgets import Input

from screens.dialogs.frame import Dialog, Line
from screens.widgets.picks import Pick, Picks

OTHER_LINES = 8
"""Lines of the dialog beside the list."""
MOST = 14


class Offer(NamedTuple):
    """Something to choose: its title, what is told about it, and what is answered."""

    title: str
    about: str
    answer: object


class Chooser(Dialog):
    """Answers what was chosen; letters narrow the list, arrows move in it."""

    AUTO_FOCUS = "Line"
    HINT = "type to narrow   ↑ ↓ choose   enter takes it   {close} closes"

    def __init__(self, title: str, offers: Sequence[Offer], empty: str) -> None:
        super().__init__(title)
        self.offers, self.empty = tuple(offers), empty
        self.found = self.offers
        self.line = Line("a part of its name")
        self.picks = Picks(self._picks(), most=MOST)

    def body(self) -> Iterable[Widget]:
        """Ask for a part of the name, and show what has it."""
        return (self.line, self.picks)

    def _picks(self) -> list[Pick]:
        title, _, about = self.empty.partition(". ")
        return [Pick(offer.title, offer.about) for offer in self.found] or [Pick(f"{title.rstrip('.')}.", about)]

    @on(Input.Changed)
    def narrow(self) -> None:
        """Show what has all that is typed."""
        words = self.line.value.casefold().split()
        texts = [(offer, f"{offer.title} {offer.about}".casefold()) for offer in self.offers]
        self.found = tuple(offer for offer, text in texts if all(word in text for word in words))
        self.picks.tell(self._picks())

    @on(Input.Submitted)
    async def _submitted(self) -> None:
        await self.do()

    @on(Picks.Taken)
    async def _taken(self) -> None:
        await self.do()

    def on_key(self, event: events.Key) -> None:
        """Move in the list while the line has the focus."""
        by = {"down": 1, "up": -1, "pagedown": MOST // 2, "pageup": -(MOST // 2)}.get(event.key)
        if by is not None:
            event.stop()
            self.picks.move(by)

    def on_resize(self, event: events.Resize) -> None:
        """Show as many as fit."""
        self.picks.most = max(3, min(MOST, event.size.height - OTHER_LINES))
        self.picks.refresh(layout=True)

    async def action_confirm(self) -> None:
        """Answer what is picked; where nothing is, the dialog stays."""
        if self.found:
            self._done = True
            self.dismiss(self.found[self.picks.index].answer)
