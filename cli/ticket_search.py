"""`tamdesk ticket search` and `tamdesk ticket list --query`: the query language on the command line."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from cli.ticket_desk import entered

if TYPE_CHECKING:
    from tickets.records import QueueRow
    from tickets.search import Found

MOST = 1000


def add(actions: Any, listing: argparse.ArgumentParser) -> None:
    """Register the action, and the option of the list."""
    listing.add_argument("--query", metavar="QUERY", help="the tickets of a query instead of a view")
    search = actions.add_parser("search", help="find tickets by words in subjects, messages and notes")
    search.add_argument("query", nargs="+", metavar="WORD", help='words and conditions: token "is expired" sev:1,2')
    search.add_argument("--limit", type=_limit, default=20, metavar="N", help="at most this many tickets (default 20)")
    search.add_argument("--json", action="store_true", help="print JSON")
    search.set_defaults(run=run_search)


def _limit(text: str) -> int:
    """How many hits to print at most; ValueError outside of 0 to MOST."""
    value = int(text)
    if not 0 <= value <= MOST:
        raise ValueError(f"{value} is not between 0 and {MOST}")
    return value


def listed(query: str, person_id: int, now: int, limit: int) -> list[QueueRow]:
    """The tickets of a query; what was not looked at is told on stderr. Raises QueryError."""
    from tickets.query import pages
    from tickets.query.language import parse

    read = parse(query)
    found = pages.page(read, person_id, now, limit=limit)
    _tell(pages.left_out(read, person_id, now))
    return found


def run_search(args: argparse.Namespace) -> int:
    """Print the hits, the newest first."""
    from tickets.search import search

    now = args.now()
    with entered(args) as actor:
        found = search(" ".join(args.query), actor.id, now, limit=args.limit)
    if args.json:
        print(json.dumps(_as_json(found), indent=2))
        return 0
    _print(found, actor.zone, now)
    _tell(found.left_out)
    return 0


def _as_json(found: Found) -> dict[str, Any]:
    hits = [hit._asdict() | {"row": hit.row._asdict(), "excerpt": hit.excerpt._asdict()} for hit in found.hits]
    return {"hits": hits, "more": found.more, "left_out": found.left_out}


def _print(found: Found, zone: str, now: int) -> None:
    from screens.widgets.text import clean
    from tickets.words import moment

    for hit in found.hits:
        row = hit.row
        print(f"#{row.id:<7} {row.severity}  {row.state:<8} {clean(row.customer):<20} {clean(row.subject)}")
        if hit.kind != "subject":
            print(f"         {moment(zone, hit.at, now)}  {clean(hit.author)}: {clean(hit.excerpt.text)}")


def _tell(sentence: str) -> None:
    if sentence:
        print(f"tamdesk: {sentence}", file=sys.stderr)
