"""What the commands for hours and calls share: days, lengths and people as they are typed, and how it is told."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

DONE, REFUSED, USAGE = range(3)


def date_of(text: str) -> date:
    """A date such as 2026-03-31, as an argument."""
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2026-03-31") from error
    if found == date.max:
        raise argparse.ArgumentTypeError(f"{text!r} is the end of the calendar")
    return found


def length_of(text: str) -> int:
    """A length such as 1h30, 45m, 1:30 or 90 (minutes), as an argument: whole minutes."""
    from tam.entry_times import read_length

    found = read_length(text, 0)
    if found is None or found.end != len(text) or not isinstance(found.value, int):
        told = found.problem if found else ""
        raise argparse.ArgumentTypeError(told or f"{text!r} is no length such as 1h30, 45m or 1:30")
    return found.value


def number_of(text: str) -> int:
    """The number of an entry, a call, a ticket or the like, as an argument; it may have its sign."""
    digits = text.removeprefix("#")
    if not (digits.isascii() and digits.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number such as 12")
    return int(digits)


def day_after(day: date | None) -> str | None:
    """The first day after a last one, as the domain counts."""
    return None if day is None else (day + timedelta(days=1)).isoformat()


def add_json(parser: argparse.ArgumentParser, run: Callable[[argparse.Namespace], int]) -> None:
    """Give an action its `--json`, and what it runs."""
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def add_length(parser: argparse.ArgumentParser, what: str, required: bool = False) -> None:
    """Let a length be said as `--duration 1h30` or as `--minutes 90`; both are `args.minutes`."""
    either = parser.add_mutually_exclusive_group(required=required)
    either.add_argument("--duration", dest="minutes", metavar="TIME", type=length_of, help=f"{what}, such as 1h30")
    either.add_argument("--minutes", metavar="N", type=int, help=f"{what}, in minutes")


def person_id(login: str) -> int:
    """The person with this login; NotFound names the nearest."""
    from contracts.errors import nearest
    from models.errors import NotFound
    from models.reading import rows

    known: dict[str, int] = {name: number for number, name in rows("SELECT id, login FROM person ORDER BY login")}
    if login not in known:
        raise NotFound(f"{login!r} is not on this desk; {nearest(login, list(known))}")
    return known[login]


def customer_of(name: str | None) -> int | None:
    """The customer of this key or name, where one was named."""
    from contracts.held import customer_id

    return None if name is None else customer_id(name)


def tell(*sentences: str) -> None:
    """Say something beside the data."""
    from screens.widgets.text import clean

    for sentence in sentences:
        if sentence:
            print(clean(sentence), file=sys.stderr)


def warn(sentences: Iterable[str]) -> None:
    """Say what is odd, and was done all the same."""
    tell(*(f"warning: {sentence}" for sentence in sentences))


def show(text: str) -> None:
    """Print a line of data, harmless whatever a person wrote into it."""
    from screens.widgets.text import clean

    print(clean(text).rstrip())


def show_json(found: Any) -> None:
    """Print data as JSON; dates as ISO texts."""
    print(json.dumps(found, indent=2, default=str))


def misused(command: str, sentence: str) -> int:
    """Tell a wrong usage; the exit code for it."""
    tell(f"tamdesk {command}: {sentence}")
    return USAGE
