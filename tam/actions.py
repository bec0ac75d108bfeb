"""What one side agreed to do: added in a call or beside it, carried from call to call until it is done or dropped."""

from __future__ import annotations

from typing import Any, NamedTuple

from models.access import require
from models.calls import Action
from models.errors import NotFound
from models.journal import transaction
from models.reading import one, rows, scalar
from sla.wall import local_of
from tam.call_reading import call
from tam.call_rules import WORKERS, CallRefused, check_person, day, day_text, line, party

OURS, THEIRS = "ours", "theirs"
OPEN, DONE, DROPPED = "open", "done", "dropped"


class ActionRow(NamedTuple):
    """An action; `due_on` a date local to the customer, instants in UTC seconds, `overdue` 1 or 0 as was asked for."""

    id: int
    customer_id: int
    customer: str
    zone: str
    call_id: int | None
    what: str
    side: str
    owner: str
    person_id: int | None
    due_on: str | None
    state: str
    at: int
    ended_at: int | None
    version: int
    overdue: int


_COLUMNS = (
    "a.id, a.customer_id, c.name, c.zone, a.call_id, a.what, a.side, a.owner, a.person_id, a.due_on, a.state, a.at,"
    " a.ended_at, a.version, 0"
)
_FROM = "FROM action a JOIN customer c ON c.id = a.customer_id"
_BY_DUE = "ORDER BY a.due_on IS NULL, a.due_on, a.id"


def add(
    customer_id: int,
    what: str,
    side: str,
    owner: str,
    due_on: str | None,
    actor: int,
    at: int,
    call_id: int | None = None,
    person_id: int | None = None,
) -> int:
    """Note what a side ("ours", "theirs") agreed to do, and return its id; whoever works on tickets may.

    `owner` is a name; for one of ours, `person_id` gives it. Raises CallRefused.
    """
    with transaction(actor, at, "action.add") as tx:
        who, customer = require(actor, *WORKERS), party(customer_id)
        _refuse_other_customers_call(call_id, customer_id)
        values = {
            "what": line(what, "what is to be done"),
            "side": _side(side),
            "owner": _owner(side, owner, person_id),
            "person": check_person(person_id),
            "due_on": _due(due_on),
        }
        action_id = tx.insert(Action, customer=customer_id, call=call_id, at=at, **values)
        tx.say(f"{who.name} noted for {customer.name}: {_told(action(action_id, at))}.")
    return action_id


def change(
    action_id: int,
    actor: int,
    at: int,
    version: int | None = None,
    *,
    what: str | None = None,
    side: str | None = None,
    owner: str | None = None,
    due_on: str | None = None,
    person_id: int | None = None,
) -> str:
    """Change an open action, and tell it; an empty `due_on` takes the date away. Raises CallRefused, StaleRow."""
    with transaction(actor, at, "action.change") as tx:
        who, held = require(actor, *WORKERS), _open(action_id, at)
        new_side = _side(held.side if side is None else side)
        ours = held.person_id if new_side == OURS and owner is None else None
        person = check_person(ours if person_id is None else person_id)
        values: dict[str, Any] = {
            "what": held.what if what is None else line(what, "what is to be done"),
            "side": new_side,
            "owner": _owner(new_side, held.owner if owner is None else owner, person),
            "person": person,
            "due_on": held.due_on if due_on is None else _due(due_on),
        }
        tx.update(Action, action_id, version, **values)
        tx.say(f"{who.name} changed for {held.customer}: {_told(action(action_id, at))}.")
        return tx.sentence


def done(action_id: int, actor: int, at: int, version: int | None = None) -> str:
    """Say that an action is done, and tell it."""
    return _end(action_id, DONE, "", actor, at, version)


def drop(action_id: int, reason: str, actor: int, at: int, version: int | None = None) -> str:
    """Say that an action will not be done, with a reason that the journal keeps, and tell it."""
    return _end(action_id, DROPPED, f": {line(reason, 'why it is dropped').rstrip('.')}", actor, at, version)


