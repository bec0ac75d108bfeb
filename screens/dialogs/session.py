"""A session is planned, changed, moved or held; what a held one covered is called done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from textual import events, on
from textual.message import Message
from textual.widget import Widget

from onboarding import covering, sessions
from onboarding.errors import OnboardingRefused
from onboarding.reading import checklist
from onboarding.rules import held as held_onboarding
from onboarding.sessions import KINDS, SessionRow
from onboarding.words import SETTLED
from screens.app_protocol import DeskApp
from screens.base import DeskScreen
from screens.commands import shown_key
from screens.dialogs.call_form import CallForm, Field, Told
from screens.dialogs.choices import Cycle
from screens.dialogs.frame import Dialog, Line
from screens.dialogs.versioned import VersionedForm
from screens.onboarding_parts import answered
from screens.onboarding_parts_commands import SETTLE
from screens.widgets.text import clean
from screens.widgets.ticks import Ticks
from screens.widgets.when import local
from tam.call_rules import moment_text
from tam.date_words import coming_day, time_of_day
from tam.recurrence import slot


class Item(NamedTuple):
    """An item that a session may cover."""

    id: int
    title: str
    topic: str
    settled: bool


class Basics(NamedTuple):
    """Whom a session is with, where, and what it may cover."""

    customer: str
    zone: str
    items: tuple[Item, ...]


def basics(onboarding_id: int, now: int) -> Basics:
    """Read them; on the database thread."""
    found = held_onboarding(onboarding_id)
    groups = checklist(onboarding_id, now).groups
    items = (Item(each.id, each.title, each.topic, each.state in SETTLED) for group in groups for each in group.items)
    return Basics(found.customer, found.zone, tuple(items))


class CoversDialog(Dialog):
    """Answers the ids of the items that a session covers."""

    AUTO_FOCUS = "Ticks"

    def __init__(self, items: Sequence[Item], chosen: Iterable[int]) -> None:
        super().__init__("What does it cover?")
        self.items, wanted = tuple(items), set(chosen)
        ticked = [place for place, item in enumerate(self.items) if item.id in wanted]
        self.ticks = Ticks([f"{each.title}, {each.topic}{' ●' if each.settled else ''}" for each in self.items], ticked)

    def body(self) -> Iterable[Widget]:
        """Show the items."""
        return (self.ticks,)

    def tell_hint(self) -> None:
        """Say what to press."""
        self.hint.tell(f"j k move   {_tick_key(self.desk)} ticks   enter takes them")

    @on(Ticks.Taken)
    async def _taken(self) -> None:
        await self.do()

    async def perform(self) -> object:
        """Answer them."""
        return tuple(self.items[place].id for place in sorted(self.ticks.ticked))


class Covers(Cycle):
    """Says what is covered; enter or space opens the list."""

    class Wanted(Message):
        """The list is wanted."""

    def on_key(self, event: events.Key) -> None:
        """Open the list."""
        if event.key in ("enter", "space"):
            event.prevent_default()
            event.stop()
            self.post_message(self.Wanted())


class SessionDialog(VersionedForm):
    """Plans a session, or changes `held`."""

    def __init__(self, onboarding_id: int, found: Basics, held: SessionRow | None = None) -> None:
        self.onboarding_id, self.found, self.held = onboarding_id, found, held
        self.covered: tuple[int, ...] = held.covers if held else ()
        title, audience, note = Line("what it is about"), Line("who it is for: their operators"), Line("stays with us")
        self.covers = Covers((self._covers_text(),))
        fields: dict[str, Field] = {"Title": title, "Kind": Cycle(KINDS, KINDS.index(held.kind) if held else 0)}
        if held is None:
            minutes = Line("minutes")
            minutes.value = "60"
            fields |= {"Day": Line("tomorrow, fri, in 2 weeks, 12 mar"), "Time": Line("9:30"), "Minutes": minutes}
        else:
            title.value, audience.value, note.value = clean(held.title), clean(held.audience), clean(held.note)
        fields |= {"Audience": audience, "Covers": self.covers, "Note": note}
        heading = f"{'A' if held is None else 'Change a'} session with {clean(found.customer)}"
        number, version = (held.id, held.version) if held else (0, 0)
        super().__init__(heading, fields, version, lambda: sessions.session(number).version)

    def _covers_text(self) -> str:
        count = len(self.covered)
        return f"{count} item{'' if count == 1 else 's'} of the checklist" if count else "nothing yet, enter chooses"

    @property
    def draft(self) -> str:
        """An onboarding's own draft of a new one; what is changed has none."""
        return "" if self.held is not None else f"session-{self.onboarding_id}"

    async def look(self) -> Told:
        """Say when that is, and what it covers."""
        titles = {item.id: item.title for item in self.found.items}
        told: Told = [("quiet", f"covers {titles[each]}") for each in self.covered if each in titles]
        if self.held is not None:
            return told or [("quiet", "When it is held, what it covers is proposed as done.")]
        return [*_when_told(self, self.found.zone), *(told or [("quiet", "What it covers is proposed as done then.")])]

    @on(Covers.Wanted)
    async def _choose(self) -> None:
        await self.app.push_screen(CoversDialog(self.found.items, self.covered), self._chosen)

    async def _chosen(self, answer: object) -> None:
        if isinstance(answer, tuple):
            self.covered = answer
            self.covers.tell((self._covers_text(),))
            await self._look()

    async def save(self) -> object:
        """Plan or change it."""
        said = self.said
        about: dict[str, Any] = {"audience": said["Audience"], "covers": self.covered, "note": said["Note"]}
        if self.held is not None:
            await self.run(sessions.change, self.held.id, title=said["Title"], kind=said["Kind"], **about)
            return f"Changed {clean(said['Title'].strip())}."
        starts_at, minutes = _moment(self, self.found.zone), _minutes(said["Minutes"])
        actor, at = self.desk.actor.id, self.desk.now()
        what = (self.onboarding_id, said["Kind"], said["Title"], starts_at, minutes, actor, at)
        planned = await self.desk.call(sessions.plan, *what, **about)
        return (f"Planned {clean(said['Title'].strip())}.", *planned.warnings)


