"""The desk's own reading of an export: the same records whatever file they came from."""

from dataclasses import dataclass, field
from typing import NamedTuple

from tickets.imports.found import Place


class OrganizationRecord(NamedTuple):
    """A company, by its id at the source."""

    id: str
    name: str
    zone: str
    place: Place


class UserRecord(NamedTuple):
    """A person: staff of the vendor, or someone at a customer."""

    id: str
    name: str
    email: str
    phone: str
    staff: bool
    organization: str
    place: Place


class CommentRecord(NamedTuple):
    """A message (public) or a note; `at` in UTC seconds; `id` is made from the content where the source has none."""

    id: str
    ticket: str
    author: str
    body: str
    at: int
    public: bool
    channel: str
    automatic: bool
    place: Place


@dataclass(slots=True)
class TicketRecord:
    """A ticket with the comments that stood in the same record; instants in UTC seconds, references as written."""

    id: str
    subject: str
    description: str
    received_at: int
    updated_at: int
    severity: int
    customer_severity: int | None
    state: str
    channel: str
    tags: str
    organization: str
    requester: str
    assignee: str
    place: Place
    comments: list[CommentRecord] = field(default_factory=list)


Record = OrganizationRecord | UserRecord | CommentRecord | TicketRecord


class Unfit(ValueError):
    """A record that cannot land; the message is the reason that is reported."""
