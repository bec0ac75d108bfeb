"""Which call of a series goes where once the series has changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tam.call_reading import CallRow
from tam.call_rules import PLANNED
from tam.recurrence import Slot


def pair(
    calls: Sequence[tuple[CallRow, date]], slots: Sequence[Slot]
) -> tuple[list[tuple[CallRow, int]], list[CallRow]]:
    """The calls (each with the local date of its slot) with their new slots, and those that are left without one.

    A call keeps its slot where that is still one, else takes one of its week; what follows the series then takes the
    slots that remain, in order. A call that was moved by hand or skipped was so for its week, and takes no other.
    """
    free = {slot.at: slot for slot in slots}
    placed: list[tuple[CallRow, int]] = []
    left: list[tuple[CallRow, date]] = []
    for call, on in calls:
        if call.slot_at in free:
            placed.append((call, free.pop(call.slot_at).at))
        else:
            left.append((call, on))
    for call, on in list(left):
        same_week = [slot for slot in free.values() if _week(date.fromisoformat(slot.on)) == _week(on)]
        if same_week:
            placed.append((call, free.pop(same_week[0].at).at))
            left.remove((call, on))
    following = [(call, on) for call, on in left if call.state == PLANNED and not call.moved]
    for (call, on), slot_at in zip(following, sorted(free), strict=False):
        placed.append((call, slot_at))
        left.remove((call, on))
    return placed, [call for call, _ in left]


def _week(on: date) -> tuple[int, int]:
    year, week, _ = on.isocalendar()
    return year, week
