"""The only writer: every change is made here, told in a sentence, and kept with each row before and after.

The journal is the audit log, the undo and redo, and the feed of changes that the screens follow.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from json import JSONEncoder
from typing import TYPE_CHECKING, Any, NamedTuple

from models.connection import POSTGRESQL, SQLITE, Desk, current
from models.errors import NotFound, StaleRow
from models.reading import one, rows, scalar
from models.statements import Row, Statements, cleaned, index_text, index_texts, statements_of

if TYPE_CHECKING:
    from models.base import Table

_encode = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_underway = threading.local()


class OperationRecord(NamedTuple):
    """An operation as the journal keeps it."""

    id: int
    at: int
    person_id: int | None
    kind: str
    sentence: str
    ticket_id: int | None
    seen: int
    undoes_id: int | None
    undone_by_id: int | None
    part_of_id: int | None


class ChangeNote(NamedTuple):
    """What the feed tells about an operation: enough to know which rows to read again."""

    operation_id: int
    person_id: int | None
    kind: str
    sentence: str
    ticket_id: int | None
    tables: frozenset[str]


class Change(NamedTuple):
    """A row (or a range of new rows, to `last_row_id`) before and after, by column name."""

    table: str
    row_id: int
    last_row_id: int | None
    before: Row | None
    after: Row | None


_OPERATION_COLUMNS = ", ".join(OperationRecord._fields)
_INSERT_OPERATION = (
    "INSERT INTO operation (at, person_id, kind, sentence, ticket_id, seen, undoes_id, part_of_id) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_CHANGE = (
    'INSERT INTO "change" (operation_id, table_name, row_id, last_row_id, "before", "after") VALUES (?, ?, ?, ?, ?, ?)'
)


class Transaction:
    """An operation under way; see `transaction`."""

    operation_id: int | None = None
    sentence = ""
    seen = False
    undoes_id: int | None = None
    undone: tuple[int, ...] = ()
    standing_again: tuple[int, ...] = ()

    def __init__(self, desk: Desk, ticket_id: int | None = None) -> None:
        self.desk = desk
        self.ticket_id = ticket_id
        self._changes: dict[tuple[str, int, int | None], Change] = {}

    def say(self, sentence: str, seen: bool = False) -> None:
        """Tell what was done, in a sentence; `seen` once the world has seen it, so that undo refuses."""
        self.sentence, self.seen = sentence, self.seen or seen

    def insert(self, model: type[Table], **values: Any) -> int:
        """Add a row and return its id; columns that are not named take their defaults."""
        statements = statements_of(model)
        row = statements.complete(values)
        if row["id"] is None:
            row["id"] = self._insert_new(statements, row)
        else:
            self.desk.execute(statements.insert_with_id, tuple(row.values()))
            self._skip_used_ids(statements, row["id"])
        row_id: int = row["id"]
        if statements.full_text:
            index_text(self.desk, statements, row_id, None, row[statements.full_text[1]])
        earlier = self._changes.get((statements.table, row_id, None))
        before = earlier.before if earlier else None
        self._note(Change(statements.table, row_id, None, before, row))
        return row_id

    def _insert_new(self, statements: Statements, row: Row) -> int:
        values = tuple(row.values())[1:]
        if self.desk.kind == SQLITE:
            return int(self.desk.execute(statements.insert_one, values).lastrowid)
        return int(self.desk.execute(f'{statements.insert_one} RETURNING "id"', values).fetchone()[0])

    def _skip_used_ids(self, statements: Statements, used: int) -> None:
        """PostgreSQL's sequence does not notice ids that were given; move it past them."""
        if self.desk.kind == POSTGRESQL:
            sequence = f"{statements.table}_id_seq"
            self.desk.execute(
                f"SELECT setval(?, ?) FROM {sequence} WHERE last_value < ? OR NOT is_called", (sequence, used, used)
            )

    def update(self, model: type[Table], row_id: int, expected_version: int | None = None, **values: Any) -> None:
        """Set columns of a row; nothing happens where they hold these values already.

        Raises NotFound where the row is gone, and StaleRow where it is not at `expected_version` any more.
        """
        statements = statements_of(model)
        new = statements.named(values)
        names = (*new, "version") if statements.versioned else tuple(new)
        row = self.desk.execute(statements.select(names), (row_id,)).fetchone()
        if row is None:
            raise NotFound(f"There is no {statements.table} {row_id} any more.")
        old = dict(zip(names, row, strict=True))
        earlier = self._changes.get((statements.table, row_id, None))
        if expected_version is not None:
            self._refuse_stale(statements, row_id, expected_version, old, earlier)
        new = {column: value for column, value in new.items() if old[column] != value}
        if not new:
            return
        if statements.versioned and earlier is None:
            new["version"] = old["version"] + 1
        self.desk.execute(statements.update(tuple(new)), (*new.values(), row_id))
        if statements.full_text and statements.full_text[1] in new:
            column = statements.full_text[1]
            index_text(self.desk, statements, row_id, old[column], new[column])
        self._note_update(statements.table, row_id, {column: old[column] for column in new}, new, earlier)

    def _note_update(self, table: str, row_id: int, old: Row, new: Row, earlier: Change | None) -> None:
        if earlier is None:
            self._note(Change(table, row_id, None, old, new))
            return
        before = None if earlier.before is None else old | earlier.before
        self._note(Change(table, row_id, None, before, (earlier.after or {}) | new))

    def _refuse_stale(
        self, statements: Statements, row_id: int, expected: int, row: Row, earlier: Change | None
    ) -> None:
        known = earlier.before if earlier else None
        version = (known or row).get("version", row.get("version"))
        if version != expected:
            since = sentences_since(statements.table, row_id, expected)
            told = " ".join(since) or "Someone else changed it."
            raise StaleRow(f"This has changed since you opened it: {told} Look again, then save.")

    def delete(self, model: type[Table], row_id: int) -> None:
        """Remove a row; raise NotFound where it is gone already."""
        statements = statements_of(model)
        found = self.desk.execute(statements.select_all, (row_id,)).fetchone()
        if found is None:
            raise NotFound(f"There is no {statements.table} {row_id} any more.")
        row = dict(zip(statements.columns, found, strict=True))
        self.desk.execute(statements.delete_one, (row_id,))
        if statements.full_text:
            index_text(self.desk, statements, row_id, row[statements.full_text[1]], None)
        earlier = self._changes.pop((statements.table, row_id, None), None)
        if earlier is None or earlier.before is not None:
            self._note(Change(statements.table, row_id, None, row | ((earlier and earlier.before) or {}), None))

    def insert_many(
        self, model: type[Table], columns: tuple[str, ...], values: Iterable[tuple[Any, ...]]
    ) -> tuple[int, int]:
        """Add many rows fast and return their first and last id; see `models.bulk.load` for what they must be."""
        from models.bulk import load

        statements = statements_of(model)
        first, last = load(self.desk, statements, columns, values)
        if last >= first:
            index_texts(self.desk, statements, first, last)
            self._note(Change(statements.table, first, last, None, None))
        return first, last

    def delete_range(self, model: type[Table], first: int, last: int) -> None:
        """Take back what `insert_many` added; the rows themselves are not kept."""
        statements = statements_of(model)
        index_texts(self.desk, statements, first, last, remove=True)
        self.desk.execute(f'DELETE FROM "{statements.table}" WHERE "id" BETWEEN ? AND ?', (first, last))
        self._note(Change(statements.table, first, last, None, None))

    def _note(self, change: Change) -> None:
        self._changes[change.table, change.row_id, change.last_row_id] = change

    def take_over(self, part: Transaction) -> None:
        """Make the changes of a part of this operation its own: each row from its first state to its last."""
        for key, change in part._changes.items():
            earlier = self._changes.get(key)
            if earlier is None:
                self._changes[key] = change
            elif earlier.before is None and change.after is None:
                del self._changes[key]
            else:
                self._changes[key] = _followed(earlier, change)
        self.seen = self.seen or part.seen

    def write(self, person_id: int | None, at: int, kind: str, part_of: int | None) -> None:
        """Keep what was done; nothing where nothing changed."""
        if not self._changes and self.undoes_id is None:
            return
        if not self.sentence:
            raise ValueError(f"the operation {kind!r} changed something and does not say what; call say()")
        values = (at, person_id, kind, self.sentence, self.ticket_id, int(self.seen), self.undoes_id, part_of)
        self.operation_id = self._insert_operation(values)
        for change in self._changes.values():
            before, after = (None if each is None else _encode(each) for each in (change.before, change.after))
            row = (self.operation_id, change.table, change.row_id, change.last_row_id, before, after)
            self.desk.execute(_INSERT_CHANGE, row)
        for marked, operation_ids in ((self.operation_id, self.undone), (None, self.standing_again)):
            for operation_id in operation_ids:
                self.desk.execute("UPDATE operation SET undone_by_id = ? WHERE id = ?", (marked, operation_id))

    def _insert_operation(self, values: tuple[Any, ...]) -> int:
        cleaned_values = tuple(cleaned(value) for value in values)
        if self.desk.kind == SQLITE:
            return int(self.desk.execute(_INSERT_OPERATION, cleaned_values).lastrowid)
        return int(self.desk.execute(f"{_INSERT_OPERATION} RETURNING id", cleaned_values).fetchone()[0])


