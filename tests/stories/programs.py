"""Starting real programs on a demo desk, their clocks standing where the demo was made."""

from pathlib import Path

from tests.stories.terminal import Terminal

INSTANT = "2026-03-10T14:02:00+01:00"


def tamdesk(demo: str, home: Path, login: str = "anna", **terminal: object) -> Terminal:
    """Open the app on a demo desk that is there already, for someone."""
    return Terminal(home, "demo", "--keep", "--database", demo, "--now", INSTANT, "--as", login, **terminal)  # type: ignore[arg-type]
