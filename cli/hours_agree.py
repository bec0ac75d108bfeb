"""`tamdesk hours allow` and `tamdesk hours top-up`: agree on the hours of a customer (TAMs and leads)."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from cli.hours_words import (
    DONE,
    add_json,
    add_length,
    customer_of,
    date_of,
    day_after,
    length_of,
    misused,
    show,
    show_json,
    tell,
)
from cli.ticket_desk import entered
from contracts.words import PERIODS

if TYPE_CHECKING:
    from tam.promises import AllowanceRow

CARRIES = ("none", "capped", "full")


def add_actions(actions: Any) -> None:
    """Register the actions in the hours group."""
    allow = actions.add_parser("allow", help="agree on hours per week, month, quarter or term (TAMs and leads)")
    _add_stretch(allow, "it holds", required=False)
    allow.add_argument("--per", choices=PERIODS, required=True, help="what the hours are for")
    allow.add_argument("--carry", choices=CARRIES, default="none", help="what goes on to the next period (none)")
    allow.add_argument("--cap", metavar="TIME", type=length_of, help="how much goes on, with --carry capped")
    allow.add_argument("--deficit", action="store_true", help="what was spent too much is taken off the next period")
    allow.add_argument("--reason", metavar="TEXT", default="", help="why, or where it is agreed")
    allow.add_argument("--replace", action="store_true", help="end what is agreed without an end on that day")
    add_json(allow, run_allow)
    top_up = actions.add_parser("top-up", help="add hours that have days of their own (TAMs and leads)")
    _add_stretch(top_up, "they may be spent", required=True)
    top_up.add_argument("--note", metavar="TEXT", default="", help="what they are for, or who ordered them")
    add_json(top_up, run_top_up)


def _add_stretch(parser: argparse.ArgumentParser, what: str, required: bool) -> None:
    parser.add_argument("customer", metavar="CUSTOMER", help="the customer's key or name")
    add_length(parser, "how much", required=True)
    parser.add_argument(
        "--from", dest="first", metavar="DATE", type=date_of, required=True, help=f"the first day on which {what}"
    )
    last = "the last such day" + ("" if required else " (default: none)")
    parser.add_argument("--until", dest="last", metavar="DATE", type=date_of, required=required, help=last)


def run_allow(args: argparse.Namespace) -> int:
    """Agree on an allowance; raises what `tam.allowances.agree` refuses."""
    from tam.allowances import agree
    from tam.coverage import coverage
    from tam.promises import allowances_of

    if (args.carry == "capped") != (args.cap is not None):
        return misused("hours allow", "--carry capped and --cap TIME go together.")
    with entered(args) as actor:
        number = customer_of(args.customer) or 0
        contract = _contract(coverage(number, args.first))
        agreed = agree(
            contract,
            args.minutes,
            args.per,
            args.first.isoformat(),
            actor.id,
            args.now(),
            day_after(args.last),
            carry=args.carry,
            carry_cap=args.cap,
            carry_deficit=args.deficit,
            reason=args.reason,
            replace=args.replace,
        )
        found = allowances_of(contract)
    if args.json:
        show_json({"id": agreed, "allowances": [_form(each) for each in found]})
        return DONE
    for each in found:
        show(_line(each))
    tell("These hours are agreed with the customer now; tamdesk hours balance says what is left.")
    return DONE


def run_top_up(args: argparse.Namespace) -> int:
    """Add a top-up; raises what `tam.allowances.top_up` refuses."""
    from tam.allowances import top_up
    from tam.balance import top_ups

    with entered(args) as actor:
        number, at = customer_of(args.customer) or 0, args.now()
        after = day_after(args.last) or ""
        added = top_up(number, args.minutes, args.first.isoformat(), after, args.note, actor.id, at)
        found = [each for each in top_ups(number, at) if each.id == added]
    return _tell_top_up(args, added, [(each.first.isoformat(), each.minutes, each.left) for each in found])


def _tell_top_up(args: argparse.Namespace, added: int, found: list[tuple[str, int, int]]) -> int:
    from contracts.words import duration_text

    first, minutes, left = found[0] if found else (args.first.isoformat(), args.minutes, args.minutes)
    if args.json:
        until = args.last.isoformat()
        show_json({"id": added, "minutes": minutes, "left": left, "from": first, "until": until})
        return DONE
    show(f"{duration_text(minutes)} from {first} until {args.last.isoformat()}, {duration_text(left)} of it left")
    return DONE


def _contract(covered: Any) -> int:
    from models.errors import NotFound

    if covered.contract_id is None:
        raise NotFound(f"{covered.reason} Sign one with: tamdesk contract sign")
    found: int = covered.contract_id
    return found


def _line(each: AllowanceRow) -> str:
    from contracts.words import duration_text

    until = f" until {_last(each.ends_on)}" if each.ends_on else ""
    carried = f", carried on: {each.carry}" if each.carry != "none" else ""
    cap = f" up to {duration_text(each.carry_cap)}" if each.carry_cap is not None else ""
    deficit = ", deficits too" if each.carry_deficit else ""
    told = f"{duration_text(each.minutes)} per {each.period} from {each.starts_on}{until}{carried}{cap}{deficit}"
    return told + (f": {each.reason}" if each.reason else "")


def _form(each: AllowanceRow) -> dict[str, Any]:
    """An allowance as JSON; dates as ISO texts, `until` its last day."""
    return {
        "id": each.id,
        "minutes": each.minutes,
        "per": each.period,
        "from": each.starts_on,
        "until": _last(each.ends_on) if each.ends_on else None,
        "carry": each.carry,
        "carry_cap": each.carry_cap,
        "carry_deficit": bool(each.carry_deficit),
        "reason": each.reason,
    }


def _last(after: str) -> str:
    """The last day before a day."""
    from datetime import date, timedelta

    return (date.fromisoformat(after) - timedelta(days=1)).isoformat()
