"""The search: words, and every ticket whose subject, messages or notes hold them, the newest first."""

from __future__ import annotations

import asyncio

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from screens.base import DeskScreen
from screens.commands import LOOKING, MOVING, Command, bindings, shown_key
from screens.dialogs.frame import Line
from screens.widgets.header import FooterLine, HeaderLine
from screens.widgets.hits import Hits
from screens.widgets.query_box import ToldLine
from screens.widgets.text import clean
from tickets.query.language import QueryError
from tickets.search import Found, search

SEARCH_AFTER = 0.12
"""Seconds without a key after which what is typed is searched."""
PAGE = 50

OPEN_HIT = Command("search.open", "enter", "Open", "Open the ticket at that message.", LOOKING, "open", "open")
DOWN_HIT = Command("search.down", "down", "Down", "Go to the next ticket.", MOVING, "down", "next")
UP_HIT = Command("search.up", "up", "Up", "Go to the ticket before.", MOVING, "up")
PAGE_DOWN_HIT = Command("search.page_down", "pagedown", "Page down", "Go down by a page.", MOVING, "page_down")
PAGE_UP_HIT = Command("search.page_up", "pageup", "Page up", "Go up by a page.", MOVING, "page_up")
AS_LIST = Command(
    "search.as_list", "ctrl+l", "As a list", "Show the search in the queue.", LOOKING, "as_list", "as a list"
)
LEAVE_SEARCH = Command("search.leave", "escape", "Back", "Go back to where you came from.", MOVING, "back", "back")
SEARCH_COMMANDS = (OPEN_HIT, DOWN_HIT, UP_HIT, PAGE_DOWN_HIT, PAGE_UP_HIT, AS_LIST, LEAVE_SEARCH)
HINT = 'Words, or "a phrase", of subjects, messages and notes; customer:acme or tag:sso narrows.'


class SearchScreen(DeskScreen):
    """A line to type in, and what was found."""

    OFFERS = SEARCH_COMMANDS
    BINDINGS = bindings(SEARCH_COMMANDS)
    DEFAULT_CSS = """
    SearchScreen HeaderLine, SearchScreen FooterLine { height: 1; }
    SearchScreen Line { margin-top: 1; }
    SearchScreen ToldLine { margin-bottom: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.header_line, self.footer_line = HeaderLine(""), FooterLine()
        self.line, self.told = Line("search"), ToldLine()
        self._later: asyncio.TimerHandle | None = None
        self._searching = False
        self._searched = ""
        self._more = self._reading_more = False
        self._left_out = ""

    def compose(self) -> ComposeResult:
        """Place the parts."""
        self.hits = Hits(self.desk.actor.zone)
        yield from (self.header_line, self.line, self.told, self.hits, self.footer_line)

    def on_mount(self) -> None:
        """Say what can be typed."""
        self.line.focus()
        self.told.tell(("quiet", HINT))
        self.footer_line.tell(self.footer_keys())

    def on_unmount(self) -> None:
        """Forget what was to come."""
        if self._later is not None:
            self._later.cancel()

    def on_screen_resume(self) -> None:
        """Go on typing where it was left."""
        self.line.focus()
        self.desk.ticker.wake()

    def why_not(self, command: Command) -> str | None:
        """Say why nothing opens."""
        if command is OPEN_HIT and self.hits.selected is None:
            return "Nothing was found: there is no ticket to open."
        if command is AS_LIST and not self.line.value.strip():
            return "Type what is searched first."
        return None

    def footer_keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys that are not typed into the line."""
        offers = ((self.desk.keys_of(command).split(",")[0], command.footer) for command in self.OFFERS)
        return tuple((shown_key(key), word) for key, word in offers if word)

    @on(Input.Changed)
    def _typed(self) -> None:
        """Search soon; what was to be searched before is not."""
        if self._later is not None:
            self._later.cancel()
        self._later = asyncio.get_running_loop().call_later(SEARCH_AFTER, self._search_soon)

    def _search_soon(self) -> None:
        if not self._searching and self.is_attached:
            self.run_worker(self._search(), group="searching")

    async def _search(self) -> None:
        """Search what is typed, and again where something else was typed meanwhile; never two at once."""
        self._searching = True
        try:
            while self._searched != (text := self.line.value.strip()):
                self._searched = text
                await self._search_once(text)
        finally:
            self._searching = False

    async def _search_once(self, text: str) -> None:
        if not text:
            self._take(Found([], "", False), "")
            self.told.tell(("quiet", HINT))
            return
        try:
            found = await self.desk.call(search, text, self.desk.actor.id, self.desk.now(), limit=PAGE, typing=True)
        except QueryError as error:
            self.told.tell(("alarm", clean(str(error))))
            return
        self._take(found, "Nothing was found. Fewer or other words find more.")
        self._tell()

    def _take(self, found: Found, empty: str) -> None:
        self._more, self._left_out = found.more, found.left_out
        self.hits.show_hits(found.hits, self.desk.now(), empty)
        self.footer_line.tell(self.footer_keys())

    def _tell(self) -> None:
        count = len(self.hits.hits)
        number = f"{count}{' and more' if self._more else ''} ticket{'' if count == 1 else 's'}, the newest first"
        self.told.tell(("plain", number if count else "0 tickets"), ("quiet", f"   {self._left_out}"))

    @on(Hits.NearEnd)
    def _read_on(self) -> None:
        if self._more and not self._reading_more:
            self._reading_more = True
            self.run_worker(self._read_more(), group="searching more")

    async def _read_more(self) -> None:
        """Read the hits below the last one."""
        text, hits, desk = self._searched, self.hits.hits, self.desk
        try:
            found = await desk.attempt(
                search, text, desk.actor.id, desk.now(), after=hits[-1].key, limit=PAGE, typing=True
            )
        finally:
            self._reading_more = False
        if found is not None and hits is self.hits.hits:
            self._more = found.more
            self.hits.add(found.hits)
            self._tell()

    @on(Input.Submitted)
    @on(Hits.Chosen)
    async def _submitted(self) -> None:
        if self._searched != self.line.value.strip():
            await self._search()
        await self.run_command(OPEN_HIT)

    async def action_open(self) -> None:
        """Open the ticket at the message that was found."""
        from screens.ticket import TicketScreen

        hit = self.hits.selected
        if hit is not None:
            at = (hit.at, hit.message_id) if hit.message_id is not None else None
            await self.app.push_screen(TicketScreen(hit.row.id, at=at))

    async def action_as_list(self) -> None:
        """Show all of them as a list of the queue, open or not."""
        from screens.queue import QueueScreen

        text = self.line.value.strip()
        self.app.pop_screen()
        await self.app.switch_mode("queue")
        if isinstance(self.app.screen, QueueScreen):
            await self.app.screen.ask(text if "state:" in text else f"{text} state:any")

    def action_down(self) -> None:
        """Go to the next hit."""
        self.hits.move(1)

    def action_up(self) -> None:
        """Go to the hit before."""
        self.hits.move(-1)

    def action_page_down(self) -> None:
        """Go down by a page."""
        self.hits.move(self.hits.room)

    def action_page_up(self) -> None:
        """Go up by a page."""
        self.hits.move(-self.hits.room)

    def action_back(self) -> None:
        """Go back."""
        self.app.pop_screen()
