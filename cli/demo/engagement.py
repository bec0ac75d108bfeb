"""The TAMs' side of the demo: time spent, review calls, onboardings; all counted from the customer's local date."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from cli.demo.companies import Company, company
from cli.demo.texts import read
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
