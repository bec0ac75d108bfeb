"""The first frame comes quickly: it imports nothing that it does not show."""

import subprocess
import sys
from pathlib import Path

from tests.screens.queue_desk import columns, make_desk

FORBIDDEN = {
    "arrow",
    "holidays",
    "msgspec",
    "playhouse",
    "psycopg2",
    "numpy",
    "markdown_it",
    "rich.markdown",
    "textual.widgets._data_table",
    "textual.widgets._text_area",
    "textual.widgets._markdown",
    "screens.ticket",
    "screens.places",
    "screens.dialogs.acting",
}
PROGRAM = """
import asyncio, sys
from pathlib import Path
from sla.holiday_tables import use_cache
use_cache(Path(sys.argv[2]))
from models.thread import DatabaseThread
from tests.screens.queue_desk import Clock
database = DatabaseThread(sys.argv[1])
database.start()
from tui.opening import read_opening
opening = database.submit(read_opening, "anna", Clock()()).result()
if len(sys.argv) > 3:
    from tui.app import TamdeskApp
    app = TamdeskApp(database, opening, now=Clock())
    async def show():
        async with app.run_test(size=(120, 36)) as pilot:
            await pilot.pause()
            strips = app.screen._compositor.render_strips()
            assert any("Question 1" in strip.text for strip in strips), "no ticket on the screen"
            print(*sys.modules)
    asyncio.run(show())
database.close()
"""


def run(*arguments: str) -> set[str]:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], cwd=root, capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split())


def test_nothing_heavy_is_imported_for_the_first_tickets(sqlite_address, tmp_path):
    make_desk(sqlite_address, [columns(1, due_in=3600)])
    cache = str(tmp_path / "cache")
    run(sqlite_address, cache)  # holiday tables are computed once on a machine
    modules = run(sqlite_address, cache, "show")
    assert "tui.app" in modules
    assert not FORBIDDEN & modules
