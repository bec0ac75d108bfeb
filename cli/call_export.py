"""`tamdesk call export` and `tamdesk call minutes`: calls for a calendar, and what was said for the customer."""

from __future__ import annotations

import argparse
from typing import Any

from cli.call_words import deliver
from cli.hours_words import DONE, add_json, customer_of, misused, number_of, show_json
from cli.ticket_desk import entered


def add_actions(actions: Any) -> None:
    """Register the actions in the call group."""
    export = actions.add_parser("export", help="write an .ics file of a customer's calls, of a series, or of a call")
    export.add_argument("customer", metavar="CUSTOMER", nargs="?", help="all calls of this customer, by key or name")
    export.add_argument("--series", metavar="ID", type=number_of, help="one series")
    export.add_argument("--call", metavar="ID", type=number_of, help="one call")
    _add_output(export)
    add_json(export, run_export)
    minutes = actions.add_parser("minutes", help="write the minutes of a call as Markdown, for the customer")
    minutes.add_argument("call", metavar="CALL", type=number_of, help="its number")
    _add_output(minutes)
    add_json(minutes, run_minutes)


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", metavar="FILE", help="a file, or a folder to put it in (default: standard output)")


def run_export(args: argparse.Namespace) -> int:
    """Write the calendar file; raises NotFound."""
    from tam.invitations import file_name, ics

    if [args.customer, args.series, args.call].count(None) != 2:
        return misused("call export", "name a customer, or --series ID, or --call ID.")
    with entered(args):
        asked = {"series_id": args.series, "call_id": args.call, "customer_id": customer_of(args.customer)}
        data, name = ics(args.now(), **asked), file_name(**asked)
    return _deliver(args, data, name)


def run_minutes(args: argparse.Namespace) -> int:
    """Write the minutes; raises NotFound."""
    from tam.minutes import file_name, minutes

    with entered(args):
        data, name = minutes(args.call, args.now()).encode(), file_name(args.call)
    return _deliver(args, data, name)


def _deliver(args: argparse.Namespace, data: bytes, name: str) -> int:
    if args.json:
        show_json({"name": name, "content": data.decode()})
    else:
        deliver(data, args.output, name)
    return DONE
