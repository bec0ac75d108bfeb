"""Widgets that draw whole lines in the theme's colours, without what Textual does for borders, tints and markup."""

from __future__ import annotations

from textual.filter import ANSIToTruecolor
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class DirectWidget(Widget):
    """A widget without border, padding or opacity: its lines go to the compositor as they are."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of a region; only filters such as NO_COLOR are applied, for our colours are true already."""
        x, top, width, height = crop
        strips = [self.render_line(y) for y in range(top, top + height)]
        filters = [each for each in self.app.get_line_filters() if not isinstance(each, ANSIToTruecolor)]
        if filters:
            background = self.background_colors[1]
            for each in filters:
                strips = [strip.apply_filter(each, background) for strip in strips]
        if x or width != self.size.width:
            strips = [strip.crop(x, x + width) for strip in strips]
        self._dirty_regions.clear()
        return strips
