"""Where the parts of the queue stand; on a narrow screen the sides fold away."""

from __future__ import annotations

from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget

from screens.widgets.clock_column import WIDTH as CLOCKS
from screens.widgets.preview import HEIGHT as PREVIEW
from screens.widgets.views import WIDTH as VIEWS

WIDE = 110
TALL_ENOUGH = 20
QUERY = 3
"""Lines of the query line: what is typed, what it finds, and what may be typed next."""


class QueueLayout(Layout):
    """Places header, views, clocks, list, preview and footer, and the query line above the list while it is open."""

    name = "queue"

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        """Return where each child stands; the preview only while it is shown."""
        names = [type(child).__name__ for child in children]
        regions = self.regions(size, "Preview" in names, "QueryBox" in names)
        return [
            WidgetPlacement(regions[name], NULL_OFFSET, NULL_SPACING, child)
            for name, child in zip(names, children, strict=True)
        ]

    def regions(self, size: Size, preview: bool, query: bool = False) -> dict[str, Region]:
        """Return the region of each part."""
        width, height = size
        wide = width >= WIDE
        left = VIEWS if wide else 0
        above = 1 if wide else 2
        top = above + (QUERY if query else 0)
        low = min(PREVIEW, max(0, height - 1 - top - 6)) if preview else 0
        middle = height - 1 - top - low
        return {
            "HeaderLine": Region(0, 0, width, 1),
            "ViewsBar": Region(0, 1, left, height - 2) if wide else Region(0, 1, width, 1),
            "QueryBox": Region(left, above, width - left, QUERY),
            "ClockColumn": Region(left, top, CLOCKS, middle),
            "TicketList": Region(left + CLOCKS, top, width - left - CLOCKS, middle),
            "Preview": Region(left, top + middle, width - left, low),
            "FooterLine": Region(0, height - 1, width, 1),
        }
