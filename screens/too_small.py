"""What stands there while the terminal is too small to work in: no key does anything one cannot see."""

from __future__ import annotations

from rich.segment import Segment
from textual import events
from textual.screen import ModalScreen
from textual.strip import Strip

from screens.widgets.palette import palette_of
from screens.widgets.text import fit

WIDTH, HEIGHT = 60, 16


def too_small(width: int, height: int) -> bool:
    """Return whether a terminal of that many cells is too small."""
    return width < WIDTH or height < HEIGHT


class TooSmallScreen(ModalScreen[None]):
    """Covers everything; only q does something. It goes away when the terminal grows."""

    AUTO_FOCUS = None

    def render_line(self, y: int) -> Strip:
        """Draw the sentence in the middle."""
        width, height = self.app.size
        palette = palette_of(self.app)
        lines = (f"tamdesk needs {WIDTH}x{HEIGHT} cells,", f"this terminal has {width}x{height}.", "q leaves.")
        index = y - (height - len(lines)) // 2
        text = lines[index] if 0 <= index < len(lines) else ""
        left = max(0, (width - len(text)) // 2)
        return Strip([Segment(fit(" " * left + text, width), palette.plain)], width)

    def on_key(self, event: events.Key) -> None:
        """Swallow every key but q."""
        event.stop()
        event.prevent_default()
        if event.key == "q":
            self.app.exit()

    def on_resize(self, event: events.Resize) -> None:
        """Go away when there is room."""
        self.refresh()
        if self.is_current and not too_small(event.size.width, event.size.height):
            self.dismiss()
