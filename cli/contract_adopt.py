"""`tamdesk contract adopt CUSTOMER REVISION`: have a contract follow another annex revision, from a day on."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from contracts.adoption import Adopting, Change

LABEL_WIDTH = 32


def add_action(actions: Any) -> None:
    """Register the action in the contract group."""
    action = actions.add_parser(
        "adopt", help="have a contract follow another annex revision from a day on (leads only)"
    )
    action.add_argument("customer", metavar="CUSTOMER", help="the customer's key or name")
    action.add_argument("revision", metavar="REVISION", help="the revision, such as 2023-11-15")
    action.add_argument(
        "--from", dest="day", metavar="DATE", type=_day, required=True, help="the first day, where the customer is"
    )
    action.add_argument("--plan", metavar="PLAN", help="the plan from then on (default: the one that holds)")
    action.add_argument("--option", metavar="OPTION", help="the support option that comes with --plan (default: none)")
    action.add_argument("--dry-run", action="store_true", help="print what would change, and write nothing")
    action.add_argument("--json", action="store_true", help="print JSON")
    action.set_defaults(run=run)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def run(args: argparse.Namespace) -> int:
    """Print what changes, then do it; raises the refusals of `contracts.adoption.adopt`."""
    from contracts.adoption import adopt, preview, start_of
    from contracts.held import customer_id
    from models.access import identify
    from models.connection import open_desk

    desk = open_desk(args.address, create=False)
    try:
        actor = identify(args.login, args.now())
        customer = customer_id(args.customer)
        first = start_of(customer, args.day)
        planned = preview(customer, args.revision, first, args.plan, args.option)
        if not args.json:
            _print(planned.changes)
        if not args.dry_run:
            planned = adopt(customer, args.revision, first, actor.id, args.now(), args.plan, args.option)
    finally:
        desk.close()
    if args.json:
        print(json.dumps(_form(planned, adopted=not args.dry_run), indent=2))
    else:
        _tell(f"{planned.sentence}{' Nothing was written.' if args.dry_run else ''}")
    return 0


def _form(planned: Adopting, adopted: bool) -> dict[str, Any]:
    """What is printed as JSON; the instant in UTC seconds."""
    return {
        "customer": planned.customer,
        "revision": planned.adopted.revision,
        "effective_at": planned.adopted.effective_at,
        "plan": planned.adopted.plan,
        "support_option": planned.adopted.support_option,
        "changes": [change._asdict() for change in planned.changes],
        "adopted": adopted,
        "sentence": planned.sentence,
    }


def _print(changes: list[Change]) -> None:
    """Each line of the terms that changes, as it is and as it will be; control characters are shown, never sent."""
    from screens.widgets.text import clean

    for change in changes:
        before, after = (clean("–" if told is None else told) for told in (change.before, change.after))
        print(f"{clean(change.label):<{LABEL_WIDTH}} - {before}\n{'':<{LABEL_WIDTH}} + {after}")


def _tell(sentence: str) -> None:
    from screens.widgets.text import clean

    print(clean(sentence), file=sys.stderr)
