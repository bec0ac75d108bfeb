"""What a held session covered becomes done, once a person says so: all of it as one step that can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from models.access import require
from models.errors import DomainError
from models.journal import Together, together
from onboarding import items
from onboarding.errors import OnboardingRefused
from onboarding.rules import WORKERS, held
from onboarding.sessions import proposals, session


class Covered(NamedTuple):
    """The items that are done now, why others are not, and a sentence about it."""

    done: tuple[int, ...]
    refused: tuple[str, ...]
    sentence: str


def accept(session_id: int, item_ids: Sequence[int], actor: int, at: int) -> Covered:
    """Have items that a held session proposes done; one that waits for another is done after it.

    Raises OnboardingRefused where an item is not proposed, or where none of them can be done.
    """
    with together(actor, at, "accept_session") as whole:
        person = require(actor, *WORKERS)
        row = session(session_id)
        customer = held(row.onboarding_id).customer
        proposed = proposals(session_id)
        if not item_ids or any(item_id not in proposed for item_id in item_ids):
            raise OnboardingRefused(f"{row.title} proposes {len(proposed)} items as done; choose among these.")
        done, refused = _done_in_turn(whole, list(dict.fromkeys(item_ids)), actor, at)
        if not done:
            raise OnboardingRefused(" ".join(refused))
        count = f"{len(done)} item{'' if len(done) == 1 else 's'}"
        whole.tx.say(f"{person.name} called {count} of {customer} done after {row.title}.")
    return Covered(tuple(done), tuple(refused), whole.tx.sentence)


def _done_in_turn(whole: Together, left: list[int], actor: int, at: int) -> tuple[list[int], list[str]]:
    """Do each as soon as it can be; answers what was done, and the refusals of the rest."""
    done: list[int] = []
    while True:
        refused = {}
        for item_id in left:
            try:
                with whole.attempt():
                    items.done(item_id, actor, at)
            except DomainError as refusal:
                refused[item_id] = str(refusal)
            else:
                done.append(item_id)
        if not refused or len(refused) == len(left):
            return done, list(refused.values())
        left = list(refused)
