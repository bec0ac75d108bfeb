"""The day on which the hours run out, at the pace of the last four weeks and with planned calls reserved.

The pace is an exact ratio: minutes that count and are no review call, over the working days of the last 28 days. All
sums are kept in units of a minute divided by those days, so that nothing is rounded on the way.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from contracts.words import duration_text
from sla.calendar import calendar_of
from sla.wall import day_bounds, local_of
from tam.ledger import PeriodAccount, TopUp, TopUpAccount, draw, pools_of
from tam.periods import NONE, Period
from tam.promises import Promise, order_of
from tam.standing import Standing, alike, standing

if TYPE_CHECKING:
    from sla.hours import SupportHours

OVER, RUNS_OUT, LASTS, TOO_EARLY, NOTHING = "over", "runs out", "lasts", "too early", "nothing agreed"
WINDOW = 28
"""Days that the pace is taken from."""
FEWEST = 5
"""Working days without which there is no pace yet."""
FURTHEST = 1100
"""Days that are looked ahead at the most; an open-ended term has no last one."""
CALL = "review call"


class Pace(NamedTuple):
    """Minutes that were spent on so many working days."""

    minutes: int
    days: int


class Outlook(NamedTuple):
    """All that a forecast is made from; `working` are the working days after today, `calls` minutes by day."""

    today: date
    account: PeriodAccount
    top_ups: Sequence[TopUpAccount]
    working: Sequence[date]
    calls: Mapping[date, int]
    pace: Pace | None


class Forecast(NamedTuple):
    """What becomes of the hours: `on` is the day they run out, `left` the minutes left at the period's end."""

    kind: str
    on: date | None
    left: int
    text: str
    why: list[str]


def foresee(seen: Outlook) -> Forecast:
    """Walk the days of the running period until the hours run out or it ends; pure."""
    account, promise = seen.account, seen.account.promise
    usable = [held for held in seen.top_ups if held.left and held.first < account.after]
    if promise is None or (account.kind == NONE and not usable):
        return Forecast(NOTHING, None, 0, "nothing agreed", [])
    why = list(_why(seen))
    if account.over and not account.left and not any(held.first <= seen.today for held in usable):
        return Forecast(OVER, None, 0, f"over by {duration_text(account.over)}", why)
    on, left = _walk(seen, promise, usable)
    if on is not None:
        return Forecast(RUNS_OUT, on, 0, f"runs out {on.day} {on:%b}", why)
    if seen.pace is None:
        return Forecast(TOO_EARLY, None, left, "too early to tell", why)
    return Forecast(LASTS, None, left, f"lasts, {duration_text(left)} left", why)


def forecast(customer_id: int, now: int) -> Forecast:
    """The forecast of a customer at an instant (UTC seconds); NotFound where there is no such customer."""
    return forecasts({customer_id: standing(customer_id, now)})[customer_id]


def forecasts(held: Mapping[int, Standing]) -> dict[int, Forecast]:
    """The forecasts of many customers in one statement."""
    windows = {
        key: max(each.promise.today - timedelta(days=WINDOW), _since(each.promise)) for key, each in held.items()
    }
    spent = _paces(held, windows)
    return {key: foresee(_outlook(each, windows[key], spent.get(key, 0))) for key, each in held.items()}


def working_days(held: Promise, first: date, after: date) -> list[date]:
    """The days from `first` to before `after` on which the customer's business hours are open."""
    if first >= after:
        return []
    contract = held.contract_on(held.today)
    order = order_of(contract.order_json) if contract else None
    hours = _hours(order.zone, order.holiday_region) if order else _hours("", "")
    found: list[date] = []
    for year in range(first.year, after.year + 1):
        found += _open_days(hours, year)
    return found[bisect_left(found, first) : bisect_left(found, after)]


