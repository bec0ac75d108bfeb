"""What a closed period holds: time that was booked in it stays, whichever way somebody would take it back."""

from models.errors import CannotUndo
from models.reading import one
from models.statements import Row


def keep_closed(entry_id: int, *states: Row | None) -> None:
    """Raise CannotUndo where one of these states of a time entry counts in a period that is closed.

    A state may hold only what a change touched; the rest is as it stands.
    """
    stands = one("SELECT customer_id, booked_on FROM time_entry WHERE id = ?", (entry_id,))
    held: Row = {} if stands is None else {"customer_id": stands[0], "booked_on": stands[1]}
    for row in (held | state for state in states if state is not None):
        if "booked_on" not in row or "customer_id" not in row:
            continue  # part of an entry that is gone: that alone refuses the undo
        closed = one(
            "SELECT c.name, p.starts_on FROM closed_period p JOIN customer c ON c.id = p.customer_id"
            " WHERE p.customer_id = ? AND p.starts_on <= ? AND p.ends_on > ?",
            (row["customer_id"], row["booked_on"], row["booked_on"]),
        )
        if closed is not None:
            raise CannotUndo(
                f"{closed[0]}'s period from {closed[1]} on is closed since; a lead reopens it, or enter a correction."
            )
