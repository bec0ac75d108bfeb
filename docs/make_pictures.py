"""Draws the pictures of the documentation from the demo, its clock standing still: `make pictures`."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from cli.demo.command import make
from models.thread import DatabaseThread
from tui.app import TamdeskApp
from tui.opening import read_opening
from tui.settings import Settings

FOLDER = Path(__file__).parent / "pictures"
NOW = int(datetime(2026, 3, 10, 13, 2, tzinfo=UTC).timestamp())
ZONE = "Europe/Zurich"
WIDE, SMALL = (120, 36), (80, 24)
DARK, LIGHT = "tamdesk-dark", "tamdesk-light"
REST = 0.3
"""Seconds in which what waits for a pause in the typing (a preview, a completion, a search) begins."""

PICTURES: dict[str, tuple[tuple[int, int], str, tuple[str, ...]]] = {
    "queue": (WIDE, DARK, ()),
    "queue-80": (SMALL, DARK, ()),
    "queue-light": (WIDE, LIGHT, ()),
    "ticket": (WIDE, DARK, ("enter",)),
    "reply": (WIDE, DARK, (*"jjjjjjjjj", "enter", "r", *"Thank you, we see it too.")),
    "why": (WIDE, DARK, (*"jjjjjjjjjjjjjjjjjjjjjj", "w")),
    "severity": (WIDE, DARK, (*"jjjjjjjjj", "s")),
    "query": (WIDE, DARK, ("/", *"sev:1,2 due<2h -owner:none ")),
    "views": (WIDE, DARK, ("o",)),
    "bulk": (WIDE, DARK, (*"jxxx", "b")),
    "search": (WIDE, DARK, ("F", *"signing key")),
    "canned": (WIDE, DARK, ("j", "enter", "R")),
    "macro": (WIDE, DARK, ("j", "M")),
    "new-ticket": (WIDE, DARK, ("N", *"glob", "enter")),
    "links": (WIDE, DARK, ("enter", "L")),
    "escalate": (WIDE, DARK, (*"jjjjjjjjj", "e")),
    "escalation": (WIDE, DARK, ("j", "e")),
    "credits": (WIDE, DARK, ("2", "j", "d", "j", "j")),
    "unmatched": (WIDE, DARK, ("i",)),
    "tam": (WIDE, DARK, ("3",)),
    "hours": (WIDE, DARK, (*"3jj", "enter")),
    "week": (WIDE, DARK, ("H", "left_square_bracket")),
    "calls": (WIDE, DARK, (*"3c",)),
    "call": (WIDE, DARK, (*"3jj", "enter", *"lll", *"jjjjjjj", "enter")),
    "onboarding": (WIDE, DARK, ("4",)),
    "checklist": (WIDE, DARK, ("4", "enter")),
    "timeline": (WIDE, DARK, ("4", "enter", "T")),
    "scorecard": (WIDE, DARK, (*"4j", "enter", "C", *"jjjjj")),
    "scope": (WIDE, DARK, ("4", "enter", "S")),
}

LOOKING = {"week": "carla"}
"""Whose pictures some are; else the lead's."""


async def draw(address: str, name: str) -> None:
    """Draw one picture."""
    size, theme, keys = PICTURES[name]
    database = DatabaseThread(address)
    database.start()
    try:
        opening = database.submit(read_opening, LOOKING.get(name, "anna"), NOW).result()
        app = TamdeskApp(database, opening, now=lambda: NOW, settings=Settings(theme=theme))
        async with app.run_test(size=size) as pilot:
            await settled(pilot, database)
            for key in keys:
                await pilot.press("space" if key == " " else key)
                await settled(pilot, database)
            await pilot.pause(REST)
            await settled(pilot, database)
            app.save_screenshot(f"{name}.svg", str(FOLDER))
    finally:
        database.close()


async def settled(pilot: Pilot[None], database: DatabaseThread) -> None:
    """Wait until nothing is being read any more, with every cursor standing still."""
    for _ in range(3):
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await asyncio.wrap_future(database.submit(lambda: None))
    for box in pilot.app.screen.query("Input, TextArea").results(Input | TextArea):
        box.cursor_blink = False
    await pilot.pause()


def main() -> None:
    """Draw the pictures that are named, else all."""
    os.environ.pop("NO_COLOR", None)
    os.environ.update(TZ=ZONE, TERM="xterm-256color", COLORTERM="truecolor")
    time.tzset()
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        fresh, used = Path(folder) / "demo.db", Path(folder) / "used.db"
        make(str(fresh), 1, NOW)
        for name in sys.argv[1:] or PICTURES:
            shutil.copy(fresh, used)
            asyncio.run(draw(str(used), name))


main()
