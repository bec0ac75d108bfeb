"""The preview of a ticket: who, what was agreed, what runs, and the last words.

It reads what is stored and resolves no contract, so that moving through a list stays cheap.
"""

from __future__ import annotations

from typing import NamedTuple

from models.reading import one, scalar
from models.words import INITIAL, RUNNING, VOID
from tickets import clock_reading, reading
from tickets.records import Card, ClockRow
from tickets.words import moment, objective

LAST_TEXT = 4000
WITHOUT = {"best_effort": "best effort, no clock runs", "bespoke": "not agreed yet, no clock runs", "none": "no clock"}


class _Facts(NamedTuple):
    contact: str | None
    channel: str
    plan: str | None
    support_option: str | None
    deployment: str | None
    data_location: str | None
    tam: str | None


class _Last(NamedTuple):
    author: str
    side: str
    at: int
    text: str


def card(ticket_id: int, now: int, zone: str) -> Card | None:
    """The preview of a ticket, its times in `zone`; None where it is gone."""
    row = reading.row(ticket_id)
    if row is None:
        return None
    facts = one(
        "SELECT k.name, t.channel, COALESCE(n.plan, a.plan), CASE WHEN n.id IS NULL THEN a.support_option"
        " ELSE n.support_option END, a.deployment, a.data_location, p.name FROM ticket t"
        " LEFT JOIN contact k ON k.id = t.contact_id LEFT JOIN contract a ON a.id = t.contract_id"
        " LEFT JOIN adoption n ON n.id = (SELECT d.id FROM adoption d WHERE d.contract_id = t.contract_id"
        " AND d.effective_at <= t.received_at AND d.plan IS NOT NULL ORDER BY d.effective_at DESC, d.id DESC LIMIT 1)"
        " LEFT JOIN customer c ON c.id = t.customer_id LEFT JOIN person p ON p.id = c.tam_id WHERE t.id = ?",
        (ticket_id,),
        _Facts,
    )
    last = last_message(ticket_id)
    return Card(
        row=row,
        contact=(facts.contact if facts else None) or "",
        plan_line=plan_line(facts) if facts else "",
        clock_line=clock_line(clock_reading.clocks(ticket_id), row.clock_state, now, zone),
        tam_line=f"TAM {facts.tam}" if facts and facts.tam else "",
        last_author=last.author if last else "",
        last_side=last.side if last else "",
        last_at=last.at if last else None,
        last_text=last.text if last else "",
    )


def last_message(ticket_id: int) -> _Last | None:
    """The newest message or note, cut to what a preview can show."""
    return one(
        f"SELECT author, side, at, substr(body, 1, {LAST_TEXT}) FROM message WHERE ticket_id = ?"
        " ORDER BY at DESC, id DESC LIMIT 1",
        (ticket_id,),
        _Last,
    )


def plan_line(facts: _Facts) -> str:
    """Plan, option and deployment, as the contract names them."""
    if facts.plan is None:
        return f"no contract · {facts.channel}"
    plan = " + ".join(part.replace("-", " ").replace("_", " ") for part in (facts.plan, facts.support_option) if part)
    place = ", ".join(part for part in (facts.deployment, facts.data_location) if part)
    return f"{plan.capitalize()} · {place}" if place else plan.capitalize()


def clock_line(clocks: list[ClockRow], state: str, now: int, zone: str) -> str:
    """The one-line reason of the clock that a ticket shows."""
    clock = shown(clocks)
    if clock is None:
        return WITHOUT.get(state, "no clock")
    hours = clock_reading.basis(clock.basis_id).calendar.hours.name
    promise = objective(clock.objective_minutes, hours)
    kind = "" if clock.kind == INITIAL else "manager's answer, "
    received, due = moment(zone, clock.received_at, now), moment(zone, clock.due_at, now)
    ended = f", answered {moment(zone, clock.stopped_at, now)}" if clock.stopped_at is not None else ""
    return f"{kind}{promise}, received {received}, due {due}{ended}"


def shown(clocks: list[ClockRow]) -> ClockRow | None:
    """The clock that a ticket shows, as its row in the lists does: the running one that is due first, else the initial
    response; None where neither is there, whatever became of escalations.
    """
    standing = [clock for clock in clocks if clock.state != VOID]
    running = min((each for each in standing if each.state == RUNNING), key=lambda each: each.due_at, default=None)
    return running or next((each for each in standing if each.kind == INITIAL), None)


def message_count(ticket_id: int) -> int:
    """How many messages and notes a conversation has."""
    return scalar("SELECT COUNT(*) FROM message WHERE ticket_id = ?", (ticket_id,)) or 0
