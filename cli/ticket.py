"""`tamdesk ticket`: list a view, show a ticket, and say why its clock is due when it is."""

from __future__ import annotations

import argparse
import json
from typing import Any

from cli import ticket_mail, ticket_new, ticket_search, ticket_unmatched
from cli.ticket_desk import entered
from models.errors import NotFound
from tickets.records import MessageRow, QueueRow

MOST = 2**31 - 1
"""The highest number that both databases hold."""
PAGE, WHOLE = 1000, MOST


def add(commands: Any) -> None:
    """Register the group."""
    parser = commands.add_parser("ticket", help="list and show tickets")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="print a view, the clock that runs out first on top")
    listing.add_argument("view", nargs="?", default="open", help="open, mine, unassigned, missed, due_today, …")
    listing.add_argument("--limit", type=limit, default=50, metavar="N", help="at most this many tickets (default 50)")
    listing.set_defaults(run=run_list)
    show = actions.add_parser("show", help="print a ticket with its conversation")
    show.add_argument("number", type=number, help="the ticket's number, such as 1042 or #1042")
    show.set_defaults(run=run_show)
    why = actions.add_parser("why", help="print why the clock is due when it is")
    why.add_argument("number", type=number, help="the ticket's number, such as 1042 or #1042")
    why.set_defaults(run=run_why)
    ticket_search.add(actions, listing)
    for action in (listing, show, why):
        action.add_argument("--json", action="store_true", help="print JSON")
    ticket_new.add(actions)
    ticket_mail.add(actions)
    ticket_unmatched.add(actions)


def number(text: str) -> int:
    """A ticket's number with or without its sign; ArgumentTypeError where no desk could hold it."""
    return _within(text.removeprefix("#"), 1, "a ticket's number, such as 1042 or #1042")


def limit(text: str) -> int:
    """How many lines to print at most; ArgumentTypeError for less than none."""
    return _within(text, 0, f"a whole number up to {MOST}")


def _within(text: str, least: int, what: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(MOST)) and least <= int(text) <= MOST):
        raise argparse.ArgumentTypeError(f"{text!r} is not {what}")
    return int(text)


def run_list(args: argparse.Namespace) -> int:
    """Print a view."""
    from contracts.errors import nearest
    from screens.widgets.text import clean
    from tickets import reading

    now = args.now()
    known = [view.key for view in reading.VIEWS]
    if args.view not in known:
        raise NotFound(f"There is no view {args.view!r}; {nearest(args.view, known)}")
    with entered(args) as actor:
        if args.query is None:
            found = reading.page(args.view, actor.id, now, limit=args.limit)
        else:
            found = ticket_search.listed(args.query, actor.id, now, args.limit)
    if args.json:
        print(json.dumps([row._asdict() for row in found], indent=2))
        return 0
    for row in found:
        clock, owner = _clock(row, actor.zone, now), row.owner or "–"
        print(f"#{row.id:<7} {row.severity}  {clock:<24} {clean(row.customer):<20} {owner:<10} {clean(row.subject)}")
    return 0


def _clock(row: QueueRow, zone: str, now: int) -> str:
    """When an answer is due, or was; in words where no clock runs."""
    if row.clock_state != "running" or row.due_at is None:
        return row.clock_state.replace("_", " ")
    due = _moment(zone, row.due_at, now)
    return f"missed {due}" if now > row.due_at else due


def run_show(args: argparse.Namespace) -> int:
    """Print a ticket."""
    from screens.widgets.text import clean
    from tickets import ticket_reading

    now = args.now()
    with entered(args) as actor:
        facts = ticket_reading.facts(args.number, now, actor.zone)
        messages = _messages(args.number)
    if args.json:
        groups = {name: dict(getattr(facts, name)) for name in _GROUPS}
        answer = {
            "ticket": facts.row._asdict(),
            "clocks": [clock._asdict() for clock in facts.clocks],
            "facts": groups,
            "messages": [message._asdict() for message in messages],
        }
        print(json.dumps(answer, indent=2))
        return 0
    print(f"#{facts.row.id}  {clean(facts.row.subject)}")
    for name in _GROUPS:
        for label, text in getattr(facts, name):
            print(f"  {name:<15} {label:<22} {clean(text)}")
    for message in messages:
        kind = "note, internal" if message.kind == "note" else message.channel
        print(f"\n{_moment(actor.zone, message.at, now)}  {clean(message.author)} ({kind})")
        print("\n".join(f"  {clean(line)}" for line in message.body.splitlines()))
    return 0


def _messages(ticket_id: int) -> list[MessageRow]:
    """The whole conversation, read a page at a time."""
    from tickets.ticket_reading import conversation

    found: list[MessageRow] = []
    page = conversation(ticket_id, after=(-(2**62), 0), limit=PAGE, longest=WHOLE)
    while page:
        found += page
        page = conversation(ticket_id, after=(page[-1].at, page[-1].id), limit=PAGE, longest=WHOLE)
    return found


_GROUPS = ("clock", "contract", "customer", "responsibility", "related")


def run_why(args: argparse.Namespace) -> int:
    """Print the explanation of a clock."""
    from sla.why import lines
    from tickets.why import why

    with entered(args) as actor:
        told = why(args.number, args.now(), None, actor.zone)
    if args.json:
        print(json.dumps({**told._asdict(), "lines": _rows(told.lines), "late": _rows(told.late)}, indent=2))
        return 0
    print(told.title)
    if told.lines:
        print("\n".join(f"  {line}" for line in lines(told.lines)))
    if told.late:
        print("Late")
        print("\n".join(f"  {line}" for line in lines(told.late)))
    for label in ("objective", "source", "policy", "outcome"):
        if getattr(told, label):
            print(f"{label.capitalize():<10} {getattr(told, label)}")
    return 0


def _rows(rows: list[Any]) -> list[dict[str, str]]:
    return [row._asdict() for row in rows]


def _moment(zone: str, instant: int | None, now: int) -> str:
    from tickets.words import moment

    return moment(zone, instant, now) if instant is not None else "–"
