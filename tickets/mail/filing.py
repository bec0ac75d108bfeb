"""A mail becomes a ticket, or a message of one, or waits for someone who can tell where it belongs."""

from __future__ import annotations

from typing import Any, NamedTuple

from contracts.held import terms_at
from models.access import require
from models.errors import DomainError
from models.journal import Transaction, transaction
from models.reading import one
from models.requests import Mail
from models.tickets import CLOSED, MESSAGE, NOTE, VENDOR, WAITING, Message
from tickets import clock_rows
from tickets.attachments import content, keep, keep_content
from tickets.conversation import stop_initial
from tickets.intake import open_again, take_in, write_theirs
from tickets.mail.calls import call_for_manager
from tickets.mail.letter import Letter, read, shown
from tickets.mail.matching import EMAIL, Contact, Match, addressed_to, match, own_addresses, severity_of
from tickets.requests import STANDARD
from tickets.rules import WORKERS

FILED, UNMATCHED, ROBOT, DISMISSED = "filed", "unmatched", "robot", "dismissed"
LARGEST = 100 * 1024 * 1024
"""The most bytes of a mail; a larger one is refused, so that its sender learns of it at once."""
NO_SUBJECT = "(no subject)"


class MailTooLarge(DomainError):
    """The mail is larger than a desk keeps; its sender has to hear of it."""


class Filed(NamedTuple):
    """What became of a mail: `state` is filed, unmatched, robot or dismissed; the reason where it is not filed."""

    state: str
    ticket_id: int | None
    message_id: int | None
    reason: str
    mail_id: int


def file_mail(raw: bytes, at: int, actor: int | None = None) -> Filed:
    """File a mail received at `at`; the sender's own date decides nothing.

    It is always kept as it came. The same mail twice is filed once. Nobody reads it here, so that a severity 1 gets the
    owner that a machine's has, whoever `actor` is. Raises MailTooLarge over 100 MB.
    """
    if len(raw) > LARGEST:
        raise MailTooLarge(f"The mail has {len(raw) // 1024**2} MB; the desk takes mails of {LARGEST // 1024**2} MB.")
    letter = read(raw, own_addresses())
    with transaction(actor, at, "file_mail") as tx:
        if actor is not None:
            require(actor, *WORKERS)
        digest = keep_content(tx, raw)
        earlier = _earlier(letter.key)
        if earlier is not None and earlier.digest == digest:
            return earlier.filed
        filed = _file(tx, letter, len(raw), at, earlier)
        mail_id = tx.insert(
            Mail,
            at=at,
            sender=letter.sender,
            subject=letter.subject,
            key=letter.key,
            digest=digest,
            **{name: value for name, value in filed._asdict().items() if name != "mail_id"},
        )
        if not tx.sentence:
            who = letter.sender or "an unknown sender"
            tx.say(f"A mail of {who} is kept as {filed.state}: {filed.reason}.", seen=True)
    return filed._replace(mail_id=mail_id)


class _Earlier(NamedTuple):
    digest: str
    filed: Filed


def _earlier(key: str) -> _Earlier | None:
    """The first mail with this Message-ID."""
    found = one("SELECT digest, state, ticket_id, message_id, reason, id FROM mail WHERE key = ? ORDER BY id", (key,))
    return _Earlier(found[0], Filed(*found[1:])) if found else None


def _file(tx: Transaction, letter: Letter, size: int, at: int, earlier: _Earlier | None) -> Filed:
    if earlier is not None:
        return _again(letter, earlier)
    if letter.automatic:
        return _robot(tx, letter, size, at)
    found = match(letter, at)
    if found.reason:
        return Filed(UNMATCHED, None, None, found.reason, 0)
    return write(tx, letter, found, size, at)


def _again(letter: Letter, earlier: _Earlier) -> Filed:
    """A Message-ID that is known already: a loop or a second copy, unless it says something else."""
    before, mail = read(content(earlier.digest)), earlier.filed.mail_id
    if (before.sender, before.text) == (letter.sender, letter.text):
        return Filed(ROBOT, earlier.filed.ticket_id, None, f"mail {mail} came with the same Message-ID", 0)
    return Filed(UNMATCHED, None, None, f"mail {mail} had the same Message-ID and said something else", 0)