def _followed(earlier: Change, later: Change) -> Change:
    """Two changes of one row as one; None stands for no row."""
    before = None if earlier.before is None else (later.before or {}) | earlier.before
    after = None if later.after is None else (earlier.after or {}) | later.after
    return later._replace(before=before, after=after)


@contextmanager
def transaction(
    actor: int | None, at: int, kind: str, ticket_id: int | None = None, *, part_of: int | None = None
) -> Iterator[Transaction]:
    """Do one operation, all or nothing: `actor` (a person's id, None for the desk itself) at `at` (UTC seconds).

    Changes go through the transaction that is handed out; after the block its `operation_id` is set, or None where
    nothing changed. Long work in several transactions passes the first one's `operation_id` as `part_of` and is undone
    as one. Raises Busy where another program holds the database, RuntimeError where an operation is under way here.
    """
    part = getattr(_underway, "part", None)
    if part is not None:
        with _joined(part, ticket_id) as tx:
            yield tx
        return
    if getattr(_underway, "yes", False):
        raise RuntimeError(
            "an operation is under way on this thread; hand its transaction on instead of beginning another"
        )
    desk = current()
    _underway.yes = True
    try:
        with desk.transaction():
            tx = Transaction(desk, ticket_id)
            yield tx
            tx.write(actor, at, kind, part_of)
    finally:
        _underway.yes = False


