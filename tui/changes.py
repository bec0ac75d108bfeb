"""The feed of changes: from the database thread to whoever shows the data."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any


class ChangeFeed:
    """Hands the journal's notes from the database thread on to the subscribers, on the screen's thread."""

    def __init__(self) -> None:
        self._callbacks: list[tuple[Callable[[list[Any]], None], bool]] = []
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self) -> None:
        """Deliver on the running loop from now on."""
        self._loop = asyncio.get_running_loop()

    def stop(self) -> None:
        """Deliver nothing more."""
        self._loop = None

    def subscribe(self, callback: Callable[[list[Any]], None], *, presence: bool = False) -> Callable[[], None]:
        """Call back with the notes of each change; returns what ends the subscription.

        With `presence` also with no notes, where only who has which ticket open has changed.
        """
        entry = (callback, presence)
        self._callbacks.append(entry)

        def end() -> None:
            if entry in self._callbacks:
                self._callbacks.remove(entry)

        return end

    def post(self, notes: list[Any]) -> None:
        """Take notes on any thread."""
        loop = self._loop
        if loop is not None:
            loop.call_soon_threadsafe(self._deliver, notes)

    def _deliver(self, notes: list[Any]) -> None:
        if self._loop is not None:
            for callback, presence in tuple(self._callbacks):
                if notes or presence:
                    callback(notes)
