"""The timeline of an onboarding: topics and items as bars over weeks, with sessions, gates, closed days and today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple, cast

from onboarding.reading import SIGNS as SIGNS_OF
from onboarding.timeline import Bar, GateMark, SessionMark, Timeline, TopicBar, timeline
from onboarding.words import BLOCKED, DOING, SETTLED
from onboarding.words import DONE as FINISHED
from screens.commands import LIST_COMMANDS, Command, bindings
from screens.onboarding_commands import TIMELINE as HERE
from screens.onboarding_parts import PartScreen, Told, labelled
from screens.onboarding_parts_commands import FOLD, TIMELINE_COMMANDS
from screens.widgets.plain_list import Pieces, Shape
from screens.widgets.text import clean, fit
from screens.widgets.timeline import (
    AHEAD,
    DONE,
    GATE,
    HELD,
    LATE,
    MISSED,
    PASSED,
    SESSION,
    STEPS,
    Scale,
    Track,
    day_text,
    monday,
    whole,
    zoomed,
)
from screens.widgets.timeline import (
    DOING as UNDER_WAY,
)
from screens.widgets.when import time_of_day

LEGEND = "█ done  ▓ doing  ░ ahead  ╌ late  ┃ today  │ go-live  ◇ ◆ session  △ ▲ gate"
GATES, SESSIONS = "Gates", "Sessions"
WIDE, LABEL, SMALL_LABEL = 100, 44, 30
SESSION_SIGNS = {"planned": (SESSION, "plain"), "held": (HELD, "accent"), "missed": (MISSED, "warning")}
Entry = GateMark | SessionMark | Bar


class Row(NamedTuple):
    """A line: a topic (or the gates, or the sessions) with what is in it, or one of these."""

    topic: str
    entry: Entry | None
    entries: tuple[Entry, ...]
    open: bool
    held: TopicBar | None = None


def rows(found: Timeline, unfolded: set[str]) -> list[Row]:
    """The lines of a timeline; those below a topic only where it is unfolded."""
    parts: list[tuple[str, tuple[Entry, ...], TopicBar | None]] = [
        (GATES, found.gates, None),
        (SESSIONS, found.sessions, None),
        *((topic.topic, topic.bars, topic) for topic in found.topics),
    ]
    lines = []
    for name, entries, topic in parts:
        lines.append(Row(name, None, entries, name in unfolded, topic))
        if name in unfolded:
            lines += [Row(name, entry, (), True) for entry in entries]
    return lines


def label_of(row: Row, cells: int) -> Pieces:
    """What stands before the bar: the name, and how much is done, or when."""
    style, name, more = "plain", "", ""
    if row.entry is None:
        late = row.held is not None and row.held.late
        style = "warning" if late else "strong"
        name = f"{'▾' if row.open else '▸'}{'!' if late else ' '}{clean(row.topic)}"
        more = f"{row.held.done}/{row.held.total}" if row.held else str(len(row.entries) or "–")
    elif isinstance(row.entry, Bar):
        item = row.entry.item
        style = "warning" if item.overdue or item.state == BLOCKED else "quiet" if item.state in SETTLED else "plain"
        name = f"  {SIGNS_OF[item.state]}{'!' if item.overdue else ' '}{clean(item.title)}"
        more = day_text(row.entry.last) if row.entry.last else "–"
    elif isinstance(row.entry, SessionMark):
        sign, style = SESSION_SIGNS[row.entry.session.state]
        name, more = f"  {sign} {clean(row.entry.session.title)}", day_text(row.entry.on)
    else:
        name, more = f"  {PASSED if row.entry.passed else GATE} {row.entry.gate}", day_text(row.entry.on)
    return ((style, f" {fit(name, cells - 9)}"), ("quiet", f"{more:>7} "))


def track_of(row: Row, found: Timeline, scale: Scale, closed: list[bool]) -> Pieces:
    """The cells of a line."""
    track = Track(scale, closed, found.today, found.go_live_on)
    if row.held is not None:
        _topic(track, row.held, found.today)
    for entry in (row.entry,) if row.entry else row.entries:
        if isinstance(entry, Bar):
            if row.entry:
                _item(track, entry, found.today)
        elif isinstance(entry, SessionMark):
            track.mark(entry.on, *SESSION_SIGNS[entry.session.state])
        else:
            track.mark(entry.on, PASSED if entry.passed else GATE, "accent" if entry.passed else "strong")
    return track.pieces(marks_over=row.held is None and not isinstance(row.entry, Bar))


def _topic(track: Track, topic: TopicBar, today: date) -> None:
    """From the first day to the last, filled as far as it is done."""
    if topic.first is None or topic.last is None:
        return
    style = "warning" if topic.late else "plain"
    track.bar(topic.first, topic.last, AHEAD, style)
    days = (topic.last - topic.first).days + 1
    filled = days * topic.done // topic.total if topic.total else 0
    if filled:
        track.bar(topic.first, topic.first + timedelta(filled - 1), DONE, style)
    if topic.late and topic.last < today:
        track.bar(topic.last + timedelta(1), today, LATE, style)


def _item(track: Track, bar: Bar, today: date) -> None:
    if bar.first is None or bar.last is None:
        return
    item = bar.item
    sign = {FINISHED: DONE, DOING: UNDER_WAY}.get(item.state, AHEAD)
    style = "warning" if item.overdue or item.state == BLOCKED else "strong" if item.critical else "plain"
    track.bar(bar.first, bar.last, sign, style)
    if item.overdue and bar.last < today:
        track.bar(bar.last + timedelta(1), today, LATE, "warning")


class TimelineScreen(PartScreen):
    """Where everything lies; scrolls by the week and zooms."""

    OFFERS = TIMELINE_COMMANDS
    BINDINGS = bindings(tuple(command for command in TIMELINE_COMMANDS if command not in LIST_COMMANDS))
    FOR_ALL = tuple(command for command in TIMELINE_COMMANDS if command not in LIST_COMMANDS)
    HERE = HERE
    CHOOSES = FOLD
    LINES = (5, 7)

    def __init__(self, onboarding_id: int) -> None:
        super().__init__(Shape(self._heading, self._line, "There is nothing to show yet."), onboarding_id)
        self.found: Timeline | None = None
        self.unfolded: set[str] = set()
        self.chosen: Scale | None = None
        """The scale that was chosen; None: all is shown."""
        self._shut: tuple[Scale, list[bool]] | None = None

    # drawing

    def scale(self, width: int) -> Scale:
        """The scale at a width of the screen."""
        cells = max(7, width - (LABEL if width >= WIDE else SMALL_LABEL) - 1)
        if self.chosen is not None:
            return self.chosen._replace(cells=cells)
        held = cast(Timeline, self.found)
        return whole(held.first, held.last, cells)

    def _heading(self, width: int) -> str:
        if self.found is None:
            return ""
        scale = self.scale(width)
        sign = "‹" if self.found.first < scale.first else " "
        beyond = "›" if self.found.last > scale.last else ""
        text = f"{'Week of':>{width - scale.cells - 3}} {sign}{scale.heading()}"
        return fit(text, width - 1).replace("…", " ") + beyond

    def _line(self, item: object, width: int) -> Pieces:
        row, found = cast(Row, item), cast(Timeline, self.found)
        scale = self.scale(width)
        if self._shut is None or self._shut[0] != scale:
            self._shut = scale, scale.closed(found.closed)
        return label_of(row, width - scale.cells - 1) + track_of(row, found, scale, self._shut[1])

    # reading

    async def take(self) -> None:
        """Read the timeline."""
        found = await self.desk.attempt(timeline, self.onboarding_id, self.desk.now())
        if found is None or not self.is_attached:
            return
        first, self.found, self._shut = self.found is None, found, None
        self.customer, self.customer_id = found.customer, found.customer_id
        self.summary.tell(self._sentence(found))
        everything = {row.topic for row in rows(found, set())}
        if first and len(rows(found, everything)) <= self.list.height:
            self.unfolded = everything
        self._show()

    def _show(self) -> None:
        if self.found is not None:
            self.list.show_lines(rows(self.found, self.unfolded))
            self.list.refresh()
            self.moved()

    def _sentence(self, found: Timeline) -> str:
        left = (found.go_live_on - found.today).days
        days = f"{abs(left)} day{'' if abs(left) == 1 else 's'}"
        live = f"live since {day_text(found.go_live_on)}"
        if not found.live:
            live = f"{days} to go-live" if left >= 0 else f"go-live {days} late"
            live = f"{live} on {day_text(found.go_live_on)}" if left else "go-live today"
        problem = f"    ! {found.problems[0]}" if found.problems else ""
        return f"{clean(found.customer)}, {found.phase}: {found.done} of {found.total} done, {live}{problem}"

    def moved(self) -> None:
        """Tell what the line under the cursor is."""
        row = cast("Row | None", self.list.selected)
        self.details.tell(LEGEND, list(self._told(row)) if row and self.found else [])

    def _told(self, row: Row) -> Iterator[tuple[str, str]]:
        if isinstance(row.entry, Bar):
            yield from _item_told(row.entry)
        elif isinstance(row.entry, SessionMark):
            session = row.entry.session
            clock = time_of_day(session.starts_at, cast(Timeline, self.found).zone)
            yield "strong", f"{clean(session.title)}, {session.kind}"
            yield labelled("When", f"{day_text(row.entry.on)} {clock}, {session.minutes} min, {session.state}")
            yield labelled("For", session.audience or "nobody is named")
        elif isinstance(row.entry, GateMark):
            yield "strong", f"The gate {row.entry.gate}"
            yield labelled("Passed" if row.entry.passed else "Planned", day_text(row.entry.on))
        elif row.held is not None:
            yield "strong", clean(row.topic)
            yield labelled("Done", f"{row.held.done} of {row.held.total}" + (", late" if row.held.late else ""))
            if row.held.first and row.held.last:
                yield labelled("Dates", f"{day_text(row.held.first)} to {day_text(row.held.last)}")
        else:
            yield "strong", row.topic
            yield "quiet", f"{len(row.entries)} of them; enter shows each" if row.entries else "None is planned."

    # keys

    @property
    def _middle(self) -> date:
        scale = self.scale(self.size.width)
        found = cast(Timeline, self.found)
        if scale.first <= found.today <= scale.last:
            return found.today
        return scale.days(scale.cells // 2)[0]

    def obstacle(self, command: Command) -> str | None:
        """Say what cannot be seen any nearer or farther."""
        if self.found is None:
            return "The onboarding is being read."
        step = self.scale(self.size.width).per_week
        if command.action == "nearer" and step == STEPS[0]:
            return "Nearer than half a day a cell does not help."
        if command.action == "farther" and step == STEPS[-1]:
            return "This is the farthest scale."
        return None

    def _scroll(self, weeks: int) -> None:
        scale = self.scale(self.size.width)
        found = cast(Timeline, self.found)
        moved = scale.moved(weeks)
        if moved.last >= found.first and moved.first <= found.last:
            self.chosen = moved
            self._show()

    def _zoom(self, by: int) -> None:
        """Show fewer or more weeks, and none before the first one that has something."""
        scale = zoomed(self.scale(self.size.width), by, self._middle)
        self.chosen = scale._replace(first=max(scale.first, monday(cast(Timeline, self.found).first)))
        self._show()

    def action_earlier(self) -> None:
        """Scroll to what was before."""
        self._scroll(-max(1, self.scale(self.size.width).cells // self.scale(self.size.width).per_week // 4))

    def action_later(self) -> None:
        """Scroll to what comes after."""
        self._scroll(max(1, self.scale(self.size.width).cells // self.scale(self.size.width).per_week // 4))

    def action_nearer(self) -> None:
        """Show fewer weeks."""
        self._zoom(-1)

    def action_farther(self) -> None:
        """Show more weeks."""
        self._zoom(1)

    def action_whole(self) -> None:
        """Show all of it."""
        self.chosen = None
        self._show()

    def action_today(self) -> None:
        """Scroll to the week of today, which stands a quarter from the left."""
        scale = self.scale(self.size.width)
        before = timedelta(weeks=scale.cells // scale.per_week // 4)
        self.chosen = scale._replace(first=monday(cast(Timeline, self.found).today - before))
        self._show()

    def action_fold(self) -> None:
        """Show what is in a topic, or fold it."""
        row = cast("Row | None", self.list.selected)
        if row is None:
            return
        if row.entry is not None:
            above = next(line for line in self.list.lines if cast(Row, line).topic == row.topic)
            self.list.move(list(self.list.lines).index(above) - self.list.cursor)
        self.unfolded ^= {row.topic}
        self._show()

    def action_fold_all(self) -> None:
        """Show what is in all topics, or fold them."""
        if self.found is not None:
            names = {row.topic for row in rows(self.found, set())}
            self.unfolded = set() if self.unfolded >= names else names
            self._show()


def _item_told(bar: Bar) -> Told:
    item = bar.item
    who = f"{clean(item.owner or 'nobody')} ({item.side})"
    first = f"{day_text(bar.first)} to " if bar.first and bar.first != bar.last else ""
    dates = f"{first}{day_text(bar.last)}" if bar.last else "no date"
    slack = ""
    if item.slack_days is not None:
        slack = ", on the critical path" if item.critical else f", {item.slack_days} working days of slack"
    lines = [("strong", clean(item.title)), labelled("State", f"{item.state}, {who}")]
    lines.append(labelled("Dates", f"{dates}{', late' if item.overdue else ''}{slack}"))
    if item.state == BLOCKED:
        lines.append(labelled("Blocked by", f"{item.blocked_by}: {item.reason}", "warning"))
    if item.first:
        lines.append(labelled("Comes after", ", ".join(item.first)))
    return lines
