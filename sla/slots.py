"""Open time by slot: a table in place of a search, some four times as fast, where all boundaries are regular."""

from collections.abc import Callable, Sequence
from math import gcd
from typing import NamedTuple

from sla.layout import Layout

MOST_SLOTS = 400_000
"""Three tables of this length take 10 MB; odder hours, and spans of many decades, are searched instead."""


class Slots(NamedTuple):
    """Slots of equal length, each wholly open or wholly closed.

    The open time before `t` in slot `s` is `base[s] + is_open[s] * t`; the instant at which open time `p` is used up is
    `p + shift[(p - 1) // size]`.
    """

    first: int
    last: int
    size: int
    is_open: list[int]
    base: list[int]
    shift: list[int]


def slots_of(layout: Layout) -> Slots | None:
    """The tables of a layout; None where they would be too long."""
    first, last, starts, ends, sums = layout
    size = gcd(last - first, *(start - first for start in starts), *(end - first for end in ends))
    if size == 0 or (last - first) // size > MOST_SLOTS:
        return None
    is_open: list[int] = []
    base: list[int] = []
    shift: list[int] = []
    reached = first
    for start, end, before in zip(starts, ends, sums, strict=False):
        closed, opened = (start - reached) // size, (end - start) // size
        is_open += [0] * closed + [1] * opened
        base += [before] * closed + [before - start] * opened
        shift += [start - before] * opened
        reached = end
    closed = (last - reached) // size
    return Slots(first, last, size, is_open + [0] * closed, base + [sums[-1]] * closed, shift)


def fast_add(slots: Slots, other: Callable[[int, int], int]) -> Callable[[int, int], int]:
    """`add` on the tables; `other` answers what they do not hold."""
    first, _, size, is_open, base, shift = slots

    def add(start: int, seconds: int) -> int:
        if start >= first and seconds > 0:
            try:
                slot = (start - first) // size
                used = base[slot] + is_open[slot] * start + seconds
                return used + shift[(used - 1) // size]
            except IndexError:
                pass  # past the last slot: `other` goes there
        return other(start, seconds)

    return add


def fast_between(slots: Slots, other: Callable[[int, int], int]) -> Callable[[int, int], int]:
    """`between` on the tables; `other` answers what they do not hold."""
    first, _, size, is_open, base, _ = slots

    def between(start: int, end: int) -> int:
        if start >= first and end >= first:
            try:
                low, high = (start - first) // size, (end - first) // size
                return base[high] + is_open[high] * end - base[low] - is_open[low] * start
            except IndexError:
                pass  # past the last slot: `other` goes there
        return other(start, end)

    return between


def add_many(slots: Slots, starts: Sequence[int], amounts: Sequence[int]) -> list[int] | None:
    """`add` of each amount (above zero) to its start; None where the tables end too early."""
    first, last, size, is_open, base, shift = slots
    if not starts or min(starts) < first or max(starts) >= last or min(amounts) <= 0:
        return None
    try:
        return [
            (used := base[slot := (start - first) // size] + is_open[slot] * start + seconds)
            + shift[(used - 1) // size]
            for start, seconds in zip(starts, amounts, strict=True)
        ]
    except IndexError:
        return None


def between_many(slots: Slots, starts: Sequence[int], ends: Sequence[int]) -> list[int] | None:
    """`between` of each pair; None where the tables end too early."""
    first, last, size, is_open, base, _ = slots
    if not starts or not ends or any(min(some) < first or max(some) >= last for some in (starts, ends)):
        return None
    return [
        base[high := (end - first) // size]
        + is_open[high] * end
        - base[low := (start - first) // size]
        - is_open[low] * start
        for start, end in zip(starts, ends, strict=True)
    ]
