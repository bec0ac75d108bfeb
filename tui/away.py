"""A timer that ran on while nobody was there: asked about once, at the first key after that."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Protocol


class Asked(Protocol):
    """What is needed of the application."""

    actor: Any
    now: Callable[[], int]

    def attempt(self, function: Callable[..., Any], *args: Any) -> Awaitable[Any]: ...  # noqa: D102

    def run_worker(self, work: Any, *, group: str) -> Any: ...  # noqa: D102

    def push_screen(self, screen: Any, callback: Any) -> Any: ...  # noqa: D102

    def say(self, text: str, error: bool = False) -> None: ...  # noqa: D102


class Away:
    """Knows when the person was last at the keys; `minutes` without any are worth a question, 0: never."""

    def __init__(self, app: Asked, minutes: int) -> None:
        self._app, self._minutes = app, minutes
        self._last = app.now()

    def touched(self) -> None:
        """Note a key or a click; ask where the one before was long ago."""
        now, last = self._app.now(), self._last
        self._last = now
        if self._minutes and now - last >= self._minutes * 60:
            self._app.run_worker(self._ask(last, now), group="away")

    def worked(self) -> None:
        """Note that the person was at work until now, elsewhere than at these keys."""
        self._last = self._app.now()

    async def _ask(self, last: int, now: int) -> None:
        from screens.dialogs.away import AwayDialog
        from tam import timer

        held = await self._app.attempt(timer.running, self._app.actor.id)
        since = timer.idle_since(held, last, now, self._minutes) if held is not None else None
        if since is not None:
            await self._app.push_screen(AwayDialog(held, now - since), self._told)

    def _told(self, sentence: object) -> None:
        if isinstance(sentence, str):
            self._app.say(sentence)
