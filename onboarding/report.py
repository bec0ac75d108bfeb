"""The status report for the customer's eyes: done, next, blocked and by whom, risks, dates, hours; nothing internal.

What stays with us: internal evidence, notes of sessions, why an item is blocked or was left out, and why a person
overrode the health.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from contracts.current import catalogue
from contracts.words import duration_text
from models.access import require
from models.errors import NotFound
from models.journal import transaction
from models.onboardings import StatusReport
from models.reading import one, rows
from onboarding import report_reading as reading
from onboarding.criteria import criteria
from onboarding.errors import OnboardingRefused
from onboarding.evidence import EvidenceRow, evidence
from onboarding.health import ON_TRACK, judge
from onboarding.report_text import Document, Section, day_text, markdown_of
from onboarding.risks import risks
from onboarding.rules import MANAGERS, held, running
from onboarding.sessions import CANCELLED, PLANNED, sessions
from onboarding.standing import SELECT_HEAD, Head, standings
from onboarding.words import CUSTOMER, PROOF, VENDOR
from sla.wall import local_of
from tickets.words import days

Line = tuple[str, ...]
REASONS = 3
"""How many reasons stand in front; the tables below tell all of it."""


class Hours(NamedTuple):
    """The agreed hours of the running period, in minutes; `over` is what was spent beyond them."""

    period: str
    spent: int
    promised: int
    left: int
    over: int


class Report(NamedTuple):
    """How an onboarding stands at `at`, and what happened after `since` (UTC seconds); lines are plain text.

    `done`: what, topic, day, evidence. `next`: what, who, due. `blocked`: what, on whom, since when. `criteria`: what,
    measure, target, found, result. `sessions`: what, kind, when, state. `risks`: what, who, next step, by when.
    `dates`: what, day. Progress and elapsed are percent. `goal_on` is the local date that the phase leads to:
    go-live, or the end of the proof of value. Times of day are in `zone`.
    """

    onboarding_id: int
    customer: str
    phase: str
    at: int
    since: int | None
    on: str
    since_on: str | None
    health: str
    reasons: tuple[str, ...]
    done_count: int
    needed: int
    progress: int
    elapsed: int
    go_live_on: str
    days_left: int
    live: bool
    done: tuple[Line, ...]
    next: tuple[Line, ...]
    blocked: tuple[Line, ...]
    criteria: tuple[Line, ...]
    sessions: tuple[Line, ...]
    risks: tuple[Line, ...]
    dates: tuple[Line, ...]
    hours: Hours | None
    zone: str
    goal_on: str


class KeptReport(NamedTuple):
    """A report as it was given out."""

    id: int
    at: int
    person: str | None
    body: str


def report(onboarding_id: int, now: int, since: int | None = None) -> Report:
    """How an onboarding stands; without `since` from where the last kept report ended, else from the beginning."""
    head = one(f"{SELECT_HEAD} WHERE o.id = ?", (onboarding_id,), Head)
    if head is None:
        raise NotFound(f"There is no onboarding {onboarding_id}; look at the list again.")
    stands = standings([head], now)[onboarding_id]
    facts = stands.facts
    begin = reading.last_report(onboarding_id) if since is None else since
    told = _Telling(head, now)
    return Report(
        onboarding_id=onboarding_id,
        customer=head.customer,
        phase=head.phase,
        at=now,
        since=begin,
        on=told.day(now),
        since_on=None if begin is None else told.day(begin),
        health=stands.health.word,
        reasons=() if stands.health.override else judge(facts, told.companies).reasons,
        done_count=stands.done,
        needed=len(stands.items),
        progress=facts.progress,
        elapsed=facts.elapsed,
        go_live_on=head.go_live_on,
        days_left=facts.days_to_go_live,
        live=facts.live,
        done=told.done(begin),
        next=told.next(),
        blocked=told.blocked(),
        criteria=tuple(
            (each.what, each.measure, each.target, each.found, each.state) for each in criteria(onboarding_id)
        ),
        sessions=told.sessions(begin),
        risks=told.risks(),
        dates=told.dates(),
        hours=_hours(head.customer_id, now),
        zone=head.zone,
        goal_on=told.goal(),
    )


def document(told: Report) -> Document:
    """A report in sections, those with nothing to say left out where that says nothing."""
    after = f" since {day_text(told.since_on)}" if told.since_on else " so far"
    sections = [
        Section("In short", _summary(told), points=_reasons(told)),
        _section(f"Done{after}", told.done, ("What", "Topic", "Finished", "Evidence"), "Nothing was finished."),
        _section("Next", told.next, ("What", "Who", "Due"), "Nothing is left to do."),
        _section("Blocked", told.blocked, ("What", "Waits for", "Since"), "Nothing is blocked."),
        _section("Success criteria", told.criteria, ("What", "Measure", "Target", "Found", "Result")),
        _section("Sessions", told.sessions, ("What", "Kind", f"When ({told.zone})", "State")),
        _section("Risks", told.risks, ("Risk", "Who looks after it", "Next step", "By"), "No risk is open."),
        _section("Dates", told.dates, ("What", "When")),
        Section("Hours", _hours_told(told.hours)) if told.hours else Section(""),
    ]
    below = f"{told.phase.capitalize()}, as of {day_text(told.on)}"
    kept = tuple(section for section in sections if section.sentences or section.lines)
    return Document(f"Onboarding of {told.customer}: status", below, kept)


def markdown(told: Report) -> str:
    """The report as Markdown; what people typed is text in it, never markup."""
    return markdown_of(document(told))


def keep(onboarding_id: int, body: str, actor: int, at: int) -> int:
    """Keep a report as it was given to the customer and answer its id; the next one begins here."""
    with transaction(actor, at, "keep_report") as tx:
        person = require(actor, *MANAGERS)
        onboarding = running(onboarding_id)
        if not body.strip():
            raise OnboardingRefused("The report is empty; nothing was kept.")
        report_id = tx.insert(StatusReport, onboarding=onboarding_id, person=actor, at=at, body=body)
        tx.say(f"{person.name} gave {onboarding.customer} a status report.", seen=True)
    return report_id


def kept(onboarding_id: int) -> list[KeptReport]:
    """The reports that were given out, the newest first."""
    held(onboarding_id)
    return rows(
        "SELECT r.id, r.at, p.name, r.body FROM status_report r LEFT JOIN person p ON p.id = r.person_id"
        " WHERE r.onboarding_id = ? ORDER BY r.at DESC, r.id DESC",
        (onboarding_id,),
        KeptReport,
    )


class _Telling:
    """Turns rows into lines that a customer reads."""

    def __init__(self, head: Head, now: int) -> None:
        self._head = head
        self._now = now
        revision = held(head.id).revision
        vendor = catalogue().governing("onboarding", revision).vendor.name
        self.companies = {VENDOR: vendor, CUSTOMER: head.customer}

    def day(self, instant: int) -> str:
        """The customer's date of an instant."""
        return local_of(self._head.zone, instant).date().isoformat()

    def done(self, since: int | None) -> tuple[Line, ...]:
        """What got done, with the evidence that is not internal."""
        shown: dict[int | None, list[EvidenceRow]] = {}
        for piece in evidence(self._head.id, public_only=True):
            shown.setdefault(piece.item_id, []).append(piece)
        return tuple(
            (
                item.title,
                item.topic,
                "" if item.at is None else day_text(self.day(item.at)),
                _listed(shown.get(item.id, [])),
            )
            for item in reading.finished(self._head.id, since, self._now)
        )

    def next(self) -> tuple[Line, ...]:
        """What is under way or due first."""
        today = self.day(self._now)
        return tuple(
            (item.title, self._who(item.side, item.owner), _due(item.due_on, today))
            for item in reading.ahead(self._head.id)
        )

    def blocked(self) -> tuple[Line, ...]:
        """What waits, and for whom."""
        return tuple(
            (item.title, self._who(item.side, item.by), day_text(self.day(item.since)))
            for item in reading.waiting(self._head.id)
        )

    def sessions(self, since: int | None) -> tuple[Line, ...]:
        """Those that are planned, and those that were held or missed since."""
        return tuple(
            (row.title, row.kind, self._moment(row.starts_at), row.state)
            for row in sessions(self._head.id)
            if row.state == PLANNED or (row.state != CANCELLED and row.starts_at > (since or 0))
        )

    def risks(self) -> tuple[Line, ...]:
        """The open ones."""
        return tuple(
            (each.what, each.owner, each.next_step, day_text(each.due_on) if each.due_on else "")
            for each in risks(self._head.id)
        )

    def dates(self) -> tuple[Line, ...]:
        """Start, ends of phases, and go-live."""
        head = self._head
        found = [(head.starts_on, "Start")]
        if head.phase != PROOF or head.go_live_on > self.goal():
            found.append((head.go_live_on, "Go-live"))
        for phase in reading.phases(head.id):
            found.append((phase.ended_on or phase.ends_on, f"End of the {phase.phase}"))
        return tuple((what, day_text(on)) for on, what in sorted(found))

    def goal(self) -> str:
        """The local date that the phase leads to; a proof of value ends before a go-live that was agreed for later."""
        head = self._head
        ends = [phase.ends_on for phase in reading.phases(head.id) if phase.phase == PROOF == head.phase]
        return min([head.go_live_on, *ends])

    def _moment(self, instant: int) -> str:
        local = local_of(self._head.zone, instant)
        return f"{day_text(local.date())} {local:%H:%M}"

    def _who(self, side: str, name: str) -> str:
        company = self.companies[side]
        return f"{name} ({company})" if name and name != company else company


