"""What a closed period holds: time that was booked in it stays, whichever way somebody would take it back."""

from models.errors import CannotUndo
from models.reading import one
from models.statements import Row


def keep_closed(*states: Row | None) -> None:
    """Raise CannotUndo where one of these states of a time entry counts in a period that is closed."""
    for row in filter(None, states):
        _refuse(
            "c.id = ? AND p.starts_on <= ? AND p.ends_on > ?", (row["customer_id"], row["booked_on"], row["booked_on"])
        )


def keep_closed_range(first: int, last: int) -> None:
    """The same for all entries of a range of ids, such as an import added."""
    _refuse(
        "EXISTS (SELECT 1 FROM time_entry e WHERE e.id BETWEEN ? AND ? AND e.customer_id = p.customer_id"
        " AND e.booked_on >= p.starts_on AND e.booked_on < p.ends_on)",
        (first, last),
    )


def _refuse(condition: str, params: tuple[object, ...]) -> None:
    closed = one(
        "SELECT c.name, p.starts_on FROM closed_period p JOIN customer c ON c.id = p.customer_id"
        f" WHERE {condition} ORDER BY p.starts_on LIMIT 1",
        params,
    )
    if closed is not None:
        raise CannotUndo(
            f"{closed[0]}'s period from {closed[1]} on is closed since; a lead reopens it, or enter a correction."
        )
