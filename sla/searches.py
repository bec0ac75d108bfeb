"""Open time by binary search: little memory, and for hours too odd, or spans too long, for a table of slots."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable

from sla.layout import Layout


def fast_add(layout: Layout, other: Callable[[int, int], int]) -> Callable[[int, int], int]:
    """`add` on the layout; `other` answers what it does not hold."""
    _, last, starts, ends, sums = layout
    bounds = [*starts, last]
    shift = [start - before for start, before in zip(starts, sums, strict=False)]

    def add(start: int, seconds: int) -> int:
        index = bisect_right(bounds, start) - 1
        if index >= 0 and seconds > 0:
            try:
                used = (start - shift[index] if start < ends[index] else sums[index + 1]) + seconds
                return used + shift[bisect_left(sums, used) - 1]
            except IndexError:
                pass  # past the last interval: `other` goes there
        return other(start, seconds)

    return add


def fast_between(layout: Layout, other: Callable[[int, int], int]) -> Callable[[int, int], int]:
    """`between` on the layout; `other` answers what it does not hold."""
    _, last, starts, ends, sums = layout
    bounds = [*starts, last]
    shift = [start - before for start, before in zip(starts, sums, strict=False)]

    def between(start: int, end: int) -> int:
        low, high = bisect_right(bounds, start) - 1, bisect_right(bounds, end) - 1
        if low >= 0 and high >= 0:
            try:
                return (end - shift[high] if end < ends[high] else sums[high + 1]) - (
                    start - shift[low] if start < ends[low] else sums[low + 1]
                )
            except IndexError:
                pass  # past the last interval: `other` goes there
        return other(start, end)

    return between
