"""The conversation of an imported ticket: who wrote each comment, which one asked, and which one answered."""

from collections.abc import Iterable
from typing import NamedTuple

from models.tickets import CUSTOMER, MESSAGE, NOTE, OPEN, VENDOR
from tickets.imports.directory import Directory, Known
from tickets.imports.records import CommentRecord, TicketRecord
from tickets.imports.report import Report

COMMUNITY = "community"
REQUEST_ID = "description"
"""The id of the message that a ticket's description becomes, where no comment repeats it."""

MESSAGE_COLUMNS = (
    "ticket_id",
    "kind",
    "side",
    "person_id",
    "contact_id",
    "author",
    "channel",
    "automatic",
    "at",
    "body",
    "external_id",
)


class Line(NamedTuple):
    """A message as it will be stored, without its ticket."""

    kind: str
    side: str
    person_id: int | None
    contact_id: int | None
    author: str
    channel: str
    automatic: int
    at: int
    body: str
    external_id: str

    @property
    def answers(self) -> bool:
        """Whether it stops the clock (design section 4): public, a person of ours, on a professional channel."""
        return self.kind == MESSAGE and self.side == VENDOR and not self.automatic and self.channel != COMMUNITY


class Talk(NamedTuple):
    """A conversation in order, and what it says about the ticket."""

    lines: list[Line]
    answer: int | None
    """Which line was the first answer."""
    waiting_since: int | None
    """Since when the customer waits for one of us, in UTC seconds."""


def request_line(ticket: TicketRecord, requester: Known | None, customer: str) -> Line:
    """The description as the customer's first message."""
    name, contact = (requester.name, requester.contact) if requester else (customer, None)
    return Line(
        MESSAGE,
        CUSTOMER,
        None,
        contact,
        name,
        ticket.channel,
        0,
        ticket.received_at,
        ticket.description,
        REQUEST_ID,
    )


def lines_of(
    comments: Iterable[CommentRecord], assignee: str, customer: str, directory: Directory, report: Report
) -> list[Line]:
    """Comments as lines, oldest first, each id once."""
    once = {comment.id: comment for comment in comments}
    ordered = sorted(once.values(), key=lambda comment: comment.at)
    return [_line(comment, assignee, customer, directory, report) for comment in ordered]


def _line(comment: CommentRecord, assignee: str, customer: str, directory: Directory, report: Report) -> Line:
    known = directory.person(comment.author)
    staff = comment.automatic or not comment.public or (known.person is not None if known else False)
    if known is None and not staff:
        staff = bool(comment.author) and comment.author == assignee
        told = "staff, since the ticket is theirs" if staff else "a customer"
        report.warn(f"author {comment.author[:80]!r} is unknown and taken for {told}", comment.place)
    name = known.name if known else comment.author if "@" in comment.author or not comment.author.isdigit() else ""
    kind, channel = (MESSAGE, comment.channel) if comment.public else (NOTE, "note")
    return Line(
        kind,
        VENDOR if staff else CUSTOMER,
        known.person if known else None,
        known.contact if known else None,
        name or ("unknown" if staff else customer),
        channel,
        int(comment.automatic),
        comment.at,
        comment.body,
        comment.id,
    )


def without_repetition(lines: list[Line], ticket: TicketRecord, request: Line) -> list[Line]:
    """Put the request first: the comment that repeats the description stands for it, whoever of us typed it in."""
    asked = ticket.description.strip()
    for number, line in enumerate(lines):
        repeats = line.body.strip() == asked if asked else line.at <= ticket.received_at
        if line.kind == MESSAGE and not line.automatic and repeats:
            own = line._replace(side=CUSTOMER, person_id=None) if line.side == VENDOR else line
            own = own._replace(author=request.author, contact_id=request.contact_id) if own is not line else own
            return [own, *lines[:number], *lines[number + 1 :]]
    return [request, *lines] if asked else lines


def talk(lines: list[Line], state: str, waiting_since: int | None) -> Talk:
    """Read a conversation: the first answer, and since when the customer waits (not at all unless it is our turn)."""
    answer = None
    for number, line in enumerate(lines):
        if line.kind != MESSAGE or line.automatic:
            continue
        if line.side == VENDOR:
            waiting_since = None
            if answer is None and line.answers:
                answer = number
        elif waiting_since is None:
            waiting_since = line.at
    return Talk(lines, answer, waiting_since if state == OPEN else None)
