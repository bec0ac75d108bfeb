"""The contracts that the desk holds: which agreement a customer had at an instant, and what followed from it."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import NamedTuple

from contracts.agreement import Agreement, Order
from contracts.current import catalogue
from contracts.effective import EffectiveTerms
from contracts.terms import resolve
from models.errors import NotFound
from models.reading import one, rows


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


class _Adoption(NamedTuple):
    contract_id: int
    revision: str
    effective_at: int


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
            "SELECT a.contract_id, a.revision, a.effective_at FROM adoption a JOIN contract k ON k.id = a.contract_id"
            " WHERE k.customer_id = ? ORDER BY a.effective_at DESC, a.id DESC",
            (customer_id,),
            _Adoption,
        )

    def at(self, instant: int) -> HeldTerms | None:
        """The terms at an instant (UTC seconds); None where no contract is in force."""
        for held in self._contracts:
            if held.starts_at <= instant and (held.ends_at is None or instant < held.ends_at):
                return HeldTerms(held.id, resolve(catalogue(), self._agreement(held, instant)))
        return None

    def _agreement(self, held: _Contract, instant: int) -> Agreement:
        adopted = [a for a in self._adoptions if a.contract_id == held.id]
        pinned = next((a for a in adopted if a.effective_at <= instant), adopted[-1] if adopted else None)
        if pinned is None:
            raise NotFound(f"{held.customer}'s contract follows no catalogue revision; adopt one first")
        return _agreement(
            held.customer,
            held.plan,
            pinned.revision,
            held.support_option,
            held.deployment,
            held.data_location,
            held.order_json,
        )


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
    found = one("SELECT id FROM customer WHERE key = ? OR LOWER(name) = LOWER(?)", (name.lower(), name))
    if found is not None:
        return int(found[0])
    from contracts.errors import nearest

    known = [str(row[0]) for row in rows("SELECT key FROM customer ORDER BY key LIMIT 5000")]
    raise NotFound(f"There is no customer {name!r}; {nearest(name, known)}")
