"""Every customer with promised hours in a line: promised, spent, reserved and left, and what is due next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from models.reading import rows
from tam.periods import NONE
from tam.promises import order_of
from tam.standing import Standing, alike, standings

DAY = 86_400
FIRST_PAGE = 20
"""As many lines as a console of 24 rows shows: what opening the list has to read first."""


class TamLine(NamedTuple):
    """A customer's hours in the running period; minutes, instants in UTC seconds.

    `allowance` is all that may be spent (carry and usable top-ups included), `over` what found nothing left, `alert`
    the percentage that was reached of those that are told (80, 100), else 0.
    """

    customer_id: int
    customer: str
    tam: str | None
    period: str
    spent: int
    reserved: int
    left: int
    allowance: int
    over: int
    percent: int
    alert: int
    forecast: str
    runs_out_on: date | None
    next_call_at: int | None
    overdue_actions: int

    @property
    def key(self) -> tuple[str, int]:
        """Where the next page goes on."""
        return self.customer, self.customer_id


class Counts(NamedTuple):
    """How many customers have promised hours, and of how many these are over."""

    customers: int
    over: int


def portfolio(
    now: int, after: tuple[str, int] | None = None, limit: int = 200, tam_id: int | None = None
) -> list[TamLine]:
    """A page of the customers with promised hours by name, at an instant (UTC seconds).

    `after` is the key of the last line of the page before, `tam_id` asks for one TAM's customers. A page that is
    shorter than `limit` is the last one.
    """
    from tam.forecast import forecasts

    found: list[TamLine] = []
    while len(found) < limit:
        asked = limit - len(found)
        candidates = _candidates(now, after, asked, tam_id)
        ids = [key for key, _ in candidates]
        held = {key: each for key, each in standings(ids, now).items() if _has_hours(each)}
        foreseen, next_calls, overdue = forecasts(held), _next_calls(held, now), _overdue(held)
        for key in ids:
            if key in held:
                told = foreseen[key]
                due = (told.text, told.on, next_calls.get(key), overdue.get(key, 0))
                found.append(TamLine(*_numbers(held[key]), *due))
        if len(candidates) < asked:
            break
        after = (candidates[-1][1], candidates[-1][0])
    return found


def counts(now: int, tam_id: int | None = None) -> Counts:
    """How many customers have promised hours, and how many are over, at an instant (UTC seconds)."""
    found = standings([key for key, _ in _candidates(now, None, None, tam_id)], now)
    with_hours = [held for held in found.values() if _has_hours(held)]
    return Counts(len(with_hours), sum(held.over > 0 for held in with_hours))


def _numbers(held: Standing) -> tuple[int, str, str | None, str, int, int, int, int, int, int, int]:
    period = held.current
    return (
        held.promise.customer_id,
        held.promise.customer,
        held.promise.tam,
        period.label if period.kind != NONE or held.promised else "nothing agreed",
        period.spent,
        held.reserved,
        held.left,
        held.promised,
        held.over,
        held.percent,
        held.alert,
    )


def _has_hours(held: Standing) -> bool:
    """Whether anything is promised today: hours, an onboarding term, or an entitlement that has no amount yet."""
    if held.current.kind != NONE or held.promised or held.promise.granted_on(held.promise.today):
        return True
    contract = held.promise.contract_on(held.promise.today)
    order = order_of(contract.order_json) if contract else None
    return order is not None and ("tam", "yes") in order.entitlements


def _candidates(
    now: int, after: tuple[str, int] | None, limit: int | None, tam_id: int | None
) -> list[tuple[int, str]]:
    """Customers who may have promised hours on the day that it is there, by name."""
    where, values = ["1 = 1"], []
    if after is not None:
        where.append("(c.name > ? OR (c.name = ? AND c.id > ?))")
        values += [after[0], after[0], after[1]]
    if tam_id is not None:
        where.append("c.tam_id = ?")
        values.append(tam_id)
    found = rows(
        f"SELECT c.id, c.name FROM customer c WHERE {' AND '.join(where)} AND (c.id IN (SELECT k.customer_id"
        " FROM contract k WHERE k.starts_at <= ? AND (k.ends_at IS NULL OR k.ends_at > ?)"
        " AND (k.order_json LIKE ? OR EXISTS (SELECT 1 FROM allowance a WHERE a.contract_id = k.id)))"
        " OR c.id IN (SELECT o.customer_id FROM onboarding o))"
        f" ORDER BY c.name, c.id{' LIMIT ?' if limit is not None else ''}",
        [*values, now + DAY, now - DAY, '%"tam"%', *([] if limit is None else [limit])],
    )
    return [(key, name) for key, name in found]


def _next_calls(held: Mapping[int, Standing], now: int) -> dict[int, int]:
    found = alike(
        "SELECT customer_id, MIN(at) FROM review_call WHERE state = 'planned' AND customer_id IN ({})"
        f" AND at >= {now:d} GROUP BY customer_id",
        dict.fromkeys(held, ()),
    )
    return {key: int(at) for key, at in found}


def _overdue(held: Mapping[int, Standing]) -> dict[int, int]:
    """The open actions whose day is over where the customer is."""
    found = alike(
        "SELECT customer_id, COUNT(*) FROM action WHERE customer_id IN ({}) AND state = 'open' AND due_on < ?"
        " GROUP BY customer_id",
        {key: (each.promise.today.isoformat(),) for key, each in held.items()},
    )
    return {key: int(number) for key, number in found}
