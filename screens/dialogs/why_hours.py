"""Where each number of a customer's hours comes from, by clause and agreement, and what the forecast is made of."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from screens.base import DeskScreen
from screens.commands import COPY, bindings
from screens.dialogs.frame import Dialog
from screens.dialogs.why import FRAME, WIDE, Lines
from screens.ticket_commands import CLOSE
from screens.widgets.text import clean, wrap
from tam.balance import Balance, balance
from tam.forecast import Forecast, forecast


def read_why(customer_id: int, now: int) -> tuple[Balance, Forecast]:
    """Read it; on the database thread."""
    return balance(customer_id, now), forecast(customer_id, now)


async def open_why(screen: DeskScreen, customer_id: int) -> None:
    """Show the explanation."""
    found = await screen.desk.attempt(read_why, customer_id, screen.desk.now())
    if found is not None:
        await screen.app.push_screen(WhyHoursDialog(*found, screen.app.size.width))


class WhyHoursDialog(Dialog):
    """Shows the sum, line by line; y copies it for the customer."""

    OFFERS = (COPY, CLOSE)
    BINDINGS = bindings(OFFERS)
    HINT = "j k scroll   y copies it   {close} closes"
    DEFAULT_CSS = f"WhyHoursDialog > #box {{ width: {WIDE}; }}"

    def __init__(self, held: Balance, seen: Forecast, width: int) -> None:
        super().__init__(f"Why these hours? {clean(held.customer)}, {held.today.isoformat()}")
        room = min(width, WIDE) - FRAME
        text: list[tuple[str, str]] = [("plain", line) for each in held.why for line in wrap(each, room)]
        text += [("plain", ""), ("strong", f"Forecast: {seen.text}")]
        text += [("quiet", line) for each in seen.why for line in wrap(each, room)]
        self.lines = Lines(text)

    def body(self) -> Iterable[Widget]:
        """Show the sum."""
        return (self.lines,)

    def action_copy(self) -> None:
        """Copy the explanation."""
        self.desk.copy("\n".join([self.head.text, *(text for _, text in self.lines.lines)]))
        self.desk.say("Copied the explanation.")
