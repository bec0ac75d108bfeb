"""A call is planned, moved or skipped, and people are named for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from screens.base import DeskScreen
from screens.call_acting import ask
from screens.dialogs.call_form import CallForm, Field, Told, people_of, today, worded
from screens.dialogs.choices import Cycle
from screens.dialogs.frame import Line
from screens.widgets.text import clean
from tam import calls, recurrence
from tam.call_reading import CallRow
from tam.call_rules import KINDS, CallRefused, Party, check_covered, day_text, moment_text, party
from tam.date_words import coming_day, time_of_day
from tam.open_days import closed_because
from tickets.colleagues import Colleague, colleagues

TAM_OF_THE_CUSTOMER = "the customer's TAM"
DAY_HINT, PEOPLE_HINT = "tomorrow, fri, in 2 weeks, 12 mar", "names, with ; between them"


class Basics(NamedTuple):
    """Whom calls are with, and who may hold them."""

    customer: Party
    colleagues: list[Colleague]

    @property
    def names(self) -> tuple[str, ...]:
        """What the choice of who holds a call offers."""
        return (TAM_OF_THE_CUSTOMER, *(clean(each.name) for each in self.colleagues))

    def holder(self, index: int) -> int | None:
        """The person at a place of that choice; None: the customer's TAM."""
        return self.colleagues[index - 1].id if index else None

    def place_of(self, person_id: int | None) -> int:
        """Where a person stands in that choice."""
        ids = [each.id for each in self.colleagues]
        return ids.index(person_id) + 1 if person_id in ids else 0


def basics(customer_id: int) -> Basics:
    """Read them; on the database thread."""
    return Basics(party(customer_id), colleagues())


def zones(customers: str, mine: str) -> Cycle:
    """The zones in which a time may be told: the customer's, and mine."""
    return Cycle(tuple(dict.fromkeys((customers, mine))))


def minutes_of(text: str) -> int:
    """Minutes of a line; raises CallRefused."""
    if not (text.strip().isascii() and text.strip().isdigit()):
        raise CallRefused(f"{text.strip()!r} is no number of minutes; say one like 45.")
    return int(text)


def uncovered(customer_id: int, on: date) -> Told:
    """Say, on the database thread, where a customer has no review calls on a day; nothing where they have."""
    try:
        check_covered(party(customer_id), on)
    except CallRefused as refusal:
        return [("warning", f"✕ {clean(str(refusal))}")]
    return []


class _When(CallForm):
    """A form with a day, a time and a zone; `customer_id` tells whose holidays matter."""

    def moment(self, said: dict[str, str]) -> recurrence.Slot:
        """Return the instant that is said; raises CallRefused."""
        if not said["Day"].strip() or not said["Time"].strip():
            raise CallRefused("Say a day and a time.")
        return recurrence.slot(coming_day(said["Day"], today(self.desk)), time_of_day(said["Time"]), said["Told in"])

    async def told(self, customer_id: int, customers_zone: str) -> Told:
        """Say when that is for both sides, and what speaks against it."""
        slot, mine = self.moment(self.said), self.desk.actor.zone
        there, here = moment_text(customers_zone, slot.at), moment_text(mine, slot.at)
        lines = [("strong", f"{here} {mine}" + (f", {there} {customers_zone}" if there != here else ""))]
        if slot.note:
            lines.append(("warning", f"! {slot.note}"))
        zone = self.said["Told in"]
        on = recurrence.local_of(zone, slot.at).date()
        closed = await self.desk.call(closed_because, customer_id, on, slot.at)
        lines += [("warning", f"! {day_text(on)} is {reason}.") for reason in closed]
        lines += await self.desk.call(uncovered, customer_id, on)
        if slot.at < self.desk.now():
            lines.append(("warning", "✕ That is over; say a time to come."))
        return lines


async def open_plan(screen: DeskScreen, customer_id: int) -> None:
    """Ask for a single call."""
    found = await screen.desk.attempt(basics, customer_id)
    if found is not None:
        await ask(screen, PlanDialog(found, screen.desk.actor.zone))


