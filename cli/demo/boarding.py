"""The onboardings of the demo, told by the operations that people use: started, worked on, blocked, reported."""

from calendar import SATURDAY
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from typing import Any

from cli.demo.companies import Company, company
from cli.demo.spending import DAY, today
from cli.demo.telling import Ids, Step
from cli.demo.texts import read
from models.reading import rows, scalar
from onboarding import criteria, evidence, gates, items, phases, report, risks, scope, sessions, starting, tailoring
from onboarding.evidence import About
from onboarding.open_days import next_open, working_days
from onboarding.words import CONTINUE, GATE_PROOF, MET, PROOF, TERM, TOPIC, VENDOR
from sla.datetimes import instant_of
from sla.hours import zone_of

BLOCKED_DAYS = 4
HELPER = "eva"
WITH_HELPER = ("Architecture", "DevOps (operation)")
"""Topics in which an engineer does the vendor's part."""
JUDGED = 17
"""Days that a proof of value goes before it is judged, at the most."""


@dataclass(frozen=True, slots=True)
class Tale:
    """An onboarding as the content tells it; days are relative to now, None for a phase that never was."""

    company: str
    owner: str
    proof: int | None = None
    term: int | None = None
    slow: list[str] = field(default_factory=list)
    not_needed: list[list[str]] = field(default_factory=list)
    own: list[list[Any]] = field(default_factory=list)
    blocked: list[list[str]] = field(default_factory=list)
    criteria: list[list[str]] = field(default_factory=list)
    sessions: list[list[Any]] = field(default_factory=list)
    risks: list[list[Any]] = field(default_factory=list)
    scope: list[list[Any]] = field(default_factory=list)
    evidence: list[list[Any]] = field(default_factory=list)
    reports: list[int] = field(default_factory=list)

    @property
    def began(self) -> int:
        """The day of the first phase."""
        return min(day for day in (self.proof, self.term) if day is not None)


@cache
def tales() -> tuple[Tale, ...]:
    """The three onboardings: a proof of value, a term on time, and a late one that waits for its customer."""
    return tuple(Tale(**entry) for entry in read("plans")["onboardings"])


