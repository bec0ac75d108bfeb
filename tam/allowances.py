"""Agreeing promised time: allowances per week, month, quarter or term, and top-ups with a validity of their own.

Support annex 2023-11-15, "Technical account manager": an agreed amount of time, and more hours a period on request.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from contracts.words import PERIODS, duration_text
from models.access import require
from models.errors import DomainError, NotFound
from models.journal import Transaction, transaction
from models.reading import one
from models.words import LEAD, TAM
from tam.closing import open_since
from tam.coverage import coverage
from tam.periods import CAPPED, FOREVER, FULL, NOTHING
from tam.promises import AllowanceRow, allowances_of, ordered, promise

CARRIES = (NOTHING, CAPPED, FULL)
LONGEST = 10 * 366 * 24 * 60
"""No allowance and no top-up is longer than ten years, in minutes."""


class AllowanceRefused(DomainError):
    """Hours cannot be agreed like that; the message says why and what is possible."""


class Contract(NamedTuple):
    """The contract that hours are agreed for."""

    id: int
    customer_id: int
    customer: str


class TopUpRow(NamedTuple):
    """A top-up as it stands; ISO dates, `ends_on` the first day after it."""

    id: int
    contract_id: int
    minutes: int
    starts_on: str
    ends_on: str
    note: str
    version: int


def agree(
    contract_id: int,
    minutes: int,
    per: str,
    starts_on: str,
    actor: int,
    at: int,
    ends_on: str | None = None,
    carry: str = NOTHING,
    carry_cap: int | None = None,
    carry_deficit: bool = False,
    reason: str = "",
    replace: bool = False,
) -> int:
    """Agree minutes per period for a contract from a local date to before another; TAMs and leads. Returns its id.

    Raises AllowanceRefused where another allowance of the contract is in force at that time; with `replace` the one
    that is open-ended ends on the day on which this one starts.
    """
    from models.hours import Allowance

    with transaction(actor, at, "allowance.agree") as tx:
        who, contract = require(actor, TAM, LEAD), _contract(contract_id)
        values = _checked(minutes, per, starts_on, ends_on, carry, carry_cap, carry_deficit, reason)
        _refuse_closed(contract, starts_on)
        if replace:
            _end_open_one(tx, contract, starts_on, at)
        _refuse_overlap(contract, starts_on, ends_on, at)
        row_id = tx.insert(Allowance, contract_id=contract.id, **values)
        tx.say(f"{who.name} agreed {_what(minutes, per)} with {contract.customer} from {starts_on} on.")
    return row_id


def change(allowance_id: int, actor: int, at: int, version: int | None = None, **said: Any) -> None:
    """Change an allowance: minutes, per, starts_on, ends_on, carry, carry_cap, carry_deficit or reason; TAMs and leads.

    Raises AllowanceRefused for what `agree` refuses, and where it would change a closed period; StaleRow where it is
    not at `version` any more. Only its end can be moved once one of its periods is closed.
    """
    from models.hours import Allowance

    with transaction(actor, at, "allowance.change") as tx:
        who = require(actor, TAM, LEAD)
        row = _allowance(allowance_id)
        contract = _contract(row.contract_id)
        old = _said(row)
        unknown = set(said) - set(old)
        if unknown:
            raise AllowanceRefused(f"An allowance has no {', '.join(sorted(unknown))}; it has {', '.join(old)}.")
        new = old | said
        values = _checked(**new)
        since = open_since(contract.customer_id)
        if since > min(old["starts_on"], new["starts_on"]) and (_without_end(new) != _without_end(old)):
            raise AllowanceRefused(_closed_until(contract, since))
        for end in {old["ends_on"], new["ends_on"]} - {None} if old["ends_on"] != new["ends_on"] else ():
            _refuse_closed(contract, end)
        _refuse_overlap(contract, new["starts_on"], new["ends_on"], at, allowance_id)
        tx.update(Allowance, allowance_id, version, **values)
        tx.say(f"{who.name} changed what is agreed with {contract.customer}: {_what(new['minutes'], new['per'])}.")


def withdraw(allowance_id: int, actor: int, at: int) -> None:
    """Take an allowance away that no closed period was counted by; TAMs and leads."""
    from models.hours import Allowance

    with transaction(actor, at, "allowance.withdraw") as tx:
        who = require(actor, TAM, LEAD)
        row = _allowance(allowance_id)
        contract = _contract(row.contract_id)
        _refuse_closed(contract, row.starts_on, "end it on a later day instead")
        tx.delete(Allowance, allowance_id)
        tx.say(f"{who.name} took back {_what(row.minutes, row.period)} for {contract.customer}.")


def top_up(customer_id: int, minutes: int, starts_on: str, ends_on: str, note: str, actor: int, at: int) -> int:
    """Add minutes that may be spent from a local date to before another; TAMs and leads. Returns its id.

    Where it starts within a closed period it counts from the first open day on. Raises AllowanceRefused for a customer
    without technical account management, which hours are only ever added to (2023-11-15).
    """
    from models.hours import TopUp

    with transaction(actor, at, "top_up.add") as tx:
        who = require(actor, TAM, LEAD)
        since = open_since(customer_id)
        first = max(_date(starts_on), since)
        covered = coverage(customer_id, first)
        if covered.contract_id is None or not covered.covered:
            raise AllowanceRefused(f"{covered.reason} Hours are only added to what is agreed.")
        contract = _contract(covered.contract_id)
        values = _checked_top_up(minutes, first, ends_on, note)
        row_id = tx.insert(TopUp, contract_id=contract.id, **values)
        moved = f", counted from {first} on" if first != starts_on else ""
        tx.say(f"{who.name} added {duration_text(minutes)} for {contract.customer} until {_last(ends_on)}{moved}.")
    return row_id


def change_top_up(top_up_id: int, actor: int, at: int, version: int | None = None, **said: Any) -> None:
    """Change a top-up's minutes, starts_on, ends_on or note; TAMs and leads.

    Once one of its periods is closed only its end and its note can change.
    """
    from models.hours import TopUp

    with transaction(actor, at, "top_up.change") as tx:
        who = require(actor, TAM, LEAD)
        row = _top_up(top_up_id)
        contract = _contract(row.contract_id)
        old: dict[str, Any] = {key: getattr(row, key) for key in ("minutes", "starts_on", "ends_on", "note")}
        unknown = set(said) - set(old)
        if unknown:
            raise AllowanceRefused(f"A top-up has no {', '.join(sorted(unknown))}; it has {', '.join(old)}.")
        new = old | said
        values = _checked_top_up(**new)
        if (old["minutes"], old["starts_on"]) != (new["minutes"], new["starts_on"]):
            _refuse_closed(contract, min(old["starts_on"], new["starts_on"]))
        if old["ends_on"] != new["ends_on"]:
            _refuse_closed(contract, min(old["ends_on"], new["ends_on"]))
        tx.update(TopUp, top_up_id, version, **values)
        until = f"{duration_text(new['minutes'])} until {_last(new['ends_on'])}"
        tx.say(f"{who.name} changed a top-up of {contract.customer}: {until}.")


def withdraw_top_up(top_up_id: int, actor: int, at: int) -> None:
    """Take a top-up away that no closed period was counted by; TAMs and leads."""
    from models.hours import TopUp

    with transaction(actor, at, "top_up.withdraw") as tx:
        who = require(actor, TAM, LEAD)
        row = _top_up(top_up_id)
        contract = _contract(row.contract_id)
        _refuse_closed(contract, row.starts_on, "end it on a later day instead")
        tx.delete(TopUp, top_up_id)
        tx.say(f"{who.name} took back a top-up of {duration_text(row.minutes)} for {contract.customer}.")


def _checked(
    minutes: int,
    per: str,
    starts_on: str,
    ends_on: str | None,
    carry: str,
    carry_cap: int | None,
    carry_deficit: bool,
    reason: str,
) -> dict[str, Any]:
    """The columns of an allowance; raises AllowanceRefused for what cannot be."""
    _refuse_amount(minutes)
    if per not in PERIODS:
        raise AllowanceRefused(f"Hours are agreed per {', '.join(PERIODS)}, not per {per!r}.")
    if carry not in CARRIES:
        raise AllowanceRefused(f"What is left is carried on {', '.join(CARRIES)}, not {carry!r}.")
    if (carry == CAPPED) != (carry_cap is not None) or (carry_cap is not None and carry_cap < 0):
        raise AllowanceRefused("A capped carry-over, and no other, needs its cap in minutes.")
    _refuse_backwards(_date(starts_on), ends_on and _date(ends_on))
    return {
        "period": per,
        "minutes": minutes,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "carry": carry,
        "carry_cap": carry_cap,
        "carry_deficit": int(carry_deficit),
        "reason": " ".join(reason.split()),
    }


def _checked_top_up(minutes: int, starts_on: str, ends_on: str, note: str) -> dict[str, Any]:
    _refuse_amount(minutes)
    _refuse_backwards(_date(starts_on), _date(ends_on))
    return {"minutes": minutes, "starts_on": starts_on, "ends_on": ends_on, "note": " ".join(note.split())}


def _refuse_amount(minutes: int) -> None:
    if not 0 < minutes <= LONGEST:
        raise AllowanceRefused("Agreed time is at least a minute, and not more than ten years.")


def _refuse_backwards(starts_on: str, ends_on: str | None) -> None:
    if ends_on is not None and ends_on <= starts_on:
        raise AllowanceRefused(f"It ends before it starts: from {starts_on} to {_last(ends_on)}.")


def _last(ends_on: str) -> str:
    """The last day before an end, as people say it."""
    return (date.fromisoformat(ends_on) - timedelta(days=1)).isoformat()


def _refuse_overlap(
    contract: Contract, starts_on: str, ends_on: str | None, at: int, itself: int | None = None
) -> None:
    for row in allowances_of(contract.id) or _of_the_order(contract, at):
        begins_before = ends_on is None or row.starts_on < ends_on
        if row.id != itself and begins_before and (row.ends_on is None or starts_on < row.ends_on):
            until = f"until {_last(row.ends_on)}" if row.ends_on else "without an end"
            raise AllowanceRefused(
                f"{contract.customer} has {_what(row.minutes, row.period)} from {row.starts_on} on, {until}; "
                "end that first, or replace it."
            )


def _end_open_one(tx: Transaction, contract: Contract, starts_on: str, at: int) -> None:
    """End what is agreed without an end; what the order agrees becomes an allowance of its own until then."""
    from models.hours import Allowance

    for row in allowances_of(contract.id):
        if row.ends_on is None and row.starts_on < starts_on:
            tx.update(Allowance, row.id, None, ends_on=starts_on)
        elif row.ends_on is None and row.starts_on == starts_on:
            tx.delete(Allowance, row.id)
    for row in [] if allowances_of(contract.id) else _of_the_order(contract, at):
        if row.starts_on < starts_on:
            values = row._asdict() | {"ends_on": starts_on, "id": None}
            tx.insert(Allowance, **values)


def _of_the_order(contract: Contract, at: int) -> list[AllowanceRow]:
    """What the order itself agrees, as if it were kept as an allowance."""
    held = next(each for each in promise(contract.customer_id, at).contracts if each.id == contract.id)
    ends_on = None if held.after == FOREVER else held.after.isoformat()
    return [
        AllowanceRow(
            0, held.id, each.period, each.minutes, held.first.isoformat(), ends_on, NOTHING, None, 0, each.source, 1
        )
        for each in ordered(held)
    ]


def _refuse_closed(contract: Contract, day: str, instead: str = "choose a later day, or reopen the period") -> None:
    since = open_since(contract.customer_id)
    if day < since:
        raise AllowanceRefused(f"{_closed_until(contract, since)[:-1]}; {instead}.")


def _closed_until(contract: Contract, since: str) -> str:
    return f"The hours of {contract.customer} are closed up to {since}, and nothing changes before that day."


def _contract(contract_id: int) -> Contract:
    found = one(
        "SELECT k.id, c.id, c.name FROM contract k JOIN customer c ON c.id = k.customer_id WHERE k.id = ?",
        (contract_id,),
        Contract,
    )
    if found is None:
        raise NotFound(f"There is no contract {contract_id}.")
    return found


def _allowance(allowance_id: int) -> AllowanceRow:
    found = one(
        "SELECT id, contract_id, period, minutes, starts_on, ends_on, carry, carry_cap, carry_deficit, reason, version"
        " FROM allowance WHERE id = ?",
        (allowance_id,),
        AllowanceRow,
    )
    if found is None:
        raise NotFound(f"There is no allowance {allowance_id}.")
    return found


def _top_up(top_up_id: int) -> TopUpRow:
    found = one(
        "SELECT id, contract_id, minutes, starts_on, ends_on, note, version FROM top_up WHERE id = ?",
        (top_up_id,),
        TopUpRow,
    )
    if found is None:
        raise NotFound(f"There is no top-up {top_up_id}.")
    return found


def _said(row: AllowanceRow) -> dict[str, Any]:
    """An allowance in the words of `agree`."""
    return {
        "minutes": row.minutes,
        "per": row.period,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "carry": row.carry,
        "carry_cap": row.carry_cap,
        "carry_deficit": bool(row.carry_deficit),
        "reason": row.reason,
    }


def _without_end(said: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in said.items() if key not in ("ends_on", "reason")}


def _what(minutes: int, per: str) -> str:
    return f"{duration_text(minutes)} per {per}"


def _date(text: str) -> str:
    try:
        good = date.fromisoformat(text).isoformat() == text
    except ValueError:
        good = False
    if not good:
        raise AllowanceRefused(f"{text!r} is not a date such as 2026-03-31.")
    return text