@contextmanager
def _joined(part: Transaction, ticket_id: int | None) -> Iterator[Transaction]:
    """An operation whose changes belong to the part that is under way."""
    tx = Transaction(part.desk, ticket_id)
    tx._changes = part._changes
    _underway.part = None
    try:
        yield tx
    finally:
        _underway.part = part
    part.say(tx.sentence, tx.seen)


class Together:
    """Operations that are done as one; see `together`."""

    def __init__(self, tx: Transaction) -> None:
        self.tx = tx

    @contextmanager
    def attempt(self) -> Iterator[Transaction]:
        """Let the operations in this block be a part, all or nothing: an error takes the part back and is raised on."""
        part = Transaction(self.tx.desk)
        self.tx.desk.execute("SAVEPOINT part")
        _underway.part = part
        try:
            yield part
        except BaseException:
            self.tx.desk.execute("ROLLBACK TO SAVEPOINT part")
            raise
        finally:
            _underway.part = None
        self.tx.desk.execute("RELEASE SAVEPOINT part")
        self.tx.take_over(part)


@contextmanager
def together(actor: int | None, at: int, kind: str) -> Iterator[Together]:
    """Do operations on several tickets as one, each by its own rules: one line of the journal, and one undo.

    What they change in an `attempt` is the change of the whole, which says in a sentence of its own what was done.
    """
    with transaction(actor, at, kind) as tx:
        yield Together(tx)


