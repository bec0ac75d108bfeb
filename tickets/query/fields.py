"""The words of the query language: what can be asked of a ticket, and how."""

from __future__ import annotations

from typing import NamedTuple

from models.tickets import STATES

CHOICE, NAME, TEXT, SPAN, MOMENT = "choice", "name", "text", "span", "moment"


class Field(NamedTuple):
    """A word before the sign: of which kind its values are, and which of them are valid where that is fixed."""

    kind: str
    help: str
    example: str
    values: tuple[str, ...] = ()


ANY, DONE = "any", "done"
"""States that stand for several: all of them, and solved or closed."""
ME, NONE = "me", "none"
"""Owners that are no login."""

CONDITIONS = {
    "escalated": "the customer has called for a manager, and waits",
    "missed": "a clock has run out and still waits for its answer",
    "late": "was answered too late",
    "running": "a clock runs",
    "unowned": "nobody owns it",
    "owned": "somebody owns it",
}
DAYS = ("today", "tomorrow", "yesterday")

FIELDS = {
    "sev": Field(CHOICE, "severity, 1 to 4", "sev:1,2", ("1", "2", "3", "4")),
    "state": Field(CHOICE, "open, waiting, solved, closed, done or any", "state:open", (*STATES, DONE, ANY)),
    "is": Field(CHOICE, "escalated, missed, late, running, unowned, owned", "is:missed", tuple(CONDITIONS)),
    "owner": Field(NAME, "a login, me or none", "owner:me"),
    "customer": Field(NAME, "a customer's key or name", "customer:acme"),
    "queue": Field(NAME, "where the ticket waits", "queue:onboarding"),
    "channel": Field(NAME, "how it reached us", "channel:email"),
    "plan": Field(NAME, "the contract's plan or option, or its badge", "plan:ent"),
    "tag": Field(NAME, "a tag", "tag:sso"),
    "text": Field(TEXT, "words of the subject, a message or a note", 'text:"token expired"'),
    "due": Field(MOMENT, "when the running clock is due", "due<2h"),
    "received": Field(MOMENT, "when it was received", "received>2026-01-01"),
    "updated": Field(MOMENT, "when it changed last", "updated:today"),
    "age": Field(SPAN, "how long ago it was received", "age>3d"),
    "waiting": Field(SPAN, "how long the customer has waited for us", "waiting>4h"),
}
SECONDS = {"m": 60, "h": 3600, "d": 86_400, "w": 604_800}
COMPARISONS = ("<=", ">=", "<", ">")
