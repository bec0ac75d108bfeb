"""Who else has a ticket open, and who is writing on it: told while it lasts, and kept in no journal."""

from __future__ import annotations

from typing import NamedTuple

from models.connection import current
from models.reading import rows
from models.working import Presence

LASTS_SECONDS = 120
"""A sign of life older than this says nothing any more."""
TOUCH_SECONDS = 40
"""How often someone who stays should give one."""


class Present(NamedTuple):
    """A person who has the ticket open; `writing` is 1 while they write; `at` is their last sign of life."""

    person_id: int
    login: str
    name: str
    writing: int
    at: int


def touch(person_id: int, ticket_id: int, writing: bool, at: int) -> None:
    """Give a sign of life on a ticket at an instant (UTC seconds); what others left behind long ago is cleared."""
    with current().transaction():
        Presence.delete().where(Presence.at < at - LASTS_SECONDS).execute()
        Presence.insert(person=person_id, ticket=ticket_id, writing=int(writing), at=at).on_conflict(
            conflict_target=[Presence.ticket, Presence.person],
            update={Presence.writing: int(writing), Presence.at: at},
        ).execute()


def leave(person_id: int, ticket_id: int) -> None:
    """Go away from a ticket."""
    Presence.delete().where(Presence.person == person_id, Presence.ticket == ticket_id).execute()


def others(ticket_id: int, person_id: int, at: int) -> list[Present]:
    """Who else is on a ticket, those who write first."""
    return rows(
        "SELECT p.id, p.login, p.name, w.writing, w.at FROM presence w JOIN person p ON p.id = w.person_id"
        " WHERE w.ticket_id = ? AND w.person_id <> ? AND w.at >= ? ORDER BY w.writing DESC, p.name",
        (ticket_id, person_id, at - LASTS_SECONDS),
        Present,
    )
