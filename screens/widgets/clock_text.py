"""What a clock says in a list: a sign, the time left or the lateness, and when that text changes next."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sla.clock import credit_days, lateness

if TYPE_CHECKING:
    from sla.calendar import Calendar
    from tickets.records import Basis, QueueRow

HOUR, MINUTE = 3600, 60
LAST_MINUTES = 15 * MINUTE

CALM, QUARTER, LAST, MISSED, MET, QUIET = "calm", "quarter", "last", "missed", "met", "quiet"
SIGNS = {CALM: "●", QUARTER: "◐", LAST: "○", MISSED: "✕", MET: "✓", QUIET: "·"}
_WITHOUT_CLOCK = {"none": "no clock", "best_effort": "best eff.", "bespoke": "not agreed"}


class ClockText(NamedTuple):
    """What is shown, how near the end is, whether the clock stands still, and when (UTC seconds) the text changes."""

    text: str
    level: str
    still: bool
    next_at: int | None


def duration(seconds: int, day: int) -> str:
    """Return `2d 4h` from a day on, `6:20` above an hour, else `0:12:31`; `day` is a business day in seconds."""
    if seconds >= day:
        return f"{seconds // day}d {seconds % day // HOUR}h"
    if seconds > HOUR:
        return f"{seconds // HOUR}:{seconds % HOUR // MINUTE:02}"
    return f"{seconds // HOUR}:{seconds % HOUR // MINUTE:02}:{seconds % MINUTE:02}"


def read_clock(row: QueueRow, basis: Basis | None, now: int) -> ClockText:
    """Say what the clock of a row shows at an instant."""
    if row.clock_state == "met":
        return ClockText(f"{SIGNS[MET]} met", MET, True, None)
    if basis is None or row.due_at is None or row.clock_state in _WITHOUT_CLOCK:
        return ClockText(f"{SIGNS[QUIET]} {_WITHOUT_CLOCK.get(row.clock_state, 'no clock')}", QUIET, True, None)
    if row.clock_state == "missed":
        return ClockText(f"{SIGNS[MISSED]} missed", MISSED, True, None)
    if now > row.due_at:
        return _late(row.due_at, basis, now)
    return _running(row.due_at, (row.objective_minutes or 0) * MINUTE, basis.calendar, now)


def _running(due: int, objective: int, calendar: Calendar, now: int) -> ClockText:
    """Say how many open hours are left."""
    left = calendar.between(now, due)
    day = calendar.business_day()
    level = LAST if left < LAST_MINUTES else QUARTER if left * 4 < objective else CALM
    still = not calendar.is_open(now)
    mark = "‖" if still else ""
    text = f"{SIGNS[level]} {duration(left, day)}{mark}"
    changes = _next_open(calendar, now, still, _steps_left(left, day, objective))
    return ClockText(text, level, still, min(changes, due + 1))


def _steps_left(left: int, day: int, objective: int) -> int:
    """Return after how many open seconds the text of that much time left changes; 1 at least."""
    if left >= day:
        steps = [left % day % HOUR + 1, left - day + 1]
    elif left > HOUR:
        steps = [left % MINUTE + 1, left - HOUR]
    else:
        return 1
    steps.append(left - LAST_MINUTES + 1)
    if left * 4 >= objective:
        steps.append(left - (objective + 3) // 4 + 1)
    return min(step for step in steps if step > 0)


def _late(due: int, basis: Basis, now: int) -> ClockText:
    """Say how late it is and what that costs so far."""
    calendar, policy = basis
    late = lateness(calendar, due, now, policy)
    day = calendar.business_day()
    shown = f"{late // day}d {late % day // HOUR}h" if late >= day else f"{late // HOUR}:{late % HOUR // MINUTE:02}"
    days = credit_days(late, policy)
    cost = f" {days}d" if days else ""
    text = f"{SIGNS[MISSED]} +{shown}{cost}"
    step = MINUTE - late % MINUTE
    if policy.credit_rounding == "started" and late % policy.credit_step_seconds == 0:
        step = 1
    if policy.credit_clock == "elapsed":
        return ClockText(text, MISSED, False, now + step)
    still = not calendar.is_open(now)
    return ClockText(text + ("‖" if still else ""), MISSED, still, _next_open(calendar, now, still, step))


def _next_open(calendar: Calendar, now: int, still: bool, step: int) -> int:
    """Return when that many open seconds have passed, or when the hours begin or end before that."""
    if still:
        return max(calendar.next_opening(now), now + 1)
    closing = calendar.next_closing(now)
    then = calendar.add(now, step)
    return max(then if closing is None else min(then, closing), now + 1)
