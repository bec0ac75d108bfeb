"""The TAMs' calls in the demo: agreed every other week, held, moved, left out; and what was noted in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from cli.demo.companies import Company, companies
from cli.demo.spending import DAY, TAM_ZONE, is_working_day, morning
from cli.demo.telling import Ids, Step
from cli.demo.texts import read
from models.reading import one, scalar
from sla.datetimes import instant_of
from sla.hours import zone_of
from sla.wall import local_of
from tam import actions, calls, feedback, series

FORTNIGHT = timedelta(days=14)
NOTICE = timedelta(days=4)
"""How long after it was agreed the first call is."""
AGREED = 80 * DAY
LOOKED = 12 * DAY
"""So long ago someone last opened the calls, which plans the next of them."""
MOVED = "initech"
"""Whose next call was moved by a day."""
SKIPPED = "umbrella"
"""Who left out a call."""
YEARLY_AHEAD, YEARLY_HELD = "acme", "kiwi"
SERVICE_REVIEW = "service review"


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a series whose time has come: held, or left out for a reason."""

    at: int
    minutes: int
    left_out: str = ""

    @property
    def on(self) -> date:
        """The local date at the TAMs'."""
        return local_of(TAM_ZONE, self.at).date()


def agreed_at(held: Company, now: int) -> int:
    """When the calls were agreed."""
    local = local_of(held.zone, now) - timedelta(days=held.days_since_start)
    return max(instant_of(local.replace(hour=0, minute=0, second=0, microsecond=0)) + 2 * DAY, now - AGREED)


def dates(held: Company, now: int) -> list[date]:
    """The dates of a series since it was agreed, to the next one, which lies ahead."""
    index = companies().index(held)
    day = local_of(TAM_ZONE, now).date()
    ahead = (1 + index % 3 - day.weekday()) % 7 or 7
    following = day + timedelta(days=ahead + 7 * (index % 2))
    oldest = local_of(TAM_ZONE, agreed_at(held, now)).date() + NOTICE
    return [each for each in (following - FORTNIGHT * number for number in range(6, -1, -1)) if each > oldest]


def minutes_of(held: Company) -> int:
    """How long a call with the customer takes."""
    return 45 if held.badge == "ent" else 30


def past(held: Company, now: int) -> tuple[Call, ...]:
    """The calls of a series that are over, the earliest first."""
    clock, zone = time.fromisoformat(held.call), zone_of(TAM_ZONE)
    minutes = minutes_of(held)
    found = []
    over = [instant_of(datetime.combine(each, clock, tzinfo=zone)) for each in dates(held, now)]
    over = [at for at in over if at + minutes * 60 <= now]
    for number, at in enumerate(over, 1):
        day = local_of(TAM_ZONE, at).date()
        if not is_working_day(day):
            found.append(Call(at, minutes, "Public holiday at ours"))
        elif held.key == SKIPPED and number == len(over) - 1:
            found.append(Call(at, minutes, "Alice and Oswin are at the trade fair; next time as usual"))
        else:
            found.append(Call(at, minutes))
    return tuple(found)


def minutes_held(now: int) -> dict[str, list[tuple[date, int]]]:
    """The date and minutes of each call that was held in a series, by customer."""
    return {
        held.key: [(call.on, call.minutes) for call in past(held, now) if not call.left_out]
        for held in companies()
        if held.tam
    }


