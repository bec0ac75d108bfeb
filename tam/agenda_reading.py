"""What is true of a customer when a call comes: the sections of its agenda, in the order of the call.

All of it may be read by the customer: notes, reasons and what colleagues said inside stay inside.
"""

from __future__ import annotations

from datetime import date, timedelta

from contracts.credits import ACCRUING, NAMES, balance
from models.reading import rows
from sla.wall import local_of
from tam import agenda_year
from tam.actions import OURS, for_call
from tam.agenda import Section
from tam.call_reading import CallRow, last_held
from tam.call_rules import SERVICE_REVIEW, day, day_text, plain
from tam.entry_words import hours_text
from tam.recurrence import slot
from tickets.words import amount, clean_line, days, moment

FIRST_LOOK_DAYS = 90
"""So far back the first call with a customer looks."""
MOST_LINES = 30


def sections(held: CallRow, now: int) -> list[Section]:
    """Every section that a call has, the empty ones among them, as things stand at an instant (UTC seconds)."""
    since = _since(held, now)
    current = [
        Section("Open tickets", _limited(_open_tickets(held, now))),
        Section("Actions", _limited(_actions(held, now))),
        Section("Onboarding", _onboarding(held)),
        Section("Hours", _hours(held.customer_id, now)),
        Section("Features to walk through", _limited(_features(held.customer_id, since))),
    ]
    if held.kind == SERVICE_REVIEW:
        return [*agenda_year.sections(held, since, now), *current, agenda_year.renewal(held, now)]
    told = day_text(local_of(held.zone, since).date())
    return [
        Section(f"Answered late since {told}", _limited(_late(held, since, now))),
        Section(f"Escalations since {told}", _limited(escalated(held, since, now))),
        *current,
    ]


def _since(held: CallRow, now: int) -> int:
    """From when on a call looks at what happened: the last one, or a year before for a service review."""
    on = local_of(held.zone, min(held.at, now)).date()
    if held.kind == SERVICE_REVIEW:
        return slot(a_year_before(on), "00:00", held.zone).at
    last = last_held(held.customer_id, held.at)
    if last is not None:
        return last.at
    return slot(on - timedelta(days=FIRST_LOOK_DAYS), "00:00", held.zone).at


def a_year_before(on: date) -> date:
    """The same day of the year before; 28 February for a leap day."""
    return on.replace(year=on.year - 1, day=28 if (on.month, on.day) == (2, 29) else on.day)


def subject(ticket_id: int, text: str) -> str:
    """A ticket as agendas name it: number and subject in a line."""
    return f"#{ticket_id} {clean_line(plain(text))}"


def _late(held: CallRow, since: int, now: int) -> tuple[str, ...]:
    """The clocks that ran out: those answered since, and those that nobody answered yet."""
    missed = rows(
        "SELECT k.id, k.ticket_id, t.subject, k.kind, k.late_seconds FROM clock k JOIN ticket t ON t.id = k.ticket_id"
        " WHERE t.customer_id = ? AND k.state = 'missed' AND k.stopped_at >= ? ORDER BY k.stopped_at, k.id",
        (held.customer_id, since),
    )
    credit = balance(held.customer_id, now)
    found = {each.clock_id: f", {days(each.days)} of credit {each.state}" for each in credit.clocks if each.days}
    answered = [
        f"{subject(ticket_id, text)}: {NAMES[kind]} late by {amount(late)}{found.get(clock_id, '')}"
        for clock_id, ticket_id, text, kind, late in missed
    ]
    waiting = [
        f"{subject(each.ticket_id, each.subject)}: {NAMES[each.kind]} overdue since {moment(held.zone, each.due_at, 0)}"
        for each in credit.clocks
        if each.state == ACCRUING
    ]
    return (*waiting, *answered)


def escalated(held: CallRow, since: int, now: int) -> tuple[str, ...]:
    """The customer's calls for a manager since an instant, and those that still wait."""
    found = rows(
        "SELECT e.ticket_id, t.subject, e.kind, e.raised_at, e.answered_at FROM escalation e"
        " JOIN ticket t ON t.id = e.ticket_id WHERE t.customer_id = ? AND e.withdrawn_at IS NULL"
        " AND (e.raised_at >= ? OR e.answered_at IS NULL) AND e.raised_at <= ? ORDER BY e.raised_at, e.id",
        (held.customer_id, since, now),
    )
    return tuple(
        f"{subject(ticket_id, text)}: {kind}, raised {moment(held.zone, raised, 0)}, "
        + ("waits for an answer" if answered is None else f"answered {moment(held.zone, answered, 0)}")
        for ticket_id, text, kind, raised, answered in found
    )


