"""What a person can set about the screen; the command line reads it from the configuration and hands it over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Settings:
    """The look and the keys."""

    theme: str = "tamdesk-dark"
    keymap: Mapping[str, str] = field(default_factory=dict)
    """Keys by the id of a command: `{"ticket.claim": "t"}`."""
    editor: str = ""
    """The command that edits a text, as in a shell; the file's name is put behind it."""
    mouse: bool = True
    sixteen_colours: bool = False
    """Use only the terminal's own sixteen colours."""
    idle_minutes: int = 15
    """Minutes without a key after which a running timer is asked about; 0: never."""
