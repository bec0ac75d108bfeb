"""What every operation on an onboarding asks first."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from models.errors import NotFound
from models.journal import Transaction
from models.reading import one
from models.words import ENGINEER, LEAD, TAM
from onboarding.errors import OnboardingRefused
from onboarding.words import RUNNING
from sla.wall import local_of
from tickets.words import clean_line

WORKERS = (ENGINEER, TAM, LEAD)
"""Who works on items."""
MANAGERS = (TAM, LEAD)
"""Who starts an onboarding, and decides about its phases, dates and scope."""


class Done(NamedTuple):
    """What was done to an onboarding, in a sentence; no operation where nothing changed."""

    onboarding_id: int
    sentence: str
    operation_id: int | None


class Held(NamedTuple):
    """The columns of an onboarding that operations decide by; dates are ISO and local to the customer."""

    id: int
    customer_id: int
    customer: str
    zone: str
    phase: str
    revision: str
    starts_on: str
    go_live_on: str
    owner_id: int | None
    state: str
    plan: str
    template: str
    version: int

    def today(self, at: int) -> date:
        """The customer's date at an instant (UTC seconds)."""
        return local_of(self.zone, at).date()


class HeldItem(NamedTuple):
    """The columns of an item that operations decide by."""

    id: int
    onboarding_id: int
    title: str
    state: str
    side: str
    part: str
    owner: str
    version: int


def held(onboarding_id: int) -> Held:
    """Read an onboarding; NotFound where there is none of this number."""
    found = one(
        "SELECT o.id, o.customer_id, c.name, c.zone, o.phase, o.revision, o.starts_on, o.go_live_on, o.owner_id,"
        " o.state, o.plan, o.template, o.version FROM onboarding o JOIN customer c ON c.id = o.customer_id"
        " WHERE o.id = ?",
        (onboarding_id,),
        Held,
    )
    if found is None:
        raise NotFound(f"There is no onboarding {onboarding_id}; look at the list again.")
    return found


def running(onboarding_id: int) -> Held:
    """Read an onboarding that is still under way; OnboardingRefused where it is over."""
    found = held(onboarding_id)
    if found.state != RUNNING:
        raise OnboardingRefused(f"The onboarding of {found.customer} is {found.state}; undo that to go on with it.")
    return found


def held_item(item_id: int) -> HeldItem:
    """Read an item; NotFound where there is none of this number."""
    found = one(
        "SELECT id, onboarding_id, title, state, side, part, owner, version FROM onboarding_item WHERE id = ?",
        (item_id,),
        HeldItem,
    )
    if found is None:
        raise NotFound(f"There is no item {item_id}; look at the checklist again.")
    return found


def open_item(item_id: int) -> tuple[HeldItem, Held]:
    """An item of an onboarding that is under way, and that onboarding."""
    item = held_item(item_id)
    return item, running(item.onboarding_id)


def said(text: str, missing: str) -> str:
    """What a person wrote, in one line; OnboardingRefused with `missing` where there is nothing."""
    line = clean_line(text)
    if not line:
        raise OnboardingRefused(missing)
    return line


def done(tx: Transaction, onboarding_id: int) -> Done:
    """What a transaction did, once it is over."""
    return Done(onboarding_id, tx.sentence, tx.operation_id)
