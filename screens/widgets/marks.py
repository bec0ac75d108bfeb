"""A list of which any number are marked: space marks one, enter takes all that are."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events

from screens.widgets.picks import Pick, Picks


class Marks(Picks):
    """Shows which ones are marked."""

    def __init__(self, picks: Sequence[Pick], marked: Sequence[int] | None = None, most: int = 12) -> None:
        self.plain = tuple(picks)
        self.marked = set(range(len(picks)) if marked is None else marked)
        super().__init__(self._drawn(), most=most)

    def _drawn(self) -> list[Pick]:
        signs = {True: "☑", False: "☐"}
        return [pick._replace(title=f"{signs[at in self.marked]} {pick.title}") for at, pick in enumerate(self.plain)]

    def mark(self, index: int) -> None:
        """Mark one, or take its mark off."""
        self.marked ^= {index}
        self.picks = tuple(self._drawn())
        self.refresh()

    def on_key(self, event: events.Key) -> None:
        """Mark the one under the cursor and go on."""
        if event.key in ("space", "x") and self.picks:
            event.stop()
            self.mark(self.index)
            self.move(1)

    def on_click(self, event: events.Click) -> None:
        """Mark the one under the mouse."""
        event.prevent_default()
        index = event.y + self._top
        if index < len(self.picks):
            self.move(index - self.index)
            self.mark(index)
