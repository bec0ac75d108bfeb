"""The user's key map: which keys each command has, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from screens.commands import DESK_COMMANDS, Command, shown_key


def keys_of(command: Command, keymap: Mapping[str, str]) -> str:
    """Return the command's keys, separated by commas."""
    return keymap.get(command.id, command.key)


def problems(keymap: Mapping[str, str], groups: Iterable[tuple[Command, ...]]) -> list[str]:
    """Say what is wrong with a key map, a sentence each: unknown commands, and keys that two commands would share.

    `groups` are the commands that are offered at the same time.
    """
    groups = list(groups)
    known = {command.id for group in groups for command in group}
    found = []
    for command_id in keymap:
        if command_id not in known:
            near = get_close_matches(command_id, known, 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            found.append(f"The key map names {command_id}, which is no command{hint}")
    for group in groups:
        found += [sentence for sentence in _clashes(keymap, group) if sentence not in found]
    return found


def _clashes(keymap: Mapping[str, str], group: tuple[Command, ...]) -> list[str]:
    """Name each key of a group that two commands share."""
    owners: dict[str, Command] = {}
    found = []
    for command in group:
        for key in filter(None, (part.strip() for part in keys_of(command, keymap).split(","))):
            other = owners.setdefault(shown_key(key), command)
            if other is not command:
                first, second = sorted((other.id, command.id))
                found.append(f"The key {shown_key(key)} is given to both {first} and {second}")
    return found


def offered_together() -> list[tuple[Command, ...]]:
    """Return the commands of every screen and widget, with the desk's own, and of every dialog: their keys must differ.

    It imports every screen; only a key map, or someone who asks for the keys, is worth that.
    """
    import importlib
    import pkgutil

    from textual.screen import ModalScreen

    import screens

    found: dict[tuple[Command, ...], None] = {}
    for module in pkgutil.walk_packages(screens.__path__, "screens."):
        for value in vars(importlib.import_module(module.name)).values():
            offers = getattr(value, "OFFERS", ()) if isinstance(value, type) else ()
            if offers:
                desk = () if issubclass(value, ModalScreen) else DESK_COMMANDS
                found[tuple(dict.fromkeys((*offers, *desk)))] = None
    return list(found)
