"""Instants as exports write them.

The forms, in the order they are tried: ISO 8601 (also with a space before the offset), seconds or milliseconds since
1970, numbers for day, month and year between slashes or dots, RFC 2822, and a few with the month in English.
A date that two readings fit (04/05/2016) is refused, since a clock must not hang on a guess.
"""

import re
from datetime import UTC, datetime
from typing import NamedTuple

_EPOCH_MILLISECONDS = 100_000_000_000
_SPACED_OFFSET = re.compile(r"\s+([+-]\d\d:?\d\d|Z|UTC|GMT)$")
_NUMBERS = re.compile(
    r"(\d{1,2})([/.])(\d{1,2})\2(\d{4})(?:[ T,]+(\d{1,2}):(\d\d)(?::(\d\d))?)?\s*(Z|[+-]\d\d:?\d\d)?$"
)
_MAIL = re.compile(
    r"([A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(:\d\d)? ([+-]\d{4}|GMT|UTC?|[ECMP][SD]T)", re.ASCII
)
_WORDED = re.compile(
    r"(?:(?P<day>\d{1,2} [a-z]{3,9} \d{4})|(?P<month>[a-z]{3,9} \d{1,2}, \d{4})|(?P<year>\d{4}/\d{1,2}/\d{1,2}))"
    r"(?:,? (?P<time>\d{1,2}:\d\d(?P<seconds>:\d\d)?)(?P<noon> [ap]m)?)? ?(?P<offset>[+-]\d\d:?\d\d|Z)?",
    re.ASCII | re.IGNORECASE,
)


class BadInstant(ValueError):
    """What was given is no instant, or more than one; the message quotes it and says why."""


class Instant(NamedTuple):
    """UTC seconds, rounded down; `guessed` where the text named no offset and was read as UTC."""

    at: int
    guessed: bool


def parse_instant(value: object) -> Instant:
    """Read an instant in any of the forms above; raise BadInstant with a reason a person can act on."""
    if isinstance(value, str):
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            return _other_text(value.strip())
        return _instant(moment, value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadInstant("the date is absent" if value is None else f"{value!r:.40} is no date")
    return _epoch(value)


def _instant(moment: datetime, text: str) -> Instant:
    guessed = moment.tzinfo is None
    if guessed:
        moment = moment.replace(tzinfo=UTC)
    try:
        return Instant(int(moment.timestamp() // 1), guessed)
    except (OverflowError, ValueError) as error:
        raise BadInstant(f"{text!r} lies outside the calendar") from error


def _epoch(value: float) -> Instant:
    try:
        seconds = int(value // 1000 if abs(value) >= _EPOCH_MILLISECONDS else value // 1)
        datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError) as error:
        raise BadInstant(f"{value!r:.40} lies outside the calendar") from error
    return Instant(seconds, guessed=False)


def _other_text(text: str) -> Instant:
    if not text:
        raise BadInstant("the date is absent")
    try:
        return _instant(datetime.fromisoformat(_SPACED_OFFSET.sub(_offset, text)), text)
    except BadInstant:
        raise
    except ValueError:
        pass  # not ISO 8601: the next forms have their turn
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return _epoch(float(text) if "." in text else int(text[:40]))
    if found := _NUMBERS.match(text):
        return _numbers(found, text)
    return _mail_date(text) or _worded(text)


def _offset(found: re.Match[str]) -> str:
    return "Z" if found[1] in ("UTC", "GMT") else found[1]


def _numbers(found: re.Match[str], text: str) -> Instant:
    """Read 28/04/2016 11:19 and 04/28/2016; a dot always puts the day first."""
    first, second = int(found[1]), int(found[3])
    if found[2] == "/" and first <= 12 and second <= 12 and first != second:
        raise BadInstant(f"{text!r} is ambiguous: day or month first? Write it as {found[4]}-MM-DD")
    day, month = (first, second) if found[2] == "." or first > 12 else (second, first)
    offset = (found[8] or "").replace("Z", "+00:00")
    clock = f"{int(found[5] or 0):02}:{found[6] or '00'}:{found[7] or '00'}"
    try:
        moment = datetime.fromisoformat(f"{found[4]}-{month:02}-{day:02}T{clock}{offset}")
    except ValueError as error:
        raise BadInstant(f"{text!r} is no date: {error}") from error
    return _instant(moment, text)


def _mail_date(text: str) -> Instant | None:
    from email.utils import parsedate_to_datetime

    if not _MAIL.fullmatch(text):
        return None
    try:
        return _instant(parsedate_to_datetime(text), text)
    except BadInstant:
        raise
    except ValueError as error:
        raise BadInstant(f"{text!r} is no date: {error}") from error


def _worded(text: str) -> Instant:
    """Read a month in English or a year first; the whole text must fit, or an offset would go unseen."""
    import arrow

    text = " ".join(text.split())
    found = _WORDED.fullmatch(text)
    if not found:
        raise BadInstant(f"{text[:40]!r} is in none of the known forms of a date")
    date, month = found["day"] or found["month"] or found["year"], "MMM"
    if len(max(re.findall("[A-Za-z]+", date), key=len, default="")) > 3:
        month = "MMMM"
    form = f"D {month} YYYY" if found["day"] else f"{month} D, YYYY" if found["month"] else "YYYY/M/D"
    if found["time"]:
        date += " " + found["time"] + (found["noon"] or "")
        form += (" h:mm" if found["noon"] else " H:mm") + (":ss" if found["seconds"] else "")
        form += " A" if found["noon"] else ""
    if offset := found["offset"]:
        date += " " + offset.upper().replace("Z", "+0000").replace(":", "")
        form += " Z"
    try:
        return _instant(arrow.get(date, form).datetime, text)._replace(guessed=not offset)
    except (arrow.parser.ParserError, ValueError, OverflowError) as error:
        raise BadInstant(f"{text[:40]!r} is no date: {error}") from error
