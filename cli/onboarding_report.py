"""`tamdesk onboarding report`: the status of an onboarding for the customer's eyes, as Markdown or as a page."""

from __future__ import annotations

import argparse
from typing import Any

from cli.call_words import deliver
from cli.hours_words import DONE, add_json, date_of, misused, show_json, tell
from cli.onboarding_words import add_customer, narrated, onboarding_of
from cli.ticket_desk import entered


def add_actions(actions: Any) -> None:
    """Register the action in the onboarding group."""
    report = actions.add_parser("report", help="print the status report for the customer")
    add_customer(report)
    report.add_argument("--html", action="store_true", help="a page that opens anywhere, instead of Markdown")
    report.add_argument(
        "--since",
        metavar="DATE",
        type=date_of,
        help="tell what happened from this day on (default: since the last one)",
    )
    report.add_argument("--output", metavar="FILE", help="write it to a file or into a folder (default: print it)")
    report.add_argument("--keep", action="store_true", help="the customer gets it: keep it (TAMs and leads)")
    report.add_argument("--last", action="store_true", help="the last one that was kept, as it was given")
    add_json(report, run)


def run(args: argparse.Namespace) -> int:
    """Print or write a report, then keep it where that is asked for; raises OnboardingRefused."""
    from models.access import require
    from onboarding import report
    from onboarding.report_html import html
    from onboarding.rules import MANAGERS, running
    from sla.wall import day_bounds

    if args.last:
        return _run_last(args)
    if args.json and (args.html or args.output):
        return misused("onboarding report", "--json prints the report as data; leave --html and --output away.")
    with entered(args) as actor:
        held, now = onboarding_of(args.customer), args.now()
        if args.keep:
            require(actor.id, *MANAGERS)
            running(held.id)
        since = None if args.since is None else day_bounds(held.zone, args.since.toordinal())[0]
        told = report.report(held.id, now, since)
        text, kept = report.markdown(told), None
        if not args.json:
            ending = "html" if args.html else "md"
            deliver((html(told) if args.html else text).encode(), args.output, _name(told.customer, told.on, ending))
        if args.keep:
            kept = report.keep(held.id, text, actor.id, now)
            tell(narrated(actor.id))
    if args.json:
        show_json(
            told._asdict() | {"hours": told.hours._asdict() if told.hours else None, "markdown": text, "kept": kept}
        )
    return DONE


def _run_last(args: argparse.Namespace) -> int:
    """Print or write what a customer was given last; NotFound where that is nothing yet."""
    from models.errors import NotFound
    from onboarding.report import kept
    from sla.wall import local_of

    if args.html or args.since or args.keep or (args.json and args.output):
        return misused("onboarding report", "--last stands as it was given; say at most --output, or --json, with it.")
    with entered(args):
        held = onboarding_of(args.customer)
        found = kept(held.id)
    if not found:
        raise NotFound(f"{held.customer} was given no report yet; say --keep when you give one.")
    if args.json:
        show_json(found[0]._asdict())
    else:
        on = local_of(held.zone, found[0].at).date().isoformat()
        deliver(found[0].body.encode(), args.output, _name(held.customer, on, "md"))
    return DONE


def _name(customer: str, on: str, ending: str) -> str:
    """The name of a report in a folder, as the app gives it."""
    words = "".join(sign if sign.isalnum() else " " for sign in customer.casefold()).split()
    return f"status-{'-'.join(words)[:60] or 'report'}-{on}.{ending}"
