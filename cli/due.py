"""`tamdesk due`: when is it due? Answered without a database."""

import argparse
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from sla.calendar import Calendar, calendar_of
from sla.clock import Objective, Policy, due
from sla.datetimes import instant_of
from sla.errors import InvalidHours, OutOfRange, nearest
from sla.hours import SupportHours, named, zone_of
from sla.wall import local_of
from sla.why import lines, moment_text, why

DONE, REFUSED, USAGE = 0, 1, 2

_OBJECTIVE = re.compile(r"(?:(?P<days>\d{1,9})d)|(?:(?P<hours>\d{1,9})h)?(?:(?P<minutes>\d{1,9})m?)?", re.ASCII)
_CASE_KEYS = ("tz", "hours", "holidays", "extra_closed", "extra_open", "kind", "start", "end", "minutes")
_KINDS = ("add", "subtract", "between")
_LONGEST_LINE = 1 << 20
_FLUSH_LINES = 512
_MOST_CALENDARS = 256


class BadCase(ValueError):
    """A line of a batch that does not say what to compute."""


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `due`."""
    parser = subparsers.add_parser("due", help="say when something is due, without a database")
    parser.add_argument("--hours", default="business", help="business, extended, 24x7, or a TOML file of support hours")
    parser.add_argument("--objective", help="open time such as 2h, 90m or 1h30, or business days such as 1d")
    parser.add_argument("--received", help="an ISO 8601 instant; without an offset, in the zone of the hours")
    parser.add_argument("--explain", action="store_true", help="say what was counted and what was not")
    parser.add_argument(
        "--batch", action="store_true", help="a JSON object a line from standard input, one out for each"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Answer one question or a batch of them."""
    if args.batch:
        if args.objective or args.received or args.explain:
            return _complain(
                "--batch reads its cases from standard input, without --objective, --received or --explain"
            )
        return answer_batch(sys.stdin.buffer, sys.stdout)
    if not args.objective or not args.received:
        return _complain("Give --objective and --received, or --batch")
    try:
        hours = read_hours(args.hours)
        objective = read_objective(args.objective)
        received = read_instant(args.received, hours.zone)
    except OutOfRange as error:
        return _complain(str(error), REFUSED)
    except (InvalidHours, BadCase) as error:
        return _complain(str(error))
    return _answer(calendar_of(hours), objective, received, args)


def _answer(calendar: Calendar, objective: Objective, received: int, args: argparse.Namespace) -> int:
    try:
        answer = due(calendar, received, objective, Policy())
        assert answer is not None, "an objective of a duration has a due time"
        rows = why(calendar, received, answer) if args.explain else []
    except OutOfRange as error:
        return _complain(str(error), REFUSED)
    zone = calendar.hours.zone
    if args.json:
        result: dict[str, Any] = {"result": local_of(zone, answer).isoformat(), "zone": zone}
        if args.explain:
            result["explanation"] = [row._asdict() for row in rows]
        print(json.dumps(result, ensure_ascii=False))
        return DONE
    print(moment_text(zone, answer))
    for line in lines(rows) if rows else []:
        print(line)
    return DONE


def _complain(message: str, code: int = USAGE) -> int:
    print(f"tamdesk due: {message}", file=sys.stderr)
    return code


def read_hours(text: str) -> SupportHours:
    """Built-in hours by name, or those of a TOML file. Raises InvalidHours."""
    path = Path(text)
    if path.suffix != ".toml":
        return named(text)
    import tomllib

    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        return SupportHours.parse(content)
    except InvalidHours as error:
        raise InvalidHours(f"{text}: {error}") from error
    except OSError as error:
        raise InvalidHours(f"{text}: {error.strerror or error}") from error
    except ValueError as error:
        raise InvalidHours(f"{text} is not TOML in UTF-8: {error}") from error


def read_objective(text: str) -> Objective:
    """`2h`, `90m`, `1h30` or `1d`, a business day. Raises BadCase."""
    match = _OBJECTIVE.fullmatch(text.strip())
    if match and match["days"]:
        days = int(match["days"])
        if days:
            return Objective("duration", business_days=days)
    elif match and (match["hours"] or text.strip().endswith("m")):
        minutes = int(match["hours"] or 0) * 60 + int(match["minutes"] or 0)
        if minutes:
            return Objective("duration", minutes=minutes)
    raise BadCase(f"{text!r} is not an objective such as 2h, 90m, 1h30 or 1d (a business day)")


def read_instant(value: object, zone: str) -> int:
    """UTC seconds of an ISO 8601 text; without an offset, the wall of the zone. Raises BadCase, OutOfRange."""
    if not isinstance(value, str):
        raise BadCase(f"{_told(value)} is not an instant such as 2024-03-28T16:30+01:00")
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise BadCase(f"{_told(value)} is not an instant such as 2024-03-28T16:30+01:00") from None
    if moment.microsecond:
        raise BadCase(f"{_told(value)} has a fraction of a second; give whole seconds")
    try:
        return instant_of(moment if moment.tzinfo else moment.replace(tzinfo=zone_of(zone)))
    except OverflowError:
        raise OutOfRange("Instants are answered from the year 1 to the year 9999") from None


