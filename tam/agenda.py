"""The agenda of a call: drafted from what is true now, and kept beside what people typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from models.access import require
from models.calls import ReviewCall
from models.journal import transaction
from tam.call_reading import CallRow, call
from tam.call_rules import PLANNED, WORKERS, CallRefused, long_text, moment_text


class Section(NamedTuple):
    """A heading of an agenda and its lines, each a point to go through."""

    title: str
    lines: tuple[str, ...]


class Agenda(NamedTuple):
    """What a call should go through; sections without lines have nothing to say and are left out."""

    sections: tuple[Section, ...]

    @property
    def text(self) -> str:
        """The agenda as it is kept: a heading, then a line a point."""
        return _text(self.sections)


def draft(call_id: int, now: int) -> Agenda:
    """What is true at an instant (UTC seconds) for a call: a review looks at the time since the last, a service review
    at a year."""
    from tam.agenda_reading import sections

    return Agenda(tuple(section for section in sections(call(call_id), now) if section.lines))


def keep(call_id: int, actor: int, at: int, version: int | None = None) -> CallRow:
    """Keep the draft of now with a planned call, and return the call as it is then; whoever works on tickets may.

    What stands there stays: only points that it does not hold are added, below. Raises StaleRow where the call is not
    at `version` any more.
    """
    with transaction(actor, at, "call.agenda") as tx:
        who, held = require(actor, *WORKERS), call(call_id)
        if held.state != PLANNED:
            raise CallRefused(f"This call was {held.state}; an agenda is drafted for one that is planned.")
        text = long_text(merged(held.agenda, draft(call_id, at), moment_text(held.zone, at)))
        tx.update(ReviewCall, call_id, version, agenda=text)
        tx.say(f"{who.name} drafted the agenda of the call with {held.customer} on {moment_text(held.zone, held.at)}.")
    return call(call_id)


def merged(stands: str, drafted: Agenda, as_of: str) -> str:
    """What stands, with the drafted points that it does not hold below it, told as of when they are true."""
    if not stands.strip():
        return drafted.text
    known = {line.strip() for line in stands.splitlines()}
    added = [
        Section(f"{title}, as of {as_of}", tuple(line for line in lines if _point(line) not in known))
        for title, lines in drafted.sections
    ]
    new = [section for section in added if section.lines]
    return f"{stands.rstrip()}\n\n{_text(new)}" if new else stands


def _text(sections: Sequence[Section]) -> str:
    return "\n".join("\n".join((f"## {title}", *map(_point, lines), "")) for title, lines in sections)


def _point(line: str) -> str:
    return f"- {line}"
