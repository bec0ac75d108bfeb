"""`tamdesk onboarding session`: knowledge transfers and trainings, and what they covered."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from cli.call_words import add_when, moment_of
from cli.hours_words import DONE, add_json, add_length, misused, number_of, show, show_json, tell
from cli.onboarding_words import add_customer, add_reason, item_of, narrated, onboarding_of, tell_done
from cli.ticket_desk import entered

if TYPE_CHECKING:
    from onboarding.sessions import SessionRow

KINDS = {
    "knowledge-transfer": "knowledge transfer",
    "administrator-training": "administrator training",
    "devops-training": "DevOps training",
}
USUAL_MINUTES = 60


def add_actions(actions: Any) -> None:
    """Register the actions in the onboarding group."""
    session = actions.add_parser("session", help="plan sessions, and note who came")
    steps = session.add_subparsers(dest="step", metavar="STEP", required=True)
    listing = steps.add_parser("list", help="print a customer's sessions")
    add_customer(listing)
    add_json(listing, run_list)
    plan = steps.add_parser("add", help="plan a session")
    add_customer(plan)
    plan.add_argument("title", metavar="TITLE", nargs="+", help="what it is about")
    plan.add_argument("--kind", choices=tuple(KINDS), default="knowledge-transfer", help="(knowledge-transfer)")
    add_when(plan)
    add_length(plan, "how long it takes")
    plan.add_argument("--audience", metavar="TEXT", default="", help="whom it is for")
    plan.add_argument("--covers", metavar="ITEM", action="append", default=[], help="an item it is about; repeatable")
    plan.add_argument("--note", metavar="TEXT", default="", help="a note, which stays with us")
    add_json(plan, run_add)
    move = _of_session(steps, "move", "give it another time; one that was missed is planned again")
    add_when(move)
    add_length(move, "how long it takes")
    add_json(move, run_move)
    _add_later(steps)


def _add_later(steps: Any) -> None:
    change = _of_session(steps, "change", "change what it is about")
    change.add_argument("--title", metavar="TEXT", help="what it is about")
    change.add_argument("--kind", choices=tuple(KINDS), help="what kind it is")
    change.add_argument("--audience", metavar="TEXT", help="whom it is for")
    change.add_argument("--covers", metavar="ITEM", action="append", help="all the items it is about; repeatable")
    change.add_argument("--note", metavar="TEXT", help="a note instead of the one that stands; it stays with us")
    add_json(change, run_change)
    hold = _of_session(steps, "hold", "note that it was held, and what it covered")
    hold.add_argument("--attend", metavar="TEXT", required=True, help="who came; it stays with us")
    hold.add_argument("--note", metavar="TEXT", help="a note instead of the one that stands; it stays with us")
    hold.add_argument("--done", action="store_true", help="call the items that it covered done")
    add_json(hold, run_hold)
    for step, what in (("missed", "note that nobody came, or could"), ("cancel", "take it out of the plan")):
        end = _of_session(steps, step, what)
        add_reason(end, "why", required=True)
        add_json(end, run_end)


def _of_session(steps: Any, step: str, what: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = steps.add_parser(step, help=what)
    parser.add_argument("session", metavar="SESSION", type=number_of, help="its number")
    return parser


def run_list(args: argparse.Namespace) -> int:
    """Print sessions in the order of their time, which is the customer's."""
    from onboarding.sessions import sessions

    with entered(args):
        held = onboarding_of(args.customer)
        found = sessions(held.id)
    if args.json:
        show_json([each._asdict() for each in found])
        return DONE
    for each in found:
        show(_line(each, held.zone))
    if not found:
        tell(f"No session is planned with {held.customer}; plan one with: tamdesk onboarding session add")
    return DONE