class PlanDialog(_When):
    """Plans a single call."""

    def __init__(self, found: Basics, zone: str) -> None:
        self.basics, self.kinds = found, tuple(KINDS)
        minutes = Line()
        minutes.value = "45"
        super().__init__(
            f"A call with {clean(found.customer.name)}",
            {
                "Day": Line(DAY_HINT),
                "Time": Line("14:00"),
                "Told in": zones(found.customer.zone, zone),
                "Minutes": minutes,
                "Kind": Cycle(tuple(KINDS.values())),
                "Called": Line("what it is for; empty: as its kind is called"),
                "Attend": Line(PEOPLE_HINT),
                "Held by": Cycle(found.names),
            },
        )

    @property
    def draft(self) -> str:
        """A customer's own draft."""
        return f"call-plan-{self.basics.customer.id}"

    async def look(self) -> Told:
        """Say when it is for both sides."""
        return await self.told(self.basics.customer.id, self.basics.customer.zone)

    async def save(self) -> object:
        """Plan it."""
        said, slot, customer = self.said, self.moment(self.said), self.basics.customer
        planned = await self.desk.call(
            calls.plan,
            customer.id,
            slot.at,
            minutes_of(said["Minutes"]),
            self.kinds[self.chosen("Kind")],
            said["Called"],
            self.desk.actor.id,
            self.desk.now(),
            zone=said["Told in"],
            attendees=people_of(said["Attend"]),
            person_id=self.basics.holder(self.chosen("Held by")),
        )
        return (planned.sentence, *planned.warnings)


class MoveDialog(_When):
    """Moves a call."""

    def __init__(self, held: CallRow) -> None:
        self.held = held
        day, time = Line(DAY_HINT), Line("14:00")
        local = recurrence.local_of(held.zone, held.at)
        day.value, time.value = local.date().isoformat(), f"{local:%H:%M}"
        fields: dict[str, Field] = {
            "Day": day,
            "Time": time,
            "Told in": Cycle((held.zone,)),
            "Why": Line("a reason, if there is one"),
        }
        super().__init__(f"Move the call with {clean(held.customer)} of {moment_text(held.zone, held.at)}", fields)

    async def look(self) -> Told:
        """Say when it is for both sides."""
        return await self.told(self.held.customer_id, self.held.zone)

    async def save(self) -> object:
        """Move it."""
        to, why = self.moment(self.said).at, self.said["Why"]
        actor, at = self.desk.actor.id, self.desk.now()
        moved = await self.desk.call(calls.move, self.held.id, to, actor, at, why, self.held.version)
        return (moved.sentence, *moved.warnings)


class SkipDialog(CallForm):
    """Leaves a call out."""

    HINT = "enter or {do} skips it   {close} closes, nothing is changed"

    def __init__(self, held: CallRow) -> None:
        self.held = held
        title = f"Skip the call with {clean(held.customer)} of {moment_text(held.zone, held.at)}"
        super().__init__(title, {"Why": Line("why, in a line; moving the call brings it back")})

    async def save(self) -> object:
        """Skip it."""
        why, actor, at = self.said["Why"], self.desk.actor.id, self.desk.now()
        return await self.desk.call(calls.skip, self.held.id, why, actor, at, self.held.version)


class AttendDialog(CallForm):
    """Names who attends a call."""

    HINT = "enter or {do} saves   {close} closes, nothing is changed"

    def __init__(self, held: CallRow) -> None:
        self.held = held
        attend = Line("Jo Roe <jo@acme.example>; Mia")
        attend.value = worded(held.attendees)
        super().__init__(f"Who attends the call with {clean(held.customer)}", {"Attend": attend})

    async def save(self) -> object:
        """Keep the names."""
        names: Sequence[str] = people_of(self.said["Attend"])
        actor, at = self.desk.actor.id, self.desk.now()
        return await self.desk.call(calls.attendees, self.held.id, names, actor, at, self.held.version)
