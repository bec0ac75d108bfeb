"""`tamdesk onboarding criterion`: what a proof of value has to show, agreed first and judged on evidence."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from cli.hours_words import DONE, add_json, misused, number_of, show, show_json, tell
from cli.onboarding_words import (
    add_customer,
    add_pieces,
    add_reason,
    keep_piece,
    narrated,
    onboarding_of,
    tell_done,
    tell_piece,
)
from cli.ticket_desk import entered

if TYPE_CHECKING:
    from onboarding.criteria import CriterionRow


def add_actions(actions: Any) -> None:
    """Register the actions in the onboarding group."""
    criterion = actions.add_parser("criterion", help="draft, agree and judge the criteria of a proof of value")
    steps = criterion.add_subparsers(dest="step", metavar="STEP", required=True)
    listing = steps.add_parser("list", help="print the scorecard")
    add_customer(listing)
    add_json(listing, run_list)
    draft = steps.add_parser("add", help="draft a criterion (TAMs and leads)")
    add_customer(draft)
    draft.add_argument("what", metavar="TEXT", nargs="+", help="what has to be shown")
    _add_words(draft)
    add_json(draft, run_add)
    change = _of_criterion(steps, "change", "change a draft (TAMs and leads)")
    change.add_argument("--what", metavar="TEXT", help="what has to be shown")
    _add_words(change)
    add_json(change, run_change)
    add_json(_of_criterion(steps, "remove", "drop a draft (TAMs and leads)"), run_remove)
    agree = steps.add_parser("agree", help="record that the customer agreed to all of them (TAMs and leads)")
    add_customer(agree)
    add_json(agree, run_agreement)
    reopen = steps.add_parser("reopen", help="take the agreement back (TAMs and leads)")
    add_customer(reopen)
    add_reason(reopen, "why they change", required=True)
    add_json(reopen, run_agreement)
    evidence = _of_criterion(steps, "evidence", "keep what shows it")
    add_pieces(evidence)
    add_json(evidence, run_evidence)
    for step, what in (("met", "say that the target is met"), ("not-met", "say that it is not")):
        judge = _of_criterion(steps, step, what)
        judge.add_argument("--found", metavar="TEXT", required=True, help="what was found")
        add_json(judge, run_judge)


def _of_criterion(steps: Any, step: str, what: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = steps.add_parser(step, help=what)
    parser.add_argument("criterion", metavar="CRITERION", type=number_of, help="its number")
    return parser


def _add_words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--measure", metavar="TEXT", help="how it is measured")
    parser.add_argument("--target", metavar="TEXT", help="what is to be reached")


def run_list(args: argparse.Namespace) -> int:
    """Print the criteria in their order."""
    with entered(args):
        return _tell_all(args, onboarding_of(args.customer).id, "")


def run_add(args: argparse.Namespace) -> int:
    """Draft a criterion; raises OnboardingRefused."""
    from onboarding.criteria import add

    with entered(args) as actor:
        held = onboarding_of(args.customer)
        words = {"measure": args.measure or "", "target": args.target or ""}
        number = add(held.id, " ".join(args.what), actor.id, args.now(), **words)
        return _tell(args, number, narrated(actor.id))


def run_change(args: argparse.Namespace) -> int:
    """Change a draft; raises OnboardingRefused."""
    from onboarding.criteria import change

    said = {name: getattr(args, name) for name in ("what", "measure", "target")}
    if all(value is None for value in said.values()):
        return misused("onboarding criterion change", "say what to change, such as --target TEXT.")
    with entered(args) as actor:
        change(args.criterion, actor.id, args.now(), **said)
        return _tell(args, args.criterion, narrated(actor.id))


def run_remove(args: argparse.Namespace) -> int:
    """Drop a draft, and print those that are left; raises OnboardingRefused."""
    from onboarding.criteria import criterion, remove

    with entered(args) as actor:
        number = criterion(args.criterion).onboarding_id
        remove(args.criterion, actor.id, args.now())
        return _tell_all(args, number, narrated(actor.id))


def run_agreement(args: argparse.Namespace) -> int:
    """Agree the criteria, or take that back; raises OnboardingRefused."""
    from onboarding.criteria import agree_all, reopen_all

    with entered(args) as actor:
        held = onboarding_of(args.customer)
        if args.step == "agree":
            agree_all(held.id, actor.id, args.now())
        else:
            reopen_all(held.id, args.reason, actor.id, args.now())
        return _tell_all(args, held.id, narrated(actor.id))


def run_evidence(args: argparse.Namespace) -> int:
    """Keep evidence of a criterion; raises OnboardingRefused."""
    from onboarding.criteria import criterion

    with entered(args) as actor:
        row = criterion(args.criterion)
        kept = keep_piece(args, row.onboarding_id, actor.id, criterion_id=row.id)
        return tell_piece(args, kept, narrated(actor.id))


def run_judge(args: argparse.Namespace) -> int:
    """Judge a criterion; raises OnboardingRefused."""
    from onboarding.criteria import judge

    with entered(args) as actor:
        judge(args.criterion, args.found, args.step == "met", actor.id, args.now())
        return _tell(args, args.criterion, narrated(actor.id))


def _tell(args: argparse.Namespace, number: int, sentence: str) -> int:
    from onboarding.criteria import criterion

    found = criterion(number)
    return tell_done(args, _line(found), {"criterion": found._asdict()}, sentence)


def _tell_all(args: argparse.Namespace, onboarding_id: int, sentence: str) -> int:
    from onboarding.criteria import criteria

    found = criteria(onboarding_id)
    if args.json:
        listed = [each._asdict() for each in found]
        show_json({"criteria": listed, "sentence": sentence} if sentence else listed)
        return DONE
    for each in found:
        show(_line(each))
    tell(sentence or ("" if found else "No criteria are drafted; draft three to five with: criterion add"))
    return DONE


def _line(each: CriterionRow) -> str:
    state = each.state if each.agreed_at is not None else "draft"
    judged = f"measured by {each.measure or '–'}, target {each.target or '–'}"
    found = f"; found: {each.found}" if each.found else ""
    return f"{each.id:>6}  {state:<8} {each.evidence:>2} evidence  {each.what}: {judged}{found}"
