"""`tamdesk onboarding shift`, `outcome`, `extend`, `health`, `template` and `close`: its course (TAMs and leads)."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from cli.hours_words import DONE, add_json, date_of, misused, show, show_json, tell
from cli.onboarding_words import add_customer, add_reason, narrated, onboarding_of, tell_onboarding
from cli.ticket_desk import entered

if TYPE_CHECKING:
    from onboarding.shifting import Moved, Shift
    from onboarding.tailoring import Diff

OUTCOMES = ("continue", "extend", "stop")
HEALTHS = ("on-track", "at-risk", "blocked", "late")


def add_actions(actions: Any) -> None:
    """Register the actions in the onboarding group."""
    shift = actions.add_parser("shift", help="move the start or the go-live, and print what moves with it")
    add_customer(shift)
    which = shift.add_mutually_exclusive_group(required=True)
    which.add_argument("--start", metavar="DATE", type=date_of, help="the new first day of the phase")
    which.add_argument("--go-live", metavar="DATE", type=date_of, help="the new day of going live")
    add_reason(shift, "why it moves")
    shift.add_argument("--dry-run", action="store_true", help="print what would move, and write nothing")
    add_json(shift, run_shift)
    outcome = actions.add_parser("outcome", help="record what a proof of value comes to")
    add_customer(outcome)
    outcome.add_argument("outcome", choices=OUTCOMES, help="continue, extend once, or stop")
    outcome.add_argument("--days", metavar="N", type=int, default=0, help="by how many days it is extended")
    add_reason(outcome, "why", required=True)
    add_json(outcome, run_outcome)
    extend = actions.add_parser("extend", help="let an onboarding term go on to a later day")
    add_customer(extend)
    extend.add_argument("--until", metavar="DATE", type=date_of, required=True, help="its new last day")
    add_reason(extend, "why", required=True)
    add_json(extend, run_extend)
    _add_later(actions)


def _add_later(actions: Any) -> None:
    health = actions.add_parser("health", help="say what the health is instead, for 14 days at most")
    add_customer(health)
    health.add_argument("word", choices=HEALTHS, nargs="?", help="the health as you know it")
    health.add_argument("--until", metavar="DATE", type=date_of, help="the last day on which that holds")
    health.add_argument("--clear", action="store_true", help="take it back: the desk judges again")
    add_reason(health, "how you know")
    add_json(health, run_health)
    template = actions.add_parser("template", help="print what a newer template has, and take it over")
    add_customer(template)
    which = template.add_mutually_exclusive_group()
    which.add_argument("--take", metavar="KEY", action="append", help="take this item or these words; repeatable")
    which.add_argument("--take-all", action="store_true", help="take all that is offered")
    add_json(template, run_template)
    close = actions.add_parser("close", help="end an onboarding; before continuous support a lead does")
    add_customer(close)
    add_reason(close, "why it ends")
    add_json(close, run_close)


def run_shift(args: argparse.Namespace) -> int:
    """Print what moves, and move it; raises OnboardingRefused."""
    from onboarding import shifting

    with entered(args) as actor:
        held, at = onboarding_of(args.customer), args.now()
        moves = {"start": args.start, "go_live": args.go_live}
        planned, sentence = shifting.shift(held.id, at, **moves), ""
        if not args.dry_run:
            sentence = shifting.apply(held.id, actor.id, at, reason=args.reason, **moves).sentence
    if args.json:
        moved = [each._asdict() for each in planned.moved]
        show_json(planned._asdict() | {"moved": moved, "written": not args.dry_run, "sentence": sentence})
        return DONE
    _print_shift(planned)
    tell(*planned.problems, sentence or "Nothing was written.")
    return DONE


def _print_shift(planned: Shift) -> None:
    show(f"Start {planned.starts_on}, end of the phase {planned.ends_on}, go-live {planned.go_live_on}")
    for each in planned.moved:
        show(_moved(each))


def _moved(each: Moved) -> str:
    return f"{each.item_id:>6}  {each.was or 'no date'!s:<10} → {each.becomes or 'no date'!s:<10}  {each.title}"


def run_outcome(args: argparse.Namespace) -> int:
    """Record an outcome; raises OnboardingRefused."""
    from onboarding.phases import decide

    if args.days and args.outcome != "extend":
        return misused("onboarding outcome", "--days goes with extend.")
    with entered(args) as actor:
        held = onboarding_of(args.customer)
        done = decide(held.id, args.outcome, actor.id, args.now(), args.reason, args.days)
        return tell_onboarding(args, held.id, done.sentence)


def run_extend(args: argparse.Namespace) -> int:
    """Extend a term; raises OnboardingRefused."""
    from onboarding.phases import extend_term

    with entered(args) as actor:
        held = onboarding_of(args.customer)
        done = extend_term(held.id, args.until, actor.id, args.now(), args.reason)
        return tell_onboarding(args, held.id, done.sentence)


def run_health(args: argparse.Namespace) -> int:
    """Override the health, or take that back; raises OnboardingRefused."""
    from onboarding.health import clear, override

    if args.clear == (args.word is not None):
        return misused("onboarding health", "say what the health is, or --clear what was said.")
    with entered(args) as actor:
        held = onboarding_of(args.customer)
        if args.clear:
            clear(held.id, actor.id, args.now())
        else:
            until = None if args.until is None else args.until.isoformat()
            override(held.id, args.word.replace("-", " "), args.reason, actor.id, args.now(), until=until)
        return tell_onboarding(args, held.id, narrated(actor.id))


def run_template(args: argparse.Namespace) -> int:
    """Print the difference to the newest template, or take of it; raises OnboardingRefused."""
    from onboarding.tailoring import diff, take

    with entered(args) as actor:
        held, at, sentence = onboarding_of(args.customer), args.now(), ""
        offered = diff(held.id, at)
        every = (*(each.key for each in offered.new), *(each.key for each in offered.changed))
        keys = every if args.take_all else tuple(args.take or ())
        if keys:
            sentence = take(held.id, keys, actor.id, at).sentence
    if args.json:
        listed = {"new": [each._asdict() for each in offered.new], "gone": offered.gone}
        changed = [each._asdict() for each in offered.changed]
        show_json({"template": offered.template, **listed, "changed": changed, "taken": keys, "sentence": sentence})
        return DONE
    _print_diff(offered)
    tell(sentence or ("" if every else f"The checklist has all of {offered.template}."))
    return DONE


def _print_diff(offered: Diff) -> None:
    for new in offered.new:
        show(f"+ {new.key:<28} {new.title}")
    for each in offered.changed:
        show(f"~ {each.key:<28} {each.title} → {each.new_title}; done means: {each.new_done_means}")
    for key in offered.gone:
        show(f"- {key}")


def run_close(args: argparse.Namespace) -> int:
    """End an onboarding; raises OnboardingRefused."""
    from onboarding.phases import close

    with entered(args) as actor:
        held = onboarding_of(args.customer)
        done = close(held.id, actor.id, args.now(), args.reason)
        return tell_onboarding(args, held.id, done.sentence)
