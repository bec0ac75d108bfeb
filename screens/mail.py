"""Mails that nobody could be found for: read, filed by hand, or set aside."""

from __future__ import annotations

from typing import cast

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from screens.commands import LIST_COMMANDS, Command, bindings
from screens.list_screen import ListScreen
from screens.mail_commands import DISMISS, FILE, MAIL_COMMANDS
from screens.ticket_reasons import READ_ONLY
from screens.widgets.palette import palette_of
from screens.widgets.plain_list import Pieces, Shape
from screens.widgets.text import clean, fit, wrap
from screens.widgets.when import when
from tickets.mail.preview import preview
from tickets.mail.unmatched import MailRow, unmatched

PAGE = 200


def shape(now: int, zone: str) -> Shape:
    """Shape a mail: when it came, from whom, why it is here, what it says it is about."""

    def heading(width: int) -> str:
        sender, reason = _columns(width)
        return f" {'Came':<13}{'From':<{sender}}{'Why it is here':<{reason}}Subject"

    def line(item: object, width: int) -> Pieces:
        held, (sender, reason) = cast(MailRow, item), _columns(width)
        why = f"perhaps {held.customer}" if held.customer else held.reason
        return (
            ("quiet", f" {fit(when(held.at, now, zone), 12)} "),
            ("plain", f"{fit(held.sender, sender - 1)} "),
            ("quiet", f"{fit(why, reason - 1)} "),
            ("plain", clean(held.subject)),
        )

    return Shape(heading, line, "No mail waits: each was filed. tamdesk ticket intake-mail brings them in.")


def _columns(width: int) -> tuple[int, int]:
    """Return the cells of sender and reason."""
    return (30, 34) if width >= 100 else (22, 20)


class MailText(Widget):
    """What a mail says, from its first line: who wrote to whom, which files it brings, and its text."""

    DEFAULT_CSS = "MailText { height: 2fr; }"

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._wrapped: tuple[int, list[str]] | None = None

    def tell(self, said: tuple[list[tuple[str, str]], str] | None) -> None:
        """Show the heading and the text of a mail; None shows none."""
        heading, text = said or ([], "")
        lines = [f"{label:<9}{value}" for label, value in heading] + ["", *text.splitlines()]
        if lines != self.lines:
            self.lines, self._wrapped = lines, None
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw a line below the rule."""
        width, palette = self.size.width, palette_of(self.app)
        if y == 0:
            return Strip([Segment("── What it says ".ljust(width, "─")[:width], palette.quiet)], width)
        parts = self._parts(max(10, width - 2))
        return Strip([Segment(fit(f" {parts[y - 1]}" if y <= len(parts) else "", width), palette.plain)], width)

    def _parts(self, width: int) -> list[str]:
        """The lines that fit in the widget, wrapped once for a width and a mail."""
        if self._wrapped is None or self._wrapped[0] != width:
            shown = self.lines[: self.size.height]
            self._wrapped = width, [part for line in shown for part in wrap(clean(line), width) or [""]]
        return self._wrapped[1]

    def on_resize(self) -> None:
        """Another height shows other lines."""
        self._wrapped = None


class MailScreen(ListScreen):
    """Unmatched mails, the newest first, and the selected one below."""

    OFFERS = MAIL_COMMANDS
    BINDINGS = bindings(tuple(command for command in MAIL_COMMANDS if command not in LIST_COMMANDS))
    CHOOSES = FILE

    def __init__(self) -> None:
        super().__init__("queue", shape(0, "UTC"))
        self.text = MailText()

    def below(self) -> tuple[Widget, ...]:
        """Return the mail that is read."""
        return (self.text,)

    async def take(self) -> None:
        """Read the mails, and the selected one."""
        found = await self.desk.attempt(unmatched, PAGE)
        if found is None or not self.is_attached:
            return
        count = f"{len(found)}{' or more' if len(found) == PAGE else ''}"
        self.summary.tell(f"{count} mail{'' if len(found) == 1 else 's'} that nobody could be found for")
        self.list.shape = shape(self.desk.now(), self.desk.actor.zone)
        self.list.show_lines(found)
        await self._show()

    def moved(self) -> None:
        """Show the mail under the cursor."""
        self.run_worker(self._show(), group="showing", exclusive=True)

    async def _show(self) -> None:
        """Show the mail under the cursor; one that came later is not drawn over it."""
        here = self._here
        said = await self.desk.attempt(preview, here.id) if here is not None else None
        if here == self._here:
            self.text.tell(said)

    @property
    def _here(self) -> MailRow | None:
        return cast("MailRow | None", self.list.selected)

    def why_not(self, command: Command) -> str | None:
        """Say why nothing can be filed."""
        if command not in (FILE, DISMISS):
            return None
        if self.desk.actor.role == "read-only":
            return READ_ONLY
        return None if self._here is not None else "No mail waits."

    async def action_file(self) -> None:
        """File the mail."""
        from screens.dialogs.mail import FileDialog

        async def answered(ticket_id: object) -> None:
            if isinstance(ticket_id, int):
                from screens.ticket import TicketScreen

                self.desk.say(f"Filed on #{ticket_id}.")
                await self.app.push_screen(TicketScreen(ticket_id))

        if (here := self._here) is not None:
            await self.app.push_screen(FileDialog(here), answered)

    async def action_set_aside(self) -> None:
        """Set the mail aside."""
        from screens.dialogs.mail import DismissDialog

        def answered(sentence: object) -> None:
            if isinstance(sentence, str):
                self.desk.say(sentence)

        if (here := self._here) is not None:
            await self.app.push_screen(DismissDialog(here), answered)
