"""Who works on tickets: whom one may give a ticket to, or call in a note."""

from __future__ import annotations

from typing import NamedTuple

from models.reading import rows
from models.words import READ_ONLY


class Colleague(NamedTuple):
    """Someone who works on tickets."""

    id: int
    login: str
    name: str


def colleagues() -> list[Colleague]:
    """All of them by login."""
    return rows(
        f"SELECT id, login, name FROM person WHERE active = 1 AND role <> '{READ_ONLY}' ORDER BY login", (), Colleague
    )
