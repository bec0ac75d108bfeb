"""What happens on each ticket of the demo, and when: counted backwards from now, so that the desk is always alive."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from cli.demo.cast import SOLVED, UNANSWERED, WAITING, Part
from cli.demo.casting import Casting, Role, engineers, filler
from cli.demo.companies import Company, Promise, company, promise, terms
from cli.demo.texts import Filler
from sla.calendar import Calendar, calendar_of
from sla.hours import SupportHours
from sla.wall import local_of

MINUTE, HOUR, DAY = 60, 3600, 86_400
HISTORY_DAYS = 90
CLOSED_AFTER = 8 * DAY
ESCALATION_REASONS = {
    "urgent": "Release tonight depends on it; their CTO called and asks for a manager.",
    "non-urgent": "They would like a manager to look at how long this takes.",
}
NUDGES = (
    "Any news? We are still waiting for a first answer.",
    "Could somebody please have a look? It is getting worse.",
    "Is anybody on this? I have to report to management in a few minutes.",
    "Just checking that this has reached you. Nothing has changed on our side.",
)
_OFFICE = SupportHours.parse(
    {
        "name": "office",
        "zone": "Europe/Zurich",
        "week": {day: [["08:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
    }
)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens on a ticket: receive, claim, wrote, reply, note, escalate, solve or close.

    `who` is a login, or empty for the customer; `text` is what they write; `then` the state after a reply.
    """

    at: int
    what: str
    who: str = ""
    text: str = ""
    then: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """A ticket from its receipt to now."""

    role: Role
    subject: str
    contact: str
    events: tuple[Event, ...]


def scripts(seed: int, now: int) -> list[Script]:
    """All tickets of a demo, oldest first; the same for the same seed and instant."""
    roles = Casting(Random(f"cast {seed}")).roles()
    written = [
        _Writer(role, Random(f"{seed} {index} {role.problem.id}"), now).write() for index, role in enumerate(roles)
    ]
    return sorted(written, key=lambda script: script.events[0].at)


