"""`tamdesk keys`: every command with its keys, and what is wrong with the user's key map."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from screens.commands import Command

FOUND_WRONG = 1


def add(commands: Any) -> None:
    """Register the command."""
    parser = commands.add_parser("keys", help="print every command with its keys, and check the key map")
    parser.add_argument("--json", action="store_true", help="print a JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the commands; answers 1 where the key map has a mistake, each told in a sentence."""
    from tui.keymap import offered_together, problems

    keymap, groups = args.config.keys, offered_together()
    known = {command.id: command for group in groups for command in group}
    wrong = problems(keymap, groups)
    ordered = sorted(known.values(), key=lambda command: command.group)
    if args.json:
        print(json.dumps({"commands": [_row(command, keymap) for command in ordered], "problems": wrong}, indent=2))
    else:
        _print(ordered, keymap)
        for sentence in wrong:
            print(f"tamdesk: {sentence}{'' if sentence.endswith('?') else '.'}", file=sys.stderr)
    return FOUND_WRONG if wrong else 0


def _row(command: Command, keymap: Mapping[str, str]) -> dict[str, Any]:
    from tui.keymap import keys_of

    return {
        "id": command.id,
        "keys": _parts(keys_of(command, keymap)),
        "default": _parts(command.key),
        "title": command.title,
        "help": command.help,
        "group": command.group,
    }


def _parts(keys: str) -> list[str]:
    return [key.strip() for key in keys.split(",") if key.strip()]


def _print(commands: list[Command], keymap: Mapping[str, str]) -> None:
    """A line a command under its group; a star where the key map gives other keys."""
    from screens.commands import shown_key
    from screens.widgets.text import clean
    from tui.keymap import keys_of

    group = ""
    for command in commands:
        if command.group != group:
            print(f"{'' if not group else chr(10)}{command.group}")
            group = command.group
        keys = " ".join(clean(shown_key(key)) for key in _parts(keys_of(command, keymap))) or "palette"
        star = "*" if keys_of(command, keymap) != command.key else " "
        print(f" {star} {keys:<14} {command.id:<22} {command.help}")
