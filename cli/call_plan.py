"""`tamdesk call plan`, `move`, `skip`, `stay` and `hold`: what becomes of a call."""

from __future__ import annotations

import argparse
from typing import Any

from cli.call_words import KINDS, add_people, add_when, moment_of, tell_done
from cli.hours_words import DONE, add_json, add_length, customer_of, misused, number_of, person_id
from cli.ticket_desk import entered


def add_actions(actions: Any) -> None:
    """Register the actions in the call group."""
    plan = actions.add_parser("plan", help="plan a single call (TAMs and leads)")
    plan.add_argument("customer", metavar="CUSTOMER", help="the customer's key or name")
    add_when(plan)
    add_length(plan, "how long it takes (45 minutes)")
    plan.add_argument("--kind", choices=KINDS, default=KINDS[0], help="a review, or the yearly service review")
    plan.add_argument("--title", metavar="TEXT", default="", help="what it is for (default: as its kind is called)")
    add_people(plan)
    add_json(plan, run_plan)
    move = actions.add_parser("move", help="move a call, or bring back one that was skipped (TAMs and leads)")
    move.add_argument("call", metavar="CALL", type=number_of, help="its number")
    add_when(move, required=False)
    move.add_argument("--accept", action="store_true", help="do what is proposed for it, instead of a day and a time")
    move.add_argument("--reason", metavar="TEXT", default="", help="why")
    add_json(move, run_move)
    for name, told in (("skip", "leave a call out"), ("stay", "leave a call where it is, although a side is closed")):
        action = actions.add_parser(name, help=f"{told} (TAMs and leads)")
        action.add_argument("call", metavar="CALL", type=number_of, help="its number")
        action.add_argument("--reason", metavar="TEXT", required=True, help="why")
        add_json(action, run_reason)
    hold = actions.add_parser("hold", help="say that a call was held")
    hold.add_argument("call", metavar="CALL", type=number_of, help="its number")
    add_length(hold, "how long it took (as planned)")
    hold.add_argument("--attend", metavar="NAME", action="append", help="who was there (as planned); repeatable")
    hold.add_argument("--log", action="store_true", help="log its time as a review call")
    add_json(hold, run_hold)


def run_plan(args: argparse.Namespace) -> int:
    """Plan a call; raises what `tam.calls.plan` refuses."""
    from tam.call_rules import party
    from tam.calls import plan

    with entered(args) as actor:
        customer = party(customer_of(args.customer) or 0)
        slot = moment_of(args, customer.zone)
        planned = plan(
            customer.id,
            slot.at,
            45 if args.minutes is None else args.minutes,
            args.kind.replace("-", " "),
            args.title,
            actor.id,
            args.now(),
            zone=args.zone or "",
            attendees=args.attend or (),
            person_id=None if args.person is None else person_id(args.person),
        )
        tell_done(args, planned.call_id, planned.sentence, actor.zone, (*_noted(slot.note), *planned.warnings))
    return DONE


def run_move(args: argparse.Namespace) -> int:
    """Move a call to another instant, or where it is proposed; raises CallRefused."""
    from tam.call_reading import call
    from tam.calls import move
    from tam.proposals import accept

    said = bool(args.on and args.time)
    if said == args.accept or bool(args.on) != bool(args.time) or (args.accept and args.reason):
        return misused("call move", "say --on DAY and --time TIME, or --accept what is proposed.")
    with entered(args) as actor:
        if args.accept:
            tell_done(args, args.call, accept(args.call, actor.id, args.now()), actor.zone)
            return DONE
        slot = moment_of(args, call(args.call).zone)
        moved = move(args.call, slot.at, actor.id, args.now(), args.reason)
        tell_done(args, args.call, moved.sentence, actor.zone, (*_noted(slot.note), *moved.warnings))
    return DONE


def _noted(note: str) -> tuple[str, ...]:
    return (note,) if note else ()


def run_reason(args: argparse.Namespace) -> int:
    """Skip a call, or have it stay; raises CallRefused."""
    from tam.calls import skip
    from tam.proposals import stay

    with entered(args) as actor:
        does = skip if args.action == "skip" else stay
        sentence = does(args.call, args.reason, actor.id, args.now())
        tell_done(args, args.call, sentence, actor.zone)
    return DONE


def run_hold(args: argparse.Namespace) -> int:
    """Say that a call was held; raises CallRefused, and what logging its time refuses."""
    from tam.calls import hold

    with entered(args) as actor:
        held = hold(args.call, actor.id, args.now(), args.minutes, args.attend, args.log)
        tell_done(args, args.call, held.sentence, actor.zone, held.warnings)
    return DONE
