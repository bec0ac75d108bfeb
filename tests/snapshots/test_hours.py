"""Pictures of promised hours: the customers, one of them, and the dialogs; look before you accept a new one."""

from collections.abc import Callable

import pytest

from models.thread import DatabaseThread
from tests.snapshots.test_pictures import DARK, LIGHT, NOW, database, demo_template, press, same_everywhere
from tests.stories.desk import SMALL, WIDE
from tui.app import TamdeskApp
from tui.opening import read_opening
from tui.settings import Settings

__all__ = ("database", "demo_template", "same_everywhere")

KEYS: dict[str, tuple[str, ...]] = {
    "customers": ("3",),
    "why": ("3", "w"),
    "close-all": ("3", "C"),
    "customer": ("3", "enter"),
    "over": ("3", *"jjjj", "enter", "tab"),
    "term": ("3", "enter", "b", "tab", "tab"),
    "no-chart": ("3", "enter", "b", "b", "tab", "tab", "tab"),
    "agree": ("3", "enter", "a", *"15", "tab", "tab", "tab", "tab", "right", "tab", *"5"),
    "top-up": ("3", "enter", "p", *"5"),
    "entry": ("3", "enter", "enter"),
    "reopen": ("3", "enter", "O"),
}
PICTURES: dict[str, tuple[tuple[int, int], str, tuple[str, ...]]] = {
    f"{name}-{word}": (size, DARK, keys)
    for name, keys in KEYS.items()
    for word, size in (("wide", WIDE), ("small", SMALL))
}
PICTURES["customers-light"] = (WIDE, LIGHT, KEYS["customers"])
PICTURES["customer-light"] = (WIDE, LIGHT, KEYS["customer"])
PICTURES["customer-16-colours"] = (SMALL, "", KEYS["over"])


@pytest.mark.parametrize("name", PICTURES)
def test_picture(name: str, database: DatabaseThread, snap_compare: Callable[..., bool]) -> None:
    size, theme, keys = PICTURES[name]
    opening = database.submit(read_opening, "anna", NOW).result()
    settings = Settings(theme=theme) if theme else Settings(sixteen_colours=True)
    app = TamdeskApp(database, opening, now=lambda: NOW, settings=settings)
    assert snap_compare(app, terminal_size=size, run_before=press(keys))
