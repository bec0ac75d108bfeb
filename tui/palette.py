"""The command palette: every command of what is on the screen, and the themes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from screens.base import Commanded, offering
from screens.commands import Command, shown_key


class DeskCommands(Provider):
    """Offers the commands of the screen, of the desk, and the themes."""

    def _offers(self) -> list[tuple[str, str, Callable[[], Awaitable[Any]]]]:
        """Return title, help and what runs it."""
        offers: list[tuple[str, str, Callable[[], Awaitable[Any]]]] = []
        for owner in offering(self.screen):
            offers += [self._offer(owner, command) for command in owner.OFFERS]
        for name in sorted(self.app.available_themes):
            offers.append((f"Theme: {name}", "Change the colours.", partial(self._theme, name)))
        return offers

    def _offer(self, owner: Commanded, command: Command) -> tuple[str, str, Callable[[], Awaitable[Any]]]:
        keys = owner.desk.keys_of(command)
        title = f"{command.title}  ({shown_key(keys.split(',')[0])})" if keys else command.title
        reason = owner.why_not(command)
        return title, reason or command.help, partial(owner.run_command, command)

    async def _theme(self, name: str) -> None:
        self.app.theme = name

    async def discover(self) -> Hits:
        """Offer everything while nothing is typed."""
        for title, text, run in self._offers():
            yield DiscoveryHit(title, cast(Any, run), help=text)

    async def search(self, query: str) -> Hits:
        """Offer what matches: by its title, or by the words that explain it, which count half."""
        matcher = self.matcher(query)
        for title, text, run in self._offers():
            score = max(matcher.match(title), matcher.match(text) / 2 if query.casefold() in text.casefold() else 0)
            if score > 0:
                yield Hit(score, matcher.highlight(title), cast(Any, run), help=text)
