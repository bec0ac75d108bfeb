"""Notes in which colleagues named me and that I have not seen: opening the ticket is seeing them."""

from __future__ import annotations

from typing import cast

from screens.commands import BACK, LIST_COMMANDS, OPEN, Command, bindings
from screens.list_screen import ListScreen
from screens.widgets.plain_list import Pieces, Shape
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


class MentionsScreen(ListScreen):
    """The mentions, the newest first."""

    OFFERS = (OPEN, BACK, *LIST_COMMANDS)
    BINDINGS = bindings((OPEN, BACK))
    CHOOSES = OPEN

    def __init__(self) -> None:
        super().__init__("queue", shape(0, "UTC"))

    async def take(self) -> None:
        """Read the mentions."""
        found = await self.desk.attempt(unseen, self.desk.actor.id, PAGE)
        if found is None or not self.is_attached:
            return
        count = f"{len(found)}{' or more' if len(found) == PAGE else ''}"
        self.summary.tell(
            f"{count} {'note names' if len(found) == 1 else 'notes name'} you; opening the ticket is seeing it"
        )
        self.list.shape = shape(self.desk.now(), self.desk.actor.zone)
        self.list.show_lines(found)

    def why_not(self, command: Command) -> str | None:
        """Say why nothing can be opened."""
        return "No note waits for you." if command == OPEN and self.list.selected is None else None

    async def action_open(self) -> None:
        """Open the ticket."""
        from screens.ticket import TicketScreen

        await self.app.push_screen(TicketScreen(cast(MentionLine, self.list.selected).ticket_id))
