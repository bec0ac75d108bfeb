"""Undo and redo: an operation's changes put back, or done again, where nobody has touched them since."""

from json import loads
from typing import Any

from models import ledger
from models.base import IntegrityError
from models.errors import CannotUndo
from models.frozen import keep_closed
from models.journal import Change, OperationRecord, Transaction, operation, transaction
from models.reading import rows, scalar
from models.schema import BY_NAME
from models.statements import Row, statements_of

UNDO, REDO = "undo", "redo"
TIME = "time_entry"
_STANDING = f"kind NOT IN ('{UNDO}', '{REDO}')"


def newest_standing(actor: int) -> OperationRecord | None:
    """What undo takes back next for a person; None where there is nothing."""
    found = scalar(
        "SELECT coalesce(part_of_id, id) FROM operation "
        f"WHERE person_id = ? AND undone_by_id IS NULL AND {_STANDING} ORDER BY id DESC LIMIT 1",
        (actor,),
    )
    return None if found is None else operation(found)


def undo_newest(actor: int, at: int, expected: int | None = None) -> OperationRecord:
    """Take back the actor's newest operation that stands; raise CannotUndo where something has changed since.

    `expected` is the id of the operation that the person was asked about: another one is not taken back.
    """
    with transaction(actor, at, UNDO) as tx:
        root = newest_standing(actor)
        if root is None:
            raise CannotUndo("There is nothing to undo.")
        if expected not in (None, root.id):
            raise CannotUndo(f"You did something else meanwhile; undo again to take that back. {root.sentence}")
        if root.seen:
            raise CannotUndo(f"This was sent and cannot be undone; write a correction instead. {root.sentence}")
        parts = _parts(root)
        for part in reversed(parts):
            _in_use_is_refused(tx, part, (actor, at), forward=False)
        tx.say(f"Undone: {root.sentence}")
        tx.ticket_id, tx.undoes_id, tx.undone = root.ticket_id, root.id, tuple(part.id for part in parts)
    return _record(tx)


def redo_newest(actor: int, at: int) -> OperationRecord:
    """Do again what the actor undid last, unless they did something else since; raise CannotUndo where that is so."""
    with transaction(actor, at, REDO) as tx:
        latest = scalar(f"SELECT max(id) FROM operation WHERE person_id = ? AND {_STANDING}", (actor,)) or 0
        undone_by = scalar(
            "SELECT id FROM operation WHERE person_id = ? AND kind = ? AND undone_by_id IS NULL AND id > ? "
            "ORDER BY id DESC LIMIT 1",
            (actor, UNDO, latest),
        )
        if undone_by is None:
            raise CannotUndo("There is nothing to redo.")
        root = operation(operation(undone_by).undoes_id or 0)
        parts = _parts(root)
        if any(change.last_row_id is not None for part in parts for change in _changes(part)):
            raise CannotUndo("An import is not done again from the journal; run the import again.")
        for part in parts:
            _in_use_is_refused(tx, part, (actor, at), forward=True)
        tx.say(f"Redone: {root.sentence}")
        tx.ticket_id, tx.undoes_id, tx.undone = root.ticket_id, undone_by, (undone_by,)
        tx.standing_again = tuple(part.id for part in parts)
    return _record(tx)


def _record(tx: Transaction) -> OperationRecord:
    return operation(tx.operation_id or 0)


def _parts(root: OperationRecord) -> list[OperationRecord]:
    """The operation and the parts that followed it, oldest first."""
    found = rows("SELECT id FROM operation WHERE id > ? AND part_of_id = ? ORDER BY id", (root.id, root.id))
    return [root, *(operation(part_id) for (part_id,) in found)]


def _changes(part: OperationRecord) -> list[Change]:
    found = rows(
        "SELECT table_name, row_id, last_row_id, before, after FROM change WHERE operation_id = ? ORDER BY id",
        (part.id,),
    )
    return [Change._make((*place, _row(before), _row(after))) for *place, before, after in found]