class Calls:
    """Agrees, holds and writes up the calls, when each of that happened."""

    def __init__(self, ids: Ids, now: int) -> None:
        self.ids, self.now = ids, now
        self.texts: dict[str, Any] = read("tam")["calls"]
        self.series: dict[str, int] = {}

    def steps(self) -> list[Step]:
        """The steps, in no order."""
        found: list[Step] = [(self.now - LOOKED, partial(series.ensure, self.now - LOOKED))]
        for held in companies():
            if held.tam:
                found += self._steps_of(held)
        found.append((self.now, partial(series.ensure, self.now)))
        return found + self._yearly()

    def _steps_of(self, held: Company) -> list[Step]:
        at = agreed_at(held, self.now)
        found: list[Step] = [(at, partial(self._agree, held, at))]
        over = past(held, self.now)
        took_place = [call for call in over if not call.left_out]
        for call in over:
            number = took_place[::-1].index(call) if call in took_place else None
            done = call.at - 3 * DAY if number is None else call.at + call.minutes * 60
            found.append((done, partial(self._end, held, call, number, done)))
        for number, (what, side, owner, due, state) in enumerate(self.texts[held.key]["actions"]):
            call = took_place[-1] if due > 0 and number < 2 else took_place[max(-2, -len(took_place))]
            at = call.at + (call.minutes + 2 + number) * 60
            found.append((min(at, self.now), partial(self._action, held, call, (what, side, owner, due, state))))
        if held.key == MOVED:
            found.append((self.now - 7200, partial(self._move_next, held)))
        said_at = took_place[-1].at + (call.minutes + 9) * 60
        found.append((min(said_at, self.now), partial(self._feedback, held, took_place[-1])))
        return found

    def _agree(self, held: Company, at: int) -> None:
        self.series[held.key] = series.agree(
            self.ids.customers[held.key],
            "",
            "every other week",
            held.call,
            TAM_ZONE,
            minutes_of(held),
            dates(held, self.now)[0].isoformat(),
            self.ids.people[held.tam],
            at,
            attendees=self._attendees(held),
        )

    def _attendees(self, held: Company) -> Sequence[str]:
        theirs = [f"{name} <{held.mail(name)}>" for name in held.contacts[:2]]
        return [self._name(held.tam), *theirs]

    def _name(self, login: str) -> str:
        return str(scalar("SELECT name FROM person WHERE id = ?", (self.ids.people[login],)))

    def _id(self, held: Company, call: Call) -> int:
        found = "SELECT id FROM review_call WHERE series_id = ? AND slot_at = ?"
        return int(scalar(found, (self.series[held.key], call.at)) or 0)

    def _end(self, held: Company, call: Call, number: int | None, at: int) -> None:
        """Hold a call, the latest being number 0, or leave it out."""
        actor, call_id = self.ids.people[held.tam], self._id(held, call)
        if number is None:
            calls.skip(call_id, call.left_out, actor, at)
            return
        calls.hold(call_id, actor, at, call.minutes, log_time=True)
        notes = self.texts[held.key]["notes"]
        if number < len(notes):
            version = calls.call(call_id).version
            calls.write(call_id, actor, min(at + 60, self.now), version, notes=notes[number].strip())

    def _action(self, held: Company, call: Call, told: tuple[str, str, str, int, str]) -> None:
        what, side, owner, due, state = told
        actor = self.ids.people[held.tam]
        at = min(call.at + (call.minutes + 5) * 60, self.now)
        due_on = self._working_day(due, 1 if due > 0 else -1).isoformat()
        added = actions.add(
            self.ids.customers[held.key],
            what,
            side,
            owner,
            due_on,
            actor,
            at,
            call_id=self._id(held, call),
            person_id=actor if side == actions.OURS else None,
        )
        if state == actions.DONE:
            actions.done(added, actor, max(at, min(self.now, self.now + due * DAY)))

    def _move_next(self, held: Company) -> None:
        at, actor = self.now - 7200, self.ids.people[held.tam]
        call_id, planned = one(
            "SELECT id, at FROM review_call WHERE series_id = ? AND state = 'planned' AND at > ? ORDER BY at LIMIT 1",
            (self.series[held.key], self.now),
        ) or (0, 0)
        local = local_of(TAM_ZONE, planned) + timedelta(days=1)
        calls.move(call_id, instant_of(local), actor, at, "Bill is at the auditors' on that day")

    def _feedback(self, held: Company, call: Call) -> None:
        at, customer = min(call.at + (call.minutes + 9) * 60, self.now), self.ids.customers[held.key]
        wish = scalar(
            "SELECT t.id FROM ticket t LEFT JOIN request q ON q.ticket_id = t.id WHERE t.customer_id = ?"
            " AND t.severity = 4 ORDER BY COALESCE(q.scenario, '') = 'feature-request' DESC, t.id LIMIT 1",
            (customer,),
        )
        for what, why in self.texts[held.key]["feedback"]:
            feedback.log(customer, what, why, self.ids.people[held.tam], at, self._id(held, call), wish)
            wish = None

    def _yearly(self) -> list[Step]:
        """A service review that is planned, and one that was held."""
        by_key = {held.key: held for held in companies()}
        ahead = self._working_day(20, 1)
        before = self._working_day(-38, -1)
        planned, asked = self.now - 6 * DAY, morning(before - FORTNIGHT)
        return [
            (planned, partial(self._plan_yearly, by_key[YEARLY_AHEAD], morning(ahead, 14), planned)),
            (asked, partial(self._plan_yearly, by_key[YEARLY_HELD], morning(before, 8), asked)),
            (morning(before, 9), partial(self._hold_yearly, by_key[YEARLY_HELD], morning(before, 9))),
        ]

    def _working_day(self, days: int, step: int) -> date:
        """A working day so many days from now, or the next one in the direction of a step."""
        day = local_of(TAM_ZONE, self.now).date() + timedelta(days=days)
        while not is_working_day(day):
            day += timedelta(days=step)
        return day

    def _plan_yearly(self, held: Company, when: int, at: int) -> None:
        actor = self.ids.people[held.tam]
        names = self._attendees(held)
        customer = self.ids.customers[held.key]
        calls.plan(customer, when, 60, SERVICE_REVIEW, "", actor, at, zone=TAM_ZONE, attendees=names)

    def _hold_yearly(self, held: Company, at: int) -> None:
        found = "SELECT id FROM review_call WHERE customer_id = ? AND kind = ?"
        call_id = int(scalar(found, (self.ids.customers[held.key], SERVICE_REVIEW)) or 0)
        calls.hold(call_id, self.ids.people[held.tam], at)
