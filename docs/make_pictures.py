"""Draws the pictures of the documentation from the demo, its clock standing still: `make pictures`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from cli.demo.command import make
from models.thread import DatabaseThread
from tui.app import TamdeskApp
from tui.opening import read_opening
from tui.settings import Settings

FOLDER = Path(__file__).parent / "pictures"
NOW = int(datetime(2026, 3, 10, 13, 2, tzinfo=UTC).timestamp())
WIDE, SMALL = (120, 36), (80, 24)

PICTURES: dict[str, tuple[tuple[int, int], str, tuple[str, ...]]] = {
    "queue": (WIDE, "tamdesk-dark", ()),
    "queue-80": (SMALL, "tamdesk-dark", ()),
    "queue-light": (WIDE, "tamdesk-light", ()),
    "ticket": (WIDE, "tamdesk-dark", ("j", "enter")),
    "reply": (WIDE, "tamdesk-dark", ("j", "enter", "r")),
    "why": (WIDE, "tamdesk-dark", ("j", "w")),
    "severity": (WIDE, "tamdesk-dark", ("j", "s")),
}


async def draw(address: str, name: str) -> None:
    """Draw one picture."""
    size, theme, keys = PICTURES[name]
    database = DatabaseThread(address)
    database.start()
    try:
        opening = database.submit(read_opening, "anna", NOW).result()
        app = TamdeskApp(database, opening, now=lambda: NOW, settings=Settings(theme=theme))
        async with app.run_test(size=size) as pilot:
            for key in ("", *keys):
                if key:
                    await pilot.press(key)
                await app.workers.wait_for_complete()
                await pilot.pause()
            app.save_screenshot(f"{name}.svg", str(FOLDER))
    finally:
        database.close()


def main() -> None:
    """Draw the pictures that are named, else all."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        address = str(Path(folder) / "demo.db")
        make(address, 1, NOW)
        for name in sys.argv[1:] or PICTURES:
            asyncio.run(draw(address, name))


main()
