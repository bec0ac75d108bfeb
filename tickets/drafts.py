"""What a person typed and has not sent: kept as they type, so that no crash and no dropped connection loses it."""

from __future__ import annotations

from models.connection import current
from models.reading import scalar
from models.statements import cleaned

_SAVE = (
    "INSERT INTO draft (person_id, ticket_id, kind, body, updated_at) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (person_id, ticket_id, kind) DO UPDATE SET body = excluded.body, updated_at = excluded.updated_at"
)


def save(person_id: int, ticket_id: int, kind: str, body: str, at: int) -> None:
    """Keep a draft (`kind` reply, note or new; ticket 0 is the new-ticket form); an empty one is forgotten.

    Raises Busy where another program holds the database.
    """
    if not body.strip():
        clear(person_id, ticket_id, kind)
        return
    desk = current()
    with desk.transaction():
        desk.execute(_SAVE, (person_id, ticket_id, kind, cleaned(body), at))


def load(person_id: int, ticket_id: int, kind: str) -> str:
    """The kept draft, or nothing."""
    found = scalar(
        "SELECT body FROM draft WHERE person_id = ? AND ticket_id = ? AND kind = ?", (person_id, ticket_id, kind)
    )
    return found or ""


def clear(person_id: int, ticket_id: int, kind: str) -> None:
    """Forget a draft; raises Busy where another program holds the database."""
    desk = current()
    with desk.transaction():
        desk.execute(
            "DELETE FROM draft WHERE person_id = ? AND ticket_id = ? AND kind = ?", (person_id, ticket_id, kind)
        )
