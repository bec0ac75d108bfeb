"""What can be done to a ticket without asking anything more: the steps of macros and of work on many tickets.

An action is plain data; `perform` does it by the same operations, and so by the same rules, as a person's own key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from models.errors import NotFound
from models.reading import one, scalar
from models.tickets import STATES, WAITING
from tickets import canned, conversation, tags, triage
from tickets.errors import RuleRefused
from tickets.rules import WORKERS, Held, check_severity, check_text, held
from tickets.words import clean_line

ME, NOBODY = "me", "none"


@dataclass(frozen=True, slots=True)
class Assign:
    """Give the ticket to someone: a login, `me`, or `none` to release it; a colleague may get a note with it."""

    to: str = ME
    note: str = ""


@dataclass(frozen=True, slots=True)
class Severity:
    """Set the vendor's severity, with the reason that a change needs."""

    severity: int
    reason: str


@dataclass(frozen=True, slots=True)
class State:
    """Set the state."""

    state: str


@dataclass(frozen=True, slots=True)
class Tag:
    """Put tags on."""

    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Untag:
    """Take tags off."""

    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Write an internal note."""

    text: str


@dataclass(frozen=True, slots=True)
class Reply:
    """Send a canned reply, by its id; `then` is the state that follows."""

    canned: int
    then: str = WAITING


@dataclass(frozen=True, slots=True)
class RunMacro:
    """Do what a macro holds, by its id; no step of a macro itself."""

    macro: int


Step = Assign | Severity | State | Tag | Untag | Note | Reply
Action = Step | RunMacro
STEPS: dict[str, type[Any]] = {
    "assign": Assign,
    "severity": Severity,
    "state": State,
    "tag": Tag,
    "untag": Untag,
    "note": Note,
    "reply": Reply,
}


def check(step: Step, actor: int) -> None:
    """Refuse a step that no ticket would take, before it is kept or begun."""
    match step:
        case Assign(to):
            assignee(to, actor)
        case Severity(severity, reason):
            check_severity(severity)
            if not reason.strip():
                raise RuleRefused("A change of severity needs a reason; say in a line what changed.")
        case State(state):
            if state not in STATES:
                raise RuleRefused(f"A ticket is {', '.join(STATES)}; not {state!r}.")
        case Tag(names) | Untag(names):
            tags.checked(names)
        case Note(text):
            check_text(text)
        case Reply(reply_id, then):
            canned.reply_of(reply_id, actor)
            if then not in STATES[:3]:
                raise RuleRefused(f"After a reply a ticket is open, waiting or solved, not {then!r}.")


def perform(step: Step, ticket_id: int, actor: int, at: int) -> None:
    """Do a step; nothing happens where the ticket is already as it would be. Raises what its operation raises."""
    ticket = held(ticket_id)
    match step:
        case Assign(to, note):
            _assign(ticket, assignee(to, actor), actor, at, note)
        case Severity(severity, reason):
            if severity != ticket.severity:
                triage.change_severity(ticket_id, severity, reason, actor, at)
        case State(state):
            if state != ticket.state:
                triage.change_state(ticket_id, state, actor, at)
        case Tag(names):
            tags.tag(ticket_id, names, actor, at)
        case Untag(names):
            tags.untag(ticket_id, names, actor, at)
        case Note(text):
            conversation.note(ticket_id, text, actor, at)
        case Reply(reply_id, then):
            text = canned.ready(reply_id, ticket_id, actor, at)
            conversation.reply(ticket_id, text, actor, at, then=then)


def assignee(to: str, actor: int) -> int | None:
    """The id of who gets the ticket; None for nobody. Refused where they are gone or may only look."""
    if to.lower() == NOBODY:
        return None
    if to.lower() == ME:
        return actor
    found = one("SELECT id, name, role, active FROM person WHERE LOWER(login) = LOWER(?)", (to,))
    if found is None:
        raise NotFound(f"There is no {to!r} on this desk; choose one of its people.")
    if not found[3] or found[2] not in WORKERS:
        raise RuleRefused(f"{found[1]} works on no tickets; choose someone else.")
    return int(found[0])


def _assign(ticket: Held, to: int | None, actor: int, at: int, note: str) -> None:
    if to == ticket.owner_id:
        return
    if to is None:
        triage.release(ticket.id, actor, at)
    elif to == actor:
        triage.claim(ticket.id, actor, at, take_over=True)
    else:
        triage.assign(ticket.id, to, actor, at, note)


def told(step: Step, tickets: str, actor: int) -> str:
    """What a step does to `tickets` ("12 tickets"), after the name of who does it."""
    match step:
        case Assign(to):
            words = _told_assign(assignee(to, actor), tickets, actor)
        case Severity(severity, reason):
            words = f"set severity {severity} on {tickets}: {clean_line(reason)}"
        case State(state):
            words = f"set {tickets} to {state}"
        case Tag(names):
            words = f"tagged {tickets} {', '.join(tags.checked(names))}"
        case Untag(names):
            words = f"took {', '.join(tags.checked(names))} off {tickets}"
        case Note():
            words = f"noted on {tickets}"
        case Reply(reply_id):
            words = f"replied to {tickets} with {canned.reply_of(reply_id, actor).name!r}"
    return words


def _told_assign(to: int | None, tickets: str, actor: int) -> str:
    if to is None:
        return f"released {tickets}"
    if to == actor:
        return f"took {tickets}"
    return f"assigned {tickets} to {scalar('SELECT name FROM person WHERE id = ?', (to,))}"
