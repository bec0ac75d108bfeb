"""The annexes' tables as they are printed, and what a printed cell means."""

import csv
import re
import tomllib
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
Objective = tuple[str, int | None, int | None]
"""Kind, minutes, floor in minutes."""


def columns(name: str) -> dict[str, dict[str, str]]:
    """A table by column heading, then by row label."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        heading, *rows = csv.reader(file)
    return {column: {row[0]: row[index] for row in rows} for index, column in enumerate(heading) if index}


def facts(name: str) -> dict[str, Any]:
    """The facts that stand outside a table."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def objective(cell: str) -> Objective:
    """What a printed response time means."""
    hours = re.fullmatch(r"(\d+) business hours?", cell)
    if hours:
        return "duration", int(hours[1]) * 60, None
    floor = re.fullmatch(r"(?:bespoke \(as low as |up to )(\d+)min\)?", cell)
    if floor:
        return "bespoke", None, int(floor[1])
    return {"Best effort": "best_effort", "n/a": "none", "bespoke": "bespoke"}[cell], None, None


def hours(cell: str) -> tuple[str, str]:
    """What printed support hours mean: kind and name."""
    return {
        "Business hours": ("named", "business"),
        "Extended hours": ("named", "extended"),
        "up to 24x7": ("bespoke", "24x7"),
        "bespoke (up to 24x7)": ("bespoke", "24x7"),
    }[cell]
