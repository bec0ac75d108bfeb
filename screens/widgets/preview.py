"""The preview: who, what was agreed, what runs, and the last words, in a few lines."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip

from screens.widgets.direct import DirectWidget
from screens.widgets.palette import palette_of
from screens.widgets.text import clean, fit, wrap
from screens.widgets.when import elapsed, when
from tickets.records import Card

HEIGHT = 9


class Preview(DirectWidget):
    """Shows the card of one ticket; a rule parts it from the list above."""

    def __init__(self) -> None:
        super().__init__()
        self.card: Card | None = None
        self._lines: list[tuple[str, str]] = []

    def tell(self, card: Card | None, now: int, zone: str) -> None:
        """Show a ticket at an instant; None: nothing is selected."""
        self.card = card
        lines = [] if card is None else self._texts(card, now, zone)
        if lines != self._lines:
            self._lines = lines
            self.refresh()

    def _texts(self, card: Card, now: int, zone: str) -> list[tuple[str, str]]:
        """Return pairs of style and text."""
        width = max(20, self.size.width - 2)
        row = card.row
        theirs = f" (they say {row.customer_severity})" if row.customer_severity not in (None, row.severity) else ""
        head = f"#{row.id}  {clean(row.subject)}"
        lines = [
            ("strong", head),
            ("plain", f"{clean(row.customer)} · {clean(card.plan_line)} · sev {row.severity}{theirs} · {row.state}"),
            ("quiet", f"clock  {clean(card.clock_line)}"),
            ("quiet", "  ".join(part for part in (f"owner  {clean(row.owner or '–')}", clean(card.tam_line)) if part)),
        ]
        if card.last_at is None:
            return [*lines, ("quiet", "No message yet.")]
        since = elapsed(max(0, now - (row.waiting_since or now)))
        waiting = f"   waiting {since}" if row.waiting_since else ""
        side = f" ({clean(row.customer)})" if card.last_side == "customer" else ""
        lines.append(("accent", f"{when(card.last_at, now, zone)}  {clean(card.last_author)}{side}{waiting}"))
        lines += [("plain", text) for text in wrap(card.last_text[:2000].strip(), width)[:HEIGHT]]
        return lines

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        width, palette = self.size.width, palette_of(self.app)
        if y == 0:
            return Strip([Segment("─" * width, palette.quiet)], width)
        name, text = self._lines[y - 1] if y - 1 < len(self._lines) else ("plain", "")
        return Strip([Segment(fit(f" {text}", width), getattr(palette, name))], width)
