"""What happens to an item of a checklist: started, blocked, done, not needed; who has it, and when it is due."""

from __future__ import annotations

from datetime import date

from models.access import Actor, actor_by_id, require
from models.journal import Transaction, transaction
from models.onboardings import OnboardingItem
from models.reading import rows, scalar
from onboarding import rules
from onboarding.errors import OnboardingRefused
from onboarding.open_days import next_open, working_days_of
from onboarding.rules import MANAGERS, WORKERS, Done, Held, HeldItem, open_item, said
from onboarding.schedule import replan
from onboarding.words import BLOCKED, CUSTOMER, DOING, DONE, NOT_NEEDED, SETTLED, TO_DO, VENDOR

_UNBLOCKED = {"blocked_by": "", "blocked_since": None}
_NOBODY = ("both", "both sides", "everyone", "all", "we", "us", VENDOR, CUSTOMER)


def start(item_id: int, actor: int, at: int, *, version: int | None = None) -> Done:
    """Say that somebody works on it."""
    with transaction(actor, at, "item.start") as tx:
        person, item, customer = _asked(item_id, actor)
        _refuse_settled(item)
        if item.state == DOING:
            raise OnboardingRefused(f"{item.title} is under way already; nothing changed.")
        tx.update(OnboardingItem, item_id, version, state=DOING, reason="", **_UNBLOCKED)
        tx.say(f"{person.name} started {item.title} for {customer.customer}.")
    return rules.done(tx, item.onboarding_id)


def done(item_id: int, actor: int, at: int, *, reason: str = "", version: int | None = None) -> Done:
    """Say that it is done; refused before what it needs, unless a TAM or a lead says why."""
    with transaction(actor, at, "item.done") as tx:
        person, item, customer = _asked(item_id, actor)
        if item.state == DONE:
            raise OnboardingRefused(f"{item.title} is done already; nothing changed.")
        if item.state == NOT_NEEDED:
            raise OnboardingRefused(f"{item.title} is not needed; take it back in first.")
        why = _why_first(person, item, reason)
        tx.update(OnboardingItem, item_id, version, state=DONE, ended_at=at, reason=why, **_UNBLOCKED)
        tx.say(f"{person.name} finished {item.title} for {customer.customer}{': ' + why if why else '.'}")
    return rules.done(tx, item.onboarding_id)


def block(
    item_id: int, by: str, why: str, actor: int, at: int, *, since: int | None = None, version: int | None = None
) -> Done:
    """Say who holds it up ("customer", "vendor" or a name), why, and since when (UTC seconds; else `at`)."""
    with transaction(actor, at, "item.block") as tx:
        person, item, customer = _asked(item_id, actor)
        _refuse_settled(item)
        whom = said(by, "Say who holds it up: the vendor, the customer, or somebody by name.")
        reason = said(why, "Say in a line why it cannot go on.")
        if since is not None and since > at:
            raise OnboardingRefused("It cannot be blocked since a time that has not come yet; give an earlier one.")
        blocked_since = at if since is None else since
        tx.update(
            OnboardingItem, item_id, version, state=BLOCKED, blocked_by=whom, blocked_since=blocked_since, reason=reason
        )
        tx.say(f"{person.name} marked {item.title} for {customer.customer} as blocked by {whom}: {reason}")
    return rules.done(tx, item.onboarding_id)


def unblock(item_id: int, actor: int, at: int, *, version: int | None = None) -> Done:
    """Say that it can go on; it is under way then."""
    with transaction(actor, at, "item.unblock") as tx:
        person, item, customer = _asked(item_id, actor)
        if item.state != BLOCKED:
            raise OnboardingRefused(f"{item.title} is not blocked; nothing changed.")
        tx.update(OnboardingItem, item_id, version, state=DOING, reason="", **_UNBLOCKED)
        tx.say(f"{person.name} unblocked {item.title} for {customer.customer}.")
    return rules.done(tx, item.onboarding_id)


def not_needed(item_id: int, reason: str, actor: int, at: int, *, version: int | None = None) -> Done:
    """Take it out of this customer's scope, with a reason; a TAM or a lead does. What waited for it need not wait."""
    with transaction(actor, at, "item.not_needed") as tx:
        person, item, customer = _asked(item_id, actor, *MANAGERS)
        if item.state in SETTLED:
            raise OnboardingRefused(f"{item.title} is {item.state} already; nothing changed.")
        why = said(reason, "Say in a line why this customer does not need it.")
        tx.update(OnboardingItem, item_id, version, state=NOT_NEEDED, ended_at=at, reason=why, **_UNBLOCKED)
        replan(tx, customer, at)
        tx.say(f"{person.name} took {item.title} out for {customer.customer}: {why}")
    return rules.done(tx, item.onboarding_id)


