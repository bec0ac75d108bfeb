"""Pictures of what people see, from the demo desk with its clock standing still; look before you accept a new one."""

import shutil
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from cli.demo.command import make
from models.thread import DatabaseThread
from screens.queue import QueueScreen
from tests.screens.queue_desk import settled
from tests.stories.desk import NOW, SMALL, WIDE
from tickets.escalation import escalate
from tickets.presence import touch
from tui.app import TamdeskApp
from tui.opening import read_opening
from tui.settings import Settings

DARK, LIGHT = "tamdesk-dark", "tamdesk-light"
PRESSED = {" ": "space"}

PICTURES: dict[str, tuple[tuple[int, int], str, tuple[str, ...]]] = {
    "queue-wide-dark": (WIDE, DARK, ()),
    "queue-wide-light": (WIDE, LIGHT, ()),
    "queue-small-dark": (SMALL, DARK, ("j",)),
    "queue-small-light": (SMALL, LIGHT, ("j", "p")),
    "queue-empty-view": (WIDE, DARK, ()),
    "ticket-wide-dark": (WIDE, DARK, ("j", "enter")),
    "ticket-wide-light": (WIDE, LIGHT, ("j", "enter")),
    "ticket-small-dark": (SMALL, DARK, ("j", "enter")),
    "ticket-small-light": (SMALL, LIGHT, ("j", "enter", "f")),
    "reply-wide": (WIDE, DARK, (*"jjjjj", "r", *"We see it too.")),
    "reply-small": (SMALL, DARK, (*"jjjjj", "r", *"We see it too.")),
    "why-wide": (WIDE, DARK, (*"jjj", "w")),
    "why-small": (SMALL, LIGHT, (*"jjj", "w")),
    "severity-wide": (WIDE, DARK, (*"jjj", "s")),
    "severity-small": (SMALL, DARK, (*"jjj", "s")),
    "state": (SMALL, DARK, ("S",)),
    "claim": (SMALL, DARK, ("j", "c")),
    "new-ticket-wide": (WIDE, DARK, ("N", *"glob", "enter")),
    "new-ticket-small": (SMALL, DARK, ("N", *"glob")),
    "help": (WIDE, DARK, ("question_mark",)),
    "customers": (WIDE, DARK, ("2",)),
    "tam": (WIDE, DARK, ("3",)),
    "onboarding": (WIDE, DARK, ("4",)),
    "lead": (WIDE, DARK, ("5",)),
    "too-small": ((59, 15), DARK, ()),
}
IN_BOTH_SIZES: dict[str, tuple[str, ...]] = {
    "mentions": ("at",),
    "search": ("F", *"token"),
    "unmatched-mail": ("i",),
    "bulk": ("j", "x", "x", "b"),
    "macros": ("j", "M"),
    "canned": ("j", "R"),
    "restored": ("s", "3", "enter", "right"),
    "escalation": (*"jjj", "e"),
    "handover": ("a",),
    "two-clocks": (),
    "presence": ("enter",),
    "related": ("enter", "f", "G"),
}
PICTURES |= {
    f"{name}-{word}": (size, DARK, keys)
    for name, keys in IN_BOTH_SIZES.items()
    for word, size in (("wide", WIDE), ("small", SMALL))
}
BEN = 2
READER = {"queue-empty-view"}
"""Pictures that the read-only person sees, who has no tickets."""


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo desk as `tamdesk demo` makes it."""
    path = tmp_path_factory.mktemp("demo") / "desk.db"
    make(str(path), seed=1, now=NOW)
    return path


@pytest.fixture(autouse=True)
def same_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of this machine shows: no colour setting, no zone."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TZ", "UTC")


@pytest.fixture
def database(demo_template: Path, tmp_path: Path) -> Iterator[DatabaseThread]:
    """The database thread of a desk of this picture's own."""
    path = tmp_path / "desk.db"
    shutil.copy(demo_template, path)
    thread = DatabaseThread(str(path))
    thread.start()
    yield thread
    thread.close()


def press(keys: tuple[str, ...]) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Press keys, each when the one before is done, until nothing is being read any more."""

    async def run(pilot: Pilot[None]) -> None:
        await settled(pilot)
        for key in keys:
            await pilot.press(PRESSED.get(key, key))
            await settled(pilot)
        queue = pilot.app.screen_stack[0]
        if isinstance(queue, QueueScreen):
            queue._settle()  # the preview follows the cursor now, without a rest
            await settled(pilot)

    return run


@pytest.mark.parametrize("name", PICTURES)
def test_picture(name: str, database: DatabaseThread, snap_compare: Callable[..., bool]) -> None:
    size, theme, keys = PICTURES[name]
    login = "fritz" if name in READER else "anna"
    opening = database.submit(read_opening, login, NOW).result()
    if name.startswith("two-clocks"):
        ticket = opening.page.rows[6].id
        database.submit(escalate, ticket, "urgent", "No answer yet", BEN, NOW).result()
        opening = database.submit(read_opening, login, NOW).result()
        keys = ("j",) * [row.id for row in opening.page.rows].index(ticket) + ("enter",)
    if name.startswith("presence"):
        database.submit(touch, BEN, opening.page.rows[0].id, True, NOW).result()
    app = TamdeskApp(database, opening, now=lambda: NOW, settings=Settings(theme=theme))
    if name in READER:
        keys = ("v",)
    assert snap_compare(app, terminal_size=size, run_before=press(keys))
