"""The periods that promised time is counted in: weeks, months, quarters or terms, and what is promised in each.

Support annex 2023-10-06 speaks of time a week, annex 2023-11-15 of an agreed amount during the term with more hours a
period (both "Technical account manager"). Everything here is a pure function of local dates; `after` is the first day
after a stretch.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import zip_longest
from typing import NamedTuple

WEEK, MONTH, QUARTER, TERM, NONE = "week", "month", "quarter", "term", "none"
"""What time is promised per; `none` is the time in which nothing is promised, told in months."""
NOTHING, CAPPED, FULL = "none", "capped", "full"
"""How much of what is left goes on to the next period."""
FOREVER = date.max
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Term(NamedTuple):
    """A term of a contract: `paid` is the first day after what was paid, `after` the first after its days of credit."""

    first: date
    paid: date
    after: date


class Stretch(NamedTuple):
    """Days from `first` to before `after`."""

    first: date
    after: date


class Segment(NamedTuple):
    """An allowance in force: `minutes` per `period` in the terms it runs in (none: the whole stretch is one term)."""

    period: str
    minutes: int
    first: date
    after: date
    carry: str = NOTHING
    carry_cap: int = 0
    carry_deficit: bool = False
    source: str = ""
    terms: tuple[Term, ...] = ()


class Part(NamedTuple):
    """What one allowance gives to a period: `minutes` for `days` in force of the `whole` days that it is agreed for."""

    minutes: int
    days: int
    whole: int
    source: str


class Period(NamedTuple):
    """A period and its promise in minutes, with the parts that it is made of; what is left goes on as `carry` says."""

    kind: str
    first: date
    after: date
    allowance: int
    parts: tuple[Part, ...] = ()
    carry: str = NOTHING
    carry_cap: int = 0
    carry_deficit: bool = False

    @property
    def label(self) -> str:
        """What people call it."""
        return label(self.kind, self.first, self.after)

    @property
    def carries(self) -> bool:
        """Whether anything goes on from it."""
        return self.carry != NOTHING or self.carry_deficit


class _Piece(NamedTuple):
    """A segment's share of a cell of its grid."""

    segment: Segment
    cell: Stretch
    first: date
    after: date
    days: int
    whole: int


def label(kind: str, first: date, after: date) -> str:
    """What people call a period: `week 23`, `Jun 2026`, `Q2 2026`, `term to 2026-12-31`."""
    if kind == WEEK:
        return f"week {first.isocalendar().week}"
    if kind == QUARTER:
        return f"Q{(first.month + 2) // 3} {first.year}"
    if kind == TERM:
        return "term without end" if after == FOREVER else f"term to {(after - timedelta(days=1)).isoformat()}"
    return f"{_MONTHS[first.month - 1]} {first.year}"


