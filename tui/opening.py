"""What the first frame needs, read in one go on the database thread while the screen is still being imported."""

from __future__ import annotations

from typing import NamedTuple

from models.access import Actor, identify
from screens.queue_reading import BUILT_IN, Page, first_page


class Opening(NamedTuple):
    """Who acts, and the first page of the queue."""

    actor: Actor
    page: Page


def read_opening(login: str, now: int) -> Opening:
    """Read it. Raises NotAllowed for a stranger and DatabaseUnavailable where the data cannot be reached."""
    actor = identify(login, now)
    return Opening(actor, first_page(BUILT_IN[0], actor.id, now))
