"""Words that people put on a ticket to find it again."""

from __future__ import annotations

from collections.abc import Sequence

from models.access import require
from models.journal import transaction
from models.reading import rows, scalar
from models.tickets import Ticket
from tickets.errors import RuleRefused
from tickets.rules import WORKERS, Done, done, held, touched
from tickets.words import clean_line

LONGEST, MOST = 40, 30
NEWEST = 20_000


def split(tags: str) -> list[str]:
    """The tags of a ticket's column."""
    return [tag for tag in tags.split(",") if tag]


def of(ticket_id: int) -> list[str]:
    """The tags of a ticket."""
    return split(scalar("SELECT tags FROM ticket WHERE id = ?", (ticket_id,)) or "")


def checked(names: Sequence[str]) -> list[str]:
    """Tags as they are kept: one line each, in lower case, each once; refused where one is empty or too long."""
    found = list(dict.fromkeys(clean_line(name).lower() for name in names))
    for name in found:
        if not name or "," in name or len(name) > LONGEST:
            raise RuleRefused(f"A tag has 1 to {LONGEST} signs and no comma; {name[:LONGEST]!r} is none.")
    if not found:
        raise RuleRefused("Name a tag.")
    return found


def tag(ticket_id: int, names: Sequence[str], actor: int, at: int) -> Done:
    """Put tags on a ticket; those that it has stay."""
    with transaction(actor, at, "tag", ticket_id) as tx:
        person = require(actor, *WORKERS)
        ticket = held(ticket_id)
        had = of(ticket_id)
        new = [name for name in checked(names) if name not in (each.lower() for each in had)]
        if len(had) + len(new) > MOST:
            raise RuleRefused(f"#{ticket_id} would have more than {MOST} tags; take some off first.")
        if new:
            tx.update(Ticket, ticket_id, tags=",".join([*had, *new]), updated_at=touched(ticket, at))
            tx.say(f"{person.name} tagged #{ticket_id} {', '.join(new)}.")
    return done(tx, ticket_id)


def untag(ticket_id: int, names: Sequence[str], actor: int, at: int) -> Done:
    """Take tags off a ticket; those that it has not are no matter."""
    with transaction(actor, at, "untag", ticket_id) as tx:
        person = require(actor, *WORKERS)
        ticket = held(ticket_id)
        gone = checked(names)
        had = of(ticket_id)
        left = [name for name in had if name.lower() not in gone]
        if len(left) < len(had):
            tx.update(Ticket, ticket_id, tags=",".join(left), updated_at=touched(ticket, at))
            tx.say(f"{person.name} took {', '.join(name for name in had if name not in left)} off #{ticket_id}.")
    return done(tx, ticket_id)


def known(prefix: str = "", limit: int = 20) -> list[str]:
    """Tags that begin so, the most used first, out of the newest tickets."""
    from collections import Counter

    newest = scalar("SELECT max(id) FROM ticket") or 0
    found = rows("SELECT tags FROM ticket WHERE id > ? AND tags <> ''", (newest - NEWEST,))
    counted = Counter(tag for (tags,) in found for tag in split(tags))
    wanted = prefix.lower()
    return [tag for tag, _ in counted.most_common() if tag.lower().startswith(wanted)][:limit]
