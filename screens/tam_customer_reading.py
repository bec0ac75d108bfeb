"""What the screen of a customer's hours reads: the numbers above, the chart, and one of the lists below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from contracts.words import duration_text
from screens.tam_shapes import SIGNS, agreed_shape, entries_shape, periods_shape
from screens.widgets.bars import hours_bar
from screens.widgets.burn_chart import drawn
from screens.widgets.plain_list import Pieces, Shape
from screens.widgets.text import clean
from tam.alerts import alerts, see
from tam.balance import Balance, accounts, balance
from tam.burn_down import BurnDown, burn_down
from tam.entry_reading import PAGE, entries
from tam.entry_words import clock_text
from tam.forecast import Forecast, forecast

ENTRIES, AGREED, PERIODS, CALLS, ACTIONS, FEEDBACK = "Entries", "Agreed", "Periods", "Calls", "Actions", "Feedback"
PARTS = (ENTRIES, AGREED, PERIODS, CALLS, ACTIONS, FEEDBACK)
NO_CHART, PERIOD_CHART, TERM_CHART = "none", "period", "term"
CHARTS = (PERIOD_CHART, TERM_CHART, NO_CHART)
BAR = 24


class Wanted(NamedTuple):
    """What is asked for: the list, how many entries of it, which chart, and its cells and lines."""

    part: str
    most: int
    chart: str
    width: int
    height: int


class Seen(NamedTuple):
    """What is shown; `contract_id` is the contract in force today, `more` that older entries follow."""

    held: Balance
    forecast: Forecast
    lines: Sequence[object]
    more: bool
    contract_id: int | None
    burnt: BurnDown | None
    chart: list[str]


def read_hours(customer_id: int, now: int, wanted: Wanted) -> Seen:
    """Read it; runs on the database thread, where the chart is drawn too."""
    held = balance(customer_id, now)
    lines = _lines(customer_id, now, wanted)
    burnt, chart = None, []
    if wanted.chart != NO_CHART:
        burnt = burn_down(customer_id, now, wanted.chart == TERM_CHART)
        chart = drawn(burnt, wanted.width, wanted.height)
    more = wanted.part == ENTRIES and len(lines) == wanted.most
    return Seen(held, forecast(customer_id, now), lines, more, held.coverage.contract_id, burnt, chart)


def _lines(customer_id: int, now: int, wanted: Wanted) -> Sequence[object]:
    """Return the lines of a list."""
    if wanted.part == ENTRIES:
        return entries(customer_id, limit=max(wanted.most, PAGE))
    if wanted.part == AGREED:
        from tam.agreed import agreed

        found = agreed(customer_id, now)
        return [*found.allowances, *found.top_ups]
    if wanted.part == PERIODS:
        return accounts(customer_id, now)
    if wanted.part == CALLS:
        from tam.call_list import call_list

        return call_list(customer_id, now).lines
    if wanted.part == ACTIONS:
        from tam.actions import OPEN, actions

        return sorted(actions(customer_id, now, None), key=lambda each: each.state != OPEN)
    from tam.feedback import of_customer

    return of_customer(customer_id)


def see_alerts(customer_id: int, actor: int, now: int) -> None:
    """Remember that the alerts of a customer were looked at; only those that are this person's."""
    see([each.id for each in alerts(actor, now) if each.customer_id == customer_id], actor, now)


def shape_of(part: str, now: int, zone: str, today: date) -> Shape:
    """Return how the lines of a list are drawn."""
    if part == ENTRIES:
        return entries_shape()
    if part == AGREED:
        return agreed_shape(today)
    if part == PERIODS:
        return periods_shape(today)
    from screens.call_shapes import calls_shape, came_of_it

    if part == CALLS:
        return calls_shape(now, zone, True)
    if part == ACTIONS:
        empty, head = "No action was agreed. n notes one.", "   Side   Who            Due               What"
    else:
        empty, head = (
            "Nothing was noted. n notes what the customer said.",
            "          By             Ticket            What",
        )
    return came_of_it(now, zone)._replace(heading=lambda width: head, empty=empty)


def numbers_of(seen: Seen) -> list[Pieces]:
    """Return the lines above everything: whose hours, the bar, and what is left, reserved and foreseen."""
    held, period = seen.held, seen.held.period
    alert = 100 if held.over or held.percent >= 100 else 80 if held.percent >= 80 else 0
    style = "alarm" if held.over else "warning" if alert else "plain"
    spent = f"{clock_text(held.spent)} of {clock_text(held.promised)} · {period.label}"
    first: Pieces = (
        ("strong", f" {clean(held.customer)}  "),
        *hours_bar(held.spent, held.reserved, held.promised, held.over, BAR)[:-1],
        (style, f" {SIGNS[alert]} {spent}, {held.percent} %"),
        ("quiet", f"   TAM {clean(held.tam or '–')}"),
    )
    parts = [f"{clock_text(held.over)} over"] if held.over else []
    if held.left or not held.over:
        parts.append(f"{clock_text(held.left)} left")
    if held.reserved:
        free = f"{clock_text(held.free)} free" if held.free >= 0 else f"{clock_text(-held.free)} of that not there"
        parts += [f"{clock_text(held.reserved)} reserved for planned calls", free]
    if held.late.entries:
        parts.append(f"{duration_text(held.late.minutes)} late from closed periods")
    covered = "" if held.coverage.covered else clean(held.coverage.reason)
    second: Pieces = (
        (style if held.over else "plain", f" {', '.join(parts)}"),
        ("alarm" if held.over else "warning" if seen.forecast.on else "quiet", f"   {seen.forecast.text}"),
        ("warning", f"   {covered}" if covered else ""),
    )
    return [first, second]
