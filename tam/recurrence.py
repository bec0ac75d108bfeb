"""When calls come again: RFC 5545 rules on local dates, in words and back, and the instants that follow from them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import NamedTuple

from sla.datetimes import instant_of
from sla.hours import zone_of
from sla.wall import local_of
from tam.call_rules import CallRefused, day_text

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
_UNITS = {"week": ("WEEKLY", 1), "month": ("MONTHLY", 1), "quarter": ("MONTHLY", 3), "year": ("YEARLY", 1)}
_SHORT = {"weekly": "every week", "biweekly": "every other week", "fortnightly": "every other week"} | {
    "every fortnight": "every other week",
    "monthly": "every month",
    "quarterly": "every quarter",
    "yearly": "every year",
    "annually": "every year",
}
_WORDS = re.compile(
    r"every (?:(?P<other>other|second|third|fourth|\d{1,2}) )?(?P<unit>week|month|quarter|year)s?"
    r"(?: on (?:the (?P<ordinal>first|second|third|fourth|last) )?(?P<days>[a-z ,]+))?"
)
_PLAIN = re.compile(
    r"FREQ=(?P<freq>\w+)(?:;INTERVAL=(?P<apart>\d+))?(?:;BYDAY=(?P<days>[-\w,]+))?(?:;BYMONTH=(?P<month>\d+))?"
    r"(?:;BYMONTHDAY=\d+|;BYMONTHDAY=28,[\d,]+;BYSETPOS=-1)?"
)
_DAY, _MONTH_DAY, _MONTH = "(?:MO|TU|WE|TH|FR|SA|SU)", "-?(?:[1-9]|[12]\\d|3[01])", "(?:[1-9]|1[0-2])"
_KEYS = {
    "FREQ": "WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": r"[1-9]\d?",
    "BYDAY": f"(?:-?[1-5])?{_DAY}(?:,(?:-?[1-5])?{_DAY})*",
    "BYMONTH": f"{_MONTH}(?:,{_MONTH})*",
    "BYMONTHDAY": f"{_MONTH_DAY}(?:,{_MONTH_DAY})*",
    "BYSETPOS": f"{_MONTH_DAY}(?:,{_MONTH_DAY})*",
    "WKST": _DAY,
}
"""What a rule may say, and how (RFC 5545, section 3.3.10)."""
SEARCHED_YEARS = 20
"""A rule that has no date for so long has none at all."""


class Pattern(NamedTuple):
    """A rule from a local date on (to another, included), at a local time ("14:00") of a zone."""

    rule: str
    starts_on: str
    ends_on: str | None
    local_time: str
    zone: str


class Slot(NamedTuple):
    """A local date of a pattern and its instant (UTC seconds); `note` says where the clocks did not allow the time."""

    on: str
    at: int
    note: str


def rule_of(text: str, starts_on: date) -> str:
    """The rule that a cadence in words, or a rule, means for calls from a date on.

    "every other week", "every month on the first Tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU". Words without a day take
    that of the first date; the 29th to 31st of a month are its last such day. Raises CallRefused.
    """
    words = " ".join(text.split())
    rule = _checked(words) if "=" in words else _from_words(words.lower(), starts_on)
    if not _dates(rule, starts_on, starts_on, starts_on + timedelta(days=366 * SEARCHED_YEARS), most=1):
        raise CallRefused(f"{text!r} has no date from {day_text(starts_on)} on; say another cadence.")
    return rule


def words_of(rule: str) -> str:
    """A rule in words where it is a plain one ("every other week on Tuesday"), else the rule itself."""
    found = _PLAIN.fullmatch(rule)
    if found is None:
        return rule
    unit, apart = {"WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}[found["freq"]], int(found["apart"] or 1)
    if unit == "month" and apart == 3:
        unit, apart = "quarter", 1
    if (unit == "year") != bool(found["month"]):
        return rule
    every = f"every {unit}" if apart == 1 else f"every other {unit}" if apart == 2 else f"every {apart} {unit}s"
    if not found["days"]:
        return every
    told = [_day_words(each) for each in found["days"].split(",")]
    month = f" in {_MONTH_NAMES[int(found['month']) - 1]}" if found["month"] else ""
    return f"{every} on {' and '.join(told)}{month}" if all(told) else rule


def first_date(rule: str, starts_on: date) -> date:
    """The first date that a rule names on or after another one; how far the dates are apart counts from there."""
    without = ";".join(part for part in rule.split(";") if not part.startswith("INTERVAL="))
    return _dates(without, starts_on, starts_on, starts_on + timedelta(days=366 * SEARCHED_YEARS), most=1)[0]


def dates(pattern: Pattern, first: date, after: date) -> list[date]:
    """The local dates of a pattern from a date to before another."""
    end = after - timedelta(days=1)
    if pattern.ends_on is not None:
        end = min(end, date.fromisoformat(pattern.ends_on))
    return _dates(pattern.rule, date.fromisoformat(pattern.starts_on), first, end)


def slots(pattern: Pattern, first: date, after: date) -> list[Slot]:
    """The slots of a pattern from a local date to before another, in order."""
    return [slot(each, pattern.local_time, pattern.zone) for each in dates(pattern, first, after)]


def slot(on: date, local_time: str, zone: str) -> Slot:
    """The instant of a local time on a date, as RFC 5545 (section 3.3.5) has it.

    A time that the wall shows twice is the first of the two; one that it skips moves on by what was skipped, and the
    note says so.
    """
    wanted = datetime.combine(on, wall_time(local_time))
    at = instant_of(wanted.replace(tzinfo=zone_of(zone)))
    shown = local_of(zone, at)
    if shown.replace(tzinfo=None, fold=0) == wanted:
        return Slot(on.isoformat(), at, "")
    new = f"{shown:%H:%M}" + ("" if shown.date() == on else f" on {day_text(shown.date())}")
    note = f"{local_time} does not exist on {day_text(on)} in {zone}, where the clocks go forward; it is {new} then."
    return Slot(on.isoformat(), at, note)


def wall_time(text: str) -> time:
    """A local time such as 14:00; raises CallRefused."""
    found = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)", text)
    if found is None:
        raise CallRefused(f"{text!r} is not a time such as 09:30.")
    return time(int(found[1]), int(found[2]))


def _day_words(day: str) -> str:
    number, name = day[:-2], _DAY_NAMES[DAYS.index(day[-2:])]
    if not number:
        return name
    ordinal = next((word for word, value in _ORDINALS.items() if value == int(number)), "")
    return f"the {ordinal} {name}" if ordinal else ""


def _from_words(words: str, starts_on: date) -> str:
    found = _WORDS.fullmatch(_SHORT.get(words, words))
    if found is None:
        raise CallRefused(
            f"{words!r} is no cadence; say every week, every other week, every month, every year, or a rule such as"
            " FREQ=WEEKLY;INTERVAL=2;BYDAY=TU."
        )
    named = {"other": 2, "second": 2, "third": 3, "fourth": 4}
    other = found["other"] or "1"
    frequency, times = _UNITS[found["unit"]]
    parts = [f"FREQ={frequency}", f"INTERVAL={(named.get(other) or int(other)) * times}"]
    return _checked(";".join([*parts, *_by(frequency, found["ordinal"], found["days"], starts_on)]))


def _by(frequency: str, ordinal: str | None, days: str | None, starts_on: date) -> list[str]:
    """The parts that say which day; that of the first date where no day is named."""
    month = [f"BYMONTH={starts_on.month}"] if frequency == "YEARLY" else []
    if days is not None:
        if (frequency == "WEEKLY") == (ordinal is not None):
            raise CallRefused("Say the day of a week (on Tuesday), and which one of a month (on the first Tuesday).")
        number = str(_ORDINALS[ordinal]) if ordinal else ""
        codes = [number + _day_of(each) for each in re.split(r"(?: and |,| )+", days.strip())]
        return [*month, f"BYDAY={','.join(dict.fromkeys(codes))}"]
    if frequency == "WEEKLY":
        return [f"BYDAY={DAYS[starts_on.weekday()]}"]
    if starts_on.day <= 28:
        return [*month, f"BYMONTHDAY={starts_on.day}"]
    candidates = ",".join(str(each) for each in range(28, starts_on.day + 1))
    return [*month, f"BYMONTHDAY={candidates}", "BYSETPOS=-1"]


def _day_of(word: str) -> str:
    for code, name in zip(DAYS, _DAY_NAMES, strict=True):
        if len(word) >= 2 and name.lower().startswith(word):
            return code
    raise CallRefused(f"{word!r} is no day of the week.")


def _checked(text: str) -> str:
    """A rule in its plain form: weekly, monthly or yearly, without times, and without an end of its own."""
    parts = [part.partition("=") for part in text.upper().replace(" ", "").removeprefix("RRULE:").split(";") if part]
    given = {key: value for key, _, value in parts}
    if len(given) != len(parts) or "FREQ" not in given:
        raise CallRefused(f"{text!r} is no rule such as FREQ=WEEKLY;INTERVAL=2;BYDAY=TU.")
    if "UNTIL" in given or "COUNT" in given:
        raise CallRefused("A rule does not say when it ends; give the last day of the series beside it.")
    for key, value in given.items():
        if key not in _KEYS:
            raise CallRefused(f"A cadence of calls does not use {key}; it uses {', '.join(_KEYS)}.")
        if not re.fullmatch(_KEYS[key], value):
            raise CallRefused(f"{key}={value} is nothing that calls go by; calls come weekly, monthly or yearly.")
    if given["FREQ"] == "WEEKLY" and ("BYMONTHDAY" in given or re.search(r"\d", given.get("BYDAY", ""))):
        raise CallRefused("Weeks have days (BYDAY=TU), no numbered ones; use FREQ=MONTHLY for the first Tuesday.")
    if "BYSETPOS" in given and not given.keys() & {"BYDAY", "BYMONTHDAY"}:
        raise CallRefused("BYSETPOS chooses among days; say BYDAY or BYMONTHDAY with it.")
    order = [key for key in ("FREQ", "INTERVAL") if key in given and given[key] != "1"]
    return ";".join(f"{key}={given[key]}" for key in (*order, *sorted(given.keys() - {"FREQ", "INTERVAL"})))


def _dates(rule: str, starts_on: date, first: date, end: date, most: int | None = None) -> list[date]:
    """The dates of a rule from `first` to `end`, both included, at most so many."""
    from dateutil.rrule import rrulestr

    until = datetime.combine(end, time())
    found = rrulestr(f"{rule};UNTIL={until:%Y%m%dT%H%M%S}", dtstart=datetime.combine(starts_on, time()))
    low = datetime.combine(first, time())
    return [each.date() for each in islice((each for each in found if each >= low), most)]
