"""The screen that all screens of the desk are: commands with reasons, and the desk behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, NamedTuple, Protocol, cast

from textual.actions import parse
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen

from screens.app_protocol import DeskApp
from screens.commands import Command, shown_key


class Target(NamedTuple):
    """A place of the screen that one press can go to, and how."""

    x: int
    y: int
    go: Callable[[], Any]


class Jumped(Protocol):
    """A widget with such places, in its own cells."""

    def jump_points(self) -> Iterable[Target]:
        """Return the places that are visible."""


class Concern(NamedTuple):
    """What is in front of a person, for time that is logged there: a customer, and what of theirs."""

    customer_id: int | None = None
    ticket_id: int | None = None
    call_id: int | None = None
    item_id: int | None = None
    activity: str = ""


class Commanded:
    """What a screen with commands does: run one by its id, or say why it cannot."""

    OFFERS: ClassVar[tuple[Command, ...]] = ()

    @property
    def desk(self) -> DeskApp:
        """Return the application as screens may know it."""
        return cast(DeskApp, cast(DOMNode, self).app)

    def why_not(self, command: Command) -> str | None:
        """Return why the command cannot run here and now, in a sentence; None where it can."""
        return None

    async def action_command(self, command_id: str) -> None:
        """Run the command, or say why not."""
        await self.run_command(next(command for command in self.OFFERS if command.id == command_id))

    async def run_command(self, command: Command) -> None:
        """Run one of this screen's commands, or say why not.

        The command's action is a method `action_<name>`; without one, `act(command)` runs it.
        """
        reason = self.why_not(command)
        if reason is not None:
            self.desk.say(reason, error=True)
            return
        if command.repeats:
            self.desk.remember(command)
        _, name, arguments = parse(command.action)
        method = getattr(self, f"action_{name}", None)
        result: Any = self.act(command) if method is None else method(*arguments)
        if result is not None:
            await result

    def act(self, command: Command) -> Any:
        """Run a command that has no method of its own; a screen with tickets overrides it."""
        raise NotImplementedError(f"{type(self).__name__} has no action for {command.id}")

    async def keep_drafts(self) -> None:
        """Keep what was typed and not sent: the program is about to end."""

    def concern(self) -> Concern:
        """Return what is in front of the person."""
        return Concern()

    def jump_targets(self) -> list[Target]:
        """Return the places of what is visible that one press can go to."""
        found = []
        for widget in cast(DOMNode, self).query("*"):
            if hasattr(widget, "jump_points") and widget.region:
                x, y, *_ = widget.region
                found += [Target(x + each.x, y + each.y, each.go) for each in cast(Jumped, widget).jump_points()]
        return found

    def footer_keys(self) -> tuple[tuple[str, str], ...]:
        """Return pairs of key and word: what the footer shows, which is what works here and now."""
        return tuple(
            (shown_key(self.desk.keys_of(command).split(",")[0]), command.footer)
            for command in (*self.OFFERS, *self.desk.OFFERS)
            if command.footer and self.desk.keys_of(command) and self.why_not(command) is None
        )


def offering(screen: Screen[Any]) -> tuple[Commanded, ...]:
    """Return who offers commands on a screen: what has the focus and what that stands in, the app last."""
    start: DOMNode = screen.focused or screen
    return tuple(node for node in (*start.ancestors_with_self,) if isinstance(node, Commanded))


class DeskScreen(Commanded, Screen[None]):
    """A place, or a screen that was opened from one."""

    AUTO_FOCUS = None

    def __init__(self) -> None:
        super().__init__()
        self._endings: list[Callable[[], None]] = []

    def until_removed(self, ending: Callable[[], None]) -> None:
        """Call this when the screen goes: it ends a subscription."""
        self._endings.append(ending)

    def on_unmount(self) -> None:
        """End the subscriptions."""
        for ending in self._endings:
            ending()


class DeskDialog(Commanded, ModalScreen[Any]):
    """A dialog over a screen."""
