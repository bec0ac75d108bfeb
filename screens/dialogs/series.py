"""Calls that come again: agreed, changed from a day on, and ended, with the next of them shown before."""

from __future__ import annotations

from functools import partial
from typing import Any

from screens.base import DeskScreen
from screens.call_acting import ask
from screens.dialogs.call_form import CallForm, Told, people_of, today, worded
from screens.dialogs.call_plan import DAY_HINT, PEOPLE_HINT, Basics, basics, minutes_of, uncovered
from screens.dialogs.choices import Cycle
from screens.dialogs.chooser import Chooser, Offer
from screens.dialogs.frame import Line
from screens.widgets.text import clean
from sla.wall import local_of
from tam import recurrence, series
from tam.call_rules import KINDS, CallRefused, Party, check_zone, day, day_text, moment_text
from tam.date_words import coming_day, time_of_day
from tam.open_days import closed_because
from tam.series_reading import SeriesRow, all_series

SHOWN = 5
NEW, CHANGE, END = "new", "change", "end"
HELP = "every week, every other week, every month on the first Tuesday, every quarter, or FREQ=…"


def dates_ahead(customer_id: int, zone: str, mine: str, asked: dict[str, Any], now: int) -> Told:
    """Say the next dates of a cadence, on the database thread: closed days and clock changes with them."""
    slots = series.preview(count=SHOWN, **asked)
    lines = uncovered(customer_id, day(slots[0].on))
    for slot in slots[: 0 if lines else SHOWN]:
        there, here = moment_text(zone, slot.at), moment_text(mine, slot.at)
        yours = here.rsplit(" ", 1)[1] if here.rsplit(" ", 1)[0] == there.rsplit(" ", 1)[0] else here
        both = there if there == here else f"{there}, for you {yours}"
        closed = closed_because(customer_id, day(slot.on), slot.at)
        note = clean(" and ".join(closed)) + ", to be moved" if closed else slot.note
        over = "is over" if slot.at < now else ""
        told = "; ".join(part for part in (over, note) if part)
        lines.append(("warning" if told else "plain", f"{both}{f'   ! {told}' if told else ''}"))
    return lines


async def open_series(screen: DeskScreen, customer_id: int) -> None:
    """Ask which series: a new one where there is none that goes on."""
    found = await screen.desk.attempt(basics, customer_id)
    known = await screen.desk.attempt(all_series, customer_id)
    if found is None or known is None:
        return
    running = [each for each in known if each.active]
    if not running:
        await ask(screen, SeriesDialog(found, screen.desk.now()))
        return
    offers = [Offer("Agree on a new one", "", (NEW, None))]
    offers += [Offer(f"Change: {clean(each.title)}", each.words, (CHANGE, each)) for each in running]
    offers += [Offer(f"End: {clean(each.title)}", each.words, (END, each)) for each in running]
    title = f"Series of calls with {clean(found.customer.name)}"
    await screen.app.push_screen(Chooser(title, offers, "No series is called that."), partial(_go_on, screen, found))


async def _go_on(screen: DeskScreen, found: Basics, answer: object) -> None:
    if not isinstance(answer, tuple):
        return
    what, held = answer
    await ask(screen, EndDialog(held) if what == END else SeriesDialog(found, screen.desk.now(), held))


def _filled(hint: str, text: str) -> Line:
    line = Line(hint)
    line.value = clean(text)
    return line


def agreed(customer: Party, title: str, said: dict[str, Any]) -> str:
    """Agree on a series, on the database thread; return a sentence."""
    held = series.series(series.agree(customer.id, title, **said))
    return f"Agreed with {customer.name}: {held.words}. Its calls are planned {series.HORIZON_DAYS} days ahead."