def reopen(item_id: int, actor: int, at: int, *, version: int | None = None) -> Done:
    """Take back that it is done or not needed; refused while something that needs it is done."""
    with transaction(actor, at, "item.reopen") as tx:
        person, item, customer = _asked(item_id, actor)
        if item.state not in SETTLED:
            raise OnboardingRefused(f"{item.title} is open ({item.state}); nothing changed.")
        later = scalar(
            "SELECT i.title FROM item_need n JOIN onboarding_item i ON i.id = n.item_id"
            " WHERE n.needed_id = ? AND i.state = ? ORDER BY i.position LIMIT 1",
            (item_id, DONE),
        )
        if later is not None:
            raise OnboardingRefused(f"{later} needs {item.title} and is done; reopen that first.")
        tx.update(OnboardingItem, item_id, version, state=TO_DO, ended_at=None, reason="")
        replan(tx, customer, at)
        tx.say(f"{person.name} reopened {item.title} for {customer.customer}.")
    return rules.done(tx, item.onboarding_id)


def give(
    item_id: int, actor: int, at: int, *, person: int | None = None, contact: str = "", version: int | None = None
) -> Done:
    """Give it to exactly one: a person of the vendor's (by id), or one of the customer's by name.

    The side that has to move follows from who has it.
    """
    with transaction(actor, at, "item.give") as tx:
        who, item, customer = _asked(item_id, actor)
        if (person is None) == (not contact.strip()):
            raise OnboardingRefused("An item has one owner: name a person of one side, not of both.")
        if person is not None:
            name, side = _colleague(person), VENDOR
        else:
            name, side = _contact(customer, contact), CUSTOMER
        tx.update(OnboardingItem, item_id, version, owner=name, side=side, person_id=person)
        tx.say(f"{who.name} gave {item.title} for {customer.customer} to {name} ({side}).")
    return rules.done(tx, item.onboarding_id)


def due(item_id: int, on: date | None, actor: int, at: int, *, version: int | None = None) -> Done:
    """Pin it to a working day, or (None) let it follow the plan again; what depends on it moves along."""
    with transaction(actor, at, "item.due") as tx:
        person, item, customer = _asked(item_id, actor)
        if item.state in SETTLED:
            raise OnboardingRefused(f"{item.title} is {item.state}; reopen it before you give it a date.")
        if on is None:
            _follow_plan(tx, customer, item_id, version, at)
            tx.say(f"{person.name} let {item.title} for {customer.customer} follow the plan again.")
        else:
            is_open = working_days_of(customer, at)
            if not is_open(on):
                better = next_open(on, is_open)
                raise OnboardingRefused(f"{on} is not a working day for {customer.customer}; take {better}.")
            tx.update(OnboardingItem, item_id, version, pinned=1, due_on=on.isoformat())
            replan(tx, customer, at)
            tx.say(f"{person.name} set {item.title} for {customer.customer} to be due on {on}.")
    return rules.done(tx, item.onboarding_id)


def _follow_plan(tx: Transaction, customer: Held, item_id: int, version: int | None, at: int) -> None:
    tx.update(OnboardingItem, item_id, version, pinned=0)
    replan(tx, customer, at)


def _asked(item_id: int, actor: int, *roles: str) -> tuple[Actor, HeldItem, Held]:
    """Who asks, the item and its onboarding, where they may and it is under way."""
    person = require(actor, *(roles or WORKERS))
    return person, *open_item(item_id)


def _refuse_settled(item: HeldItem) -> None:
    if item.state in SETTLED:
        raise OnboardingRefused(f"{item.title} is {item.state}; reopen it first.")


def _why_first(person: Actor, item: HeldItem, reason: str) -> str:
    """The reason for finishing an item before what it needs; empty where nothing is missing."""
    first = [
        title
        for (title,) in rows(
            "SELECT i.title FROM item_need n JOIN onboarding_item i ON i.id = n.needed_id"
            f" WHERE n.item_id = ? AND i.state NOT IN ('{DONE}', '{NOT_NEEDED}') ORDER BY i.position, i.id",
            (item.id,),
        )
    ]
    if not first:
        return ""
    waits = f"{item.title} comes after {_listed(first)}; finish that first"
    if person.role not in MANAGERS:
        raise OnboardingRefused(f"{waits}, or ask a TAM or a lead.")
    return said(reason, f"{waits}, or give a reason why it is done before.")


def _listed(titles: list[str]) -> str:
    return " and ".join([", ".join(titles[:-1]), titles[-1]] if len(titles) > 1 else titles)


def _colleague(person_id: int) -> str:
    person = actor_by_id(person_id)
    if person.role not in WORKERS:
        raise OnboardingRefused(f"{person.name} may look but not change anything; name someone else.")
    return person.name


def _contact(customer: Held, name: str) -> str:
    """One person of the customer's, as the desk spells them where it knows them."""
    named = said(name, "Say who has it.")
    for (known,) in rows("SELECT name FROM contact WHERE customer_id = ? ORDER BY id", (customer.customer_id,)):
        if known.casefold() == named.casefold():
            return str(known)
    several = any(sign in f" {named} " for sign in ("/", "&", ",", ";", "+", " and "))
    if several or named.casefold() in (*_NOBODY, customer.customer.casefold()):
        raise OnboardingRefused(f"{named!r} is nobody in particular; an item has one owner, by name.")
    return named