class _Writer:
    """Writes one ticket."""

    def __init__(self, role: Role, chance: Random, now: int) -> None:
        self.role, self.part, self.chance, self.now = role, role.part, chance, now
        self.company: Company = company(self.part.company)
        self.promise: Promise | None = promise(self.part.company, self.part.severity)
        self.contact = chance.choice(self.company.contacts)
        self.owner = self._owner()

    def write(self) -> Script:
        """Receipt, then the talk as far as the ticket is."""
        events = self._unanswered() if self.part.state == UNANSWERED else self._answered()
        texts = self._filler(events[0].at)
        subject = texts.fill(self.role.subject)
        filled = tuple(self._signed(event, texts) for event in events)
        return Script(self.role, subject, self.contact, filled)

    def _owner(self) -> str:
        """Engineers mostly; a TAM answers some of their own customers' questions."""
        own = self.part.queue == "onboarding" or (self.part.severity == 4 and self.chance.random() < 0.3)
        if own and self.company.tam:
            return self.company.tam
        return self.chance.choice(engineers())

    def _unanswered(self) -> list[Event]:
        """A ticket that waits for its first answer; its receipt follows from what its clock has left."""
        received = self._receipt()
        events = [Event(received, "receive", text=self.role.opening)]
        if self.chance.random() < (0.45 if self.part.calm else 0.3) and self.part.severity > 1:
            claimed = received + self.chance.randint(4 * MINUTE, 50 * MINUTE)
            if claimed < self.now:
                events.append(Event(claimed, "claim", self.owner))
        if self.part.left is not None and self.part.left < 0:
            asked = received + (self.now - received) * 3 // 4
            events.append(Event(asked, "wrote", text=self.chance.choice(NUDGES)))
        return events

    def _receipt(self) -> int:
        if self.promise is None:
            return self._daytime(self.now - self.chance.randint(2 * HOUR, 5 * DAY))
        left = self.part.left
        if left is None:
            left = int(self.promise.seconds * self.chance.uniform(0.3, 0.96))
        return self.promise.calendar.subtract(self.now, self.promise.seconds - left)

    def _answered(self) -> list[Event]:
        """A ticket whose talk has begun; it is moved back until all of it lies in the past."""
        back = self._first_guess()
        while True:
            events = self._talk(self._daytime(self.now - back))
            ends = self._escalated_at() or self.now - 5 * MINUTE
            if events[-1].at < ends:
                return self._finish(events)
            back += max(events[-1].at - ends, HOUR) + HOUR

    def _first_guess(self) -> int:
        if self.part.state == SOLVED:
            return self.chance.randint(2 * DAY, HISTORY_DAYS * DAY)
        return self.chance.randint(5 * HOUR, 6 * DAY)

    def _daytime(self, instant: int) -> int:
        """An instant near the given one, and not later, at which people of the customer write."""
        desk = calendar_of(_office_in(self.company.zone))
        if self.part.severity == 1 or self.chance.random() < 0.06 or desk.is_open(instant):
            return instant
        return desk.subtract(instant, self.chance.randint(MINUTE, 7 * HOUR))

    def _talk(self, received: int) -> list[Event]:
        """The lines of the talk up to where the ticket stands, with their instants."""
        events = [Event(received, "receive", text=self.role.opening)]
        at = self._first_answer(received)
        lines = self._lines()
        first = next(index for index, (who, _) in enumerate(lines) if who == "v")
        for index, (who, text) in enumerate(lines):
            if index > first or who == "c":
                at = self._next(at, who)
            events.append(self._event(at if index >= first else (received + at) // 2, who, text, lines[index + 1 :]))
        if self.part.state == SOLVED and lines[-1][0] != "v":
            events.append(Event(self._next(at, "v"), "solve", self.owner))
        return events

    def _lines(self) -> list[tuple[str, str]]:
        """The talk, or as much of it as has been said; a thank-you at its end only where nothing else is left."""
        talk = list(self.role.problem.talk)
        if self.part.state == SOLVED:
            return talk
        ends = "v" if self.part.state == WAITING else "c"
        stops = [index for index, (who, _) in enumerate(talk) if who == ends]
        asking = [index for index in stops if "?" in talk[index][1]] if ends == "v" else stops[:-1][:2]
        return talk[: self.chance.choice(asking or stops) + 1]

    def _event(self, at: int, who: str, text: str, rest: list[tuple[str, str]]) -> Event:
        if who == "c":
            return Event(at, "wrote", text=text)
        if who == "n":
            return Event(at, "note", self.owner, text)
        if rest:
            following = next((each for each, _ in rest if each != "n"), "")
            then = "waiting" if following == "c" or not following else "open"
        else:
            then = "solved" if self.part.state == SOLVED else "waiting"
        return Event(at, "reply", self.owner, text, then)

    def _first_answer(self, received: int) -> int:
        if self.promise is None:
            return calendar_of(_OFFICE).add(received, self.chance.randint(40 * MINUTE, 9 * HOUR))
        if self.part.late:
            return self.promise.calendar.add(received, self.promise.seconds + self.part.late)
        share = self.chance.uniform(0.12, 0.85)
        return self.promise.calendar.add(received, max(int(self.promise.seconds * share), 3 * MINUTE))

    def _next(self, at: int, who: str) -> int:
        """When the next line is written; a critical problem is worked on without a break."""
        if self.part.severity == 1:
            return at + self.chance.randint(6 * MINUTE, 24 * MINUTE)
        zone = self.company.zone if who == "c" else "Europe/Zurich"
        quick = self.part.severity == 2
        gap = self.chance.randint(9 * MINUTE, (2 if quick else 6) * HOUR)
        return calendar_of(_office_in(zone)).add(at, gap)

    def _finish(self, events: list[Event]) -> list[Event]:
        """Add what happens after the talk: an escalation, or the closing of what has been solved for long."""
        raised = self._escalated_at()
        if raised is not None and self.part.escalation is not None:
            kind = self.part.escalation[0]
            events.append(Event(raised, "escalate", self.owner, ESCALATION_REASONS[kind], kind))
        if self.part.state == SOLVED and events[-1].at < self.now - CLOSED_AFTER:
            events.append(Event(events[-1].at + 7 * DAY, "close", self.owner))
        return events

    def _escalated_at(self) -> int | None:
        if self.part.escalation is None:
            return None
        kind, left = self.part.escalation
        calendar, seconds = _escalation(self.part, kind)
        return calendar.subtract(self.now, seconds - left)

    def _filler(self, received: int) -> Filler:
        began = local_of(self.company.zone, received - self.chance.randint(5 * MINUTE, 40 * MINUTE))
        day = local_of(self.company.zone, received - self.chance.randint(1, 3) * DAY)
        moment = {
            "since": f"{began:%H:%M}",
            "day": f"{day:%A}",
            "weekday": f"{local_of(self.company.zone, received) + timedelta(days=self.chance.randint(2, 6)):%A}",
        }
        return filler(self.role, self.contact, moment, self.chance)

    def _signed(self, event: Event, texts: Filler) -> Event:
        """The event with its text filled, and greeted and signed as people do."""
        if not event.text:
            return event
        text = texts.fill(event.text)
        first = self.contact.split()[0]
        if event.what == "reply":
            text = f"Hello {first},\n\n{text}\n\n{event.who.capitalize()}"
        elif event.what in ("receive", "wrote"):
            text = f"{text}\n\n{self.chance.choice(('Regards', 'Thanks', 'Best regards', 'Kind regards'))}, {first}"
        return Event(event.at, event.what, event.who, text, event.then)


def _office_in(zone: str) -> SupportHours:
    return SupportHours.parse(_OFFICE.to_mapping() | {"zone": zone})


def _escalation(part: Part, kind: str) -> tuple[Calendar, int]:
    """The calendar and open seconds in which a manager answers."""
    escalation, hours = terms(part.company).escalation(kind, part.severity)
    calendar = calendar_of(hours.value)
    seconds = escalation.objective.value.seconds(calendar)
    if seconds is None:
        raise ValueError(f"{part.company} is promised no answer to an escalation")
    return calendar, seconds
