"""What the readers of tickets hand out: plain records, never rows that can change."""

from __future__ import annotations

from typing import NamedTuple

from sla.calendar import Calendar
from sla.clock import Policy

Key = tuple[int, int]


class View(NamedTuple):
    """A named list of tickets."""

    key: str
    title: str
    empty: str


class QueueRow(NamedTuple):
    """A line of a list; instants in UTC seconds."""

    id: int
    order_at: int
    severity: int
    state: str
    subject: str
    customer: str
    badge: str
    owner: str | None
    received_at: int
    waiting_since: int | None
    version: int
    clock_state: str
    due_at: int | None
    objective_minutes: int | None
    basis_id: int | None
    escalated: int
    customer_severity: int | None

    @property
    def key(self) -> Key:
        """Where the row stands in its view."""
        return self.order_at, self.id


class Basis(NamedTuple):
    """What a clock is counted by: support hours, laid out, and policy."""

    calendar: Calendar
    policy: Policy


class Card(NamedTuple):
    """The preview of a ticket."""

    row: QueueRow
    contact: str
    plan_line: str
    clock_line: str
    tam_line: str
    last_author: str
    last_side: str
    last_at: int | None
    last_text: str


class MessageRow(NamedTuple):
    """A public message or an internal note of a conversation; `body` may be the beginning of a text of `length`."""

    id: int
    kind: str
    side: str
    author: str
    channel: str
    automatic: int
    at: int
    body: str
    length: int = 0


class ClockRow(NamedTuple):
    """A clock of a ticket and what it was counted by."""

    id: int
    kind: str
    state: str
    severity: int
    objective_minutes: int
    basis_id: int
    plan: str
    revision: str
    section: str
    received_at: int
    started_at: int
    due_at: int
    stopped_at: int | None
    late_seconds: int
    credit_days: int
