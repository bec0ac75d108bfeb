"""That hours are used to 80 or to 100 percent reaches the TAM and the leads who are at the desk: a sentence, once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Protocol

from models.words import LEAD, TAM

if TYPE_CHECKING:
    from tam.alerts import Alert

KINDS = ("hours.log", "hours.change", "hours.put", "hours.import", "timer.stop", "call.hold")
"""What operations are called that may spend hours."""
FEW = 2
"""So many are told one by one."""


class Told(Protocol):
    """What is needed of the application."""

    actor: Any
    now: Callable[[], int]

    def attempt(self, function: Callable[..., Any], *args: Any) -> Awaitable[Any]: ...  # noqa: D102

    def run_worker(self, work: Any, *, group: str) -> Any: ...  # noqa: D102

    def say(self, text: str, error: bool = False) -> None: ...  # noqa: D102


class Budgets:
    """Says what was not told yet in this session; what was looked at is not told again in any."""

    def __init__(self, app: Told) -> None:
        self._app = app
        self._told: set[tuple[int, int]] = set()

    def listen(self, notes: list[Any]) -> None:
        """Look at the alerts where hours have changed."""
        if self._app.actor.role in (TAM, LEAD) and any(note.kind.startswith(KINDS) for note in notes):
            self._app.run_worker(self._tell(), group="budgets")

    async def _tell(self) -> None:
        from tam.alerts import alerts

        found: list[Alert] = await self._app.attempt(alerts, self._app.actor.id, self._app.now()) or []
        new = [each for each in found if (each.id, each.percent) not in self._told]
        self._told.update((each.id, each.percent) for each in new)
        if len(new) > FEW:
            names = ", ".join(each.customer for each in new)
            self._app.say(f"The hours of {len(new)} customers are used to 80 % or more: {names}.")
            return
        for each in new:
            self._app.say(each.sentence)
