"""The views: choosing one of all, and renaming, moving, sharing and deleting those that people saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textual import events, on
from textual.widget import Widget
from textual.widgets import Input

from models.words import LEAD
from screens.commands import LOOKING, Command, bindings
from screens.dialogs.choices import Cycle
from screens.dialogs.frame import Dialog, Line
from screens.queue_reading import Listed
from screens.ticket_commands import DIALOG_COMMANDS
from screens.ticket_reply import Told
from screens.widgets.picks import Pick, Picks
from screens.widgets.text import clean
from screens.widgets.views import counted

RENAME = Command("views.rename", "r", "Rename", "Give the view another title.", LOOKING, "rename")
DELETE = Command("views.delete", "d", "Delete", "Delete the view; u takes that back.", LOOKING, "delete")
EARLIER = Command("views.earlier", "K,shift+up", "Earlier", "Move the view up.", LOOKING, "earlier")
LATER = Command("views.later", "J,shift+down", "Later", "Move the view down.", LOOKING, "later")
SHARE = Command("views.share", "s", "Share", "Let all see your view; a lead does.", LOOKING, "share")
VIEWS_COMMANDS = (RENAME, DELETE, EARLIER, LATER, SHARE)
OWN, ALL = "mine alone", "everyone's"


class SaveViewDialog(Dialog):
    """Saves a query as a view; answers its id."""

    HINT = "{do} or enter saves it   {close} closes"

    def __init__(self, query: str, role: str) -> None:
        super().__init__("Save as a view")
        self.query_text = query
        self.title_line = Line("its title")
        self.whose = Cycle((OWN, ALL) if role == LEAD else (OWN,))

    def body(self) -> Iterable[Widget]:
        """Ask for the title, and whose it is."""
        return (Told(self.query_text), self.title_line, self.whose)

    @on(Input.Submitted)
    async def _submitted(self) -> None:
        await self.do()

    async def perform(self) -> object:
        """Save it."""
        from tickets import saved_views

        return await self.desk.call(
            saved_views.create,
            self.title_line.value,
            self.query_text,
            self.desk.actor.id,
            self.desk.now(),
            shared=self.whose.value == ALL,
        )


class TitleDialog(Dialog):
    """Asks for another title of a view; answers it."""

    HINT = "{do} or enter renames it   {close} closes"

    def __init__(self, listed: Listed) -> None:
        super().__init__(f"Rename {listed.title}")
        self.title_line = Line("its title")
        self.title_line.value = clean(listed.title)

    def body(self) -> Iterable[Widget]:
        """Ask for the title."""
        return (self.title_line,)

    @on(Input.Submitted)
    async def _submitted(self) -> None:
        await self.do()

    async def perform(self) -> object:
        """Answer the title."""
        return self.title_line.value


class ViewsDialog(Dialog):
    """Answers the view to show; looks after the saved ones on the way."""

    OFFERS = (*VIEWS_COMMANDS, *DIALOG_COMMANDS)
    BINDINGS = bindings(VIEWS_COMMANDS)
    HINT = "enter shows it   saved ones: r renames  J K move  s shares  d deletes   {close} closes"

    def __init__(self, views: Sequence[Listed], counts: Mapping[str, int], at: int) -> None:
        super().__init__("Views")
        self.views, self.counts = tuple(views), dict(counts)
        self.picks = Picks(self._picks(), at)

    def body(self) -> Iterable[Widget]:
        """Show them."""
        return (self.picks,)

    def _picks(self) -> list[Pick]:
        return [Pick(view.title, self._about(view)) for view in self.views]

    def _about(self, view: Listed) -> str:
        count = self.counts.get(view.key)
        number = "" if count is None else counted(view, count)
        whose = "" if not view.saved else "everyone's: " if view.shared else "yours: "
        return f"{number:>8}   {whose}{view.query}"

    @property
    def chosen(self) -> Listed:
        """The view under the cursor."""
        return self.views[self.picks.index]

    def why_not(self, command: Command) -> str | None:
        """Say why a view cannot be changed."""
        if command not in VIEWS_COMMANDS:
            return None
        view = self.chosen
        if not view.saved:
            return f"{view.title} is no saved view; / asks for tickets, and W keeps the query."
        if command == SHARE and view.shared:
            return "It is everyone's already."
        return None

    @on(Picks.Taken)
    def _taken(self) -> None:
        self._done = True
        self.dismiss(self.chosen)

    async def perform(self) -> object:
        """Show the chosen one."""
        return self.chosen

    def action_rename(self) -> None:
        """Ask for another title."""
        self.app.push_screen(TitleDialog(self.chosen), self._rename)

    async def _rename(self, title: object) -> None:
        from tickets import saved_views

        if isinstance(title, str):
            await self._do(saved_views.change, self.chosen.saved, title=title)

    async def action_delete(self) -> None:
        """Delete it."""
        from tickets import saved_views

        title = self.chosen.title
        if await self._do(saved_views.delete, self.chosen.saved):
            self.desk.say(f"Deleted the view {title}; u takes that back.")

    async def action_share(self) -> None:
        """Let all see it."""
        from tickets import saved_views

        await self._do(saved_views.share, self.chosen.saved)

    async def action_earlier(self) -> None:
        """Move it up among its own kind."""
        await self._move(-1)

    async def action_later(self) -> None:
        """Move it down among its own kind."""
        await self._move(1)

    async def _move(self, by: int) -> None:
        from tickets import saved_views

        kind = [view.saved for view in self.views if view.saved and view.shared == self.chosen.shared]
        place = kind.index(self.chosen.saved) + by
        if 0 <= place < len(kind):
            await self._do(saved_views.move, self.chosen.saved, place)

    async def _do(self, function: object, view_id: int, *arguments: object, **more: object) -> bool:
        """Change a view and read all again; say whether it went through."""
        done = await self.desk.attempt(
            _told, function, view_id, *arguments, self.desk.actor.id, self.desk.now(), **more
        )
        await self._read_again(view_id)
        return done is not None

    async def _read_again(self, view_id: int) -> None:
        from screens import queue_reading

        found = await self.desk.attempt(queue_reading.saved_views, self.desk.actor.id)
        if found is None:
            return
        index = self.picks.index
        rest = [view for view in self.views if not view.saved]
        typed = [view for view in rest if view.query]
        self.views = (*(view for view in rest if not view.query), *found, *typed)
        at = next((place for place, view in enumerate(self.views) if view.saved == view_id), index)
        self.picks.tell(self._picks(), min(at, len(self.views) - 1))

    def on_resize(self, event: events.Resize) -> None:
        """Show as many as fit."""
        self.picks.most = max(3, event.size.height - 6)
        self.picks.refresh(layout=True)


def _told(function: object, *arguments: object, **more: object) -> bool:
    """Run what answers nothing; True where nothing was refused."""
    assert callable(function)
    function(*arguments, **more)
    return True
