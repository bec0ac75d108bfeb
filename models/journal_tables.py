"""The journal's tables: who did what, when, and each row before and after."""

from __future__ import annotations

from models.base import ForeignKeyField, InstantField, IntegerField, SmallIntegerField, Table, TextField
from models.people import Person


class Operation(Table):
    """One thing that a person did, told in a sentence; `seen` once the world has seen it, so that undo refuses.

    Work that takes several transactions, such as an import, is one operation with parts: `part_of_id` names the first.
    """

    at = InstantField()
    person = ForeignKeyField(Person, null=True, index=False, backref="+")
    kind = TextField()
    sentence = TextField()
    ticket_id = IntegerField(null=True, index=True)
    seen = SmallIntegerField(default=0)
    undoes_id = IntegerField(null=True)
    undone_by_id = IntegerField(null=True)
    part_of_id = IntegerField(null=True)


class Change(Table):
    """A row before and after (JSON; before is empty for a new row, after for a deleted one).

    Where `last_row_id` is set, the change stands for all the rows from `row_id` to it that an import added.
    """

    operation = ForeignKeyField(Operation, backref="changes")
    table = TextField(column_name="table_name")
    row_id = IntegerField()
    last_row_id = IntegerField(null=True)
    before = TextField(null=True)
    after = TextField(null=True)


Change.add_index(Change.table, Change.row_id)
Operation.add_index(Operation.person, Operation.id)
