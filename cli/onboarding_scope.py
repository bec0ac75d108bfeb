"""`tamdesk onboarding scope`: what is asked for beyond the checklist, and the annex's exclusions."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from cli.hours_words import DONE, add_json, number_of, show, show_json, tell
from cli.onboarding_words import OURS, SIDES, THEIRS, add_customer, add_reason, narrated, onboarding_of, tell_done
from cli.ticket_desk import entered

if TYPE_CHECKING:
    from onboarding.scope import ScopeRow, Suggestion


def add_actions(actions: Any) -> None:
    """Register the actions in the onboarding group."""
    scope = actions.add_parser("scope", help="record what is asked for beyond the checklist, and answer it")
    steps = scope.add_subparsers(dest="step", metavar="STEP", required=True)
    listing = steps.add_parser("list", help="print what a customer asked for, what waits for an answer first")
    add_customer(listing)
    add_json(listing, run_list)
    ask = steps.add_parser("add", help="record a request; the exclusion it falls under is found by its words")
    add_customer(ask)
    ask.add_argument("what", metavar="TEXT", nargs="+", help="what is asked for")
    ask.add_argument("--asked-by", metavar="NAME", default="", help="who asked")
    _add_exclusion(ask, required=False)
    ask.add_argument("--dry-run", action="store_true", help="print what it may be about, and write nothing")
    add_json(ask, run_add)
    file = _of_request(steps, "file", "say which exclusion it falls under")
    _add_exclusion(file, required=True)
    add_json(file, run_file)
    answer = _of_request(steps, "answer", "answer it, in the annex's words unless you say others")
    answer.add_argument("text", metavar="TEXT", nargs="*", help="the answer")
    add_json(answer, run_answer)
    quote = _of_request(steps, "quote", "turn it into a quote (TAMs and leads)")
    quote.add_argument("text", metavar="TEXT", nargs="*", help="what the customer is told")
    add_json(quote, run_answer)
    accept = _of_request(steps, "accept", "take it on as an item; what is excluded only a lead does")
    accept.add_argument("--topic", metavar="TOPIC", required=True, help="where it belongs in the checklist")
    accept.add_argument("--theirs", dest="side", action="store_const", const=THEIRS, default=OURS, help="they do it")
    accept.add_argument("--done-means", metavar="TEXT", default="", help="when it is done")
    add_reason(accept, "why it is taken on")
    add_json(accept, run_accept)
    exclusions = steps.add_parser("exclusions", help="print what the annex excludes, and what it includes")
    add_customer(exclusions)
    add_json(exclusions, run_exclusions)


def _of_request(steps: Any, step: str, what: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = steps.add_parser(step, help=what)
    parser.add_argument("request", metavar="REQUEST", type=number_of, help="its number")
    return parser


def _add_exclusion(parser: argparse.ArgumentParser, required: bool) -> None:
    which = parser.add_mutually_exclusive_group(required=required)
    which.add_argument("--exclusion", metavar="LINE", help="the exclusion, as the annex prints it, in any case")
    which.add_argument("--none", dest="exclusion", action="store_const", const="", help="it falls under none")


def run_list(args: argparse.Namespace) -> int:
    """Print requests."""
    from onboarding.scope import requests

    with entered(args):
        held = onboarding_of(args.customer)
        found = requests(held.id)
    if args.json:
        show_json([each._asdict() for each in found])
        return DONE
    for each in found:
        show(_line(each))
    if not found:
        tell(f"{held.customer} asked for nothing beyond the checklist.")
    return DONE


def run_add(args: argparse.Namespace) -> int:
    """Record a request, or print what it may be about; raises OnboardingRefused."""
    from onboarding import scope

    what = " ".join(args.what)
    with entered(args) as actor:
        held = onboarding_of(args.customer)
        if args.dry_run:
            return _tell_suggestion(args, scope.suggest(held.id, what))
        exclusion = _spelt(held.id, args.exclusion)
        number = scope.record(held.id, what, args.asked_by, actor.id, args.now(), exclusion=exclusion)
        sentence = narrated(actor.id)
        if not args.json:
            tell(scope.sentence(held.id, scope.request(number).exclusion))
        return _tell(args, number, sentence)


def _spelt(onboarding_id: int, line: str | None) -> str | None:
    """An exclusion as the annex spells it."""
    from onboarding.scope import register

    known = register(onboarding_id).excluded
    return next((each for each in known if line and each.casefold() == line.strip().casefold()), line)


def _tell_suggestion(args: argparse.Namespace, found: Suggestion) -> int:
    if args.json:
        show_json(found._asdict())
        return DONE
    for where, lines in (("excluded", found.excluded), ("included", found.included)):
        for line, score in lines:
            show(f"{score:>4} %  {where}  {line}")
    if not found.excluded and not found.included:
        tell("The annex has nothing like it.")
    tell("Nothing was written.")
    return DONE


def run_file(args: argparse.Namespace) -> int:
    """File a request under an exclusion; raises OnboardingRefused."""
    from onboarding import scope

    with entered(args) as actor:
        exclusion = _spelt(scope.request(args.request).onboarding_id, args.exclusion) or ""
        scope.file_under(args.request, exclusion, actor.id, args.now())
        return _tell(args, args.request, narrated(actor.id))


def run_answer(args: argparse.Namespace) -> int:
    """Answer or quote a request, and print what the customer is told; raises OnboardingRefused."""
    from onboarding import scope

    does = scope.quote if args.step == "quote" else scope.answer
    with entered(args) as actor:
        told = does(args.request, actor.id, args.now(), text=" ".join(args.text))
        sentence = narrated(actor.id)
        if args.json:
            return _tell(args, args.request, sentence)
        show(told)
        tell(sentence)
        return DONE


def run_accept(args: argparse.Namespace) -> int:
    """Take a request on as an item; raises OnboardingRefused."""
    from onboarding import scope

    with entered(args) as actor:
        item_id = scope.accept(
            args.request,
            args.topic,
            actor.id,
            args.now(),
            side=SIDES[args.side],
            done_means=args.done_means,
            reason=args.reason,
        )
        return _tell(args, args.request, narrated(actor.id), item_id)


def run_exclusions(args: argparse.Namespace) -> int:
    """Print the register of the revision that the onboarding follows."""
    from onboarding.scope import register

    with entered(args):
        found = register(onboarding_of(args.customer).id)
    if args.json:
        show_json(found._asdict())
        return DONE
    for line in found.excluded:
        show(f"excluded  {line}")
    for line in found.included:
        show(f"included  {line}")
    tell(f"Annex of {found.revision}: {found.excluded_section}; {found.included_section}.")
    return DONE


def _tell(args: argparse.Namespace, number: int, sentence: str, item_id: int | None = None) -> int:
    from onboarding.scope import request

    found = request(number)
    form: dict[str, Any] = {"request": found._asdict()}
    if item_id is not None:
        form["item"] = item_id
    return tell_done(args, _line(found), form, sentence)


def _line(each: ScopeRow) -> str:
    asked = f" ({each.asked_by})" if each.asked_by else ""
    told = f"; {each.answer}" if each.answer else ""
    return f"{each.id:>6}  {each.state:<9} {each.what}{asked}: {each.exclusion or 'no exclusion'}{told}"
