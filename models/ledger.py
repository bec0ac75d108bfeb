"""Undo and redo of the credit ledger: its lines are never taken back, a further line answers them.

What is owed (`owed`) stands and falls with its clock, so that line goes with it, unless it was decided on.
"""

from models.agreements import OWED, REVERSED, Credit
from models.errors import CannotUndo
from models.journal import Change, Transaction
from models.reading import one, scalar
from models.statements import Row


def is_decision(change: Change) -> bool:
    """Whether a change added a line that decided on a credit, or reversed such a decision."""
    return change.table == Credit._meta.table_name and change.after is not None and change.after["entry"] != OWED


def counter(tx: Transaction, line: Row, actor: int, at: int) -> None:
    """Answer a line that still stands with its opposite; raise CannotUndo where it was answered since."""
    last, entry = _last(line["id"])
    if entry != line["entry"]:
        raise CannotUndo(f"This credit has been {entry} since; look at the ledger, then decide again.")
    opposite = REVERSED
    if entry == REVERSED:
        opposite = scalar("SELECT entry FROM credit WHERE id = ?", (line["answers_id"],))
    _add(tx, line, last, opposite, actor, at)


def again(tx: Transaction, line: Row, actor: int, at: int) -> None:
    """Add a line that was countered once more; raise CannotUndo where something else was decided since."""
    last, entry = _last(line["id"])
    before = scalar("SELECT entry FROM credit WHERE id = ?", (line["answers_id"],))
    if entry != (REVERSED if line["entry"] != REVERSED else before):
        raise CannotUndo(f"This credit has been {entry} since; look at the ledger, then decide again.")
    _add(tx, line, last, line["entry"], actor, at)


def _last(line_id: int) -> tuple[int, str]:
    """The end of the account that a line belongs to: its id and entry."""
    while (after := scalar("SELECT id FROM credit WHERE answers_id = ?", (line_id,))) is not None:
        line_id = after
    found = one("SELECT id, entry FROM credit WHERE id = ?", (line_id,))
    if found is None:
        raise CannotUndo("This credit is not in the ledger any more.")
    return found[0], found[1]


def _add(tx: Transaction, line: Row, last: int, entry: str, actor: int, at: int) -> None:
    tx.insert(Credit, **(line | {"id": None, "entry": entry, "answers_id": last, "person_id": actor, "at": at}))
