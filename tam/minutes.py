"""The minutes of a call for the customer, as Markdown.

Lines that begin with `//` are ours and stay inside; what people typed shows as they typed it, but makes no link, no
picture and no HTML.
"""

from __future__ import annotations

import re

from models.reading import rows
from sla.wall import local_of
from tam import actions, feedback
from tam.call_reading import CallRow, call
from tam.call_rules import HELD, day, day_text, moment_text, name_of, party, plain

INTERNAL = "//"
_SIGNS = re.compile(r"([\\`*_\[\]<>|#~])")


def minutes(call_id: int, now: int) -> str:
    """The minutes of a call as Markdown: when, who, agenda, notes, actions, what was said, and the next call."""
    held = call(call_id)
    parts = [
        f"# {_line(held.title)}: {_line(held.customer)}",
        _head(held),
        _block("Agenda", held.agenda),
        _block("Notes", held.notes),
        _listed("Actions", [_action(each) for each in actions.for_call(call_id, now) if each.state != actions.DROPPED]),
        _listed("Feedback", [_said(each) for each in feedback.of_call(call_id)]),
        _next(held),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def file_name(call_id: int) -> str:
    """A name for the file that every file system takes: "acme-2026-06-02-minutes.md"."""
    held = call(call_id)
    key = re.sub(r"[^a-z0-9]+", "-", party(held.customer_id).key.lower()).strip("-")[:60] or "call"
    return f"{key}-{local_of(held.zone, held.at):%Y-%m-%d}-minutes.md"


def public(text: str) -> str:
    """What a person typed without the lines that stay inside, harmless as Markdown."""
    lines = [line for line in plain(text).split("\n") if not line.lstrip().startswith(INTERNAL)]
    return "\n".join(_harmless(line) for line in lines).strip()


def _harmless(line: str) -> str:
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace("[", r"\[").replace("](", r"]\(")
    return re.sub(r"^ {0,3}#{1,6}\s+", "### ", line)


def _head(held: CallRow) -> str:
    lines = [f"- When: {moment_text(held.zone, held.at)} {held.zone}, {held.minutes} min"]
    if held.state != HELD:
        lines.append(f"- State: {held.state}")
    who = [held.person or "", *held.attendees]
    if there := [_line(name_of(each)) for each in who if each]:
        lines.append(f"- Who: {', '.join(dict.fromkeys(there))}")
    return "\n".join(lines)


def _block(title: str, text: str) -> str:
    told = public(text)
    return f"## {title}\n\n{told}" if told else ""


def _listed(title: str, lines: list[str]) -> str:
    return f"## {title}\n\n" + "\n".join(f"- {line}" for line in lines) if lines else ""


def _action(each: actions.ActionRow) -> str:
    owner = each.owner or ("" if each.side == actions.OURS else each.customer)
    due = f", due {day_text(day(each.due_on))}" if each.due_on else ""
    mark = "x" if each.state == actions.DONE else " "
    return f"[{mark}] {f'{_line(owner)}: ' if owner else ''}{_line(each.what)}{due}"


def _said(each: feedback.FeedbackRow) -> str:
    why = f" ({_line(each.why)})" if each.why else ""
    return f"{_line(each.what)}{why}" + (f", #{each.ticket_id}" if each.ticket_id else "")


def _next(held: CallRow) -> str:
    found = rows(
        "SELECT id FROM review_call WHERE customer_id = ? AND state = 'planned' AND at > ? ORDER BY at, id LIMIT 1",
        (held.customer_id, held.at),
    )
    if not found:
        return ""
    following = call(found[0][0])
    return f"Next call: {moment_text(following.zone, following.at)} {following.zone}"


def _line(text: str) -> str:
    return _SIGNS.sub(r"\\\1", " ".join(plain(text).split()))
