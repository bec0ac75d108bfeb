"""What a line says of a call, an action, or what a customer said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from models.words import READ_ONLY as READER
from screens.call_commands import ATTEND, HOLD, MOVE, SKIP, WRITE_AGENDA, Command
from screens.ticket_reasons import READ_ONLY
from screens.widgets.plain_list import Pieces, Shape
from screens.widgets.text import clean, fit
from screens.widgets.when import local, when
from tam.actions import DONE, DROPPED, OPEN, ActionRow
from tam.call_list import CallLine
from tam.call_reading import CallRow
from tam.call_rules import HELD, KINDS, PLANNED, REVIEW, SKIPPED, day, day_text, name_of
from tam.feedback import FeedbackRow

WIDE = 100
HEADS = ("Theirs", "Customer", "Call")
KEEPERS = ("tam", "lead")
DONE_BY_KEEPERS = (MOVE, SKIP, ATTEND)
SIGNS = {PLANNED: "○", HELD: "✓", SKIPPED: "–"}


def theirs(at: int, mine: str, zone: str) -> str:
    """Return the customer's local time where it is another than mine: `08:00`, `22:30 -1` the day before."""
    here, there = local(at, mine), local(at, zone)
    if here.utcoffset() == there.utcoffset():
        return ""
    days = (there.date() - here.date()).days
    return f"{there:%H:%M}" + (f" {days:+}" if days else "")


def state_of(line: CallLine) -> tuple[str, str]:
    """Return style, and sign and word for how a call stands."""
    if line.over:
        return "warning", "! not written up"
    if line.proposal is not None:
        return "warning", "◐ closed that day"
    moved = ", moved" if line.call.moved and line.call.state == PLANNED else ""
    return "plain" if line.call.state == PLANNED else "quiet", f"{SIGNS[line.call.state]} {line.call.state}{moved}"


def about(line: CallLine, now: int, zone: str, *, named: bool) -> tuple[str, str]:
    """Return style and what is to be known of a call: what is proposed, why it moved or is skipped, who attends; and
    what an unusual one is called, unless it is `named` already."""
    held = line.call
    if line.proposal is not None:
        to = line.proposal.to
        todo = f"{when(to, now, zone)}?" if to is not None else "skip it?"
        return "warning", f"{todo} {clean(line.proposal.why)}"
    told = held.reason or ", ".join(name_of(each) for each in held.attendees)
    if not named and held.title != KINDS[REVIEW]:
        told = ": ".join(part for part in (held.title, told) if part)
    return "quiet", clean(told)


def calls_shape(now: int, zone: str, one_customer: bool, lines: Sequence[CallLine] = ()) -> Shape:
    """Shape a call: when here, and there where some customer's clock differs; whose, what for, how it stands."""
    away = 9 if any(theirs(each.call.at, zone, each.zone) for each in lines) else 0

    def columns(width: int) -> tuple[int, int]:
        if width >= WIDE:
            return (0 if one_customer else 18), 22
        return (0, 15) if one_customer else (13, 0)

    def heading(width: int) -> str:
        name, title = columns(width)
        there, whose, what = (word if cells else "" for word, cells in zip(HEADS, (away, name, title), strict=True))
        return f" {'When':<18}{there:<{away}}{whose:<{name}}{what:<{title}}{'State':<18}About"

    def line(item: object, width: int) -> Pieces:
        held, (name, title) = cast(CallLine, item), columns(width)
        style, state = state_of(held)
        return (
            ("plain" if held.call.state == PLANNED else "quiet", f" {fit(when(held.call.at, now, zone), 17)} "),
            ("quiet", f"{fit(theirs(held.call.at, zone, held.zone), away - 1)} " if away else ""),
            ("plain", f"{fit(held.call.customer, name - 1)} " if name else ""),
            ("plain", f"{fit(held.call.title, title - 1)} " if title else ""),
            (style, f"{fit(state, 17)} "),
            about(held, now, zone, named=bool(title)),
        )

    return Shape(heading, line, "No calls yet. N plans one, S agrees on a series.")


def came_of_it(now: int, zone: str) -> Shape:
    """Shape what comes of a call: an action or what the customer said."""

    def line(item: object, width: int) -> Pieces:
        return _feedback(item) if isinstance(item, FeedbackRow) else _action(cast(ActionRow, item), width)

    def heading(width: int) -> str:
        title = "── Actions and feedback "
        return title + "─" * max(0, width - len(title))

    return Shape(heading, line, "Nothing came of it yet. a notes an action, f what the customer said.")


def _action(held: ActionRow, width: int) -> Pieces:
    sign = {OPEN: "☐", DONE: "☑", DROPPED: "–"}[held.state]
    style = "quiet" if held.state != OPEN else "plain"
    due = day_text(day(held.due_on)) if held.due_on else ""
    return (
        (style, f" {sign} "),
        ("quiet", f"{held.side:<7}"),
        (style, f"{fit(held.owner or '–', 14)} "),
        ("alarm" if held.overdue else "quiet", f"{fit(f'! {due}' if held.overdue else due, 17)} "),
        (style, clean(held.what) + ("" if held.state != DROPPED else " (dropped)")),
    )


def _feedback(held: FeedbackRow) -> Pieces:
    ticket = f"#{held.ticket_id} {held.ticket_state}" if held.ticket_id is not None else "no ticket"
    why = f" – {' '.join(clean(held.why).split())}" if held.why else ""
    return (
        ("accent", " » "),
        ("quiet", f"{'said':<7}{fit(held.person or '–', 14)} {fit(ticket, 17)} "),
        ("plain", clean(held.what)),
        ("quiet", why),
    )


def why_not_call(command: Command, held: CallRow, role: str, now: int) -> str | None:
    """Return why a command cannot run on a call, known before it is tried; the operations check it again."""
    if role == READER and command in (HOLD, *DONE_BY_KEEPERS):
        return READ_ONLY
    if command in DONE_BY_KEEPERS and role not in KEEPERS:
        return "Only a TAM or a lead plans, moves and skips calls."
    if command is HOLD and held.state != PLANNED:
        return f"This call was {held.state}."
    if command is SKIP and held.state != PLANNED:
        return f"This call was {held.state}; only a planned one is skipped."
    if command is MOVE and held.state == HELD:
        return "This call was held; plan another one instead."
    return None


def why_not_write(command: Command, held: CallRow, role: str) -> str | None:
    """Return why nothing can be written for a call."""
    if role == READER:
        return READ_ONLY
    if command is not None and command.id == "call.redraft" and held.state != PLANNED:
        return f"This call was {held.state}: its agenda stays as it is."
    return "It was held: its agenda stays as it is." if command is WRITE_AGENDA and held.state == HELD else None
