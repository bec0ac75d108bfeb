"""Both sides agree to go live, each by a named person, once the check before go-live is complete.

The annex makes the go-live check a topic of its own (2023-11-15, "Topics covered"); that both sides sign is the desk's
rule, and no role is above it.
"""

from __future__ import annotations

from typing import NamedTuple

from models.access import require
from models.errors import NotFound
from models.journal import Transaction, transaction
from models.onboardings import SignOff
from models.reading import one, rows, scalar
from onboarding.errors import OnboardingRefused
from onboarding.rules import MANAGERS, Held, running
from onboarding.typed import said
from onboarding.words import CUSTOMER, SIDES, VENDOR

_SHOWN = 3


class SignOffRow(NamedTuple):
    """A side's agreement: who gave it, and who recorded it when (UTC seconds)."""

    id: int
    onboarding_id: int
    side: str
    name: str
    recorded_by: str | None
    at: int


def sign_offs(onboarding_id: int) -> list[SignOffRow]:
    """What was signed so far, the vendor's side first."""
    return rows(
        "SELECT s.id, s.onboarding_id, s.side, s.name, p.name, s.at FROM sign_off s"
        " LEFT JOIN person p ON p.id = s.person_id WHERE s.onboarding_id = ? ORDER BY s.side DESC",
        (onboarding_id,),
        SignOffRow,
    )


def missing(onboarding_id: int) -> tuple[str, ...]:
    """The sides that have not signed: empty once both have."""
    signed = {row.side for row in sign_offs(onboarding_id)}
    return tuple(side for side in SIDES if side not in signed)


def sign_vendor(onboarding_id: int, actor: int, at: int) -> None:
    """Sign for the vendor's side, as the acting TAM or lead."""
    with transaction(actor, at, "sign_off") as tx:
        person = require(actor, *MANAGERS)
        held = _ready(onboarding_id, VENDOR)
        _keep(tx, held, VENDOR, person.name, actor, at)
        tx.say(f"{person.name} signed the go-live of {held.customer} for the vendor.")


def sign_customer(onboarding_id: int, contact_id: int, actor: int, at: int) -> None:
    """Record that a contact signed for the customer's side; one that the order names, where it names any."""
    with transaction(actor, at, "sign_off") as tx:
        person = require(actor, *MANAGERS)
        held = _ready(onboarding_id, CUSTOMER)
        name = _signer(held, contact_id)
        _keep(tx, held, CUSTOMER, name, actor, at)
        tx.say(f"{person.name} recorded that {name} signed the go-live for {held.customer}.")


def withdraw(onboarding_id: int, side: str, reason: str, actor: int, at: int) -> None:
    """Take a side's agreement back, while the customer has not gone live."""
    with transaction(actor, at, "withdraw_sign_off") as tx:
        person = require(actor, *MANAGERS)
        held = running(onboarding_id)
        row = next((each for each in sign_offs(onboarding_id) if each.side == side), None)
        if row is None:
            raise NotFound(f"The {side} has not signed the go-live of {held.customer}.")
        if scalar("SELECT 1 FROM gate_passing WHERE onboarding_id = ? AND gate = 'go-live'", (onboarding_id,)):
            raise OnboardingRefused(f"{held.customer} is live already; note a risk instead.")
        tx.delete(SignOff, row.id)
        why = said(reason, "The reason")
        tx.say(f"{person.name} withdrew what {row.name} signed for the {side} of {held.customer}: {why}")


def signers(customer_id: int) -> list[tuple[int, str]]:
    """The contacts (id and name) who may sign for a customer: those that the order names, else all of them."""
    found = rows("SELECT id, name, named FROM contact WHERE customer_id = ? ORDER BY name, id", (customer_id,))
    named = [(contact_id, name) for contact_id, name, is_named in found if is_named]
    return named or [(contact_id, name) for contact_id, name, _ in found]


def _signer(held: Held, contact_id: int) -> str:
    may = dict(signers(held.customer_id))
    if contact_id in may:
        return may[contact_id]
    found = one("SELECT name FROM contact WHERE id = ? AND customer_id = ?", (contact_id, held.customer_id))
    if found is None:
        raise NotFound(f"There is no contact {contact_id} of {held.customer}.")
    raise OnboardingRefused(
        f"{found[0]} is not named in the order of {held.customer}; {' or '.join(may.values())} may sign."
    )


def _ready(onboarding_id: int, side: str) -> Held:
    """Refuse to sign twice, and to sign a check that is not complete."""
    held = running(onboarding_id)
    if side not in missing(onboarding_id):
        raise OnboardingRefused(f"The {side} has signed the go-live of {held.customer} already.")
    left = rows(
        "SELECT title FROM onboarding_item WHERE onboarding_id = ? AND part = 'go-live'"
        " AND state NOT IN ('done', 'not needed') ORDER BY position, id",
        (onboarding_id,),
    )
    if left:
        named = ", ".join(title for (title,) in left[:_SHOWN])
        more = f" and {len(left) - _SHOWN} more" if len(left) > _SHOWN else ""
        raise OnboardingRefused(f"The check before go-live is not complete: {named}{more}. Finish it, then sign.")
    return held


def _keep(tx: Transaction, held: Held, side: str, name: str, actor: int, at: int) -> None:
    tx.insert(SignOff, onboarding=held.id, side=side, name=name, person=actor, at=at)
