"""What may stand at a place in a query: offered as it is typed, and put there as a whole word."""

from __future__ import annotations

import re
from typing import NamedTuple

from models.reading import rows
from tickets import tags
from tickets.choices import customers
from tickets.query.fields import CHOICE, CONDITIONS, DAYS, FIELDS, ME, MOMENT, NONE, SPAN
from tickets.query.language import quoted, tidy

MOST = 12
_TOKEN = re.compile(r'-?(?:[A-Za-z_]+(?:<=|>=|<|>|:))?(?:"(?:[^"\\]|\\.)*"?|[^\s"])*', re.DOTALL)
_HEAD = re.compile(r"(-?)([A-Za-z_]*)(<=|>=|<|>|:)?")
_SPANS = (("30m", "half an hour"), ("2h", "two hours"), ("1d", "a day"), ("3d", "three days"), ("1w", "a week"))


class Choice(NamedTuple):
    """A word to choose, as it is written, and what it means."""

    text: str
    help: str


class Completion(NamedTuple):
    """What may replace the signs from `start` to `end` of the query."""

    start: int
    end: int
    choices: list[Choice]


def complete(text: str, cursor: int) -> Completion:
    """What may stand where the cursor is: fields, and the values of a field by what the desk knows."""
    text, cursor = tidy(text), max(0, min(cursor, len(text)))
    start = _token_start(text[:cursor])
    head = _HEAD.match(text, start, cursor)
    if head is None or head[3] is None or head[2].lower() not in FIELDS:
        begun = start + (text[start : start + 1] == "-")
        return Completion(begun, cursor, _fields(text[begun:cursor]))
    name = head[2].lower()
    begin = max(head.end(), _last_comma(text, head.end(), cursor) + 1)
    typed = text[begin:cursor].lstrip('"')
    takes = head[3] == ":" or FIELDS[name].kind in (MOMENT, SPAN)
    return Completion(begin, cursor, _values(name, typed)[:MOST] if takes else [])


def _token_start(before: str) -> int:
    at = 0
    while at < len(before):
        if before[at].isspace():
            at += 1
            continue
        found = _TOKEN.match(before, at)
        end = found.end() if found else at
        if end >= len(before):
            return at
        at = max(end, at + 1)
    return len(before)


def _last_comma(text: str, start: int, end: int) -> int:
    """The last comma that separates values, outside of quotes; -1 where there is none."""
    inside, last = False, -1
    for at in range(start, end):
        if text[at] == '"':
            inside = not inside
        elif text[at] == "," and not inside:
            last = at
    return last


def _fields(typed: str) -> list[Choice]:
    wanted = typed.lower()
    found = []
    for name, field in FIELDS.items():
        if name.startswith(wanted):
            sign = "" if field.kind in (MOMENT, SPAN) else ":"
            found.append(Choice(name + sign, f"{field.help}, such as {field.example}"))
    return found


def _values(name: str, typed: str) -> list[Choice]:
    field, wanted = FIELDS[name], typed.lower()
    if field.kind == CHOICE:
        known = [Choice(value, CONDITIONS.get(value, "") if name == "is" else "") for value in field.values]
    elif field.kind in (MOMENT, SPAN):
        days = [Choice(day, "") for day in DAYS] if field.kind == MOMENT else []
        known = [*(Choice(span, meant) for span, meant in _SPANS), *days]
    elif name == "customer":
        return [Choice(quoted(found.key), found.name) for found in customers(typed, MOST)]
    else:
        known = [Choice(quoted(value), meant) for value, meant in _names(name, wanted)]
    return [choice for choice in known if choice.text.strip('"').lower().startswith(wanted)]


def _names(name: str, wanted: str) -> list[tuple[str, str]]:
    if name == "tag":
        return [(tag, "") for tag in tags.known(wanted, MOST)]
    if name == "owner":
        people = rows("SELECT login, name FROM person WHERE active = 1 ORDER BY login LIMIT 1000")
        return [(ME, "yourself"), (NONE, "nobody"), *((str(login), str(called)) for login, called in people)]
    sql = {
        "queue": "SELECT key, name FROM queue ORDER BY id",
        "channel": "SELECT DISTINCT channel, '' FROM ticket WHERE is_open = 1 LIMIT 50",
        "plan": "SELECT DISTINCT plan, '' FROM contract UNION SELECT DISTINCT support_option, '' FROM contract"
        " WHERE support_option IS NOT NULL ORDER BY 1 LIMIT 100",
    }.get(name)
    return [(str(value), str(meant)) for value, meant in rows(sql)] if sql else []
