"""`tamdesk onboarding item owner`, `due`, `add`, `change`, `after` and `not-after`: who, when, and what it is."""

from __future__ import annotations

import argparse
from typing import Any

from cli.hours_words import add_json, date_of, misused, person_id
from cli.onboarding_words import (
    OURS,
    SIDES,
    THEIRS,
    add_customer,
    add_item,
    item_of,
    narrated,
    onboarding_of,
    tell_item,
)
from cli.ticket_desk import entered


def add_steps(steps: Any) -> None:
    """Register the steps of an item."""
    owner = steps.add_parser("owner", help="give it to one person, of ours or of theirs")
    add_item(owner)
    whose = owner.add_mutually_exclusive_group(required=True)
    whose.add_argument("--person", metavar="LOGIN", help="somebody of ours")
    whose.add_argument("--contact", metavar="NAME", help="somebody of theirs, by name")
    add_json(owner, run_owner)
    due = steps.add_parser("due", help="set the day by which it is done, and move what depends on it")
    add_item(due)
    when = due.add_mutually_exclusive_group(required=True)
    when.add_argument("--on", metavar="DATE", type=date_of, help="a working day of theirs")
    when.add_argument("--plan", action="store_true", help="let it follow the plan again")
    add_json(due, run_due)
    add = steps.add_parser("add", help="add an item of the customer's own (TAMs and leads)")
    add_customer(add)
    add.add_argument("title", metavar="TITLE", nargs="+", help="what is to be done")
    add.add_argument("--theirs", dest="side", action="store_const", const=THEIRS, default=OURS, help="they do it")
    add.add_argument("--due", metavar="DATE", type=date_of, help="its day (default: by go-live)")
    _add_words(add, required=True)
    add_json(add, run_add)
    _add_tailoring(steps)


def _add_tailoring(steps: Any) -> None:
    change = steps.add_parser("change", help="change what it is called, or what done means (TAMs and leads)")
    add_item(change)
    change.add_argument("--title", metavar="TEXT", help="what it is called")
    _add_words(change, required=False)
    add_json(change, run_change)
    for step, what in (
        ("after", "have it wait for another one"),
        ("not-after", "have it wait for another one no more"),
    ):
        need = steps.add_parser(step, help=f"{what} (TAMs and leads)")
        add_item(need)
        need.add_argument("other", metavar="OTHER", help="the item that comes first")
        add_json(need, run_need)


def _add_words(parser: argparse.ArgumentParser, required: bool) -> None:
    parser.add_argument("--topic", metavar="TOPIC", required=required, help="where it belongs")
    parser.add_argument("--done-means", metavar="TEXT", help="when it is done")
    parser.add_argument("--days", metavar="N", type=int, help="how many working days it takes")


def run_owner(args: argparse.Namespace) -> int:
    """Give an item to somebody; raises OnboardingRefused."""
    from onboarding.items import give

    with entered(args) as actor:
        held = onboarding_of(args.customer)
        item_id = item_of(held.id, args.item)
        person = None if args.person is None else person_id(args.person)
        done = give(item_id, actor.id, args.now(), person=person, contact=args.contact or "")
        return tell_item(args, held, item_id, done.sentence)


def run_due(args: argparse.Namespace) -> int:
    """Pin an item to a day, or let it follow the plan; raises OnboardingRefused."""
    from onboarding.items import due

    with entered(args) as actor:
        held = onboarding_of(args.customer)
        item_id = item_of(held.id, args.item)
        return tell_item(args, held, item_id, due(item_id, args.on, actor.id, args.now()).sentence)


def run_add(args: argparse.Namespace) -> int:
    """Add an item; raises OnboardingRefused."""
    from onboarding.tailoring import add

    with entered(args) as actor:
        held = onboarding_of(args.customer)
        item_id = add(
            held.id,
            " ".join(args.title),
            actor.id,
            args.now(),
            topic=args.topic,
            side=SIDES[args.side],
            done_means=args.done_means or "",
            due=args.due,
            days=1 if args.days is None else args.days,
        )
        return tell_item(args, held, item_id, narrated(actor.id))


def run_change(args: argparse.Namespace) -> int:
    """Change the words of an item; raises OnboardingRefused."""
    from onboarding.tailoring import describe

    said = {name: getattr(args, name) for name in ("title", "topic", "done_means", "days")}
    if all(value is None for value in said.values()):
        return misused("onboarding item change", "say what to change, such as --title TEXT.")
    with entered(args) as actor:
        held = onboarding_of(args.customer)
        item_id = item_of(held.id, args.item)
        return tell_item(args, held, item_id, describe(item_id, actor.id, args.now(), **said).sentence)


def run_need(args: argparse.Namespace) -> int:
    """Have an item wait for another, or no longer; raises OnboardingRefused, a circle by its titles."""
    from onboarding.tailoring import need, no_need

    does = need if args.step == "after" else no_need
    with entered(args) as actor:
        held = onboarding_of(args.customer)
        item_id, other = item_of(held.id, args.item), item_of(held.id, args.other)
        return tell_item(args, held, item_id, does(item_id, other, actor.id, args.now()).sentence)