def answer_batch(source: BinaryIO, target: TextIO) -> int:
    """Answer each line in order; REFUSED where at least one was bad. Blank lines are passed over."""
    calendars: dict[str, Calendar] = {}
    pending: list[str] = []
    code = DONE
    flush_lines = 1 if source.isatty() else _FLUSH_LINES
    for line in _lines(source):
        answer = answer_line(line, calendars)
        if "error" in answer:
            code = REFUSED
        pending.append(json.dumps(answer))
        if len(pending) >= flush_lines:
            target.write("\n".join(pending) + "\n")
            target.flush()
            pending.clear()
    if pending:
        target.write("\n".join(pending) + "\n")
        target.flush()
    return code


def _lines(source: BinaryIO) -> Iterator[bytes]:
    """The lines that are not blank; of one that is too long only its beginning, which is no JSON then."""
    while line := source.readline(_LONGEST_LINE):
        rest = line
        while len(rest) == _LONGEST_LINE and not rest.endswith(b"\n"):
            rest = source.readline(_LONGEST_LINE)
        if line.strip():
            yield line


def answer_line(line: bytes, calendars: dict[str, Calendar]) -> dict[str, Any]:
    """The answer to a case, or an object with its error; `calendars` keeps what earlier lines needed."""
    try:
        case = _DECODER.decode(line.decode("utf-8"))
        if not isinstance(case, dict):
            raise BadCase("A case is a JSON object")
        return _answer_case(case, calendars)
    except UnicodeDecodeError:
        return {"error": "The line is not UTF-8"}
    except json.JSONDecodeError as error:
        return {"error": f"The line is not JSON: {error.msg} at column {error.colno}"}
    except RecursionError:
        return {"error": "The line is nested too deeply"}
    except ValueError as error:
        return {"error": str(error)}


def _answer_case(case: dict[str, Any], calendars: dict[str, Calendar]) -> dict[str, Any]:
    for key in case:
        if key not in _CASE_KEYS:
            raise BadCase(f"Unknown key {_told(key)}{nearest(key, _CASE_KEYS)}")
    kind = case.get("kind")
    if kind not in _KINDS:
        raise BadCase(f'"kind" is add, subtract or between, not {_told(kind)}')
    unused, needed = ("minutes", "end") if kind == "between" else ("end", "minutes")
    for key in ("start", needed):
        if key not in case:
            raise BadCase(f'A case of kind {kind} needs "{key}"')
    if unused in case:
        raise BadCase(f'A case of kind {kind} has no "{unused}"')
    calendar = _calendar(case, calendars)
    zone = calendar.hours.zone
    start = read_instant(case["start"], zone)
    if kind == "between":
        seconds = calendar.between(start, read_instant(case["end"], zone))
        return {"minutes": seconds // 60 if seconds % 60 == 0 else seconds / 60}
    minutes = case["minutes"]
    if isinstance(minutes, bool) or not isinstance(minutes, int) or minutes < 0:
        raise BadCase(f'"minutes" is a whole number, 0 or more, not {_told(minutes)}')
    operation = calendar.add if kind == "add" else calendar.subtract
    return {"result": local_of(zone, operation(start, minutes * 60)).isoformat()}


def _calendar(case: dict[str, Any], calendars: dict[str, Calendar]) -> Calendar:
    form: dict[str, Any] = {
        key: case[key] for key in ("tz", "hours", "holidays", "extra_closed", "extra_open") if key in case
    }
    key = json.dumps(form)
    found = calendars.get(key)
    if found is None:
        if len(calendars) >= _MOST_CALENDARS:
            calendars.clear()
        found = calendars[key] = Calendar(_case_hours(form))
    return found


def _case_hours(form: dict[str, Any]) -> SupportHours:
    """The hours of a case: what it says wins over what the named hours say."""
    hours = form.get("hours")
    if not isinstance(form.get("tz", ""), str):
        raise BadCase(f'"tz" is an IANA zone such as "Europe/Zurich", not {_told(form["tz"])}')
    mapping: dict[str, Any] = {key: form[key] for key in ("holidays", "extra_closed", "extra_open") if key in form}
    if isinstance(hours, str):
        base = named(hours)
        mapping = {"name": base.name, "zone": form.get("tz", base.zone), "week": base.to_mapping()["week"]} | mapping
        if "holidays" in form or not base.country:
            return SupportHours.parse(mapping)
        return replace(SupportHours.parse(mapping), country=base.country, subdivision=base.subdivision)
    if "tz" not in form or not isinstance(hours, dict):
        raise BadCase(
            'A case needs "tz" and "hours": business, extended, 24x7 or a table such as {"mon": [["08:00", "17:00"]]}'
        )
    return SupportHours.parse(mapping | {"zone": form["tz"], "week": hours})


def _refuse_constant(name: str) -> float:
    raise BadCase(f"{name} is not a number of JSON")


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)


def _told(value: object) -> str:
    """A value of the input in an error, short enough to read."""
    text = json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
