"""The one ticker: it sleeps until some visible text changes, and does not run where none can."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

LONGEST = 3600
"""Seconds; a longer wait is taken in steps, so that a machine that slept is noticed."""


class Ticker:
    """Calls each subscriber when its text changes next; aligned to the whole second."""

    def __init__(self, now: Callable[[], int], fraction: Callable[[], float]) -> None:
        self._now = now
        self._fraction = fraction
        self._callbacks: list[Callable[[int], int | None]] = []
        self._timer: asyncio.Handle | None = None
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
        self._timer = asyncio.get_running_loop().call_soon(self._tick)

    def stop(self) -> None:
        """Call nobody until woken."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _tick(self) -> None:
        """Ask every subscriber, and sleep until the first of their answers."""
        self._timer = None
        now = self._now()
        answers = [answer for callback in tuple(self._callbacks) if (answer := callback(now)) is not None]
        self.next_at = min(answers, default=None)
        if self._timer is not None or self.next_at is None:
            return
        wait = min(max(self.next_at - now, 1), LONGEST) - self._fraction()
        self._timer = asyncio.get_running_loop().call_later(wait, self._tick)
