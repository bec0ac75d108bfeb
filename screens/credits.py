"""A customer's service credits: what accrues, is owed and was decided, and the ledger behind each."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from contracts.account import Account, term_of
from contracts.credits import ACCRUING, NAMES, ClockCredit, LedgerLine
from screens.commands import LIST_COMMANDS, OPEN, Command, bindings
from screens.credit_commands import CREDIT_COMMANDS, GRANT, REFUSE, REVERSE
from screens.list_screen import ListScreen
from screens.widgets.palette import palette_of
from screens.widgets.plain_list import Pieces, Shape
from screens.widgets.text import clean, fit
from screens.widgets.when import elapsed, when

LEDGER_LINES = 6
UNANSWERED = "Nothing yet: what it costs is owed once it is answered."
WIDE = 100
NEEDED = {GRANT: ("owed",), REFUSE: ("owed",), REVERSE: ("granted", "refused")}
EVERY_SECONDS = 60


def _days(count: int) -> str:
    return f"{count:>3} day{'' if count == 1 else 's'}"


def shape(now: int, zone: str) -> Shape:
    """Shape a clock that costs something: its days, how far that has come, the ticket, and how late it was."""

    def heading(width: int) -> str:
        times = f"{'Due':<14}{'Answered':<14}" if width >= WIDE else ""
        return f" {'Credit':>9}  {'State':<10}{'#':>6}  {'Clock':<23}{'Late':>6}  {times}Subject"

    def line(item: object, width: int) -> Pieces:
        held = cast(ClockCredit, item)
        answered = when(held.stopped_at, now, zone) if held.stopped_at else "not yet"
        times = f"{fit(when(held.due_at, now, zone), 13)} {fit(answered, 13)} " if width >= WIDE else ""
        style = {ACCRUING: "alarm", "owed": "warning"}.get(held.state, "quiet")
        return (
            ("strong", f" {_days(held.days):<8}   "),
            (style, f"{held.state:<10}"),
            ("plain", f"{held.ticket_id:>6}  {NAMES[held.kind]:<23}{elapsed(held.late_seconds):>6}  "),
            ("quiet", times),
            ("plain", clean(held.subject)),
        )

    return Shape(heading, line, "No credit: every promise to this customer was kept.")


class Ledger(Widget):
    """The newest lines of the ledger on one clock."""

    DEFAULT_CSS = f"Ledger {{ height: {LEDGER_LINES + 1}; }}"

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def tell(self, lines: list[str]) -> None:
        """Show these."""
        if lines != self.lines:
            self.lines = lines
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw a line below the rule."""
        width, palette = self.size.width, palette_of(self.app)
        if y == 0:
            return Strip([Segment("── Ledger ".ljust(width, "─")[:width], palette.quiet)], width)
        text = self.lines[y - 1] if y <= len(self.lines) else ""
        return Strip([Segment(fit(f" {text}", width), palette.plain)], width)


def ledger_line(line: LedgerLine, now: int, zone: str) -> str:
    """Return who decided what, when and why."""
    count = f"{line.days} day{'' if line.days == 1 else 's'}"
    why = f": {clean(' '.join(line.reason.split()))}" if line.reason else ""
    return f"{when(line.at, now, zone):<13} {line.entry} {count}, {clean(line.person or 'the desk')}{why}"


