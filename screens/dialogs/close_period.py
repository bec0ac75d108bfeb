"""Closing periods with what they come to, and opening the newest closed one again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from textual import events, on
from textual.widget import Widget
from textual.widgets import Input

from screens.base import DeskScreen
from screens.dialogs.acting import answered
from screens.dialogs.frame import Dialog, Line
from screens.dialogs.why import WIDE, Lines
from screens.ticket_reply import Told
from screens.widgets.text import clean, fit
from tam.closing import Closable, told
from tam.ledger import PeriodAccount

NAME, PERIOD = 20, 14


async def _ask(screen: DeskScreen, dialog: Dialog) -> None:
    await screen.app.push_screen(dialog, lambda sentence: answered(screen.desk, sentence))


async def open_close_all(screen: DeskScreen) -> None:
    """Show what is over and still open, of all customers, and close it."""
    from tam.closing import closable

    found = await screen.desk.attempt(closable, screen.desk.now())
    if found:
        await _ask(screen, CloseAllDialog(found))
    elif found is not None:
        screen.desk.say("Every period that is over is closed.")


async def open_close(screen: DeskScreen, customer_id: int) -> None:
    """Show a customer's oldest open period that is over, and close it."""
    from tam.closing import closable

    found = await screen.desk.attempt(closable, screen.desk.now(), [customer_id])
    if found:
        await _ask(screen, CloseDialog(found[0]))
    elif found is not None:
        screen.desk.say("No open period of this customer is over.", error=True)


async def open_reopen(screen: DeskScreen, customer_id: int, customer: str, closed: PeriodAccount) -> None:
    """Ask why a period is opened again."""
    await _ask(screen, ReopenDialog(customer_id, customer, closed))


def lines_of(found: Sequence[Closable]) -> list[tuple[str, str]]:
    """Return a line a period: customer, period, and what it comes to."""
    lines = []
    for each in found:
        for row, period in enumerate(each.periods):
            name = fit(each.customer if row == 0 else "", NAME)
            style = "warning" if period.over else "plain"
            lines.append((style, f"{name} {fit(period.label, PERIOD)} {told(period)}"))
    return lines


class _Closing(Dialog):
    """Shows what is closed, and closes it."""

    HINT = "enter or {do} closes {what}   j k scroll   {close} leaves it"
    DEFAULT_CSS = f"_Closing > #box {{ width: {WIDE}; }}"

    def __init__(self, title: str, lines: list[tuple[str, str]], what: str, about: str) -> None:
        super().__init__(title)
        self.HINT = _Closing.HINT.replace("{what}", what)
        self.lines, self.about = Lines(lines), Told(about)

    def body(self) -> Iterable[Widget]:
        """Show it."""
        return (self.lines, self.about)

    async def on_key(self, event: events.Key) -> None:
        """Close it with enter too."""
        if event.key == "enter":
            event.stop()
            await self.do()


class CloseAllDialog(_Closing):
    """Closes every period that is over, of all customers, as one operation."""

    def __init__(self, found: Sequence[Closable]) -> None:
        periods = [period for each in found for period in each.periods]
        title = f"Close {len(periods)} period{'' if len(periods) == 1 else 's'} of {len(found)} customers"
        if len(found) == 1:
            title = title.removesuffix("s")
        what = "them all" if len(periods) > 1 else "it"
        super().__init__(title, lines_of(found), what, "Time that is logged for them later counts in the open period.")
        self.until = (max(period.after for period in periods) - timedelta(days=1)).isoformat()

    async def perform(self) -> object:
        """Close them."""
        from tam.closing import close_all

        return (await self.desk.call(close_all, self.until, self.desk.actor.id, self.desk.now())).sentence


class CloseDialog(_Closing):
    """Closes a customer's oldest open period."""

    def __init__(self, held: Closable) -> None:
        self.held, self.period = held, held.periods[0]
        rest = len(held.periods) - 1
        more = f" {rest} more to close after it." if rest else ""
        about = f"Time that is logged for it later counts in the open period.{more}"
        title = f"Close {self.period.label} of {clean(held.customer)}"
        super().__init__(title, lines_of([held._replace(periods=[self.period])]), "it", about)

    async def perform(self) -> object:
        """Close it."""
        from tam.closing import close

        first, actor, at = self.period.first.isoformat(), self.desk.actor.id, self.desk.now()
        closed = await self.desk.call(close, self.held.customer_id, actor, at, first)
        return f"Closed {closed.label} of {self.held.customer}: {told(closed)}."


class ReopenDialog(Dialog):
    """Opens the newest closed period again, with a reason."""

    HINT = "enter or {do} opens it again   {close} leaves it closed"

    def __init__(self, customer_id: int, customer: str, closed: PeriodAccount) -> None:
        super().__init__(f"Open {closed.label} of {clean(customer)} again")
        self.customer_id, self.customer, self.closed = customer_id, customer, closed
        self.reason = Line("why, in a line; it stays in the journal")

    def body(self) -> Iterable[Widget]:
        """Show what was closed, and ask why."""
        yield Told(f"Closed as: {told(self.closed)}.")
        yield Told("It is counted anew from its entries and from what is agreed now, and so is what follows it.")
        yield from (Told("Reason"), self.reason)

    def on_mount(self) -> None:
        """Begin with the reason."""
        super().on_mount()
        self.reason.focus()

    @on(Input.Submitted)
    async def _submitted(self) -> None:
        await self.do()

    async def perform(self) -> object:
        """Open it again."""
        from tam.closing import reopen

        first, actor, at = self.closed.first.isoformat(), self.desk.actor.id, self.desk.now()
        await self.desk.call(reopen, self.customer_id, first, actor, at, self.reason.value)
        return f"Opened {self.closed.label} of {self.customer} again."
