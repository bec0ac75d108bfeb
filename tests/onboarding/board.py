"""Onboardings that stories begin with, and what they look at."""

from datetime import date
from typing import Any

from models import journal
from models.agreements import Adoption
from models.onboardings import Criterion, Evidence, OnboardingItem, SignOff
from models.reading import one, rows
from onboarding import starting
from onboarding.words import CUSTOMER, MET, TERM, VENDOR
from tests.tickets.cast import Cast, at

NOW = at("Mon 09:00")
MONDAY = date(2026, 6, 1)
TABLES = ("onboarding", "onboarding_phase", "onboarding_item", "item_need", "gate_passing")


def term(who: Cast, **said: Any) -> int:
    """Globex's onboarding term, from the first Monday in June on, by Tom."""
    return starting.start(who.globex, who.tom, NOW, said.pop("starts_on", MONDAY), phase=TERM, **said)


def proof(who: Cast, **said: Any) -> int:
    """Globex's proof of value, from the first Monday in June on, by Tom."""
    return starting.start(who.globex, who.tom, NOW, said.pop("starts_on", MONDAY), **said)


def item(onboarding_id: int, key: str) -> int:
    """The id of an item by its key."""
    found = one("SELECT id FROM onboarding_item WHERE onboarding_id = ? AND key = ?", (onboarding_id, key))
    assert found is not None, key
    return int(found[0])


def columns(table: str, row_id: int, *names: str) -> tuple[Any, ...]:
    """Some columns of a row."""
    found = one(f"SELECT {', '.join(names)} FROM {table} WHERE id = ?", (row_id,))
    assert found is not None
    return found


def settle(onboarding_id: int, part: str | None = None) -> None:
    """Have every item (of a part) done."""
    with journal.transaction(None, NOW, "settle") as tx:
        for row_id, its in rows("SELECT id, part FROM onboarding_item WHERE onboarding_id = ?", (onboarding_id,)):
            if part in (None, its):
                tx.update(OnboardingItem, row_id, state="done", ended_at=NOW)
        tx.say("All was done.")


def prove(onboarding_id: int, agreed: int = 3, evidence: bool = True, state: str = MET) -> None:
    """Have criteria agreed, judged and shown."""
    with journal.transaction(None, NOW, "prove") as tx:
        for number in range(1, agreed + 1):
            what = {"what": f"Criterion {number}", "measure": "seconds", "target": "under 2", "found": "1.4"}
            row = tx.insert(Criterion, onboarding=onboarding_id, position=number, state=state, agreed_at=NOW, **what)
            if evidence:
                tx.insert(Evidence, onboarding=onboarding_id, criterion=row, kind="note", text="Seen.", at=NOW)
        tx.say("It was proved.")


def sign_off(onboarding_id: int, *sides: str) -> None:
    """Have both sides (or those named) agree to go live."""
    with journal.transaction(None, NOW, "sign") as tx:
        for side in sides or (VENDOR, CUSTOMER):
            tx.insert(SignOff, onboarding=onboarding_id, side=side, name="Someone", at=NOW)
        tx.say("They signed.")


def adopt(customer_id: int, revision: str, plan: str) -> None:
    """Have a customer's contract follow another revision, with a plan of it."""
    with journal.transaction(None, NOW, "adopt") as tx:
        [(contract,)] = rows("SELECT id FROM contract WHERE customer_id = ?", (customer_id,))
        tx.insert(Adoption, contract=contract, revision=revision, effective_at=NOW - 86_400 * 60, plan=plan)
        tx.say("It was adopted.")
