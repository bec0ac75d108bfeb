"""The shapes of a Zendesk export: what holds records, and which kind a record is."""

from collections.abc import Iterator
from typing import Any

TICKET, USER, ORGANIZATION, COMMENT, AUDIT = "ticket", "user", "organization", "comment", "audit"
KINDS = (TICKET, USER, ORGANIZATION, COMMENT, AUDIT)

HOLDERS = {"tickets": TICKET, "users": USER, "organizations": ORGANIZATION, "results": ""}
"""Keys whose arrays hold records, at the top of a document or of an API page."""

OF_A_TICKET = {"comments": COMMENT, "audits": AUDIT}
"""Keys whose arrays belong to the ticket beside them."""

_TICKET_FIELDS = frozenset(("subject", "submitter_id", "requester_id", "assignee_id", "priority"))
_TELLING = (
    (TICKET, _TICKET_FIELDS),
    (USER, frozenset(("role", "email", "alias"))),
    (ORGANIZATION, frozenset(("domain_names", "shared_tickets", "details"))),
    (AUDIT, frozenset(("events",))),
    (COMMENT, frozenset(("author_id",))),
)
"""Fields that only this kind has, the surest first."""

_FOLDED = frozenset((*KINDS, *HOLDERS, *OF_A_TICKET))

Element = tuple[str, Any]


def kind_of(record: dict[str, Any], hint: str = "") -> str:
    """Tell what a record is, by its surroundings, its type or its fields; "" where nothing tells."""
    if hint:
        return hint
    for key in ("result_type", "type", "record"):
        if record.get(key) in KINDS:
            return str(record[key])
    keys = record.keys()
    if "ticket_id" in keys:
        return AUDIT if "events" in keys else COMMENT
    return next((kind for kind, fields in _TELLING if keys & fields), "")


def is_ticket(record: dict[str, Any]) -> bool:
    """Tell whether a record with comments is the ticket itself, not a page of its comments."""
    return "id" in record or "_id" in record or bool(record.keys() & _TICKET_FIELDS)


def unfold(value: Any, hint: str = "") -> Iterator[Element]:
    """Hand out the records that a decoded value holds: a record, an array of them, or a page of the API."""
    if isinstance(value, list):
        for element in value:
            yield from unfold(element, hint)
        return
    if hint or not isinstance(value, dict) or _FOLDED.isdisjoint(value):
        yield hint, value
        return
    wrapped = [(kind, value[kind]) for kind in KINDS if len(value) == 1 and isinstance(value.get(kind), dict)]
    held = [(kind, value[key]) for key, kind in HOLDERS.items() if isinstance(value.get(key), list)]
    if not is_ticket(value):
        held += of_a_ticket(value)
    if not wrapped and not held:
        yield "", value
    for kind, inner in (*wrapped, *held):
        yield from unfold(inner, kind)


def of_a_ticket(page: dict[str, Any]) -> list[tuple[str, list[Any]]]:
    """The comments and audits of a page, each told which ticket the page is about."""
    found = []
    for key, kind in OF_A_TICKET.items():
        if isinstance(elements := page.get(key), list):
            ticket = page.get("ticket_id")
            found.append((kind, [_belonging(element, ticket) for element in elements]))
    return found


def _belonging(element: Any, ticket: Any) -> Any:
    return {"ticket_id": ticket, **element} if isinstance(element, dict) and ticket is not None else element