class CreditsScreen(ListScreen):
    """The credits of one customer, read by `reader(now)`."""

    OFFERS = CREDIT_COMMANDS
    BINDINGS = bindings(tuple(command for command in CREDIT_COMMANDS if command not in LIST_COMMANDS))
    CHOOSES = OPEN

    def __init__(self, reader: Callable[[int], Account]) -> None:
        super().__init__("lead", shape(0, "UTC"))
        self._reader = reader
        self.account: Account | None = None
        self.ledger = Ledger()

    def below(self) -> tuple[Widget, ...]:
        """Return the ledger."""
        return (self.ledger,)

    def on_mount(self) -> None:
        """Read again when a credit accrues."""
        self.until_removed(self.desk.ticker.subscribe(self._tick))

    def _tick(self, at: int) -> int | None:
        """Read again each minute while something accrues."""
        if self.account is None or not self.is_active or not self.account.balance.accruing:
            return None
        self.read()
        return at + EVERY_SECONDS

    async def take(self) -> None:
        """Read the credits."""
        now = self.desk.now()
        found = await self.desk.attempt(self._reader, now)
        if found is None or not self.is_attached:
            return
        first, self.account = self.account is None, found
        held, term = found.balance, "no term"
        if found.term is not None:
            added = f", with {found.term.extension_days} of credit" if found.term.extension_days else ""
            term = f"term {found.term.starts_on} to {found.term.ends_now}{added}"
        self.summary.tell(
            f"{clean(found.customer)}: {held.accruing} days accruing, {held.owed} owed, {held.granted} granted,"
            f" {held.refused} refused    {term}"
        )
        self.list.shape = shape(now, self.desk.actor.zone)
        self.list.show_lines(held.clocks)
        self.moved()
        if first:
            self.desk.ticker.wake()

    def moved(self) -> None:
        """Show the ledger of what the cursor stands on, and the keys that work there."""
        here, now = self._here, self.desk.now()
        lines = [line for line in self.account.lines if here and line.clock_id == here.clock_id] if self.account else []
        told = [ledger_line(line, now, self.desk.actor.zone) for line in lines[-LEDGER_LINES:]]
        self.ledger.tell(told or ([UNANSWERED] if here else []))
        self.footer_line.tell(self.footer_keys())

    @property
    def _here(self) -> ClockCredit | None:
        return cast("ClockCredit | None", self.list.selected)

    def why_not(self, command: Command) -> str | None:
        """Say why a decision cannot be taken here."""
        if command in LIST_COMMANDS or command.action == "back":
            return None
        here = self._here
        if here is None:
            return "There is no credit to decide on."
        return self._undecidable(command, here) if command in NEEDED else None

    def _undecidable(self, command: Command, here: ClockCredit) -> str | None:
        if self.desk.actor.role != "lead":
            return "Only a lead decides on credits."
        if here.state == ACCRUING:
            return f"#{here.ticket_id} is not answered yet: what it costs is decided then."
        if here.state not in NEEDED[command]:
            return "Nothing is decided." if command is REVERSE else f"It is {here.state} already; take that back first."
        return None

    async def _decide(self, act: str) -> None:
        from screens.dialogs.credit import CreditDialog

        here = self._here
        if here is None or self.account is None:
            return
        term = await self.desk.attempt(term_of, here.clock_id, self.desk.now())

        def answered(sentence: object) -> None:
            if isinstance(sentence, str):
                self.desk.say(sentence)

        await self.app.push_screen(CreditDialog(act, self.account.customer, here, term), answered)

    async def action_grant(self) -> None:
        """Grant the credit under the cursor."""
        await self._decide("grant")

    async def action_refuse(self) -> None:
        """Refuse it."""
        await self._decide("refuse")

    async def action_reverse(self) -> None:
        """Take the decision back."""
        await self._decide("reverse")

    async def action_why(self) -> None:
        """Tell where the due time and the days come from."""
        from screens.dialogs.why import WhyDialog
        from tickets import why

        if (here := self._here) is not None:
            now, zone = self.desk.now(), self.desk.actor.zone
            found = await self.desk.attempt(why.why, here.ticket_id, now, here.clock_id, zone)
            if found is not None:
                await self.app.push_screen(WhyDialog(found, self.app.size.width))

    async def action_open(self) -> None:
        """Open the ticket."""
        from screens.ticket import TicketScreen

        if (here := self._here) is not None:
            await self.app.push_screen(TicketScreen(here.ticket_id))
