"""Whether an onboarding is on track, at risk, blocked or late, and why, in words; and what a person says instead."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from models.access import require
from models.journal import transaction
from models.onboardings import Onboarding
from models.reading import one
from onboarding.errors import OnboardingRefused
from onboarding.rules import MANAGERS, running
from onboarding.typed import day_of, said
from onboarding.words import CUSTOMER, VENDOR
from tickets.words import days

ON_TRACK, AT_RISK, BLOCKED, LATE = "on track", "at risk", "blocked", "late"
WORDS = (ON_TRACK, AT_RISK, BLOCKED, LATE)
DAY = 86_400
PATIENCE_DAYS = 2
"""Blocked on the customer for longer than this is said aloud."""
BEHIND_PERCENT = 15
"""Progress this far behind the time elapsed is at risk."""
HALF = 50
SIDES = {VENDOR: "the vendor", CUSTOMER: "the customer"}
OVERRIDE_DAYS = 14
"""An override by hand holds for so many days at most: then the desk's own judgement stands again."""


class Block(NamedTuple):
    """An item that waits: for which side, for whom by name (or empty), and for how many seconds."""

    title: str
    side: str
    by: str
    seconds: int


class Overdue(NamedTuple):
    """An unfinished item past its day; `waiting` is how many others need it first."""

    title: str
    due_on: str
    waiting: int


class Facts(NamedTuple):
    """What health is judged by; percent from 0 to 100, days until the go-live negative once it has gone by.

    `unproven` counts the criteria without evidence, `proof_elapsed` is the share of the proof of value's time that is
    gone and `days_to_proof_end` negative once its end has gone by: None in any other phase. `too_late` are the titles
    of unfinished items that are due after the go-live.
    """

    progress: int
    elapsed: int
    days_to_go_live: int
    live: bool = False
    blocked: tuple[Block, ...] = ()
    missed_sessions: tuple[str, ...] = ()
    overdue: tuple[Overdue, ...] = ()
    unproven: int = 0
    proof_elapsed: int | None = None
    days_to_proof_end: int | None = None
    too_late: tuple[str, ...] = ()


class Health(NamedTuple):
    """A word, and the reasons for it, the most important first."""

    word: str
    reasons: tuple[str, ...]


class Override(NamedTuple):
    """What a person says instead, why, and until which local date, that day included."""

    word: str
    reason: str
    until: str


class Shown(NamedTuple):
    """The health that counts; where a person overrode it, `computed` still says what the desk found."""

    word: str
    reasons: tuple[str, ...]
    computed: Health
    override: Override | None = None


def judge(facts: Facts, sides: Mapping[str, str] = SIDES) -> Health:
    """The health that follows from the facts; `sides` says how the two sides are called."""
    found = [*_late(facts), *_blocked(facts, sides), *_at_risk(facts)]
    if found:
        return Health(found[0][0], tuple(reason for _, reason in found))
    how_far = "and live" if facts.live else f"after {facts.elapsed} % of the time"
    return Health(ON_TRACK, (f"{facts.progress} % done {how_far}",))


def shown(computed: Health, override: Override | None, today: date) -> Shown:
    """The health that counts on a day: the override while it holds, else what was computed."""
    if override is None or not override.word or override.until < today.isoformat():
        return Shown(computed.word, computed.reasons, computed)
    return Shown(override.word, (override.reason,), computed, override)


def override(
    onboarding_id: int,
    word: str,
    reason: str,
    actor: int,
    at: int,
    *,
    until: str | None = None,
    version: int | None = None,
) -> Override:
    """Say what the health is instead, for up to 14 days (so long where no date is named); TAM and lead only."""
    with transaction(actor, at, "override_health") as tx:
        person = require(actor, *MANAGERS)
        held = running(onboarding_id)
        if word not in WORDS:
            raise OnboardingRefused(f"{word!r} is no health; use {', '.join(WORDS[:-1])} or {WORDS[-1]}.")
        today = held.today(at)
        last = today + timedelta(days=OVERRIDE_DAYS)
        end = day_of(until, "Until when") if until else last
        if not today <= end <= last:
            raise OnboardingRefused(f"An override holds from today until {last} at most; choose a day up to then.")
        said_instead = Override(word, said(reason, "The reason"), end.isoformat())
        tx.update(
            Onboarding,
            onboarding_id,
            version,
            health=said_instead.word,
            health_reason=said_instead.reason,
            health_until=said_instead.until,
        )
        tx.say(f"{person.name} called {held.customer} {word} until {end}: {said_instead.reason}")
    return said_instead


