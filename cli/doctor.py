"""`tamdesk doctor`: whether terminal, database, configuration and time data are fine, and what to do where not."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import TYPE_CHECKING, Any

from cli.doctor_terminal import BAD, OK, WARN, Finding, terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOUND_WRONG = 1
SIGNS = {OK: "●", WARN: "◐", BAD: "✕"}
MEBIBYTE = 1 << 20
LITTLE_ROOM, NO_ROOM = 1024 * MEBIBYTE, 64 * MEBIBYTE


def add(commands: Any) -> None:
    """Register the command."""
    parser = commands.add_parser("doctor", help="say whether terminal, database and configuration are fine")
    parser.add_argument("--json", action="store_true", help="print a JSON array")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print a line a finding; answers 1 where something is bad."""
    from shutil import get_terminal_size

    from screens.widgets.text import clean

    size = get_terminal_size()
    found = [
        *terminal(os.environ, size.columns, size.lines, sys.stdout.isatty()),
        *database(args.address),
        *configuration(args),
        *surroundings(),
    ]
    if args.json:
        print(json.dumps([each._asdict() for each in found], indent=2, ensure_ascii=False))
    else:
        for each in found:
            print(f"{SIGNS[each.state]} {each.state:<4} {each.about:<13} {clean(each.said)}")
            if each.advice:
                print(f"{'':<21}{clean(each.advice)}")
    return FOUND_WRONG if any(each.state == BAD for each in found) else 0


def database(address: str) -> Iterator[Finding]:
    """Whether the desk can be reached and is whole, and whether its file is safe."""
    from models.connection import on_server, public_address, sqlite_path
    from models.errors import DatabaseUnavailable
    from models.migrate import check

    where = public_address(address)
    try:
        problems = check(address)
    except DatabaseUnavailable as error:
        yield Finding("database", BAD, str(error))
        return
    for problem in problems:
        yield Finding("database", BAD, problem, "Make a backup first; see docs/database.md.")
    if not problems:
        yield Finding("database", OK, f"{where} is whole")
    if not on_server(address):
        yield from _file(address, sqlite_path(address))


def _file(address: str, path: Path) -> Iterator[Finding]:
    """What is particular to a desk in a SQLite file."""
    from contextlib import closing
    from shutil import disk_usage
    from stat import S_IMODE

    from models.connection import connect

    with closing(connect(address, create=False)) as desk:
        mode = desk.execute("PRAGMA journal_mode").fetchone()[0]
    if mode == "wal":
        yield Finding("journal mode", OK, "readers and writers do not wait for each other (WAL)")
    else:
        yield Finding("journal mode", WARN, f"{mode}: readers and writers wait for each other", "Open the app once.")
    free = disk_usage(path.parent).free
    said = f"{free // MEBIBYTE} MiB are free beside the desk"
    state = BAD if free < NO_ROOM else WARN if free < LITTLE_ROOM else OK
    yield Finding("free space", state, said, "" if state == OK else "Make room: a full disk stops all work.")
    rights = S_IMODE(path.stat().st_mode)
    said = f"the file has mode {rights:o} and belongs to user {path.stat().st_uid}"
    if rights & 0o007:
        yield Finding("rights", WARN, f"{said}: others can read it", f"Run: chmod o-rwx '{path}'")
    else:
        yield Finding("rights", OK, said)


def configuration(args: argparse.Namespace) -> Iterator[Finding]:
    """Whether the user's file and key map hold together; a file that cannot be read ends the program before this."""
    from tui.keymap import offered_together, problems

    config = args.config
    read = str(config.file) if config.file.exists() else f"the defaults; there is no {config.file}"
    yield Finding("configuration", OK, read)
    wrong = problems(config.keys, offered_together())
    for sentence in wrong:
        yield Finding("keys", BAD, sentence, "Change [keys] there; tamdesk keys prints every command.")
    if not wrong:
        yield Finding("keys", OK, "no key is given twice")


def surroundings() -> Iterator[Finding]:
    """The folder of computed holidays, time zone data, and versions."""
    import sqlite3
    from importlib.metadata import version
    from platform import python_version

    from platformdirs import user_cache_path

    from sla.errors import InvalidHours
    from sla.hours import zone_of

    folder = user_cache_path("tamdesk")
    nearest = next(each for each in (folder, *folder.parents) if each.exists())
    if os.access(nearest, os.W_OK):
        yield Finding("holidays", OK, f"kept in {folder} once computed")
    else:
        yield Finding(
            "holidays", WARN, f"{folder} cannot be written: they are computed at every start", "Set its rights."
        )
    try:
        zone_of("Europe/Zurich")
        yield Finding("time zones", OK, f"known (tzdata {version('tzdata')})")
    except InvalidHours as error:
        yield Finding("time zones", BAD, str(error), "Install the package tzdata.")
    named = ", ".join(f"{name} {version(name)}" for name in ("tamdesk", "textual", "peewee", "holidays"))
    yield Finding("versions", OK, f"{named}, Python {python_version()}, SQLite {sqlite3.sqlite_version}")
