"""What is used again: a canned reply out of what was written, a macro out of steps in words; made, and changed."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from models.errors import StaleRow
from models.words import LEAD
from screens.commands import shown_key
from screens.dialogs.choices import Cycle
from screens.dialogs.frame import Dialog, Line
from screens.dialogs.step_words import EXAMPLE, WORDS, steps_of, words_of
from screens.ticket_commands import CONFIRM
from screens.ticket_editor import Editor
from screens.ticket_reply import Told
from screens.widgets.text import clean
from tickets.actions import Reply
from tickets.canned import ENGLISH, Canned
from tickets.macros import MacroRow

OWN, ALL = "mine alone", "everyone's"


class _Making(Dialog):
    """What both dialogs ask: the name, whose it is, and a text; `held` is what is changed, None: it is made.

    Where someone was faster the text stays, and saving again goes through, with what changed known.
    """

    def __init__(self, title: str, role: str, held: Canned | MacroRow | None, text: str) -> None:
        super().__init__(title)
        self.held, self.version = held, held.version if held else None
        self.name_line, self.editor = Line("its name"), Editor(placeholder=EXAMPLE)
        self.name_line.value = clean(held.name) if held else ""
        self.whose = Cycle((OWN, ALL) if role == LEAD else (OWN,))
        if held is not None:  # what there is stays whose it is
            self.whose = Cycle((ALL if held.owner_id is None else OWN,))
        self.editor.text = text
        self.editor.styles.height = 6

    async def perform(self) -> object:
        """Keep it, and answer a sentence."""
        try:
            return await self.save()
        except StaleRow as stale:
            self.version = await self.newest()
            key = shown_key(self.desk.keys_of(CONFIRM).split(",")[0])
            told = str(stale).removesuffix(" Look again, then save.")
            raise StaleRow(f"{told} Your text is kept; {key} saves it all the same.") from stale

    async def save(self) -> str:
        """Keep what stands in the dialog; return a sentence."""
        raise NotImplementedError

    async def newest(self) -> int:
        """Return the version that is there now."""
        raise NotImplementedError


class CannedDialog(_Making):
    """Keeps a text as a canned reply, or changes one; answers a sentence."""

    HINT = "{{customer}} {{contact}} {{number}} {{me}} … are filled in   {do} keeps it   {close} closes"

    def __init__(self, text: str, role: str, held: Canned | None = None) -> None:
        title = f"Change the canned reply {held.name}" if held else "Keep as a canned reply"
        super().__init__(title, role, held, text)
        self.language = Line("its language")
        self.language.value = clean(held.language) if held else ENGLISH
        self.editor.placeholder = "Dear {contact}, …"

    def body(self) -> Iterable[Widget]:
        """Ask for name, language, whose it is, and the text."""
        return (self.name_line, self.language, self.whose, self.editor)

    async def save(self) -> str:
        """Keep it."""
        from tickets import canned

        name, language, text = self.name_line.value, self.language.value, self.editor.text
        call, actor, at = self.desk.call, self.desk.actor.id, self.desk.now()
        if self.held is None:
            shared = self.whose.value == ALL
            await call(canned.create, name, text, actor, at, language=language, shared=shared)
            return f"Kept the canned reply {name}."
        said = {"name": name, "language": language, "body": text}
        await call(canned.change, self.held.id, actor, at, version=self.version, **said)
        return f"Changed the canned reply {name}."

    async def newest(self) -> int:
        """Return the version that is there now."""
        from tickets import canned

        return (await self.desk.call(canned.reply_of, self.held.id if self.held else 0, self.desk.actor.id)).version


class MacroDialog(_Making):
    """Makes a macro out of steps in words, or changes one; answers a sentence."""

    HINT = "a step a line   {do} keeps it   {close} closes"

    def __init__(self, role: str, held: MacroRow | None = None, replies: Iterable[Canned] = ()) -> None:
        self._names = {reply.id: reply.name for reply in replies}
        title = f"Change the macro {held.name}" if held else "A new macro"
        super().__init__(title, role, held, words_of(held.steps, self._names) if held else "")

    def body(self) -> Iterable[Widget]:
        """Ask for name, whose it is, and the steps."""
        return (self.name_line, self.whose, Told(f"Steps: {WORDS}"), self.editor)

    async def save(self) -> str:
        """Keep it."""
        from tickets import canned, macros

        name, call, actor, at = self.name_line.value, self.desk.call, self.desk.actor.id, self.desk.now()
        replies = {each.name.casefold(): each.id for each in await call(canned.replies, actor)}
        if self.held is None:
            steps = steps_of(self.editor.text, replies)
            await call(macros.create, name, steps, actor, at, shared=self.whose.value == ALL)
            return f"Made the macro {name}."
        steps = steps_of(self.editor.text, replies | self._sent_so_far())
        await call(macros.change, self.held.id, actor, at, name=name, steps=steps, version=self.version)
        return f"Changed the macro {name}."

    def _sent_so_far(self) -> dict[str, int]:
        """The replies that the macro sends already: of several with one name it goes on to send the same."""
        steps = self.held.steps if isinstance(self.held, MacroRow) else ()
        ids = [step.canned for step in steps if isinstance(step, Reply)]
        return {self._names[each].casefold(): each for each in ids if each in self._names}

    async def newest(self) -> int:
        """Return the version that is there now."""
        from tickets import macros

        return (await self.desk.call(macros.macro, self.held.id if self.held else 0, self.desk.actor.id)).version
