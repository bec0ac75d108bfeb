"""The line at the top: where I am, what burns, whether support is open, who I am; and the line at the bottom."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple, cast

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.strip import Strip

from screens.app_protocol import DeskApp
from screens.base import Target
from screens.commands import HELP
from screens.widgets.direct import DirectWidget
from screens.widgets.palette import Palette, palette_of
from screens.widgets.text import clean, fit
from screens.widgets.when import time_of_day, when
from tam.timer_mark import TimerMark, mark
from tickets import reading

PLACES = (
    ("queue", "Queue", "Queue"),
    ("customers", "Customers", "Cust"),
    ("tam", "TAM", "TAM"),
    ("onboarding", "Onboarding", "Onb"),
    ("lead", "Lead", "Lead"),
)


TIMER_CELLS = 20
"""How wide the mark of a timer may be."""


class Facts(NamedTuple):
    """What the header tells beside the places; None: not known yet."""

    severity_1: int | None = None
    open_now: bool = True
    until: int | None = None
    mentions: int = 0
    """Notes that name me and that I have not seen."""
    timer: str = ""
    """My timer as it is shown, such as `► 0:42 acme`; empty where there is none."""
    measured: TimerMark | None = None
    """What it has measured, and since when it runs."""


def read_facts(now: int, person_id: int) -> Facts:
    """Read what the header tells; runs on the database thread."""
    open_now, until = reading.support_open(now)
    measured = mark(person_id)
    timer = _measured(measured, now) if measured is not None else ""
    return Facts(reading.severity_1_open(), open_now, until, reading.unseen_mentions(person_id), timer, measured)


def _measured(timer: TimerMark, at: int) -> str:
    """Return the mark of a timer, with a short beginning of a long key."""
    text = clean(timer.text(at))
    return text if cell_len(text) <= TIMER_CELLS else fit(text, TIMER_CELLS).rstrip()


def initials_of(name: str, login: str) -> str:
    """Return who someone is in two signs at most: the initials of first and last name, else of the login."""
    words = clean(name).split() or clean(login).split() or ["?"]
    return (words[0][0] + words[-1][0] if len(words) > 1 else words[0][0]).upper()


class HeaderLine(DirectWidget):
    """Draws the header; it changes with the facts and, while support is open, with the minute."""

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place
        self.facts = Facts()
        self.at = 0
        self._shown = ""
        self._endings: list[Callable[[], None]] = []

    @property
    def _desk(self) -> DeskApp:
        return cast(DeskApp, self.app)

    def on_mount(self) -> None:
        """Listen for changes and for the ticker."""
        self.at = self._desk.now()
        self._endings.append(self._desk.changes.subscribe(lambda notes: self._read()))
        self._endings.append(self._desk.ticker.subscribe(self._tick))
        self._read()

    def on_unmount(self) -> None:
        """Listen no more."""
        for ending in self._endings:
            ending()

    def _read(self) -> None:
        self.run_worker(self._take(), group="reading")

    async def _take(self) -> None:
        facts = await self._desk.attempt(read_facts, self._desk.now(), self._desk.actor.id)
        if facts is not None:
            self.facts = facts
            self._desk.ticker.wake()

    def _tick(self, at: int) -> int | None:
        """Draw the line again where it changed; answer when it changes next."""
        if not self.screen.is_current:
            return None
        if self.facts.measured is not None:
            self.facts = self.facts._replace(timer=_measured(self.facts.measured, at))
        facts, self.at = self.facts, at
        shown = self._right(99)
        if shown != self._shown:
            self._shown = shown
            self.refresh()
        if facts.until is not None and at >= facts.until:
            self.facts = facts._replace(until=None)
            self._read()
        minute = at + 60 - at % 60 if facts.open_now else None
        measured = facts.measured.changes_at(at) if facts.measured is not None else None
        return min((each for each in (minute, self.facts.until, measured) if each is not None), default=None)

    def _right(self, room: int) -> str:
        """Return the right half, as long a form as fits into that many cells."""
        actor, timer, named, hours = self._desk.actor, self.facts.timer, self._named(), self._hours()
        login, initials = clean(actor.login), initials_of(actor.name, actor.login)
        measured = " ".join(timer.split()[:2])
        long, short, sign = (self._burning(words) for words in (" Sev 1 open", " Sev 1", ""))
        forms = (
            ("   ", (long, timer, named, hours, self._who())),
            ("  ", (short, timer, named, hours, self._who())),
            ("  ", (sign, timer, named, hours, self._who())),
            ("  ", (short, timer, named, hours, login)),
            ("  ", (short, timer, named, hours, initials)),
            ("  ", (short, timer, named, login)),
            ("  ", (short, timer, named, initials)),
            ("  ", (sign, timer, named, initials)),
            ("  ", (sign, measured, named, initials)),
            ("  ", (sign, measured, initials)),
            ("  ", (sign,)),
        )
        texts = (gap.join(part for part in parts if part) for gap, parts in forms)
        return next((text for text in texts if cell_len(text) + 1 <= room), "")

    def _burning(self, words: str) -> str:
        return f"▲ {self.facts.severity_1}{words}" if self.facts.severity_1 else ""

    def _named(self) -> str:
        return f"@{self.facts.mentions}" if self.facts.mentions else ""

    def _hours(self) -> str:
        """Return whether support is open and until when; a shop that never closes needs no end."""
        facts = self.facts
        if facts.until is None:
            return ""
        return f"{'open' if facts.open_now else 'closed'} until {when(facts.until, self.at, self._desk.actor.zone)}"

    def _who(self) -> str:
        """Return who I am, with the time while support is open: outside its hours nothing on the screen moves."""
        actor = self._desk.actor
        login = clean(actor.login)
        return f"{login} · {time_of_day(self.at, actor.zone)}" if self.facts.open_now else login

    def _tabs(self, width: int) -> list[tuple[str, str, bool]]:
        """Return key, title and whether it is here, for each place; short where the line is short."""
        full = width >= 110
        return [
            (str(number), title if full or key == self.place else short if width >= 76 else "", key == self.place)
            for number, (key, title, short) in enumerate(PLACES, 1)
        ]

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        width, palette = self.size.width, palette_of(self.app)
        segments = [Segment(" tamdesk " if width >= 100 else " ", palette.bar_quiet)]
        for number, title, here in self._tabs(width):
            style = palette.bar_accent if here else palette.bar_quiet
            segments.append(Segment(f" {number} {title}".rstrip() + " ", style))
        used = sum(len(segment.text) for segment in segments)
        right = self._right(width - used - 1)
        gap = max(0, width - used - cell_len(right) - 1)
        segments.append(Segment(" " * gap, palette.bar))
        burning, mark, rest = right.partition("   ") if right.startswith("▲") else ("", "", right)
        if right.startswith("▲") and not mark:
            burning, mark, rest = right.partition("  ")
        segments.append(Segment(burning, palette.bar_alarm))
        segments.append(Segment(f"{mark}{rest} ", palette.bar))
        return Strip(segments).adjust_cell_length(width, palette.bar)

    def jump_points(self) -> Iterable[Target]:
        """Return the places."""
        x = 9 if self.size.width >= 100 else 1
        for (number, title, _), (key, *_) in zip(self._tabs(self.size.width), PLACES, strict=True):
            yield Target(x + 1, 0, partial(self._go, key))
            x += len(f" {number} {title}".rstrip()) + 1

    async def _go(self, key: str) -> None:
        await self.app.run_action(f"command('place.{key}')", default_namespace=self.app)

    async def on_click(self, event: events.Click) -> None:
        """Go to the place under the mouse."""
        x = 9 if self.size.width >= 100 else 1
        for (number, title, _), (key, *_) in zip(self._tabs(self.size.width), PLACES, strict=True):
            width = len(f" {number} {title}".rstrip()) + 1
            if x <= event.x < x + width:
                await self._go(key)
                return
            x += width


PALETTE = "^p palette "


def _key(palette: Palette, key: str, word: str) -> list[Segment]:
    """Return a key and what it does."""
    return [Segment(key, palette.bar_accent), Segment(f" {word}  ", palette.bar_quiet)]


class FooterLine(DirectWidget):
    """The line at the bottom: the keys that work here, now."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: tuple[tuple[str, str], ...] = ()

    def tell(self, keys: tuple[tuple[str, str], ...]) -> None:
        """Show these pairs of key and word."""
        if keys != self.keys:
            self.keys = keys
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw as many keys as fit; help and palette stand at the right, whatever else there is no room for."""
        width, palette = self.size.width, palette_of(self.app)
        helps = [pair for pair in self.keys if pair[1] == HELP.footer]
        last = sum(len(key) + len(word) + 3 for key, word in helps) + len(PALETTE)
        segments, used = [Segment(" ", palette.bar_quiet)], 1
        for key, word in self.keys:
            cells = len(key) + len(word) + 3
            if (key, word) in helps:
                continue
            if used + cells > width - last:
                break
            segments += _key(palette, key, word)
            used += cells
        segments.append(Segment(" " * (width - used - last), palette.bar_quiet))
        for key, word in helps:
            segments += _key(palette, key, word)
        segments.append(Segment(PALETTE, palette.bar_quiet))
        return Strip(segments).adjust_cell_length(width, palette.bar)
