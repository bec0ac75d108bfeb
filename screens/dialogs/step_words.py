"""The steps of a macro in words, one a line, and back: what is read from what was written is the same again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from models.tickets import WAITING
from tickets.actions import Assign, Note, Reply, Severity, State, Step, Tag, Untag
from tickets.errors import RuleRefused

EXAMPLE = "assign me\ntag sso, known\nnote See the runbook.\nstate waiting"
WORDS = "assign LOGIN, severity 3 REASON, state waiting, tag A, B, untag A, note TEXT, reply CANNED REPLY"
TEXTS = ("assign", "severity", "note")
"""Steps that end in free text; a line that begins with a space goes on with it."""
_THEN = ", then "


def steps_of(text: str, replies: Mapping[str, int]) -> tuple[Step, ...]:
    """Read steps; `replies` are the ids of the canned replies by their names in lower case. Raises RuleRefused."""
    return tuple(_step(written, replies) for written in _each(text))


def _each(text: str) -> Iterator[str]:
    """Each step with the lines that go on with it."""
    step = ""
    for line in text.split("\n"):
        if step and line[:1].isspace() and step.split(maxsplit=1)[0].lower() in TEXTS:
            step += "\n" + (line[2:] if line.startswith("  ") else line.lstrip())
        elif line.strip():
            if step:
                yield step
            step = line.strip()
    if step:
        yield step


def _step(written: str, replies: Mapping[str, int]) -> Step:
    word, _, rest = written.partition(" ")
    rest = rest.strip()
    names = tuple(name.strip() for name in rest.split(",") if name.strip())
    first, _, more = rest.partition(" ")
    known: dict[str, Step | None] = {
        "assign": Assign(first, more.strip()),
        "severity": Severity(int(first), more.strip()) if first.isdecimal() and len(first) == 1 else None,
        "state": State(rest.lower()),
        "tag": Tag(names),
        "untag": Untag(names),
        "note": Note(rest),
        "reply": _reply(rest, replies),
    }
    step = known.get(word.lower())
    if step is None or not rest:
        raise RuleRefused(f"{written!r} is no step. Steps are: {WORDS}.")
    return step


def _reply(rest: str, replies: Mapping[str, int]) -> Reply | None:
    name, then, state = rest.rpartition(_THEN)
    if rest.casefold() in replies:
        return Reply(replies[rest.casefold()])
    return Reply(replies[name.casefold()], state.lower()) if then and name.casefold() in replies else None


def words_of(steps: Iterable[Step], names: Mapping[int, str]) -> str:
    """Return steps in words; `names` are the names of the canned replies by their ids."""
    return "\n".join(_line(step, names).replace("\n", "\n  ") for step in steps)


def _line(step: Step, names: Mapping[int, str]) -> str:
    match step:
        case Assign(to, note):
            words = f"assign {to} {note}".rstrip()
        case Severity(severity, reason):
            words = f"severity {severity} {reason}"
        case State(state):
            words = f"state {state}"
        case Tag(tags):
            words = f"tag {', '.join(tags)}"
        case Untag(tags):
            words = f"untag {', '.join(tags)}"
        case Note(text):
            words = f"note {text}"
        case Reply(canned, then):
            name = names.get(canned, f"(deleted, it was {canned})")
            words = f"reply {name}" if then == WAITING else f"reply {name}{_THEN}{then}"
    return words
