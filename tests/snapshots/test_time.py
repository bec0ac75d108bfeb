"""Pictures of logging, the timer and the week; look before you accept a new one."""

from collections.abc import Callable, Iterator

import pytest

from models.thread import DatabaseThread
from tam import timer
from tam.entries import log
from tests.screens.time_screen_desk import make
from tests.snapshots.test_pictures import DARK, LIGHT, press
from tests.stories.desk import SMALL, WIDE
from tests.tam.time_desk import NOW, TODAY
from tests.tickets.cast import Cast
from tui.app import TamdeskApp
from tui.opening import read_opening
from tui.settings import Settings

LINE = tuple("1h30 acme review call")
PICTURES: dict[str, tuple[tuple[int, int], str, tuple[str, ...]]] = {
    "log-wide": (WIDE, DARK, ("plus", *LINE, "comma", *" LDAP")),
    "log-small": (SMALL, LIGHT, ("plus", *LINE)),
    "log-refused": (SMALL, DARK, ("plus", *"1h glopex")),
    "log-form-wide": (WIDE, LIGHT, ("plus", *LINE, "ctrl+t")),
    "log-form-small": (SMALL, DARK, ("plus", *LINE, "ctrl+t")),
    "timer-wide": (WIDE, DARK, ("t",)),
    "timer-small": (SMALL, DARK, ("t", "w", *"globex")),
    "week-wide": (WIDE, DARK, ("H",)),
    "week-light": (WIDE, LIGHT, ("H", "down")),
    "week-small": (SMALL, DARK, ("H", "left", *"1:3")),
    "week-rounded": (SMALL, LIGHT, ("H", "R")),
}


def worked(who: Cast) -> None:
    """A week with typed, timed and long hours, and a timer that runs."""
    for day, minutes in ((1, 240), (2, 95), (3, 60)):
        log(who.acme, minutes, f"2026-06-0{day}", "review call", who.tom, NOW)
    log(who.acme, 45, "2026-06-02", "feature walk-through", who.tom, NOW)
    log(who.globex, 16, TODAY, "advice", who.tom, NOW, started_at=NOW - 7200, ended_at=NOW - 7200 + 960)
    log(who.plain, 615, "2026-06-01", "defect", who.tom, NOW)
    timer.start(who.acme, "advice", who.tom, NOW - 42 * 60, ticket_id=1)


@pytest.fixture(autouse=True)
def same_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of this machine shows: no colour setting, no zone."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TZ", "UTC")


@pytest.fixture
def database(sqlite_address: str) -> Iterator[DatabaseThread]:
    """The database thread of a desk with a week of work."""
    make(sqlite_address, worked)
    thread = DatabaseThread(sqlite_address)
    thread.start()
    yield thread
    thread.close()


@pytest.mark.parametrize("name", PICTURES)
def test_picture(name: str, database: DatabaseThread, snap_compare: Callable[..., bool]) -> None:
    size, theme, keys = PICTURES[name]
    opening = database.submit(read_opening, "tom", NOW).result()
    app = TamdeskApp(database, opening, now=lambda: NOW, settings=Settings(theme=theme))
    assert snap_compare(app, terminal_size=size, run_before=press(keys))
