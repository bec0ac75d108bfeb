"""Where an import's rows go: the journal, or nowhere at all when it is only rehearsed."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from models import journal
from models.base import Table
from models.journal import Transaction

_FIRST_REHEARSED = 1 << 40


class Rehearsal:
    """Takes rows and keeps none; the ids it gives are beyond any that the desk has."""

    def __init__(self) -> None:
        self._next = _FIRST_REHEARSED

    def insert(self, _model: type[Table], **_values: Any) -> int:
        """Give an id."""
        self._next += 1
        return self._next

    def update(self, _model: type[Table], _row_id: int, **_values: Any) -> None:
        """Change nothing."""

    def insert_many(
        self, _model: type[Table], _columns: tuple[str, ...], values: Iterable[tuple[Any, ...]]
    ) -> tuple[int, int]:
        """Give an id to each row."""
        first = self._next + 1
        self._next += sum(1 for _ in values)
        return first, self._next


Writer = Transaction | Rehearsal
"""What an import writes to."""


class Batches:
    """The transactions of one import, journalled as one operation that can be undone as a whole."""

    def __init__(self, actor: int, at: int, told: str, dry_run: bool) -> None:
        self._actor, self._at, self._told = actor, at, told
        self._rehearsal = Rehearsal() if dry_run else None
        self.operation_id: int | None = None

    @contextmanager
    def batch(self, what: str) -> Iterator[Writer]:
        """Write a batch, all of it or nothing; `what` it brought, in words, for the journal."""
        if self._rehearsal:
            yield self._rehearsal
            return
        with journal.transaction(self._actor, self._at, "import", part_of=self.operation_id) as tx:
            tx.say(f"{self._told} {what}.")
            yield tx
        if self.operation_id is None:
            self.operation_id = tx.operation_id


def as_transaction(writer: Writer) -> Transaction | None:
    """The transaction that rows really go to; None in a rehearsal."""
    return writer if isinstance(writer, Transaction) else None
