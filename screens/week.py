"""My week: a time sheet that is typed into like a spreadsheet."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult

from models.errors import DatabaseUnavailable, DomainError, StaleRow
from screens.base import Concern, DeskScreen
from screens.commands import Command, bindings, shown_key
from screens.tam_time_commands import ADD_ROW, CLEAR, ROUND, WEEK_COMMANDS
from screens.ticket_reasons import READ_ONLY
from screens.ticket_reply import Told
from screens.widgets.header import FooterLine, HeaderLine
from screens.widgets.summary import SummaryLine
from screens.widgets.text import clean
from screens.widgets.week_grid import FIXED, WeekGrid
from screens.widgets.when import local
from tam.entry_reading import entries
from tam.entry_words import day_text, hours_text
from tam.rounding import ENTRY, PERSON_DAY
from tam.week import Week, WeekRow, put, week
from tam.week_cell import cell_minutes, closed_days
from tam.week_rounding import rounded_week

ROUNDINGS = ((0, ""), (15, ENTRY), (15, PERSON_DAY), (30, ENTRY), (30, PERSON_DAY))
"""Views of the time: as worked, then steps of minutes."""
MOST_ENTRIES = 100_000
UNFINISHED = re.compile(r"\d{1,2}(:\d?|h\d)")
"""What is no time yet, but may become one."""
SHOWN_AS = {ENTRY: "each entry", PERSON_DAY: "each day"}


class Sheet(NamedTuple):
    """A week as it is looked at, and which of its days are closed."""

    week: Week
    closed: tuple[bool, ...]


def read(person_id: int, monday: str, now: int, rounding: tuple[int, str]) -> Sheet:
    """Read a week; runs on the database thread."""
    found = week(person_id, monday, now)
    closed = closed_days(found.days)
    step, per = rounding
    if not step:
        return Sheet(found, closed)
    after = (date.fromisoformat(found.days[0]) + timedelta(days=7)).isoformat()
    held = entries(person_id=person_id, first=found.days[0], after=after, limit=MOST_ENTRIES)
    return Sheet(rounded_week(found, held, step, per), closed)


class WeekScreen(DeskScreen):
    """The week of the person who acts."""

    OFFERS: ClassVar[tuple[Command, ...]] = WEEK_COMMANDS
    BINDINGS = bindings(WEEK_COMMANDS)
    DEFAULT_CSS = """
    WeekScreen SummaryLine { height: 2; }
    WeekScreen WeekGrid { height: 1fr; }
    WeekScreen #status { height: 3; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.header_line, self.footer_line, self.summary = HeaderLine("tam"), FooterLine(), SummaryLine()
        self.grid, self.status = WeekGrid(self._save, self._may_type), Told(id="status")
        self.monday = ""
        self.rounding = 0
        self._added: list[WeekRow] = []
        self._refused = ""

    def compose(self) -> ComposeResult:
        """Place the parts."""
        yield from (self.header_line, self.summary, self.grid, self.status, self.footer_line)

    def on_mount(self) -> None:
        """Begin with the week of today, and follow what changes."""
        self.monday = self._this_monday()
        self.grid.add_key = shown_key(self.desk.keys_of(ADD_ROW).split(",")[0])
        self.grid.focus()
        self.footer_line.tell(self.footer_keys())
        self.until_removed(self.desk.changes.subscribe(lambda notes: self.read()))
        self.read()

    def on_screen_resume(self) -> None:
        """Catch up with what happened elsewhere."""
        self.read()

    def _this_monday(self) -> str:
        today = local(self.desk.now(), self.desk.actor.zone).date()
        return (today - timedelta(days=today.weekday())).isoformat()

    def concern(self) -> Concern:
        """Return whom the row of the cursor is about."""
        here = self.grid.selected
        return Concern(customer_id=here.customer_id, activity=here.activity) if here else Concern()

    # reading

    def read(self) -> None:
        """Read the week again, unless something stands over the screen: then on return."""
        if self.is_active and self.monday:
            self.run_worker(self.take(), group="reading")

    async def take(self) -> None:
        """Read and show the week."""
        monday, rounding = self.monday, self.rounding
        found = await self.desk.attempt(read, self.desk.actor.id, monday, self.desk.now(), ROUNDINGS[rounding])
        if found is None or not self.is_attached or (monday, rounding) != (self.monday, self.rounding):
            return
        self.grid.show(self._with_added(found.week), found.closed)
        self.summary.tell(self._sentence(found.week))
        self._tell_cell()
        self.footer_line.tell(self.footer_keys())

    def _with_added(self, found: Week) -> Week:
        held = {(row.customer_id, row.activity) for row in found.rows}
        added = [row for row in self._added if (row.customer_id, row.activity) not in held]
        rows = sorted((*found.rows, *added), key=lambda row: (row.customer, row.customer_id, row.activity))
        return found._replace(rows=tuple(rows))

    def _sentence(self, found: Week) -> str:
        step, per = ROUNDINGS[self.rounding]
        number = date.fromisoformat(found.days[0]).isocalendar().week
        shown = f"{SHOWN_AS[per]} in whole steps of {step} min" if step else "as worked"
        days = f"{day_text(found.days[0])} to {day_text(found.days[6])}"
        return f"Week {number}   {days}   {hours_text(found.total)}   {shown}"

    @on(WeekGrid.Moved)
    def _moved(self) -> None:
        self._refused = ""
        self._tell_cell()

    def _tell_cell(self) -> None:
        """Say what the cell holds, or what becomes of it."""
        here, held = self.grid.selected, self.grid.week
        if here is None or held is None:
            self.status.tell("")
            return
        if self._refused:
            self.status.tell(clean(self._refused), loud=True)
            return
        where = f"{clean(here.customer)}, {here.activity}, {day_text(held.days[self.grid.day])}"
        if self.grid.typed is not None:
            self.status.tell(f"{where}: {self._typed(self.grid.typed)}")
            return
        minutes, fixed = here.minutes[self.grid.day], here.fixed[self.grid.day]
        told = f"{hours_text(minutes)}" if minutes else "nothing; type 1:30, 1.5, 90m or 8"
        more = f", {FIXED} {hours_text(fixed)} of it timed, linked, imported or closed" if fixed else ""
        self.status.tell(f"{where}: {told}{more}")

    @staticmethod
    def _typed(text: str) -> str:
        if UNFINISHED.fullmatch(text):
            return f"{text}…   such as 1:30"
        try:
            told = f"{text} is {hours_text(cell_minutes(text))}" if text else "empty"
            return f"{told}   enter, tab or an arrow keeps it, esc does not"
        except DomainError as refusal:
            return str(refusal)

    # typing

    def why_not(self, command: Command) -> str | None:
        """Say why nothing can be typed here."""
        if command not in (CLEAR, ADD_ROW):
            return None
        if self.desk.actor.role == "read-only":
            return READ_ONLY
        if command is CLEAR and self.grid.selected is None:
            return "There is no cell yet: add a row first."
        return self._view_only() if command is CLEAR else None

    def _view_only(self) -> str | None:
        key = shown_key(self.desk.keys_of(ROUND).split(",")[0])
        return (
            f"Rounded time is a view: {key} goes on to the time as worked, which is typed into."
            if self.rounding
            else None
        )

    def _may_type(self) -> bool:
        """Say why nothing can be typed, where nothing can."""
        reason = READ_ONLY if self.desk.actor.role == "read-only" else self._view_only()
        if reason is not None:
            self._refuse(reason)
        return reason is None

    async def _save(self, text: str) -> bool:
        """Keep what was typed into the cell; say why not, and leave it there."""
        here, held = self.grid.selected, self.grid.week
        if here is None or held is None or not self._may_type():
            return False
        try:
            minutes = cell_minutes(text)
            logged = await self.desk.call(
                put,
                held.person_id,
                here.customer_id,
                here.activity,
                held.days[self.grid.day],
                minutes,
                self.desk.actor.id,
                self.desk.now(),
                self.grid.was,
            )
        except StaleRow as refusal:
            await self.take()
            now = self.grid.selected
            self.grid.was = now.minutes[self.grid.day] if now is not None else 0
            self._refuse(str(refusal))
            return False
        except (DomainError, DatabaseUnavailable) as refusal:
            self._refuse(str(refusal))
            return False
        for warning in logged.warnings:
            self.desk.say(warning)
        self._keep_row(here)
        await self.take()
        return True

    def _keep_row(self, row: WeekRow) -> None:
        """Let a row stay that was emptied, until the screen is left."""
        empty = row._replace(minutes=(0,) * 7, fixed=(0,) * 7)
        if empty not in self._added:
            self._added.append(empty)

    def _refuse(self, sentence: str) -> None:
        self._refused = sentence
        self._tell_cell()

    async def action_clear(self) -> None:
        """Empty the cell."""
        here = self.grid.selected
        if here is not None and here.minutes[self.grid.day]:
            self.grid.was = here.minutes[self.grid.day]
            await self._save("")

    async def action_add(self) -> None:
        """Ask for a customer and an activity to type hours for."""
        from screens.dialogs.week_row import WeekRowDialog

        await self.app.push_screen(WeekRowDialog(), self._add)

    async def _add(self, row: object) -> None:
        if isinstance(row, WeekRow):
            self._keep_row(row)
            await self.take()
            self.grid.stand_on(row.customer_id, row.activity)

    # moving

    async def _go(self, monday: date) -> None:
        self.monday = monday.isoformat()
        self._refused = ""
        await self.take()

    async def action_before(self) -> None:
        """Go to the week before."""
        await self._go(date.fromisoformat(self.monday) - timedelta(days=7))

    async def action_after(self) -> None:
        """Go to the week after."""
        await self._go(date.fromisoformat(self.monday) + timedelta(days=7))

    async def action_this(self) -> None:
        """Go to the week of today."""
        await self._go(date.fromisoformat(self._this_monday()))

    async def action_round(self) -> None:
        """Look at the time in other steps."""
        self.rounding = (self.rounding + 1) % len(ROUNDINGS)
        self._refused = ""
        await self.take()

    def action_left(self) -> None:
        """Go to the day before."""
        self.grid.move(0, -1)

    def action_right(self) -> None:
        """Go to the next day."""
        self.grid.move(0, 1)

    def action_up(self) -> None:
        """Go to the row above."""
        self.grid.move(-1, 0)

    def action_down(self) -> None:
        """Go to the row below."""
        self.grid.move(1, 0)

    def action_first(self) -> None:
        """Go to the first row."""
        self.grid.move(-MOST_ENTRIES, 0)

    def action_last(self) -> None:
        """Go to the last row."""
        self.grid.move(MOST_ENTRIES, 0)

    def action_back(self) -> None:
        """Go back."""
        self.app.pop_screen()