def _walk(seen: Outlook, promise: Period, usable: Sequence[TopUpAccount]) -> tuple[date | None, int]:
    """The first day whose minutes are not there, or the minutes left at the end (rounded down)."""
    pace = seen.pace or Pace(0, 1)
    needed = pace.minutes * len(seen.working) + sum(seen.calls.values()) * pace.days
    if not usable and needed <= seen.account.left * pace.days:
        return None, (seen.account.left * pace.days - needed) // pace.days
    pools = pools_of(promise, [TopUp(held.id, held.left, held.first, held.after) for held in usable])
    left: dict[int | None, int] = {held.id: held.left * pace.days for held in usable}
    left[None] = seen.account.left * pace.days
    working = set(seen.working) if pace.minutes else set()
    for day in sorted(working | set(seen.calls)):
        needed = seen.calls.get(day, 0) * pace.days + (pace.minutes if day in working else 0)
        if draw(pools, left, day, needed):
            return day, 0
    last = seen.account.after - timedelta(days=1)
    return None, sum(left[pool.top_up] for pool in pools if pool.first <= last < pool.after) // pace.days


def _why(seen: Outlook) -> Iterator[str]:
    if seen.pace is None:
        yield f"There is no pace yet: it takes {FEWEST} working days."
    else:
        days = f"{seen.pace.days} working days of the last {WINDOW} days"
        yield f"Pace: {duration_text(seen.pace.minutes)} on the {days}, review calls left out."
    if seen.calls:
        yield f"Reserved for planned calls until the period ends: {duration_text(sum(seen.calls.values()))}."
    yield f"Working days after today until {seen.account.label} ends: {len(seen.working)}."


def _outlook(held: Standing, first: date, spent: int) -> Outlook:
    today, period = held.promise.today, held.current
    days = len(working_days(held.promise, first, today))
    calls: dict[date, int] = {}
    for at, minutes in held.calls:
        day = max(local_of(held.promise.zone, at).date(), today)
        calls[day] = calls.get(day, 0) + minutes
    end = min(period.after, today + timedelta(days=FURTHEST))
    return Outlook(
        today,
        period,
        [each for each in held.ledger.top_ups if each.after > today],
        working_days(held.promise, today + timedelta(days=1), end),
        calls,
        Pace(spent, days) if days >= FEWEST else None,
    )


def _since(held: Promise) -> date:
    """The first day on which hours were promised, else under contract."""
    starts = [each.first for each in held.segments] or [each.first for each in held.contracts]
    return min(starts, default=held.today)


def _paces(held: Mapping[int, Standing], windows: Mapping[int, date]) -> dict[int, int]:
    found = alike(
        "SELECT customer_id, SUM(minutes) FROM time_entry WHERE customer_id IN ({}) AND worked_on >= ?"
        f" AND worked_on < ? AND counts = 1 AND activity <> '{CALL}' GROUP BY customer_id",
        {key: (windows[key].isoformat(), each.promise.today.isoformat()) for key, each in held.items()},
    )
    return {key: int(minutes) for key, minutes in found}


@lru_cache(maxsize=256)
def _hours(zone: str, region: str) -> SupportHours:
    """The vendor's business hours, in the zone and without the holidays that the order agrees."""
    from contracts.current import business_hours
    from sla.hours import SupportHours

    form = business_hours().to_mapping()
    if zone:
        form["zone"] = zone
    if region and form.get("holidays"):
        form["holidays"] = region
    return SupportHours.parse(form)


@lru_cache(maxsize=1024)
def _open_days(hours: SupportHours, year: int) -> tuple[date, ...]:
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    start, end = day_bounds(hours.zone, first)[0], day_bounds(hours.zone, last)[1]
    days: set[int] = set()
    for opened, closed in calendar_of(hours).open_intervals(start, end):
        days.update(range(local_of(hours.zone, opened).toordinal(), local_of(hours.zone, closed - 1).toordinal() + 1))
    return tuple(date.fromordinal(day) for day in sorted(days))
