"""What a line says of a customer's hours, an entry, what was agreed, and a period."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple, cast

from contracts.words import duration_text
from screens.widgets.bars import hours_bar
from screens.widgets.plain_list import Pieces, Shape
from screens.widgets.text import clean, fit
from screens.widgets.when import when
from tam.agreed import TopUpLine
from tam.entry_reading import EntryRow
from tam.entry_words import clock_text, day_text
from tam.ledger import PeriodAccount
from tam.portfolio import TamLine
from tam.promises import AllowanceRow

WIDE = 100
SIGNS = {0: " ", 80: "◐", 100: "✕"}
"""How far a budget has been used, of what is told."""


class _Columns(NamedTuple):
    """The cells of the columns, each with the gap after it; 0: there is no room for it."""

    name: int
    bar: int
    spent: int
    period: int
    forecast: int
    call: int


_WIDE = _Columns(20, 14, 17, 19, 17, 13)
_NARROW = _Columns(13, 8, 16, 0, 16, 13)


def portfolio_shape(now: int, zone: str) -> Shape:
    """Shape a customer's hours: bar, spent of agreed, period, forecast, next call, overdue actions."""

    def heading(width: int) -> str:
        cells = _WIDE if width >= WIDE else _NARROW
        period = f"{'Period':<{cells.period}}" if cells.period else ""
        spent = "Spent of agreed" if cells is _WIDE else "Spent"
        return (
            f"   {'Customer':<{cells.name}}{'Hours':<{cells.bar * 3 // 2}}{spent:>{cells.spent - 1}} "
            f"{period}{'Forecast':<{cells.forecast}}{'Next call':<{cells.call}}Overdue"
        )

    def line(item: object, width: int) -> Pieces:
        held, cells = cast(TamLine, item), _WIDE if width >= WIDE else _NARROW
        style = {0: "plain", 80: "warning"}.get(held.alert, "alarm" if held.over else "warning")
        call = when(held.next_call_at, now, zone) if held.next_call_at else "none"
        spent = f"{clock_text(held.spent)} of {clock_text(held.allowance)}" if held.allowance or held.spent else "–"
        foreseen = held.forecast.partition(",")[0]
        return (
            (style, f" {SIGNS[held.alert]} "),
            ("plain", f"{fit(held.customer, cells.name - 1)} "),
            *hours_bar(held.spent, held.reserved, held.allowance, held.over, cells.bar),
            (style, f"{spent:>{cells.spent - 1}} "),
            ("quiet", f"{fit(held.period, cells.period - 1)} " if cells.period else ""),
            (_foreseen(held), f"{fit(foreseen, cells.forecast - 1)} "),
            ("plain" if held.next_call_at else "quiet", f"{fit(call, cells.call - 1)} "),
            ("alarm", f"! {held.overdue_actions}" if held.overdue_actions else ""),
        )

    return Shape(heading, line, "No customer has promised hours yet; tamdesk hours allow agrees on some.")


def _foreseen(held: TamLine) -> str:
    return "alarm" if held.over else "warning" if held.runs_out_on else "quiet"


def entries_shape() -> Shape:
    """Shape a time entry: day, length, whose, activity, whether it counts, its ticket and its note."""

    def heading(width: int) -> str:
        name = 16 if width >= WIDE else 10
        return f" {'Day':<17}{'Time':>6}  {'Who':<{name}}{'Activity':<21}{'Counts':<9}Note"

    def line(item: object, width: int) -> Pieces:
        held, name = cast(EntryRow, item), 16 if width >= WIDE else 10
        counts = "late" if held.counts and held.late else "yes" if held.counts else "–"
        link = f"#{held.ticket_id} " if held.ticket_id is not None else ""
        return (
            ("plain", f" {fit(day_text(held.on), 16)} {clock_text(held.minutes):>6}  "),
            ("quiet", f"{fit(held.person, name - 1)} "),
            ("plain" if held.counts else "quiet", f"{fit(held.activity, 20)} "),
            ("warning" if counts == "late" else "quiet", f"{counts:<9}"),
            ("quiet", link + clean(" ".join(held.note.split()))),
        )

    return Shape(heading, line, "No time was logged. n logs some, t starts the timer.")


