"""Views that people save: a title and a query, shared by all or one's own, in an order."""

from __future__ import annotations

from typing import NamedTuple

from models.errors import NotFound
from models.journal import Transaction, transaction
from models.reading import one, rows
from models.working import SavedView
from tickets import ownership
from tickets.errors import RuleRefused
from tickets.query.compiling import compiled
from tickets.query.language import QueryError, parse, to_text
from tickets.query.pages import count

WHAT = "view"
MOST = 100


class SavedViewRow(NamedTuple):
    """A saved view; shared where it has no owner."""

    id: int
    owner_id: int | None
    title: str
    query: str
    position: int
    version: int


_COLUMNS = ", ".join(SavedViewRow._fields)


def views(person_id: int) -> list[SavedViewRow]:
    """The views that a person sees: those of the desk, then their own, each in their order."""
    return rows(
        f"SELECT {_COLUMNS} FROM saved_view WHERE owner_id IS NULL OR owner_id = ?"
        " ORDER BY CASE WHEN owner_id IS NULL THEN 0 ELSE 1 END, position, id",
        (person_id,),
        SavedViewRow,
    )


def view(view_id: int, person_id: int) -> SavedViewRow:
    """One view; NotFound where there is none, or where it is someone else's."""
    found = one(f"SELECT {_COLUMNS} FROM saved_view WHERE id = ?", (view_id,), SavedViewRow)
    if found is None or found.owner_id not in (None, person_id):
        raise NotFound(f"There is no view {view_id}; it may have been deleted.")
    return found


def counts(person_id: int, now: int) -> dict[int, int | None]:
    """How many tickets each view holds (see `query.pages.count`); None where its query names what is gone."""
    return {each.id: _count(each.query, person_id, now) for each in views(person_id)}


def _count(query: str, person_id: int, now: int) -> int | None:
    try:
        return count(parse(query), person_id, now)
    except QueryError:
        return None


def problem(view_id: int, person_id: int, now: int) -> str:
    """Why a view cannot be read (a customer or a person that it names is gone), in a sentence; empty where it can."""
    try:
        compiled(parse(view(view_id, person_id).query), person_id, now)
    except QueryError as error:
        return str(error)
    return ""


def create(title: str, query: str, actor: int, at: int, *, shared: bool = False) -> int:
    """Save a query under a title, behind the others; answers its id. Raises QueryError where it cannot be read."""
    with transaction(actor, at, "create_view") as tx:
        person, owner_id = ownership.maker(actor, shared, WHAT)
        title, written = ownership.check_name(title, WHAT), _checked(query, actor, at)
        ownership.refuse_twice("saved_view", "title", title, owner_id, WHAT)
        siblings = _siblings(owner_id)
        if len(siblings) >= MOST:
            raise RuleRefused(f"There are {MOST} views already; delete one first.")
        position = max((place for _, place in siblings), default=0) + 1
        view_id = tx.insert(SavedView, owner_id=owner_id, title=title, query=written, position=position)
        tx.say(f"{person.name} saved the view {title!r}.")
    return view_id


def change(
    view_id: int, actor: int, at: int, *, title: str | None = None, query: str | None = None, version: int | None = None
) -> None:
    """Rename a view, or let it hold another query."""
    with transaction(actor, at, "change_view") as tx:
        person = ownership.editor("saved_view", view_id, actor, WHAT)
        held = view(view_id, actor)
        new = held.title if title is None else ownership.check_name(title, WHAT)
        written = held.query if query is None else _checked(query, actor, at)
        ownership.refuse_twice("saved_view", "title", new, held.owner_id, WHAT, but=view_id)
        tx.update(SavedView, view_id, expected_version=version, title=new, query=written)
        tx.say(f"{person.name} changed the view {new!r}.")


def share(view_id: int, actor: int, at: int) -> None:
    """Let all see a view of one's own, behind those that they see already; only a lead does."""
    with transaction(actor, at, "share_view") as tx:
        person, _ = ownership.maker(actor, True, WHAT)
        ownership.editor("saved_view", view_id, actor, WHAT)
        held = view(view_id, actor)
        if held.owner_id is None:
            raise RuleRefused(f"All see {held.title!r} already.")
        ownership.refuse_twice("saved_view", "title", held.title, None, WHAT)
        position = max((place for _, place in _siblings(None)), default=0) + 1
        tx.update(SavedView, view_id, owner_id=None, position=position)
        tx.say(f"{person.name} shared the view {held.title!r}.")


def delete(view_id: int, actor: int, at: int) -> None:
    """Delete a view; its tickets stay where they are."""
    with transaction(actor, at, "delete_view") as tx:
        person = ownership.editor("saved_view", view_id, actor, WHAT)
        title = view(view_id, actor).title
        tx.delete(SavedView, view_id)
        tx.say(f"{person.name} deleted the view {title!r}.")


def move(view_id: int, place: int, actor: int, at: int) -> None:
    """Put a view at a place among its own kind, 0 for the first; a place past the end is the last one."""
    with transaction(actor, at, "move_view") as tx:
        person = ownership.editor("saved_view", view_id, actor, WHAT)
        held = view(view_id, actor)
        order = [sibling for sibling, _ in _siblings(held.owner_id) if sibling != view_id]
        order.insert(max(0, place), view_id)
        _number(tx, order)
        tx.say(f"{person.name} moved the view {held.title!r}.")


def _number(tx: Transaction, order: list[int]) -> None:
    for position, view_id in enumerate(order, 1):
        tx.update(SavedView, view_id, position=position)


def _siblings(owner_id: int | None) -> list[tuple[int, int]]:
    found = rows(
        "SELECT id, position FROM saved_view WHERE COALESCE(owner_id, 0) = ? ORDER BY position, id", (owner_id or 0,)
    )
    return [(int(row_id), int(position)) for row_id, position in found]


def _checked(query: str, actor: int, now: int) -> str:
    """The query as it is kept; QueryError where it cannot be read or names what the desk does not know."""
    read = parse(query)
    compiled(read, actor, now)
    return to_text(read)
