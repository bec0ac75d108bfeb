"""What the first frame needs, read in one go on the database thread while the screen is still being imported."""

from __future__ import annotations

from typing import NamedTuple

from models.access import Actor, identify
from screens.queue_reading import Page, first_page
from tickets.reading import VIEWS


class Opening(NamedTuple):
    """Who acts, and the first page of the queue."""

    actor: Actor
    page: Page


def read_opening(login: str, now: int) -> Opening:
    """Read it. Raises NotAllowed for a stranger and DatabaseUnavailable where the data cannot be reached."""
    actor = identify(login, now)
    return Opening(actor, first_page(VIEWS[0].key, actor.id, now))
