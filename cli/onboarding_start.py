"""`tamdesk onboarding start`: begin to bring a customer on board (TAMs and leads)."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from cli.hours_words import DONE, add_json, customer_of, date_of, person_id, show, show_json, tell
from cli.onboarding_words import PHASES, POV, add_customer, narrated, tell_onboarding
from cli.ticket_desk import entered

if TYPE_CHECKING:
    from onboarding.starting import Dates


def add_actions(actions: Any) -> None:
    """Register the action in the onboarding group."""
    start = actions.add_parser("start", help="begin to bring a customer on board (TAMs and leads)")
    add_customer(start)
    start.add_argument(
        "--from",
        dest="first",
        metavar="DATE",
        type=date_of,
        required=True,
        help="the first day, a working day of theirs",
    )
    start.add_argument(
        "--phase", choices=tuple(PHASES), default=POV, help="the proof of value, or at once the onboarding term (pov)"
    )
    add_length(start)
    start.add_argument("--owner", metavar="LOGIN", help="who looks after it (default: the customer's TAM, else you)")
    start.add_argument("--dry-run", action="store_true", help="print the dates it would have, and write nothing")
    add_json(start, run)


def add_length(parser: argparse.ArgumentParser) -> None:
    """Let the length of a phase be said, and the go-live that its dates are counted back from."""
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--weeks", metavar="N", type=int, help="how many weeks it lasts")
    length.add_argument("--months", metavar="N", type=int, help="how many months it lasts, for the term")
    parser.add_argument(
        "--go-live", metavar="DATE", type=date_of, help="plan backward from this day (default: forward from the start)"
    )


def run(args: argparse.Namespace) -> int:
    """Start an onboarding, or print its dates; raises what `onboarding.starting.start` refuses."""
    from onboarding import starting

    said = {"phase": PHASES[args.phase], "weeks": args.weeks, "months": args.months, "go_live_on": args.go_live}
    with entered(args) as actor:
        customer = customer_of(args.customer) or 0
        if args.dry_run:
            return _tell_dates(args, starting.preview(customer, args.first, **said))
        owner = None if args.owner is None else person_id(args.owner)
        number = starting.start(customer, actor.id, args.now(), args.first, owner=owner, **said)
        return tell_onboarding(args, number, narrated(actor.id))


def _tell_dates(args: argparse.Namespace, dates: Dates) -> int:
    if args.json:
        show_json(dates._asdict())
        return DONE
    show(f"{PHASES[args.phase]} from {dates.starts_on} to {dates.ends_on}, go-live on {dates.go_live_on}")
    tell("Nothing was written.")
    return DONE
