"""A checklist cut to one customer: own items, other words, needs, and what a newer template offers."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from contracts.current import catalogue
from contracts.held import terms_at
from models.access import require
from models.errors import NotFound
from models.journal import Transaction, transaction
from models.onboardings import ItemNeed, Onboarding, OnboardingItem
from models.reading import rows, scalar
from onboarding import rules
from onboarding.critical import circle
from onboarding.errors import OnboardingRefused
from onboarding.filling import ONE_TO_ONE, fill, stretch
from onboarding.open_days import next_open, working_days_of
from onboarding.rules import MANAGERS, Done, Held, held, open_item, running, said
from onboarding.schedule import needs_of, phase_starts, replan
from onboarding.template import Template, TemplateItem, template
from onboarding.words import FROM_GO_LIVE, PARTS, PREREQUISITE, PROOF, SIDES, TERM, TOPIC, VENDOR
from tickets.words import clean_line


class ItemChange(NamedTuple):
    """An item as the checklist has it and as the template has it."""

    key: str
    title: str
    new_title: str
    done_means: str
    new_done_means: str


class Diff(NamedTuple):
    """What a template has that a checklist has not: new items, changed words, and items that are gone from it."""

    template: str
    new: tuple[TemplateItem, ...]
    changed: tuple[ItemChange, ...]
    gone: tuple[str, ...]


def add(
    onboarding_id: int,
    title: str,
    actor: int,
    at: int,
    *,
    topic: str,
    side: str = VENDOR,
    part: str = TOPIC,
    done_means: str = "",
    due: date | None = None,
    days: int = 1,
) -> int:
    """Add an item of the customer's own and answer its id; without a date it is due by go-live."""
    with transaction(actor, at, "item.add") as tx:
        person = require(actor, *MANAGERS)
        found = running(onboarding_id)
        named = said(title, "An item has a title; say in a line what is to be done.")
        _known("side", side, SIDES)
        _known("part", part, PARTS)
        _check_dates(found, due, days, at)
        last = scalar("SELECT MAX(position) FROM onboarding_item WHERE onboarding_id = ?", (onboarding_id,)) or 0
        item_id = tx.insert(
            OnboardingItem,
            onboarding=onboarding_id,
            topic=said(topic, "An item belongs to a topic; name one."),
            title=named,
            side=side,
            part=part,
            done_means=clean_line(done_means),
            position=last + 1,
            anchor=FROM_GO_LIVE,
            days=days,
            due_on=due.isoformat() if due else None,
            pinned=int(due is not None),
        )
        replan(tx, found, at)
        tx.say(f"{person.name} added {named} to the checklist of {found.customer}.")
    return item_id


def describe(
    item_id: int,
    actor: int,
    at: int,
    *,
    title: str | None = None,
    done_means: str | None = None,
    topic: str | None = None,
    days: int | None = None,
    version: int | None = None,
) -> Done:
    """Change what an item is called, what done means, its topic, or how many working days it takes."""
    with transaction(actor, at, "item.describe") as tx:
        person = require(actor, *MANAGERS)
        item, found = open_item(item_id)
        new: dict[str, str | int] = {}
        if title is not None:
            new["title"] = said(title, "An item has a title; say in a line what is to be done.")
        if done_means is not None:
            new["done_means"] = clean_line(done_means)
        if topic is not None:
            new["topic"] = said(topic, "An item belongs to a topic; name one.")
        if days is not None:
            _refuse_days(days)
            new["days"] = days
        tx.update(OnboardingItem, item_id, version, **new)
        replan(tx, found, at)
        tx.say(f"{person.name} changed {item.title} for {found.customer}.")
    return rules.done(tx, item.onboarding_id)


def need(item_id: int, needed_id: int, actor: int, at: int) -> Done:
    """Have an item wait for another; a circle is refused and named. What depends on it moves along."""
    with transaction(actor, at, "item.need") as tx:
        person = require(actor, *MANAGERS)
        item, found = open_item(item_id)
        other, _ = open_item(needed_id)
        if other.onboarding_id != item.onboarding_id:
            raise OnboardingRefused(f"{other.title} belongs to another onboarding; an item waits for its own only.")
        needs = needs_of(found.id)
        if needed_id in needs.get(item_id, ()):
            raise OnboardingRefused(f"{item.title} waits for {other.title} already; nothing changed.")
        _refuse_circle(found.id, needs | {item_id: (*needs.get(item_id, ()), needed_id)})
        tx.insert(ItemNeed, item=item_id, needed=needed_id)
        replan(tx, found, at)
        tx.say(f"{person.name} had {item.title} for {found.customer} wait for {other.title}.")
    return rules.done(tx, found.id)


