"""The application shell: places, the desk's own commands, the one ticker and the feed of changes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual import events
from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.command import CommandPalette
from textual.driver import Driver
from textual.reactive import Reactive
from textual.screen import Screen
from textual.theme import Theme

from models.errors import DatabaseUnavailable, DomainError
from screens.base import Commanded, Concern, offering
from screens.commands import DESK_COMMANDS, LOG_TIME, TIMER, Command, bindings
from screens.queue import QueueScreen
from screens.ticket_reasons import READ_ONLY
from screens.too_small import TooSmallScreen, too_small
from tui import escalations, keymap, warming
from tui.away import Away
from tui.budgets import Budgets
from tui.changes import ChangeFeed
from tui.opening import Opening
from tui.palette import DeskCommands
from tui.settings import Settings
from tui.themes import SIXTEEN_DARK, THEMES
from tui.ticker import Ticker

if TYPE_CHECKING:
    from models.thread import DatabaseThread
    from tui.editing import Editing

Result = TypeVar("Result")
QUIET_SECONDS, LOUD_SECONDS = 4, 8
"""How long a toast stands there: what was done, and what was refused."""
RECENT_SECONDS = 3600
"""What was done within that time is taken back without a question, also from before this session."""
PLACES = ("queue", "customers", "tam", "onboarding", "lead")


class TamdeskApp(Commanded, App[None]):
    """The desk on a terminal; `database` is running and `opening` was read on it."""

    CSS = """
    Screen { layout: vertical; overflow: hidden; }
    HeaderLine, FooterLine { height: 1; }
    PlainList { height: 1fr; }
    ToastRack { offset-y: -1; }
    Toast { max-width: 76; padding: 0 1; margin-top: 0; }
    TooSmallScreen, HelpScreen { background: $background; }
    """
    BINDINGS: ClassVar[Any] = [
        *bindings(DESK_COMMANDS),
        Binding("ctrl+c", "command('desk.quit')", "Quit", show=False, id="desk.interrupt"),
    ]
    COMMANDS: ClassVar[Any] = {DeskCommands}
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    ALLOW_SELECT = False
    TITLE = "tamdesk"
    DEFAULT_MODE = "queue"
    OFFERS = DESK_COMMANDS
    theme: Reactive[str] = Reactive("tamdesk-dark")

    def __init__(
        self,
        database: DatabaseThread,
        opening: Opening,
        *,
        now: Callable[[], int],
        settings: Settings | None = None,
        when_shown: Callable[[], None] = lambda: None,
    ) -> None:
        self.settings = settings or Settings()
        super().__init__()
        wanted = SIXTEEN_DARK if self.settings.sixteen_colours else self.settings.theme
        self._problems = [] if wanted in self.available_themes else [f"There is no theme named {wanted}"]
        if not self._problems:
            self.theme = wanted
        self.animation_level = "none"
        self.actor = opening.actor
        self.now = now
        self.ticker = Ticker(now)
        self.changes = ChangeFeed()
        self._database = database
        self._opening = opening
        self._when_shown = when_shown
        self._repeatable: Command | None = None
        self._at_work = False
        self._again: Callable[[Any], Awaitable[None]] | None = None
        self._said, self._said_until = "", 0
        self._editing: Editing | None = None
        self._began, self._asked_of_earlier = now(), False
        self._away, self._budgets = Away(self, self.settings.idle_minutes), Budgets(self)
        for place in PLACES:
            self.add_mode(place, partial(self._place, place))
        self.set_keymap(self.settings.keymap)

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Return Textual's themes and the desk's own."""
        return {**super().available_themes, **THEMES}

    def get_theme(self, theme_name: str) -> Theme | None:
        """Return a theme by name; it is asked for with every line that is drawn."""
        return THEMES.get(theme_name) or super().get_theme(theme_name)

    def _place(self, place: str) -> Screen[Any]:
        """Make the screen of a place, the first time that someone goes there."""
        if place == "queue":
            return QueueScreen(self._opening.page)
        from screens.places import place_screen

        return place_screen(place)

    def get_driver_class(self) -> type[Driver]:
        """Return the driver that notices a terminal that is gone."""
        from tui.driver import DeskDriver

        return DeskDriver

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Offer none of Textual's own; the palette holds the desk's."""
        return ()

    def on_load(self) -> None:
        """Listen to the database."""
        self.changes.start()
        self._database.on_change(self.changes.post)
        self.changes.subscribe(lambda notes: escalations.listen(self, notes))
        self.changes.subscribe(self._budgets.listen)
        self._database.on_state(self._database_state)

    def on_mount(self) -> None:
        """Say what is wrong with the settings."""
        keys = self.settings.keymap
        for sentence in (*self._problems, *(keymap.problems(keys, keymap.offered_together()) if keys else ())):
            self.say(sentence, error=True)

    def on_ready(self) -> None:
        """Tell that the first frame has been drawn."""
        self.call_after_refresh(self._when_shown)

    async def on_event(self, event: events.Event) -> None:
        """Fetch what the first ticket needs once someone is at work; a desk that is only watched stays small."""
        if isinstance(event, events.InputEvent):
            self._away.touched()
            if not self._at_work:
                self._at_work = True
                self.set_timer(warming.AFTER_SECONDS, lambda: self._database.submit(warming.warm_up))
        await super().on_event(event)

    def _database_state(self, problem: DatabaseUnavailable | None) -> None:
        """Say that the database has gone, or is back; called on its thread."""
        text = "The database is back." if problem is None else str(problem)
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self.say, text, problem is not None)

    def on_unmount(self) -> None:
        """Listen no more."""
        self.changes.stop()
        self.ticker.stop()

    def on_resize(self, event: events.Resize) -> None:
        """Cover a screen that is too small to work in."""
        if too_small(event.size.width, event.size.height) and not isinstance(self.screen, TooSmallScreen):
            self.push_screen(TooSmallScreen())

    # what screens ask

    async def call(self, function: Callable[..., Result], *args: Any, **kwargs: Any) -> Result:
        """Run it on the database thread; raises what it raises."""
        return await asyncio.wrap_future(self._database.submit(function, *args, **kwargs))

    async def attempt(self, function: Callable[..., Result], *args: Any, **kwargs: Any) -> Result | None:
        """Run it on the database thread; a refusal becomes a toast with its sentence, and None."""
        try:
            return await self.call(function, *args, **kwargs)
        except (DomainError, DatabaseUnavailable) as refusal:
            self.say(str(refusal), error=True)
            return None

    def say(self, text: str, error: bool = False) -> None:
        """Show a toast; the text is shown as text."""
        from screens.widgets.text import clean

        text, seconds = clean(text), LOUD_SECONDS if error else QUIET_SECONDS
        if error and self._said == text and self.now() < self._said_until:
            return  # the same refusal stands there already
        self._said, self._said_until = text, self.now() + seconds
        self.notify(text, severity="error" if error else "information", timeout=seconds, markup=False)

    def copy(self, text: str) -> None:
        """Put it on the clipboard of the terminal (OSC 52)."""
        self.copy_to_clipboard(text)

    async def edit(self, text: str, name: str, longest: int) -> str | None:
        """Have a text edited in the person's own editor; None where nothing came back, which is said."""
        from textual.app import SuspendNotSupported

        from tui.editing import Editing, keys_of_the_editor

        if self._editing is not None:
            return None
        editing = self._editing = Editing(self.settings.editor, text, name, longest)
        try:
            with keys_of_the_editor(), self.suspend():
                # On a thread: the desk lives on behind the editor, and this one touches no file.
                await asyncio.to_thread(editing.run)
        except SuspendNotSupported:
            editing.said = "This terminal cannot be handed to an editor; your draft is kept."
        finally:
            self._editing = None
            self._away.worked()
            editing.over()
        if editing.said:
            self.say(editing.said, error=True)
        return editing.edited

    def keys_of(self, command: Command) -> str:
        """Return the keys that the command has now, separated by commas."""
        return keymap.keys_of(command, self.settings.keymap)

    def remember(self, command: Command, again: Callable[[Any], Awaitable[None]] | None = None) -> None:
        """Keep the command that `.` repeats; `again` is called with the screen instead of running the command."""
        self._repeatable, self._again = command, again

    # the desk's own commands

    def why_not(self, command: Command) -> str | None:
        """Say why a command of the desk cannot run."""
        if command.action == "repeat" and self._repeatable is None:
            return "Nothing to repeat yet."
        if command in (LOG_TIME, TIMER) and self.actor.role == "read-only":
            return READ_ONLY
        return None

    def action_help(self) -> None:
        """Tell what the keys do here."""
        from screens.help import HelpScreen

        self.push_screen(HelpScreen(offering(self.screen)))

    def action_palette(self) -> None:
        """Open the command palette."""
        if not CommandPalette.is_open(cast(App[object], self)):
            self.push_screen(CommandPalette(placeholder="What do you want to do?"))

    async def action_repeat(self) -> None:
        """Run the last command again, on what is selected now."""
        screen, command = self.screen, self._repeatable
        if command is None or not isinstance(screen, Commanded) or command not in screen.OFFERS:
            self.say("The last command is none of this place.", error=True)
            return
        if self._again is None:
            await screen.run_command(command)
        elif (reason := screen.why_not(command)) is not None:
            self.say(reason, error=True)
        else:
            await self._again(screen)

    async def action_search(self) -> None:
        """Search what was written."""
        from screens.search import SearchScreen

        if not isinstance(self.screen, SearchScreen):
            await self.push_screen(SearchScreen())

    async def action_mentions(self) -> None:
        """See the notes that name me."""
        from screens.mentions import MentionsScreen

        if not isinstance(self.screen, MentionsScreen):
            await self.push_screen(MentionsScreen())

    async def action_mail(self) -> None:
        """See the mails that nobody could be found for."""
        from screens.mail import MailScreen

        if not isinstance(self.screen, MailScreen):
            await self.push_screen(MailScreen())

    async def action_log_time(self) -> None:
        """Log time for what is in front of me."""
        from screens.dialogs.log_time import LogTimeDialog

        await self.push_screen(LogTimeDialog(self._concern), self._tell)

    async def action_timer(self) -> None:
        """Start, pause, switch or stop my timer."""
        from screens.dialogs.timer import TimerDialog, read

        if (found := await self.attempt(read, self.actor.id)) is not None:
            await self.push_screen(TimerDialog(found.timer, self._concern), self._tell)

    async def action_week(self) -> None:
        """See and type the hours of my week."""
        from screens.week import WeekScreen

        if not isinstance(self.screen, WeekScreen):
            await self.push_screen(WeekScreen())

    @property
    def _concern(self) -> Concern:
        return self.screen.concern() if isinstance(self.screen, Commanded) else Concern()

    def _tell(self, sentences: object) -> None:
        """Show what a dialog answers, a toast each."""
        for sentence in sentences if isinstance(sentences, tuple) else ():
            self.say(sentence)

    async def action_jump(self) -> None:
        """Show a letter at each place that one press can go to."""
        from screens.jump import JumpScreen

        screen = self.screen
        if isinstance(screen, Commanded) and (targets := screen.jump_targets()):
            await self.push_screen(JumpScreen(targets), JumpScreen.go)

    async def action_undo(self) -> None:
        """Take back what I did last; what I did hours ago, before this session, after a question."""
        from models import journal

        found = None if self._asked_of_earlier else await self.attempt(journal.undoable, self.actor.id)
        if found is None or found.seen or min(self._began, self.now() - RECENT_SECONDS) <= found.at:
            await self._undo()
            return
        from screens.dialogs.confirm import ConfirmDialog
        from screens.widgets.when import when

        title = f"Take back your work of {when(found.at, self.now(), self.actor.zone)}?"
        dialog = ConfirmDialog(title, found.sentence, "leave it", "take it back")
        await self.push_screen(dialog, partial(self._undo_earlier, found.id))

    async def _undo_earlier(self, operation_id: int, answer: object) -> None:
        if answer:
            self._asked_of_earlier = True
            await self._undo(operation_id)

    async def _undo(self, expected: int | None = None) -> None:
        from models import journal

        done = await self.attempt(journal.undo, self.actor.id, self.now(), expected)
        if done is not None:
            self.say(done.sentence)

    async def action_redo(self) -> None:
        """Do again what I took back."""
        from models import journal

        done = await self.attempt(journal.redo, self.actor.id, self.now())
        if done is not None:
            self.say(done.sentence)

    async def action_go(self, place: str) -> None:
        """Go to a place; each keeps what was open in it."""
        await self.switch_mode(place)

    async def action_quit(self) -> None:
        """Leave."""
        await self.leave()

    def hang_up(self) -> None:
        """Leave because the terminal or the connection has gone; may be called on any thread and in a signal."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(lambda: self.run_worker(self.leave(), group="leaving"))

    async def leave(self) -> None:
        """Keep what was typed and not sent, and end."""
        if self._editing is not None:
            await self._editing.end()
        for stack in self._screen_stacks.values():
            for screen in stack:
                if isinstance(screen, Commanded):
                    await screen.keep_drafts()
        self.exit()
