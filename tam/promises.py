"""What customers were promised, read from their contracts, for many customers in a few statements."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from contracts.errors import ContractError
from models.errors import NotFound
from models.reading import rows
from sla.wall import local_of
from tam.ledger import Closed, TopUp
from tam.periods import FOREVER, NONE, NOTHING, Segment, Stretch, Term, layered, terms_of

if TYPE_CHECKING:
    from contracts.agreement import Order


class HeldContract(NamedTuple):
    """A contract on the customer's calendar; `plan` by its key."""

    id: int
    first: date
    after: date
    plan: str
    order_json: str


class Promise(NamedTuple):
    """All that a customer's hours are counted by; `today` is the customer's local date.

    `granted` are the onboarding terms, during which there is technical account management whatever the plan says.
    """

    customer_id: int
    customer: str
    zone: str
    tam_id: int | None
    tam: str | None
    today: date
    contracts: tuple[HeldContract, ...]
    segments: list[Segment]
    top_ups: list[TopUp]
    closed: list[Closed]
    granted: list[Stretch]

    def contract_on(self, day: date) -> HeldContract | None:
        """The contract in force on a day, the newest where there are several."""
        return next((held for held in reversed(self.contracts) if held.first <= day < held.after), None)

    def segment_on(self, day: date) -> Segment | None:
        """The allowance in force on a day, whether or not a term runs."""
        return next((held for held in self.segments if held.first <= day < held.after), None)

    def granted_on(self, day: date) -> bool:
        """Whether an onboarding term runs on a day."""
        return any(first <= day < after for first, after in self.granted)


class AllowanceRow(NamedTuple):
    """An allowance as it stands in the contract; ISO dates, `ends_on` the first day after it."""

    id: int
    contract_id: int
    period: str
    minutes: int
    starts_on: str
    ends_on: str | None
    carry: str
    carry_cap: int | None
    carry_deficit: int
    reason: str
    version: int


_ALLOWANCES = (
    "SELECT a.id, a.contract_id, a.period, a.minutes, a.starts_on, a.ends_on, a.carry, a.carry_cap, a.carry_deficit,"
    " a.reason, a.version FROM allowance a"
)


def promises(customer_ids: Sequence[int], now: int) -> dict[int, Promise]:
    """What each of these customers was promised, as things stand at an instant (UTC seconds)."""
    if not customer_ids:
        return {}
    known = _marked(
        "SELECT c.id, c.name, c.zone, c.tam_id, p.name FROM customer c LEFT JOIN person p ON p.id = c.tam_id"
        " WHERE c.id IN ({})",
        customer_ids,
    )
    held = _grouped(
        "SELECT customer_id, id, starts_at, ends_at, plan, order_json FROM contract WHERE customer_id IN ({})"
        " ORDER BY starts_at, id",
        customer_ids,
    )
    contract_ids = [contract[0] for each in held.values() for contract in each]
    terms = {
        key: terms_of((iso_day(a), iso_day(b), c) for a, b, c in found) for key, found in _terms(contract_ids).items()
    }
    allowances: dict[int, list[AllowanceRow]] = {}
    for row in _allowances(contract_ids):
        allowances.setdefault(row.contract_id, []).append(row)
    top_ups, closed, granted = _top_ups(customer_ids), _closed(customer_ids), _granted(customer_ids)
    found = {}
    for customer_id, name, zone, tam_id, tam in known:
        contracts = tuple(_contract(zone, *each) for each in held.get(customer_id, ()))
        found[customer_id] = Promise(
            customer_id,
            name,
            zone,
            tam_id,
            tam,
            local_of(zone, now).date(),
            contracts,
            _segments(contracts, allowances, terms),
            top_ups.get(customer_id, []),
            closed.get(customer_id, []),
            granted.get(customer_id, []),
        )
    return found


def promise(customer_id: int, now: int) -> Promise:
    """What a customer was promised; NotFound where there is no such customer."""
    found = promises((customer_id,), now)
    if customer_id not in found:
        raise NotFound("This customer is not there any more; look at the list again.")
    return found[customer_id]


def allowances_of(contract_id: int) -> list[AllowanceRow]:
    """The allowances of a contract, oldest first."""
    return _allowances([contract_id])


@lru_cache(maxsize=1024)
def order_of(order_json: str) -> Order | None:
    """An order as it was agreed; None where it cannot be read, which `tam.coverage` says in words."""
    from contracts.agreement import Order

    try:
        return Order.parse(json.loads(order_json))
    except ContractError:
        return None


def day_after(day: str) -> date:
    """The day after an ISO date."""
    return iso_day(day) + timedelta(days=1)


def _contract(zone: str, row_id: int, starts_at: int, ends_at: int | None, plan: str, order_json: str) -> HeldContract:
    """A contract by whole days: it has every day on which it is in force at any time."""
    after = FOREVER if ends_at is None else local_of(zone, ends_at - 1).date() + timedelta(days=1)
    return HeldContract(row_id, local_of(zone, starts_at).date(), after, plan, order_json)


