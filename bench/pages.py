"""Pages of every view at a million tickets, by key, beside OFFSET."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

from bench.desks import LOGIN, desk
from bench.table import show, verdict
from models.access import identify
from models.connection import open_desk
from models.reading import rows
from tickets import reading

ROUNDS = 40
LINES = 50


def milliseconds(read: Callable[[], object]) -> float:
    """The median of some rounds."""
    found = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        read()
        found.append((time.perf_counter() - begun) * 1000)
    return median(found)


def main() -> None:
    """Print the table."""
    open_desk(desk("million", 1_000_000))
    now = int(time.time())
    person = identify(LOGIN, now).id
    table, worst = [], 0.0
    for view in reading.VIEWS:

        def page(key: str = view.key, **where: object) -> list[reading.QueueRow]:
            return reading.page(key, person, now, limit=LINES, **where)  # type: ignore[arg-type]

        first = milliseconds(page)
        deep = reading.page(view.key, person, now, limit=20_000)
        later = milliseconds(lambda: page(after=deep[-1].key)) if deep else 0.0  # noqa: B023 - called at once
        last = milliseconds(lambda: page(last=True))
        counted = milliseconds(lambda: reading.count(view.key, person, now))  # noqa: B023 - called at once
        worst = max(worst, first, later, last)
        table.append((view.title, *(f"{figure:.2f}" for figure in (first, later, last, counted))))
    offset = milliseconds(lambda: rows("SELECT id, subject FROM ticket ORDER BY id LIMIT 50 OFFSET 500000"))
    show(
        f"Pages of {LINES} at 1,000,000 tickets, median ms",
        ("view", "first", "20,000 later", "last", "count"),
        [*table, ("peer: OFFSET 500,000", "", f"{offset:.2f}", "", "")],
    )
    verdict("any page of any view within 1 ms", worst <= 1)
