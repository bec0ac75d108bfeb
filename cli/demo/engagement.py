"""The TAMs' side of the demo: time spent, review calls, onboardings; all counted from the customer's local date."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from cli.demo.companies import Company, companies, company, terms
from cli.demo.texts import read
from sla.datetimes import instant_of
from sla.hours import zone_of
from sla.wall import local_of

DAY = 86_400
FORTNIGHT = timedelta(days=14)
TAM_ZONE = "Europe/Zurich"
ACTIVITIES = (
    ("advice", "Questions on token lifetimes"),
    ("advice", "Review of the login policy"),
    ("architecture", "Second region, options and costs"),
    ("review call", "Preparation and minutes"),
    ("walk-through", "New features of the release"),
    ("advice", "Plan for passkeys"),
    ("migration", "Rehearsal, findings written down"),
    ("feedback", "Wishes collected and passed on"),
)


@dataclass(frozen=True, slots=True)
class Spent:
    """Minutes that a TAM worked for a customer on a local date."""

    on: str
    minutes: int
    activity: str
    note: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The time entries of one period, entered at an instant."""

    company: Company
    at: int
    entries: tuple[Spent, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A review call; held where it lies in the past."""

    at: int
    minutes: int
    state: str


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a checklist; due on a local date, `blocked_days` ago stopped."""

    topic: str
    title: str
    state: str
    side: str
    owner: str
    due_on: str
    blocked_since: int | None


@dataclass(frozen=True, slots=True)
class Onboarding:
    """A customer on the way to go-live."""

    company: Company
    phase: str
    revision: str
    starts_on: str
    go_live_on: str
    owner: str
    at: int
    items: tuple[Item, ...]


def today(held: Company, now: int) -> date:
    """The customer's local date."""
    return local_of(held.zone, now).date()


def term_start(held: Company, now: int) -> date:
    """When the contract's current year began."""
    age = held.days_since_start
    return today(held, now) - timedelta(days=age % 365)


def sheets(seed: int, now: int) -> Iterator[Sheet]:
    """The time of this period, spent to the customer's share of the allowance, and of up to two before it."""
    for held in companies():
        allowance = terms(held.key).allowance.value
        if allowance is None:
            continue
        chance = Random(f"{seed} time {held.key}")
        day = today(held, now)
        first = _period_start(allowance.per, day, term_start(held, now))
        target = allowance.minutes * held.tam_spent_percent // 100
        yield Sheet(held, now, _spend(chance, first, day, target))
        for _ in range(0 if allowance.per == "term" or held.days_since_start < 90 else 2):
            last = first - timedelta(days=1)
            first = _period_start(allowance.per, last, last)
            target = allowance.minutes * chance.randint(14, 19) // 20
            evening = instant_of(datetime.combine(last, time(17), tzinfo=zone_of(held.zone)))
            yield Sheet(held, min(evening, now), _spend(chance, first, last, target))


def _period_start(per: str, day: date, term: date) -> date:
    if per == "week":
        return day - timedelta(days=day.weekday())
    if per == "month":
        return day.replace(day=1)
    if per == "quarter":
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return term


def _spend(chance: Random, first: date, last: date, target: int) -> tuple[Spent, ...]:
    """Entries that add up to the target, on working days where the period has had any."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    days = [day for day in days if day.weekday() < calendar.SATURDAY] or days
    found = []
    while target:
        minutes = min(target, chance.choice((30, 45, 60, 75, 90, 120)))
        found.append(Spent(chance.choice(days).isoformat(), minutes, *chance.choice(ACTIVITIES)))
        target -= minutes
    return tuple(sorted(found, key=lambda entry: entry.on))


def calls(held: Company, now: int) -> tuple[Call, ...]:
    """A review call every other week (support annex 2023-11-15, "Technical account manager"), the next ones planned."""
    index = companies().index(held)
    day = local_of(TAM_ZONE, now).date()
    ahead = (1 + index % 3 - day.weekday()) % 7 or 7
    following = day + timedelta(days=ahead + 7 * (index % 2))
    dates = [following + FORTNIGHT * number for number in range(-5, 2)]
    oldest = day - timedelta(days=held.days_since_start - 1)
    clock, zone = time.fromisoformat(held.call), zone_of(TAM_ZONE)
    instants = [instant_of(datetime.combine(each, clock, tzinfo=zone)) for each in dates if each > oldest]
    minutes = 45 if held.badge == "ent" else 30
    return tuple(Call(at, minutes, "planned" if at > now else "held") for at in instants)


def onboardings(now: int) -> Iterator[Onboarding]:
    """The three onboardings: a proof of value, a term on time, and a late one that waits for its customer."""
    for entry in read("plans")["onboardings"]:
        held = company(entry["company"])
        day = today(held, now)
        yield Onboarding(
            company=held,
            phase=entry["phase"],
            revision=entry["revision"],
            starts_on=_on(day, entry["began"]),
            go_live_on=_on(day, entry["ends"]),
            owner=entry["owner"],
            at=now + entry["began"] * DAY,
            items=tuple(
                Item(topic, title, state, side, owner, _on(day, due), now - blocked * DAY if blocked else None)
                for topic, title, state, side, owner, due, blocked in entry["items"]
            ),
        )


def _on(day: date, days: int) -> str:
    return (day + timedelta(days=days)).isoformat()
