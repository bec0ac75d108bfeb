"""`tamdesk config show`: every setting and where it comes from."""

from __future__ import annotations

import argparse
import json
from typing import Any

from cli.config import Config


def add(commands: Any) -> None:
    """Register the group."""
    parser = commands.add_parser("config", help="show every setting and where it comes from")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    show = actions.add_parser("show", help="print every setting with its source")
    show.add_argument("--json", action="store_true", help="print a JSON object")
    show.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the settings."""
    config: Config = args.config
    values = {
        "database": config.database,
        "person": config.person,
        "theme": config.theme,
        "mouse": config.mouse,
        "editor": config.editor,
        "idle_minutes": config.idle_minutes,
    }
    if args.json:
        answer: dict[str, Any] = {name: {"value": v.value, "source": v.source} for name, v in values.items()}
        answer["keys"] = {name: {"value": key, "source": str(config.file)} for name, key in config.keys.items()}
        print(json.dumps(answer, indent=2))
        return 0
    for name, held in values.items():
        print(f"{name:<12} {held.value!s:<50} {held.source}")
    for name, key in config.keys.items():
        print(f"keys.{name:<7} {key:<50} {config.file}")
    return 0
