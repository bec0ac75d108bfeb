"""Several steps under a name, for one ticket or for many."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any, NamedTuple

from contracts.errors import nearest
from models.errors import NotFound
from models.journal import transaction
from models.reading import one, rows
from models.working import Macro
from tickets import ownership
from tickets.actions import STEPS, Reply, Step, check
from tickets.errors import RuleRefused

WHAT = "macro"
MOST = 20


class MacroRow(NamedTuple):
    """A macro; shared where it has no owner."""

    id: int
    owner_id: int | None
    name: str
    steps: tuple[Step, ...]
    version: int


def macros(person_id: int) -> list[MacroRow]:
    """The macros that a person may run: those of the desk and their own, by name."""
    found = rows(
        "SELECT id, owner_id, name, actions, version FROM macro WHERE owner_id IS NULL OR owner_id = ?"
        " ORDER BY LOWER(name), id",
        (person_id,),
    )
    return [MacroRow(row[0], row[1], row[2], from_json(row[3]), row[4]) for row in found]


def macro(macro_id: int, person_id: int) -> MacroRow:
    """One macro; NotFound where there is none, or where it is someone else's."""
    row = one("SELECT id, owner_id, name, actions, version FROM macro WHERE id = ?", (macro_id,))
    if row is None or row[1] not in (None, person_id):
        raise NotFound(f"There is no macro {macro_id}; it may have been deleted.")
    return MacroRow(row[0], row[1], row[2], from_json(row[3]), row[4])


def create(name: str, steps: Sequence[Step], actor: int, at: int, *, shared: bool = False) -> int:
    """Keep steps under a name, for its maker or (a lead) for all; answers its id."""
    with transaction(actor, at, "create_macro") as tx:
        person, owner_id = ownership.maker(actor, shared, WHAT)
        name = ownership.check_name(name, WHAT)
        _check(steps, actor, shared)
        ownership.refuse_twice("macro", "name", name, owner_id, WHAT)
        macro_id = tx.insert(Macro, owner_id=owner_id, name=name, actions=to_json(steps))
        tx.say(f"{person.name} made the macro {name!r}.")
    return macro_id


def change(
    macro_id: int,
    actor: int,
    at: int,
    *,
    name: str | None = None,
    steps: Sequence[Step] | None = None,
    version: int | None = None,
) -> None:
    """Change a macro's name or steps; StaleRow where it is not at `version` any more."""
    with transaction(actor, at, "change_macro") as tx:
        person = ownership.editor("macro", macro_id, actor, WHAT)
        held = macro(macro_id, actor)
        new = held.name if name is None else ownership.check_name(name, WHAT)
        wanted = held.steps if steps is None else steps
        _check(wanted, actor, held.owner_id is None)
        ownership.refuse_twice("macro", "name", new, held.owner_id, WHAT, but=macro_id)
        tx.update(Macro, macro_id, expected_version=version, name=new, actions=to_json(wanted))
        tx.say(f"{person.name} changed the macro {new!r}.")


def delete(macro_id: int, actor: int, at: int, *, version: int | None = None) -> None:
    """Delete a macro; StaleRow where it is not at `version` any more."""
    with transaction(actor, at, "delete_macro") as tx:
        person = ownership.editor("macro", macro_id, actor, WHAT)
        name = macro(macro_id, actor).name
        tx.update(Macro, macro_id, expected_version=version)
        tx.delete(Macro, macro_id)
        tx.say(f"{person.name} deleted the macro {name!r}.")


def _check(steps: Sequence[Step], actor: int, shared: bool) -> None:
    from tickets.canned import reply_of

    if not steps:
        raise RuleRefused("A macro needs a step; say what it does.")
    if len(steps) > MOST:
        raise RuleRefused(f"A macro has at most {MOST} steps; this one has {len(steps)}.")
    for step in steps:
        check(step, actor)
        if shared and isinstance(step, Reply) and reply_of(step.canned, actor).owner_id is not None:
            raise RuleRefused("A macro for all sends a canned reply for all; this one is your own.")


def to_json(steps: Sequence[Step]) -> str:
    """Steps as a JSON list of objects, each with what it does under `do`."""
    names = {kind: name for name, kind in STEPS.items()}
    return json.dumps([{"do": names[type(step)], **asdict(step)} for step in steps], ensure_ascii=False)


def from_json(text: str) -> tuple[Step, ...]:
    """Steps from a JSON list; RuleRefused names the step, the word and the nearest valid one."""
    try:
        found = json.loads(text)
    except ValueError as error:
        raise RuleRefused(f"The steps of a macro are a JSON list; this is none ({error}).") from error
    if not isinstance(found, list):
        raise RuleRefused("The steps of a macro are a JSON list of objects.")
    return tuple(_step(number, each) for number, each in enumerate(found, 1))


def _step(number: int, found: Any) -> Step:
    if not isinstance(found, dict) or "do" not in found:
        raise RuleRefused(f'Step {number} is no object with a word for what it does, such as {{"do": "assign"}}.')
    name = found["do"]
    kind = STEPS.get(name) if isinstance(name, str) else None
    if kind is None:
        raise RuleRefused(f"Step {number} does {name!r}, which is not known; {nearest(str(name), STEPS)}")
    given = {key: value for key, value in found.items() if key != "do"}
    known = [each.name for each in fields(kind)]
    for key in given:
        if key not in known:
            raise RuleRefused(f"Step {number} ({name}) has no {key!r}; {nearest(key, known)}")
    return _converted(number, name, kind, given)


def _converted(number: int, name: str, kind: type[Any], given: dict[str, Any]) -> Step:
    import msgspec

    try:
        step: Step = msgspec.convert(given, kind)
    except msgspec.ValidationError as error:
        raise RuleRefused(f"Step {number} ({name}): {error}.") from error
    return step
