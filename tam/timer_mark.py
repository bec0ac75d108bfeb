"""A person's timer as the header shows it: read with every change, so it asks for little."""

from __future__ import annotations

from typing import NamedTuple

from models.reading import one


class TimerMark(NamedTuple):
    """Whose a timer is (the customer's key) and what it has measured: seconds, and since when it runs (UTC seconds)."""

    customer: str
    running_since: int | None
    seconds: int

    def elapsed(self, now: int) -> int:
        """Seconds until an instant; a clock that was set back takes nothing away."""
        return self.seconds + (0 if self.running_since is None else max(0, now - self.running_since))

    def text(self, now: int) -> str:
        """The mark: `► 0:42 acme`, or `‖ 0:42 acme` where the timer stands still."""
        minutes = self.elapsed(now) // 60
        return f"{'‖' if self.running_since is None else '►'} {minutes // 60}:{minutes % 60:02} {self.customer}"

    def changes_at(self, now: int) -> int | None:
        """When the mark says another minute; None where the timer stands still."""
        return None if self.running_since is None else now + 60 - self.elapsed(now) % 60


def mark(person_id: int) -> TimerMark | None:
    """The mark of the person's timer; None where there is none."""
    return one(
        "SELECT c.key, t.running_since, t.seconds FROM timer t JOIN customer c ON c.id = t.customer_id"
        " WHERE t.person_id = ?",
        (person_id,),
        TimerMark,
    )
