"""Mails that nobody could be found for: looked at, filed by hand, or dismissed."""

from __future__ import annotations

from typing import Any, NamedTuple

from models.access import require
from models.errors import NotFound
from models.journal import transaction
from models.reading import one, rows, scalar
from models.requests import Mail
from models.tickets import Ticket
from tickets.attachments import content
from tickets.errors import RuleRefused
from tickets.mail.filing import DISMISSED, FILED, ROBOT, UNMATCHED, Filed, write
from tickets.mail.letter import Letter, read
from tickets.mail.matching import EMAIL, Contact, Match, colleague_of, contacts_of, hints
from tickets.rules import WORKERS, Done, done, held
from tickets.words import clean_line


class MailRow(NamedTuple):
    """A mail that is kept; `size` in bytes; the customer is the one whose contacts share the sender's domain."""

    id: int
    at: int
    sender: str
    subject: str
    state: str
    reason: str
    ticket_id: int | None
    size: int
    customer_id: int | None = None
    customer: str = ""


_SELECT = (
    "SELECT m.id, m.at, m.sender, m.subject, m.state, m.reason, m.ticket_id, c.size FROM mail m"
    " JOIN content c ON c.digest = m.digest"
)


def unmatched(limit: int = 100, before: int | None = None, state: str = UNMATCHED) -> list[MailRow]:
    """Mails in a state, newest first; `before` is the id of the last one of the page above."""
    sql = f"{_SELECT} WHERE m.state = ? AND m.id < ? ORDER BY m.id DESC LIMIT ?"
    found = [MailRow(*row) for row in rows(sql, (state, before if before is not None else 2**31 - 1, limit))]
    known = hints([mail.sender for mail in found])
    return [mail._replace(**known[mail.sender]._asdict()) if mail.sender in known else mail for mail in found]


def count(state: str = UNMATCHED) -> int:
    """How many mails are in a state."""
    return int(scalar("SELECT COUNT(*) FROM mail WHERE state = ?", (state,)))


def mail_row(mail_id: int) -> MailRow:
    """One mail; NotFound where there is none of this number."""
    found = one(f"{_SELECT} WHERE m.id = ?", (mail_id,))
    if found is None:
        raise NotFound(f"There is no mail {mail_id}; check the number.")
    return MailRow(*found)


def raw_mail(mail_id: int) -> bytes:
    """A mail as it came in."""
    found = scalar("SELECT digest FROM mail WHERE id = ?", (mail_id,))
    if found is None:
        raise NotFound(f"There is no mail {mail_id}; check the number.")
    return content(found)


def read_mail(mail_id: int) -> Letter:
    """A mail, read again."""
    return read(raw_mail(mail_id))


def file_unmatched(
    mail_id: int,
    *,
    actor: int,
    at: int,
    ticket_id: int | None = None,
    customer_id: int | None = None,
    contact_id: int | None = None,
    channel: str = EMAIL,
    severity: int | None = None,
) -> Filed:
    """File a mail by hand, on a ticket or as a new one of a customer; undo takes it back.

    It counts as received when it reached us, whenever it is filed: so does the clock. `channel` and `severity` are
    those of a new ticket, by default mail and what the subject says.
    """
    letter = read_mail(mail_id)
    with transaction(actor, at, "file_unmatched") as tx:
        person = require(actor, *WORKERS)
        mail = mail_row(mail_id)
        if mail.ticket_id is not None or mail.state == FILED:
            raise RuleRefused(f"Mail {mail_id} is filed on #{mail.ticket_id} already.")
        request: dict[str, Any] = {"channel": channel, "taken_by": actor}
        request |= {} if severity is None else {"severity": severity}
        if ticket_id is not None:
            found, request = _on_ticket(letter, ticket_id), {}
        else:
            found = Match(contact=_sender(letter, customer_id, contact_id))
        filed = write(tx, letter, found, mail.size, mail.at, **request)
        tx.update(Ticket, filed.ticket_id or 0, updated_at=at)
        tx.update(Mail, mail_id, state=FILED, reason="", ticket_id=filed.ticket_id, message_id=filed.message_id)
        # The filing is told, and not the writing: the mail stays, so that it can be undone.
        tx.sentence, tx.seen = f"{person.name} filed mail {mail_id} on #{filed.ticket_id}.", False
    return filed._replace(mail_id=mail_id)


def _on_ticket(letter: Letter, ticket_id: int) -> Match:
    ticket = held(ticket_id)
    theirs = next((each for each in contacts_of(letter.sender) if each.customer_id == ticket.customer_id), None)
    return Match(ticket=ticket, contact=theirs, colleague=None if theirs else colleague_of(letter.sender))


def _sender(letter: Letter, customer_id: int | None, contact_id: int | None) -> Contact:
    """Whose request it is: a contact, else a customer without one, else whom the address belongs to."""
    if contact_id is not None:
        sql = (
            "SELECT k.id, k.customer_id, k.name, c.name FROM contact k JOIN customer c ON c.id = k.customer_id"
            " WHERE k.id = ?"
        )
        contact = one(sql, (contact_id,), Contact)
        if contact is None or customer_id not in (None, contact.customer_id):
            raise NotFound(f"There is no contact {contact_id} of that customer; choose one from the list, or none.")
        return contact
    if customer_id is None:
        raise RuleRefused("A mail is filed on a ticket or for a customer; choose one.")
    theirs = next((each for each in contacts_of(letter.sender) if each.customer_id == customer_id), None)
    return theirs or Contact(0, customer_id, "", "")


def dismiss(mail_id: int, reason: str, actor: int, at: int) -> Done:
    """Set a mail aside that is no request, with a reason; it is kept, and can be filed later."""
    with transaction(actor, at, "dismiss_mail") as tx:
        person = require(actor, *WORKERS)
        mail = mail_row(mail_id)
        why = clean_line(reason)
        if not why:
            raise RuleRefused("A mail is dismissed with a reason; say in a line what it is.")
        if mail.state not in (UNMATCHED, ROBOT):
            raise RuleRefused(f"Mail {mail_id} is {mail.state} already.")
        tx.update(Mail, mail_id, state=DISMISSED, reason=why)
        tx.say(f"{person.name} dismissed mail {mail_id}: {why}")
    return done(tx, 0)
