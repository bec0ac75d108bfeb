"""The calls with a customer, or with all: what comes, what is proposed, what was."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, cast

from screens import call_acting
from screens.base import Concern
from screens.call_commands import CALLS_COMMANDS, ONE_CALL, OPEN_CALL, PLAN, SERIES
from screens.call_shapes import KEEPERS, calls_shape, why_not_call
from screens.commands import Command, bindings
from screens.list_screen import ListScreen
from screens.ticket_reasons import READ_ONLY
from screens.widgets.text import clean
from tam.call_list import CallLine, call_list


def counted(number: int, one: str, many: str) -> str:
    """Return `1 call` or `3 calls`."""
    return f"{number} {one if number == 1 else many}"


class CallsScreen(ListScreen):
    """The calls of a customer; None: of all."""

    OFFERS = CALLS_COMMANDS
    BINDINGS = bindings(CALLS_COMMANDS)
    CHOOSES: ClassVar[Command | None] = OPEN_CALL

    def __init__(self, customer_id: int | None = None) -> None:
        super().__init__("tam", calls_shape(0, "UTC", customer_id is not None))
        self.customer_id = customer_id

    def on_mount(self) -> None:
        """Plan the calls of every series ahead, then read, and follow the time."""
        super().on_mount()
        if self.desk.actor.role in KEEPERS:
            self.run_worker(self._plan_ahead(), group="planning")
        self.until_removed(self.desk.ticker.subscribe(self._tick))

    async def _plan_ahead(self) -> None:
        from tam.series import ensure

        await self.desk.attempt(ensure, self.desk.now())

    def _tick(self, at: int) -> int | None:
        """Read again when a call begins or ends; nothing else here changes with the time."""
        if not self.is_active:
            return None
        moments = [
            each for line in cast("list[CallLine]", self.list.lines) for each in (line.call.at, line.call.ends_at + 1)
        ]
        if any(self._read_at < each <= at for each in moments):
            self.read()
        return min((each for each in moments if each > at), default=None)

    _read_at = 0

    async def take(self) -> None:
        """Read the calls."""
        now, zone = self.desk.now(), self.desk.actor.zone
        found = await self.desk.attempt(call_list, self.customer_id, now)
        if found is None or not self.is_attached:
            return
        self._read_at = now
        self.list.shape = calls_shape(now, zone, self.customer_id is not None, found.lines)
        whose = f"{clean(found.customer)}: " if found.customer else ""
        parts = [f"{counted(found.coming, 'call', 'calls')} to come"]
        if found.proposed:
            parts.append(f"{counted(found.proposed, 'falls', 'fall')} on a closed day (enter decides)")
        if found.over:
            parts.append(f"{counted(found.over, 'is', 'are')} over and not written up")
        self.summary.tell(whose + ", ".join(parts))
        self.list.show_lines(found.lines)
        self.moved()
        self.desk.ticker.wake()

    def moved(self) -> None:
        """Show the keys that work on the call under the cursor."""
        self.footer_line.tell(self.footer_keys())

    @property
    def here(self) -> CallLine | None:
        """The call under the cursor."""
        return cast("CallLine | None", self.list.selected)

    def concern(self) -> Concern:
        """Return the customer, and the call that time may be logged for."""
        if self.here is None:
            return Concern(self.customer_id)
        return Concern(self.here.call.customer_id, call_id=self.here.call.id, activity="review call")

    def why_not(self, command: Command) -> str | None:
        """Say why there is nothing to do."""
        role = self.desk.actor.role
        if command in (PLAN, SERIES):
            return (
                None if role in KEEPERS else READ_ONLY if role == "read-only" else "Only a TAM or a lead plans calls."
            )
        if command is OPEN_CALL or command in ONE_CALL:
            if self.here is None:
                return "There is no call yet; N plans one."
            return why_not_call(command, self.here.call, role, self.desk.now())
        return None

    async def act(self, command: Command) -> None:
        """Run a command on the call under the cursor."""
        if self.here is not None:
            await call_acting.perform(self, command, self.here.call)

    async def action_open(self) -> None:
        """Decide on what is proposed, or open the call."""
        here = self.here
        if here is None:
            return
        if here.proposal is not None and self.desk.actor.role in KEEPERS:
            from screens.dialogs.proposal import open_proposal

            await open_proposal(self, here.proposal)
        else:
            await call_acting.open_call(self, here.call.id)

    async def action_plan(self) -> None:
        """Plan a single call."""
        from screens.dialogs.call_plan import open_plan

        await call_acting.for_customer(self, self.customer_id, partial(open_plan, self))

    async def action_series(self) -> None:
        """Agree, change or end a series."""
        from screens.dialogs.series import open_series

        await call_acting.for_customer(self, self.customer_id, partial(open_series, self))
