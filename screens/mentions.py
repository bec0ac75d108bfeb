"""Notes in which colleagues named me and that I have not seen: opening the ticket is seeing them."""

from __future__ import annotations

from typing import cast

from textual import on
from textual.app import ComposeResult

from screens.base import DeskScreen
from screens.commands import BACK, LIST_COMMANDS, OPEN, Command, bindings
from screens.places import SummaryLine
from screens.widgets.header import FooterLine, HeaderLine
from screens.widgets.plain_list import Pieces, PlainList, Shape
from screens.widgets.text import clean, fit
from screens.widgets.when import when
from tickets.mentions import MentionLine, unseen

PAGE = 200


def shape(now: int, zone: str) -> Shape:
    """Shape a mention: when, by whom, on which ticket, and how the note begins."""

    def heading(width: int) -> str:
        author, subject = _columns(width)
        return f" {'When':<13}{'Who':<{author}}{'#':>6}  {'Ticket':<{subject}}Note"

    def line(item: object, width: int) -> Pieces:
        named, (author, subject) = cast(MentionLine, item), _columns(width)
        return (
            ("quiet", f" {fit(when(named.at, now, zone), 12)} "),
            ("strong", f"{fit(clean(named.author), author - 1)} "),
            ("quiet", f"{named.ticket_id:>6}  "),
            ("plain", f"{fit(clean(named.subject), subject - 1)} "),
            ("quiet", clean(" ".join(named.text.split()))),
        )

    return Shape(heading, line, "Nobody waits for you. A colleague names you in a note with @ and your login.")


def _columns(width: int) -> tuple[int, int]:
    """Return the cells of author and subject."""
    return (20, 36) if width >= 100 else (14, 20)


class MentionsScreen(DeskScreen):
    """The mentions, the newest first."""

    OFFERS = (OPEN, BACK, *LIST_COMMANDS)
    BINDINGS = bindings(OFFERS)

    def __init__(self) -> None:
        super().__init__()
        self.header_line, self.footer_line = HeaderLine("queue"), FooterLine()
        self.summary, self.list = SummaryLine(), PlainList(shape(0, "UTC"))

    def compose(self) -> ComposeResult:
        """Place the parts."""
        yield from (self.header_line, self.summary, self.list, self.footer_line)

    def on_mount(self) -> None:
        """Read, and read again when something changes."""
        self.footer_line.tell(self.footer_keys())
        self.until_removed(self.desk.changes.subscribe(lambda notes: self._read()))
        self._read()

    def _read(self) -> None:
        self.run_worker(self._take(), group="reading")

    async def _take(self) -> None:
        found = await self.desk.attempt(unseen, self.desk.actor.id, PAGE)
        if found is None or not self.is_attached:
            return
        count = f"{len(found)}{' or more' if len(found) == PAGE else ''}"
        self.summary.tell(
            f"{count} {'note names' if len(found) == 1 else 'notes name'} you; opening the ticket is seeing it"
        )
        self.list.shape = shape(self.desk.now(), self.desk.actor.zone)
        self.list.show_lines(found)
        self.footer_line.tell(self.footer_keys())

    def why_not(self, command: Command) -> str | None:
        """Say why nothing can be opened."""
        return "No note waits for you." if command == OPEN and self.list.selected is None else None

    async def action_open(self) -> None:
        """Open the ticket."""
        from screens.ticket import TicketScreen

        await self.app.push_screen(TicketScreen(cast(MentionLine, self.list.selected).ticket_id))

    @on(PlainList.Chosen)
    async def _chosen(self) -> None:
        await self.run_command(OPEN)

    def action_back(self) -> None:
        """Go back."""
        self.app.pop_screen()

    def action_down(self) -> None:
        """Go to the next one."""
        self.list.move(1)

    def action_up(self) -> None:
        """Go to the one before."""
        self.list.move(-1)

    def action_page_down(self) -> None:
        """Go down by half a page."""
        self.list.move(max(1, self.list.height // 2))

    def action_page_up(self) -> None:
        """Go up by half a page."""
        self.list.move(-max(1, self.list.height // 2))

    def action_first(self) -> None:
        """Go to the first one."""
        self.list.move(-len(self.list.lines))

    def action_last(self) -> None:
        """Go to the last one."""
        self.list.move(len(self.list.lines))
