"""`tamdesk hours timer`: the clock that a person has running, in a terminal beside the app."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cli.hours_log import add_marks, refuse_unready, tell_logged, understood
from cli.hours_words import DONE, add_json, add_length, show, show_json, tell, warn
from cli.ticket_desk import entered

if TYPE_CHECKING:
    from tam.timer import TimerRow


def add_actions(actions: Any) -> None:
    """Register the actions in the hours group."""
    timer = actions.add_parser("timer", help="show your timer; start, pause, switch or stop it")
    add_json(timer, run_show)
    steps = timer.add_subparsers(dest="step", metavar="STEP")
    for name, told in (("start", "start your timer"), ("switch", "stop and keep the one that runs, and start another")):
        start = steps.add_parser(name, help=f"{told}: a line such as acme review call, LDAP")
        start.add_argument("line", metavar="LINE", nargs="*", help="for whom, doing what, and a note after a comma")
        add_marks(start)
        add_json(start, run_start)
    for name, told in (("pause", "let it stand still"), ("resume", "let it go on")):
        add_json(steps.add_parser(name, help=told), run_change)
    note = steps.add_parser("note", help="say what the time is spent on, while it is")
    note.add_argument("text", metavar="TEXT", nargs="+", help="the note")
    add_json(note, run_change)
    stop = steps.add_parser("stop", help="stop it, and keep its time")
    stop.add_argument("--note", metavar="TEXT", help="what it was about (default: what was noted)")
    add_length(stop, "how long it was instead")
    add_json(stop, run_stop)
    add_json(steps.add_parser("discard", help="throw it away, and keep nothing"), run_discard)


def run_show(args: argparse.Namespace) -> int:
    """Print the timer."""
    from tam.timer import running

    with entered(args) as actor:
        held, now = running(actor.id), args.now()
        if held is not None:
            _show(args, held, now, actor.zone)
        elif args.json:
            show_json(None)
        else:
            tell("You have no timer; start one with: tamdesk hours timer start LINE")
    return DONE


def run_start(args: argparse.Namespace) -> int:
    """Start a timer, or switch to another one."""
    from tam import timer

    with entered(args) as actor:
        at = args.now()
        found = understood(args, " ".join(args.line), actor.id, at, length=False)
        refuse_unready(found)
        said = found.parsed
        started = timer.start(
            said.customer_id or 0,
            said.activity,
            actor.id,
            at,
            ticket_id=said.ticket_id,
            call_id=args.call,
            item_id=args.item,
            counts=said.counts,
            billable=said.billable,
            note=said.note,
            switch=args.step == "switch",
        )
        if started.logged is not None:
            tell(started.logged.sentence)
            warn(started.logged.warnings)
        warn(started.warnings)
        _show(args, started.timer, at, actor.zone)
    return DONE


def run_change(args: argparse.Namespace) -> int:
    """Pause it, let it go on, or note something on it."""
    from tam import timer

    steps: dict[str, Callable[[int, int], TimerRow]] = {
        "pause": timer.pause,
        "resume": timer.resume,
        "note": lambda actor, at: timer.note(" ".join(args.text), actor, at),
    }
    with entered(args) as actor:
        at = args.now()
        _show(args, steps[args.step](actor.id, at), at, actor.zone)
    return DONE


def run_stop(args: argparse.Namespace) -> int:
    """Stop it and print the entries that its time became."""
    from tam.timer import stop

    with entered(args) as actor:
        tell_logged(args, stop(actor.id, args.now(), args.note, args.minutes))
    return DONE


def run_discard(args: argparse.Namespace) -> int:
    """Throw it away."""
    from tam.timer import discard

    with entered(args) as actor:
        sentence = discard(actor.id, args.now())
    if args.json:
        show_json({"sentence": sentence})
    else:
        tell(sentence)
    return DONE


def _show(args: argparse.Namespace, held: TimerRow, now: int, zone: str) -> None:
    from sla.wall import local_of
    from tam.entry_words import clock_text

    seconds = held.elapsed(now)
    if args.json:
        show_json(held._asdict() | {"elapsed": seconds, "paused": held.is_paused})
        return
    state = "paused" if held.is_paused else f"since {local_of(zone, held.started_at):%H:%M}"
    ticket = f"  #{held.ticket_id}" if held.ticket_id else ""
    note = f": {held.note}" if held.note else ""
    show(f"{clock_text(seconds // 60):>6}  {held.customer}  {held.activity}{ticket}  {state}{note}")