class SeriesDialog(CallForm):
    """Agrees on a series, or changes one from a day on."""

    DEFAULT_CSS = "SeriesDialog > #box { width: 92; } SeriesDialog #hint { margin-top: 0; }"

    def __init__(self, found: Basics, now: int, held: SeriesRow | None = None) -> None:
        self.basics, self.held, self.kinds = found, held, tuple(KINDS)
        zone = held.zone if held else found.customer.zone
        first = local_of(zone, now).date().isoformat() if held else ""
        name = clean(found.customer.name)
        super().__init__(
            f"Change the calls with {name}" if held else f"Calls with {name} that come again",
            {
                "Cadence": _filled(HELP, recurrence.words_of(held.rule) if held else "every other week"),
                "From": _filled(DAY_HINT, first),
                "Time": _filled("14:00", held.local_time if held else ""),
                "Zone": _filled("Europe/Zurich", zone),
                "Minutes": _filled("45", str(held.minutes) if held else "45"),
                "Kind": Cycle((KINDS[held.kind],) if held else tuple(KINDS.values())),
                "Called": _filled("empty: as its kind is called", held.title if held else ""),
                "Attend": _filled(PEOPLE_HINT, worded(held.attendees) if held else ""),
                "Held by": Cycle(found.names, found.place_of(held.person_id) if held else 0),
                "Last day": _filled("where it ends; empty: it goes on", (held.ends_on or "") if held else ""),
            },
        )

    @property
    def draft(self) -> str:
        """A customer's own draft, and one for each series."""
        return f"call-series-{self.basics.customer.id}-{self.held.id if self.held else 0}"

    def _asked(self) -> dict[str, Any]:
        """Return when the calls are to be; raises CallRefused."""
        said, now = self.said, today(self.desk)
        if not said["From"].strip() or not said["Time"].strip():
            raise CallRefused("Say from which day on, and at what time; the next dates stand here then.")
        last = said["Last day"].strip()
        return {
            "rule": self._rule(said["Cadence"]),
            "local_time": time_of_day(said["Time"]),
            "zone": check_zone(said["Zone"].strip()),
            "starts_on": coming_day(said["From"], now).isoformat(),
            "ends_on": coming_day(last, now).isoformat() if last else None,
        }

    def _rule(self, cadence: str) -> str:
        """Return the cadence as it is typed; one that was not touched is the rule that it tells."""
        same = self.held is not None and cadence.strip() == recurrence.words_of(self.held.rule)
        return self.held.rule if self.held is not None and same else cadence

    async def look(self) -> Told:
        """Say the next dates."""
        asked, customer, mine = self._asked(), self.basics.customer, self.desk.actor.zone
        if self.held is not None and asked["rule"] == self.held.rule:
            start = coming_day(asked["starts_on"], today(self.desk))
            ahead = recurrence.dates(
                self.held.pattern._replace(ends_on=None), start, start.replace(year=start.year + 2)
            )
            asked["starts_on"] = (ahead[0] if ahead else start).isoformat()
        return await self.desk.call(dates_ahead, customer.id, asked["zone"], mine, asked, self.desk.now())

    async def save(self) -> object:
        """Agree on it, or change it."""
        asked, said, actor, at = self._asked(), self.said, self.desk.actor.id, self.desk.now()
        kind, holder = self.chosen("Kind"), self.chosen("Held by")
        common: dict[str, Any] = {
            "minutes": minutes_of(said["Minutes"]),
            "attendees": people_of(said["Attend"]),
            "person_id": self.basics.holder(holder),
        }
        if self.held is None:
            more = {"kind": self.kinds[kind], "actor": actor, "at": at}
            return await self.desk.call(agreed, self.basics.customer, said["Called"], asked | common | more)
        asked["from_on"] = asked.pop("starts_on")
        if asked["rule"] == self.held.rule:
            asked["rule"] = None
        title = said["Called"] or self.held.title
        return await self.desk.call(
            series.change, self.held.id, actor, at, self.held.version, title=title, **asked, **common
        )


class EndDialog(CallForm):
    """Ends a series with a day."""

    HINT = "enter or {do} ends it   {close} closes, nothing is changed"

    def __init__(self, held: SeriesRow) -> None:
        self.held = held
        super().__init__(f"End: {clean(held.title)}, {held.words}", {"Last day": _filled(DAY_HINT, "today")})

    @property
    def _last(self) -> str:
        return coming_day(self.said["Last day"], local_of(self.held.zone, self.desk.now()).date()).isoformat()

    async def look(self) -> Told:
        """Say what goes."""
        return [("strong", f"The last day is {day_text(day(self._last))}; planned calls after it go.")]

    async def save(self) -> object:
        """End it."""
        actor, at = self.desk.actor.id, self.desk.now()
        return await self.desk.call(series.end, self.held.id, actor, at, self._last, self.held.version)
