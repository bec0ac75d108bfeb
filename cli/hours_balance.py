"""`tamdesk hours balance` and `tamdesk hours alerts`: what was promised, spent and reserved, and what is left."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from cli.hours_words import DONE, add_json, misused, show, show_json, tell
from cli.ticket_desk import entered

if TYPE_CHECKING:
    from tam.balance import Balance
    from tam.forecast import Forecast
    from tam.ledger import PeriodAccount, TopUpAccount
    from tam.portfolio import TamLine

PAGE = 200


def add_actions(actions: Any) -> None:
    """Register the actions in the hours group."""
    balance = actions.add_parser("balance", help="print what is left: of every customer, or of one, and why")
    balance.add_argument("customer", metavar="CUSTOMER", nargs="?", help="the customer's key or name (default: all)")
    balance.add_argument("--mine", action="store_true", help="only the customers whose TAM you are")
    balance.add_argument("--periods", action="store_true", help="every period of the customer, the newest first")
    add_json(balance, run)
    alerts = actions.add_parser("alerts", help="print which hours are used to 80 or 100 percent")
    alerts.add_argument("--seen", action="store_true", help="remember that you saw them")
    add_json(alerts, run_alerts)


def run(args: argparse.Namespace) -> int:
    """Print a line a customer, or the account of one."""
    if args.customer is None:
        return misused("hours balance", "--periods goes with a customer.") if args.periods else _run_all(args)
    if args.mine:
        return misused("hours balance", "--mine goes without a customer.")
    from contracts.held import customer_id
    from tam.balance import accounts, balance, top_ups
    from tam.forecast import forecast

    with entered(args):
        number, now = customer_id(args.customer), args.now()
        held, foreseen = balance(number, now), forecast(number, now)
        periods = accounts(number, now) if args.periods else [held.period]
        added = top_ups(number, now) if args.periods else held.top_ups
    if args.json:
        show_json(_form(held, foreseen, periods, added))
    elif args.periods:
        for each in periods:
            show(period_line(each))
    else:
        _show_one(held, foreseen)
    return DONE


def _run_all(args: argparse.Namespace) -> int:
    from tam.portfolio import portfolio

    found: list[TamLine] = []
    with entered(args) as actor:
        whose, more = actor.id if args.mine else None, True
        while more:
            page = portfolio(args.now(), found[-1].key if found else None, PAGE, whose)
            found += page
            more = len(page) == PAGE
        zone = actor.zone
    if args.json:
        show_json([line._asdict() for line in found])
        return DONE
    for line in found:
        show(_line(line, zone))
    if not found:
        tell("No hours are agreed with anybody; agree some with: tamdesk hours allow CUSTOMER")
    return DONE


def _line(line: TamLine, zone: str) -> str:
    from screens.widgets.text import fit
    from tam.call_rules import moment_text
    from tam.entry_words import clock_text

    used = f"{clock_text(line.spent):>7} of {clock_text(line.allowance):>7} {line.percent:>4} %"
    rest = f"{clock_text(line.left):>7} left {clock_text(line.reserved):>6} reserved"
    told = [line.forecast]
    told += [f"next call {moment_text(zone, line.next_call_at)}"] if line.next_call_at is not None else []
    told += [f"{line.overdue_actions} actions overdue"] if line.overdue_actions > 1 else []
    told += ["1 action overdue"] if line.overdue_actions == 1 else []
    return f"{fit(line.customer, 20)} {fit(line.period, 18)} {used} {rest}  {'; '.join(told)}"


def _show_one(held: Balance, foreseen: Forecast) -> None:
    """The numbers of an account in their order, then where each comes from."""
    from contracts.words import duration_text

    show(f"{held.customer}, {held.period.label}" + (f", TAM {held.tam}" if held.tam else ""))
    numbers = {"Promised": held.promised, "Spent": held.spent, "Left": held.left, "Reserved": held.reserved}
    for name, minutes in (numbers | ({"Over": held.over} if held.over else {})).items():
        percent = f"  ({held.percent} %)" if name == "Spent" else ""
        show(f"{name:<10} {duration_text(minutes)}{percent}")
    show(f"{'Forecast':<10} {foreseen.text}")
    for line in (*held.why, *foreseen.why):
        show(f"  {line}")


def period_line(each: PeriodAccount) -> str:
    """A period as a line: its first day, its name, whether it is closed, and its account."""
    from tam.closing import told

    return f"{each.first.isoformat()}  {each.label:<18} {'closed' if each.closed else 'open':<7} {told(each)}"


def period_form(each: PeriodAccount) -> dict[str, Any]:
    """A period as JSON: minutes and ISO dates, `until` its last day."""
    from datetime import timedelta

    told = each._asdict()
    del told["promise"], told["first"], told["after"]
    added = {str(number): minutes for number, minutes in each.from_top_ups.items()}
    last = each.after - timedelta(days=1)
    return told | {"from": each.first.isoformat(), "until": last.isoformat(), "from_top_ups": added}


def _top_up_form(each: TopUpAccount) -> dict[str, Any]:
    from datetime import timedelta

    told = each._asdict()
    del told["first"], told["after"]
    return told | {"from": each.first.isoformat(), "until": (each.after - timedelta(days=1)).isoformat()}


def _form(held: Balance, foreseen: Forecast, periods: list[PeriodAccount], added: list[TopUpAccount]) -> dict[str, Any]:
    """An account as JSON: minutes and ISO dates."""
    numbers = ("customer", "tam", "promised", "spent", "over", "left", "reserved", "free", "percent")
    return {
        **{name: getattr(held, name) for name in numbers},
        "today": held.today.isoformat(),
        "covered": held.coverage.covered,
        "coverage": held.coverage.reason,
        "late": held.late._asdict(),
        "forecast": {"kind": foreseen.kind, "on": foreseen.on, "left": foreseen.left, "text": foreseen.text},
        "periods": [period_form(each) for each in periods],
        "top_ups": [_top_up_form(each) for each in added],
        "why": [*held.why, *foreseen.why],
    }


def run_alerts(args: argparse.Namespace) -> int:
    """Print the alerts that you have not seen yet: of your customers, for a lead of all."""
    from tam.alerts import alerts, see

    with entered(args) as actor:
        found = alerts(actor.id, args.now())
        if args.seen:
            see([each.id for each in found], actor.id, args.now())
    if args.json:
        show_json([each._asdict() for each in found])
        return DONE
    for each in found:
        show(each.sentence)
    if not found:
        tell("Nothing new: no hours of yours have reached 80 percent since you looked.")
    return DONE
