"""`tamdesk contract credits CUSTOMER`: what late answers cost; `grant`, `refuse` and `reverse` decide about it."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from contracts.credits import Balance, ClockCredit, LedgerLine

DECISIONS = {
    "grant": "add the days that a ticket's missed clock owes to the term",
    "refuse": "decide that the days which a ticket's missed clock owes are not added",
    "reverse": "take the last decision back by a counter-entry",
}


def add_actions(actions: Any) -> None:
    """Register the actions in the contract group."""
    listing = actions.add_parser("credits", help="print what late answers cost, and the ledger")
    listing.add_argument("customer", metavar="CUSTOMER", help="the customer's key or name")
    listing.add_argument("--json", action="store_true", help="print JSON: the balance, its clocks and the ledger")
    listing.set_defaults(run=run_credits)
    for name, summary in DECISIONS.items():
        action = actions.add_parser(name, help=f"{summary} (leads only)")
        action.add_argument("ticket", metavar="TICKET", type=_number, help="the ticket's number, such as 1042 or #1042")
        action.add_argument("--reason", metavar="TEXT", required=True, help="why, in a line; it stays in the ledger")
        action.add_argument("--clock", metavar="ID", type=_number, help="which clock, where the ticket missed several")
        action.add_argument("--json", action="store_true", help="print JSON")
        action.set_defaults(run=run_decision, decision=name)


def _number(text: str) -> int:
    return int(text.removeprefix("#"))


def run_credits(args: argparse.Namespace) -> int:
    """Print the balance and the ledger of a customer."""
    from contracts.credits import balance, ledger
    from contracts.held import customer_id
    from models.access import identify
    from models.connection import open_desk

    desk = open_desk(args.address, create=False)
    try:
        actor = identify(args.login, args.now())
        found = customer_id(args.customer)
        held, lines = balance(found, args.now()), ledger(found)
    finally:
        desk.close()
    if args.json:
        answer = held._asdict() | {
            "clocks": [each._asdict() for each in held.clocks],
            "ledger": [line._asdict() for line in lines],
        }
        print(json.dumps(answer, indent=2))
        return 0
    print("\n".join(_told(held, lines, actor.zone, args.now())))
    return 0


def run_decision(args: argparse.Namespace) -> int:
    """Grant, refuse or reverse; prints the sentence that says what happened."""
    from contracts.credits import grant, refuse, reverse
    from models.access import identify
    from models.connection import open_desk
    from screens.widgets.text import clean

    desk = open_desk(args.address, create=False)
    try:
        actor = identify(args.login, args.now())
        clock = args.clock if args.clock is not None else _only_clock(args.ticket, args.decision)
        decide = {"grant": grant, "refuse": refuse, "reverse": reverse}[args.decision]
        decided = decide(clock, args.reason, actor.id, args.now())
    finally:
        desk.close()
    print(json.dumps(decided._asdict(), indent=2) if args.json else clean(decided.sentence))
    return 0


def _only_clock(ticket_id: int, decision: str) -> int:
    """The clock that is meant where only one can be; raises CreditRefused naming them where there are several."""
    from contracts.credits import NAMES, OWED, CreditRefused, of_ticket

    fitting = [each for each in of_ticket(ticket_id) if (each.state == OWED) == (decision != "reverse")]
    if not fitting:
        wanted = "is decided" if decision == "reverse" else "is owed"
        raise CreditRefused(f"No credit {wanted} on #{ticket_id}.")
    if len(fitting) > 1:
        named = ", ".join(f"{each.clock_id} ({NAMES[each.kind]})" for each in fitting)
        raise CreditRefused(f"#{ticket_id} missed several clocks; say which with --clock: {named}")
    return fitting[0].clock_id


def _told(held: Balance, lines: list[LedgerLine], zone: str, now: int) -> list[str]:
    """The balance, its clocks and the ledger as lines of text."""
    from tickets.words import days

    sums = (("accruing", held.accruing), ("owed", held.owed), ("granted", held.granted), ("refused", held.refused))
    told = [" · ".join(f"{name} {days(count)}" for name, count in sums)]
    if held.clocks:
        told += ["", "Clocks", *(_clock(each, zone, now) for each in held.clocks)]
    if lines:
        told += ["", "Ledger", *(_line(line, zone, now) for line in lines)]
    return told


def _clock(each: ClockCredit, zone: str, now: int) -> str:
    from contracts.credits import NAMES
    from screens.widgets.text import clean
    from tickets.words import amount, days, moment

    answered = f"answered {moment(zone, each.stopped_at, now)}" if each.stopped_at is not None else "not answered"
    late = f"due {moment(zone, each.due_at, now)}, {answered}, {amount(each.late_seconds)} late"
    return (
        f"  #{each.ticket_id:<6} {each.state:<9} {days(each.days):<8} {NAMES[each.kind]}: {late}\n"
        f"{'':<28} {clean(each.subject)}; from {each.section}"
    )


def _line(line: LedgerLine, zone: str, now: int) -> str:
    from screens.widgets.text import clean
    from tickets.words import days, moment

    who = clean(line.person or "the desk")
    return (
        f"  {moment(zone, line.at, now):<18} {line.entry:<9} {days(line.days):<8} #{line.ticket_id:<6} "
        f"{who}: {clean(' '.join(line.reason.split()))}"
    )
