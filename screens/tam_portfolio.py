"""TAM: every customer with promised hours, what was spent of them, and what is due next."""

from __future__ import annotations

from typing import ClassVar, cast

from models.words import LEAD, TAM
from screens.base import Concern
from screens.commands import LIST_COMMANDS, Command, bindings, shown_key
from screens.list_screen import ListScreen
from screens.tam_commands import CLOSE_ALL, MINE, OPEN_CUSTOMER, PORTFOLIO_COMMANDS, WHY_HOURS
from screens.tam_shapes import portfolio_shape
from tam.overview import Overview, overview
from tam.portfolio import FIRST_PAGE, TamLine, portfolio

PAGE = 200
AHEAD = 40
"""How near the cursor comes to the last line before the next page is read."""


class TamScreen(ListScreen):
    """The customers with promised hours; a TAM begins with their own."""

    OFFERS: ClassVar[tuple[Command, ...]] = PORTFOLIO_COMMANDS
    BINDINGS = bindings(tuple(each for each in PORTFOLIO_COMMANDS if each not in LIST_COMMANDS))
    CHOOSES = OPEN_CUSTOMER

    def __init__(self) -> None:
        super().__init__("tam", portfolio_shape(0, "UTC"))
        self.mine: bool | None = None
        self._more = self._reading = False

    @property
    def here(self) -> TamLine | None:
        """The customer under the cursor."""
        return cast("TamLine | None", self.list.selected)

    @property
    def _tam_id(self) -> int | None:
        return self.desk.actor.id if self.mine else None

    def concern(self) -> Concern:
        """Return the customer under the cursor."""
        return Concern(self.here.customer_id) if self.here else Concern()

    async def take(self) -> None:
        """Read as many lines as were there before."""
        if self.mine is None:
            self.mine = self.desk.actor.role == TAM
        now, zone, asked = self.desk.now(), self.desk.actor.zone, self._tam_id
        count = max(FIRST_PAGE, self.list.height + 1, len(self.list.lines))
        found = await self.desk.attempt(portfolio, now, None, count, asked)
        if found is None or not self.is_attached or asked != self._tam_id:
            return
        self._more = len(found) == count
        empty = f"No customer of yours has promised hours; {self._key(MINE)} shows all."
        shape = portfolio_shape(now, zone)
        self.list.shape = shape._replace(empty=empty) if self.mine else shape
        self.list.show_lines(found)
        await self._tell_numbers(now, asked)

    def show_whole(self, lines: list[TamLine], told: str, empty: str) -> None:
        """Show lines that are all there are, with what they come to, or why there are none."""
        self._more = False
        self.summary.tell(told)
        self.list.shape = portfolio_shape(self.desk.now(), self.desk.actor.zone)._replace(empty=empty)
        self.list.show_lines(lines)

    async def _tell_numbers(self, now: int, asked: int | None) -> None:
        """Show the numbers above, which are counted over all customers: the lines do not wait for them."""
        told = await self.desk.attempt(overview, self.desk.actor.id, self.desk.actor.zone, now, asked)
        if told is not None and self.is_attached and asked == self._tam_id:
            self.summary.tell(self._sentence(told))

    def _sentence(self, told: Overview) -> str:
        whose = "yours" if self.mine else "with promised hours"
        parts = [f"{_counted(told.customers, 'customer')} {whose}, {told.over} over budget"]
        if told.alerts:
            parts.append(f"{_counted(len(told.alerts), 'alert')} not looked at")
        parts.append(f"{_counted(told.calls, 'call')} to come this week")
        return "    ".join(parts)

    def _key(self, command: Command) -> str:
        return shown_key(self.desk.keys_of(command).split(",")[0])

    def moved(self) -> None:
        """Read on before the cursor comes to the end."""
        if self._more and not self._reading and self.list.cursor > len(self.list.lines) - AHEAD:
            self._reading = True
            self.run_worker(self._read_on(PAGE), group="paging")

    async def _read_on(self, count: int) -> None:
        lines, asked = cast("list[TamLine]", list(self.list.lines)), self._tam_id
        after = lines[-1].key if lines else None
        found = await self.desk.attempt(portfolio, self.desk.now(), after, count, asked)
        self._reading = False
        if found is not None and self.is_attached and asked == self._tam_id and lines == list(self.list.lines):
            self._more = len(found) == count
            self.list.show_lines([*lines, *found])

    def action_last(self) -> None:
        """Go to the last customer, read or not."""
        self.run_worker(self._to_last(), group="paging")

    async def _to_last(self) -> None:
        while self._more:
            before = len(self.list.lines)
            await self._read_on(PAGE)
            if len(self.list.lines) == before:
                break
        self.move(len(self.list.lines))

    def why_not(self, command: Command) -> str | None:
        """Say why there is nothing to do."""
        if command in (OPEN_CUSTOMER, WHY_HOURS) and self.here is None:
            return "There is no customer with promised hours here."
        if command is CLOSE_ALL and self.desk.actor.role != LEAD:
            return "Only a lead closes periods."
        return None

    async def action_open(self) -> None:
        """See the customer's hours."""
        from screens.tam_customer import HoursScreen

        if self.here is not None:
            await self.app.push_screen(HoursScreen(self.here.customer_id))

    async def action_why(self) -> None:
        """Tell where the numbers come from."""
        from screens.dialogs.why_hours import open_why

        if self.here is not None:
            await open_why(self, self.here.customer_id)

    async def action_mine(self) -> None:
        """Show one's own customers, or all."""
        self.mine = not self.mine
        self.list.move(-len(self.list.lines))
        await self._taken()

    async def action_calls(self) -> None:
        """See the review calls with all customers."""
        from screens.calls import CallsScreen

        await self.app.push_screen(CallsScreen())

    async def action_close_all(self) -> None:
        """Close all periods that are over."""
        from screens.dialogs.close_period import open_close_all

        await open_close_all(self)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
