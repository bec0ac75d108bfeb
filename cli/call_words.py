"""What the commands for calls have in common: how a call, a day and a time are said, and how they are told."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.hours_words import show, show_json, tell, warn

if TYPE_CHECKING:
    from tam.call_reading import CallRow
    from tam.recurrence import Slot

KINDS = ("review", "service-review")


def add_when(parser: argparse.ArgumentParser, required: bool = True) -> None:
    """Let a day and a time of a zone be said."""
    parser.add_argument("--on", metavar="DAY", required=required, help="the day: tomorrow, fri, in 2 weeks, 2026-03-12")
    parser.add_argument("--time", metavar="TIME", required=required, help="the local time, such as 14:00")
    parser.add_argument("--zone", metavar="ZONE", help="where that time is (default: the customer's, or the call's)")


def add_people(parser: argparse.ArgumentParser) -> None:
    """Let it be said who attends, and who holds it."""
    parser.add_argument(
        "--attend", metavar="NAME", action="append", help="who attends, 'Jo <jo@x.example>'; repeatable"
    )
    parser.add_argument("--person", metavar="LOGIN", help="who holds it for us (default: the customer's TAM)")


def day_of(text: str, zone: str, now: int) -> str:
    """The local date that is meant, seen from a zone at an instant; raises CallRefused."""
    from sla.wall import local_of
    from tam.date_words import coming_day

    return coming_day(text, local_of(zone, now).date()).isoformat()


def moment_of(args: argparse.Namespace, zone: str) -> Slot:
    """The instant that is said, and what is odd about it; raises CallRefused."""
    from datetime import date

    from tam.call_rules import check_zone
    from tam.date_words import time_of_day
    from tam.recurrence import slot

    zone = check_zone(args.zone or zone)
    on = day_of(args.on, zone, args.now())
    return slot(date.fromisoformat(on), time_of_day(args.time), zone)


def form(held: CallRow) -> dict[str, Any]:
    """A call as JSON: instants in UTC seconds, minutes."""
    return held._asdict() | {"ends_at": held.ends_at, "moved": held.moved}


def call_line(held: CallRow, zone: str, now: int) -> str:
    """A call as a line: number, when it is in a zone, how long, its state, with whom and what for."""
    from screens.widgets.text import fit
    from tam.call_rules import PLANNED, moment_text

    state = "to write up" if held.state == PLANNED and held.ends_at < now else held.state
    told = f"{held.title}, {held.person}" if held.person else held.title
    reason = f": {held.reason}" if held.reason else ""
    length = f"{held.minutes} min"
    when = moment_text(zone, held.at)
    return f"{held.id:>6}  {when:<21} {length:>7}  {state:<11}  {fit(held.customer, 20)} {told}{reason}"


def tell_done(args: argparse.Namespace, call_id: int, sentence: str, zone: str, odd: tuple[str, ...] = ()) -> None:
    """Print a call after something was done with it; the sentence of the journal goes beside it."""
    from tam.call_reading import call

    held = call(call_id)
    if args.json:
        show_json({"call": form(held), "sentence": sentence, "warnings": odd})
        return
    show(call_line(held, zone, args.now()))
    tell(sentence)
    warn(odd)


def deliver(data: bytes, output: str | None, name: str) -> None:
    """Write to standard output, to a file, or into a folder under a name; raises DomainError where that cannot be."""
    from models.errors import DomainError

    if output in (None, "-"):
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    path = Path(output or "")
    path = path / name if path.is_dir() else path
    try:
        path.write_bytes(data)
    except OSError as error:
        raise DomainError(f"{path} cannot be written: {error.strerror}.") from error
    tell(f"Written to {path}.")
