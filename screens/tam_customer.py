"""A customer's hours: how they stand and how they went down, and all that they are made of."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, cast

from textual import events
from textual.app import ComposeResult

from screens.base import Concern
from screens.commands import LIST_COMMANDS, Command, bindings
from screens.list_screen import ListScreen
from screens.tam_commands import (
    CUSTOMER_COMMANDS,
    OPEN_LINE,
)
from screens.tam_customer_reading import (
    ACTIONS,
    AGREED,
    CALLS,
    CHARTS,
    ENTRIES,
    FEEDBACK,
    NO_CHART,
    PARTS,
    Seen,
    Wanted,
    numbers_of,
    read_hours,
    see_alerts,
    shape_of,
)
from screens.tam_reasons import why_not
from screens.tam_shapes import entries_shape
from screens.widgets.burn_chart import BurnChart
from screens.widgets.piece_lines import PieceLines
from screens.widgets.plain_list import Pieces
from tam.entry_reading import PAGE

AHEAD = 40
"""How near the cursor comes to the last entry before older ones are read."""
CHART_LINES = {True: 10, False: 7}
"""Lines of the chart with its title on a high screen and on a low one."""
HIGH = 30
MARGIN = 1
"""Cells on both sides of the chart."""


class HoursScreen(ListScreen):
    """The hours of one customer."""

    OFFERS: ClassVar[tuple[Command, ...]] = CUSTOMER_COMMANDS
    BINDINGS = bindings(tuple(each for each in CUSTOMER_COMMANDS if each not in LIST_COMMANDS))
    CHOOSES = OPEN_LINE
    DEFAULT_CSS = "HoursScreen #parts { margin-top: 1; }"

    def __init__(self, customer_id: int, part: str = ENTRIES) -> None:
        super().__init__("tam", entries_shape())
        self.customer_id, self.part = customer_id, part
        self.chart_kind = CHARTS[0]
        self.numbers, self.chart, self.parts = PieceLines(), BurnChart(), PieceLines(id="parts")
        self.seen: Seen | None = None
        self._count, self._wider = PAGE, False

    def compose(self) -> ComposeResult:
        """Place the parts."""
        yield from (self.header_line, self.numbers, self.chart, self.parts, self.list, self.footer_line)

    def on_mount(self) -> None:
        """The alerts are looked at now."""
        self._tell_parts()
        self.run_worker(self._see_alerts(), group="alerts")

    async def _see_alerts(self) -> None:
        await self.desk.attempt(see_alerts, self.customer_id, self.desk.actor.id, self.desk.now())

    def on_resize(self, event: events.Resize) -> None:
        """Draw the chart anew."""
        self.chart.styles.height = CHART_LINES[event.size.height >= HIGH]
        if self.seen is not None:
            self.read()

    def concern(self) -> Concern:
        """Return the customer, and the call that time may be logged for."""
        from tam.call_list import CallLine

        here = self.list.selected
        call = here.call.id if self.part == CALLS and isinstance(here, CallLine) else None
        return Concern(self.customer_id, call_id=call, activity="review call" if call is not None else "")

    # reading

    @property
    def _wanted(self) -> Wanted:
        width, height = self.app.size.width - 2 * MARGIN, CHART_LINES[self.app.size.height >= HIGH] - 1
        return Wanted(self.part, self._count, self.chart_kind, width, height)

    async def take(self) -> None:
        """Read the numbers, the chart and the list."""
        now, wanted = self.desk.now(), self._wanted
        found = await self.desk.attempt(read_hours, self.customer_id, now, wanted)
        self._wider = False
        if found is None or not self.is_attached or wanted != self._wanted:
            return
        self.seen = found
        self.numbers.tell(numbers_of(found))
        self.chart.display = found.burnt is not None
        if found.burnt is not None:
            self.chart.tell(found.burnt, found.chart)
        self.list.shape = shape_of(self.part, now, self.desk.actor.zone, found.held.today)
        self.list.show_lines(found.lines)
        self._tell_parts()

    def _tell_parts(self) -> None:
        """Show which list this is, among the others."""
        pieces: list[tuple[str, str]] = [("quiet", " ")]
        for part in PARTS:
            pieces += [("accent", f"▸ {part}")] if part == self.part else [("quiet", f"  {part}")]
            pieces.append(("quiet", "   "))
        self.parts.tell([cast(Pieces, tuple(pieces))])

    def moved(self) -> None:
        """Show the keys that work here, and read older entries before the cursor comes to the last one."""
        self.footer_line.tell(self.footer_keys())
        near = self.list.cursor > len(self.list.lines) - AHEAD
        if self.part == ENTRIES and self.seen is not None and self.seen.more and near and not self._wider:
            self._count, self._wider = self._count + PAGE, True
            self.read()

    async def _show(self, part: str) -> None:
        self.part, self._count = part, PAGE
        self.list.lines, self.list.known = (), False
        self.list.move(-len(self.list.lines))
        self._tell_parts()
        await self._taken()

    async def action_next(self) -> None:
        """Show the next list."""
        await self._show(PARTS[(PARTS.index(self.part) + 1) % len(PARTS)])

    async def action_previous(self) -> None:
        """Show the list before."""
        await self._show(PARTS[PARTS.index(self.part) - 1])

    async def action_chart(self) -> None:
        """Show the period, the term, or no chart."""
        self.chart_kind = CHARTS[(CHARTS.index(self.chart_kind) + 1) % len(CHARTS)]
        self.chart.display = self.chart_kind != NO_CHART
        await self._taken()

    # doing

    def why_not(self, command: Command) -> str | None:
        """Say why there is nothing to do."""
        contract = self.seen is None or self.seen.contract_id is not None
        return why_not(command, self.desk.actor.role, self.part, self.list.selected, contract)

    async def action_why(self) -> None:
        """Tell where the numbers come from."""
        from screens.dialogs.why_hours import open_why

        await open_why(self, self.customer_id)

    async def action_calls(self) -> None:
        """See the calls with the customer."""
        from screens.calls import CallsScreen

        await self.app.push_screen(CallsScreen(self.customer_id))

    async def action_agree(self) -> None:
        """Agree hours."""
        from screens.dialogs.allowance import open_allowance

        if self.seen is not None and self.seen.contract_id is not None:
            await open_allowance(self, self.seen.held.customer, self.seen.contract_id, self.seen.held.today)

    async def action_top_up(self) -> None:
        """Add hours."""
        from screens.dialogs.top_up import open_top_up

        if self.seen is not None:
            await open_top_up(self, self.seen.held)

    async def action_close(self) -> None:
        """Close the oldest period that is over."""
        from screens.dialogs.close_period import open_close

        await open_close(self, self.customer_id)

    async def action_reopen(self) -> None:
        """Open the newest closed period again."""
        from screens.dialogs.close_period import open_reopen
        from tam.balance import accounts

        found = await self.desk.attempt(accounts, self.customer_id, self.desk.now()) or []
        closed = next((each for each in found if each.closed), None)
        if closed is None:
            self.desk.say("No period of this customer is closed.", error=True)
        elif self.seen is not None:
            await open_reopen(self, self.customer_id, self.seen.held.customer, closed)

    async def action_line(self) -> None:
        """Change or open what stands under the cursor."""
        from screens import tam_lines

        await tam_lines.open_line(self, self.list.selected)

    async def action_remove(self) -> None:
        """Take away what stands under the cursor."""
        from screens import tam_lines

        await tam_lines.remove_line(self, self.list.selected)

    async def action_new(self) -> None:
        """Add to the list that is shown."""
        from screens import tam_lines

        await {
            ENTRIES: tam_lines.log_time,
            AGREED: HoursScreen.action_agree,
            CALLS: tam_lines.plan_call,
            ACTIONS: tam_lines.note_action,
            FEEDBACK: tam_lines.note_feedback,
        }[self.part](self)

    @property
    def today(self) -> date | None:
        """The customer's date."""
        return self.seen.held.today if self.seen else None
