"""What a screen may ask of the application; screens know this and not the application itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeVar

from screens.commands import Command

Result = TypeVar("Result")


class Acting(Protocol):
    """Who acts: `models.access.Actor` has this shape."""

    @property
    def id(self) -> int: ...  # noqa: D102
    @property
    def login(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def role(self) -> str: ...  # noqa: D102
    @property
    def zone(self) -> str: ...  # noqa: D102


class Subscribing(Protocol):
    """The one ticker: it runs while some visible text can change, and not otherwise."""

    def subscribe(self, callback: Callable[[int], int | None]) -> Callable[[], None]:
        """Call back with the instant (UTC seconds) when due; it answers when its text changes next, or None.

        Returns what ends the subscription. The first call comes at once.
        """

    def wake(self) -> None:
        """Ask every subscriber again: what is visible has changed."""


class Changing(Protocol):
    """The feed of changes, from this program and from others."""

    def subscribe(self, callback: Callable[[list[Any]], None], *, presence: bool = False) -> Callable[[], None]:
        """Call back on the screen's thread with the journal's change notes; returns what ends the subscription.

        With `presence` also with no notes, where only who has which ticket open has changed.
        """


class DeskApp(Protocol):
    """The application as screens see it (`self.desk` on a DeskScreen)."""

    OFFERS: tuple[Command, ...]
    actor: Acting
    ticker: Subscribing
    changes: Changing

    def now(self) -> int:
        """Return the instant, UTC seconds; there is no other clock."""

    def call(self, function: Callable[..., Result], *args: Any, **kwargs: Any) -> Awaitable[Result]:
        """Run it on the database thread; await the result. Raises what it raises."""

    def attempt(self, function: Callable[..., Result], *args: Any, **kwargs: Any) -> Awaitable[Result | None]:
        """Run it on the database thread; a refusal becomes a toast with its sentence, and None."""

    def say(self, text: str, error: bool = False) -> None:
        """Show a toast; the text is shown as text."""

    def copy(self, text: str) -> None:
        """Put it on the clipboard of the terminal (OSC 52)."""

    def edit(self, text: str, name: str, longest: int) -> Awaitable[str | None]:
        """Have a text edited in the person's own editor, in a file of that name.

        The terminal is the editor's meanwhile, and the desk goes on behind it. At most `longest` characters come
        back; None where nothing did, which is said in a toast.
        """

    def keys_of(self, command: Command) -> str:
        """Return the keys that the command has now, as people read them; the user's key map may have changed them."""

    def remember(self, command: Command, again: Callable[[Any], Awaitable[None]] | None = None) -> None:
        """Keep the command that `.` repeats; `again` is called with the screen instead of running the command."""
