"""Making what is used again: a canned reply out of what was written, and a macro out of steps in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.widget import Widget

from models.words import LEAD
from screens.dialogs.choices import Cycle
from screens.dialogs.frame import Dialog, Line
from screens.ticket_editor import Editor
from screens.ticket_reply import Told
from tickets.actions import Assign, Note, Reply, Severity, State, Step, Tag, Untag
from tickets.errors import RuleRefused

OWN, ALL = "mine alone", "everyone's"
EXAMPLE = "assign me\ntag sso, known\nnote See the runbook.\nstate waiting"
WORDS = "assign LOGIN, severity 3 REASON, state waiting, tag A, B, untag A, note TEXT, reply CANNED REPLY"


def whose(role: str) -> Cycle:
    """Return the question whose it is; only a lead makes what all share."""
    return Cycle((OWN, ALL) if role == LEAD else (OWN,))


def steps_of(text: str, replies: Mapping[str, int]) -> tuple[Step, ...]:
    """Read steps, one a line; `replies` are the canned replies by their names in lower case. Raises RuleRefused."""
    return tuple(_step(line.strip(), replies) for line in text.splitlines() if line.strip())


def _step(line: str, replies: Mapping[str, int]) -> Step:
    word, _, rest = line.partition(" ")
    rest = rest.strip()
    names = tuple(name.strip() for name in rest.split(",") if name.strip())
    number, _, reason = rest.partition(" ")
    known: dict[str, Step | None] = {
        "assign": Assign(rest),
        "severity": Severity(int(number), reason.strip()) if number.isdecimal() and len(number) == 1 else None,
        "state": State(rest.lower()),
        "tag": Tag(names),
        "untag": Untag(names),
        "note": Note(rest),
        "reply": Reply(replies[rest.casefold()]) if rest.casefold() in replies else None,
    }
    step = known.get(word.lower())
    if step is None or not rest:
        raise RuleRefused(f"{line!r} is no step. Steps are: {WORDS}.")
    return step


class CannedDialog(Dialog):
    """Keeps a text as a canned reply; answers a sentence."""

    HINT = "{{customer}} {{contact}} {{number}} {{me}} … are filled in   {do} keeps it   {close} closes"

    def __init__(self, text: str, role: str) -> None:
        super().__init__("Keep as a canned reply")
        self.name_line, self.language, self.whose = Line("its name"), Line("its language"), whose(role)
        self.language.value = "en"
        self.editor = Editor()
        self.editor.text = text
        self.editor.styles.height = 6

    def body(self) -> Iterable[Widget]:
        """Ask for name, language, whose it is, and the text."""
        return (self.name_line, self.language, self.whose, self.editor)

    async def perform(self) -> object:
        """Keep it."""
        from tickets import canned

        name, language, shared = self.name_line.value, self.language.value, self.whose.value == ALL
        actor, at = self.desk.actor.id, self.desk.now()
        await self.desk.call(canned.create, name, self.editor.text, actor, at, language=language, shared=shared)
        return f"Kept the canned reply {name}."


class MacroDialog(Dialog):
    """Makes a macro out of steps in words; answers a sentence."""

    HINT = "a step a line   {do} keeps it   {close} closes"

    def __init__(self, role: str) -> None:
        super().__init__("A new macro")
        self.name_line, self.whose, self.editor = Line("its name"), whose(role), Editor(placeholder=EXAMPLE)
        self.editor.styles.height = 6

    def body(self) -> Iterable[Widget]:
        """Ask for name, whose it is, and the steps."""
        return (self.name_line, self.whose, Told(f"Steps: {WORDS}"), self.editor)

    async def perform(self) -> object:
        """Keep it."""
        from tickets import canned, macros

        name, shared, actor, at = self.name_line.value, self.whose.value == ALL, self.desk.actor.id, self.desk.now()
        replies = await self.desk.call(canned.replies, actor)
        steps = steps_of(self.editor.text, {each.name.casefold(): each.id for each in replies})
        await self.desk.call(macros.create, name, steps, actor, at, shared=shared)
        return f"Made the macro {name}."