def _open_tickets(held: CallRow, now: int) -> tuple[str, ...]:
    found = rows(
        "SELECT id, subject, severity, received_at, clock_state, due_at, state FROM ticket"
        " WHERE customer_id = ? AND is_open = 1 ORDER BY severity, received_at, id",
        (held.customer_id,),
    )
    return tuple(
        f"Severity {severity}: {subject(ticket_id, text)}, since {day_text(local_of(held.zone, received).date())}"
        f" ({_clock(held.zone, clock, due, now)}{', waits for you' if state == 'waiting' else ''})"
        for ticket_id, text, severity, received, clock, due, state in found
    )


def _clock(zone: str, state: str, due_at: int | None, now: int) -> str:
    """What became of the promise of a first answer, in words that stay true until it changes."""
    if state == "running" and due_at is not None:
        return f"answer {'overdue since' if due_at < now else 'due'} {moment(zone, due_at, 0)}"
    return {"met": "answered in time", "missed": "answered late"}.get(state, "no time promised")


def _actions(held: CallRow, now: int) -> tuple[str, ...]:
    found = [each for each in for_call(held.id, now) if each.state == "open"]
    return tuple(
        f"{each.owner or (each.side if each.side == OURS else held.customer)}: {each.what}"
        + (f", due {day_text(day(each.due_on))}" if each.due_on else "")
        + (" (overdue)" if each.overdue else "")
        for each in found
    )


def _onboarding(held: CallRow) -> tuple[str, ...]:
    found = rows(
        "SELECT o.phase, o.go_live_on, COUNT(i.id), COALESCE(SUM(CASE WHEN i.state = 'done' THEN 1 ELSE 0 END), 0)"
        " FROM onboarding o LEFT JOIN onboarding_item i ON i.onboarding_id = o.id AND i.state <> 'not needed'"
        " WHERE o.customer_id = ? AND o.state = 'running' GROUP BY o.id, o.phase, o.go_live_on ORDER BY o.id",
        (held.customer_id,),
    )
    blocked = rows(
        "SELECT i.title, i.side FROM onboarding_item i JOIN onboarding o ON o.id = i.onboarding_id"
        " WHERE o.customer_id = ? AND o.state = 'running' AND i.state = 'blocked' ORDER BY i.blocked_since, i.id",
        (held.customer_id,),
    )
    return (
        *(f"{phase}: {int(done)} of {items} done, go-live {day_text(day(live))}" for phase, live, items, done in found),
        *(f"Blocked: {clean_line(plain(title))} (the {side} has to move)" for title, side in blocked),
    )


def _hours(customer_id: int, now: int) -> tuple[str, ...]:
    """What was spent of the promised hours in the period that runs."""
    from tam.standing import standing

    held = standing(customer_id, now)
    spent, left = held.current.spent, held.left
    if not held.promised and not spent:
        return ()
    told = f"{held.current.label}: {hours_text(spent)} of {hours_text(held.promised)} spent, {hours_text(left)} left"
    over = (f"{hours_text(held.over)} over what was agreed",) if held.over else ()
    return (told, *over)


def _features(customer_id: int, since: int) -> tuple[str, ...]:
    """Wishes of the customer that were answered or solved since: what to show them."""
    found = rows(
        "SELECT t.id, t.subject, t.state FROM ticket t WHERE t.customer_id = ?"
        " AND (EXISTS (SELECT 1 FROM feedback f WHERE f.ticket_id = t.id)"
        "  OR EXISTS (SELECT 1 FROM request q WHERE q.ticket_id = t.id AND q.scenario = 'feature-request'))"
        " AND (t.is_open = 0 AND t.updated_at >= ? OR EXISTS (SELECT 1 FROM message m WHERE m.ticket_id = t.id"
        "  AND m.kind = 'message' AND m.side = 'vendor' AND m.automatic = 0 AND m.at >= ?)) ORDER BY t.id",
        (customer_id, since, since),
    )
    return tuple(
        f"{subject(ticket_id, text)} ({state if state in ('solved', 'closed') else 'answered'})"
        for ticket_id, text, state in found
    )


def _limited(lines: tuple[str, ...]) -> tuple[str, ...]:
    return lines if len(lines) <= MOST_LINES else (*lines[:MOST_LINES], f"and {len(lines) - MOST_LINES} more")
