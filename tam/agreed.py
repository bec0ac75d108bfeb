"""All that was agreed with a customer: allowances, what the order itself agrees, and top-ups."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from models.reading import rows
from tam.allowances import AllowanceRefused, TopUpRow
from tam.ledger import TopUpAccount
from tam.periods import FOREVER, NOTHING
from tam.promises import AllowanceRow, HeldContract, allowances_of, ordered
from tam.standing import standing

_CLOCK = re.compile(r"(\d{1,6}):([0-5]\d)", re.ASCII)
_HOURS = re.compile(r"(\d{1,6})?(?:[.,](\d{1,3}))? ?h?", re.ASCII)
_BOTH = re.compile(r"(\d{1,6}) ?h ?(\d{1,2}) ?(?:m|min)?", re.ASCII)
_MINUTES = re.compile(r"(\d{1,7}) ?(?:m|min)", re.ASCII)


class TopUpLine(NamedTuple):
    """A top-up as it was agreed, and what became of it."""

    row: TopUpRow
    account: TopUpAccount


class Agreed(NamedTuple):
    """What was agreed, the latest first; an allowance with the id 0 stands in the order and not beside it."""

    allowances: list[AllowanceRow]
    top_ups: list[TopUpLine]
    contract_id: int | None
    """The contract that is in force today."""


def agreed(customer_id: int, now: int) -> Agreed:
    """Read it at an instant (UTC seconds); NotFound where there is no such customer."""
    held = standing(customer_id, now, everything=True)
    allowances = [row for each in held.promise.contracts for row in allowances_of(each.id) or _of_the_order(each)]
    accounts = {each.id: each for each in held.ledger.top_ups}
    found = rows(
        "SELECT t.id, t.contract_id, t.minutes, t.starts_on, t.ends_on, t.note, t.version FROM top_up t"
        " JOIN contract k ON k.id = t.contract_id WHERE k.customer_id = ? ORDER BY t.starts_on DESC, t.id DESC",
        (customer_id,),
        TopUpRow,
    )
    contract = held.promise.contract_on(held.promise.today)
    return Agreed(
        sorted(allowances, key=lambda row: (row.starts_on, row.id), reverse=True),
        [TopUpLine(row, accounts[row.id]) for row in found],
        contract.id if contract else None,
    )


def _of_the_order(held: HeldContract) -> list[AllowanceRow]:
    """What an order agrees, as if it were kept as an allowance."""
    ends_on = None if held.after == FOREVER else held.after.isoformat()
    return [
        AllowanceRow(
            0, held.id, each.period, each.minutes, held.first.isoformat(), ends_on, NOTHING, None, 0, each.source, 1
        )
        for each in ordered(held)
    ]


def agreed_minutes(text: str) -> int:
    """Minutes of an amount as people type it: `20` and `7.5` are hours, `7:30`, `90m` and `1h30` what they say.

    Raises AllowanceRefused with what could be meant.
    """
    typed = text.strip()
    if not typed:
        raise AllowanceRefused("Say how many hours, such as 20, 7:30 or 7.5.")
    for pattern in (_CLOCK, _BOTH):
        if found := pattern.fullmatch(typed):
            return int(found[1]) * 60 + int(found[2])
    if found := _MINUTES.fullmatch(typed):
        return int(found[1])
    found = _HOURS.fullmatch(typed)
    if found is None or not (found[1] or found[2]):
        raise AllowanceRefused(f"{typed!r} is no amount of time; type hours such as 20, 7:30, 7.5 or 1h30.")
    return int(found[1] or "0") * 60 + round(Fraction(f"0.{found[2] or 0}") * 60)