def _segments(
    contracts: Iterable[HeldContract], allowances: dict[int, list[AllowanceRow]], terms: dict[int, tuple[Term, ...]]
) -> list[Segment]:
    """The allowances by date; a newer contract stands above an older one, whether or not it promises anything."""
    stack: list[Segment] = []
    for held in contracts:
        stack.append(Segment(NONE, 0, held.first, held.after))
        agreed = [_segment(row) for row in allowances.get(held.id, ())] or ordered(held)
        stack += [
            each._replace(
                first=max(each.first, held.first), after=min(each.after, held.after), terms=terms.get(held.id, ())
            )
            for each in agreed
        ]
    return [each for each in layered(stack) if each.period != NONE]


def _segment(row: AllowanceRow) -> Segment:
    return Segment(
        row.period,
        row.minutes,
        iso_day(row.starts_on),
        FOREVER if row.ends_on is None else iso_day(row.ends_on),
        row.carry,
        row.carry_cap or 0,
        bool(row.carry_deficit),
        f"agreed from {row.starts_on} on" + (f", {row.reason}" if row.reason else ""),
    )


def ordered(held: HeldContract) -> list[Segment]:
    """What the order itself agrees, where no allowance of the contract is kept."""
    order = order_of(held.order_json) if '"tam"' in held.order_json else None
    if order is None or order.tam is None:
        return []
    source = f"order {order.reference}".rstrip()
    return [Segment(order.tam.per, order.tam.minutes, held.first, held.after, NOTHING, 0, False, source)]


def _allowances(contract_ids: Sequence[int]) -> list[AllowanceRow]:
    if not contract_ids:
        return []
    marks = ", ".join("?" * len(contract_ids))
    where = f" WHERE a.contract_id IN ({marks}) ORDER BY a.starts_on, a.id"
    return rows(_ALLOWANCES + where, contract_ids, AllowanceRow)


def _terms(contract_ids: Sequence[int]) -> dict[int, list[tuple[Any, ...]]]:
    return _grouped(
        "SELECT contract_id, starts_on, ends_on, extension_days FROM term WHERE contract_id IN ({})", contract_ids
    )


def _top_ups(customer_ids: Sequence[int]) -> dict[int, list[TopUp]]:
    found = _grouped(
        "SELECT k.customer_id, t.id, t.minutes, t.starts_on, t.ends_on FROM top_up t JOIN contract k"
        " ON k.id = t.contract_id WHERE k.customer_id IN ({}) ORDER BY t.starts_on, t.id",
        customer_ids,
    )
    return {key: [TopUp(a, b, iso_day(c), iso_day(d)) for a, b, c, d in each] for key, each in found.items()}


def _closed(customer_ids: Sequence[int]) -> dict[int, list[Closed]]:
    found = _grouped(
        "SELECT customer_id, period, starts_on, ends_on, allowance, carried_in, spent, top_ups, carried_out"
        " FROM closed_period WHERE customer_id IN ({}) ORDER BY customer_id, starts_on",
        customer_ids,
    )
    return {key: [_closed_row(*row) for row in each] for key, each in found.items()}


def _closed_row(
    kind: str, first: str, after: str, allowance: int, carried_in: int, spent: int, used: str, carried_out: int
) -> Closed:
    top_ups = {int(key): minutes for key, minutes in json.loads(used).items()} if used != "{}" else {}
    return Closed(kind, iso_day(first), iso_day(after), allowance, carried_in, spent, top_ups, carried_out)


def _granted(customer_ids: Sequence[int]) -> dict[int, list[Stretch]]:
    """The onboarding terms ("direct access to our engineering team via Technical Account Management", 2023-11-15).

    One that was reached runs as planned, or until it was ended; where its phases are not kept, until go-live.
    """
    found = _grouped(
        "SELECT o.customer_id, COALESCE(h.starts_on, o.starts_on), COALESCE(h.ended_on, h.ends_on, o.go_live_on)"
        " FROM onboarding o LEFT JOIN onboarding_phase h ON h.onboarding_id = o.id AND h.phase = 'onboarding term'"
        " WHERE o.customer_id IN ({}) AND ((o.phase = 'onboarding term' AND (o.state = 'running' OR h.id IS NOT NULL))"
        " OR h.ended_on IS NOT NULL)",
        customer_ids,
    )
    return {key: [Stretch(iso_day(first), day_after(last)) for first, last in each] for key, each in found.items()}


def _grouped(sql: str, ids: Sequence[int]) -> dict[int, list[tuple[Any, ...]]]:
    """Rows by their first column."""
    found: dict[int, list[tuple[Any, ...]]] = {}
    for key, *row in _marked(sql, ids):
        found.setdefault(key, []).append(tuple(row))
    return found


def _marked(sql: str, ids: Sequence[int]) -> list[tuple[Any, ...]]:
    return rows(sql.format(", ".join("?" * len(ids))), tuple(ids)) if ids else []


@lru_cache(maxsize=4096)
def iso_day(text: str) -> date:
    """The date of an ISO text."""
    return date.fromisoformat(text)
