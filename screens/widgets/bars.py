"""The bar of a customer's hours: spent, reserved for planned calls, left; what is over grows to the right."""

from __future__ import annotations

from screens.widgets.plain_list import Pieces

SPENT, RESERVED, LEFT, OVER = "█", "▒", "░", "▓"


def hours_bar(spent: int, reserved: int, promised: int, over: int, cells: int) -> Pieces:
    """Return a bar of minutes in that many cells, and as much as half of them again where it is over.

    The pieces always take the same cells. Of what is spent or reserved at least a cell is seen.
    """
    beyond = cells // 2
    if promised <= 0 and spent <= 0:
        return (("quiet", " " * (cells + beyond)),)
    full = cells if promised <= 0 else _part(min(spent, promised), promised, cells)
    held = _part(min(reserved, max(promised - spent, 0)), promised, cells - full) if full < cells else 0
    more = min(beyond, max(1, -(-over * cells // promised))) if over and promised > 0 else beyond if over else 0
    style = "warning" if over else "accent"
    return (
        (style, SPENT * full),
        (style, RESERVED * held),
        ("quiet", LEFT * (cells - full - held)),
        ("alarm", OVER * more),
        ("plain", " " * (beyond - more)),
    )


def _part(minutes: int, whole: int, room: int) -> int:
    """Return how many of the cells that many minutes of the whole take; all only where nothing is left."""
    if minutes <= 0 or whole <= 0 or room <= 0:
        return 0
    return min(room, max(1, minutes * room // whole))
