"""The few styles that lines are drawn with, taken from the theme once and kept."""

from __future__ import annotations

from typing import NamedTuple

from rich.color import Color as RichColor
from rich.style import Style
from textual.app import App
from textual.color import Color

from screens.widgets.clock_text import CALM, LAST, MET, MISSED, QUARTER, QUIET


class Palette(NamedTuple):
    """Styles of a theme: plain and quiet text, the accent, the selected line, severities and the levels of a clock."""

    plain: Style
    quiet: Style
    strong: Style
    accent: Style
    bar: Style
    bar_quiet: Style
    bar_accent: Style
    bar_alarm: Style
    selected: Style
    selected_quiet: Style
    severity: dict[int, Style]
    selected_severity: dict[int, Style]
    clock: dict[str, Style]
    jump: Style

    def named(self, name: str) -> Style:
        """Return a style by name; `warning` and `alarm` are the colours of severities 2 and 1."""
        if name == "warning":
            return self.severity[2]
        return self.severity[1] if name == "alarm" else getattr(self, name)


def palette_of(app: App[object]) -> Palette:
    """Return the styles of the app's theme; computed once a theme."""
    return _kept(app.theme, app.no_color, app.theme_variables)


_KEPT: dict[tuple[str, bool], Palette] = {}


def _kept(theme: str, plain: bool, variables: dict[str, str]) -> Palette:
    if (theme, plain) not in _KEPT:
        _KEPT[theme, plain] = _built(variables, plain)
    return _KEPT[theme, plain]


def _colour(variables: dict[str, str], name: str) -> RichColor:
    return Color.parse(variables[name]).rich_color


def _built(variables: dict[str, str], plain: bool) -> Palette:
    text, back = _colour(variables, "foreground"), _colour(variables, "background")
    muted = _blend(variables, "foreground", "background", 0.42)
    panel, cursor = _colour(variables, "panel"), _blend(variables, "background", "primary", 0.28)
    accent, error = _colour(variables, "primary"), _colour(variables, "error")
    warning, success = _colour(variables, "warning"), _colour(variables, "success")
    selected = Style(color=text, bgcolor=cursor, reverse=plain or None)
    base = Style(color=text, bgcolor=back)

    def on(back: RichColor, colour: RichColor, bold: bool | None = None) -> Style:
        return Style(color=colour, bgcolor=back, bold=bold)

    return Palette(
        plain=base,
        quiet=on(back, muted),
        strong=on(back, text, True),
        accent=on(back, accent, True),
        bar=on(panel, text),
        bar_quiet=on(panel, muted),
        bar_accent=on(panel, accent, True),
        bar_alarm=on(panel, error, True),
        selected=selected,
        selected_quiet=selected,
        severity={1: on(back, error, True), 2: on(back, warning)},
        selected_severity={
            1: selected + Style(color=error, bold=True),
            2: selected + Style(color=warning),
        },
        clock={
            CALM: on(back, success),
            QUARTER: on(back, warning),
            LAST: on(back, error),
            MISSED: on(back, error, True),
            MET: on(back, muted),
            QUIET: on(back, muted),
        },
        jump=Style(color=back, bgcolor=accent, bold=True, reverse=plain or None),
    )


def _blend(variables: dict[str, str], first: str, second: str, part: float) -> RichColor:
    return Color.parse(variables[first]).blend(Color.parse(variables[second]), part).rich_color
