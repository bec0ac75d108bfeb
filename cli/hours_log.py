"""`tamdesk hours log`: keep time that was spent, said in one line as the app takes it, or in options."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING, Any

from cli.hours_words import (
    DONE,
    REFUSED,
    add_json,
    add_length,
    customer_of,
    misused,
    number_of,
    person_id,
    show,
    show_json,
    tell,
    warn,
)
from cli.ticket_desk import entered

if TYPE_CHECKING:
    from tam.entries import Logged
    from tam.entry_preview import Understood

_IN_THE_LINE = {"customer": "--customer", "minutes": "--duration", "on": "--on", "activity": "--activity"}


def add_actions(actions: Any) -> None:
    """Register the action in the hours group."""
    log = actions.add_parser("log", help="keep time that was spent: a line such as 1h30 acme review call, LDAP")
    log.add_argument("line", metavar="LINE", nargs="*", help="how long, for whom, doing what, and a note after a comma")
    log.add_argument("--customer", metavar="CUSTOMER", help="whom it was for, by key or name")
    add_length(log, "how long it was")
    log.add_argument("--on", metavar="DAY", help="the day: yesterday, mon, 12 mar or 2026-03-12 (default: today)")
    log.add_argument("--activity", metavar="ACTIVITY", help="what it was (default: advice)")
    add_marks(log)
    log.add_argument("--person", metavar="LOGIN", help="who worked (default: you; a TAM or a lead logs for others)")
    log.add_argument("--dry-run", action="store_true", help="say what was understood, and write nothing")
    add_json(log, run)


def add_marks(parser: argparse.ArgumentParser) -> None:
    """Options that go with a line as well as instead of one."""
    parser.add_argument("--note", metavar="TEXT", help="what it was about")
    parser.add_argument("--ticket", metavar="N", type=number_of, help="the ticket it was for")
    parser.add_argument("--call", metavar="ID", type=number_of, help="the call it was for")
    parser.add_argument("--item", metavar="ID", type=number_of, help="the item of a checklist it was for")
    counting = argparse.BooleanOptionalAction
    parser.add_argument("--count", action=counting, help="whether it counts against the agreed hours")
    parser.add_argument("--billable", action=counting, help="whether it is billed")


def run(args: argparse.Namespace) -> int:
    """Keep the time, or say what stands against it; raises what `tam.entries.log` refuses."""
    from tam.entries import log

    options = [option for name, option in _IN_THE_LINE.items() if getattr(args, name) is not None]
    if bool(args.line) == bool(options):
        return misused("hours log", f"say it in a line, or instead with {', '.join(_IN_THE_LINE.values())}.")
    with entered(args) as actor:
        at = args.now()
        whose = actor.id if args.person is None else person_id(args.person)
        found = understood(args, _line(args, whose, at), whose, at)
        if args.dry_run:
            return _tell_understood(args, found)
        refuse_unready(found)
        said = found.parsed
        logged = log(
            said.customer_id or 0,
            said.minutes or 0,
            said.on,
            said.activity,
            actor.id,
            at,
            note=said.note,
            ticket_id=said.ticket_id,
            call_id=args.call,
            item_id=args.item,
            counts=said.counts,
            billable=said.billable,
            started_at=said.started_at,
            ended_at=said.ended_at,
            person_id=whose,
        )
        tell_logged(args, logged)
    return DONE


def understood(args: argparse.Namespace, line: str, whose: int, at: int, length: bool = True) -> Understood:
    """What a line with its marks would do; the note of `--note` is kept whole, however long."""
    from tam.entry_line import MOST_SIGNS
    from tam.entry_preview import understand
    from tickets.errors import RuleRefused

    if len(line) > MOST_SIGNS:
        raise RuleRefused(f"A line has {MOST_SIGNS} signs at most; say the rest with --note.")
    parts = [f"#{args.ticket}"] if args.ticket is not None else []
    parts += [] if args.count is None else ["count" if args.count else "nocount"]
    parts += [] if args.billable is None else ["billable" if args.billable else "nonbillable"]
    found = understand(" ".join([*parts, line]), whose, at, length=length, call_id=args.call, item_id=args.item)
    return found if args.note is None else found._replace(parsed=found.parsed._replace(note=args.note))


def refuse_unready(found: Understood) -> None:
    """Raise RuleRefused with all that stands against a line."""
    from tickets.errors import RuleRefused

    if not found.ready:
        raise RuleRefused(" ".join(found.problems))


def _line(args: argparse.Namespace, whose: int, at: int) -> str:
    """The line that was typed, or the one that says what the options say."""
    from models.reading import scalar
    from tam.entry_completion import named

    if args.line:
        return " ".join(args.line)
    customer = customer_of(args.customer)
    key = "" if customer is None else named(scalar("SELECT key FROM customer WHERE id = ?", (customer,)))
    length = "" if args.minutes is None else f"{args.minutes}m"
    day = "" if args.on is None else past_day(args.on, whose, at)
    doing = "" if args.activity is None else activity_of(args.activity)
    return " ".join(part for part in (length, day, key, doing) if part)


def past_day(text: str, whose: int, at: int) -> str:
    """The local date that is meant, seen from a person's today; RuleRefused where a text says none."""
    from models.access import actor_by_id
    from sla.wall import local_of
    from tam.entry_times import Days, read_days
    from tickets.errors import RuleRefused

    found = read_days(text, 0, Days(local_of(actor_by_id(whose).zone, at).date()))
    if found is None or found.end != len(text) or not isinstance(found.value, date):
        told = found.problem if found else ""
        raise RuleRefused(told or f"{text!r} is no day; say one like yesterday, mon, 12 mar or 2026-03-12.")
    return found.value.isoformat()


def activity_of(text: str) -> str:
    """The activity that is called so, or begins so; RuleRefused names the nearest."""
    from tam.activities import activity, recognised

    found = recognised(text)
    return found.key if found else activity(text).key


def _tell_understood(args: argparse.Namespace, found: Understood) -> int:
    """Say what was understood, and what stands against it."""
    from tam.entry_line import preview

    code = DONE if found.ready else REFUSED
    if args.json:
        parsed = found.parsed._asdict()
        del parsed["spans"], parsed["problems"]
        told = found._asdict() | {"parsed": parsed, "key": found.key or None, "ready": found.ready}
        show_json(told)
        return code
    show(preview(found.parsed))
    tell(*found.problems)
    if found.ready:
        warn(found.warnings)
        tell_why(found)
    tell("Nothing was written.")
    return code


def tell_why(found: Understood) -> None:
    """Say what decides whether it counts, and what it leaves."""
    from contracts.words import duration_text

    tell(f"It {found.why}" if found.why else "")
    if found.left is not None:
        over = f"over by {duration_text(-found.left)}"
        tell(f"Left after it: {duration_text(found.left)}." if found.left >= 0 else f"The period is {over} after it.")


def tell_logged(args: argparse.Namespace, logged: Logged) -> None:
    """Print what was kept; what is odd about it goes beside it."""
    from cli.hours_list import entry_line
    from tam.entries import entry
    from tam.exports import json_row

    kept = [entry(number) for number in logged.ids]
    if args.json:
        told = {"entries": [json_row(each) for each in kept], "warnings": logged.warnings, "sentence": logged.sentence}
        show_json(told)
        return
    for each in kept:
        show(entry_line(each))
    tell(logged.sentence)
    warn(logged.warnings)
