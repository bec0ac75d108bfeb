"""Pictures of a customer and what they signed; look before you accept a new one."""

from collections.abc import Callable

import pytest

from models.thread import DatabaseThread
from tests.snapshots.test_pictures import DARK, NOW, database, demo_template, press, same_everywhere
from tests.stories.desk import SMALL, WIDE
from tui.app import TamdeskApp
from tui.opening import read_opening
from tui.settings import Settings

__all__ = ("database", "demo_template", "same_everywhere")

KEYS: dict[str, tuple[str, ...]] = {
    "page": ("2", "enter"),
    "new": ("2", "N", *"Newco"),
    "sign": ("2", "enter", "S", "tab", "right", "tab", "right", *["tab"] * 5, "right"),
    "renew": ("2", "enter", "R"),
    "contact": ("2", "enter", "n", *"Nina"),
}
PICTURES = {
    f"{name}-{word}": (size, keys) for name, keys in KEYS.items() for word, size in (("wide", WIDE), ("small", SMALL))
}


@pytest.mark.parametrize("name", PICTURES)
def test_picture(name: str, database: DatabaseThread, snap_compare: Callable[..., bool]) -> None:
    size, keys = PICTURES[name]
    opening = database.submit(read_opening, "anna", NOW).result()
    app = TamdeskApp(database, opening, now=lambda: NOW, settings=Settings(theme=DARK))
    assert snap_compare(app, terminal_size=size, run_before=press(keys))
