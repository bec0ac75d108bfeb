"""`tamdesk call series`: calls that come again: agreed, changed from a day on, and ended."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from cli.call_words import KINDS, add_people, day_of
from cli.hours_words import (
    DONE,
    add_json,
    add_length,
    customer_of,
    date_of,
    misused,
    number_of,
    person_id,
    show,
    show_json,
    tell,
)
from cli.ticket_desk import entered

if TYPE_CHECKING:
    from tam.call_rules import Party
    from tam.series_reading import SeriesRow


def add_actions(actions: Any) -> None:
    """Register the actions in the call group."""
    series = actions.add_parser("series", help="list the calls that come again; agree, change or end them")
    steps = series.add_subparsers(dest="step", metavar="STEP", required=True)
    listing = steps.add_parser("list", help="print a customer's series")
    listing.add_argument("customer", metavar="CUSTOMER", help="the customer's key or name")
    add_json(listing, run_list)
    agree = steps.add_parser("agree", help="agree on calls that come again, and plan them (TAMs and leads)")
    agree.add_argument("customer", metavar="CUSTOMER", help="the customer's key or name")
    agree.add_argument("--every", metavar="CADENCE", default="other week", help="such as 'other week' (the default)")
    agree.add_argument("--time", metavar="TIME", required=True, help="the local time, such as 14:00")
    agree.add_argument(
        "--from", dest="first", metavar="DAY", default="today", help="the first day it may be on (today)"
    )
    agree.add_argument("--kind", choices=KINDS, default=KINDS[0], help="a review, or the yearly service review")
    agree.add_argument("--dry-run", action="store_true", help="print the first calls it would have, and write nothing")
    _add_form(agree)
    add_json(agree, run_agree)
    change = steps.add_parser("change", help="change a series from a day on (TAMs and leads)")
    change.add_argument("series", metavar="SERIES", type=number_of, help="its number")
    change.add_argument("--every", metavar="CADENCE", help="another cadence, such as 'month on the first tuesday'")
    change.add_argument("--time", metavar="TIME", help="another local time")
    change.add_argument("--from", dest="first", metavar="DAY", help="from this day on (today)")
    _add_form(change)
    add_json(change, run_change)
    end = steps.add_parser("end", help="end a series (TAMs and leads)")
    end.add_argument("series", metavar="SERIES", type=number_of, help="its number")
    end.add_argument("--on", metavar="DAY", help="its last day (today)")
    add_json(end, run_end)


def _add_form(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--zone", metavar="ZONE", help="where that time is (default: the customer's, or as it was)")
    parser.add_argument("--until", metavar="DATE", type=date_of, help="the last day (default: without an end)")
    parser.add_argument("--title", metavar="TEXT", help="what the calls are for")
    add_length(parser, "how long a call takes")
    add_people(parser)


def run_list(args: argparse.Namespace) -> int:
    """Print a customer's series, those that go on first."""
    from tam.series_reading import all_series

    with entered(args):
        found = all_series(customer_of(args.customer) or 0)
    if args.json:
        show_json([_form(each) for each in found])
        return DONE
    for each in found:
        show(_line(each))
    if not found:
        tell(f"No calls come again with {args.customer}; agree on some with: tamdesk call series agree")
    return DONE


def run_agree(args: argparse.Namespace) -> int:
    """Agree on a series, or print its first calls; raises CallRefused."""
    from tam.call_rules import check_zone, party
    from tam.date_words import time_of_day
    from tam.series import agree
    from tam.series_reading import series

    with entered(args) as actor:
        customer, at = party(customer_of(args.customer) or 0), args.now()
        zone = check_zone(args.zone or customer.zone)
        first, local_time = day_of(args.first, zone, at), time_of_day(args.time)
        if args.dry_run:
            return _preview(args, customer, local_time, zone, first)
        number = agree(
            customer.id,
            args.title or "",
            _cadence(args.every),
            local_time,
            zone,
            45 if args.minutes is None else args.minutes,
            first,
            actor.id,
            at,
            kind=args.kind.replace("-", " "),
            attendees=args.attend or (),
            person_id=None if args.person is None else person_id(args.person),
            ends_on=None if args.until is None else args.until.isoformat(),
        )
        return _done(args, series(number), "The series is agreed, and its calls are planned: tamdesk call list")


