"""What a person typed and has not sent: kept as they type, so that no crash and no dropped connection loses it."""

from __future__ import annotations

from models.reading import scalar
from models.tickets import Draft


def save(person_id: int, ticket_id: int, kind: str, body: str, at: int) -> None:
    """Keep a draft (`kind` reply, note or new; ticket 0 is the new-ticket form); an empty one is forgotten."""
    if not body.strip():
        clear(person_id, ticket_id, kind)
        return
    Draft.insert(person=person_id, ticket_id=ticket_id, kind=kind, body=body, updated_at=at).on_conflict(
        conflict_target=[Draft.person, Draft.ticket_id, Draft.kind],
        update={Draft.body: body, Draft.updated_at: at},
    ).execute()


def load(person_id: int, ticket_id: int, kind: str) -> str:
    """The kept draft, or nothing."""
    found = scalar(
        "SELECT body FROM draft WHERE person_id = ? AND ticket_id = ? AND kind = ?", (person_id, ticket_id, kind)
    )
    return found or ""


def clear(person_id: int, ticket_id: int, kind: str) -> None:
    """Forget a draft."""
    Draft.delete().where(Draft.person == person_id, Draft.ticket_id == ticket_id, Draft.kind == kind).execute()
