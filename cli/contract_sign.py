"""`tamdesk contract sign`, `renew` and `end`: how contracts come to the desk, go on and end."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from contracts.signing import Signed

MONTHS = 12


def add_actions(actions: Any) -> None:
    """Register the actions in the contract group."""
    sign = actions.add_parser("sign", help="write a contract with its first term (leads only)")
    sign.add_argument("customer", metavar="CUSTOMER", help="the customer's key or name")
    sign.add_argument("--plan", metavar="PLAN", required=True, help="the plan, by its name or key")
    sign.add_argument("--option", metavar="OPTION", help="the support option (default: none)")
    sign.add_argument("--revision", default="", metavar="REVISION", help="the annex revision (default: the newest)")
    sign.add_argument("--deployment", default="cloud", choices=("cloud", "self-hosted"), help="default: cloud")
    sign.add_argument("--data-location", default="", metavar="REGION", help="where the data is, such as eu")
    sign.add_argument("--order", metavar="FILE", help="what the order overrides, a TOML file; - for standard input")
    sign.add_argument("--from", dest="day", metavar="DATE", type=_day, required=True, help="the first day")
    _add_length(sign)
    sign.add_argument("--replace", action="store_true", help="end the contract that is in force on the first day")
    sign.add_argument("--dry-run", action="store_true", help="print the terms as they would be, and write nothing")
    sign.add_argument("--json", action="store_true", help="print JSON")
    sign.set_defaults(run=run_sign)
    renew = actions.add_parser("renew", help="add a term that follows the last one (leads only)")
    renew.add_argument("customer", metavar="CUSTOMER", help="the customer's key or name")
    _add_length(renew)
    renew.set_defaults(run=run_renew)
    end = actions.add_parser("end", help="let a contract end after a day (leads only)")
    end.add_argument("customer", metavar="CUSTOMER", help="the customer's key or name")
    end.add_argument("--on", dest="day", metavar="DATE", type=_day, required=True, help="the last day")
    end.add_argument("--reason", required=True, metavar="TEXT", help="why it ends; stays in the journal")
    end.set_defaults(run=run_end)


def _add_length(parser: argparse.ArgumentParser) -> None:
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--until", metavar="DATE", type=_day, help="the last day of the term")
    length.add_argument("--months", type=int, default=MONTHS, metavar="N", help=f"months of the term ({MONTHS})")


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _last_day(first: date, args: argparse.Namespace) -> date:
    """The last day of a term: as said, or so many months from its first day."""
    import arrow

    return args.until or arrow.Arrow.fromdate(first).shift(months=args.months, days=-1).date()


def _order(name: str | None) -> dict[str, Any]:
    """The order's overrides; raises InvalidOrder where the file is no TOML."""
    import tomllib

    from contracts.errors import InvalidOrder

    if name is None:
        return {}
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
        return tomllib.loads(text)
    except OSError as error:
        raise InvalidOrder(f"{name} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidOrder(f"{name} is no TOML: {error}.") from error


def run_sign(args: argparse.Namespace) -> int:
    """Print the terms and write the contract; raises the refusals of `contracts.signing.sign`."""
    from contracts.held import customer_id
    from contracts.signing import preview, sign
    from models.access import identify
    from models.connection import open_desk

    order = _order(args.order)
    with closing(open_desk(args.address, create=False)):
        actor = identify(args.login, args.now())
        customer = customer_id(args.customer)
        days = (args.day, _last_day(args.day, args))
        fields = {
            "revision": args.revision,
            "support_option": args.option,
            "deployment": args.deployment,
            "data_location": args.data_location,
            "order": order,
            "replace": args.replace,
        }
        if args.dry_run:
            signed = preview(customer, args.plan, *days, **fields)
        else:
            signed = sign(customer, args.plan, *days, actor.id, args.now(), **fields)
    _print(signed, args.json)
    print(f"{signed.sentence}{' Nothing was written.' if args.dry_run else ''}", file=sys.stderr)
    return 0


def _print(signed: Signed, as_json: bool) -> None:
    from contracts.describe import describe
    from screens.widgets.text import clean

    lines = list(describe(signed.terms))
    if as_json:
        form = {
            "contract_id": signed.contract_id,
            "customer": signed.customer,
            "starts_on": signed.starts_on.isoformat(),
            "ends_on": signed.ends_on.isoformat(),
            "terms": [line._asdict() for line in lines],
        }
        print(json.dumps(form, indent=2))
        return
    for line in lines:
        print(f"{clean(line.label):<34} {clean(line.value)}")


def run_renew(args: argparse.Namespace) -> int:
    """Add a term."""
    from contracts.held import customer_id
    from contracts.signing import next_term_starts, renew
    from models.access import identify
    from models.connection import open_desk

    with closing(open_desk(args.address, create=False)):
        actor = identify(args.login, args.now())
        customer = customer_id(args.customer)
        signed = renew(customer, _last_day(next_term_starts(customer), args), actor.id, args.now())
    print(signed.sentence, file=sys.stderr)
    return 0


def run_end(args: argparse.Namespace) -> int:
    """Let a contract end."""
    from contracts.held import customer_id
    from contracts.signing import end
    from models.access import identify
    from models.connection import open_desk

    with closing(open_desk(args.address, create=False)):
        actor = identify(args.login, args.now())
        sentence = end(customer_id(args.customer), args.day, actor.id, args.now(), args.reason)
    print(sentence, file=sys.stderr)
    return 0
