"""`tamdesk hours change` and `tamdesk hours delete`: put right what was logged."""

from __future__ import annotations

import argparse
from typing import Any

from cli.hours_log import activity_of, add_marks, past_day, tell_logged
from cli.hours_words import DONE, add_json, add_length, customer_of, misused, number_of, person_id, show_json, tell
from cli.ticket_desk import entered


def add_actions(actions: Any) -> None:
    """Register the actions in the hours group."""
    change = actions.add_parser("change", help="change what is named of an entry")
    change.add_argument("entry", metavar="ENTRY", type=number_of, help="its number, as tamdesk hours list prints it")
    change.add_argument("--customer", metavar="CUSTOMER", help="whom it was for, by key or name")
    add_length(change, "how long it was")
    change.add_argument("--on", metavar="DAY", help="the day: yesterday, mon, 12 mar or 2026-03-12")
    change.add_argument("--activity", metavar="ACTIVITY", help="what it was")
    add_marks(change)
    change.add_argument("--person", metavar="LOGIN", help="who worked")
    add_json(change, run_change)
    delete = actions.add_parser("delete", help="take an entry away")
    delete.add_argument("entry", metavar="ENTRY", type=number_of, help="its number")
    add_json(delete, run_delete)


def run_change(args: argparse.Namespace) -> int:
    """Change an entry; raises what `tam.entries.change` refuses."""
    from tam.entries import change, entry

    plain = {"minutes": args.minutes, "note": args.note, "counts": args.count, "billable": args.billable}
    plain |= {"ticket_id": args.ticket, "call_id": args.call, "item_id": args.item}
    said: dict[str, Any] = {name: value for name, value in plain.items() if value is not None}
    if not said and not any((args.customer, args.on, args.activity, args.person)):
        return misused("hours change", "say what to change, such as --duration 45m.")
    with entered(args) as actor:
        at, was = args.now(), entry(args.entry)
        if args.customer is not None:
            said["customer_id"] = customer_of(args.customer)
        if args.person is not None:
            said["person_id"] = person_id(args.person)
        if args.activity is not None:
            said["activity"] = activity_of(args.activity)
        if args.on is not None:
            said["on"] = past_day(args.on, said.get("person_id", was.person_id), at)
        tell_logged(args, change(args.entry, actor.id, at, was.version, **said))
    return DONE


def run_delete(args: argparse.Namespace) -> int:
    """Take an entry away; raises what `tam.entries.delete` refuses."""
    from tam.entries import delete

    with entered(args) as actor:
        gone = delete(args.entry, actor.id, args.now())
    if args.json:
        show_json({"id": gone.id, "sentence": gone.sentence})
    else:
        tell(gone.sentence)
    return DONE
