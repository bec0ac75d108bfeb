"""Signing: how a contract, its terms and the revision that it follows come to the desk."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from contracts.agreement import Agreement, Order
from contracts.current import catalogue
from contracts.directory import name_contacts
from contracts.effective import EffectiveTerms
from contracts.errors import ContractError
from contracts.terms import resolve, support_annex
from models.access import require
from models.agreements import Adoption, Contract, Term
from models.errors import NotFound
from models.journal import Transaction, transaction
from models.people import LEAD
from models.reading import one, rows
from sla.wall import day_bounds, local_of


class SigningRefused(ContractError):
    """The contract cannot begin or end then; the message says why and what is possible."""


class Signed(NamedTuple):
    """A contract as it would be or was signed: local dates, both inclusive; its id once it is written."""

    contract_id: int | None
    customer: str
    starts_on: date
    ends_on: date
    terms: EffectiveTerms
    sentence: str


class Renewed(NamedTuple):
    """A term that was added: local dates, both inclusive."""

    contract_id: int
    starts_on: date
    ends_on: date
    sentence: str


class _Customer(NamedTuple):
    id: int
    name: str
    zone: str


def preview(
    customer_id: int,
    plan: str,
    starts_on: date,
    ends_on: date,
    *,
    revision: str = "",
    support_option: str | None = None,
    deployment: str = "cloud",
    data_location: str = "",
    order: Mapping[str, Any] | None = None,
    replace: bool = False,
) -> Signed:
    """The contract as it would be signed; raises what `sign` raises, and writes nothing."""
    customer = _customer(customer_id)
    if ends_on < starts_on:
        raise SigningRefused(f"A term cannot end on {ends_on}, before it starts on {starts_on}.")
    revision = revision or newest_annex()
    terms = resolve(
        catalogue(),
        Agreement(
            customer=customer.name,
            plan=_key(revision, plan),
            revision=revision,
            support_option=_key(revision, support_option) if support_option else None,
            deployment=deployment,
            data_location=data_location,
            order=Order.parse(order or {}),
        ),
    )
    _refuse_overlap(customer, starts_on, replace)
    sentence = f"{terms.plan_text}, annex {revision}, holds from {starts_on} to {ends_on}."
    return Signed(None, customer.name, starts_on, ends_on, terms, sentence)


def sign(
    customer_id: int,
    plan: str,
    starts_on: date,
    ends_on: date,
    actor: int,
    at: int,
    *,
    revision: str = "",
    support_option: str | None = None,
    deployment: str = "cloud",
    data_location: str = "",
    order: Mapping[str, Any] | None = None,
    replace: bool = False,
) -> Signed:
    """Write a contract with its first term; leads only.

    The revision is the newest annex on support unless one is named. Where a contract is in force on its first day, it
    ends there if `replace` says so. Raises UnknownPlan, UnknownRevision or InvalidOrder where the terms would not hold,
    SigningRefused where a contract or a ticket stands in the way, NotAllowed for others than leads.
    """
    with transaction(actor, at, "contract.sign") as tx:
        lead = require(actor, LEAD)
        signed = preview(
            customer_id,
            plan,
            starts_on,
            ends_on,
            revision=revision,
            support_option=support_option,
            deployment=deployment,
            data_location=data_location,
            order=order,
            replace=replace,
        )
        contract_id = _write(tx, _customer(customer_id), signed, actor, replace)
        named = [(each.name, each.email, each.phone) for each in signed.terms.contacts]
        name_contacts(tx, customer_id, named)
        tx.say(f"{lead.name} signed for {signed.customer}: {signed.sentence}")
    return signed._replace(contract_id=contract_id, sentence=tx.sentence)


def renew(customer_id: int, ends_on: date, actor: int, at: int) -> Renewed:
    """Add a term that follows the last one, its days of credit included; leads only."""
    with transaction(actor, at, "contract.renew") as tx:
        lead = require(actor, LEAD)
        customer = _customer(customer_id)
        contract_id, last = _last_term(customer)
        starts_on = next_term_starts(customer_id)
        if ends_on < starts_on:
            raise SigningRefused(f"{customer.name}'s term runs to {last}; renew it to a later day than that.")
        tx.insert(Term, contract_id=contract_id, starts_on=starts_on.isoformat(), ends_on=ends_on.isoformat())
        tx.say(f"{lead.name} renewed {customer.name}'s contract from {starts_on} to {ends_on}.")
    return Renewed(contract_id, starts_on, ends_on, tx.sentence)


def next_term_starts(customer_id: int) -> date:
    """The local date after the last term, its days of credit included; SigningRefused where there is no term."""
    return _last_term(_customer(customer_id))[1] + timedelta(days=1)


def end(customer_id: int, last_day: date, actor: int, at: int, reason: str) -> str:
    """Let the contract end after a local date, and tell it; leads only.

    Refused where a ticket was received after it: what was promised there stays promised (design section 4).
    """
    with transaction(actor, at, "contract.end") as tx:
        lead = require(actor, LEAD)
        customer = _customer(customer_id)
        if not reason.strip():
            raise SigningRefused("Say why the contract ends.")
        instant = _first(customer.zone, last_day + timedelta(days=1))
        held = _in_force(customer_id, instant - 1)
        if held is None:
            raise SigningRefused(f"{customer.name} has no contract in force on {last_day}.")
        _refuse_tickets(customer, instant)
        tx.update(Contract, held, None, ends_at=instant)
        tx.say(f"{lead.name} let {customer.name}'s contract end on {last_day}: {reason.strip()}")
    return tx.sentence


def newest_annex() -> str:
    """The newest revision that speaks of support and has plans."""
    return max(catalogue().speaking_of("support"))


def _key(revision: str, name: str) -> str:
    """A plan or option as the catalogue keys it."""
    annex = support_annex(catalogue(), revision)
    keys = {word.casefold(): each.id for each in (*annex.plans, *annex.options) for word in (each.id, each.name)}
    return keys.get(name.casefold(), name)


def _customer(customer_id: int) -> _Customer:
    found = one("SELECT id, name, zone FROM customer WHERE id = ?", (customer_id,), _Customer)
    if found is None:
        raise NotFound(f"There is no customer {customer_id}.")
    return found


def _first(zone: str, day: date) -> int:
    return day_bounds(zone, day.toordinal())[0]


def _in_force(customer_id: int, instant: int) -> int | None:
    found = one(
        "SELECT id FROM contract WHERE customer_id = ? AND starts_at <= ? AND (ends_at IS NULL OR ends_at > ?)"
        " ORDER BY starts_at DESC, id DESC",
        (customer_id, instant, instant),
    )
    return int(found[0]) if found else None


def _refuse_overlap(customer: _Customer, starts_on: date, replace: bool) -> None:
    instant = _first(customer.zone, starts_on)
    later = one(
        "SELECT starts_at FROM contract WHERE customer_id = ? AND starts_at >= ? ORDER BY starts_at",
        (customer.id, instant),
    )
    if later is not None:
        day = local_of(customer.zone, later[0]).date()
        raise SigningRefused(f"{customer.name} has a contract that begins on {day}; sign from a later day than that.")
    held = _in_force(customer.id, instant)
    if held is not None and not replace:
        raise SigningRefused(
            f"{customer.name} has a contract in force on {starts_on}; say that this one replaces it, renew it, "
            "or let it end first."
        )
    if held is not None:
        _refuse_tickets(customer, instant)


def _refuse_tickets(customer: _Customer, instant: int) -> None:
    newest = one(
        "SELECT id, received_at FROM ticket WHERE customer_id = ? AND received_at >= ? ORDER BY received_at DESC",
        (customer.id, instant),
    )
    if newest is not None:
        day = local_of(customer.zone, newest[1]).date()
        raise SigningRefused(
            f"#{newest[0]} of {customer.name} was received on {day} and is judged by the terms of then; "
            "choose a later day."
        )


def _write(tx: Transaction, customer: _Customer, signed: Signed, actor: int, replace: bool) -> int:
    agreed, instant = signed.terms.agreement, _first(customer.zone, signed.starts_on)
    held = _in_force(customer.id, instant)
    if held is not None and replace:
        tx.update(Contract, held, None, ends_at=instant)
    contract = tx.insert(
        Contract,
        customer_id=customer.id,
        plan=agreed.plan,
        support_option=agreed.support_option,
        deployment=agreed.deployment,
        data_location=agreed.data_location or None,
        order=json.dumps(agreed.order.to_mapping(), ensure_ascii=False),
        starts_at=instant,
    )
    tx.insert(Adoption, contract_id=contract, revision=agreed.revision, effective_at=instant, person_id=actor)
    tx.insert(Term, contract_id=contract, starts_on=signed.starts_on.isoformat(), ends_on=signed.ends_on.isoformat())
    return contract


def _last_term(customer: _Customer) -> tuple[int, date]:
    """The newest contract of a customer and the last day of its last term, credits included."""
    found = rows(
        "SELECT k.id, t.ends_on, t.extension_days FROM contract k JOIN term t ON t.contract_id = k.id"
        " WHERE k.customer_id = ? AND k.ends_at IS NULL ORDER BY k.starts_at DESC, k.id DESC, t.ends_on DESC",
        (customer.id,),
    )
    if not found:
        raise SigningRefused(f"{customer.name} has no contract that could be renewed; sign one.")
    contract_id, ends_on, days = found[0]
    return contract_id, date.fromisoformat(ends_on) + timedelta(days=days)
