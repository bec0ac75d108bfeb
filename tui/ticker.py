"""The one ticker: it sleeps until some visible text changes, and does not run where none can."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from math import inf

LONGEST = 3600
"""Seconds; a longer wait is taken in steps, so that a machine that slept is noticed."""
SHARP = 0.004
"""Seconds; how well the beginning of a second needs to be known."""


class Ticker:
    """Calls each subscriber when its text changes next, at the beginning of that second.

    `now` gives whole seconds only. Where they begin is learnt from the loop's own time: each call says that the
    present second had begun by then and the next one had not; halving what is left finds it within a few seconds.
    """

    def __init__(self, now: Callable[[], int]) -> None:
        self._now = now
        self._callbacks: list[Callable[[int], int | None]] = []
        self._timer: asyncio.Handle | None = None
        self._earliest, self._latest = -inf, inf
        self.next_at: int | None = None

    def subscribe(self, callback: Callable[[int], int | None]) -> Callable[[], None]:
        """Call back with the instant when due; it answers when its text changes next, or None."""
        self._callbacks.append(callback)
        self.wake()

        def end() -> None:
            if callback in self._callbacks:
                self._callbacks.remove(callback)

        return end

    def wake(self) -> None:
        """Ask every subscriber again, as soon as what is under way is done."""
        self.stop()
        self._timer = asyncio.get_running_loop().call_soon(self._ask)

    def stop(self) -> None:
        """Call nobody until woken."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _ask(self) -> None:
        """Ask every subscriber, and sleep until the first of their answers."""
        self._timer = None
        now = self._now()
        answers = [answer for callback in tuple(self._callbacks) if (answer := callback(now)) is not None]
        self.next_at = None if not answers else max(min(answers), now + 1)
        if self._timer is None and self.next_at is not None:
            self._sleep(now, self.next_at)

    def _wake_up(self) -> None:
        """Ask, or sleep on where the second has not begun yet."""
        now = self._now()
        if self.next_at is not None and self.next_at - LONGEST < now < self.next_at:
            self._sleep(now, self.next_at)
        else:
            self._ask()

    def _sleep(self, now: int, until: int) -> None:
        """Sleep until a second begins, as far as that is known."""
        loop = asyncio.get_running_loop()
        at = loop.time()
        self._earliest, self._latest = max(self._earliest, at - now - 1), min(self._latest, at - now)
        if self._earliest > self._latest:  # the clock was set
            self._earliest, self._latest = at - now - 1, at - now
        sharp = self._latest - self._earliest < SHARP
        begins = self._latest if sharp else (self._earliest + self._latest) / 2
        wait = min(begins + until - at, LONGEST)
        self._timer = loop.call_later(max(wait, SHARP / 2), self._wake_up)
