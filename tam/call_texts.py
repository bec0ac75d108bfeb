"""Notes and agenda while people write them: two who write different texts of a call are not in each other's way."""

from __future__ import annotations

from models.errors import StaleRow
from models.journal import sentences_since
from tam.call_reading import CallRow, call
from tam.calls import write

AGENDA, NOTES = "agenda", "notes"


def save_text(call_id: int, name: str, text: str, began: CallRow, actor: int, at: int) -> CallRow:
    """Save the agenda or the notes of a call, and return the call as it is then; `began` is the call as it was read.

    Raises StaleRow, with who wrote it, where that text is not what it was: what else changed is in nobody's way.
    """
    held = call(call_id)
    if getattr(held, name) != getattr(began, name):
        told = " ".join(sentences_since("review_call", call_id, began.version)) or f"Someone else wrote the {name}."
        raise StaleRow(f"The {name} changed since you opened them: {told}")
    return write(call_id, actor, at, held.version, **{name: text})
