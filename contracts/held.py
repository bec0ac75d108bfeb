"""The contracts that the desk holds: which agreement a customer had at an instant, and what followed from it."""

from __future__ import annotations

import json
from copy import copy
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from contracts.agreement import Agreement, Order
from contracts.current import catalogue
from contracts.effective import EffectiveTerms
from contracts.terms import resolve
from models.errors import NotFound
from models.reading import one, rows

NEAREST_OF = 5000
"""Among so many customers the nearest name is looked for."""


class _Contract(NamedTuple):
    id: int
    customer: str
    plan: str
    support_option: str | None
    deployment: str
    data_location: str | None
    order_json: str
    starts_at: int
    ends_at: int | None


class Adopted(NamedTuple):
    """From an instant (UTC seconds) a contract follows a revision, and has a plan and option where a plan is named."""

    contract_id: int
    revision: str
    effective_at: int
    plan: str | None
    support_option: str | None


class HeldTerms(NamedTuple):
    """A contract's id and its terms at an instant."""

    contract_id: int
    terms: EffectiveTerms


class Holdings:
    """All contracts of one customer, read once; answers for any instant."""

    def __init__(self, customer_id: int) -> None:
        self._contracts = rows(
            "SELECT k.id, c.name, k.plan, k.support_option, k.deployment, k.data_location, k.order_json,"
            " k.starts_at, k.ends_at FROM contract k JOIN customer c ON c.id = k.customer_id"
            " WHERE k.customer_id = ? ORDER BY k.starts_at DESC, k.id DESC",
            (customer_id,),
            _Contract,
        )
        self._adoptions = rows(
            "SELECT a.contract_id, a.revision, a.effective_at, a.plan, a.support_option FROM adoption a"
            " JOIN contract k ON k.id = a.contract_id"
            " WHERE k.customer_id = ? ORDER BY a.effective_at DESC, a.id DESC",
            (customer_id,),
            Adopted,
        )

    def at(self, instant: int) -> HeldTerms | None:
        """The terms at an instant (UTC seconds); None where no contract is in force."""
        held = self._held(instant)
        return HeldTerms(held.id, resolve(catalogue(), self._agreement(held, instant))) if held else None

    def contract_at(self, instant: int) -> int | None:
        """The id of the contract in force at an instant, whether or not its terms can be told."""
        held = self._held(instant)
        return held.id if held else None

    def _agreement(self, held: _Contract, instant: int) -> Agreement:
        standing = self._standing(held.id, instant)
        if not standing:
            raise NotFound(f"{held.customer}'s contract follows no catalogue revision; adopt one first")
        named = next((each for each in standing if each.plan is not None), None)
        return _agreement(
            held.customer,
            named.plan if named and named.plan else held.plan,
            standing[0].revision,
            named.support_option if named else held.support_option,
            held.deployment,
            held.data_location,
            held.order_json,
        )

    def _standing(self, contract_id: int, instant: int) -> list[Adopted]:
        """The adoptions of a contract that stand at an instant, the newest first; before the first one, that one."""
        adopted = [each for each in self._adoptions if each.contract_id == contract_id]
        return [each for each in adopted if each.effective_at <= instant] or adopted[-1:]

    def later(self, contract_id: int, instant: int) -> list[Adopted]:
        """What a contract adopts after an instant."""
        return [each for each in self._adoptions if each.contract_id == contract_id and each.effective_at > instant]

    def following(self, adopted: Adopted) -> Holdings:
        """The same contracts as they will be with a further adoption; nothing is written."""
        changed = copy(self)
        changed._adoptions = sorted([adopted, *self._adoptions], key=lambda each: -each.effective_at)
        return changed

    def _held(self, instant: int) -> _Contract | None:
        for held in self._contracts:
            if held.starts_at <= instant and (held.ends_at is None or instant < held.ends_at):
                return held
        return None


@lru_cache(maxsize=1024)
def _agreement(
    customer: str,
    plan: str,
    revision: str,
    support_option: str | None,
    deployment: str,
    data_location: str | None,
    order_json: str,
) -> Agreement:
    return Agreement(
        customer=customer,
        plan=plan,
        revision=revision,
        support_option=support_option,
        deployment=deployment,
        data_location=data_location or "",
        order=Order.parse(json.loads(order_json)),
    )


def terms_at(customer_id: int, instant: int) -> HeldTerms | None:
    """The terms of a customer at an instant; None where no contract is in force."""
    return Holdings(customer_id).at(instant)


def customer_id(name: str) -> int:
    """Find a customer by key or name, whatever the case; NotFound names the nearest."""
    key = name.lower()
    found = one("SELECT id FROM customer WHERE key = ? OR name = ? ORDER BY key <> ?, id", (key, name, key))
    if found is not None:
        return int(found[0])
    # Letters beyond ASCII are folded here: SQLite does not know their cases.
    known = rows("SELECT id, key, name FROM customer ORDER BY key")
    wanted = _folded(name)
    for row_id, key, called in known:
        if wanted in (_folded(key), _folded(called)):
            return int(row_id)
    from contracts.errors import nearest

    raise NotFound(f"There is no customer {name!r}; {nearest(name, [key for _, key, _ in known[:NEAREST_OF]])}")


def _folded(text: str) -> str:
    return normalize("NFKC", text).casefold()