def _end(action_id: int, state: str, why: str, actor: int, at: int, version: int | None) -> str:
    with transaction(actor, at, f"action.{state}") as tx:
        who, held = require(actor, *WORKERS), _open(action_id, at)
        tx.update(Action, action_id, version, state=state, ended_at=at)
        verb = "finished" if state == DONE else "dropped"
        tx.say(f"{who.name} {verb} for {held.customer}: {held.what}{why}.")
        return tx.sentence


def action(action_id: int, now: int) -> ActionRow:
    """An action by id; raises NotFound."""
    found = one(f"SELECT {_COLUMNS} {_FROM} WHERE a.id = ?", (action_id,), ActionRow)
    if found is None:
        raise NotFound("This action is not there any more; look at the list again.")
    return _seen(found, now)


def actions(customer_id: int, now: int, state: str | None = OPEN) -> list[ActionRow]:
    """A customer's actions, the earliest due first: the open ones, those in another state, or (None) all."""
    return _read(f"WHERE a.customer_id = ? AND (? OR a.state = ?) {_BY_DUE}", (customer_id, state is None, state), now)


def of_person(person_id: int, now: int) -> list[ActionRow]:
    """The open actions that a person of ours has to do, at any customer, the earliest due first."""
    return _read(f"WHERE a.person_id = ? AND a.state = '{OPEN}' {_BY_DUE}", (person_id,), now)


def for_call(call_id: int, now: int) -> list[ActionRow]:
    """What a call is about to go through: actions that were open when it began (or are now), and those it brought."""
    held = call(call_id)
    before = held.at if held.at < now else now
    return _read(
        "WHERE a.customer_id = ? AND (a.call_id = ? OR (a.at <= ? AND (a.ended_at IS NULL OR a.ended_at >= ?)))"
        f" {_BY_DUE}",
        (held.customer_id, call_id, before, before),
        now,
    )


def overdue_counts(now: int) -> dict[int, int]:
    """How many open actions are overdue, by customer; of customers with none nothing is said."""
    found = _read(f"WHERE a.state = '{OPEN}' AND a.due_on IS NOT NULL {_BY_DUE}", (), now)
    counts: dict[int, int] = {}
    for each in found:
        if each.overdue:
            counts[each.customer_id] = counts.get(each.customer_id, 0) + 1
    return counts


def _read(condition: str, params: tuple[Any, ...], now: int) -> list[ActionRow]:
    return [_seen(each, now) for each in rows(f"SELECT {_COLUMNS} {_FROM} {condition}", params, ActionRow)]


def _seen(found: ActionRow, now: int) -> ActionRow:
    """The action with whether it is overdue: its day has passed where the customer is."""
    if found.state != OPEN or found.due_on is None:
        return found
    return found._replace(overdue=int(found.due_on < local_of(found.zone, now).date().isoformat()))


def _open(action_id: int, now: int) -> ActionRow:
    held = action(action_id, now)
    if held.state != OPEN:
        raise CallRefused(f"This action is {held.state} already: {held.what}.")
    return held


def _told(held: ActionRow) -> str:
    due = f", due {day_text(day(held.due_on))}" if held.due_on else ""
    return f"{held.what} ({held.owner or held.side}{due})"


def _side(side: str) -> str:
    if side not in (OURS, THEIRS):
        raise CallRefused(f"An action is {OURS} or {THEIRS}, not {side!r}.")
    return side


def _due(due_on: str | None) -> str | None:
    return day(due_on).isoformat() if due_on else None


def _owner(side: str, owner: str, person_id: int | None) -> str:
    """Who has to do it, by name; nobody of ours does what is theirs."""
    if person_id is not None:
        if side == THEIRS:
            raise CallRefused("One of ours cannot own what is theirs; name someone on the customer's side.")
        name: str | None = scalar("SELECT name FROM person WHERE id = ?", (person_id,))
        return name or ""
    return line(owner, "who does it") if owner.strip() else ""


def _refuse_other_customers_call(call_id: int | None, customer_id: int) -> None:
    if call_id is not None and call(call_id).customer_id != customer_id:
        raise CallRefused("That call is another customer's; choose one of this customer.")
