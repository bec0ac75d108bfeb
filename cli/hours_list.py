"""`tamdesk hours list` and `tamdesk hours export`: time entries, to look at or for other programs."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cli.hours_words import (
    DONE,
    add_json,
    customer_of,
    date_of,
    day_after,
    misused,
    person_id,
    show,
    show_json,
    tell,
)
from cli.ticket_desk import entered

if TYPE_CHECKING:
    from models.access import Actor
    from tam.entry_reading import EntryRow
    from tam.rounding import RoundedTotals

PAGE = 1000
SHOWN = 50


def add_actions(actions: Any) -> None:
    """Register the actions in the hours group."""
    listing = actions.add_parser("list", help="print time entries, the newest first")
    _add_filters(listing)
    listing.add_argument("--limit", type=int, metavar="N", help=f"print at most so many ({SHOWN}; all, if rounded)")
    listing.add_argument("--round", type=int, metavar="MINUTES", help="show the time in such steps; stored it stays")
    listing.add_argument("--per", choices=("entry", "day"), help="round each entry, or a person's day (the default)")
    listing.add_argument("--nearest", action="store_true", help="round to the nearest step instead of up")
    add_json(listing, run_list)
    export = actions.add_parser("export", help="print time entries as CSV or JSON, for other programs")
    _add_filters(export)
    form = export.add_mutually_exclusive_group()
    form.add_argument("--csv", action="store_true", help="print CSV (the default)")
    form.add_argument("--json", action="store_true", help="print a JSON array")
    export.set_defaults(run=run_export)


def _add_filters(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--customer", metavar="CUSTOMER", help="that of a customer, by key or name")
    whose = parser.add_mutually_exclusive_group()
    whose.add_argument("--person", metavar="LOGIN", help="that of a person")
    whose.add_argument("--mine", action="store_true", help="your own")
    parser.add_argument("--from", dest="first", metavar="DATE", type=date_of, help="worked on this day or later")
    parser.add_argument("--to", dest="last", metavar="DATE", type=date_of, help="worked on this day or before")


def run_list(args: argparse.Namespace) -> int:
    """Print the entries, or their time in steps."""
    from tam.exports import json_rows

    if args.round is None and (args.per or args.nearest):
        return misused("hours list", "--per and --nearest go with --round MINUTES.")
    if args.limit is not None and args.limit < 1:
        return misused("hours list", "--limit is 1 or more.")
    most = args.limit if args.limit is not None or args.round is not None else SHOWN
    with entered(args) as actor:
        found = list(_found(args, actor, None if most is None else most + 1))
    cut, found = most is not None and len(found) > most, found[:most]
    if args.round is not None:
        _show_rounded(args, found)
    elif args.json:
        show_json(json_rows(found))
    else:
        for each in found:
            show(entry_line(each))
        _tell_total(found)
    if cut:
        tell(f"There are more; say --limit to see more than {most}, or --from and --to.")
    return DONE


def run_export(args: argparse.Namespace) -> int:
    """Write the entries, a page at a time, however many there are."""
    from tam.exports import csv_rows, json_row

    with entered(args) as actor:
        found = _found(args, actor, None)
        if args.json:
            separator = "[\n"
            for each in found:
                sys.stdout.write(separator + json.dumps(json_row(each)))
                separator = ",\n"
            sys.stdout.write("[]\n" if separator == "[\n" else "\n]\n")
            return DONE
        writer = csv.writer(sys.stdout, lineterminator="\n")
        harmless = _harmless if sys.stdout.isatty() else tuple
        for row in csv_rows(found):
            writer.writerow(harmless(row))
    return DONE


def _harmless(row: tuple[str, ...]) -> tuple[str, ...]:
    """The cells without what steers a terminal; a file gets them as they are."""
    from screens.widgets.text import clean_lines

    return tuple("\n".join(clean_lines(cell)) for cell in row)


def _found(args: argparse.Namespace, actor: Actor, most: int | None) -> Iterator[EntryRow]:
    """The entries that are asked for, page by page."""
    from tam.entries import entries

    customer = customer_of(args.customer)
    person = actor.id if args.mine else None if args.person is None else person_id(args.person)
    first, after = args.first and args.first.isoformat(), day_after(args.last)
    before: tuple[str, int] | None = None
    while most is None or most > 0:
        size = PAGE if most is None else min(most, PAGE)
        page = entries(customer, person, first, after, size, before)
        yield from page
        if len(page) < size:
            return
        before, most = page[-1].key, None if most is None else most - size


def entry_line(each: EntryRow, minutes: int | None = None) -> str:
    """An entry as a line: number, length, day, who, for whom, doing what, marks and the note."""
    from screens.widgets.text import fit
    from tam.activities import named
    from tam.entry_words import clock_text

    usual = named(each.activity)
    marks = [f"#{each.ticket_id}"] if each.ticket_id is not None else []
    marks += [] if each.counts else ["not counting"]
    if bool(each.billable) != (usual is not None and usual.billable):
        marks.append("billable" if each.billable else "not billable")
    marks += [f"late, counts on {each.booked_on}"] if each.late else []
    told = ", ".join([each.activity, *marks]) + (f": {each.note}" if each.note else "")
    length = clock_text(each.minutes if minutes is None else minutes)
    return f"{each.id:>6} {length:>6}  {each.on}  {fit(each.person, 14)} {fit(each.customer, 20)} {told}"


def _tell_total(found: list[EntryRow]) -> None:
    from tam.entry_words import hours_text

    if not found:
        tell("There is no time entry like that.")
        return
    counting = sum(each.minutes for each in found if each.counts)
    told = f"{len(found):,} entr{'y' if len(found) == 1 else 'ies'}, {hours_text(sum(each.minutes for each in found))}"
    tell(f"{told}, {hours_text(counting)} of it counting.")


def _show_rounded(args: argparse.Namespace, found: list[EntryRow]) -> None:
    from tam.entry_words import hours_text
    from tam.rounding import ENTRY, NEAREST, PERSON_DAY, UP, rounded

    per = ENTRY if args.per == "entry" else PERSON_DAY
    totals = rounded(found, args.round, per, NEAREST if args.nearest else UP)
    names = {each.person_id: each.person for each in found}
    if args.json:
        groups = [each._asdict() | {"person": names[each.person_id]} for each in totals.groups]
        show_json({"minutes": totals.minutes, "rounded": totals.rounded, "groups": groups})
        return
    if per == ENTRY:
        steps = {each.entry_id: each.rounded for each in totals.groups}
        for entry in found:
            show(entry_line(entry, steps[entry.id]))
    else:
        _show_days(totals, names)
    tell(f"{hours_text(totals.rounded)} in steps of {args.round} minutes, {hours_text(totals.minutes)} as worked.")


def _show_days(totals: RoundedTotals, names: dict[int, str]) -> None:
    from tam.entry_words import clock_text

    for each in reversed(totals.groups):
        worked = clock_text(each.minutes)
        show(f"{clock_text(each.rounded):>6}  {each.on}  {names[each.person_id]}  (worked {worked})")
