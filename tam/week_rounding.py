"""A week looked at in whole steps: a view, which nothing is typed into."""

from __future__ import annotations

from collections.abc import Sequence

from tam.entry_reading import EntryRow
from tam.rounding import ENTRY, rounded
from tam.week import Week


def rounded_week(week: Week, entries: Sequence[EntryRow], step_minutes: int, per: str) -> Week:
    """The sheet in steps (minutes) `per` "entry", where each cell is the sum of its rounded entries, or "person-day",
    where the days are rounded and the cells stay as worked. `entries` are those of the week and person."""
    found = rounded(entries, step_minutes, per)
    if per != ENTRY:
        days = {group.on: group.rounded for group in found.groups}
        return week._replace(totals=tuple(days.get(day, 0) for day in week.days))
    steps = {group.entry_id: group.rounded for group in found.groups}
    cells: dict[tuple[int, str], list[int]] = {}
    for each in entries:
        cell = cells.setdefault((each.customer_id, each.activity), [0] * 7)
        cell[week.days.index(each.on)] += steps[each.id]
    rows = tuple(
        row._replace(minutes=tuple(cells.get((row.customer_id, row.activity), row.minutes))) for row in week.rows
    )
    return week._replace(rows=rows, totals=tuple(sum(row.minutes[day] for row in rows) for day in range(7)))