def undo(actor: int, at: int, expected: int | None = None) -> OperationRecord:
    """Take back the actor's newest operation and return the record of doing so; raise CannotUndo, and why.

    With `expected`, an operation's id, only that one.
    """
    from models.undo import undo_newest

    return undo_newest(actor, at, expected)


def undoable(actor: int) -> OperationRecord | None:
    """What `undo` takes back next, where nothing stands against it; None where there is nothing."""
    from models.undo import newest_standing

    return newest_standing(actor)


def redo(actor: int, at: int) -> OperationRecord:
    """Do again what the actor undid last and return the record of doing so; raise CannotUndo, and why."""
    from models.undo import redo_newest

    return redo_newest(actor, at)


def newest() -> int:
    """The number of the newest operation; 0 for a new desk."""
    return scalar("SELECT max(id) FROM operation") or 0


def since(operation_id: int) -> list[ChangeNote]:
    """What happened after this operation, oldest first."""
    found = rows(
        "SELECT DISTINCT o.id, o.person_id, o.kind, o.sentence, o.ticket_id, c.table_name "
        "FROM operation o LEFT JOIN change c ON c.operation_id = o.id WHERE o.id > ? ORDER BY o.id",
        (operation_id,),
    )
    tables: dict[tuple[Any, ...], set[str]] = {}
    for *told, table in found:
        tables.setdefault(tuple(told), set()).update([table] if table else [])
    return [ChangeNote._make((*told, frozenset(names))) for told, names in tables.items()]


def history(ticket_id: int, limit: int, before: int | None = None) -> list[OperationRecord]:
    """What was done to a ticket, alone or with others, newest first; `before` is the last one of the page above."""
    newest = (before if before is not None else 2**31 - 1, limit)
    return rows(
        f"SELECT {_OPERATION_COLUMNS} FROM operation WHERE id IN (SELECT id FROM (SELECT id FROM operation"
        " WHERE ticket_id = ? AND id < ? ORDER BY id DESC LIMIT ?) named UNION SELECT operation_id FROM (SELECT"
        " operation_id FROM change WHERE table_name = 'ticket' AND row_id = ? AND last_row_id IS NULL"
        " AND operation_id < ? ORDER BY id DESC LIMIT ?) changed) ORDER BY id DESC LIMIT ?",
        (ticket_id, *newest, ticket_id, *newest, limit),
        OperationRecord,
    )


def operation(operation_id: int) -> OperationRecord:
    """One operation; raise NotFound where there is none of that number."""
    found = one(f"SELECT {_OPERATION_COLUMNS} FROM operation WHERE id = ?", (operation_id,), OperationRecord)
    if found is None:
        raise NotFound(f"There is no operation {operation_id}.")
    return found


def sentences_since(table: str, row_id: int, version: int) -> list[str]:
    """What was said of the changes that took a row past `version`, oldest first."""
    from json import loads

    found = rows(
        "SELECT o.sentence, c.after FROM change c JOIN operation o ON o.id = c.operation_id "
        "WHERE c.table_name = ? AND c.row_id = ? ORDER BY c.id DESC LIMIT 50",
        (table, row_id),
    )
    newer = [sentence for sentence, after in found if after is None or loads(after).get("version", 0) > version]
    return newer[::-1]
