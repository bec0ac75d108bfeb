"""To whom a mail belongs: its sender to a contact or a colleague, and its references to a conversation."""

from __future__ import annotations

import re
from typing import NamedTuple

from contracts.current import catalogue
from contracts.entitlements import require as entitled
from contracts.errors import NotEntitled
from contracts.held import terms_at
from models.access import Actor
from models.people import READ_ONLY
from models.reading import one, rows, scalar
from tickets.mail.letter import Letter
from tickets.rules import Held, held

EMAIL = "email"
"""The catalogue's id of the channel that mail comes in by."""

_NUMBER = re.compile(r"(?<![\w&#])#(\d{1,10})(?!\w)")
_HIGHEST = 2**31 - 1
_SEVERITY = re.compile(r"\bsev(?:erity)?[ :#-]{0,3}([1-4])\b", re.IGNORECASE)


class Contact(NamedTuple):
    """A person on a customer's side."""

    id: int
    customer_id: int
    name: str
    customer: str


class Match(NamedTuple):
    """Where a mail belongs, or the `reason` why nobody can tell.

    A ticket with a contact is the customer's message, a ticket with a colleague the vendor's, a contact alone a new
    ticket.
    """

    reason: str = ""
    ticket: Held | None = None
    contact: Contact | None = None
    colleague: Actor | None = None


def own_addresses() -> frozenset[str]:
    """The addresses that the catalogue gives the vendor, in lower case; what comes from them has gone in a circle."""
    held_catalogue = catalogue()
    found: set[str] = set()
    for name in held_catalogue.speaking_of("support"):
        annex = held_catalogue.revision(name).support
        if annex is not None:
            found |= {channel.contact for channel in annex.channels}
            found |= {path.email for path in annex.escalations}
            found |= {point.address for point in annex.contact_points}
    return frozenset(each.lower() for each in found if "@" in each and " " not in each)


def escalation_addresses() -> frozenset[str]:
    """Where customers write who call for a manager, in lower case; an address of everyday requests is none of them."""
    held_catalogue = catalogue()
    calls: set[str] = set()
    everyday: set[str] = set()
    for name in held_catalogue.speaking_of("support"):
        annex = held_catalogue.revision(name).support
        if annex is not None:
            calls |= {path.email.lower() for path in annex.escalations if path.email}
            everyday |= {channel.contact.lower() for channel in annex.channels}
    return frozenset(calls - everyday)


def match(letter: Letter, at: int) -> Match:
    """Find where a mail belongs that was received at `at`.

    A conversation is open to the people of its customer and to colleagues alone: nobody else writes into it.
    """
    if not letter.sender:
        return Match("it names no sender")
    contacts = contacts_of(letter.sender)
    colleague = colleague_of(letter.sender)
    ticket = _conversation(letter)
    if ticket is not None:
        theirs = next((contact for contact in contacts if contact.customer_id == ticket.customer_id), None)
        if theirs is not None:
            return Match(ticket=ticket, contact=theirs)
        if colleague is None:
            return Match(f"it answers #{ticket.id} of {ticket.customer}, and {letter.sender} is none of their contacts")
    if colleague is not None and (ticket is not None or not contacts):
        return _ours(letter, colleague, ticket)
    return _new(letter.sender, contacts, at)


def _ours(letter: Letter, colleague: Actor, ticket: Held | None) -> Match:
    if colleague.role == READ_ONLY:
        return Match(f"{colleague.name} may look but not change anything")
    if ticket is None:
        return Match(f"{colleague.name} of ours wrote it, and it names no ticket")
    return Match(ticket=ticket, colleague=colleague)


def _new(sender: str, contacts: list[Contact], at: int) -> Match:
    """A request of its own, where its sender belongs to one customer who is entitled to support by mail."""
    if not contacts:
        return Match(f"nobody on this desk has the address {sender}")
    if len({contact.customer_id for contact in contacts}) > 1:
        names = ", ".join(sorted({contact.customer for contact in contacts}))
        return Match(f"{sender} is a contact of several customers: {names}")
    terms = terms_at(contacts[0].customer_id, at)
    if terms is not None:
        try:
            entitled(terms.terms, "professional")
        except NotEntitled as error:
            return Match(str(error))
    return Match(contact=contacts[0])


def contacts_of(address: str) -> list[Contact]:
    """The contacts who have an address, in lower case; those that an order names first."""
    sql = (
        "SELECT k.id, k.customer_id, k.name, c.name FROM contact k JOIN customer c ON c.id = k.customer_id"
        " WHERE LOWER(k.email) = ? ORDER BY k.named DESC, k.id"
    )
    return rows(sql, (address,), Contact)


def colleague_of(address: str) -> Actor | None:
    """The person of ours who has an address, in lower case."""
    sql = "SELECT id, login, name, role, zone FROM person WHERE LOWER(email) = ? AND active = 1 ORDER BY id"
    return one(sql, (address,), Actor)


def _conversation(letter: Letter) -> Held | None:
    """The ticket that a mail answers: by the mails that it names, the nearest first, else by its subject's number."""
    for key in letter.references:
        found = scalar("SELECT ticket_id FROM mail WHERE key = ? AND ticket_id IS NOT NULL ORDER BY id", (key,))
        if found is not None:
            return _merged_into(found)
    for number in _NUMBER.findall(letter.subject):
        if int(number) <= _HIGHEST and scalar("SELECT 1 FROM ticket WHERE id = ?", (int(number),)):
            return _merged_into(int(number))
    return None


def _merged_into(ticket_id: int) -> Held:
    """The ticket, or the one that it was merged into at last."""
    seen = set()
    while ticket_id not in seen:
        seen.add(ticket_id)
        sql = "SELECT other_id FROM ticket_link WHERE ticket_id = ? AND kind = 'merged' ORDER BY id DESC"
        ticket_id = scalar(sql, (ticket_id,)) or ticket_id
    return held(ticket_id)


def severity_of(subject: str) -> int | None:
    """The severity that a customer names in the subject, such as "[sev 2]" or "Severity: 1"."""
    found = _SEVERITY.search(subject)
    return int(found[1]) if found else None


def addressed_to(letter: Letter, customer_id: int) -> bool:
    """Whether a mail goes to the customer: to one of their contacts, or to someone at the domain of one."""
    emails = rows("SELECT LOWER(email) FROM contact WHERE customer_id = ? AND email IS NOT NULL", (customer_id,))
    theirs = {email for (email,) in emails}
    domains = {email.rpartition("@")[2] for email in theirs}
    return any(to in theirs or to.rpartition("@")[2] in domains for to in letter.recipients)


class Hint(NamedTuple):
    """A customer who has contacts at the domain of a sender."""

    customer_id: int
    customer: str


def hints(addresses: list[str]) -> dict[str, Hint]:
    """For addresses, the one customer whose contacts share their domain; none where several do, as at providers."""
    found: dict[str, Hint] = {}
    for address in addresses:
        domain = address.rpartition("@")[2]
        if not domain:
            continue
        ending = "%@" + domain.replace("!", "!!").replace("%", "!%").replace("_", "!_")
        sql = (
            "SELECT DISTINCT c.id, c.name FROM contact k JOIN customer c ON c.id = k.customer_id"
            " WHERE LOWER(k.email) LIKE ? ESCAPE '!' LIMIT 2"
        )
        theirs = rows(sql, (ending,), Hint)
        if len(theirs) == 1:
            found[address] = theirs[0]
    return found