def _preview(args: argparse.Namespace, customer: Party, local_time: str, zone: str, first: str) -> int:
    """The first calls that a series would have, and which of them are on closed days."""
    from datetime import date

    from tam.call_rules import check_covered, moment_text
    from tam.open_days import closed_because
    from tam.series import preview

    until = None if args.until is None else args.until.isoformat()
    found = preview(_cadence(args.every), local_time, zone, first, ends_on=until)
    check_covered(customer, date.fromisoformat(found[0].on))
    closed = {each.on: closed_because(customer.id, date.fromisoformat(each.on), each.at) for each in found}
    if args.json:
        show_json([each._asdict() | {"closed": closed[each.on]} for each in found])
        return DONE
    for each in found:
        told = "; ".join((*closed[each.on], *([each.note] if each.note else [])))
        show(f"{moment_text(zone, each.at)} {zone}" + (f"  {told}" if told else ""))
    tell("Nothing was written.")
    return DONE


def run_change(args: argparse.Namespace) -> int:
    """Change a series; raises CallRefused."""
    from tam.date_words import time_of_day
    from tam.series import change
    from tam.series_reading import series

    named = ("every", "time", "zone", "until", "title", "minutes", "attend", "person")
    if all(getattr(args, name) is None for name in named):
        return misused("call series change", "say what to change, such as --time 15:00.")
    with entered(args) as actor:
        held, at = series(args.series), args.now()
        sentence = change(
            args.series,
            actor.id,
            at,
            from_on=None if args.first is None else day_of(args.first, held.zone, at),
            rule=None if args.every is None else _cadence(args.every),
            local_time=None if args.time is None else time_of_day(args.time),
            zone=args.zone,
            minutes=args.minutes,
            title=args.title,
            attendees=args.attend,
            person_id=None if args.person is None else person_id(args.person),
            ends_on=None if args.until is None else args.until.isoformat(),
        )
        return _done(args, series(args.series), sentence)


def run_end(args: argparse.Namespace) -> int:
    """End a series; raises CallRefused."""
    from tam.series import end
    from tam.series_reading import series

    with entered(args) as actor:
        at = args.now()
        last = None if args.on is None else day_of(args.on, series(args.series).zone, at)
        sentence = end(args.series, actor.id, at, last)
        return _done(args, series(args.series), sentence)


def _done(args: argparse.Namespace, held: SeriesRow, sentence: str) -> int:
    if args.json:
        show_json({"series": _form(held), "sentence": sentence})
    else:
        show(_line(held))
        tell(sentence)
    return DONE


def _cadence(text: str) -> str:
    """A cadence as the domain has it: `--every 'other week'` and `--every 'every other week'` are the same."""
    words = text.strip()
    begins = words.lower().split(" ")[0]
    units = ("other", "second", "third", "fourth", "week", "weeks", "month", "months", "quarter", "year", "years")
    return f"every {words}" if begins in units or begins.isdigit() else words


def _line(each: SeriesRow) -> str:
    until = f", until {each.ends_on}" if each.ends_on else ""
    ended = "" if each.active else "  (ended)"
    who = f", {each.person}" if each.person else ""
    return f"{each.id:>6}  {each.title}, {each.words}, {each.minutes} min, from {each.starts_on}{until}{who}{ended}"


def _form(each: SeriesRow) -> dict[str, Any]:
    """A series as JSON; dates are those of its zone."""
    return each._asdict() | {"words": each.words, "active": bool(each.active)}
