"""Arithmetic on the open time of support hours, in integer UTC seconds."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from threading import Lock

from sla import searches, slots
from sla.errors import OutOfRange
from sla.hours import DAY_MINUTES, SupportHours
from sla.layout import DAY, EPOCH_ORDINAL, FIRST, FIRST_YEAR, LAST, LAST_YEAR, Layout, lay_out, year_of

WEEK = 7 * DAY
FAR_YEARS = 100
"""A question further away than this starts a layout of its own: all the years between would take memory for nothing."""


class Calendar:
    """The open time of support hours (design section 7).

    `add(start, seconds)` first moves a start without open time right after it to the next opening; an amount used up
    exactly at closing answers the closing. `between(start, end)` is the open time, negative where reversed. Both raise
    OutOfRange beyond the years 1 to 9999, or where the hours never open again; an amount below zero is a ValueError.

    Everything is answered from one immutable layout, which a question outside it replaces by a longer one: any number
    of threads may ask.
    """

    __slots__ = (
        "_layout",
        "_lock",
        "_often",
        "_slots",
        "_span",
        "add",
        "between",
        "hours",
        "never_closes",
        "ordinary_day",
    )

    add: Callable[[int, int], int]
    between: Callable[[int, int], int]

    def __init__(self, hours: SupportHours) -> None:
        self.hours = hours
        self.never_closes = _never_closes(hours)
        self.ordinary_day = _ordinary_day(hours)
        self._span = _span(hours)
        self._lock = Lock()
        self._layout: Layout | None = None
        self._slots: slots.Slots | None = None
        self._often = False
        self.add = _elapsed_add if self.never_closes else self._add
        self.between = _elapsed_between if self.never_closes else self._between

    def business_day(self) -> int:
        """Open seconds of an ordinary day: the most common length of the days of the week that open."""
        return self.ordinary_day

    def subtract(self, end: int, seconds: int) -> int:
        """The mirror of `add`: an end without open time right before it first moves to the previous closing."""
        if self.never_closes:
            _refuse_negative(seconds)
            return _inside(end - seconds)
        self._refuse_impossible(end - FIRST, seconds)
        layout = self._covering(end)
        while True:
            used = _position(layout, end) - seconds
            if used >= 0:
                index = (bisect_right(layout.sums, used) if seconds else bisect_left(layout.sums, used)) - 1
                if index >= 0:
                    return layout.starts[index] + used - layout.sums[index]
            layout = self._earlier(layout)

    def is_open(self, instant: int) -> bool:
        """Whether support is open; the closing instant is not."""
        if self.never_closes:
            return True
        layout = self._covering(instant)
        index = bisect_right(layout.starts, instant) - 1
        return index >= 0 and instant < layout.ends[index]

    def next_opening(self, instant: int) -> int:
        """The instant itself where open, else when it opens next. Raises OutOfRange where it never does."""
        return self.add(instant, 0)

    def next_closing(self, instant: int) -> int | None:
        """When what is open now, or else opens next, closes; None where it never closes again."""
        if self.never_closes:
            return None
        opening = self._add(instant, 0)
        layout = self._covering(opening)
        while True:
            closing = layout.ends[bisect_right(layout.starts, opening) - 1]
            if closing < layout.last:
                return closing
            if layout.last >= LAST or self._only_open_after(closing):
                return None
            layout = self._later(layout)

    def prepare(self, first: int, last: int, *, often: bool = False) -> None:
        """Lay out the open time between two instants now, so that later questions inside touch no file.

        `often`: a million questions will come; tables of a megabyte or more then answer them in half the time.
        """
        if self.never_closes:
            return
        self._spanning(first, last)
        with self._lock:
            if often and not self._often and self._layout is not None:
                self._often = True
                self._answer_from(self._layout)

    def add_many(self, starts: Sequence[int], seconds: int | Sequence[int]) -> list[int]:
        """`add` of one amount, or of an amount each, to many starts."""
        amounts = [seconds] * len(starts) if isinstance(seconds, int) else seconds
        found = slots.add_many(self._slots, starts, amounts) if self._slots else None
        if found is not None:
            return found
        return [self.add(start, amount) for start, amount in zip(starts, amounts, strict=True)]

    def between_many(self, starts: Sequence[int], ends: Sequence[int]) -> list[int]:
        """`between` of many pairs."""
        found = slots.between_many(self._slots, starts, ends) if self._slots else None
        if found is not None:
            return found
        return [self.between(start, end) for start, end in zip(starts, ends, strict=True)]

    def open_intervals(self, start: int, end: int) -> list[tuple[int, int]]:
        """The open intervals between two instants, clipped to them."""
        if self.never_closes:
            return [(_inside(start), _inside(end))] if start < end else []
        layout = self._spanning(start, max(start, end))
        index = max(bisect_right(layout.starts, start) - 1, 0)
        found = []
        while index < len(layout.starts) and layout.starts[index] < end:
            low, high = max(layout.starts[index], start), min(layout.ends[index], end)
            if low < high:
                found.append((low, high))
            index += 1
        return found

    def _add(self, start: int, seconds: int) -> int:
        self._refuse_impossible(LAST - start, seconds)
        layout = self._covering(start)
        while True:
            used = _position(layout, start) + seconds
            index = (bisect_left(layout.sums, used) if seconds else bisect_right(layout.sums, used)) - 1
            if index < len(layout.starts):
                return layout.starts[index] + used - layout.sums[index]
            layout = self._later(layout)

    def _between(self, start: int, end: int) -> int:
        layout = self._spanning(min(start, end), max(start, end))
        return _position(layout, end) - _position(layout, start)

    def _covering(self, instant: int) -> Layout:
        return self._spanning(instant, instant)

    def _spanning(self, low: int, high: int) -> Layout:
        layout = self._layout
        if layout is not None and layout.first <= low and high < layout.last:
            return layout
        return self._reach(low, high)

    def _later(self, layout: Layout) -> Layout:
        if layout.last >= self._span[1]:
            raise OutOfRange("These support hours have no more open time after that, up to the year 9999")
        return self._spanning(layout.first, layout.last)

    def _earlier(self, layout: Layout) -> Layout:
        if layout.first <= self._span[0]:
            raise OutOfRange("These support hours have no more open time before that, down to the year 1")
        return self._spanning(layout.first - 1, layout.last - 1)

    def _reach(self, low: int, high: int) -> Layout:
        """A layout that holds both instants: the one at hand made longer, or another where that is centuries away."""
        first, last = year_of(_inside(low)) - 1, year_of(_inside(high)) + 1
        with self._lock:
            layout = self._layout
            if layout is not None:
                if layout.first <= low and high < layout.last:
                    return layout
                known_first, known_last = year_of(layout.first), year_of(layout.last - 1)
                if first - FAR_YEARS <= known_last and known_first <= last + FAR_YEARS:
                    # At least twice as long in the direction that was asked for, so that growing stays cheap.
                    span = known_last - known_first + 1
                    first = min(first, known_first - span) if low < layout.first else known_first
                    last = max(last, known_last + span) if high >= layout.last else known_last
            layout = lay_out(self.hours, max(first, FIRST_YEAR), min(last, LAST_YEAR))
            self._answer_from(layout)
            return layout

    def _answer_from(self, layout: Layout) -> None:
        """Answer from this layout, or from tables made of it."""
        table = slots.slots_of(layout) if self._often else None
        self._layout, self._slots = layout, table
        self.add = slots.fast_add(table, self._add) if table else searches.fast_add(layout, self._add)
        self.between = (
            slots.fast_between(table, self._between) if table else searches.fast_between(layout, self._between)
        )

    def _refuse_impossible(self, room: int, seconds: int) -> None:
        """Refuse at once what no calendar of this week can answer, before years are laid out for it."""
        _refuse_negative(seconds)
        weekly = sum(end - start for day in self.hours.week for start, end in day) * 60
        extra = sum(DAY for _ in self.hours.extra_open) * 2
        # Ten minutes a week are more than the hours that a change of the clocks shows twice.
        if seconds > (room // WEEK + 2) * (weekly + 600) + extra:
            raise OutOfRange("That much open time leads out of the years 1 to 9999")

    def _only_open_after(self, instant: int) -> bool:
        whole_week = all(_is_whole(day) for day in self.hours.week)
        listed = (*self.hours.holidays, *self.hours.extra_closed, *(day for day, _ in self.hours.extra_open))
        return whole_week and not self.hours.country and all(_day_start(day) + 2 * DAY < instant for day in listed)


@lru_cache(maxsize=256)
def calendar_of(hours: SupportHours) -> Calendar:
    """The calendar of support hours; equal hours share one."""
    return Calendar(hours)


def _position(layout: Layout, instant: int) -> int:
    index = bisect_right(layout.starts, instant) - 1
    if index < 0:
        return 0
    return layout.sums[index] + min(instant, layout.ends[index]) - layout.starts[index]


def _elapsed_add(start: int, seconds: int) -> int:
    if FIRST <= start <= (due := start + seconds) < LAST:
        return due
    _refuse_negative(seconds)
    _inside(start)
    return _inside(due)


def _elapsed_between(start: int, end: int) -> int:
    return end - start


def _inside(instant: int) -> int:
    if FIRST <= instant < LAST:
        return instant
    raise OutOfRange("Instants are answered from the year 1 to the year 9999")


def _refuse_negative(seconds: int) -> None:
    if seconds < 0:
        raise ValueError(f"An amount of open time is not below zero: {seconds} seconds")


def _is_whole(day: Sequence[tuple[int, int]]) -> bool:
    return sum(end - start for start, end in day) == DAY_MINUTES


def _never_closes(hours: SupportHours) -> bool:
    if hours.country or hours.holidays or hours.extra_closed:
        return False
    return all(_is_whole(day) for day in (*hours.week, *(day for _, day in hours.extra_open)))


def _ordinary_day(hours: SupportHours) -> int:
    days = [day for day in hours.week if day] or [day for _, day in hours.extra_open if day]
    lengths = Counter(sum(end - start for start, end in day) * 60 for day in days)
    return max(lengths, key=lambda length: (lengths[length], length))


def _day_start(day: str) -> int:
    return (date.fromisoformat(day).toordinal() - EPOCH_ORDINAL) * DAY


def _span(hours: SupportHours) -> tuple[int, int]:
    """The instants between which the hours open at all; dates have a day to spare for the zone."""
    if any(hours.week):
        return FIRST, LAST
    days = [_day_start(day) for day, intervals in hours.extra_open if intervals]
    return max(min(days) - DAY, FIRST), min(max(days) + 2 * DAY, LAST)
