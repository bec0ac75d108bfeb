"""`tamdesk call action`: what one side agreed to do."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from cli.call_words import day_of
from cli.hours_words import DONE, add_json, customer_of, misused, number_of, person_id, show, show_json, tell
from cli.ticket_desk import entered

if TYPE_CHECKING:
    from tam.actions import ActionRow


def add_actions(actions: Any) -> None:
    """Register the actions in the call group."""
    action = actions.add_parser("action", help="note what a side agreed to do; list, finish or drop it")
    steps = action.add_subparsers(dest="step", metavar="STEP", required=True)
    listing = steps.add_parser("list", help="print a customer's actions, or those that you have to do")
    listing.add_argument("customer", metavar="CUSTOMER", nargs="?", help="the customer's key or name")
    listing.add_argument("--all", action="store_true", help="those that are done or dropped, too")
    add_json(listing, run_list)
    new = steps.add_parser("add", help="note what a side agreed to do: ours, or --theirs")
    new.add_argument("customer", metavar="CUSTOMER", help="the customer's key or name")
    new.add_argument("what", metavar="TEXT", nargs="+", help="what is to be done")
    new.add_argument("--theirs", action="store_true", help="the customer does it")
    new.add_argument("--owner", metavar="NAME", default="", help="who does it, by name")
    new.add_argument("--person", metavar="LOGIN", help="who of us does it")
    new.add_argument("--due", metavar="DAY", help="until when: fri, in 2 weeks, 12 mar, 2026-03-12")
    new.add_argument("--call", metavar="ID", type=number_of, help="the call in which it was agreed")
    add_json(new, run_add)
    done = steps.add_parser("done", help="say that it is done")
    done.add_argument("number", metavar="ACTION", type=number_of, help="its number")
    add_json(done, run_end)
    drop = steps.add_parser("drop", help="say that it will not be done")
    drop.add_argument("number", metavar="ACTION", type=number_of, help="its number")
    drop.add_argument("--reason", metavar="TEXT", required=True, help="why; it stays in the journal")
    add_json(drop, run_end)


def run_list(args: argparse.Namespace) -> int:
    """Print actions, the earliest due first."""
    from tam.actions import OPEN, actions, of_person

    if args.customer is None and args.all:
        return misused("call action list", "--all goes with a customer.")
    with entered(args) as actor:
        now, customer = args.now(), customer_of(args.customer)
        found = of_person(actor.id, now) if customer is None else actions(customer, now, None if args.all else OPEN)
    if args.json:
        show_json([_form(each) for each in found])
        return DONE
    for each in found:
        show(_line(each))
    if not found:
        tell("Nothing is to be done.")
    return DONE


def run_add(args: argparse.Namespace) -> int:
    """Note an action; raises CallRefused."""
    from tam.actions import OURS, THEIRS, action, add
    from tam.call_rules import party

    with entered(args) as actor:
        at, customer = args.now(), party(customer_of(args.customer) or 0)
        number = add(
            customer.id,
            " ".join(args.what),
            THEIRS if args.theirs else OURS,
            args.owner,
            None if args.due is None else day_of(args.due, customer.zone, at),
            actor.id,
            at,
            call_id=args.call,
            person_id=None if args.person is None else person_id(args.person),
        )
        return _done(args, action(number, at), "It stands in every call until it is done.")


def run_end(args: argparse.Namespace) -> int:
    """Finish or drop an action; raises CallRefused."""
    from tam.actions import action, done, drop

    with entered(args) as actor:
        at = args.now()
        if args.step == "done":
            sentence = done(args.number, actor.id, at)
        else:
            sentence = drop(args.number, args.reason, actor.id, at)
        return _done(args, action(args.number, at), sentence)


def _done(args: argparse.Namespace, held: ActionRow, sentence: str) -> int:
    if args.json:
        show_json({"action": _form(held), "sentence": sentence})
    else:
        show(_line(held))
        tell(sentence)
    return DONE


def _line(each: ActionRow) -> str:
    from screens.widgets.text import fit

    due = f"due {each.due_on}" if each.due_on else ""
    state = "overdue" if each.overdue else each.state
    return f"{each.id:>6}  {state:<8} {due:<15} {fit(each.customer, 20)} {fit(each.owner or each.side, 16)} {each.what}"


def _form(each: ActionRow) -> dict[str, Any]:
    return each._asdict() | {"overdue": bool(each.overdue)}