class Boarding:
    """One onboarding, and when each step of it came."""

    def __init__(self, ids: Ids, tale: Tale, now: int) -> None:
        self.ids, self.tale, self.now = ids, tale, now
        self.held: Company = company(tale.company)
        self.id = 0

    @property
    def actor(self) -> int:
        """The TAM who looks after it."""
        return self.ids.people[self.tale.owner]

    def steps(self) -> list[Step]:
        """The steps, those of one instant in their order."""
        tale = self.tale
        phase = PROOF if tale.proof is not None else TERM
        found = [self._step(tale.began, 8, partial(self._start, phase))]
        if tale.criteria:
            found.append(self._step(tale.began + 1, 11, self._agree))
            judged = min(tale.began + JUDGED, -2)
            found.append(self._step(judged, 15, self._judge))
        if tale.proof is not None and tale.term is not None:
            found.append(self._step(tale.term, 9, self._continue))
        found += [
            self._step(day, 16, self._work) for day in range(tale.began + 1, 0) if self._day(day).weekday() < SATURDAY
        ]
        found += [self._step(day, 12, self._report) for day in tale.reports]
        return found + self._besides()

    def _besides(self) -> list[Step]:
        """What stands beside the checklist."""
        tale = self.tale
        entered = tale.began if tale.term is None else tale.term
        found = [self._step(entered + 1, 10, self._tailor)]
        for told in tale.sessions:
            found.append(self._step(max(entered + 1, min(told[2] - 12, -3)), 12, partial(self._plan_session, told)))
            if told[6] != sessions.PLANNED:
                found.append(self._step(told[2], 18, partial(self._end_session, told)))
        found += [self._step(max(-9, tale.began + 2), 11, partial(self._risk, told)) for told in tale.risks]
        found += [self._step(told[2], 13, partial(self._asked, told)) for told in tale.scope]
        found += [self._step(-4, 17, partial(self._evidence, told)) for told in tale.evidence]
        blocked = self.now - BLOCKED_DAYS * DAY
        return [*found, *((blocked, partial(self._block, told, blocked)) for told in tale.blocked)]

    def _day(self, days: int) -> date:
        return today(self.held, self.now) + timedelta(days=days)

    def _weekday(self, days: int) -> date:
        """The day, or the Monday after it."""
        day = self._day(days)
        return day + timedelta(days=7 - day.weekday() if day.weekday() >= SATURDAY else 0)

    def _step(self, days: int, hour: int, what: Any) -> Step:
        on = datetime.combine(self._weekday(days), time(hour), tzinfo=zone_of(self.held.zone))
        at = min(instant_of(on), self.now)
        return at, partial(what, at)

    def _open(self, days: int, at: int) -> date:
        """The working day of the customer's, from that day on."""
        return next_open(self._day(days), working_days(self.ids.customers[self.held.key], at))

    def _start(self, phase: str, at: int) -> None:
        customer = self.ids.customers[self.held.key]
        self.id = starting.start(customer, self.actor, at, self._open(self.tale.began, at), phase=phase)
        self._give(at)

    def _give(self, at: int) -> None:
        """Everybody knows what is theirs."""
        unowned = "SELECT id, side, topic FROM onboarding_item WHERE onboarding_id = ? AND owner = '' ORDER BY position"
        for number, (item_id, side, topic) in enumerate(rows(unowned, (self.id,))):
            if side == VENDOR:
                who = HELPER if topic in WITH_HELPER else self.tale.owner
                items.give(item_id, self.actor, at, person=self.ids.people[who])
            else:
                items.give(item_id, self.actor, at, contact=self.held.contacts[number % len(self.held.contacts)])

    def _agree(self, at: int) -> None:
        for what, measure, target, *_ in self.tale.criteria:
            criteria.add(self.id, what, self.actor, at, measure=measure, target=target)
        criteria.agree_all(self.id, self.actor, at)

    def _judge(self, at: int) -> None:
        for row, (_, _, _, shown, outcome, state) in zip(criteria.criteria(self.id), self.tale.criteria, strict=True):
            if shown:
                evidence.add_note(self.id, shown, self.actor, at, about=About(criterion_id=row.id))
            if state:
                criteria.judge(row.id, outcome, state == MET, self.actor, at)

    def _continue(self, at: int) -> None:
        reason = "All criteria are met, and the operators want it"
        phases.decide(self.id, CONTINUE, self.actor, at, reason)
        gates.pass_gate(self.id, GATE_PROOF, self.actor, at)
        self._give(at)

    def _tailor(self, at: int) -> None:
        """Fit the checklist to the customer."""
        for key, reason in self.tale.not_needed:
            items.not_needed(self._item(key), reason, self.actor, at)
        topic = "Integration" if self.tale.term is not None else PROOF.capitalize()
        for title, side, day, means in self.tale.own:
            due = self._open(day, at)
            tailoring.add(self.id, title, self.actor, at, topic=topic, side=side, part=TOPIC, done_means=means, due=due)
        self._give(at)

    def _work(self, at: int) -> None:
        """Start what is to begin, and finish what is due by tomorrow, where nothing has to come before."""
        ready = (
            "SELECT i.id, i.key, i.state, i.due_on <= ? FROM onboarding_item i WHERE i.onboarding_id = ?"
            " AND i.state IN ('to do', 'doing') AND i.starts_on <= ? AND NOT EXISTS (SELECT 1 FROM item_need n"
            " JOIN onboarding_item m ON m.id = n.needed_id WHERE n.item_id = i.id"
            " AND m.state NOT IN ('done', 'not needed')) ORDER BY i.position"
        )
        day = today(self.held, at)
        tomorrow = (day + timedelta(days=1)).isoformat()
        for item_id, key, state, is_due in rows(ready, (tomorrow, self.id, day.isoformat())):
            if is_due and key not in self.tale.slow:
                items.done(item_id, self.actor, at)
            elif state == "to do":
                items.start(item_id, self.actor, at)

    def _block(self, told: list[str], at: int) -> None:
        key, by, why = told
        items.block(self._item(key), by, why, self.actor, at)

    def _plan_session(self, told: list[Any], at: int) -> None:
        kind, title, day, hour, minutes, audience, *_, covers = told
        on = self._open(day, at) if day > 0 else self._weekday(day)
        begins = instant_of(datetime.combine(on, time(hour), tzinfo=zone_of(self.held.zone)))
        about = [self._item(key) for key in covers]
        sessions.plan(self.id, kind, title, begins, minutes, self.actor, at, audience=audience, covers=about)

    def _end_session(self, told: list[Any], at: int) -> None:
        _, title, *_, state, told_why, _ = told
        found = scalar('SELECT id FROM "session" WHERE onboarding_id = ? AND title = ?', (self.id, title))
        end = sessions.hold if state == sessions.HELD else sessions.miss
        end(int(found or 0), told_why, self.actor, at)

    def _risk(self, told: list[Any], at: int) -> None:
        what, owner, next_step, day = told
        due_on = self._day(day).isoformat()
        risks.add(self.id, what, owner, self.actor, at, next_step=next_step, due_on=due_on)

    def _asked(self, told: list[Any], at: int) -> None:
        what, asked_by, _, state = told
        request = scope.record(self.id, what, asked_by, self.actor, at)
        if state == scope.ANSWERED:
            scope.answer(request, self.actor, at)
        elif state == scope.QUOTED:
            scope.quote(request, self.actor, at)

    def _evidence(self, told: list[Any], at: int) -> None:
        key, kind, text, internal = told
        add = evidence.add_link if kind == evidence.LINK else evidence.add_note
        add(self.id, text, self.actor, at, about=About(item_id=self._item(key)), internal=internal)

    def _report(self, at: int) -> None:
        report.keep(self.id, report.markdown(report.report(self.id, at)), self.actor, at)

    def _item(self, key: str) -> int:
        return int(scalar("SELECT id FROM onboarding_item WHERE onboarding_id = ? AND key = ?", (self.id, key)) or 0)
