"""What the lines of a checklist say: a topic with how far it is, and an item with who has to move and by when."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, cast

from onboarding.evidence import LINK, EvidenceRow
from onboarding.reading import ALL, CUSTOMERS, FILTERS, MINE, OVERDUE, SIGNS, Checklist, Group, ItemLine
from onboarding.words import BLOCKED, CUSTOMER, DOING, DONE, NOT_NEEDED, SETTLED
from screens.widgets.details import Told
from screens.widgets.plain_list import Pieces, Shape
from screens.widgets.text import clean, fit
from screens.widgets.when import local

WIDE = 100
NAMES = {ALL: "all", MINE: "mine", CUSTOMERS: "customer's", OVERDUE: "overdue"}
SIDES = {"vendor": "ours", CUSTOMER: "theirs"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WHO, _DUE, _MARKS, _ROOM = 13, 9, 5, 8
"""Cells of owner and side, the date, evidence, and how much room there is (shown where the screen is wide)."""


class Topic(NamedTuple):
    """A topic as a line; `theirs` is how many of its items wait for the customer."""

    title: str
    done: int
    total: int
    folded: bool
    theirs: int
    overdue: int


def day(text: str | None) -> str:
    """Return an ISO date as `12 Mar`; empty where there is none."""
    if not text:
        return ""
    found = date.fromisoformat(text)
    return f"{found.day} {_MONTHS[found.month - 1]}"


def is_theirs(item: ItemLine) -> bool:
    """Whether the customer has to move."""
    return item.state not in SETTLED and item.waits_on == CUSTOMER


def lines_of(found: Checklist, folded: set[str]) -> list[Topic | ItemLine]:
    """Return the topics, each with its items below it unless it is folded."""
    lines: list[Topic | ItemLine] = []
    for group in found.groups:
        lines.append(_topic(group, group.topic in folded))
        if group.topic not in folded:
            lines.extend(group.items)
    return lines


def _topic(group: Group, folded: bool) -> Topic:
    theirs, late = sum(is_theirs(item) for item in group.items), sum(item.overdue for item in group.items)
    return Topic(group.topic, group.done, group.total, folded, theirs, late)


def checklist_shape(customer: str, show: str) -> Shape:
    """Shape a topic or an item; the room that is left gives way first."""
    name = clean(customer)

    def heading(width: int) -> str:
        filters = "  ".join(f"[{NAMES[each]}]" if each == show else NAMES[each] for each in FILTERS)
        room = f"{'Room':>{_ROOM - 1}} " if width >= WIDE else ""
        right = f"{'  Who':<{_WHO}}{'Due':>{_DUE}} {'✎':<{_MARKS}}{room}"
        return f"{fit(f' {filters}', width - len(right))}{right}"

    def line(item: object, width: int) -> Pieces:
        return _item(item, width) if isinstance(item, ItemLine) else _topic_line(cast(Topic, item), name, width)

    return Shape(heading, line, _EMPTY[show])


_EMPTY = {
    ALL: "No item is on this checklist yet. N adds one of the customer's own, A takes what the template has.",
    MINE: "Nothing here is yours. o gives an item to somebody, f shows the others.",
    CUSTOMERS: "Nothing waits for the customer. f shows the others.",
    OVERDUE: "Nothing is overdue. f shows the others.",
}


def _topic_line(topic: Topic, customer: str, width: int) -> Pieces:
    waits = f"  → {topic.theirs} for {customer}" if topic.theirs else ""
    late = f"  ✕ {topic.overdue} overdue" if topic.overdue else ""
    count = f"{topic.done}/{topic.total}"
    title = fit(f"{'▸' if topic.folded else '▾'} {clean(topic.title)}", min(44, width - 30)).rstrip()
    done = topic.total > 0 and topic.done == topic.total
    return (
        ("quiet" if done else "strong", f" {title}  "),
        ("quiet" if done else "accent", count),
        ("warning", waits),
        ("alarm", late),
    )


def _item(item: ItemLine, width: int) -> Pieces:
    wide = width >= WIDE
    settled, theirs = item.state in SETTLED, is_theirs(item)
    base = "quiet" if settled else "plain"
    sign = {BLOCKED: "alarm", DOING: "accent", DONE: "quiet", NOT_NEEDED: "quiet"}.get(item.state, "plain")
    side = SIDES.get(item.side, item.side)
    who = f"{'→ ' if theirs else '  '}{item.initials or '–':<3} {side}"
    due = f"{'✕ ' if item.overdue else ''}{day(item.due_on)}"
    evidence = f"✎{item.evidence}" if item.evidence else ""
    mark = "!" if item.critical and not settled else " "
    room = width - 6 - _WHO - _DUE - 1 - _MARKS - (_ROOM if wide else 0)
    slack = "" if item.slack_days is None or settled else f"{item.slack_days} d"
    return (
        (sign, f"   {SIGNS.get(item.state, '?')} "),
        ("warning" if mark == "!" else base, mark),
        (base, f"{fit(item.title, room - 1)} "),
        ("warning" if theirs else "quiet", f"{fit(who, _WHO - 1)} "),
        ("alarm" if item.overdue else "quiet" if settled else "plain", f"{due:>{_DUE}} "),
        ("quiet", f"{evidence:<{_MARKS}}"),
        ("warning" if slack.startswith("-") else "quiet", f"{slack:>{_ROOM - 1}} " if wide else ""),
    )


def topic_details(topic: Topic, customer: str) -> list[Told]:
    """Return what is to be known of a topic."""
    told: list[Told] = [("plain", f"{topic.done} of {topic.total} done")]
    if topic.theirs:
        told.append(
            ("warning", f"{topic.theirs} of its items {'wait' if topic.theirs > 1 else 'waits'} for {customer}")
        )
    return [*told, ("quiet", "enter folds it, z folds all; N adds an item to it")]


def item_details(item: ItemLine, evidence: list[EvidenceRow], zone: str) -> list[Told]:
    """Return what is to be known of an item: what holds it up first, then what done means, then the rest."""
    told: list[Told] = []
    if item.state == BLOCKED:
        since = f" since {day(local(item.blocked_since, zone).date().isoformat())}" if item.blocked_since else ""
        by = f" by {item.blocked_by}" if item.blocked_by else ""
        told.append(("alarm", f"blocked{by}{since}{': ' if item.reason else ''}{item.reason}"))
    elif item.reason:
        told.append(("warning", f"{item.state}: {item.reason}"))
    if item.first:
        told.append(("warning", f"comes after {'; '.join(item.first)}"))
    told.append(("plain", f"done means: {item.done_means}" if item.done_means else "nobody has said what done means"))
    told.extend(("quiet", f"✎ {_piece(each)}") for each in evidence)
    told.append(("quiet", _facts(item)))
    return told


def _piece(row: EvidenceRow) -> str:
    text = " ".join(row.text.split())
    return f"{'' if row.kind == LINK else f'{row.kind}: '}{text}{' (internal)' if row.internal else ''}"


def _facts(item: ItemLine) -> str:
    parts = [f"{item.owner or 'nobody'} ({SIDES.get(item.side, item.side)})", item.state]
    if item.due_on:
        parts.append(f"due {day(item.due_on)}{', fixed by hand' if item.pinned else ''}")
    if item.critical and item.state not in SETTLED:
        parts.append("! on the critical path")
    if item.slack_days is not None:
        parts.append(f"room {item.slack_days} working day{'' if abs(item.slack_days) == 1 else 's'}")
    if item.minutes:
        parts.append(f"{item.minutes // 60}:{item.minutes % 60:02} h logged")
    return ", ".join(parts)
