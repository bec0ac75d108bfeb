"""What people make for their work: views, macros and canned replies, their own or (by a lead) for all."""

from __future__ import annotations

from models.access import Actor, require
from models.errors import NotFound
from models.people import LEAD
from models.reading import one, scalar
from tickets.errors import RuleRefused
from tickets.rules import WORKERS
from tickets.words import clean_line

LONGEST_NAME = 60


def maker(actor: int, shared: bool, what: str) -> tuple[Actor, int | None]:
    """Who makes it, and its owner's id (None: shared); only a lead makes what all share."""
    person = require(actor, *WORKERS)
    if shared and person.role != LEAD:
        raise RuleRefused(f"Only a lead makes a {what} for all; make one of your own, or ask a lead.")
    return person, None if shared else person.id


def editor(table: str, row_id: int, actor: int, what: str) -> Actor:
    """The person who changes a row; refused where it is someone else's, or shared and they lead nobody."""
    person = require(actor, *WORKERS)
    found = one(f"SELECT owner_id FROM {table} WHERE id = ?", (row_id,))
    if found is None or found[0] not in (None, person.id):
        raise NotFound(f"There is no {what} {row_id} of yours; look at the list again.")
    if found[0] is None and person.role != LEAD:
        raise RuleRefused(f"All share this {what}; only a lead changes it.")
    return person


def check_name(text: str, what: str) -> str:
    """A name as one line; refused where it is empty or too long."""
    name = clean_line(text)
    if not name:
        raise RuleRefused(f"A {what} needs a name.")
    if len(name) > LONGEST_NAME:
        raise RuleRefused(f"A name has at most {LONGEST_NAME} signs; this one has {len(name)}.")
    return name


def refuse_twice(
    table: str, column: str, name: str, owner_id: int | None, what: str, *, but: int = 0, language: str = ""
) -> None:
    """Refuse a name that another one of the same owner has, whatever the case."""
    sql = f"SELECT 1 FROM {table} WHERE LOWER({column}) = LOWER(?) AND COALESCE(owner_id, 0) = ? AND id <> ?"
    parameters: tuple[str | int, ...] = (name, owner_id or 0, but)
    if language:
        sql, parameters = f"{sql} AND language = ?", (*parameters, language)
    if scalar(sql, parameters):
        also = f" in {language}" if language else ""
        raise RuleRefused(f"There is a {what} {name!r} already{also}; choose another name.")
