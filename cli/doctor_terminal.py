"""What the terminal can do, as far as its environment tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

OK, WARN, BAD = "ok", "warn", "bad"
LEAST, COMFORTABLE = (60, 16), (80, 24)
# Terminals that take what a program copies (OSC 52), by a variable that they set and the value it has.
COPYING = (
    ("KITTY_WINDOW_ID", "", "kitty"),
    ("ALACRITTY_WINDOW_ID", "", "Alacritty"),
    ("WEZTERM_PANE", "", "WezTerm"),
    ("WT_SESSION", "", "Windows Terminal"),
    ("TERM_PROGRAM", "ghostty", "Ghostty"),
    ("TERM_PROGRAM", "vscode", "Visual Studio Code"),
    ("TERM", "foot", "foot"),
)


class Finding(NamedTuple):
    """A line of the doctor: what it is about, ok, warn or bad, what was found, and what to do."""

    about: str
    state: str
    said: str
    advice: str = ""


def terminal(environment: Mapping[str, str], columns: int, lines: int, is_terminal: bool) -> Iterator[Finding]:
    """Type, colours, size, letters, multiplexer and copying of the terminal."""
    kind = environment.get("TERM", "")
    if kind in ("", "dumb"):
        yield Finding(
            "terminal", BAD, f"TERM is {kind or 'not set'}", "Run it in a terminal, or set TERM=xterm-256color."
        )
    elif not is_terminal:
        yield Finding("terminal", WARN, f"{kind}, but the output goes elsewhere", "Run the doctor without a pipe.")
    else:
        yield Finding("terminal", OK, kind)
    yield _colours(environment, kind)
    yield _size(columns, lines)
    yield _letters(environment)
    yield _copying(environment, kind)


def _colours(environment: Mapping[str, str], kind: str) -> Finding:
    if environment.get("NO_COLOR"):
        return Finding("colours", OK, "none, as NO_COLOR asks; signs tell the same")
    if environment.get("COLORTERM") in ("truecolor", "24bit") or "direct" in kind:
        return Finding("colours", OK, "16 million")
    if "256color" in kind:
        return Finding("colours", OK, "256")
    return Finding(
        "colours", WARN, "16, as far as TERM tells", "Where the terminal can do more, set COLORTERM=truecolor."
    )


def _size(columns: int, lines: int) -> Finding:
    said = f"{columns}x{lines}"
    if columns < LEAST[0] or lines < LEAST[1]:
        return Finding("size", BAD, f"{said} is too small", f"Make it {LEAST[0]}x{LEAST[1]} or larger.")
    if columns < COMFORTABLE[0] or lines < COMFORTABLE[1]:
        return Finding("size", WARN, f"{said} is tight", f"{COMFORTABLE[0]}x{COMFORTABLE[1]} shows whole lines.")
    return Finding("size", OK, said)


def _letters(environment: Mapping[str, str]) -> Finding:
    """The first of these variables that is set decides (POSIX, "Internationalization Variables")."""
    said = next((environment[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environment.get(name)), "")
    if said.lower().replace("-", "").endswith("utf8"):
        return Finding("letters", OK, f"UTF-8 ({said})")
    return Finding("letters", WARN, f"the locale {said or 'C'} is not UTF-8", "Set LANG=C.UTF-8, here and in ssh.")


def _copying(environment: Mapping[str, str], kind: str) -> Finding:
    """Whether `y` reaches the clipboard."""
    if environment.get("TMUX"):
        return Finding(
            "copying", WARN, "tmux passes it on where it is told to", "In tmux.conf: set -s set-clipboard on"
        )
    if environment.get("STY") or kind.startswith("screen"):
        return Finding("copying", WARN, "GNU Screen does not pass it on", "Use tmux, or the mouse of the terminal.")
    for variable, value, name in COPYING:
        found = environment.get(variable, "")
        if found and (not value or found.split("-")[0] == value):
            return Finding("copying", OK, f"{name} takes it (OSC 52)")
    if environment.get("TERM_PROGRAM") == "Apple_Terminal":
        return Finding("copying", WARN, "Terminal.app does not take it", "Use another terminal, or its mouse.")
    return Finding("copying", WARN, "not known for this terminal", "Copy with y; where nothing arrives, allow OSC 52.")
