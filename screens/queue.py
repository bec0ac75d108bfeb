"""The queue: whose clock runs out first, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.layout import Layout

from screens import queue_reading
from screens.commands import (
    BULK,
    CANNED,
    LEAVE,
    MACRO,
    MAIL,
    MAKE_MACRO,
    NEW,
    OPEN,
    QUEUE_COMMANDS,
    SAVE_VIEW,
    TICKET_COMMANDS,
    Command,
    bindings,
    shown_key,
)
from screens.queue_list import ListScreen
from screens.queue_reading import ASKED, BUILT_IN, UNMATCHED, Listed, Numbers, Page
from screens.ticket_reasons import READ_ONLY, why_not
from screens.widgets.header import HeaderLine
from screens.widgets.queue_layout import TALL_ENOUGH, WIDE, QueueLayout
from screens.widgets.views import ViewsBar

if TYPE_CHECKING:
    from screens.queue_query import Asking


class QueueScreen(ListScreen):
    """Views, tickets ordered by the clock, and a preview of the selected one."""

    OFFERS = QUEUE_COMMANDS
    BINDINGS = bindings(QUEUE_COMMANDS)

    def __init__(self, opening: Page | None = None) -> None:
        super().__init__(opening)
        self.header_line = HeaderLine("queue")
        self.views_bar = ViewsBar((*BUILT_IN, UNMATCHED))
        self.asking: Asking | None = None
        self._saved: list[Listed] = []
        self._counting = self._count_again = False
        self._left: tuple[Listed, tuple[int, int] | None] = (BUILT_IN[0], None)
        self._last_marked: tuple[int, tuple[int, int]] | None = None
        self._layout = QueueLayout()
        self._preview_wanted: bool | None = None

    @property
    def layout(self) -> Layout:
        """Return the queue's own layout."""
        return self._layout

    def compose(self) -> ComposeResult:
        """Place the parts."""
        yield from (self.header_line, self.views_bar, self.clocks, self.list, self.preview, self.footer_line)

    def on_mount(self) -> None:
        """Listen for changes and for the ticker."""
        self._fold(self.app.size.width, self.app.size.height)
        self.list.empty = (self.view.empty,)
        self.until_removed(self.desk.changes.subscribe(self._changed))
        self.until_removed(self.desk.ticker.subscribe(self._tick))
        self._read(self._count_built_in())
        self.call_after_refresh(self._shown_first)

    def _shown_first(self) -> None:
        """Read what the first frame does not need."""
        self._settle()
        self._read(self._count_saved())

    def on_resize(self, event: events.Resize) -> None:
        """Fold or unfold the sides."""
        self._fold(event.size.width, event.size.height)
        self.call_after_refresh(self._redraw)

    def why_not(self, command: Command) -> str | None:
        """Say why a command has nothing to work on."""
        row, actor = self.window.selected, self.desk.actor
        if command in (BULK, MACRO, CANNED) and self.list.marked:
            return READ_ONLY if actor.role == "read-only" else None
        if command in (OPEN, BULK) or command in TICKET_COMMANDS:
            if row is None:
                return f"No ticket is selected. {self.view.empty}"
            return READ_ONLY if command is BULK and actor.role == "read-only" else why_not(command, row, actor)
        if command is SAVE_VIEW and self.view.key != ASKED:
            return "Only a query is saved: / asks for tickets, then this keeps it as a view."
        if command in (NEW, SAVE_VIEW, MAKE_MACRO) and actor.role == "read-only":
            return READ_ONLY
        return None

    def footer_keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys of what has the focus."""
        if self.asking is not None:
            return self.asking.footer_keys()
        keys = super().footer_keys()
        if not self.list.marked:
            return keys
        work, leave = (shown_key(self.desk.keys_of(command).split(",")[0]) for command in (BULK, LEAVE))
        return ((work, "work on the marked"), (leave, "forget the marks"), *keys)

    # views

    def action_next_view(self) -> None:
        """Show the next view."""
        self._step(1)

    def action_previous_view(self) -> None:
        """Show the view before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        lists = [view for view in self.views_bar.views if view != UNMATCHED]
        here = lists.index(self.views_bar.views[self.views_bar.index])
        self.go_to(lists[(here + by) % len(lists)])

    @on(ViewsBar.Next)
    def _next_picked(self) -> None:
        self._step(1)

    @on(ViewsBar.Picked)
    async def _picked(self, message: ViewsBar.Picked) -> None:
        await self._view(message.view)

    async def _view(self, listed: Listed) -> None:
        """Show a view; the mails that nobody could be found for have a screen of their own."""
        if listed == UNMATCHED:
            await self.app.run_action(f"command('{MAIL.id}')", default_namespace=self.app)
        else:
            self.go_to(listed)

    def go_to(self, listed: Listed) -> None:
        """Show a view from its beginning; a query that was typed and is left is forgotten."""
        if self.asking is not None:
            self.asking.end()
        self.view = listed
        self.tell_views()
        self._generation += 1
        self._read(self._show_first())

    def tell_views(self) -> None:
        """Show which views there are, and which one is shown."""
        views: Sequence[Listed] = (*BUILT_IN, UNMATCHED, *self._saved)
        shown = next((index for index, each in enumerate(views) if each.key == self.view.key), None)
        if shown is None:
            views, shown = (*views, self.view), len(views)
        self.views_bar.tell(shown, self._numbers.counts, tuple(views))

    async def _count(self) -> None:
        await self._count_built_in()
        await self._count_saved()

    async def _count_built_in(self) -> None:
        numbers = await self.desk.attempt(queue_reading.numbers, self.desk.actor.id, self._now())
        if numbers is not None:
            self._numbers = Numbers({**self._numbers.counts, **numbers.counts}, numbers.next_at)
            self.tell_views()
            self.desk.ticker.wake()

    async def _count_saved(self) -> None:
        """Count the queries, one after the other, and once more where something changed meanwhile."""
        self._count_again = True
        if self._counting:
            return
        self._counting = True
        try:
            while self._count_again:
                self._count_again = False
                await self._take_saved()
        finally:
            self._counting = False

    async def _take_saved(self) -> None:
        found = await self.desk.attempt(queue_reading.saved_views, self.desk.actor.id)
        if found is None:
            return
        gone = self.view.saved and all(each.saved != self.view.saved for each in found)
        self._saved = found
        self.view = next((each for each in found if each.key == self.view.key), self.view)
        self.tell_views()
        if gone:
            self.go_to(BUILT_IN[0])
        for listed in (*found, *([self.view] if self.view.key == ASKED else ())):
            number = await self.desk.attempt(queue_reading.count, listed, self.desk.actor.id, self._now())
            if number is not None:
                self.tell_count(listed.key, number)

    def tell_count(self, key: str, number: int) -> None:
        """Show how many tickets a view holds."""
        self._numbers = self._numbers._replace(counts={**self._numbers.counts, key: number})
        self.tell_views()

    def action_preview(self) -> None:
        """Show or hide the preview, whatever the size of the screen says."""
        self._preview_wanted = not self.preview.display
        self.preview.display = self._preview_wanted
        self._settle()

    def _fold(self, width: int, height: int) -> None:
        """Show the preview where there is room, unless the person decided."""
        roomy = width >= WIDE and height >= TALL_ENOUGH
        self.preview.display = roomy if self._preview_wanted is None else self._preview_wanted

    # queries

    async def action_query(self) -> None:
        """Open the query line above the list."""
        from screens.queue_query import Asking

        if self.asking is None:
            self._remember_view()
            self.asking = Asking(self)
            await self.asking.begin(self.view.query)

    def _remember_view(self) -> None:
        """Keep where a query is asked from."""
        row = self.window.selected
        if self.view.key != ASKED:
            self._left = self.view, row.key if row is not None else None

    async def ask(self, text: str) -> None:
        """Show a query, as if it had been typed here."""
        self._remember_view()
        self.go_to(queue_reading.typed(text))
        await self._count_saved()

    async def leave_query(self) -> None:
        """Go back to the view, and the ticket, that the query was asked from."""
        self.view, key = self._left
        self._generation += 1
        self.tell_views()
        if key is None:
            await self._show_first()
            return
        page = await self._ask(queue_reading.around, key)
        if page is not None:
            self.window.first(page.rows, page.at_end)
            self.window.at_start = page.at_start
            self.window.move(next((index for index, row in enumerate(page.rows) if row.key >= key), 0))
            self._take(page)

    async def action_leave(self) -> None:
        """Forget the marks; without any, leave the query."""
        if self.list.marked:
            self.action_unmark()
        elif self.view.key == ASKED:
            await self.leave_query()

    async def action_save_view(self) -> None:
        """Keep the query as a view."""
        from screens.dialogs.views import SaveViewDialog

        await self.app.push_screen(SaveViewDialog(self.view.query, self.desk.actor.role), self._saved_as)

    async def _saved_as(self, view_id: object) -> None:
        await self._count_saved()
        found = next((each for each in self._saved if each.saved == view_id), None)
        if found is not None:
            self.desk.say(f"Saved the view {found.title}.")
            self.go_to(found)

    async def action_views(self) -> None:
        """Choose among all views, and look after the saved ones."""
        from screens.dialogs.views import ViewsDialog

        views, counts = self.views_bar.views, self._numbers.counts
        await self.app.push_screen(ViewsDialog(views, counts, self.views_bar.index), self._viewed)

    async def _viewed(self, listed: object) -> None:
        if isinstance(listed, Listed):
            await self._view(listed)

    # marks

    def action_mark(self) -> None:
        """Mark the ticket, or take its mark off, and go on to the next one."""
        row = self.window.selected
        if row is None:
            return
        self._last_marked = row.id, row.key
        self.list.mark(self.list.marked ^ {row.id})
        self._move(1)

    async def action_mark_range(self) -> None:
        """Mark all from the last mark to here."""
        row = self.window.selected
        if row is None:
            return
        first, last = sorted((self._last_marked[1] if self._last_marked else row.key, row.key))
        ask = queue_reading.tickets_between
        found = await self.desk.attempt(ask, self.view, self.desk.actor.id, self._now(), first, last)
        self._last_marked = row.id, row.key
        self.list.mark(self.list.marked.union(found or ()))
        self._redraw()

    async def action_mark_all(self) -> None:
        """Mark all tickets of the list, as many as can be worked on at once."""
        found = await self.desk.attempt(queue_reading.tickets_of, self.view, self.desk.actor.id, self._now())
        if found is None:
            return
        self.list.mark(self.list.marked.union(found))
        if len(found) == queue_reading.MARKED_AT_ONCE:
            self.desk.say(f"Marked the first {len(found):,}: no more are worked on at once.".replace(",", " "))
        self._redraw()

    def action_unmark(self) -> None:
        """Forget all marks."""
        self._last_marked = None
        self.list.mark(())
        self._redraw()

    def unmark(self, ticket_ids: Sequence[int]) -> None:
        """Forget the marks of those that were worked on; where something was refused the mark stays."""
        self.list.mark(self.list.marked.difference(ticket_ids))
        self._redraw()

    def chosen_tickets(self) -> list[int]:
        """Return the marked tickets, else the selected one."""
        row = self.window.selected
        return sorted(self.list.marked) or ([row.id] if row is not None else [])

    async def action_make_macro(self) -> None:
        """Make a macro."""
        from screens.dialogs import working

        await working.make_macro(self)

    # the ticket under the cursor

    async def action_open(self) -> None:
        """Open the ticket."""
        from screens.ticket import TicketScreen

        if self.window.selected is not None:
            await self.app.push_screen(TicketScreen(self.window.selected.id))

    async def act(self, command: Command) -> None:
        """Run a command on the selected ticket, on the marked ones where it can, or on none for a new one."""
        if command in (BULK, MACRO, CANNED):
            from screens.dialogs import working

            await working.perform(self, command, self.chosen_tickets(), self.unmark)
            return
        from screens.dialogs.acting import perform

        row = self.window.selected
        await perform(self, command, row.id if row is not None else None)
