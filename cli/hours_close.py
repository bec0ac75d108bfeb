"""`tamdesk hours close` and `tamdesk hours reopen`: freeze periods that are over, and open them again (leads)."""

from __future__ import annotations

import argparse
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from cli.hours_balance import period_form, period_line
from cli.hours_words import DONE, add_json, customer_of, date_of, misused, show, show_json, tell
from cli.ticket_desk import entered

if TYPE_CHECKING:
    from tam.closing import Closable
    from tam.ledger import PeriodAccount


def add_actions(actions: Any) -> None:
    """Register the actions in the hours group."""
    close = actions.add_parser("close", help="freeze the oldest open period that is over (leads only)")
    close.add_argument("customer", metavar="CUSTOMER", nargs="?", help="the customer's key or name")
    close.add_argument("--period", metavar="PERIOD", type=_period, help="this one: 2026-05, or a day that lies in it")
    close.add_argument("--all", action="store_true", help="every period of every customer that is over")
    close.add_argument("--until", metavar="DATE", type=date_of, help="with --all: those that end by this day")
    close.add_argument("--dry-run", action="store_true", help="print what would be closed, and write nothing")
    add_json(close, run_close)
    reopen = actions.add_parser("reopen", help="open the newest closed period again (leads only)")
    reopen.add_argument("customer", metavar="CUSTOMER", help="the customer's key or name")
    reopen.add_argument("first", metavar="DATE", type=date_of, help="the first day of the period")
    reopen.add_argument("--reason", metavar="TEXT", required=True, help="why; it stays in the journal")
    add_json(reopen, run_reopen)


def _period(text: str) -> tuple[date, bool]:
    """A day, and whether it stands for its month."""
    month = re.fullmatch(r"\d{4}-\d{2}", text, re.ASCII) is not None
    return date_of(f"{text}-01" if month else text), month


def run_close(args: argparse.Namespace) -> int:
    """Close a period of a customer, or all that are over; raises ClosingRefused."""
    if (args.customer is None) == (not args.all) and not (args.dry_run and args.customer is None):
        return misused("hours close", "name a customer, or say --all.")
    if (args.all and args.period) or (args.until and not args.all):
        return misused("hours close", "--period goes with a customer, --until with --all.")
    return _close_all(args) if args.customer is None else _close_one(args)


def _close_one(args: argparse.Namespace) -> int:
    from tam.closing import ClosingRefused, closable, close

    with entered(args) as actor:
        number, now = customer_of(args.customer) or 0, args.now()
        found = [each for line in closable(now, [number]) for each in line.periods]
        wanted = _named(found, args.period)
        if not args.dry_run:
            closed = [close(number, actor.id, now, wanted)]
        else:
            closed = [each for each in found if wanted in (None, each.first.isoformat())][:1]
            if not closed:
                raise ClosingRefused("There is no open period like that which is over.")
    if args.json:
        show_json({"closed": not args.dry_run, "periods": [period_form(each) for each in closed]})
        return DONE
    for each in closed:
        show(period_line(each))
    tell("Nothing was written." if args.dry_run else "It is closed; what comes late counts in the open period.")
    return DONE


def _named(found: list[PeriodAccount], asked: tuple[date, bool] | None) -> str | None:
    """The first day of the period that is meant; what was typed, where none is like that."""
    if asked is None:
        return None
    day, month = asked
    for each in found:
        if each.first <= day < each.after or (month and (each.first.year, each.first.month) == (day.year, day.month)):
            return each.first.isoformat()
    return day.isoformat()


def _close_all(args: argparse.Namespace) -> int:
    from screens.widgets.text import fit
    from sla.wall import local_of
    from tam.closing import closable, close_all

    with entered(args) as actor:
        now = args.now()
        until = args.until or local_of(actor.zone, now).date()
        found = closable(now)
        sentence = "Nothing was written." if args.dry_run else close_all(until.isoformat(), actor.id, now).sentence
    closed = not args.dry_run
    lines = [line for line in (_ended_by(each, until, closed) for each in found) if line.periods]
    if args.json:
        show_json({"closed": closed, "customers": [_form(line) for line in lines], "sentence": sentence})
        return DONE
    for line in lines:
        for each in line.periods:
            show(f"{fit(line.customer, 20)} {period_line(each)}")
    tell(sentence)
    return DONE


def _ended_by(line: Closable, until: date, closed: bool) -> Closable:
    """A customer's periods that end by a day, as they are after closing them."""
    ended = [each._replace(closed=closed) for each in line.periods if each.after.toordinal() - 1 <= until.toordinal()]
    return line._replace(periods=ended)


def _form(line: Closable) -> dict[str, Any]:
    return {"customer": line.customer, "tam": line.tam, "periods": [period_form(each) for each in line.periods]}


def run_reopen(args: argparse.Namespace) -> int:
    """Open a period again; raises ClosingRefused."""
    from tam.closing import reopen

    with entered(args) as actor:
        reopen(customer_of(args.customer) or 0, args.first.isoformat(), actor.id, args.now(), args.reason)
    if args.json:
        show_json({"reopened": args.first.isoformat()})
    else:
        tell(f"The period from {args.first.isoformat()} on is open again.")
    return DONE
