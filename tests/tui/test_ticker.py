"""The ticker sleeps until something changes."""

import asyncio

import pytest

from tui.ticker import Ticker


class Loop:
    """An event loop whose time the test moves; a second of the clock begins at a time that the ticker must learn."""

    def __init__(self, begins: float = 0.3) -> None:
        self.begins = begins
        self.at = 100.0
        self.waiting: list[tuple[float, object, object]] = []

    def time(self) -> float:
        return self.at

    def now(self) -> int:
        return int(self.at - self.begins + 1000)

    def call_soon(self, callback):
        return self.call_later(0, callback)

    def call_later(self, delay, callback):
        handle = asyncio.TimerHandle(self.at + delay, callback, (), self)
        self.waiting.append((self.at + delay, handle, callback))
        return handle

    def _timer_handle_cancelled(self, handle) -> None:
        self.waiting = [entry for entry in self.waiting if entry[1] is not handle]

    def get_debug(self) -> bool:
        return False

    def run_for(self, seconds: float) -> None:
        end = self.at + seconds
        while self.waiting and min(self.waiting, key=lambda entry: entry[0])[0] <= end:
            entry = min(self.waiting, key=lambda entry: entry[0])
            self.waiting.remove(entry)
            self.at = max(self.at, entry[0])
            entry[2]()
        self.at = end


@pytest.fixture
def loop(monkeypatch) -> Loop:
    fake = Loop()
    monkeypatch.setattr(asyncio, "get_running_loop", lambda: fake)
    return fake


def test_each_second_is_told_once(loop):
    told = []
    ticker = Ticker(loop.now)
    ticker.subscribe(lambda at: told.append(at) or at + 1)
    loop.run_for(30)
    assert told == list(range(told[0], told[0] + len(told)))
    assert len(told) in (30, 31)


def test_it_learns_where_the_second_begins(loop):
    late = []
    ticker = Ticker(loop.now)
    ticker.subscribe(lambda at: late.append((loop.at - loop.begins) % 1) or at + 1)
    loop.run_for(30)
    assert max(late[15:]) < 0.01


def test_nothing_runs_where_nothing_can_change(loop):
    ticker = Ticker(loop.now)
    ticker.subscribe(lambda at: None)
    loop.run_for(5)
    assert loop.waiting == []
    assert ticker.next_at is None


def test_it_sleeps_until_the_first_of_all_answers(loop):
    told = []
    ticker = Ticker(loop.now)
    ticker.subscribe(lambda at: told.append(at) or at + 60)
    ticker.subscribe(lambda at: at + 3600)
    loop.run_for(59)
    assert len(told) == 1
    loop.run_for(3)
    assert len(told) == 2


def test_who_has_gone_is_not_called(loop):
    told = []
    ticker = Ticker(loop.now)
    end = ticker.subscribe(lambda at: told.append(at) or at + 1)
    loop.run_for(0.1)
    end()
    end()
    loop.run_for(5)
    assert len(told) == 1


def test_a_clock_that_is_set_is_followed(loop):
    late = []
    ticker = Ticker(loop.now)
    ticker.subscribe(lambda at: late.append((loop.at - loop.begins) % 1) or at + 1)
    loop.run_for(20)
    loop.begins = 5.7
    loop.run_for(60)
    assert max(late[-5:]) < 0.01


def test_it_stops(loop):
    ticker = Ticker(loop.now)
    ticker.subscribe(lambda at: at + 1)
    ticker.stop()
    assert loop.waiting == []
