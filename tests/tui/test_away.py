"""Who was away is asked about a running timer, and nobody else."""

from typing import Any, NamedTuple

import pytest

from tam.timer import TimerRow
from tui.away import Away

BEGAN = 1_780_000_000


class Person(NamedTuple):
    id: int = 7


class App:
    """An app that has no screen: its clock is set, and it keeps what it was asked to show."""

    def __init__(self, running: TimerRow | None) -> None:
        self.actor, self.at, self.running = Person(), BEGAN, running
        self.work: list[Any] = []
        self.shown: list[Any] = []

    def now(self) -> int:
        return self.at

    async def attempt(self, function: Any, *args: Any) -> TimerRow | None:
        return self.running

    def run_worker(self, work: Any, *, group: str) -> None:
        self.work.append(work)

    async def push_screen(self, screen: Any, callback: Any) -> None:
        self.shown.append(screen)

    def say(self, text: str, error: bool = False) -> None:
        raise AssertionError(text)

    async def done(self) -> list[int]:
        """The seconds away that each question is about."""
        for work in self.work:
            await work
        self.work.clear()
        return [screen.seconds for screen in self.shown]


def running(since: int | None) -> TimerRow:
    return TimerRow(1, 7, 1, "Acme", "advice", None, None, None, None, 0, "", BEGAN - 60, since, 0)


@pytest.mark.parametrize(
    ("held", "asked"),
    [(running(BEGAN - 60), [1800]), (running(BEGAN + 600), [1200]), (running(None), []), (None, [])],
)
async def test_the_time_away_is_that_in_which_the_timer_ran(held: TimerRow | None, asked: list[int]) -> None:
    app = App(held)
    away = Away(app, 15)
    app.at += 1800
    away.touched()
    away.touched()
    assert await app.done() == asked


async def test_who_wrote_in_an_editor_meanwhile_was_not_away() -> None:
    app = App(running(BEGAN - 60))
    away = Away(app, 15)
    app.at += 1800
    away.worked()
    app.at += 899
    away.touched()
    assert await app.done() == []
