"""What is asked for beyond the checklist: recorded with the exclusion it falls under, answered, quoted or taken on."""

from __future__ import annotations

from models.words import LEAD
from onboarding import scope
from onboarding.reading import checklist
from onboarding.scope import ScopeRow, Suggestion
from onboarding.words import SIDES
from screens.base import DeskScreen
from screens.dialogs.call_form import CallForm, Field, Told
from screens.dialogs.choices import Cycle
from screens.dialogs.chooser import Chooser, Offer
from screens.dialogs.frame import Line
from screens.dialogs.versioned import VersionedForm
from screens.onboarding_parts import answered
from screens.ticket_editor import Editor
from screens.widgets.text import clean

BEST, NONE = "what matches best", "none of them"
SHOWN = 3


def matched(found: Suggestion, sure: str) -> Told:
    """Return the lines of the annex that a text may be about, the best first."""
    told: Told = [("quiet", "Nothing in the annex is like that yet; go on typing.")]
    if found.excluded or found.included:
        told = []
    for line, score in found.excluded[:SHOWN]:
        told.append(("warning" if line == sure else "plain", f"{score:>3} %  outside: {line}"))
    told += [("accent", f"{score:>3} %  in scope: {line}") for line, score in found.included[:SHOWN]]
    return told


class RecordDialog(CallForm):
    """Records a request; while it is typed the annex's lines that it may be about are told."""

    def __init__(self, onboarding_id: int, customer: str, excluded: tuple[str, ...]) -> None:
        self.onboarding_id = onboarding_id
        self.exclusions = (BEST, *excluded, NONE)
        fields: dict[str, Field] = {
            "Asked for": Line("what they want, in their words: load tests before go-live"),
            "By": Line("who asked"),
            "Outside as": Cycle(tuple(clean(each) for each in self.exclusions)),
        }
        super().__init__(f"What {clean(customer)} asks for beyond the checklist", fields)

    @property
    def draft(self) -> str:
        """An onboarding's own."""
        return f"scope-{self.onboarding_id}"

    def _exclusion(self) -> str | None:
        place = self.chosen("Outside as")
        return {0: None, len(self.exclusions) - 1: ""}.get(place, self.exclusions[place])

    async def look(self) -> Told:
        """Tell what it matches, and the sentence that is ready for it."""
        text, chosen = self.said["Asked for"].strip(), self._exclusion()
        if not text:
            return [("quiet", "Type what they ask for; the annex's exclusions are matched as you type.")]
        found, sure, ready = await self.desk.call(_looked_up, self.onboarding_id, text, chosen)
        return [*matched(found, sure), ("strong", ready)]

    async def save(self) -> object:
        """Record it."""
        said, actor, at = self.said, self.desk.actor.id, self.desk.now()
        number, exclusion = self.onboarding_id, self._exclusion()
        await self.desk.call(scope.record, number, said["Asked for"], said["By"], actor, at, exclusion=exclusion)
        return f"Recorded: {clean(said['Asked for'].strip())}"


def _looked_up(onboarding_id: int, text: str, chosen: str | None) -> tuple[Suggestion, str, str]:
    """Runs on the database thread."""
    found = scope.suggest(onboarding_id, text)
    sure = scope.surely(found) if chosen is None else chosen
    return found, sure, scope.sentence(onboarding_id, sure)


class AnswerDialog(VersionedForm):
    """Answers a request, or (`quote`) turns it into a quote; the ready sentence can be changed."""

    def __init__(self, held: ScopeRow, ready: str, quote: bool) -> None:
        self.held, self.quote = held, quote
        self.editor = Editor()
        self.editor.text = clean(ready)
        title = f"{'Quote' if quote else 'Answer'}: {clean(held.what)}"
        super().__init__(title, {"We say": self.editor}, held.version, lambda: scope.request(held.id).version)

    @property
    def draft(self) -> str:
        """A request's own."""
        return f"scope-{'quote' if self.quote else 'answer'}-{self.held.id}"

    async def look(self) -> Told:
        """Say what becomes of it."""
        who = self.held.asked_by or "they"
        does = "It becomes a quote" if self.quote else "It is answered"
        return [("quiet", f"{does}; the text is copied, for the mail to {who}.")]

    async def save(self) -> object:
        """Answer, and copy what was said."""
        act = scope.quote if self.quote else scope.answer
        self.desk.copy(await self.run(act, self.held.id, text=self.said["We say"]))
        return f"{'Quoted' if self.quote else 'Answered'} and copied: {clean(self.held.what)}"


class AcceptDialog(VersionedForm):
    """Takes a request on as an item of the checklist."""

    def __init__(self, held: ScopeRow, topics: tuple[str, ...], role: str) -> None:
        self.held, self.topics, self.role = held, topics, role
        fields: dict[str, Field] = {
            "Topic": Cycle(tuple(clean(each) for each in topics)),
            "Side": Cycle(SIDES),
            "Done means": Line("how both sides see that it is done"),
            "Why": Line("why it is taken on" if held.exclusion else "why, if you like"),
        }
        title = f"Take on: {clean(held.what)}"
        super().__init__(title, fields, held.version, lambda: scope.request(held.id).version)

    @property
    def draft(self) -> str:
        """A request's own."""
        return f"scope-accept-{self.held.id}"

    async def look(self) -> Told:
        """Say what stands against it."""
        if not self.held.exclusion:
            return [("quiet", "It becomes an item of the checklist.")]
        if self.role != LEAD:
            return [("warning", f"! {self.held.exclusion} is outside; only a lead takes it on. Or quote it.")]
        return [("warning", f"! {self.held.exclusion} is outside the onboarding; say why it is done all the same.")]

    async def save(self) -> object:
        """Take it on."""
        said, topic = self.said, self.topics[self.chosen("Topic")]
        named = {"side": said["Side"], "done_means": said["Done means"], "reason": said["Why"]}
        await self.run(scope.accept, self.held.id, topic, **named)
        return f"{clean(self.held.what)} is an item of the checklist now."


async def open_answer(screen: DeskScreen, held: ScopeRow, quote: bool) -> None:
    """Ask for the answer, with the ready one to begin with."""
    ready = await screen.desk.attempt(scope.sentence, held.onboarding_id, held.exclusion)
    if ready is not None:
        text = f"{ready} {scope.QUOTE}" if quote else ready
        dialog = AnswerDialog(held, text, quote)
        await screen.app.push_screen(dialog, lambda answer: answered(screen, answer))


async def open_accept(screen: DeskScreen, held: ScopeRow) -> None:
    """Ask under which topic."""
    found = await screen.desk.attempt(checklist, held.onboarding_id, screen.desk.now())
    if found is not None:
        topics = tuple(group.topic for group in found.groups) or ("Beyond the checklist",)
        dialog = AcceptDialog(held, topics, screen.desk.actor.role)
        await screen.app.push_screen(dialog, lambda answer: answered(screen, answer))


async def open_file(screen: DeskScreen, held: ScopeRow, excluded: tuple[str, ...]) -> None:
    """Ask which exclusion it falls under."""
    offers = [Offer(line, "", line) for line in excluded]
    offers.append(Offer("none of them", "the annex does not name it", ""))

    async def filed(answer: object) -> None:
        if isinstance(answer, str):
            actor, at = screen.desk.actor.id, screen.desk.now()
            await screen.desk.attempt(scope.file_under, held.id, answer, actor, at, version=held.version)

    await screen.app.push_screen(Chooser("Which exclusion?", offers, "No exclusion is called that."), filed)
