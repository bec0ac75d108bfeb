"""`tamdesk call feedback`: what customers say of the product, and why it matters to them."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from cli.hours_words import DONE, add_json, customer_of, number_of, show, show_json, tell
from cli.ticket_desk import entered

if TYPE_CHECKING:
    from tam.feedback import FeedbackRow


def add_actions(actions: Any) -> None:
    """Register the actions in the call group."""
    feedback = actions.add_parser("feedback", help="note what a customer says of the product, and list it")
    steps = feedback.add_subparsers(dest="step", metavar="STEP", required=True)
    listing = steps.add_parser("list", help="print what a customer said, the latest first")
    listing.add_argument("customer", metavar="CUSTOMER", help="the customer's key or name")
    add_json(listing, run_list)
    new = steps.add_parser("add", help="note what a customer said")
    new.add_argument("customer", metavar="CUSTOMER", help="the customer's key or name")
    new.add_argument("what", metavar="TEXT", nargs="+", help="what they said, in a line")
    new.add_argument("--why", metavar="TEXT", default="", help="why it matters to them")
    new.add_argument("--ticket", metavar="N", type=number_of, help="the ticket that follows it")
    new.add_argument("--call", metavar="ID", type=number_of, help="the call in which they said it")
    new.add_argument("--own-date", action="store_true", help="the date in it is the customer's own, no promise of ours")
    add_json(new, run_add)


def run_list(args: argparse.Namespace) -> int:
    """Print what a customer said."""
    from tam.feedback import of_customer

    with entered(args) as actor:
        found = of_customer(customer_of(args.customer) or 0)
    if args.json:
        show_json([each._asdict() for each in found])
        return DONE
    for each in found:
        show(_line(each, actor.zone))
    if not found:
        tell("They have said nothing yet.")
    return DONE


def run_add(args: argparse.Namespace) -> int:
    """Note it; a promised date is refused unless it is the customer's own."""
    from tam.feedback import DatePromised, feedback, log

    with entered(args) as actor:
        customer, text, at = customer_of(args.customer) or 0, " ".join(args.what), args.now()
        try:
            number = log(customer, text, args.why, actor.id, at, args.call, args.ticket, args.own_date)
        except DatePromised as refusal:
            raise DatePromised(f"{refusal} (--own-date)") from refusal
        kept = feedback(number)
    if args.json:
        show_json(kept._asdict())
    else:
        show(_line(kept, actor.zone))
        tell("It is noted.")
    return DONE


def _line(each: FeedbackRow, zone: str) -> str:
    from sla.wall import local_of

    ticket = f"  #{each.ticket_id} {each.ticket_state}" if each.ticket_id is not None else ""
    why = f" ({each.why})" if each.why else ""
    return f"{each.id:>6}  {local_of(zone, each.at).date().isoformat()}  {each.what}{why}{ticket}"