def clear(onboarding_id: int, actor: int, at: int, *, version: int | None = None) -> None:
    """Take an override back."""
    with transaction(actor, at, "clear_health") as tx:
        person = require(actor, *MANAGERS)
        held = running(onboarding_id)
        if override_of(onboarding_id) is None:
            raise OnboardingRefused(f"The health of {held.customer} is not overridden.")
        tx.update(Onboarding, onboarding_id, version, health="", health_reason="", health_until=None)
        tx.say(f"{person.name} took back what was said of the health of {held.customer}.")


def override_of(onboarding_id: int) -> Override | None:
    """What a person said of an onboarding's health, whether or not it still holds."""
    found = one(
        "SELECT health, health_reason, COALESCE(health_until, '') FROM onboarding WHERE id = ?",
        (onboarding_id,),
        Override,
    )
    return found if found and found.word else None


def waited(seconds: int) -> str:
    """Whole days, and the hours beside them while the days are few: "2 days 12 h", "4 days"."""
    count, hours = seconds // DAY, seconds % DAY // 3600
    return f"{days(count)} {hours} h" if count <= PATIENCE_DAYS and hours else days(count)


def _late(facts: Facts) -> list[tuple[str, str]]:
    if facts.days_to_proof_end is not None and facts.days_to_proof_end < 0:
        return [(LATE, f"the proof of value should have ended {days(-facts.days_to_proof_end)} ago")]
    if facts.live or facts.days_to_go_live >= 0:
        return []
    return [(LATE, f"the go-live was {days(-facts.days_to_go_live)} ago")]


def _too_long(facts: Facts) -> list[Block]:
    return [block for block in facts.blocked if block.seconds > PATIENCE_DAYS * DAY]


def _blocked(facts: Facts, sides: Mapping[str, str]) -> list[tuple[str, str]]:
    """What waits for the customer beyond patience: blocked; what waits so long for us: at risk."""
    theirs_first = sorted(_too_long(facts), key=lambda block: (block.side != CUSTOMER, -block.seconds))
    return [
        (
            BLOCKED if block.side == CUSTOMER else AT_RISK,
            f"{block.title}: waiting for {block.by or sides[block.side]} for {waited(block.seconds)}",
        )
        for block in theirs_first
    ]


def _at_risk(facts: Facts) -> list[tuple[str, str]]:
    found = []
    if not facts.live and facts.elapsed - facts.progress >= BEHIND_PERCENT:
        found.append(f"{facts.progress} % done after {facts.elapsed} % of the time")
    if facts.too_late and not facts.live:
        first, *more = facts.too_late
        after = "due only after the go-live"
        found.append(f"{len(facts.too_late)} items are {after}, as {first}" if more else f"{first}: {after}")
    told = {block.title for block in _too_long(facts)}
    overdue = [item for item in facts.overdue if item.title not in told]
    for item in sorted(overdue, key=lambda each: (-each.waiting, each.due_on)):
        found.append(f"{item.title}: due {item.due_on}{_waiting(item.waiting)}")
    found += [f"{title}: the session was missed and has no new time" for title in facts.missed_sessions]
    if facts.unproven and facts.proof_elapsed is not None and facts.proof_elapsed >= HALF:
        many = "criteria have" if facts.unproven > 1 else "criterion has"
        found.append(f"{facts.unproven} {many} no evidence after {facts.proof_elapsed} % of the proof of value")
    return [(AT_RISK, reason) for reason in found]


def _waiting(count: int) -> str:
    if not count:
        return ""
    return ", and another one waits for it" if count == 1 else f", and {count} others wait for it"
