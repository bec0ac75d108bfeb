"""The first ticket opens as fast as the next one: what it needs is fetched while nobody waits."""

import asyncio
import subprocess
import sys

import pytest

from tests.screens.queue_desk import Clock, columns, make_desk, opened
from tui import warming

PROGRAM = """
import sys
from tui.warming import warm_up
assert "screens.ticket" not in sys.modules
warm_up()
assert "screens.ticket" in sys.modules
"""


async def test_what_the_first_ticket_needs_is_fetched_once_someone_is_at_work(
    sqlite_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_desk(sqlite_address, [columns(1, due_in=600)])
    loop, fetched = asyncio.get_running_loop(), asyncio.Event()
    monkeypatch.setattr(warming, "AFTER_SECONDS", 0.01)
    monkeypatch.setattr(warming, "warm_up", lambda: loop.call_soon_threadsafe(fetched.set))
    async with opened(sqlite_address, Clock()) as pilot:
        assert not fetched.is_set()
        await pilot.press("j")
        await asyncio.wait_for(fetched.wait(), 10)


def test_the_ticket_screen_is_among_it() -> None:
    subprocess.run([sys.executable, "-c", PROGRAM], check=True, timeout=60)