class MoveDialog(VersionedForm):
    """Gives a session another time."""

    def __init__(self, found: Basics, held: SessionRow) -> None:
        self.found, self.held = found, held
        moment = local(held.starts_at, found.zone)
        day, time, minutes = Line("tomorrow, fri, in 2 weeks, 12 mar"), Line("9:30"), Line("minutes")
        day.value, time.value = moment.date().isoformat(), f"{moment.hour:02}:{moment.minute:02}"
        minutes.value = str(held.minutes)
        fields: dict[str, Field] = {"Day": day, "Time": time, "Minutes": minutes}
        title = f"Move {clean(held.title)}"
        super().__init__(title, fields, held.version, lambda: sessions.session(held.id).version)

    async def look(self) -> Told:
        """Say when that is."""
        return _when_told(self, self.found.zone)

    async def save(self) -> object:
        """Move it."""
        starts_at, minutes = _moment(self, self.found.zone), _minutes(self.said["Minutes"])
        planned = await self.run(sessions.move, self.held.id, starts_at, minutes=minutes)
        return (f"Moved {clean(self.held.title)}.", *planned.warnings)


class HoldDialog(VersionedForm):
    """Says that a session was held, and who came; answers the items that it proposes as done."""

    HINT = "tab, enter on   {do} holds it   {close} closes, {then}"

    def __init__(self, held: SessionRow) -> None:
        self.held = held
        came, note = Line("who came: Jo, Mia and two operators"), Line("stays with us")
        came.value, note.value = clean(held.audience), clean(held.note)
        fields: dict[str, Field] = {"Came": came, "Note": note}
        title = f"{clean(held.title)} was held"
        super().__init__(title, fields, held.version, lambda: sessions.session(held.id).version)

    @property
    def draft(self) -> str:
        """A session's own."""
        return f"held-{self.held.id}"

    async def look(self) -> Told:
        """Say what comes next."""
        count = len(self.held.covers)
        return [
            (
                "quiet",
                f"It covers {count} items; which of them are done is asked next." if count else "It covers no item.",
            )
        ]

    async def save(self) -> object:
        """Hold it."""
        return await self.run(sessions.hold, self.held.id, self.said["Came"], note=self.said["Note"])


class ProposedDialog(Dialog):
    """Has what a held session covered done, all of it unless a tick is taken off."""

    AUTO_FOCUS = "Ticks"

    def __init__(self, session_id: int, title: str, items: Sequence[Item]) -> None:
        super().__init__(f"Done after {clean(title)}?")
        self.session_id, self.items = session_id, tuple(items)
        self.ticks = Ticks([f"{each.title}, {each.topic}" for each in self.items], range(len(self.items)))

    def body(self) -> Iterable[Widget]:
        """Show what is proposed."""
        return (self.ticks,)

    def tell_hint(self) -> None:
        """Say what to press."""
        self.hint.tell(f"enter calls them done   {_tick_key(self.desk)} takes a tick off   esc leaves all open")

    @on(Ticks.Taken)
    async def _taken(self) -> None:
        await self.do()

    async def perform(self) -> object:
        """Have them done."""
        chosen = [self.items[place].id for place in sorted(self.ticks.ticked)]
        if not chosen:
            raise OnboardingRefused("Nothing is ticked; esc leaves all open.")
        done = await self.desk.call(covering.accept, self.session_id, chosen, self.desk.actor.id, self.desk.now())
        return (done.sentence, *done.refused)


async def open_proposed(screen: DeskScreen, row: SessionRow, found: Basics, proposed: Sequence[int]) -> None:
    """Ask which of the items that a held session proposes are done."""
    by_id = {item.id: item for item in found.items}
    items = [by_id[each] for each in proposed if each in by_id]
    dialog = ProposedDialog(row.id, row.title, items)
    await screen.app.push_screen(dialog, lambda answer: answered(screen, answer))


def _tick_key(desk: DeskApp) -> str:
    return shown_key(desk.keys_of(SETTLE).split(",")[0])


def _minutes(text: str) -> int:
    if not (text.strip().isascii() and text.strip().isdigit()):
        raise OnboardingRefused(f"{text.strip()!r} is no number of minutes; say one like 45.")
    return int(text)


def _day(form: CallForm) -> date:
    return coming_day(form.said["Day"], local(form.desk.now(), form.desk.actor.zone).date())


def _moment(form: CallForm, zone: str) -> int:
    if not form.said["Day"].strip() or not form.said["Time"].strip():
        raise OnboardingRefused("Say a day and a time.")
    return slot(_day(form), time_of_day(form.said["Time"]), zone).at


def _when_told(form: CallForm, zone: str) -> Told:
    """Return when it is, for the customer and for whoever looks."""
    at, mine = _moment(form, zone), form.desk.actor.zone
    there, here = moment_text(zone, at), moment_text(mine, at)
    return [("strong", f"{there} {zone}" + (f", {here} {mine}" if there != here else ""))]
