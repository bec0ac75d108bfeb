"""`tamdesk onboarding item done`, `start`, `block`, `unblock`, `exclude`, `reopen` and `evidence`: do the work."""

from __future__ import annotations

import argparse
from typing import Any

from cli.hours_words import DONE, add_json, date_of, show, show_json, tell
from cli.onboarding_words import (
    add_item,
    add_pieces,
    add_reason,
    item_of,
    keep_piece,
    narrated,
    onboarding_of,
    piece_line,
    tell_item,
    tell_piece,
)
from cli.ticket_desk import entered

CUSTOMER, VENDOR = "customer", "vendor"


def add_steps(steps: Any) -> None:
    """Register the steps of an item."""
    done = steps.add_parser("done", help="say that it is done")
    add_item(done)
    add_reason(done, "why it is done before what it needs (TAMs and leads)")
    add_json(done, run_done)
    for step, what in (("start", "say that somebody works on it"), ("unblock", "say that it can go on")):
        plain = steps.add_parser(step, help=what)
        add_item(plain)
        add_json(plain, run_plain)
    reopen = steps.add_parser("reopen", help="take back that it is done or not needed")
    add_item(reopen)
    add_json(reopen, run_plain)
    block = steps.add_parser("block", help="say who holds it up, and why")
    add_item(block)
    block.add_argument("--by", metavar="WHO", required=True, help="customer, vendor, or somebody by name")
    block.add_argument("--since", metavar="DATE", type=date_of, help="since which day (default: now)")
    add_reason(block, "why it cannot go on", required=True)
    add_json(block, run_block)
    exclude = steps.add_parser("exclude", help="take it out of this customer's scope (TAMs and leads)")
    add_item(exclude)
    add_reason(exclude, "why this customer does not need it", required=True)
    add_json(exclude, run_exclude)
    _add_evidence(steps)


def _add_evidence(steps: Any) -> None:
    evidence = steps.add_parser("evidence", help="keep what shows that it is done")
    add_item(evidence)
    add_pieces(evidence)
    add_json(evidence, run_evidence)
    shown = steps.add_parser("shown", help="print the evidence of an item")
    add_item(shown)
    add_json(shown, run_shown)


def run_done(args: argparse.Namespace) -> int:
    """Finish an item; raises OnboardingRefused."""
    from onboarding import items

    with entered(args) as actor:
        held = onboarding_of(args.customer)
        item_id = item_of(held.id, args.item)
        done = items.done(item_id, actor.id, args.now(), reason=args.reason)
        return tell_item(args, held, item_id, done.sentence)


def run_plain(args: argparse.Namespace) -> int:
    """Start, unblock or reopen an item; raises OnboardingRefused."""
    from onboarding import items

    does = {"start": items.start, "unblock": items.unblock, "reopen": items.reopen}[args.step]
    with entered(args) as actor:
        held = onboarding_of(args.customer)
        item_id = item_of(held.id, args.item)
        return tell_item(args, held, item_id, does(item_id, actor.id, args.now()).sentence)


def run_block(args: argparse.Namespace) -> int:
    """Block an item; raises OnboardingRefused."""
    from onboarding import items
    from sla.wall import day_bounds

    with entered(args) as actor:
        held = onboarding_of(args.customer)
        item_id = item_of(held.id, args.item)
        since = None if args.since is None else day_bounds(held.zone, args.since.toordinal())[0]
        side = args.by.strip().casefold()
        by = side if side in (CUSTOMER, VENDOR) else args.by
        done = items.block(item_id, by, args.reason, actor.id, args.now(), since=since)
        return tell_item(args, held, item_id, done.sentence)


def run_exclude(args: argparse.Namespace) -> int:
    """Take an item out; raises OnboardingRefused."""
    from onboarding import items

    with entered(args) as actor:
        held = onboarding_of(args.customer)
        item_id = item_of(held.id, args.item)
        done = items.not_needed(item_id, args.reason, actor.id, args.now())
        return tell_item(args, held, item_id, done.sentence)


def run_evidence(args: argparse.Namespace) -> int:
    """Keep evidence of an item; raises OnboardingRefused."""
    with entered(args) as actor:
        held = onboarding_of(args.customer)
        kept = keep_piece(args, held.id, actor.id, item_id=item_of(held.id, args.item))
        return tell_piece(args, kept, narrated(actor.id))


def run_shown(args: argparse.Namespace) -> int:
    """Print an item's evidence, the oldest first."""
    from onboarding.evidence import evidence

    with entered(args):
        held = onboarding_of(args.customer)
        item_id = item_of(held.id, args.item)
        found = [each for each in evidence(held.id) if each.item_id == item_id]
    if args.json:
        show_json([each._asdict() for each in found])
        return DONE
    for each in found:
        show(piece_line(each))
    if not found:
        tell("It has no evidence.")
    return DONE
