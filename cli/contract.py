"""`tamdesk contract`: what was agreed with a customer, each value with where it is written, and service credits."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

from cli import contract_adopt, contract_sign
from cli.contract_credits import add_actions

if TYPE_CHECKING:
    from contracts.describe import Line

LABEL_WIDTH = 32


def add(commands: Any) -> None:
    """Register the group."""
    parser = commands.add_parser("contract", help="show what was agreed with a customer, and where it is written")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    show = actions.add_parser("show", help="print the effective terms, each with its source")
    show.add_argument("customer", metavar="CUSTOMER", help="the customer's key or name")
    show.add_argument("--at", metavar="DATE", help="the terms on this date (UTC), such as 2024-04-01 (default: now)")
    show.add_argument("--json", action="store_true", help="print a JSON array of label, value and source")
    show.set_defaults(run=run)
    contract_sign.add_actions(actions)
    contract_adopt.add_action(actions)
    add_actions(actions)


def run(args: argparse.Namespace) -> int:
    """Print the terms of a customer; raises NotFound where no contract is in force."""
    from contracts.describe import describe
    from contracts.held import customer_id, terms_at
    from models.connection import open_desk
    from models.errors import NotFound

    instant = args.now() if args.at is None else _instant(args.at)
    desk = open_desk(args.address, create=False)
    try:
        held = terms_at(customer_id(args.customer), instant)
    finally:
        desk.close()
    if held is None:
        raise NotFound(f"{args.customer} has no contract in force{f' on {args.at}' if args.at else ''}.")
    lines = describe(held.terms)
    print(json.dumps([line._asdict() for line in lines], indent=2) if args.json else "\n".join(map(_text, lines)))
    return 0


def _instant(text: str) -> int:
    """The first second of a date, in UTC; ends the program with code 2 where it is none."""
    from datetime import UTC, date, datetime, time

    try:
        return int(datetime.combine(date.fromisoformat(text), time.min, UTC).timestamp())
    except ValueError as error:
        raise SystemExit(_usage(f"--at {text!r} is not a date such as 2024-04-01")) from error


def _usage(message: str) -> int:
    """Tell a wrong usage on stderr; answer its exit code."""
    import sys

    print(f"tamdesk contract: {message}", file=sys.stderr)
    return 2


def _text(line: Line) -> str:
    """A line with its source below; control characters of what a person wrote are shown, never sent."""
    from screens.widgets.text import clean

    label, value, source = map(clean, line)
    return f"{label:<{LABEL_WIDTH}} {value}\n{'':<{LABEL_WIDTH}} from {source}"