def cell(kind: str, day: date) -> Stretch:
    """The ISO week, the month (also for `none`) or the quarter that a day lies in."""
    if kind == WEEK:
        first = day - timedelta(days=day.weekday())
        return Stretch(first, _later(first, 7))
    months = 3 if kind == QUARTER else 1
    first = day.replace(month=day.month - (day.month - 1) % months, day=1)
    following = first.month - 1 + months
    if first.year == FOREVER.year and following > 11:
        return Stretch(first, FOREVER)
    return Stretch(first, date(first.year + following // 12, following % 12 + 1, 1))


def terms_of(found: Iterable[tuple[date, date, int]]) -> tuple[Term, ...]:
    """Terms by their first day, last paid day and days of credit; one ends where the next one starts."""
    ordered = sorted(found)
    starts = [first for first, _, _ in ordered[1:]] + [FOREVER]
    made = []
    for (first, last, credit), following in zip(ordered, starts, strict=True):
        paid = min(_later(last, 1), following)
        made.append(Term(first, paid, max(paid, min(_later(last, 1 + credit), following))))
    return tuple(term for term in made if term.first < term.after)


def layered(stretches: Sequence[Segment]) -> list[Segment]:
    """Segments by date without overlap: a later one of the sequence stands above the earlier ones."""
    found: list[Segment] = []
    for top in stretches:
        if top.first >= top.after:
            continue
        below = []
        for held in found:
            below.append(held._replace(after=min(held.after, top.first)))
            below.append(held._replace(first=max(held.first, top.after)))
        found = [held for held in below if held.first < held.after] + [top]
    return sorted(found, key=lambda held: held.first)


def clipped(segments: Iterable[Segment], stretches: Iterable[Stretch]) -> list[Segment]:
    """The segments within the stretches only."""
    ranges = list(stretches)
    found = [
        held._replace(first=max(held.first, first), after=min(held.after, after))
        for held in segments
        for first, after in ranges
    ]
    return sorted((held for held in found if held.first < held.after), key=lambda held: held.first)


def periods(segments: Sequence[Segment], until: date, since: date = date.min) -> list[Period]:
    """The periods that begin on or before `until` and end after `since`, oldest first.

    Each is clipped to the dates of its allowances and to the terms in force, and prorated by days, half up. Allowances
    of one kind that adjoin within a cell of the calendar are one period; another kind begins another one.
    """
    pieces = [piece for held in segments for piece in _pieces(held, until, since)]
    groups: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.first):
        last = groups[-1][-1] if groups else None
        if last and last.after == piece.first and last.cell == piece.cell and _kind(last) == _kind(piece):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [_period(group) for group in groups if group[0].first <= until and group[-1].after > since]


def filled(found: Sequence[Period], stretches: Iterable[Stretch]) -> list[Period]:
    """The periods that lie in the stretches, at least in part, with months of `none` where a stretch has none.

    Nothing is carried into those.
    """
    made: list[Period] = []
    for first, after in stretches:
        day = first
        for period in (held for held in found if first < held.after and held.first < after):
            made += _empty(day, period.first)
            made.append(period)
            day = period.after
        made += _empty(day, after)
    ordered = sorted(made, key=lambda period: period.first)
    return [_ending(held, then) for held, then in zip_longest(ordered, ordered[1:])]


def _ending(held: Period, then: Period | None) -> Period:
    """Carry nothing out of the last period before a time in which nothing is promised."""
    if then is not None and then.kind == NONE and then.first == held.after:
        return held._replace(carry=NOTHING, carry_deficit=False)
    return held


def _empty(first: date, after: date) -> list[Period]:
    made = []
    while first < after:
        ended = min(cell(NONE, first).after, after)
        made.append(Period(NONE, first, ended, 0))
        first = ended
    return made


def _pieces(held: Segment, until: date, since: date) -> list[_Piece]:
    if held.period == TERM:
        found = [_of_term(held, term) for term in held.terms or (Term(held.first, held.after, held.after),)]
        return [each for each in found if each.first < each.after and each.cell.first <= until]
    made = []
    for term in held.terms or (Term(held.first, held.after, held.after),):
        first, after = max(held.first, term.first), min(held.after, term.after)
        day = max(first, cell(held.period, since).first)
        while day < after and (whole := cell(held.period, day)).first <= until:
            end = min(whole.after, after)
            made.append(_Piece(held, whole, day, end, (end - day).days, (whole.after - whole.first).days))
            day = end
    return made


def _of_term(held: Segment, term: Term) -> _Piece:
    """A term grows by its credit days, but what is promised in it does not (design section 3)."""
    first, after = max(held.first, term.first), min(held.after, term.after)
    days = max((min(after, term.paid) - first).days, 0)
    return _Piece(held, Stretch(term.first, term.after), first, after, days, (term.paid - term.first).days)


def _kind(piece: _Piece) -> str:
    return piece.segment.period


def _period(group: list[_Piece]) -> Period:
    whole, last = group[0].whole, group[-1].segment
    # Twice the minute-days, so that half a minute goes up without a fraction.
    doubled = 2 * sum(piece.segment.minutes * piece.days for piece in group)
    allowance = (doubled + whole) // (2 * whole) if whole else 0
    parts: list[Part] = []
    for piece in group:
        given = Part(piece.segment.minutes, piece.days, whole, piece.segment.source)
        if parts and (parts[-1].minutes, parts[-1].source) == (given.minutes, given.source):
            parts[-1] = given._replace(days=parts[-1].days + given.days)
        else:
            parts.append(given)
    rule = (last.carry, last.carry_cap, last.carry_deficit)
    return Period(last.period, group[0].first, group[-1].after, allowance, tuple(parts), *rule)


def _later(day: date, days: int) -> date:
    return day + timedelta(days=days) if (FOREVER - day).days > days else FOREVER
