"""The e-mail with which a customer calls for a manager: half of an urgent escalation, the other half is the phone.

Annex 2023-11-15, "Escalation". Whoever answers to all keeps the address in the conversation: so a ticket's urgent
escalation is started by mail once, and a second one is recorded by whoever takes the call.
"""

from __future__ import annotations

from models.journal import Transaction
from tickets.escalation import URGENT_WORD, add_signs, begin
from tickets.escalation_reading import escalations
from tickets.mail.letter import Letter
from tickets.mail.matching import escalation_addresses
from tickets.rules import Held


def call_for_manager(tx: Transaction, ticket: Held, letter: Letter, at: int) -> str:
    """Record the e-mail of an urgent escalation, where a customer's mail on a ticket goes to a manager's address.

    It starts the clock, or is added to the call that did. Answers a sentence, with a space before it.
    """
    if not escalation_addresses().intersection(letter.recipients):
        return ""
    urgent = [each for each in escalations(ticket.id) if each.kind == URGENT_WORD]
    mailed_at = max(at, ticket.received_at)
    if not urgent:
        begin(tx, ticket, URGENT_WORD, letter.subject or "by mail", at, None, mailed_at)
        return " It calls for a manager."
    if urgent[-1].is_open and urgent[-1].mailed_at is None:
        add_signs(tx, ticket, urgent[-1], at, {"mailed_at": mailed_at})
        return " It confirms the call for a manager."
    return ""
