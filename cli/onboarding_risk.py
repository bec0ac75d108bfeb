"""`tamdesk onboarding risk`: what may go wrong, who looks after it, and the next step."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from cli.hours_words import DONE, add_json, date_of, misused, number_of, show, show_json, tell
from cli.onboarding_words import add_customer, add_reason, narrated, onboarding_of, tell_done
from cli.ticket_desk import entered

if TYPE_CHECKING:
    from onboarding.risks import RiskRow


def add_actions(actions: Any) -> None:
    """Register the actions in the onboarding group."""
    risk = actions.add_parser("risk", help="note risks; the customer reads them in the status report")
    steps = risk.add_subparsers(dest="step", metavar="STEP", required=True)
    listing = steps.add_parser("list", help="print the open risks, the next due first")
    add_customer(listing)
    listing.add_argument("--all", action="store_true", help="the closed ones, too")
    add_json(listing, run_list)
    note = steps.add_parser("add", help="note a risk")
    add_customer(note)
    note.add_argument("what", metavar="TEXT", nargs="+", help="what may go wrong")
    note.add_argument("--owner", metavar="NAME", required=True, help="who looks after it")
    _add_step(note)
    add_json(note, run_add)
    change = _of_risk(steps, "change", "change what is named of an open risk")
    change.add_argument("--what", metavar="TEXT", help="what may go wrong")
    change.add_argument("--owner", metavar="NAME", help="who looks after it")
    _add_step(change)
    add_json(change, run_change)
    close = _of_risk(steps, "close", "close it: it happened, or it cannot any more")
    add_reason(close, "why", required=True)
    add_json(close, run_end)
    add_json(_of_risk(steps, "reopen", "open it again"), run_end)


def _of_risk(steps: Any, step: str, what: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = steps.add_parser(step, help=what)
    parser.add_argument("risk", metavar="RISK", type=number_of, help="its number")
    return parser


def _add_step(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--next", dest="next_step", metavar="TEXT", help="the next step")
    parser.add_argument("--due", metavar="DATE", type=date_of, help="the day of the next step")


def run_list(args: argparse.Namespace) -> int:
    """Print risks."""
    from onboarding.risks import risks

    with entered(args):
        held = onboarding_of(args.customer)
        found = risks(held.id, all_of_them=args.all)
    if args.json:
        show_json([each._asdict() for each in found])
        return DONE
    for each in found:
        show(_line(each))
    if not found:
        tell(f"No risk is open for {held.customer}.")
    return DONE


def run_add(args: argparse.Namespace) -> int:
    """Note a risk; raises OnboardingRefused."""
    from onboarding.risks import add

    due = None if args.due is None else args.due.isoformat()
    with entered(args) as actor:
        held = onboarding_of(args.customer)
        what, step = " ".join(args.what), args.next_step or ""
        number = add(held.id, what, args.owner, actor.id, args.now(), next_step=step, due_on=due)
        return _tell(args, number, narrated(actor.id))


def run_change(args: argparse.Namespace) -> int:
    """Change a risk; raises OnboardingRefused."""
    from onboarding.risks import change

    due = None if args.due is None else args.due.isoformat()
    said = {"what": args.what, "owner": args.owner, "next_step": args.next_step, "due_on": due}
    if all(value is None for value in said.values()):
        return misused("onboarding risk change", "say what to change, such as --next TEXT.")
    with entered(args) as actor:
        change(args.risk, actor.id, args.now(), **said)
        return _tell(args, args.risk, narrated(actor.id))


def run_end(args: argparse.Namespace) -> int:
    """Close a risk, or open it again; raises OnboardingRefused."""
    from onboarding.risks import close, reopen

    with entered(args) as actor:
        if args.step == "close":
            close(args.risk, args.reason, actor.id, args.now())
        else:
            reopen(args.risk, actor.id, args.now())
        return _tell(args, args.risk, narrated(actor.id))


def _tell(args: argparse.Namespace, number: int, sentence: str) -> int:
    from onboarding.risks import risk

    found = risk(number)
    return tell_done(args, _line(found), {"risk": found._asdict()}, sentence)


def _line(each: RiskRow) -> str:
    due = f" by {each.due_on}" if each.due_on else ""
    step = f"; next: {each.next_step}{due}" if each.next_step else due
    return f"{each.id:>6}  {each.state:<7} {each.what} ({each.owner}){step}"
