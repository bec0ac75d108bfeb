"""A colleague's login is completed while it is typed in a note."""

from __future__ import annotations

import re
from collections.abc import Iterable

_BEGUN = re.compile(r"(?:^|(?<=[\s(]))@(\S*)$")
SHOWN = 4
"""How many logins are offered at a time."""


def begun(before: str) -> str | None:
    """Return what was typed of a login right before the cursor, without its `@`; None where none was begun."""
    found = _BEGUN.search(before)
    return found[1] if found else None


def fitting(before: str, logins: Iterable[str]) -> list[str]:
    """Return the logins that begin with what was typed, the first few; one that is typed whole is not offered."""
    typed = begun(before)
    if typed is None:
        return []
    found = [login for login in logins if login.lower().startswith(typed.lower())]
    return [] if len(found) == 1 and found[0].lower() == typed.lower() else found[:SHOWN]