def run_add(args: argparse.Namespace) -> int:
    """Plan a session; raises OnboardingRefused."""
    from onboarding.sessions import plan

    with entered(args) as actor:
        held = onboarding_of(args.customer)
        covers = [item_of(held.id, each) for each in args.covers]
        slot = moment_of(args, held.zone)
        planned = plan(
            held.id,
            KINDS[args.kind],
            " ".join(args.title),
            slot.at,
            USUAL_MINUTES if args.minutes is None else args.minutes,
            actor.id,
            args.now(),
            audience=args.audience,
            covers=covers,
            note=args.note,
        )
        odd = (*planned.warnings, *([slot.note] if slot.note else []))
        return _tell(args, planned.session_id, narrated(actor.id), odd)


def run_move(args: argparse.Namespace) -> int:
    """Move a session; raises OnboardingRefused."""
    from onboarding.rules import held
    from onboarding.sessions import move, session

    with entered(args) as actor:
        slot = moment_of(args, held(session(args.session).onboarding_id).zone)
        planned = move(args.session, slot.at, actor.id, args.now(), minutes=args.minutes)
        odd = (*planned.warnings, *([slot.note] if slot.note else []))
        return _tell(args, args.session, narrated(actor.id), odd)


def run_change(args: argparse.Namespace) -> int:
    """Change what is named of a session; raises OnboardingRefused."""
    from onboarding.sessions import change, session

    said = {name: getattr(args, name) for name in ("title", "kind", "audience", "covers", "note")}
    if all(value is None for value in said.values()):
        return misused("onboarding session change", "say what to change, such as --title TEXT.")
    with entered(args) as actor:
        number = session(args.session).onboarding_id
        said["kind"] = None if args.kind is None else KINDS[args.kind]
        said["covers"] = None if args.covers is None else [item_of(number, each) for each in args.covers]
        change(args.session, actor.id, args.now(), **said)
        return _tell(args, args.session, narrated(actor.id))


def run_hold(args: argparse.Namespace) -> int:
    """Note who came; what was covered is proposed as done, and is done only where that is said."""
    from models.reading import scalar
    from onboarding.covering import accept
    from onboarding.sessions import hold

    with entered(args) as actor:
        proposed = hold(args.session, args.attend, actor.id, args.now(), note=args.note)
        sentence = narrated(actor.id)
        refused: tuple[str, ...] = ()
        if args.done and proposed:
            covered = accept(args.session, proposed, actor.id, args.now())
            sentence, refused = f"{sentence} {covered.sentence}", covered.refused
            proposed = [each for each in proposed if each not in covered.done]
        titles = {each: scalar("SELECT title FROM onboarding_item WHERE id = ?", (each,)) for each in proposed}
        if not args.json:
            tell(*(f"It proposes to call {number} {title} done." for number, title in titles.items()))
        return _tell(args, args.session, sentence, refused, proposed)


def run_end(args: argparse.Namespace) -> int:
    """Note that a session was missed, or cancel it; raises OnboardingRefused."""
    from onboarding.sessions import cancel, miss

    does = miss if args.step == "missed" else cancel
    with entered(args) as actor:
        does(args.session, args.reason, actor.id, args.now())
        return _tell(args, args.session, narrated(actor.id))


def _tell(
    args: argparse.Namespace,
    session_id: int,
    sentence: str,
    odd: tuple[str, ...] = (),
    proposed: list[int] | None = None,
) -> int:
    from onboarding.rules import held
    from onboarding.sessions import session

    found = session(session_id)
    form: dict[str, Any] = {"session": found._asdict()}
    if proposed is not None:
        form["proposed"] = proposed
    return tell_done(args, _line(found, held(found.onboarding_id).zone), form, sentence, odd)


def _line(each: SessionRow, zone: str) -> str:
    from screens.widgets.text import fit
    from tam.call_rules import moment_text

    told = [part for part in (each.kind, each.audience, each.attendance) if part]
    when = f"{moment_text(zone, each.starts_at):<21} {each.minutes:>4} min"
    return f"{each.id:>6}  {when}  {each.state:<9}  {fit(each.title, 32)} {', '.join(told)}"
