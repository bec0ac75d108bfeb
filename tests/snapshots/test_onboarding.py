"""Pictures of onboardings: the portfolio, the checklist, and their dialogs; look before you accept a new one."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models.thread import DatabaseThread
from tests.screens.onboarding_desk import NOW, make
from tests.snapshots.test_pictures import DARK, LIGHT, press
from tests.stories.desk import SMALL, WIDE
from tui.app import TamdeskApp
from tui.opening import read_opening
from tui.settings import Settings

OPEN = ("4", "j", "enter")
KEYS: dict[str, tuple[str, ...]] = {
    "portfolio": ("4", "j"),
    "start": ("4", "N", *"plain", "enter", *"2026-06-13"),
    "checklist": OPEN,
    "folded": (*OPEN, "z"),
    "early": (*OPEN, "j", "d"),
    "block": (*OPEN, "b", "tab", *"no drawing yet"),
    "owner": (*OPEN, "o"),
    "evidence": (*OPEN, "e", "enter", "n", "tab", *"Seen."),
    "item": (*OPEN, "enter"),
    "gate": (*OPEN, "p"),
    "shift": (*OPEN, "m", *"2026-08-10"),
    "health": (*OPEN, "w", "o"),
    "risk": (*OPEN, "r", *"On leave"),
}
PICTURES: dict[str, tuple[tuple[int, int], str, tuple[str, ...]]] = {
    f"{name}-{word}": (size, DARK, keys)
    for name, keys in KEYS.items()
    for word, size in (("wide", WIDE), ("small", SMALL))
} | {"portfolio-light": (WIDE, LIGHT, KEYS["portfolio"]), "checklist-light": (WIDE, LIGHT, OPEN)}


@pytest.fixture(autouse=True)
def same_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of this machine shows: no colour setting, no zone."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TZ", "UTC")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[DatabaseThread]:
    """The database thread of a desk with a term and a proof of value under way."""
    path = str(tmp_path / "desk.db")
    make(path)
    thread = DatabaseThread(path)
    thread.start()
    yield thread
    thread.close()


@pytest.mark.parametrize("name", PICTURES)
def test_picture(name: str, database: DatabaseThread, snap_compare: Callable[..., bool]) -> None:
    size, theme, keys = PICTURES[name]
    opening = database.submit(read_opening, "tom", NOW).result()
    app = TamdeskApp(database, opening, now=lambda: NOW, settings=Settings(theme=theme))
    assert snap_compare(app, terminal_size=size, run_before=press(keys))