def _robot(tx: Transaction, letter: Letter, size: int, at: int) -> Filed:
    """Keep a machine's mail; on a ticket of its sender's customer it is shown, and nothing else happens there."""
    found = match(letter, at)
    if found.ticket is None or found.contact is None:
        return Filed(ROBOT, None, None, letter.automatic, 0)
    tx.ticket_id = found.ticket.id
    author = (found.contact.id, found.contact.name)
    text = shown(letter, size)
    message_id = write_theirs(tx, found.ticket.id, author, EMAIL, at, text, automatic=True)
    _keep_files(tx, letter, found.ticket.id, message_id)
    tx.say(f"An automatic mail of {found.contact.name} came to #{found.ticket.id}.", seen=True)
    return Filed(ROBOT, found.ticket.id, message_id, letter.automatic, 0)


def write(tx: Transaction, letter: Letter, found: Match, size: int, at: int, **request: Any) -> Filed:
    """Write a person's mail where it belongs; `at` is when it reached us, `request` what a new ticket says besides."""
    if found.ticket is None and found.contact is not None:
        ticket_id, message_id = _take_in(tx, letter, found.contact, size, at, request)
    elif found.ticket is not None and found.colleague is not None:
        ticket_id, message_id = found.ticket.id, _write_ours(tx, letter, found, size, at)
    elif found.ticket is not None:
        ticket_id, message_id = found.ticket.id, _write_theirs(tx, letter, found, size, at)
    else:
        raise ValueError("a mail needs a ticket or a contact to be written to")
    tx.ticket_id = ticket_id
    _keep_files(tx, letter, ticket_id, message_id)
    return Filed(FILED, ticket_id, message_id, "", 0)


def _take_in(
    tx: Transaction, letter: Letter, contact: Contact, size: int, at: int, request: dict[str, Any]
) -> tuple[int, int]:
    """Open a ticket; its severity is the one that the subject names, else the standard one, until triage."""
    named = severity_of(letter.subject)
    said: dict[str, Any] = {"channel": EMAIL, "severity": named or STANDARD, "customer_severity": named} | request
    return take_in(
        tx,
        received_at=at,
        customer_id=contact.customer_id,
        contact_id=contact.id or None,
        subject=letter.subject or NO_SUBJECT,
        body=shown(letter, size),
        **said,
    )


def _write_theirs(tx: Transaction, letter: Letter, found: Match, size: int, at: int) -> int:
    """Add the customer's message; whoever is no contact is named by what the mail says."""
    ticket, contact = found.ticket, found.contact
    if ticket is None:
        raise ValueError("a message needs a ticket")
    author = (contact.id, contact.name) if contact else (None, letter.name or letter.sender or "unknown sender")
    message_id = write_theirs(tx, ticket.id, author, EMAIL, at, shown(letter, size))
    told = open_again(tx, ticket, at, message_id) + call_for_manager(tx, ticket, letter, at)
    tx.say(f"{author[1]} wrote on #{ticket.id} by mail.{told}", seen=True)
    return message_id


def _write_ours(tx: Transaction, letter: Letter, found: Match, size: int, at: int) -> int:
    """Add a colleague's mail: an answer where it went to the customer too, else a note that stays inside."""
    ticket, person = found.ticket, found.colleague
    if ticket is None or person is None:
        raise ValueError("a colleague's mail needs a ticket")
    public = addressed_to(letter, ticket.customer_id)
    message_id = tx.insert(
        Message,
        ticket_id=ticket.id,
        kind=MESSAGE if public else NOTE,
        side=VENDOR,
        person_id=person.id,
        author=person.name,
        channel=EMAIL if public else "note",
        at=at,
        body=shown(letter, size),
    )
    if not public:
        clock_rows.restate(tx, ticket.id, updated_at=at)
        tx.say(f"{person.name} noted on #{ticket.id} by mail.", seen=True)
        return message_id
    told = stop_initial(tx, ticket, at, message_id) if _professional(ticket.customer_id, ticket.received_at) else ""
    standing: dict[str, Any] = {} if ticket.state == CLOSED else {"state": WAITING, "is_open": 1}
    owner = ticket.owner_id or person.id
    clock_rows.restate(tx, ticket.id, waiting_since=None, updated_at=at, owner_id=owner, **standing)
    tx.say(f"{person.name} replied to #{ticket.id} by mail{told}.", seen=True)
    return message_id


def _professional(customer_id: int, received_at: int) -> bool:
    """Whether the mail channel of the customer's terms is a professional one: others stop no clock."""
    terms = terms_at(customer_id, received_at)
    return terms is not None and not terms.terms.channel(EMAIL).community


def _keep_files(tx: Transaction, letter: Letter, ticket_id: int, message_id: int) -> None:
    for file in letter.files:
        keep(tx, ticket_id, message_id, file.name, file.media_type, file.body)
