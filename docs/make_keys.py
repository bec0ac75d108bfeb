"""Write docs/keys.md from the definitions of the commands: `python docs/make_keys.py [FILE]`."""

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import screens  # noqa: E402 - the program is run from any folder
from screens.commands import Command, shown_key  # noqa: E402

HEAD = """# Keys

Every command, its keys and its id. This page is written by `python docs/make_keys.py` from the definitions.

`[keys]` in the [configuration](configuration.md) gives a command other keys by its id. A command without a key is
found in the palette, by its title. `?` in the app tells the keys that work where you are.
"""


def commands() -> list[Command]:
    """Return every command that a module of the screens defines, once, in order of group and definition."""
    names = sorted(module.name for module in pkgutil.walk_packages(screens.__path__, "screens."))
    found = {command.id: command for name in names for command in _defined(name)}
    return sorted(found.values(), key=lambda command: command.group)


def _defined(name: str) -> Iterator[Command]:
    for value in vars(importlib.import_module(name)).values():
        each = value if isinstance(value, tuple) else (value,)
        yield from (command for command in each if isinstance(command, Command))


def document() -> str:
    """Return the text of the page."""
    parts, group = [HEAD], ""
    for command in commands():
        if command.group != group:
            group = command.group
            parts.append(f"\n## {group}\n\n| Keys | Title | What it does | Id |\n| --- | --- | --- | --- |\n")
        keys = " ".join(f"`{shown_key(key)}`" for key in command.key.split(",") if key)
        parts.append(f"| {keys} | {command.title} | {command.help} | `{command.id}` |\n")
    return "".join(parts)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "keys.md"
    target.write_text(document(), encoding="utf-8")
