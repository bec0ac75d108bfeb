"""What may happen to a ticket, in one place.

Each operation is one journalled transaction by a person (`actor`, their id) at an instant (`at`, UTC seconds), and
raises a DomainError whose message a person can act on.
"""

from tickets.conversation import note, reply
from tickets.escalation import (
    answer_escalation,
    assign_escalation,
    complete_escalation,
    escalate,
    withdraw_escalation,
)
from tickets.intake import customer_wrote, receive
from tickets.links import link, unlink
from tickets.merging import merge, split
from tickets.rules import Done
from tickets.triage import (
    assign,
    change_severity,
    change_state,
    claim,
    handover,
    record_customer_severity,
    release,
)

__all__ = [
    "Done",
    "answer_escalation",
    "assign",
    "assign_escalation",
    "change_severity",
    "change_state",
    "claim",
    "complete_escalation",
    "customer_wrote",
    "escalate",
    "handover",
    "link",
    "merge",
    "note",
    "receive",
    "record_customer_severity",
    "release",
    "reply",
    "split",
    "unlink",
    "withdraw_escalation",
]
