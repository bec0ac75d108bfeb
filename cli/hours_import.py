"""`tamdesk hours import`: time that was kept in another program, looked at first and taken over once."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.hours_words import DONE, REFUSED, USAGE, add_json, customer_of, misused, person_id, show, show_json, tell
from cli.ticket_desk import entered

if TYPE_CHECKING:
    from tam.imports.plan import Plan, Planned
    from tam.imports.records import ReadFile

FORMATS = ("toggl", "clockify", "kimai", "timewarrior")


def add_actions(actions: Any) -> None:
    """Register the action in the hours group."""
    parser = actions.add_parser("import", help="bring in time from Toggl, Clockify, Kimai or timewarrior")
    parser.add_argument("files", metavar="FILE", nargs="+", help="an export of the program; - is standard input")
    parser.add_argument("--format", choices=FORMATS, help="the program (default: as the file looks)")
    parser.add_argument("--map", metavar="CLIENT=CUSTOMER", action="append", default=[], help="whom a name stands for")
    parser.add_argument("--dates", choices=("dmy", "mdy"), help="what comes first in 03/04/2026: the day, or the month")
    parser.add_argument("--person", metavar="LOGIN", help="whose time it is (default: as the file says)")
    parser.add_argument("--dry-run", action="store_true", help="say what it would do, and write nothing")
    add_json(parser, run)


def run(args: argparse.Namespace) -> int:
    """Import the files; 0 where every row landed, 1 where some did not. Nothing is written unless all can be read."""
    from tam.imports.plan import apply, plan
    from tam.imports.records import BadFile

    if any("=" not in each for each in args.map):
        return misused("hours import", "--map is CLIENT=CUSTOMER, such as 'ACME Inc=acme'.")
    if args.files.count("-") > 1:
        return misused("hours import", "standard input can be read once.")
    try:
        sources = [(name, _read(args, name)) for name in args.files]
    except BadFile as error:
        tell(f"tamdesk: {error}")
        return USAGE
    with entered(args) as actor:
        at = args.now()
        mapping = {client: customer_of(customer) or 0 for client, _, customer in (e.rpartition("=") for e in args.map)}
        whose = None if args.person is None else person_id(args.person)
        plans, said = [], []
        for name, source in sources:
            planned = plan(source, mapping, actor.id, at, person_id=whose)
            if args.dry_run:
                said.append(f"{planned.sentence}. Nothing was written.")
            else:
                done = apply(planned, actor.id, at)
                planned = done.plan
                said.append(done.sentence)
            plans.append((name, planned))
    _tell(args, plans, said)
    return REFUSED if any(planned.refused for _, planned in plans) else DONE


def _read(args: argparse.Namespace, name: str) -> ReadFile:
    """Read a file; BadFile names it."""
    from tam.imports.files import read
    from tam.imports.records import BadFile

    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return read(data, args.format, args.dates)
    except OSError as error:
        raise BadFile(f"{name} cannot be read: {error.strerror}.") from error
    except BadFile as error:
        raise BadFile(f"{name}: {error}") from error


def _tell(args: argparse.Namespace, plans: list[tuple[str, Plan]], said: list[str]) -> None:
    if args.json:
        files = [_form(name, planned) for name, planned in plans]
        show_json({"files": files, "written": not args.dry_run})
        return
    for (name, planned), sentence in zip(plans, said, strict=True):
        for each in planned.new:
            _show("+", each)
        for each in planned.changed:
            _show("~", each)
        for each in (*planned.new, *planned.changed):
            tell(*(f"warning: {name}:{each.line}: {warning}" for warning in each.warnings))
        tell(*(f"refused: {name}:{problem.line}: {problem.reason}" for problem in planned.refused))
        for unknown, times in planned.unknown:
            rows = "1 row" if times == 1 else f"{times:,} rows"
            tell(f"{unknown!r} is no customer ({rows}); say whom it means: --map '{unknown}=CUSTOMER'")
        tell(f"{name}: {sentence}")


def _show(sign: str, each: Planned) -> None:
    from screens.widgets.text import fit
    from tam.entry_words import clock_text

    columns = each.checked.columns
    counting = "" if columns["counts"] else ", not counting"
    note = f": {columns['note']}" if columns["note"] else ""
    who = f"{fit(each.person, 14)} {fit(each.customer, 20)}"
    show(f"{sign} {clock_text(columns['minutes']):>6}  {columns['on']}  {who} {columns['activity']}{counting}{note}")


def _form(name: str, planned: Plan) -> dict[str, Any]:
    return {
        "file": name,
        "format": planned.source.kind,
        "new": [_row(each) for each in planned.new],
        "changed": [_row(each) for each in planned.changed],
        "same": planned.same,
        "refused": [problem._asdict() for problem in planned.refused],
        "unknown": dict(planned.unknown),
    }


def _row(each: Planned) -> dict[str, Any]:
    names = ("on", "minutes", "activity", "note", "started_at", "ended_at", "external_id")
    told = {name: each.checked.columns[name] for name in names}
    counts = bool(each.checked.columns["counts"])
    people = {"line": each.line, "customer": each.customer, "person": each.person}
    return people | told | {"counts": counts, "warnings": each.warnings}
