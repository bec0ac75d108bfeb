"""A table as text: figures right, words left."""

from __future__ import annotations

from collections.abc import Sequence


def show(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table."""
    cells = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    print(f"\n{title}")
    for number, row in enumerate(cells):
        first = row[0].ljust(widths[0])
        print(
            "  ".join([first, *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]).rstrip()
        )
        if number == 0:
            print("  ".join("-" * width for width in widths))


def verdict(promise: str, held: bool) -> None:
    """Say whether a promise held in this run."""
    print(f"  {'holds ' if held else 'BROKEN'}  {promise}")
