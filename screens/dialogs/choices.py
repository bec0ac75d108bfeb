"""Pieces of a form: a list of which one is chosen, and a line that goes through a few values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from screens.base import Commanded
from screens.commands import DOWN, FIRST, LAST, UP, bindings
from screens.widgets.palette import palette_of
from screens.widgets.text import clean, fit


class Choice(NamedTuple):
    """One of several: the key that picks it, its first line, more lines, and why it cannot be chosen."""

    key: str
    title: str
    more: tuple[str, ...] = ()
    refused: str | None = None


class Choices(Commanded, Widget, can_focus=True):
    """Shows all choices; the one under the cursor is chosen."""

    OFFERS = (DOWN, UP, FIRST, LAST)
    BINDINGS = bindings(OFFERS)
    DEFAULT_CSS = "Choices { height: auto; }"

    class Taken(Message):
        """Enter was pressed, or the key of a choice where that is an answer."""

    def __init__(self, choices: Sequence[Choice], at: int = 0, *, keys_take: bool = False) -> None:
        super().__init__()
        self.choices, self.index = tuple(choices), at
        self._keys_take = keys_take

    @property
    def chosen(self) -> Choice | None:
        """The choice under the cursor."""
        return self.choices[self.index] if self.index < len(self.choices) else None

    def tell(self, choices: Sequence[Choice]) -> None:
        """Show other choices, the first one chosen."""
        self.choices, self.index = tuple(choices), 0
        self.refresh(layout=True)

    def move(self, by: int) -> None:
        """Choose another one."""
        index = max(0, min(self.index + by, len(self.choices) - 1))
        if index != self.index:
            self.index = index
            self.refresh()

    def action_down(self) -> None:
        """Choose the next one."""
        self.move(1)

    def action_up(self) -> None:
        """Choose the one before."""
        self.move(-1)

    def action_first(self) -> None:
        """Choose the first one."""
        self.move(-len(self.choices))

    def action_last(self) -> None:
        """Choose the last one."""
        self.move(len(self.choices))

    def on_key(self, event: events.Key) -> None:
        """Choose by the key of a choice; enter takes what is chosen.

        Bindings run only after a key has bubbled up to the app: by then the next key would have been taken first.
        """
        if event.key == "enter":
            event.stop()
            self.post_message(self.Taken())
            return
        for command in self.OFFERS:
            if event.key in self.desk.keys_of(command).split(","):
                event.stop()
                getattr(self, f"action_{command.action}")()
                return
        for index, choice in enumerate(self.choices):
            if event.character and event.character == choice.key:
                event.stop()
                self.move(index - self.index)
                if self._keys_take:
                    self.post_message(self.Taken())

    def on_click(self, event: events.Click) -> None:
        """Choose the one under the mouse."""
        line = 0
        for index, choice in enumerate(self.choices):
            line += 1 + len(choice.more)
            if event.y < line:
                self.move(index - self.index)
                return

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """Return how many lines there are."""
        return sum(1 + len(choice.more) for choice in self.choices)

    def render_line(self, y: int) -> Strip:
        """Draw a line of a choice."""
        width, palette = self.size.width, palette_of(self.app)
        for index, choice in enumerate(self.choices):
            if y > len(choice.more):
                y -= 1 + len(choice.more)
                continue
            here = index == self.index
            if y:
                return Strip([Segment(fit(f"     {choice.more[y - 1]}", width), palette.quiet)], width)
            text = f" {'▸' if here else ' '} {f'{choice.key} ' if choice.key else ''}{clean(choice.title)}"
            text += f" · {choice.refused}" if choice.refused else ""
            style = palette.plain
            if here:
                style = palette.selected if self.has_focus else palette.strong
            elif choice.refused:
                style = palette.quiet
            return Strip([Segment(fit(text, width), style)], width)
        return Strip([Segment(" " * width, palette.plain)], width)

    def on_focus(self) -> None:
        """Show that the keys work here."""
        self.refresh()

    def on_blur(self) -> None:
        """Show that the keys work elsewhere."""
        self.refresh()


class Cycle(Widget, can_focus=True):
    """One of a few values, in one line; left and right, space or the value's first letter change it."""

    DEFAULT_CSS = "Cycle { height: 1; }"

    class Changed(Message):
        """Another value is shown; `cycle` shows it."""

        def __init__(self, cycle: Cycle) -> None:
            super().__init__()
            self.cycle = cycle

    def __init__(self, values: Sequence[str], index: int = 0) -> None:
        super().__init__()
        self.values, self.index = tuple(values), index

    @property
    def value(self) -> str:
        """The value that is shown."""
        return self.values[self.index] if self.values else ""

    def tell(self, values: Sequence[str], index: int = 0) -> None:
        """Offer other values."""
        self.values, self.index = tuple(values), max(0, min(index, len(values) - 1))
        self.refresh()

    def on_key(self, event: events.Key) -> None:
        """Show another value."""
        count, index = len(self.values), self.index
        if not count:
            return
        if event.key in ("right", "space", "l"):
            index = (index + 1) % count
        elif event.key in ("left", "h"):
            index = (index - 1) % count
        elif event.character and event.is_printable:
            letter = event.character.casefold()
            order = [*range(index + 1, count), *range(index + 1)]
            index = next((i for i in order if self.values[i].casefold().startswith(letter)), index)
        else:
            return
        event.stop()
        if index != self.index:
            self.index = index
            self.refresh()
            self.post_message(self.Changed(self))

    def render_line(self, y: int) -> Strip:
        """Draw the value between the signs that say it can be changed."""
        width, palette = self.size.width, palette_of(self.app)
        style = palette.selected if self.has_focus else palette.plain
        arrows = len(self.values) > 1
        text = f" {'‹' if arrows else ' '} {clean(self.value)} {'›' if arrows else ' '}"
        if arrows and self.has_focus:
            text += f"   {self.index + 1} of {len(self.values)}, ← → change it"
        return Strip([Segment(fit(text, width), style)], width)

    def on_focus(self) -> None:
        """Show that the keys work here."""
        self.refresh()

    def on_blur(self) -> None:
        """Show that the keys work elsewhere."""
        self.refresh()