def no_need(item_id: int, needed_id: int, actor: int, at: int) -> Done:
    """Have an item wait for another no longer."""
    with transaction(actor, at, "item.no_need") as tx:
        person = require(actor, *MANAGERS)
        item, found = open_item(item_id)
        row = scalar("SELECT id FROM item_need WHERE item_id = ? AND needed_id = ?", (item_id, needed_id))
        if row is None:
            raise NotFound(f"{item.title} does not wait for that.")
        other = rules.held_item(needed_id)
        tx.delete(ItemNeed, row)
        replan(tx, found, at)
        tx.say(f"{person.name} had {item.title} for {found.customer} wait for {other.title} no longer.")
    return rules.done(tx, found.id)


def diff(onboarding_id: int, at: int) -> Diff:
    """What the template of the revision that the customer follows at an instant has, beside the checklist."""
    found = held(onboarding_id)
    return _diff(found, _newest(found, at))


def take(onboarding_id: int, keys: tuple[str, ...], actor: int, at: int) -> Done:
    """Take new items, or the new words of changed ones, from the template into a running checklist."""
    with transaction(actor, at, "onboarding.take") as tx:
        person = require(actor, *MANAGERS)
        found = running(onboarding_id)
        newest = _newest(found, at)
        offered = _diff(found, newest)
        known = {item.key: item for item in offered.new}
        changed = {change.key: change for change in offered.changed}
        for key in keys:
            _known("offered item", key, (*known, *changed))
        _take_new(tx, found, newest, [item for key, item in known.items() if key in keys], at)
        for change in offered.changed:
            if change.key in keys:
                _rename(tx, onboarding_id, change)
        if set(keys) >= {*known, *changed}:
            tx.update(Onboarding, onboarding_id, template=newest.name)
        replan(tx, found, at)
        count = len(set(keys))
        tx.say(
            f"{person.name} took {count} item{'' if count == 1 else 's'} of {newest.name} over for {found.customer}."
        )
    return rules.done(tx, onboarding_id)


def _newest(found: Held, at: int) -> Template:
    """The template of the revision that the contract follows, else of the one that the onboarding began with."""
    terms = terms_at(found.customer_id, at)
    if terms is None:
        return template(found.revision)
    return template(catalogue().governing("onboarding", terms.terms.agreement.revision).revision)


def _diff(found: Held, newest: Template) -> Diff:
    """By key: own items have none, and the parts of a phase that has not begun are not missing yet."""
    begun = {found.phase, *phase_starts(found.id)}
    items = {
        key: (title, means)
        for key, title, means in rows(
            "SELECT key, title, done_means FROM onboarding_item WHERE onboarding_id = ? AND key <> ''"
            " ORDER BY position",
            (found.id,),
        )
    }
    offered = [item for item in newest.items if (item.part == PREREQUISITE) == (TERM not in begun) or item.key in items]
    changed = [
        ItemChange(item.key, items[item.key][0], item.title, items[item.key][1], item.done_means)
        for item in offered
        if item.key in items and items[item.key] != (item.title, item.done_means)
    ]
    new = tuple(item for item in offered if item.key not in items)
    kept = {item.key for item in newest.items}
    return Diff(newest.name, new, tuple(changed), tuple(key for key in items if key not in kept))


def _take_new(tx: Transaction, found: Held, newest: Template, items: list[TemplateItem], at: int) -> None:
    by = ONE_TO_ONE
    if found.phase != PROOF:
        begins = phase_starts(found.id).get(TERM) or found.starts_on
        is_open = working_days_of(found, at)
        by = stretch(newest.span_days, date.fromisoformat(begins), date.fromisoformat(found.go_live_on), is_open)
    fill(tx, found.id, items, by)


def _rename(tx: Transaction, onboarding_id: int, change: ItemChange) -> None:
    item_id = scalar("SELECT id FROM onboarding_item WHERE onboarding_id = ? AND key = ?", (onboarding_id, change.key))
    tx.update(OnboardingItem, item_id, title=change.new_title, done_means=change.new_done_means)


def _refuse_circle(onboarding_id: int, needs: dict[int, tuple[int, ...]]) -> None:
    around = circle(needs)
    if around:
        titles = dict(rows("SELECT id, title FROM onboarding_item WHERE onboarding_id = ?", (onboarding_id,)))
        raise OnboardingRefused(
            f"Then these would wait for each other in a circle: {' → '.join(titles[each] for each in around)}."
        )


def _check_dates(found: Held, due: date | None, days: int, at: int) -> None:
    _refuse_days(days)
    is_open = working_days_of(found, at)
    if due is not None and not is_open(due):
        better = next_open(due, is_open)
        raise OnboardingRefused(f"{due} is not a working day for {found.customer}; take {better}.")


def _refuse_days(days: int) -> None:
    if days < 1:
        raise OnboardingRefused("An item takes a working day or more.")


def _known(what: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise OnboardingRefused(f"{value!r} is no {what}; use {', '.join(known) or 'none: there is nothing'}.")
