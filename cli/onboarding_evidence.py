"""`tamdesk onboarding evidence`: all that shows how far a customer is, read back and taken away."""

from __future__ import annotations

import argparse
from typing import Any

from cli.call_words import deliver
from cli.hours_words import DONE, add_json, number_of, show, show_json, tell
from cli.onboarding_words import (
    add_customer,
    add_pieces,
    keep_piece,
    narrated,
    onboarding_of,
    piece_line,
    tell_done,
    tell_piece,
)
from cli.ticket_desk import entered


def add_actions(actions: Any) -> None:
    """Register the actions in the onboarding group."""
    evidence = actions.add_parser("evidence", help="list evidence, save a file of it, or take it away")
    steps = evidence.add_subparsers(dest="step", metavar="STEP", required=True)
    listing = steps.add_parser("list", help="print all evidence of a customer, the oldest first")
    add_customer(listing)
    listing.add_argument("--public", action="store_true", help="only what the customer may read")
    add_json(listing, run_list)
    add = steps.add_parser("add", help="keep what shows how the onboarding as a whole goes")
    add_customer(add)
    add_pieces(add)
    add_json(add, run_add)
    save = _of_evidence(steps, "save", "print or write the file")
    save.add_argument("--output", metavar="FILE", help="write it to a file or into a folder (default: print it)")
    save.set_defaults(run=run_save)
    add_json(_of_evidence(steps, "remove", "take it away"), run_remove)


def _of_evidence(steps: Any, step: str, what: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = steps.add_parser(step, help=what)
    parser.add_argument("evidence", metavar="EVIDENCE", type=number_of, help="its number")
    return parser


def run_list(args: argparse.Namespace) -> int:
    """Print the evidence of items, of criteria and of the whole."""
    from models.reading import rows
    from onboarding.evidence import evidence

    with entered(args):
        held = onboarding_of(args.customer)
        found = evidence(held.id, public_only=args.public)
        titles = dict(rows("SELECT id, title FROM onboarding_item WHERE onboarding_id = ?", (held.id,)))
        criteria = dict(rows("SELECT id, what FROM criterion WHERE onboarding_id = ?", (held.id,)))
    if args.json:
        show_json([each._asdict() for each in found])
        return DONE
    for each in found:
        about = titles.get(each.item_id) or criteria.get(each.criterion_id)
        show(piece_line(each) + (f" ({about})" if about else ""))
    if not found:
        tell(f"{held.customer} has no such evidence.")
    return DONE


def run_add(args: argparse.Namespace) -> int:
    """Keep evidence of the whole onboarding; raises OnboardingRefused."""
    with entered(args) as actor:
        kept = keep_piece(args, onboarding_of(args.customer).id, actor.id)
        return tell_piece(args, kept, narrated(actor.id))


def run_save(args: argparse.Namespace) -> int:
    """Print the bytes of a file, or write them; raises NotFound for a link or a note."""
    from onboarding.evidence import body, piece

    with entered(args):
        name, content = piece(args.evidence).text, body(args.evidence)
    deliver(content, args.output, name)
    return DONE


def run_remove(args: argparse.Namespace) -> int:
    """Take evidence away, and print what it was; raises OnboardingRefused."""
    from onboarding.evidence import piece, remove

    with entered(args) as actor:
        was = piece(args.evidence)
        remove(was.id, actor.id, args.now())
        return tell_done(args, piece_line(was), {"evidence": was._asdict()}, narrated(actor.id))