def agreed_shape(today: date) -> Shape:
    """Shape an allowance or a top-up: from when to when, how much, what becomes of the rest."""

    def heading(width: int) -> str:
        hours, rest = _agreed_columns(width)
        return f" {'What':<11}{'From':<12}{'To':<12}{'Hours':<{hours}}{'The rest':<{rest}}Agreed in"

    def line(item: object, width: int) -> Pieces:
        hours, rest = _agreed_columns(width)
        if isinstance(item, AllowanceRow):
            return _allowance(item, today, hours, rest)
        held, account = cast(TopUpLine, item)
        gone = held.ends_on <= today.isoformat()
        left = f"{duration_text(account.left)} left" if account.left else "used up" if not account.lapsed else "lapsed"
        style = "quiet" if gone else "plain"
        return (
            (style, f" {'top-up':<11}{held.starts_on:<12}{_last(held.ends_on):<12}"),
            ("strong" if not gone else "quiet", fit(duration_text(held.minutes), hours - 1) + " "),
            (style, fit(left, rest - 1) + " "),
            ("quiet", clean(held.note)),
        )

    return Shape(heading, line, "Nothing is agreed beside the order. a agrees hours, p adds a top-up.")


def _agreed_columns(width: int) -> tuple[int, int]:
    """Return the cells of how much, and of what becomes of the rest."""
    return (22, 26) if width >= WIDE else (17, 17)


def _allowance(held: AllowanceRow, today: date, hours: int, rest: int) -> Pieces:
    gone = held.ends_on is not None and held.ends_on <= today.isoformat()
    until = _last(held.ends_on) if held.ends_on else "open-ended"
    carry = {"none": "the rest lapses", "full": "carries on"}.get(held.carry, "")
    if held.carry == "capped":
        carry = f"carries {duration_text(held.carry_cap or 0)}"
    if held.carry_deficit:
        carry += ", debts too"
    style = "quiet" if gone else "plain"
    what = "allowance" if held.id else "order"
    return (
        (style, f" {what:<11}{held.starts_on:<12}{until:<12}"),
        ("quiet" if gone else "strong", fit(f"{duration_text(held.minutes)} per {held.period}", hours - 1) + " "),
        (style, fit(carry, rest - 1) + " "),
        ("quiet", clean(held.reason)),
    )


def _last(ends_on: str) -> str:
    return (date.fromisoformat(ends_on) - timedelta(days=1)).isoformat()


def periods_shape(today: date) -> Shape:
    """Shape a period: what was given, carried, added, spent, and what became of the rest."""

    def heading(width: int) -> str:
        state = f"{'State':<12}" if width >= WIDE else "  "
        return f" {'Period':<19}{state}{'Given':>8}{'Carried':>9}{'Added':>8}{'Spent':>8}{'Over':>7}   Rest"

    def line(item: object, width: int) -> Pieces:
        held = cast(PeriodAccount, item)
        ended = held.after <= today
        state = "✓ closed" if held.closed else "! to close" if ended else "○ running"
        style = "quiet" if held.closed else "warning" if ended else "plain"
        return (
            ("plain", f" {fit(held.label, 18)} "),
            (style, f"{state:<12}" if width >= WIDE else f"{state[0]} "),
            ("plain", f"{clock_text(held.allowance):>8}{_signed(held.carried_in):>9}"),
            ("plain", f"{_signed(sum(held.from_top_ups.values())):>8}{clock_text(held.spent):>8}"),
            ("alarm" if held.over else "quiet", f"{_signed(held.over):>7}"),
            ("quiet", f"   {_rest(held)}"),
        )

    return Shape(heading, line, "No period yet: nothing was agreed, and nothing spent.")


def _signed(minutes: int) -> str:
    return "–" if not minutes else clock_text(minutes) if minutes > 0 else f"-{clock_text(-minutes)}"


def _rest(held: PeriodAccount) -> str:
    parts = [(held.left, "left"), (held.lapsed, "lapsed"), (held.carried_out, "carried on")]
    told = [f"{clock_text(minutes)} {word}" for minutes, word in parts if minutes > 0]
    if held.carried_out < 0:
        told.append(f"{clock_text(-held.carried_out)} of debt carried on")
    return ", ".join(told) or "–"
