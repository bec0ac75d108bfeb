"""The same work on many tickets: one line in the journal, one undo, and a word on each ticket that refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from models.access import require
from models.errors import DomainError
from models.journal import Together, together
from tickets import macros
from tickets.actions import Action, RunMacro, Step, check, perform, told
from tickets.errors import RuleRefused
from tickets.rules import WORKERS

MOST = 10_000
Heard = Callable[[int, int], bool]
"""Told how many of how many tickets are done; False stops the work, and nothing was done."""


class Refusal(NamedTuple):
    """A ticket that was left as it is, and why."""

    ticket_id: int
    reason: str


class Applied(NamedTuple):
    """What was done, in a sentence, and to which tickets; `unchanged` were as wanted already."""

    sentence: str
    operation_id: int | None
    changed: tuple[int, ...]
    unchanged: tuple[int, ...]
    refused: tuple[Refusal, ...]


class Stopped(RuleRefused):
    """The person stopped the work; nothing was done."""


def apply(
    ticket_ids: Sequence[int],
    action: Action,
    actor: int,
    at: int,
    *,
    all_or_none: bool = False,
    heard: Heard | None = None,
) -> Applied:
    """Do an action, or a macro's steps, to tickets; a ticket that refuses one step is left as it was.

    With `all_or_none` the first refusal is raised and nothing is done. A reply among the steps is sent, and the whole
    can then not be undone. Raises RuleRefused for more than MOST tickets, and Stopped where `heard` says so.
    """
    numbers = list(dict.fromkeys(ticket_ids))
    if not numbers:
        raise RuleRefused("No ticket is marked; mark some with x.")
    if len(numbers) > MOST:
        raise RuleRefused(f"At most {MOST:,} tickets at once; these are {len(numbers):,}. Mark fewer.")
    person = require(actor, *WORKERS)
    name, steps = _steps(action, actor)
    with together(actor, at, "bulk") as work:
        done = _Work(work, steps, actor, at, all_or_none)
        for count, number in enumerate(numbers, 1):
            done.on(number)
            if heard is not None and not heard(count, len(numbers)):
                raise Stopped("Stopped; nothing was done.")
        if len(numbers) == 1:
            work.tx.ticket_id = numbers[0]
        sentence = f"{person.name} {_told(name, steps, done.changed, actor)}."
        if done.changed:
            work.tx.say(sentence)
    return done.result(_whole(sentence, done), work.tx.operation_id)


class _Work:
    """Steps on one ticket after the other, and what came of it."""

    def __init__(self, work: Together, steps: Sequence[Step], actor: int, at: int, all_or_none: bool) -> None:
        self.work, self.steps, self.actor, self.at, self.all_or_none = work, steps, actor, at, all_or_none
        self.changed: list[int] = []
        self.unchanged: list[int] = []
        self.refused: list[Refusal] = []

    def on(self, number: int) -> None:
        """Do the steps to a ticket, all of them or none."""
        try:
            with self.work.attempt() as part:
                for step in self.steps:
                    perform(step, number, self.actor, self.at)
        except DomainError as error:
            if self.all_or_none:
                raise
            self.refused.append(Refusal(number, str(error)))
        else:
            (self.changed if part.sentence else self.unchanged).append(number)

    def result(self, sentence: str, operation_id: int | None) -> Applied:
        """What came of it."""
        return Applied(sentence, operation_id, tuple(self.changed), tuple(self.unchanged), tuple(self.refused))


def _steps(action: Action, actor: int) -> tuple[str, Sequence[Step]]:
    """The macro's name (empty without one) and the steps, each checked."""
    if isinstance(action, RunMacro):
        macro = macros.macro(action.macro, actor)
        name, steps = macro.name, macro.steps
    else:
        name, steps = "", (action,)
    for step in steps:
        check(step, actor)
    return name, steps


def _told(name: str, steps: Sequence[Step], changed: Sequence[int], actor: int) -> str:
    tickets = _tickets(changed)
    return f"ran {name!r} on {tickets}" if name else told(steps[0], tickets, actor).rstrip(".")


def _tickets(numbers: Sequence[int]) -> str:
    if not numbers:
        return "no ticket"
    return f"#{numbers[0]}" if len(numbers) == 1 else f"{len(numbers):,} tickets"


def _whole(sentence: str, done: _Work) -> str:
    """The sentence with what was not done; the list of reasons stands beside it."""
    parts = [sentence]
    if done.unchanged:
        were = "was" if len(done.unchanged) == 1 else "were"
        parts.append(f"{len(done.unchanged):,} {were} so already.")
    if len(done.refused) == 1:
        parts.append(f"One refused: {done.refused[0].reason}")
    elif done.refused:
        parts.append(f"{len(done.refused):,} refused, the first: {done.refused[0].reason}")
    return " ".join(parts)
