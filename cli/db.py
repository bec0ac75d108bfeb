"""`tamdesk db`: bring the desk's tables up to date, check that it is whole, and say what it is."""

import argparse
import json
import sys
from datetime import UTC, datetime
from typing import Any

DONE, REFUSED = 0, 1


def add(subparsers: Any) -> None:
    """Add the `db` group to the command line."""
    group = subparsers.add_parser("db", help="look after the database", description="Look after the database.")
    commands = group.add_subparsers(dest="db_command", metavar="COMMAND", required=True)
    for name, (_, told) in _COMMANDS.items():
        command = commands.add_parser(name, help=told, description=told[0].upper() + told[1:] + ".")
        command.add_argument("--json", action="store_true", help="print JSON")
        command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run one of the commands on the desk at `args.address`; return the exit code.

    Raises DatabaseUnavailable where the desk cannot be reached; the command line answers that with exit code 3.
    """
    command, _ = _COMMANDS[args.db_command]
    return command(args.address, args.json)


def _migrate(address: str, as_json: bool) -> int:
    from models.migrate import migrate

    applied = migrate(address)
    if as_json:
        print(json.dumps({"applied": applied}))
    else:
        print("\n".join(applied), end="\n" if applied else "")
        print("The tables are up to date." if not applied else "The tables are up to date now.", file=sys.stderr)
    return DONE


def _check(address: str, as_json: bool) -> int:
    from models.migrate import check

    problems = check(address)
    if as_json:
        print(json.dumps({"problems": problems}, ensure_ascii=False))
    else:
        print("\n".join(problems), end="\n" if problems else "")
        print(f"Problems found: {len(problems)}." if problems else "The desk is whole.", file=sys.stderr)
    return REFUSED if problems else DONE


def _info(address: str, as_json: bool) -> int:
    from models.migrate import info

    told = info(address)
    if as_json:
        print(json.dumps(told, ensure_ascii=False))
        return DONE
    width = max(map(len, told))
    for name, value in told.items():
        print(f"{name.replace('_', ' '):<{width}}  {_shown(name, value)}")
    return DONE


def _shown(name: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value) or "none"
    if name == "last_operation_at" and isinstance(value, int):
        return datetime.fromtimestamp(value, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    return "none" if value is None else str(value)


_COMMANDS = {
    "migrate": (_migrate, "make the tables, or bring them up to date after a backup"),
    "check": (_check, "look for damage and for what does not add up"),
    "info": (_info, "say where the desk is, its revision and how much it holds"),
}
