"""The vendor's people: who acts, and what they may do."""

from __future__ import annotations

from models.base import Editable, SmallIntegerField, TextField
from models.words import ENGINEER, LEAD, READ_ONLY, ROLES, TAM

__all__ = ("ENGINEER", "LEAD", "READ_ONLY", "ROLES", "TAM", "Person")


class Person(Editable):
    """Someone on the vendor's side."""

    login = TextField(unique=True)
    name = TextField()
    role = TextField(default=ENGINEER)
    email = TextField(null=True)
    zone = TextField(default="Europe/Zurich")
    active = SmallIntegerField(default=1)
    external_id = TextField(null=True)
