"""A call for a manager reaches the leads who are at the desk: a bell and a sentence, once."""

from __future__ import annotations

from typing import Any, Protocol

KIND = "escalate"


class Called(Protocol):
    """What is needed of the application."""

    actor: Any

    def bell(self) -> None: ...  # noqa: D102

    def say(self, text: str, error: bool = False) -> None: ...  # noqa: D102


def listen(app: Called, notes: list[Any]) -> None:
    """Ring and say what was recorded, where the actor leads and somebody else recorded it."""
    if app.actor.role != "lead":
        return
    for note in notes:
        if note.kind == KIND and note.person_id != app.actor.id:
            app.bell()
            app.say(note.sentence)
