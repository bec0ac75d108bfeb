"""What may happen to a ticket, in one place.

Each operation is one journalled transaction by a person (`actor`, their id) at an instant (`at`, UTC seconds), and
raises a DomainError whose message a person can act on.
"""

from tickets.conversation import note, reply
from tickets.escalation import answer_escalation, escalate
from tickets.intake import customer_wrote, receive
from tickets.rules import Done
from tickets.triage import change_severity, change_state, claim, release

__all__ = [
    "Done",
    "answer_escalation",
    "change_severity",
    "change_state",
    "claim",
    "customer_wrote",
    "escalate",
    "note",
    "receive",
    "release",
    "reply",
]