def _section(heading: str, lines: tuple[Line, ...], columns: Line, otherwise: str = "") -> Section:
    if lines:
        return Section(heading, (), columns, lines)
    return Section(heading, (otherwise,) if otherwise else ())


def _summary(told: Report) -> tuple[str, ...]:
    left = (date.fromisoformat(told.goal_on) - date.fromisoformat(told.on)).days
    to_go = "" if told.live else f", {_to_go(left)}"
    return (
        f"The onboarding is {told.health}.",
        f"{told.done_count} of {told.needed} items are done ({told.progress} %); {told.elapsed} % of the time is gone.",
        f"{_goal(told.phase)}: {day_text(told.goal_on)}{to_go}.",
    )


def _reasons(told: Report) -> tuple[str, ...]:
    """Why it is not on track; being on track is told by the progress already."""
    if told.health == ON_TRACK:
        return ()
    more = len(told.reasons) - REASONS
    rest = (f"{more} more below.",) if more > 0 else ()
    return (*(f"{reason[:1].upper()}{reason[1:]}." for reason in told.reasons[:REASONS]), *rest)


def _goal(phase: str) -> str:
    """What the dates of an onboarding lead to: a proof of value has no go-live yet."""
    return "End of the proof of value" if phase == PROOF else "Go-live"


def _to_go(count: int) -> str:
    if count > 0:
        return f"in {days(count)}"
    return "today" if count == 0 else f"{days(-count)} ago"


def _due(due_on: str | None, today: str) -> str:
    if due_on is None:
        return ""
    return f"{day_text(date.fromisoformat(due_on))}{' (overdue)' if due_on < today else ''}"


def _listed(pieces: list[EvidenceRow]) -> str:
    return "; ".join(piece.text for piece in pieces)


def _hours_told(hours: Hours) -> tuple[str, ...]:
    used = f"{duration_text(hours.spent)} of {duration_text(hours.promised)} are used"
    rest = f"{duration_text(hours.over)} beyond them" if hours.over else f"{duration_text(hours.left)} are left"
    return (f"{hours.period}: {used}, {rest}.",)


def _hours(customer_id: int, now: int) -> Hours | None:
    """The hours of the running period; None where none are promised."""
    from tam.balance import balance

    held = balance(customer_id, now)
    return Hours(held.period.label, held.spent, held.promised, held.left, held.over) if held.promised else None
