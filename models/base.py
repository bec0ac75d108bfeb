"""What every table shares: the database it is bound to and the fields of the house.

The rest of the desk takes Peewee's names from here, never from `peewee`: the drivers have to be hidden first.
"""

from __future__ import annotations

from typing import Any

from models import drivers  # noqa: F401 - hides the drivers that Peewee would import
from models.connection import bind_tables

# isort: split
from peewee import (
    SQL,
    AutoField,
    BigIntegerField,
    BlobField,
    DatabaseProxy,
    ForeignKeyField,
    Index,
    IntegerField,
    IntegrityError,
    Model,
    SmallIntegerField,
    TextField,
)

__all__ = (
    "BlobField",
    "Editable",
    "ForeignKeyField",
    "InstantField",
    "IntegerField",
    "IntegrityError",
    "SmallIntegerField",
    "Table",
    "TextField",
    "database",
    "partial_index",
)

database = DatabaseProxy()
bind_tables(database.initialize)


class InstantField(BigIntegerField):
    """An instant in whole UTC seconds; a float or a datetime is refused, since neither adds up."""

    def db_value(self, value: Any) -> int | None:
        """Pass whole seconds on; raise TypeError for anything else."""
        if value is None or type(value) is int:
            return value
        raise TypeError(f"{self.name} takes whole UTC seconds, not {type(value).__name__}")


class Table(Model):
    """A table of the desk."""

    id = AutoField()

    class Meta:
        """Bound to whichever database the desk opened."""

        database = database
        legacy_table_names = False


class Editable(Table):
    """A table whose rows people edit: `version` grows by one with every save."""

    version = IntegerField(default=1, constraints=[SQL("DEFAULT 1")])


def partial_index(model: type[Table], name: str, fields: tuple[Any, ...], predicate: str, unique: bool = False) -> None:
    """Add an index over the rows that `predicate` selects.

    The predicate is literal SQL on purpose: SQLite does not use a partial index whose condition is a bound parameter.
    """
    model.add_index(Index(name, model._meta.table, fields, unique=unique, where=SQL(predicate)))