def _row(text: str | None) -> Row | None:
    return None if text is None else loads(text)


def _in_use_is_refused(tx: Transaction, part: OperationRecord, by: tuple[int, int], forward: bool) -> None:
    """Put back (or do again) the changes of a part; the database itself refuses where other rows need these."""
    changes = _changes(part)
    try:
        for change in changes if forward else reversed(changes):
            if change.last_row_id is not None:
                _take_back_range(tx, part, change, change.last_row_id)
            elif ledger.is_decision(change):
                (ledger.again if forward else ledger.counter)(tx, change.after or {}, *by)
            elif forward:
                _put(tx, part, change, change.before, change.after)
            else:
                _put(tx, part, change, change.after, change.before)
    except IntegrityError as error:
        raise CannotUndo(f"{_name(part)} is needed by what was done since; undo that first.") from error


def _put(tx: Transaction, part: OperationRecord, change: Change, expected: Row | None, wanted: Row | None) -> None:
    """Bring a row from `expected` to `wanted`; None where there is no row."""
    model = BY_NAME[change.table]
    if change.table == TIME:
        keep_closed(change.row_id, expected, wanted)
    if not _holds(tx, change, expected):
        raise CannotUndo(_changed_since(part, change))
    if wanted is None:
        tx.delete(model, change.row_id)
    elif expected is None:
        tx.insert(model, **wanted | _grown(change))
    else:
        tx.update(model, change.row_id, **{name: wanted[name] for name in wanted if name not in {"id", "version"}})


def _grown(change: Change) -> Row:
    """The version of a row that comes back: past the one it went with, so that a copy from before is stale."""
    if "version" not in statements_of(BY_NAME[change.table]).columns:
        return {}
    gone = scalar(
        "SELECT before FROM change WHERE table_name = ? AND row_id = ? AND last_row_id IS NULL AND after IS NULL"
        " ORDER BY id DESC LIMIT 1",
        (change.table, change.row_id),
    )
    return {"version": loads(gone)["version"] + 1}


def _holds(tx: Transaction, change: Change, expected: Row | None) -> bool:
    """Whether the row still is what the operation left; the version does not count, it only ever grows."""
    names = tuple(name for name in expected or {} if name != "version") or ("id",)
    sql = statements_of(BY_NAME[change.table]).select(names)
    found = tx.desk.execute(sql, (change.row_id,)).fetchone()
    if found is None or expected is None:
        return found is None and expected is None
    return all(value == expected[name] for name, value in zip(names, found, strict=True))


def _take_back_range(tx: Transaction, part: OperationRecord, change: Change, last: int) -> None:
    root = part.part_of_id or part.id
    touched = _standing_sentences(
        "c.table_name = ? AND c.row_id BETWEEN ? AND ? AND o.id > ? AND o.id <> ? AND coalesce(o.part_of_id, 0) <> ?",
        (change.table, change.row_id, last, part.id, root, root),
    )
    if touched:
        raise CannotUndo(f"{_name(part)} has changed since: {' '.join(touched)}")
    tx.delete_range(BY_NAME[change.table], change.row_id, last)


def _changed_since(part: OperationRecord, change: Change) -> str:
    told = _standing_sentences("c.table_name = ? AND c.row_id = ? AND o.id > ?", (change.table, change.row_id, part.id))
    return f"{_name(part)} has changed since: {' '.join(told) or 'someone else changed it.'}"


def _standing_sentences(condition: str, params: tuple[Any, ...]) -> list[str]:
    found = rows(
        "SELECT DISTINCT o.id, o.sentence FROM change c JOIN operation o ON o.id = c.operation_id "
        f"WHERE {condition} AND o.undone_by_id IS NULL AND o.{_STANDING} ORDER BY o.id LIMIT 5",
        params,
    )
    return [sentence for _, sentence in found]


def _name(part: OperationRecord) -> str:
    return f"#{part.ticket_id}" if part.ticket_id else "This"
